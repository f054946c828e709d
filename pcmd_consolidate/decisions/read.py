"""Reading the register: with patience for what was moved, and with errors that name the line."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from pcmd_consolidate.decisions.model import COLUMNS, WHY, WORDS, Decision, Fallen, Kind
from pcmd_consolidate.errors import CampaignError
from pcmd_consolidate.vietnamese import key

_TEXTS = ("reason", "person", "unit_id", "form", "rule", "message", "raw")
_OFFICER = ("kind", "value", "reason", "person")
_KINDS = {key(word): kind for kind, word in WORDS.items()}


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The lines in which the officer has written something; none where there is no register.

    Raises:
        CampaignError: The register cannot be read, or a decision lacks something; names the line.
    """
    if not path.exists():
        return ()
    rows = next((rows for rows in _sheets(path) if _why_column(rows) is None), [])
    head = next((place for place, row in enumerate(rows) if _columns(row).keys() >= {"kind", "message"}), None)
    if head is None:
        raise CampaignError(path, f"không thấy dòng tiêu đề; cần các cột: {', '.join(COLUMNS.values())}")
    columns = _columns(rows[head])
    if missing := [COLUMNS[name] for name in COLUMNS if name not in columns]:
        raise CampaignError(path, "thiếu cột", line=head + 1, field=missing[0])
    lines = [(number, {name: row[at] for name, at in columns.items()}) for number, row in _below(rows, head)]
    return tuple(_decision(path, number, cells) for number, cells in lines if any(_text(cells[n]) for n in _OFFICER))


def read_fallen(path: Path) -> tuple[Fallen, ...]:
    """Decisions that earlier runs found no longer standing, the latest first; read with patience, whatever they say.

    Raises:
        CampaignError: The register cannot be read.
    """
    noted: list[Fallen] = []
    for rows in _sheets(path) if path.exists() else ():
        why = _why_column(rows)
        if why is not None:
            head, columns = why[0], _columns(rows[why[0]])
            for number, row in _below(rows, head):
                cells = dict.fromkeys(COLUMNS, "") | {name: row[at] for name, at in columns.items()}
                if any(_text(cell) for cell in row):
                    noted.append(Fallen(_patiently(number, cells), _text(row[why[1]])))
    return tuple(noted)


def _patiently(line: int, cells: Mapping[str, object]) -> Decision:
    """A decision that no longer stands; what cannot be read of it is left out."""
    row, year = (int(text) if (text := _text(cells[name]).strip()).isdigit() else None for name in ("row", "year"))
    return Decision(
        line=line,
        kind=_KINDS.get(key(_text(cells["kind"]))),
        value=cells["value"] if _text(cells["value"]) else None,
        row=row,
        year=year,
        **{name: _text(cells[name]) for name in _TEXTS},
    )


def _sheets(path: Path) -> list[list[list[object]]]:
    try:
        book = CalamineWorkbook.from_object(io.BytesIO(path.read_bytes()))
        return [[list(row) for row in book.get_sheet_by_name(name).to_python()] for name in book.sheet_names]
    except (OSError, CalamineError) as error:
        message = "không đọc được sổ quyết định; hãy đóng tệp trong Excel, hoặc đổi tên tệp để lập sổ mới"
        raise CampaignError(path, message) from error


def _why_column(rows: Sequence[Sequence[object]]) -> tuple[int, int] | None:
    """Row and column of the heading that only the sheet of fallen decisions has."""
    for place, row in enumerate(rows):
        for at, cell in enumerate(row):
            if isinstance(cell, str) and key(cell) == key(WHY):
                return place, at
    return None


def _columns(row: Sequence[object]) -> dict[str, int]:
    headings = {key(heading): name for name, heading in COLUMNS.items()}
    return {headings[key(cell)]: at for at, cell in enumerate(row) if isinstance(cell, str) and key(cell) in headings}


def _below(rows: Sequence[Sequence[object]], head: int) -> list[tuple[int, Sequence[object]]]:
    width = len(rows[head])
    return [(number, [*row, *[""] * (width - len(row))]) for number, row in enumerate(rows[head + 1 :], start=head + 2)]


def _decision(path: Path, line: int, cells: Mapping[str, object]) -> Decision:
    word = _text(cells["kind"])
    kind = _KINDS.get(key(word))
    if word and kind is None:
        message = f"«{word}» không dùng được; chọn {' hoặc '.join(WORDS.values())}"
        raise CampaignError(path, message, line=line, field=COLUMNS["kind"])
    for name in ("reason", "person") if kind else ():
        if not _text(cells[name]):
            raise CampaignError(
                path, "quyết định phải có lý do và tên người quyết định", line=line, field=COLUMNS[name]
            )
    value = cells["value"] if _text(cells["value"]) else None
    if kind is Kind.REPLACE and value is None:
        raise CampaignError(path, "chưa ghi số liệu thay", line=line, field=COLUMNS["value"])
    return Decision(
        line=line,
        kind=kind,
        value=value,
        row=_whole(path, line, cells, "row"),
        year=_whole(path, line, cells, "year"),
        **{name: _text(cells[name]) for name in _TEXTS},
    )


def _text(cell: object) -> str:
    """A cell as text; a whole number without decimals."""
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return "" if cell is None else str(cell)


def _whole(path: Path, line: int, cells: Mapping[str, object], name: str) -> int | None:
    text = _text(cells[name]).strip()
    if text and not text.isdigit():
        raise CampaignError(path, f"phải là số nguyên, đang ghi «{text}»", line=line, field=COLUMNS[name])
    return int(text) if text else None

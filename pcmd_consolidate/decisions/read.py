"""Reading the register: with patience for what was moved, and with errors that name the line."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from pcmd_consolidate.decisions.faults import faults
from pcmd_consolidate.decisions.model import COLUMNS, KINDS, WHY, Decision, Fallen
from pcmd_consolidate.errors import CampaignError
from pcmd_consolidate.forms import Form
from pcmd_consolidate.vietnamese import key

_TEXTS = ("reason", "person", "unit_id", "form", "rule", "message", "raw")
_OFFICER = ("kind", "value", "reason", "person")
_LONGEST_HEADING = 100
"""Letters from which a text is no heading: most cells of a register hold sentences."""


def read_register(path: Path, forms: Iterable[Form]) -> tuple[tuple[Decision, ...], tuple[Fallen, ...]]:
    """What the register holds; nothing where there is none.

    Args:
        path: The register.
        forms: The forms of the round: a figure that replaces another must be one that its row can hold.

    Returns:
        The lines in which the officer has written something, and the decisions that earlier runs found no longer
        standing, the latest first.

    Raises:
        CampaignError: The register cannot be read, or decisions lack something; names every line and cell.
    """
    if not path.exists():
        return (), ()
    sheets = [(rows, _why_column(rows)) for rows in _sheets(path)]
    current = next((rows for rows, why in sheets if why is None), [])
    fallen = tuple(line for rows, why in sheets if why is not None for line in _fallen(rows, *why))
    return _decisions(path, current, forms), fallen


def _decisions(path: Path, rows: Sequence[Sequence[object]], forms: Iterable[Form]) -> tuple[Decision, ...]:
    head = next((place for place, row in enumerate(rows) if _columns(row).keys() >= {"kind", "message"}), None)
    if head is None:
        raise CampaignError(path, f"không thấy dòng tiêu đề; cần các cột: {', '.join(COLUMNS.values())}")
    columns = _columns(rows[head])
    if missing := [COLUMNS[name] for name in COLUMNS if name not in columns]:
        raise CampaignError(path, "thiếu cột", line=head + 1, field=missing[0])
    lines = {number: {name: row[at] for name, at in columns.items()} for number, row in _below(rows, head)}
    typed = {number: cells for number, cells in lines.items() if any(_text(cells[name]) for name in _OFFICER)}
    decisions = tuple(_decision(number, cells) for number, cells in typed.items())
    if found := sorted(faults(decisions, typed, {form.id: form for form in forms}, columns)):
        raise CampaignError.of_all([CampaignError(path, text, line=line, field=COLUMNS[n]) for line, n, text in found])
    return decisions


def _fallen(rows: Sequence[Sequence[object]], head: int, why: int) -> Iterator[Fallen]:
    """Decisions that no longer stand; read with patience, whatever they say."""
    columns = _columns(rows[head])
    for number, row in _below(rows, head):
        cells = dict.fromkeys(COLUMNS, "") | {name: row[at] for name, at in columns.items()}
        if any(_text(cell) for cell in row):
            yield Fallen(_decision(number, cells), _text(row[why]))


def _decision(line: int, cells: Mapping[str, object]) -> Decision:
    """What a line says; what cannot be read of it is left out."""
    row, year = (int(text) if (text := _text(cells[name]).strip()).isdigit() else None for name in ("row", "year"))
    return Decision(
        line=line,
        kind=KINDS.get(key(_text(cells["kind"]))),
        value=cells["value"] if _text(cells["value"]) else None,
        row=row,
        year=year,
        **{name: _text(cells[name]) for name in _TEXTS},
    )


def _sheets(path: Path) -> list[list[list[object]]]:
    try:
        book = CalamineWorkbook.from_object(io.BytesIO(path.read_bytes()))
        return [
            [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
            for name in book.sheet_names
        ]
    except (OSError, CalamineError) as error:
        message = "không đọc được sổ quyết định; hãy đóng tệp trong Excel, hoặc đổi tên tệp để lập sổ mới"
        raise CampaignError(path, message) from error


def _why_column(rows: Sequence[Sequence[object]]) -> tuple[int, int] | None:
    """Row and column of the heading that only the sheet of fallen decisions has."""
    wanted = key(WHY)
    texts = {cell for row in rows for cell in row if isinstance(cell, str) and len(cell) < _LONGEST_HEADING}
    alike = {text for text in texts if key(text) == wanted}
    places = ((place, at) for place, row in enumerate(rows) for at, cell in enumerate(row) if cell in alike)
    return next(places, None) if alike else None


def _columns(row: Sequence[object]) -> dict[str, int]:
    headings = {key(heading): name for name, heading in COLUMNS.items()}
    return {headings[key(cell)]: at for at, cell in enumerate(row) if isinstance(cell, str) and key(cell) in headings}


def _below(rows: Sequence[Sequence[object]], head: int) -> list[tuple[int, Sequence[object]]]:
    width = len(rows[head])
    return [(number, [*row, *[""] * (width - len(row))]) for number, row in enumerate(rows[head + 1 :], start=head + 2)]


def _text(cell: object) -> str:
    """A cell as text; a whole number without decimals."""
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return "" if cell is None else str(cell)

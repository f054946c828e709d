"""Writing the register of decisions: the open findings, each with a place to decide it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from pcmd_consolidate.campaign import Campaign
from pcmd_consolidate.consolidation import Consolidation
from pcmd_consolidate.deciding import FINDING_GONE
from pcmd_consolidate.decisions import COLUMNS, DECISIONS_FILE, WHY, WORDS, Decision, Fallen
from pcmd_consolidate.explanations import is_open
from pcmd_consolidate.files import written_whole
from pcmd_consolidate.findings import Severity
from pcmd_consolidate.summary import formats as look
from pcmd_consolidate.summary.data_parts import lines_of
from pcmd_consolidate.summary.finding_list import MOST_FINDINGS
from pcmd_consolidate.summary.heights import lines_in
from pcmd_consolidate.summary.packing import new_workbook
from pcmd_consolidate.summary.sheet import Sheet
from pcmd_consolidate.summary.streamed import StreamedSheet, add_streamed
from pcmd_consolidate.summary.table import Column, Table

_WIDTHS = {
    "kind": 14, "value": 12, "reason": 30, "person": 18, "severity": 12, "unit_id": 9, "unit": 22, "form": 6, "row": 6,
    "label": 40, "year": 7, "rule": 6, "message": 60, "raw": 22,
}  # fmt: skip
_NUMBERS = ("row", "year")
_TALL = ("reason", "label", "message", "raw")
_OFFICER = ("kind", "value", "reason", "person")
_WHY = Column(WHY, 40)
_NOTES = (
    "Chọn quyết định ở cột A, ghi lý do và tên người quyết định, lưu tệp, rồi chạy lại lệnh tổng hợp.",
    "«Chấp nhận»: giữ số liệu, không tính là lỗi nữa. «Thay số liệu»: dùng số ở cột B; số đơn vị ghi vẫn được giữ.",
    "Quyết định tự hết hiệu lực khi đơn vị gửi số liệu khác, hoặc tệp không còn ở đó: xem trang «Hết hiệu lực».",
)
_GONE_NOTES = (
    "Các quyết định không còn được áp dụng. Khi đúng vấn đề và số liệu đó có lại (ví dụ tệp được bỏ lại vào inbox), "
    "quyết định tự được áp dụng lại; không muốn như vậy thì xoá dòng ở trang này.",
)


@dataclass(frozen=True)
class _Line:
    """A line of the register."""

    cells: dict[str, object]
    why: str = ""


def write_register(result: Consolidation) -> Path:
    """Write ``so-quyet-dinh.xlsx`` anew: decisions in force, then open findings; what fell away on a sheet of its own.

    What the officer has typed stays.

    Args:
        result: The consolidation, in which the decisions of the register are in effect.

    Returns:
        The register.

    Raises:
        OutputError: It cannot be written, for example because it is open in Excel; the old one is left whole.
    """
    campaign = result.campaign
    path = campaign.folder / DECISIONS_FILE
    drafts = _drafts(campaign)
    standing = [_decided(result, decision) for decision in result.decisions]
    waiting = [_waiting(result, line, drafts) for line in _open_findings(result)]
    gone = list(_gone(result, [*standing, *waiting]))
    with written_whole(path) as beside, new_workbook(beside) as workbook:
        workbook.set_properties({"created": dt.datetime.combine(campaign.cut_off, dt.time())})
        formats = look.Formats(workbook)
        _write(add_streamed(workbook, formats, "Quyết định"), [*standing, *waiting], _NOTES)
        _write(add_streamed(workbook, formats, "Hết hiệu lực"), gone, _GONE_NOTES, _WHY)
    return path


def _drafts(campaign: Campaign) -> dict[tuple[object, ...], Decision]:
    """What the officer typed without a choice, by finding; what he typed last counts."""
    typed = (*(fallen.decision for fallen in reversed(campaign.fallen)), *campaign.decisions)
    return {_key_of(decision): decision for decision in typed if decision.kind is None}


def _gone(result: Consolidation, there: Iterable[_Line]) -> Iterator[_Line]:
    """Everything that was typed and is not in the first sheet, what fell away last first; each once."""
    campaign, told = result.campaign, {_said(line.cells) for line in there}
    left = (Fallen(decision, FINDING_GONE) for decision in campaign.decisions if decision.kind is None)
    for fallen in (*result.fallen, *left, *campaign.fallen):
        line = _decided(result, fallen.decision, fallen.why)
        if (said := _said(line.cells)) not in told:
            told.add(said)
            yield line


def _said(cells: Mapping[str, object]) -> tuple[str, ...]:
    """What tells a line of the register from every other, as text."""
    return tuple("" if cells.get(name) is None else str(cells.get(name, "")) for name in COLUMNS if name != "severity")


def _open_findings(result: Consolidation) -> Iterator[Any]:
    findings = result.findings
    of_unit_or_province = findings["unit_id"].ne("") | findings["file"].eq("")
    asked = is_open(findings) & findings["severity"].ne(Severity.INFO.value) & of_unit_or_province
    yield from lines_of(findings[asked].head(MOST_FINDINGS))


def _key_of(decision: Decision) -> tuple[object, ...]:
    return (decision.rule, decision.unit_id, decision.form, decision.row, decision.year, decision.message)


def _waiting(result: Consolidation, line: Any, drafts: Mapping[tuple[object, ...], Decision]) -> _Line:
    row, year = (None if pd.isna(n) else int(n) for n in (line.row, line.year))
    draft = drafts.get((line.rule, line.unit_id, line.form, row, year, line.message))
    typed = _typed(draft) if draft else dict.fromkeys(_OFFICER, "")
    severity = Severity(line.severity).label
    about = {"unit_id": line.unit_id, "unit": line.unit, "form": line.form, "row": row, "year": year}
    said = {"label": _label(result, line.form, row), "rule": line.rule, "message": line.message, "raw": line.raw}
    return _Line({**typed, "severity": severity, **about, **said})


def _decided(result: Consolidation, decision: Decision, why: str = "") -> _Line:
    unit = result.campaign.registry.get(decision.unit_id, decision.form)
    about = {name: getattr(decision, name) for name in ("unit_id", "form", "row", "year", "rule", "message", "raw")}
    words = {"unit": unit.name if unit else "", "label": _label(result, decision.form, decision.row), "severity": ""}
    return _Line({**_typed(decision), **words, **about}, why)


def _typed(decision: Decision) -> dict[str, object]:
    kind = WORDS[decision.kind] if decision.kind else ""
    value = "" if decision.value is None else decision.value
    return {"kind": kind, "value": value, "reason": decision.reason, "person": decision.person}


def _label(result: Consolidation, form_id: str, row: int | None) -> str:
    known = [form for form in result.campaign.forms if form.id == form_id]
    return known[0].row(row).full_label if known and row and row <= len(known[0].rows) else ""


def _write(sheet: StreamedSheet, lines: Sequence[_Line], notes: tuple[str, ...], *more: Column) -> None:
    columns = (*(Column(heading, _WIDTHS[name]) for name, heading in COLUMNS.items()), *more)
    table = Table("SỔ QUYẾT ĐỊNH", notes, columns, fixed=4)
    table.open(sheet, len(lines))
    formats = sheet.formats
    looks = {
        True: formats.of(look.BORDER, look.TOP, look.WRAP, {"locked": False, "bg_color": "#FFFBE6"}),
        False: formats.of(look.BORDER, look.TOP, look.WRAP, look.QUOTED),
    }
    centre = formats.of(look.BORDER, look.TOP, look.CENTRE)
    for place, line in enumerate(lines, start=table.first):
        sheet.height(place, max(lines_in(str(line.cells[name]), _WIDTHS[name]) for name in _TALL))
        shapes = (centre if name in _NUMBERS else looks[name in _OFFICER] for name in COLUMNS)
        sheet.cells(place, 0, zip(map(_shown, map(line.cells.__getitem__, COLUMNS)), shapes, strict=True))
        if more:
            sheet.text(place, len(COLUMNS), line.why, looks[False])
    if lines and not more:
        _guard(sheet, table.first, table.first + len(lines) - 1)


def _shown(value: object) -> str | float:
    """What a cell of the register holds."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return "" if value is None else str(value)


def _guard(sheet: Sheet, first: int, last: int) -> None:
    """Choices in the first column; everything that the officer does not fill is locked, without a password."""
    choices = {"validate": "list", "source": list(WORDS.values()), "error_title": "Quyết định"}
    sheet.raw.data_validation(first, 0, last, 0, {**choices, "error_message": "Chọn một trong các quyết định."})
    sheet.raw.protect("", {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True})

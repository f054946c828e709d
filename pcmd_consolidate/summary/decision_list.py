"""The sheet *Quyết định*: what the officer decided, and the rules that the campaign changed."""

from __future__ import annotations

from collections.abc import Iterator

from pcmd_consolidate.decisions import WORDS, Decision
from pcmd_consolidate.rule_changes import RuleChange
from pcmd_consolidate.summary import formats as look
from pcmd_consolidate.summary.content import Content
from pcmd_consolidate.summary.heights import lines_in
from pcmd_consolidate.summary.names import quoted
from pcmd_consolidate.summary.sheet import Sheet
from pcmd_consolidate.summary.table import Column, Table

_COLUMNS = (
    Column("Quyết định", 16), Column("Số liệu thay", 12), Column("Đơn vị ghi", 18), Column("Lý do", 36),
    Column("Người quyết định", 20), Column("Mã đơn vị", 10), Column("Đơn vị", 24), Column("Biểu", 7),
    Column("Dòng", 7), Column("Năm", 7), Column("Mã", 7), Column("Vấn đề", 60),
)  # fmt: skip
_REASON, _UNIT, _MESSAGE = 3, 6, 11
_NOTES = (
    "Các quyết định đang áp dụng, lấy từ sổ quyết định (so-quyet-dinh.xlsx), và các quy tắc đã đổi (rules.toml).",
)

_TABLE = Table("QUYẾT ĐỊNH ĐANG ÁP DỤNG", _NOTES, _COLUMNS)
_ROW = 8

Line = tuple[object, ...]


def decision_url(content: Content, form: str, row: int) -> str:
    """Link to the first decision on a row of a form."""
    places = (
        place
        for place, decision in enumerate(content.consolidation.decisions)
        if (decision.form, decision.row) == (form, row)
    )
    return f"internal:{quoted(content.names.decisions)}!A{_TABLE.first + next(places, -1) + 1}"


def write_decisions(sheet: Sheet, content: Content) -> None:
    """Write the sheet."""
    lines = [*_decided(content), *map(_changed, content.campaign.rule_changes)]
    _TABLE.open(sheet, len(lines))
    text = sheet.formats.of(look.BORDER, look.TOP, look.WRAP)
    link = sheet.formats.of(look.BORDER, look.TOP, look.WRAP, look.LINK)
    for place, line in enumerate(lines, start=_TABLE.first):
        tall = (_REASON, _UNIT, _MESSAGE)
        sheet.height(place, max(lines_in(str(line[column]), _COLUMNS[column].width) for column in tall))
        for column, value in enumerate(line):
            url = _figure_url(content, line) if column == _ROW else None
            if url is not None:
                sheet.link(place, column, url, "", link, text)
            if isinstance(value, int | float):
                sheet.number(place, column, value, link if url else text)
            else:
                sheet.text(place, column, "" if value is None else str(value), text)


def _figure_url(content: Content, line: Line) -> str | None:
    """Link to the figure that a decision is about."""
    _, _, _, _, _, unit_id, _, form, row, year, *_ = line
    layout = content.layouts.get(str(form))
    cell = layout.cell(str(unit_id), row, year) if layout and row is not None else None  # type: ignore[arg-type]
    return layout.url(cell) if layout and cell else None


def _decided(content: Content) -> Iterator[Line]:
    for decision in content.consolidation.decisions:
        unit = content.campaign.registry.get(decision.unit_id, decision.form)
        yield _line(decision, unit.name if unit else "")


def _line(decision: Decision, unit: str) -> Line:
    word = WORDS[decision.kind] if decision.kind else ""
    return (
        word, decision.value, decision.raw, decision.reason, decision.person, decision.unit_id, unit, decision.form,
        decision.row, decision.year, decision.rule, decision.message,
    )  # fmt: skip


def _changed(change: RuleChange) -> Line:
    said = "Tắt quy tắc" if change.severity is None else f"Đổi mức độ thành «{change.severity.label}»"
    return (said, None, "", change.reason, "", "", "Mọi đơn vị", "", None, None, change.rule, "")

"""The sheet *Lỗi và cảnh báo*: every finding, the heaviest first; of very many, those that weigh most."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from pcmd_consolidate.findings import Severity
from pcmd_consolidate.summary import formats as look
from pcmd_consolidate.summary.content import Content, given
from pcmd_consolidate.summary.data_parts import lines_of
from pcmd_consolidate.summary.heights import lines_in
from pcmd_consolidate.summary.names import quoted
from pcmd_consolidate.summary.sheet import Sheet
from pcmd_consolidate.summary.streamed import StreamedSheet
from pcmd_consolidate.summary.table import Column, Table
from pcmd_consolidate.summary.wording import shown_count

_COLUMNS = (
    Column("TT", 6), Column("Mức độ", 13), Column("Mã", 7), Column("Đơn vị", 24), Column("Biểu", 7),
    Column("Dòng", 7), Column("Năm", 7), Column("Vấn đề và cách xử lý", 62), Column("Đơn vị ghi", 26),
    Column("Tệp, trang tính, ô (bấm để mở)", 40), Column("Bảng theo đơn vị", 11), Column("Giải trình, quyết định", 36),
)  # fmt: skip
_UNIT, _MESSAGE, _RAW, _PLACE, _FIGURE, _SETTLED = 3, 7, 8, 9, 10, 11
MOST_FINDINGS = 5_000
"""Findings that are listed, here and in the register; nobody goes through more, and ``findings.csv`` holds them all."""
_MOST_LINES = 12
"""Lines of text after which the height of a row no longer grows."""

_MEASURED = 1_000
"""Characters of a text that fill more than ``_MOST_LINES``."""

_NOTE = "Lỗi: không thể đúng, phải sửa. Cần giải trình: ít gặp, sửa hoặc nói rõ lý do. Cảnh báo: xem lại."
_ORDER = "Trong mỗi mức, vấn đề ảnh hưởng tổng của tỉnh nhiều nhất đứng trước."


@dataclass(frozen=True)
class _Looks:
    """Formats of the lines."""

    severity: dict[Severity, Any]
    centre: Any
    text: Any
    raw: Any
    link: Any
    short_link: Any

    @classmethod
    def of(cls, formats: look.Formats) -> _Looks:
        top = (look.BORDER, look.TOP)
        return cls(
            severity={s: formats.of(*top, look.BOLD, props) for s, props in look.SEVERITY.items()},
            centre=formats.of(*top, look.CENTRE),
            text=formats.of(*top, look.WRAP),
            raw=formats.of(*top, look.WRAP, look.QUOTED),
            link=formats.of(*top, look.WRAP, look.LINK),
            short_link=formats.of(*top, look.CENTRE, look.LINK),
        )


def finding_table(findings: int) -> Table:
    """The table for so many findings."""
    return _table(findings, MOST_FINDINGS)


@cache
def _table(findings: int, most: int) -> Table:
    notes = [f"{_NOTE} {_ORDER}"]
    if findings > most:
        shown, rest = shown_count(most), shown_count(findings - most)
        notes.append(f"Trang này ghi {shown} vấn đề đứng đầu; {rest} vấn đề còn lại xem trong tệp findings.csv.")
    return Table("LỖI VÀ CẢNH BÁO", tuple(notes), _COLUMNS, fixed=2)


def finding_url(content: Content, place: int) -> str | None:
    """Link to a finding, by its place among all of them; None for one that is not listed."""
    if place >= MOST_FINDINGS:
        return None
    table = finding_table(len(content.consolidation.findings))
    return f"internal:{quoted(content.names.findings)}!A{table.first + place + 1}"


def write_findings(sheet: StreamedSheet, content: Content) -> None:
    """Write the sheet."""
    findings = content.consolidation.findings
    table, listed = finding_table(len(findings)), findings.head(MOST_FINDINGS)
    table.open(sheet, len(listed))
    last = table.first + len(listed)
    sheet.raw.ignore_errors({"number_stored_as_text": f"A{table.first}:K{last + 1}"})
    looks = _Looks.of(sheet.formats)
    for place, line in enumerate(lines_of(listed)):
        _write_line(sheet, content, looks, table.first + place, place + 1, line)


def _write_line(sheet: StreamedSheet, content: Content, looks: _Looks, row: int, order: int, line: Any) -> None:
    severity = Severity(line.severity)
    where = _where(line.file, line.sheet, line.cell)
    settled = "\n".join(text for text in (line.explanation, line.decision) if text)
    texts = {_UNIT: line.unit, _MESSAGE: line.message, _RAW: line.raw, _PLACE: where, _SETTLED: settled}
    _set_height(sheet, row, texts)
    opens = sheet.lead(row, _PLACE, content.sources.url(line.file, line.sheet, line.cell), where)
    cell = _figure_cell(content, line) or ""
    leads = sheet.lead(row, _FIGURE, content.layouts[line.form].url(cell) if cell else None, cell)
    number, year = (given(count) for count in (line.row, line.year))
    cells = (
        (order, looks.centre), (severity.label, looks.severity[severity]), (line.rule, looks.centre),
        (line.unit, looks.text), (line.form, looks.centre), ("" if number is None else number, looks.centre),
        ("" if year is None else year, looks.centre), (line.message, looks.text), (line.raw, looks.raw),
        (where, looks.link if opens else looks.text), (cell, looks.short_link if leads else looks.centre),
        (settled, looks.raw),
    )  # fmt: skip
    sheet.cells(row, 0, cells)


def _where(file: str, sheet: str, cell: str) -> str:
    return " › ".join(part for part in (file, sheet, cell) if part)


def _figure_cell(content: Content, line: Any) -> str | None:
    layout = content.layouts.get(line.form)
    return None if layout is None else layout.cell(line.unit_id, given(line.row), given(line.year))


def _set_height(sheet: Sheet, row: int, texts: dict[int, str]) -> None:
    """Make a row as high as its texts, but keep a very long one from filling the screen."""
    widths = {column: _COLUMNS[column].width for column in texts}
    lines = max(lines_in(text[:_MEASURED], widths[column]) for column, text in texts.items())
    sheet.height(row, min(lines, _MOST_LINES))

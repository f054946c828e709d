"""The first sheet of a feedback workbook: what is to be corrected, with links, and room for the unit's reasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from pcmd_consolidate.feedback.cases import TOLD, Case
from pcmd_consolidate.feedback.lines import COLUMNS, FIRST_HIDDEN, HEADINGS, LINK, NUMBER, REASON, SEVERITY, Line
from pcmd_consolidate.feedback.marks import COLOURS, Before
from pcmd_consolidate.intake.explanations import HIDDEN_HEADINGS
from pcmd_consolidate.typeset import FONT, height_of, line_count

MARK_HEADINGS = ("pcmd:marked_sheet", "pcmd:marked_cell", "pcmd:fill_before")
"""Headings of the hidden columns that say how coloured cells were filled before."""
_TITLE = "NHỮNG NỘI DUNG CẦN SỬA HOẶC GIẢI TRÌNH"
_HOW = (
    "Cách làm: (1) bấm vào cột «Ô» để đến ô cần xem và sửa ngay trong biểu; (2) nếu số liệu đúng, ghi lý do vào cột "
    "«Giải trình của đơn vị»; (3) lưu tệp rồi gửi lại chính tệp này. Ô đỏ: lỗi, cần sửa; ô cam: sửa hoặc giải trình; "
    "ô vàng: xem lại. Đề nghị không xoá trang này."
)
_SIZE, _TITLE_SIZE = 11, 14
_INPUT, _HEADER = "FFFBE0", "C9D7E8"
_PIXELS_PER_CHARACTER, _PIXELS_PER_COLUMN = 7, 5
_FEWEST_LINES, _TALLEST = 2, 409.0
_EDGE = Side(style="thin", color="7F7F7F")
_BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_CENTRED = (NUMBER, "Mức độ", "Ô", "Năm")


def write_first_sheet(
    sheet: Worksheet, case: Case, title: str, notice: str, lines: Sequence[Line], before: Sequence[Before]
) -> None:
    """Write the sheet.

    Args:
        sheet: An empty sheet.
        case: The case.
        title: Under the heading: unit, forms and reporting round.
        notice: What the unit must know of this workbook; may be empty.
        lines: The findings, in their order.
        before: How coloured cells were filled before, to be kept in hidden columns.
    """
    header = _top(sheet, case, title, notice) + 1
    _header(sheet, header)
    for place, line in enumerate(lines, start=header + 1):
        _line(sheet, place, line)
    for place, was in enumerate(before, start=header + 1):
        for column, text in enumerate((was.sheet, was.cell, was.fill), start=FIRST_HIDDEN + len(HIDDEN_HEADINGS)):
            _text(sheet, place, column, text)
    _columns(sheet)
    _screen(sheet, header)
    _paper(sheet, header, header + len(lines))


def _text(sheet: Worksheet, row: int, column: int, text: str) -> Any:
    """Write a text; one that begins with an equals sign stays a text."""
    cell = sheet.cell(row, column)
    cell.value = text or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text[:1] in "=+-@"
    cell.font = Font(name=FONT, size=_SIZE)
    return cell


def _top(sheet: Worksheet, case: Case, title: str, notice: str) -> int:
    """Write what stands above the table; returns its last row."""
    counts = " · ".join(f"{severity.label}: {case.count(severity)}" for severity in TOLD)
    texts = [
        (_TITLE, Font(name=FONT, size=_TITLE_SIZE, bold=True), "center"),
        (title, Font(name=FONT, size=_SIZE, bold=True), "center"),
        (counts, Font(name=FONT, size=_SIZE), "center"),
        (_HOW, Font(name=FONT, size=_SIZE, italic=True), "left"),
    ]
    texts += [(notice, Font(name=FONT, size=_SIZE, bold=True), "left")] * bool(notice)
    across = sum(_pixels(width) for width in COLUMNS.values())
    for row, (text, font, side) in enumerate(texts, start=1):
        cell = _text(sheet, row, 1, text)
        cell.font, cell.alignment = font, Alignment(horizontal=side, vertical="center", wrap_text=True)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(COLUMNS))
        lines = line_count(text, across, font.size, bold=bool(font.bold))
        sheet.row_dimensions[row].height = height_of(lines, font.size)
    return len(texts)


def _header(sheet: Worksheet, row: int) -> None:
    for column, text in enumerate(HEADINGS, start=1):
        cell = _text(sheet, row, column, text)
        cell.font, cell.border = Font(name=FONT, size=_SIZE, bold=True), _BOX
        cell.fill = PatternFill("solid", fgColor=f"FF{_HEADER}")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for column, text in enumerate((*HIDDEN_HEADINGS, *MARK_HEADINGS), start=FIRST_HIDDEN):
        _text(sheet, row, column, text)
    lines = max(line_count(text, _pixels(COLUMNS[text]), _SIZE, bold=True) for text in HEADINGS)
    sheet.row_dimensions[row].height = height_of(lines, _SIZE)


def _line(sheet: Worksheet, row: int, line: Line) -> None:
    for column, (heading, text) in enumerate(zip(HEADINGS, line.texts, strict=True), start=1):
        cell = _text(sheet, row, column, text)
        if heading == NUMBER:
            cell.value = int(text)
        cell.border = _BOX
        side = "center" if heading in _CENTRED else "left"
        cell.alignment = Alignment(horizontal=side, vertical="top", wrap_text=True)
    severity, reason = sheet.cell(row, SEVERITY), sheet.cell(row, REASON)
    severity.fill = PatternFill("solid", fgColor=f"FF{COLOURS[line.severity]}")
    severity.font = Font(name=FONT, size=_SIZE, bold=True)
    reason.fill, reason.protection = PatternFill("solid", fgColor=f"FF{_INPUT}"), Protection(locked=False)
    _link(sheet.cell(row, LINK), line)
    for column, text in enumerate(line.hidden, start=FIRST_HIDDEN):
        _text(sheet, row, column, text)
    lines = max(line_count(text, _pixels(COLUMNS[h]), _SIZE) for h, text in zip(HEADINGS, line.texts, strict=True))
    sheet.row_dimensions[row].height = min(height_of(max(lines, _FEWEST_LINES), _SIZE), _TALLEST)


def _link(cell: Any, line: Line) -> None:
    if line.link:
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=line.link, tooltip="Bấm để đến ô này")
        cell.font = Font(name=FONT, size=_SIZE, color="0563C1", underline="single")


def _pixels(width: float) -> float:
    return width * _PIXELS_PER_CHARACTER + _PIXELS_PER_COLUMN


def _columns(sheet: Worksheet) -> None:
    for column, width in enumerate(COLUMNS.values(), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width + _PIXELS_PER_COLUMN / _PIXELS_PER_CHARACTER
    for column in range(FIRST_HIDDEN, FIRST_HIDDEN + len(HIDDEN_HEADINGS) + len(MARK_HEADINGS)):
        sheet.column_dimensions[get_column_letter(column)].hidden = True


def _screen(sheet: Worksheet, header: int) -> None:
    sheet.freeze_panes = sheet.cell(header + 1, 1)
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = "C00000"
    sheet.protection.sheet = True
    sheet.protection.formatRows = sheet.protection.formatColumns = False


def _paper(sheet: Worksheet, header: int, last: int) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{header}:{header}"
    sheet.print_area = f"A1:{get_column_letter(len(COLUMNS))}{last}"
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom = 0.5, 0.4, 0.6, 0.7
    sheet.oddFooter.right.text, sheet.oddFooter.right.font, sheet.oddFooter.right.size = "Trang &P/&N", FONT, 9

"""The sheet on which a merged commune declares which former communes are in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from pcmd_consolidate.handout.entries import NO, YES, declared_entry
from pcmd_consolidate.handout.layout import BODY, Layout
from pcmd_consolidate.handout.letterhead import LARGE
from pcmd_consolidate.handout.merged import DECLARATION_SHEET, Part
from pcmd_consolidate.handout.pages import MARGINS, PAPER_A4
from pcmd_consolidate.handout.styles import Styles
from pcmd_consolidate.ids import DECLARATION_MARK, TOTAL_MARK
from pcmd_consolidate.typeset import height_of, line_count

_MARK, _ORDER, _NAME, _LINK, _DECLARED, _FILLED = range(6)
_PIXELS = {_ORDER: 44, _NAME: 290, _LINK: 90, _DECLARED: 110, _FILLED: 110}
_HEADINGS = {
    _ORDER: "TT", _NAME: "Xã, phường, thị trấn cũ", _LINK: "Trang", _DECLARED: "Đã có số liệu", _FILLED: "Số ô đã ghi",
}  # fmt: skip
_OPEN = "Mở trang"
_HEADER, _FIRST = 3, 4
_GUIDE = (
    f"Cột «Đã có số liệu» tự ghi {YES} khi trang của xã, phường cũ có số liệu. Chỉ sửa khi cần: chọn {YES} nếu số liệu "
    f"của xã, phường cũ đó đã nằm trong trang khác; chọn {NO} nếu trang của xã, phường cũ đó mới ghi dở."
)
_ABOUT_THE_TOTAL = " xã, phường cũ đã có số liệu"


@dataclass(frozen=True)
class Declaration:
    """Where the sheet says what.

    Attributes:
        layout: Layout of the sheets of the former communes.
        parts: The former communes and their sheets.
    """

    layout: Layout
    parts: Sequence[Part]

    @property
    def count(self) -> str:
        """The formula, for other sheets, of how many former communes are in."""
        area = xl_range_abs(_FIRST, _DECLARED, self._last, _DECLARED)
        return f"COUNTIF('{DECLARATION_SHEET}'!{area},\"{YES}\")"

    @property
    def _last(self) -> int:
        return _FIRST + len(self.parts) - 1

    def write(self, book: Workbook, styles: Styles) -> None:
        """Write the sheet."""
        sheet: Worksheet = book.add_worksheet(DECLARATION_SHEET)
        self._head(sheet, styles)
        for place, part in enumerate(self.parts):
            self._line(sheet, styles, place, part)
        self._total(sheet, styles)
        _finish(sheet)

    def _head(self, sheet: Worksheet, styles: Styles) -> None:
        unit = self.layout.unit
        title = f"CÁC XÃ, PHƯỜNG CŨ NHẬP VÀO {unit.name.upper()}" if unit else "CÁC XÃ, PHƯỜNG CŨ"
        texts = (
            (title, "guide_title", LARGE),
            (self.layout.form.name, "guide_subtitle", BODY),
            (_GUIDE, "guide_text", BODY),
        )
        for row, (text, style, size) in enumerate(texts):
            sheet.set_row(row, height_of(line_count(text, sum(_PIXELS.values()), size, bold=row == 0), size))
            sheet.merge_range(row, _ORDER, row, _FILLED, "", styles(style))
            sheet.write_string(row, _ORDER, text, styles(style))
        sheet.write_string(_HEADER, _MARK, DECLARATION_MARK)
        for column, heading in _HEADINGS.items():
            sheet.write_string(_HEADER, column, heading, styles("header"))

    def _line(self, sheet: Worksheet, styles: Styles, place: int, part: Part) -> None:
        row, layout = _FIRST + place, self.layout
        years = layout.years.values()
        filled = f"COUNTA({part.area(layout.first, min(years), layout.last, max(years))})"
        cells = len(layout.open) * len(layout.years)
        sheet.set_row(row, height_of(line_count(part.name, _PIXELS[_NAME], BODY), BODY))
        sheet.write_string(row, _MARK, part.name)
        sheet.write_number(row, _ORDER, place + 1, styles("measure"))
        sheet.write_string(row, _NAME, part.name, styles("label"))
        sheet.write_url(row, _LINK, f"internal:{part.cell(0, 1)}", styles("link"), _OPEN)
        sheet.write_formula(row, _DECLARED, f'=IF({filled}>0,"{YES}","{NO}")', styles("declared"), NO)
        sheet.data_validation(row, _DECLARED, row, _DECLARED, declared_entry())
        sheet.write_formula(row, _FILLED, f'={filled}&"/{cells}"', styles("measure"), f"0/{cells}")

    def _total(self, sheet: Worksheet, styles: Styles) -> None:
        row, about = self._last + 1, f"/{len(self.parts)}{_ABOUT_THE_TOTAL}"
        own = f"{xl_rowcol_to_cell(_FIRST, _DECLARED)}:{xl_rowcol_to_cell(self._last, _DECLARED)}"
        sheet.set_row(row, height_of(1, BODY))
        sheet.write_string(row, _MARK, TOTAL_MARK)
        sheet.merge_range(row, _ORDER, row, _FILLED, "", styles("header"))
        formula = f'=COUNTIF({own},"{YES}")&"{about}"'
        sheet.write_formula(row, _ORDER, formula, styles("header"), f"0{about}")
        sheet.ignore_errors({"formula_unlocked": own})


def _finish(sheet: Worksheet) -> None:
    sheet.set_column(_MARK, _MARK, None, None, {"hidden": True})
    for column, pixels in _PIXELS.items():
        sheet.set_column_pixels(column, column, pixels)
    sheet.set_row(_HEADER, height_of(1, BODY))
    sheet.hide_gridlines(2)
    sheet.protect()
    sheet.set_paper(PAPER_A4)
    sheet.set_margins(**MARGINS)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)

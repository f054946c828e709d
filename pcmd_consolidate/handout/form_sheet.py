"""The sheet that a unit fills in."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from pcmd_consolidate.forms import Row, RowKind, ValueType
from pcmd_consolidate.handout.check_column import CheckColumn
from pcmd_consolidate.handout.entries import is_whole, note_hint, total_formula, total_hint, validation
from pcmd_consolidate.handout.layout import NOTE_HEADING, asks_for_note
from pcmd_consolidate.handout.live_checks import LiveChecks
from pcmd_consolidate.handout.pages import HEADER_MARGIN, MARGINS, PAPER_A4, is_landscape, page_breaks
from pcmd_consolidate.handout.styles import Styles
from pcmd_consolidate.handout.worksheets import OfficialSheet

UNLOCKED_ACTIONS = {"format_rows": True, "format_columns": True}
"""What protection leaves to the clerk: making a row higher for a long note."""

_FALSE_ALARMS = ("formula_differs", "formula_range", "empty_cell_reference")
"""What Excel would mark with a green corner: totals of stocks and flows differ on purpose."""
_LINE_HEADING = "Dòng"
_ZOOM = 90
"""Per cent at which the sheet is shown, so that more rows are in sight below the titles."""
_FOOTER_LIMIT = 120


class FormSheet:
    """Writes one form into one sheet."""

    def __init__(self, book: Workbook, styles: Styles, checks: LiveChecks) -> None:
        self._sheet: Worksheet = book.add_worksheet(checks.sheet, OfficialSheet)
        self._styles = styles
        self._layout = checks.layout
        self._checks = checks

    def write(self) -> None:
        """Write the sheet."""
        self._around()
        self._header()
        for row in self._layout.form.rows:
            place = self._layout.place(row)
            self._sheet.set_row(place, self._layout.height(row))
            self._sheet.write_number(place, self._layout.line, row.number, self._styles("line"))
            if row.is_indicator:
                self._indicator(row)
            else:
                self._heading(row)
        self._columns()
        CheckColumn(self._sheet, self._styles, self._checks).write()
        self._screen()
        self._paper()

    def activate(self) -> None:
        """Let the workbook open on this sheet; of several that do, all would be typed into at once."""
        self._sheet.activate()

    def _span(self, area: tuple[int, int, int, int], text: str, style: Any) -> None:
        """Write a text across an area; a single cell cannot be merged."""
        top, left, bottom, right = area
        if (top, left) == (bottom, right):
            self._sheet.write(top, left, text or None, style)
        else:
            self._sheet.merge_range(top, left, bottom, right, "", style)
            if text:
                self._sheet.write_string(top, left, text, style)

    def _around(self) -> None:
        """Write what stands above and below the table."""
        layout = self._layout
        for row, height in enumerate(layout.heights_above):
            self._sheet.set_row(row, height)
        for row, height in enumerate(layout.heights_below, start=layout.last + 1):
            self._sheet.set_row(row, height)
        for texts, top, sides in ((layout.above, 0, layout.sides), (layout.below, layout.last, layout.signers)):
            for text in texts:
                first, last = sides[text.side]
                self._span((top + text.line, first, top + text.line, last), text.text, self._styles(text.style))

    def _header(self) -> None:
        """Write the two header rows."""
        layout, heads = self._layout, self._layout.form.headers
        top, bottom = layout.header, layout.header + 1
        beside = {
            layout.line: _LINE_HEADING, layout.label: heads.label, layout.measure: heads.unit,
            layout.total: heads.total, layout.note: NOTE_HEADING,
        }  # fmt: skip
        for column, text in beside.items():
            self._span((top, column, bottom, column), text, self._styles("header"))
        first, last = min(layout.years.values()), max(layout.years.values())
        self._span((top, first, top, last), heads.years, self._styles("header"))
        for year, column in layout.years.items():
            self._sheet.write_string(bottom, column, layout.form.year_label(year), self._styles("header"))
        for row, height in zip((top, bottom), layout.heights, strict=False):
            self._sheet.set_row(row, height)

    def _heading(self, row: Row) -> None:
        layout, place = self._layout, self._layout.place(row)
        name = "subheading" if row.kind is RowKind.SUBHEADING else "heading" if row.parent else "chapter"
        style = self._styles(name, closed=layout.is_closed(row), indent=layout.indents[row.number - 1])
        self._span((place, layout.label, place, layout.note), row.full_label, style)

    def _indicator(self, row: Row) -> None:
        layout, place, closed = self._layout, self._layout.place(row), self._layout.is_closed(row)
        wording = self._styles("label", closed=closed, indent=layout.indents[row.number - 1])
        measure = self._styles("measure", closed=closed)
        self._sheet.write_string(place, layout.label, row.full_label, wording)
        self._sheet.write_string(place, layout.measure, row.unit_of_measure, measure)
        if closed:
            for column in (*layout.years.values(), layout.total, layout.note):
                self._sheet.write_blank(place, column, None, self._styles("empty", closed=True))
        else:
            self._entries(row)
            self._total(row)
            self._note(row)
            if row.value_type is ValueType.MONEY:
                self._whole_money(place)

    def _entries(self, row: Row) -> None:
        layout, place, form = self._layout, self._layout.place(row), self._layout.form
        for column in layout.years.values():
            self._sheet.write_blank(place, column, None, self._styles("input", row=row))
        partial = form.partial.year if form.partial else None
        for _, group in groupby(form.years, key=lambda year: year == partial):
            years = list(group)
            first, last = layout.years[years[0]], layout.years[years[-1]]
            options = validation(form, row, years[0], xl_rowcol_to_cell(place, first))
            self._sheet.data_validation(place, first, place, last, options)

    def _total(self, row: Row) -> None:
        layout, place = self._layout, self._layout.place(row)
        first, last = min(layout.years.values()), max(layout.years.values())
        formula = total_formula(row, xl_range(place, first, place, last), xl_rowcol_to_cell(place, last))
        self._sheet.write_formula(place, layout.total, formula, self._styles("total", row=row), "")
        self._sheet.data_validation(place, layout.total, place, layout.total, total_hint(row, layout.form))

    def _whole_money(self, place: int) -> None:
        first, last = min(self._layout.years.values()), self._layout.total
        criteria = is_whole(xl_rowcol_to_cell(place, first))
        options = {"type": "formula", "criteria": criteria, "format": self._styles("whole_money")}
        self._sheet.conditional_format(place, first, place, last, options)

    def _note(self, row: Row) -> None:
        layout, place = self._layout, self._layout.place(row)
        self._sheet.write_blank(place, layout.note, None, self._styles("note"))
        if asks_for_note(row):
            self._sheet.data_validation(place, layout.note, place, layout.note, note_hint())

    def _columns(self) -> None:
        self._sheet.set_column(self._layout.line, self._layout.line, None, None, {"hidden": True})
        for column, pixels in self._layout.pixels.items():
            self._sheet.set_column_pixels(column, column, pixels)

    def _screen(self) -> None:
        layout, first_year = self._layout, min(self._layout.years.values())
        computed = " ".join(xl_range(0, column, layout.last, column) for column in (layout.total, layout.check))
        self._sheet.ignore_errors(self._false_alarms(computed))
        self._sheet.hide_gridlines(2)
        self._sheet.set_zoom(_ZOOM)
        self._sheet.freeze_panes(layout.first, first_year)
        start = min((layout.place(layout.form.row(number)) for number in layout.open), default=layout.first)
        self._sheet.set_selection(start, first_year, start, first_year)
        self._sheet.protect("", UNLOCKED_ACTIONS)

    def _false_alarms(self, computed: str) -> dict[str, str]:
        """What Excel would mark, and where it must not."""
        return dict.fromkeys(_FALSE_ALARMS, computed)

    def _footer(self) -> str:
        layout = self._layout
        return f"{layout.form.name} - {layout.unit.name}" if layout.unit else layout.form.name

    def _paper(self) -> None:
        layout, sheet = self._layout, self._sheet
        sheet.set_paper(PAPER_A4)
        if is_landscape(layout):
            sheet.set_landscape()
        sheet.set_margins(**MARGINS)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 0)
        sheet.print_area(0, layout.label, layout.foot, layout.note)
        sheet.repeat_rows(layout.header, layout.header + 1)
        sheet.set_h_pagebreaks(page_breaks(layout))
        name = self._footer()[:_FOOTER_LIMIT].replace("&", "&&")
        sheet.set_header('&C&"Times New Roman,Regular"&13&P', {"margin": HEADER_MARGIN})
        sheet.set_footer(f'&L&"Times New Roman,Italic"&10 {name}', {"margin": HEADER_MARGIN})

"""The sheet that a unit fills in."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from pcmd_consolidate.forms import Row, RowKind, ValueType
from pcmd_consolidate.handout.entries import is_whole, note_hint, total_formula, total_hint, validation
from pcmd_consolidate.handout.layout import LARGE, NOTE_HEADING, UNIT_CAPTION, Layout, asks_for_note
from pcmd_consolidate.handout.pages import MARGINS, PAPER_A4, is_landscape, page_breaks
from pcmd_consolidate.handout.styles import Styles
from pcmd_consolidate.typeset import height_of, line_count

UNLOCKED_ACTIONS = {"format_rows": True, "format_columns": True}
"""What protection leaves to the clerk: making a row higher for a long note."""

_FALSE_ALARMS = ("formula_differs", "formula_range", "empty_cell_reference")
"""What Excel would mark with a green corner: totals of stocks and flows differ on purpose."""
_LINE_HEADING = "Dòng"
_UNIT_ROW_HEIGHT = 26.0
_FOOTER_LIMIT = 120


class FormSheet:
    """Writes one form into one sheet."""

    def __init__(self, book: Workbook, styles: Styles, layout: Layout, name: str) -> None:
        self._sheet: Worksheet = book.add_worksheet(name)
        self._styles = styles
        self._layout = layout

    def write(self) -> None:
        """Write the sheet."""
        above = self._title() + self._header()
        for row in self._layout.form.rows:
            place = self._layout.place(row)
            self._sheet.set_row(place, self._layout.height(row))
            self._sheet.write_number(place, self._layout.line, row.number, self._styles("line"))
            if row.is_indicator:
                self._indicator(row)
            else:
                self._heading(row)
        self._columns()
        self._screen()
        self._paper(above)

    def _span(self, area: tuple[int, int, int, int], text: str, style: Any) -> None:
        """Write a text across an area; a single cell cannot be merged."""
        top, left, bottom, right = area
        if (top, left) == (bottom, right):
            self._sheet.write_string(top, left, text, style)
        else:
            self._sheet.merge_range(top, left, bottom, right, "", style)
            self._sheet.write_string(top, left, text, style)

    def _title(self) -> float:
        """Write what stands above the table; returns its height."""
        layout, across = self._layout, sum(self._layout.pixels.values())
        heights = []
        for line in layout.title:
            lines = line_count(line.text, across, LARGE, bold=True)
            heights.append(height_of(lines, LARGE))
            self._sheet.set_row(line.row, heights[-1])
            self._span((line.row, layout.label, line.row, layout.note), line.text, self._styles(line.style))
        self._sheet.set_row(layout.unit_row, _UNIT_ROW_HEIGHT)
        self._unit_name()
        return sum(heights) + _UNIT_ROW_HEIGHT

    def _unit_name(self) -> None:
        layout = self._layout
        row = layout.unit_row
        if layout.unit is not None:
            text = f"{UNIT_CAPTION} {layout.unit.name}"
            self._span((row, layout.label, row, layout.note), text, self._styles("unit"))
        else:
            self._sheet.write_string(row, layout.label, UNIT_CAPTION, self._styles("caption"))
            self._span((row, layout.measure, row, layout.total), "", self._styles("unit_input"))

    def _header(self) -> float:
        """Write the two header rows; returns their height."""
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
        return sum(layout.heights[:2])

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
        totals = xl_range(layout.first, layout.total, layout.last, layout.total)
        self._sheet.ignore_errors(dict.fromkeys(_FALSE_ALARMS, totals))
        self._sheet.hide_gridlines(2)
        self._sheet.freeze_panes(layout.first, first_year)
        start = min((layout.place(layout.form.row(number)) for number in layout.open), default=layout.first)
        self._sheet.set_selection(start, first_year, start, first_year)
        self._sheet.protect("", UNLOCKED_ACTIONS)
        self._sheet.activate()

    def _paper(self, above: float) -> None:
        layout, sheet = self._layout, self._sheet
        sheet.set_paper(PAPER_A4)
        if is_landscape(layout):
            sheet.set_landscape()
        sheet.set_margins(**MARGINS)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 0)
        sheet.print_area(0, layout.label, layout.last, layout.note)
        sheet.repeat_rows(layout.header, layout.header + 1)
        sheet.set_h_pagebreaks(page_breaks(layout, above))
        name = f"{layout.form.name} - {layout.unit.name}" if layout.unit else layout.form.name
        name = name[:_FOOTER_LIMIT].replace("&", "&&")
        sheet.set_footer(f'&L&"Times New Roman,Italic"&10 {name}&R&"Times New Roman,Regular"&10 Trang &P/&N')

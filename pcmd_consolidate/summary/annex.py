"""The sheets *Phụ lục …*: the provincial figures in the official layout, fit to be signed."""

from __future__ import annotations

from typing import Any

from pcmd_consolidate.consolidation import sums_years
from pcmd_consolidate.forms import Row, RowKind, ValueType
from pcmd_consolidate.summary import annex_formulas as formulas
from pcmd_consolidate.summary import formats as look
from pcmd_consolidate.summary.annex_beside import write_beside
from pcmd_consolidate.summary.annex_foot import write_foot
from pcmd_consolidate.summary.annex_layout import (
    FIRST_YEAR,
    LABEL,
    LABEL_WIDTH,
    MEASURE,
    MEASURE_WIDTH,
    AnnexLayout,
    indent,
)  # fmt: skip
from pcmd_consolidate.summary.annex_lead import TITLE_SIZE, Lead, layout_of, lead_lines
from pcmd_consolidate.summary.content import Content
from pcmd_consolidate.summary.heights import lines_in, pixels
from pcmd_consolidate.summary.layout import UnitLayout
from pcmd_consolidate.summary.page import A4_LANDSCAPE_OFFICIAL, A4_UPRIGHT_OFFICIAL, page_starts, set_page
from pcmd_consolidate.summary.sheet import Sheet

_MOST_YEARS_UPRIGHT = 7

_PATTERNS: dict[ValueType | None, str] = {
    ValueType.COUNT: look.COUNT, ValueType.MONEY: look.MONEY, ValueType.YES_NO: look.UNITS,
}  # fmt: skip

LAST_YEAR_MARK = "*"
"""Stands after a Tổng cộng that is the figure of the last year."""


def write_annex(sheet: Sheet, content: Content, units: UnitLayout) -> None:
    """Write the sheet of one form."""
    lead = lead_lines(content, units.form)
    layout = layout_of(content, units.form)
    sheet.raw.set_column(LABEL, LABEL, LABEL_WIDTH)
    sheet.raw.set_column(MEASURE, MEASURE, MEASURE_WIDTH)
    sheet.raw.set_column(FIRST_YEAR, layout.total, layout.year_width)
    _write_lead(sheet, layout, lead)
    _write_headings(sheet, layout)
    for row in layout.form.rows:
        if row.kind is RowKind.HEADING:
            _write_heading(sheet, layout, row)
        else:
            _write_row(sheet, content, layout, row)
    last = write_foot(sheet, content, layout)
    _tidy_figures(sheet, layout)
    write_beside(sheet, content, layout)
    _set_print(sheet, layout, last)


def _write_lead(sheet: Sheet, layout: AnnexLayout, lead: tuple[Lead, ...]) -> None:
    for line, (text, props, size, bold) in enumerate(lead):
        sheet.height(line, lines_in(text, layout.width, size=size, bold=bold), TITLE_SIZE)
        sheet.merged(line, LABEL, layout.total, text, sheet.formats.of(look.CENTRE, look.WRAP, props))


def _write_headings(sheet: Sheet, layout: AnnexLayout) -> None:
    heading = sheet.formats.of(look.BLACK_BORDER, look.BOLD, look.CENTRE, look.WRAP)
    headers, line = layout.form.headers, layout.headings
    labels = [layout.form.year_label(year) for year in layout.years]
    sheet.height(line, 1, 13)
    sheet.height(line + 1, max(lines_in(label, layout.year_width, bold=True) for label in labels))
    sheet.merged(line, LABEL, LABEL, headers.label, heading, rows=2)
    sheet.merged(line, MEASURE, MEASURE, headers.unit, heading, rows=2)
    sheet.merged(line, FIRST_YEAR, layout.total - 1, headers.years, heading)
    sheet.merged(line, layout.total, layout.total, headers.total, heading, rows=2)
    for year, column in layout.years.items():
        sheet.text(line + 1, column, layout.form.year_label(year), heading)


def _write_heading(sheet: Sheet, layout: AnnexLayout, row: Row) -> None:
    """A heading fills the whole line, as in the original."""
    line = layout.line(row)
    sheet.height(line, lines_in(row.full_label, layout.width, bold=True), 12)
    heading = sheet.formats.of(look.BLACK_BORDER, look.BOLD, look.WRAP)
    sheet.merged(line, LABEL, layout.total, row.full_label, heading)


def _write_row(sheet: Sheet, content: Content, layout: AnnexLayout, row: Row) -> None:
    line, of = layout.line(row), sheet.formats.of
    steps = indent(layout.form, row)
    label: look.Props = {"indent": steps, **({} if row.is_indicator else look.ITALIC)}
    label_lines = lines_in(row.full_label, LABEL_WIDTH, indent=steps)
    sheet.height(line, max(label_lines, lines_in(row.unit_of_measure, MEASURE_WIDTH)))
    sheet.text(line, LABEL, row.full_label, of(look.BLACK_BORDER, look.WRAP, label))
    sheet.text(line, MEASURE, row.unit_of_measure, of(look.BLACK_BORDER, look.WRAP, look.CENTRE))
    if row.is_indicator:
        _write_figures(sheet, content, layout, row)
    else:
        for column in range(FIRST_YEAR, layout.total + 1):
            sheet.text(line, column, "", of(look.BLACK_BORDER))


def _write_figures(sheet: Sheet, content: Content, layout: AnnexLayout, row: Row) -> None:
    line, years = layout.line(row), layout.form.years
    for year, column in layout.years.items():
        value = content.figures[layout.form.id, row.number, year].value
        formula = formulas.year_figure(layout.units, row, year)
        _write_figure(
            sheet, (line, column), formula, value, layout.units.column_url(row.number, year), _look(sheet, row)
        )
    value = content.figures[layout.form.id, row.number, None].value
    first, last = layout.cells(row)
    if sums_years(row, content.campaign):
        formula, mark = formulas.summed_total(row, first, last), ""
    else:
        formula, mark = formulas.last_total(last), LAST_YEAR_MARK
    url = layout.units.column_url(row.number, years[-1 if mark else 0])
    _write_figure(sheet, (line, layout.total), formula, value, url, _look(sheet, row, look.BOLD, mark=mark))


def _write_figure(
    sheet: Sheet, place: tuple[int, int], formula: str, value: float | None, url: str, shown: Any
) -> None:
    """Write a live figure; where it has one, it leads to the units behind it."""
    if value is not None:
        sheet.link(*place, url, "", shown, shown)
    sheet.formula(*place, formula, value, shown)


def _look(sheet: Sheet, row: Row, *props: look.Props, mark: str = "") -> Any:
    pattern = (look.UNITS if row.counts_units else _PATTERNS[row.value_type]) + (f'"{mark}"' if mark else "")
    number = look.number_format(pattern + look.OFF_BORDER)
    return sheet.formats.of(look.BLACK_BORDER, look.RIGHT, look.SHRINK, number, *props)


def _tidy_figures(sheet: Sheet, layout: AnnexLayout) -> None:
    """Show whole sums of money without the decimal point that Excel would leave behind them."""
    whole = sheet.formats.bare(look.number_format(look.COUNT + look.OFF_BORDER))
    for row in layout.form.indicators:
        if row.value_type is ValueType.MONEY:
            line = layout.line(row)
            cells = (line, FIRST_YEAR, line, layout.total)
            first, _ = layout.cells(row)
            criteria = f"=AND(ISNUMBER({first}),MOD({first},1)=0)"
            rule = {"type": "formula", "criteria": criteria, "format": whole}
            sheet.raw.conditional_format(*cells, rule)


def _set_print(sheet: Sheet, layout: AnnexLayout, last: int) -> None:
    upright = len(layout.form.years) <= _MOST_YEARS_UPRIGHT
    paper = A4_UPRIGHT_OFFICIAL if upright else A4_LANDSCAPE_OFFICIAL
    set_page(sheet, paper, repeat=(layout.headings, layout.headings + 1))
    sheet.raw.fit_to_pages(1, 0)
    sheet.raw.print_area(0, LABEL, last, layout.total)
    sheet.raw.center_horizontally()
    room = paper.room(pixels(layout.width, layout.total + 1))
    heights = sheet.line_heights(last)
    repeated = sum(heights[layout.headings : layout.first])
    sheet.raw.set_h_pagebreaks(page_starts(heights, room, repeated, layout.not_last(last)))

"""What stands beside the table of a form and is not printed: how many units each figure holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from pcmd_consolidate.consolidation import sums_years
from pcmd_consolidate.forms import Form, Row
from pcmd_consolidate.summary import annex_formulas as formulas
from pcmd_consolidate.summary import formats as look
from pcmd_consolidate.summary.annex_layout import FIRST_YEAR, AnnexLayout
from pcmd_consolidate.summary.content import Content
from pcmd_consolidate.summary.decision_list import decision_url
from pcmd_consolidate.summary.sheet import Sheet

DECIDED_HEADING = "Thay theo quyết định"

_TITLE = "Số đơn vị có số liệu / số đơn vị phải báo cáo (phần này không in; bấm vào số để xem từng đơn vị)"
_WIDTHS = (6.0, 9.0, 10.0)
_DECIDED_WIDTH = 22.0
_AFTER = 4
"""Columns after those of the years."""


def write_beside(sheet: Sheet, content: Content, layout: AnnexLayout) -> None:
    """Write the columns beside the table."""
    _write_headings(sheet, layout)
    replaced = _replaced(content, layout.form)
    for row in layout.form.indicators:
        _write_row(sheet, content, layout, row)
        _write_decided(sheet, content, layout, row, replaced.get(row.number, {}))
    first, last = layout.first, layout.notes - 1
    table = xl_range(first, FIRST_YEAR, last, layout.beside + len(layout.form.years) + _AFTER)
    sheet.raw.ignore_errors({"formula_differs": table, "formula_range": table})


def _write_headings(sheet: Sheet, layout: AnnexLayout) -> None:
    heading = sheet.formats.of(look.BORDER, look.HEADING, look.SMALL)
    line, first, years = layout.headings, layout.beside, layout.form.years
    order_width, year_width, link_width = _WIDTHS
    sheet.raw.set_column(layout.total + 1, layout.total + 1, 3)
    sheet.raw.set_column(first, first, order_width)
    sheet.raw.set_column(first + 1, first + len(years), year_width)
    sheet.raw.set_column(first + len(years) + 1, first + len(years) + 3, link_width)
    sheet.raw.set_column(first + len(years) + _AFTER, first + len(years) + _AFTER, _DECIDED_WIDTH)
    sheet.merged(line, first, first + len(years) + _AFTER, _TITLE, heading)
    labels = (layout.form.year_label(year).removeprefix("Năm ") for year in years)
    texts = ("Dòng", *labels, "Tổng cộng", "Chỉ có một số năm", "Theo đơn vị", DECIDED_HEADING)
    for column, text in enumerate(texts, start=first):
        sheet.text(line + 1, column, text, heading)


def _write_row(sheet: Sheet, content: Content, layout: AnnexLayout, row: Row) -> None:
    line, first, years = layout.line(row), layout.beside, layout.form.years
    expected = content.figures[layout.form.id, row.number, None].expected
    count = sheet.formats.of(look.BORDER, look.CENTRE, look.number_format(f'0"/{expected}"'))
    sheet.number(line, first, row.number, sheet.formats.of(look.BORDER, look.CENTRE))
    for column, year in enumerate(years, start=first + 1):
        figure = content.figures[layout.form.id, row.number, year]
        sheet.link(line, column, layout.units.column_url(row.number, year), "", count, count)
        sheet.formula(line, column, formulas.reporting(layout.units, row, year), figure.reported, count)
    total = first + len(years) + 1
    _write_total(sheet, content, layout, row, count)
    _colour(sheet, (line, first + 1, line, total), expected)
    link = sheet.formats.of(look.BORDER, look.CENTRE, look.LINK)
    sheet.link(line, total + 2, layout.units.column_url(row.number, years[0]), "Xem", link, link)


def _write_total(sheet: Sheet, content: Content, layout: AnnexLayout, row: Row, count: Any) -> None:
    line, units, years = layout.line(row), layout.units, layout.form.years
    column = layout.beside + len(years) + 1
    figure = content.figures[layout.form.id, row.number, None]
    some = sheet.formats.of(look.BORDER, look.CENTRE, look.number_format("0;;"))
    if len(years) == 1 or not sums_years(row, content.campaign):
        sheet.formula(line, column, formulas.reporting(units, row, years[-1]), figure.reported, count)
        sheet.text(line, column + 1, "", some)
        return
    sheet.formula(line, column, formulas.reporting_all(units, row), figure.reported, count)
    all_years = str(xl_rowcol_to_cell(line, column))
    sheet.formula(line, column + 1, formulas.reporting_some(units, row, all_years), figure.partial, some)
    rule = {"type": "cell", "criteria": ">", "value": 0, "format": sheet.formats.bare(look.INCOMPLETE)}
    sheet.raw.conditional_format(line, column + 1, line, column + 1, rule)


def _replaced(content: Content, form: Form) -> dict[int, Counter[int]]:
    """Row of the form → year → units whose figure the officer replaced."""
    found: dict[int, Counter[int]] = {}
    for form_id, _, number, year in content.replaced:
        if form_id == form.id:
            found.setdefault(number, Counter())[year] += 1
    return found


def _write_decided(sheet: Sheet, content: Content, layout: AnnexLayout, row: Row, years: Mapping[int, int]) -> None:
    """Say how many units' figures were replaced, year by year, and lead to the decisions."""
    column = layout.beside + len(layout.form.years) + _AFTER
    centred = (look.BORDER, look.CENTRE, look.SHRINK)
    if not years:
        sheet.text(layout.line(row), column, "", sheet.formats.of(*centred))
        return
    told = "; ".join(f"{year}: {count} đv" for year, count in sorted(years.items()))
    marked = sheet.formats.of(*centred, look.LINK, look.SHADES[look.DECIDED])
    sheet.link(layout.line(row), column, decision_url(content, layout.form.id, row.number), told, marked, marked)


def _colour(sheet: Sheet, cells: tuple[int, int, int, int], expected: int) -> None:
    """Colour the counts that are not complete, and more strongly those that are 0."""
    if not expected:
        return
    rules = (("==", 0, look.EMPTY), ("<", expected, look.INCOMPLETE))
    for criteria, value, props in rules:
        rule = {"type": "cell", "criteria": criteria, "value": value, "format": sheet.formats.bare(props)}
        sheet.raw.conditional_format(*cells, {**rule, "stop_if_true": True})

"""The charts of the sheet *Tổng quan*: native ones, over the provincial figures of the annexes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pcmd_consolidate.forms.charts import RowsChart, charts_of
from pcmd_consolidate.summary import formats as look
from pcmd_consolidate.summary.annex_layout import AnnexLayout
from pcmd_consolidate.summary.annex_lead import layout_of
from pcmd_consolidate.summary.content import Content
from pcmd_consolidate.summary.overview_parts import write_section
from pcmd_consolidate.summary.sheet import Sheet
from pcmd_consolidate.typeset import FONT

AddChart = Callable[[dict[str, str]], Any]
"""Adds a chart to the workbook, as xlsxwriter does."""

COUNT_COLUMNS = (3, 4, 5, 6)
"""Columns of the table of units that have answered in time, late, unclearly and not at all."""

_COLOURS = ("#1F4E79", "#C55A11", "#7F7F7F", "#548235")
_STATUS_COLOURS = ("#548235", "#BF9000", "#7030A0", "#C00000")
_SIZE = {"width": 350, "height": 208}
_LINES = 10
"""Lines that a row of charts takes."""

_BESIDE = (3, 6)
"""Column and pixels at which the second chart of a row begins."""

_SMALL = {"name": FONT, "size": 8}
_AXIS = {"num_font": _SMALL, "name_font": {**_SMALL, "bold": False}, "num_format": look.COUNT}


def write_charts(sheet: Sheet, content: Content, add_chart: AddChart, counts: range, line: int) -> int:
    """Write the charts, two beside each other; return the line under them.

    Args:
        sheet: The sheet.
        content: What the sheets show.
        add_chart: Adds a chart to the workbook.
        counts: Lines of the table of units that have answered, its headings first.
        line: The first line.
    """
    charts = [_answers_chart(add_chart, content.names.overview, counts)]
    forms = {form.id: form for form in content.campaign.forms}
    charts += [_rows_chart(add_chart, content, chart) for chart in charts_of(forms) if _has_figures(content, chart)]
    line = write_section(sheet, "Biểu đồ", line)
    for place, chart in enumerate(charts):
        top = line + place // 2 * _LINES
        column, offset = _BESIDE if place % 2 else (0, 0)
        sheet.raw.insert_chart(top, column, chart, {"x_offset": offset, "object_position": 2})
        sheet.leading |= set(range(top, top + _LINES - 1))
    return line + (len(charts) + 1) // 2 * _LINES


def _has_figures(content: Content, chart: RowsChart) -> bool:
    years = content.layouts[chart.form].form.years
    return any(content.figures[chart.form, row, year].value is not None for row in chart.rows for year in years)


def _answers_chart(add_chart: AddChart, sheet: str, lines: range) -> Any:
    """Who has answered: one bar for each form."""
    chart = add_chart({"type": "bar", "subtype": "percent_stacked"})
    first, last = lines[1], lines[-1]
    for column, colour in zip(COUNT_COLUMNS, _STATUS_COLOURS, strict=True):
        chart.add_series(
            {
                "name": [sheet, lines[0], column],
                "categories": [sheet, first, 0, last, 0],
                "values": [sheet, first, column, last, column],
                "fill": {"color": colour},
                "gap": 60,
                "data_labels": {"value": True, "num_format": "0;;", "font": {**_SMALL, "color": "white", "bold": True}},
            }
        )
    _set_looks(chart, "Tình hình nộp biểu (số đơn vị)")
    chart.set_x_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})
    chart.set_y_axis({**_AXIS, "reverse": True})
    return chart


def _rows_chart(add_chart: AddChart, content: Content, spec: RowsChart) -> Any:
    """Rows of a form over the years; a year that is not full is hatched."""
    layout = layout_of(content, content.campaign.form(spec.form))
    chart = add_chart({"type": "column", **({"subtype": "stacked"} if spec.stacked else {})})
    for (number, name), colour in zip(spec.rows.items(), _COLOURS, strict=False):
        chart.add_series(_series(content.names.annex[spec.form], layout, number, name, colour))
    _set_looks(chart, spec.title)
    chart.set_x_axis({**_AXIS, "num_font": {**_SMALL, "size": 7.5}})
    grid = {"visible": True, "line": {"color": "#D9D9D9"}}
    chart.set_y_axis({**_AXIS, "name": spec.measure, "min": 0, "major_gridlines": grid})
    return chart


def _series(sheet: str, layout: AnnexLayout, number: int, name: str, colour: str) -> dict[str, object]:
    line, headings = layout.line(layout.form.row(number)), layout.headings + 1
    first = min(layout.years.values())
    last = max(layout.years.values())
    beside = layout.beside + 1
    return {
        "name": name,
        "categories": [sheet, headings, beside, headings, beside + last - first],
        "values": [sheet, line, first, line, last],
        "fill": {"color": colour},
        "gap": 70,
        "points": _points(layout, colour),
    }


def _points(layout: AnnexLayout, colour: str) -> Sequence[object]:
    """The looks of the columns: hatched where the year is not full."""
    partial = layout.form.partial
    hatched = {
        "pattern": {"pattern": "wide_upward_diagonal", "fg_color": colour, "bg_color": "white"},
        "border": {"color": colour},
    }
    return [hatched if partial is not None and year == partial.year else None for year in layout.years]


def _set_looks(chart: Any, title: str) -> None:
    chart.set_title({"name": title, "name_font": {"name": FONT, "size": 11, "bold": True}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": _SMALL})
    chart.set_chartarea({"border": {"color": "#BFBFBF"}})
    chart.set_size(_SIZE)

"""The sheets *… theo đơn vị*: one line for each unit, one column for each row of the form and year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pcmd_consolidate.forms import Row, ValueType
from pcmd_consolidate.intake.reading import State
from pcmd_consolidate.summary import formats as look
from pcmd_consolidate.summary import layout as at
from pcmd_consolidate.summary.by_unit_looks import Cell, CellLooks
from pcmd_consolidate.summary.by_unit_tools import outline_levels, write_heat_map
from pcmd_consolidate.summary.content import Content, Mark
from pcmd_consolidate.summary.finding_list import finding_url
from pcmd_consolidate.summary.heights import ROW_HEIGHT, pixels, text_characters
from pcmd_consolidate.summary.layout import UnitLayout
from pcmd_consolidate.summary.page import A3_LANDSCAPE, set_page
from pcmd_consolidate.summary.sheet import Sheet
from pcmd_consolidate.summary.streamed import StreamedSheet
from pcmd_consolidate.summary.unit_readings import Readings
from pcmd_consolidate.summary.wording import shorten
from pcmd_consolidate.units import Unit

_STATE_CELLS = {
    State.BLANK: Cell.BLANK,
    State.NOT_AVAILABLE: Cell.NOT_AVAILABLE,
    State.UNREADABLE: Cell.UNREADABLE,
    State.ABSENT: Cell.ABSENT,
}
_MISSING, _NOT_ASKED, _ABSENT = (Cell.MISSING, None), (Cell.NOT_ASKED, None), (State.ABSENT, 0.0)
_Place = tuple[int, int]
"""Row of the form and year."""

_Shown = tuple[str | float, Any]
"""A figure or the sign of its state, and its look."""

_LEGEND_COLUMNS = 2
_LABEL_LINES = 5
_NARROWEST, _WIDEST = 8.0, 18.0
_ORDER_WIDTH, _STATUS_WIDTH = 5.0, 20.0
_SHORTEST_NAME, _LONGEST_NAME = 20.0, 48.0
_SMALLEST, _USUAL = 0.4, 0.6
"""Scales of the printed page: all units on one page where they can be read on it."""


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its row of the form and year, whether it holds Có or Không, whether it is the first of its row."""

    place: _Place
    yes_no: bool
    first: bool


@dataclass(frozen=True, slots=True)
class _Page:
    """What is needed to write the line of a unit."""

    sheet: StreamedSheet
    content: Content
    layout: UnitLayout
    looks: CellLooks
    columns: Sequence[_Column]


def write_by_unit(sheet: StreamedSheet, content: Content, layout: UnitLayout) -> None:
    """Write the sheet of one form."""
    looks = CellLooks(sheet.formats)
    widths = _set_columns(sheet, content, layout)
    _write_top(sheet, layout, looks)
    _write_headings(sheet, layout, widths)
    page = _Page(sheet, content, layout, looks, tuple(_columns(layout)))
    for order, unit in enumerate(layout.units, start=1):
        _write_unit(page, order, unit)
    write_heat_map(sheet, content, layout)
    sheet.raw.autofilter(at.YEARS, at.ORDER, layout.last_line, layout.last_column)
    sheet.raw.freeze_panes(at.FIRST_UNIT, at.FIRST_FIGURE)
    sheet.raw.set_zoom(90)
    _set_print(sheet, layout, widths)


def _columns(layout: UnitLayout) -> Iterator[_Column]:
    for number, year in layout.columns:
        yes_no = layout.form.row(number).value_type is ValueType.YES_NO
        yield _Column((number, year), yes_no, first=year == layout.form.years[0])


def _set_columns(sheet: Sheet, content: Content, layout: UnitLayout) -> dict[int, float]:
    """Set the widths; return those of each row's columns."""
    sheet.raw.set_column(at.ORDER, at.ORDER, _ORDER_WIDTH)
    sheet.raw.set_column(at.UNIT, at.UNIT, _name_width(layout))
    sheet.raw.set_column(at.STATUS, at.STATUS, _STATUS_WIDTH)
    widths, levels = _widths(content, layout), outline_levels(layout.form)
    for (row, _), column in layout.columns.items():
        sheet.raw.set_column(column, column, widths[row], None, {"level": levels[row]})
    sheet.raw.outline_settings(True, True, False)
    return widths


def _name_width(layout: UnitLayout) -> float:
    longest = max((text_characters(unit.name) + 1.5 for unit in layout.units), default=0.0)
    return min(max(longest, _SHORTEST_NAME), _LONGEST_NAME)


def _fixed_width(layout: UnitLayout) -> float:
    return _ORDER_WIDTH + _name_width(layout) + _STATUS_WIDTH


def _widths(content: Content, layout: UnitLayout) -> dict[int, float]:
    """Row → width of its columns, so that its longest figure is seen whole."""
    values = content.consolidation.values
    figures = values.loc[values["form"].eq(layout.form.id) & values["value"].notna(), ["row", "value"]]
    longest = {row.number: 0 for row in layout.form.indicators}
    for row, value in figures.drop_duplicates().itertuples(index=False, name=None):
        if row in longest:
            longest[row] = max(longest[row], look.shown_length(value))
    return {row: min(max(length + 1.5, _NARROWEST), _WIDEST) for row, length in longest.items()}


def _write_top(sheet: Sheet, layout: UnitLayout, looks: CellLooks) -> None:
    sheet.height(at.TITLE, 1, 15)
    title = f"{layout.form.name.upper()}: SỐ LIỆU THEO ĐƠN VỊ"
    sheet.text(at.TITLE, 0, title, sheet.formats.of(look.BOLD, look.LARGE))
    hint = (
        "Bấm vào tên đơn vị để mở tệp đã nộp, vào ô tô màu để xem lỗi hoặc cảnh báo. "
        "Nền tím càng đậm, số càng lớn trong cột. Bấm 1, 2, 3 ở góc trái để thu gọn hoặc mở các cột."
    )
    sheet.text(at.TITLE, at.FIRST_FIGURE, hint, sheet.formats.of(look.FAINT))
    sheet.height(at.LEGEND, 1, 13)
    sheet.text(at.LEGEND, at.STATUS, "Chú giải:", sheet.formats.of(look.RIGHT, look.SMALL, look.BOLD))
    first = at.FIRST_FIGURE
    for text, legend in looks.legend():
        sheet.merged(at.LEGEND, first, first + _LEGEND_COLUMNS - 1, text, legend)
        first += _LEGEND_COLUMNS


def _write_headings(sheet: Sheet, layout: UnitLayout, widths: dict[int, float]) -> None:
    heading = sheet.formats.of(look.BORDER, look.HEADING)
    label = sheet.formats.of(look.BORDER, look.HEADING, look.SMALL)
    years = layout.form.years
    sheet.height(at.LABELS, _LABEL_LINES, 9)
    for column in range(at.FIRST_FIGURE):
        sheet.text(at.LABELS, column, "", heading)
    for row in layout.form.indicators:
        first = layout.columns[row.number, years[0]]
        room = int(widths[row.number] * len(years) * (_LABEL_LINES - 1))
        sheet.merged(at.LABELS, first, first + len(years) - 1, _label(row, room), label)
    for column, text in ((at.ORDER, "TT"), (at.UNIT, "Đơn vị"), (at.STATUS, "Tình trạng")):
        sheet.text(at.YEARS, column, text, heading)
    left = sheet.formats.of(look.BORDER, look.HEADING, {"align": "left", "text_wrap": False})
    for (_, year), column in layout.columns.items():
        sheet.number(at.YEARS, column, year, left)


def _label(row: Row, room: int) -> str:
    measure = f" ({row.unit_of_measure})" if row.unit_of_measure else ""
    return f"{row.number}. {shorten(row.full_label, max(room - len(measure), 12))}{measure}"


def _write_unit(page: _Page, order: int, unit: Unit) -> None:
    sheet, content = page.sheet, page.content
    line = page.layout.lines[unit.unit_id]
    answer = content.answer(unit)
    readings = content.readings.get((unit.form, unit.unit_id))
    name = page.looks.names(missing=readings is None)
    sheet.number(line, at.ORDER, order, name.order)
    sheet.link(line, at.UNIT, content.sources.url(answer.file), unit.name, name.link, name.text)
    sheet.text(line, at.STATUS, content.status_word(answer.status, unit), name.text)
    marks = content.marks_of(unit)
    cells = list(_cells(page, unit, readings, content.shades_of(unit, marks)))
    sheet.cells(line, at.FIRST_FIGURE, cells)
    if marks:
        _link_marked(page, line, cells, marks)


def _cells(page: _Page, unit: Unit, readings: Readings | None, shades: Mapping[_Place, str]) -> Iterator[_Shown]:
    """What stands in the columns of a unit, and its look."""
    asked = {row.number for row in page.layout.form.indicators_of(unit.sections)}
    for column in page.columns:
        place = column.place
        cell, value = _cell(readings, column) if place[0] in asked else _NOT_ASKED
        yield cell.sign if value is None else value, page.looks.of(cell, shades.get(place), column.first)


def _cell(readings: Readings | None, column: _Column) -> tuple[Cell, float | None]:
    if readings is None:
        return _MISSING
    state, value = readings.get(column.place, _ABSENT)
    if state is not State.REPORTED:
        return _STATE_CELLS[state], None
    if column.yes_no:
        return Cell.YES_NO, value
    return (Cell.WHOLE if value.is_integer() else Cell.FRACTION), value


def _link_marked(page: _Page, line: int, cells: Sequence[_Shown], marks: Mapping[_Place, Mark]) -> None:
    """Have the figures with a finding lead to it."""
    for at_column, (column, (shown, form)) in enumerate(zip(page.columns, cells, strict=True), start=at.FIRST_FIGURE):
        mark = marks.get(column.place)
        url = None if mark is None else finding_url(page.content, mark.place)
        if url is None:
            continue
        text = shown if isinstance(shown, str) else ""
        page.sheet.link(line, at_column, url, text, form, form)
        if not isinstance(shown, str):
            page.sheet.number(line, at_column, shown, form)


def _set_print(sheet: Sheet, layout: UnitLayout, widths: dict[int, float]) -> None:
    """Print on A3, as many whole rows of the form beside each other as a page holds."""
    set_page(sheet, A3_LANDSCAPE, repeat=(at.LABELS, at.YEARS))
    sheet.raw.repeat_columns(at.ORDER, at.STATUS)
    above = sum(sheet.line_heights(at.YEARS))
    scale = A3_LANDSCAPE.points / (above + ROW_HEIGHT * len(layout.units))
    scale = min(scale, _USUAL) if scale >= _SMALLEST else _USUAL
    sheet.raw.set_print_scale(int(scale * 100))
    room = A3_LANDSCAPE.pixels / scale - pixels(_fixed_width(layout), at.FIRST_FIGURE)
    sheet.raw.set_v_pagebreaks(_column_breaks(layout, widths, room))


def _column_breaks(layout: UnitLayout, widths: dict[int, float], room: float) -> list[int]:
    breaks: list[int] = []
    used = 0.0
    for row in layout.form.indicators:
        width = pixels(widths[row.number] * len(layout.form.years), len(layout.form.years))
        if used and used + width > room:
            breaks.append(layout.columns[row.number, layout.form.years[0]])
            used = 0.0
        used += width
    return breaks

"""The sheets *… theo đơn vị*: one line for each unit, one column for each row of the form and year."""

from __future__ import annotations

from pcmd_consolidate.forms import Row
from pcmd_consolidate.summary import formats as look
from pcmd_consolidate.summary import layout as at
from pcmd_consolidate.summary.by_unit_lines import write_lines
from pcmd_consolidate.summary.by_unit_looks import CellLooks
from pcmd_consolidate.summary.by_unit_tools import outline_levels, write_heat_map
from pcmd_consolidate.summary.content import Content
from pcmd_consolidate.summary.heights import ROW_HEIGHT, pixels, text_characters
from pcmd_consolidate.summary.layout import UnitLayout
from pcmd_consolidate.summary.page import A3_LANDSCAPE, set_page
from pcmd_consolidate.summary.sheet import Sheet
from pcmd_consolidate.summary.streamed import StreamedSheet
from pcmd_consolidate.summary.wording import shorten

_LEGEND_COLUMNS = 2
_LABEL_LINES = 5
_NARROWEST, _WIDEST = 8.0, 18.0
_ORDER_WIDTH, _STATUS_WIDTH = 5.0, 20.0
_SHORTEST_NAME, _LONGEST_NAME = 20.0, 48.0
_SMALLEST, _USUAL = 0.4, 0.6
"""Scales of the printed page: all units on one page where they can be read on it."""


def write_by_unit(sheet: StreamedSheet, content: Content, layout: UnitLayout) -> None:
    """Write the sheet of one form."""
    looks = CellLooks(sheet.formats)
    widths = _set_columns(sheet, content, layout)
    _write_top(sheet, layout, looks)
    _write_headings(sheet, layout, widths)
    write_lines(sheet, content, layout, looks)
    write_heat_map(sheet, content, layout)
    sheet.raw.autofilter(at.YEARS, at.ORDER, layout.last_line, layout.last_column)
    sheet.raw.freeze_panes(at.FIRST_UNIT, at.FIRST_FIGURE)
    sheet.raw.set_zoom(90)
    _set_print(sheet, layout, widths)


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

"""Where everything of a form stands in its sheet: computed once, from the form, and used by every writer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pcmd_consolidate.forms import Form, Row, RowKind
from pcmd_consolidate.handout.letterhead import (
    Text,
    heights_above,
    heights_below,
    texts_above,
    texts_below,
)
from pcmd_consolidate.typeset import height_of, line_count
from pcmd_consolidate.units import Unit

BODY, SMALL, TINY = 12, 11, 10
"""Sizes of the font: cells of the table, its headings, what is not printed."""

NOTE_HEADING = "Ghi chú"
MAX_HEIGHT = 409.0
"""Highest row that Excel can show, in points."""

_LINE, _LABEL, _MEASURE, _FIRST_YEAR = 0, 1, 2, 3
_LABEL_PIXELS, _MEASURE_PIXELS, _YEAR_PIXELS, _PARTIAL_PIXELS, _TOTAL_PIXELS, _NOTE_PIXELS = 258, 84, 62, 72, 66, 112
_INDENTED_MARKERS = {"+": 1, "*": 2}
_DEEPEST = 3
NOTE_LINES = 3
"""Lines of a note that there is room for where a row asks for one."""
_ASKS_FOR_NOTE = re.compile(r"\b(?:ghi|nêu) rõ\b", re.IGNORECASE)


@dataclass(frozen=True)
class Layout:
    """Places (rows and columns from 0), sizes, and which rows are open.

    Attributes:
        form: The form.
        unit: The unit that fills it; None in a blank template.
        above, below: Texts above and below the table.
        heights_above, heights_below: Heights of their rows, in points.
        sides: Side (``left``, ``right``, ``across``) of the letterhead → its first and last column.
        signers: The same for date and signatures, none of which stands below the wording of the rows.
        header: First of the two header rows.
        first: Row of the first line of the form.
        line, label, measure: Columns of the line number, the wording and the unit of measure.
        years: Year → its column.
        total, note: Columns of Tổng cộng and of the notes.
        pixels: Width of each column that is printed.
        open: Numbers of the rows that the unit fills.
        indents: Indent of each row of the form.
        heights: Heights of the two header rows and of each row of the form, in points.
    """

    form: Form
    unit: Unit | None
    above: tuple[Text, ...]
    below: tuple[Text, ...]
    heights_above: tuple[float, ...]
    heights_below: tuple[float, ...]
    sides: Mapping[str, tuple[int, int]]
    signers: Mapping[str, tuple[int, int]]
    header: int
    first: int
    line: int
    label: int
    measure: int
    years: Mapping[int, int]
    total: int
    note: int
    pixels: Mapping[int, int]
    open: frozenset[int]
    indents: tuple[int, ...]
    heights: tuple[float, ...]

    @property
    def foot(self) -> int:
        """Row of the last line of the signatures."""
        return self.last + len(self.heights_below)

    @property
    def check(self) -> int:
        """Column, beside the paper, of what is to be checked."""
        return self.note + 1

    @property
    def last(self) -> int:
        """Row of the last line of the form."""
        return self.first + len(self.form.rows) - 1

    def place(self, row: Row) -> int:
        """Where a row of the form stands."""
        return self.first + row.number - 1

    @cached_property
    def _open_sections(self) -> frozenset[str]:
        return frozenset(self.form.row(number).section for number in self.open)

    def is_closed(self, row: Row) -> bool:
        """Whether a row, heading or not, stands in a block that another unit fills."""
        return bool(row.owner) and row.section not in self._open_sections

    def height(self, row: Row) -> float:
        """Height of a row of the form, in points."""
        return self.heights[1 + row.number]


def lay_out(
    form: Form, unit: Unit | None, subtitle: tuple[str, str] | None = None, note_lines: int = NOTE_LINES
) -> Layout:
    """Compute the layout of a form for a unit.

    Args:
        form: The form.
        unit: The unit that fills it in; None for a template.
        subtitle: A line below the titles, above the table, and its style.
        note_lines: Lines of a note that there is room for where a row asks for one.
    """
    years = {year: _FIRST_YEAR + place for place, year in enumerate(form.years)}
    total = _FIRST_YEAR + len(years)
    pixels = {_LABEL: _LABEL_PIXELS, _MEASURE: _MEASURE_PIXELS, total: _TOTAL_PIXELS, total + 1: _NOTE_PIXELS}
    pixels |= {column: _year_pixels(form, year) for year, column in years.items()}
    sides = {"left": (_LABEL, _MEASURE), "right": (_FIRST_YEAR, total + 1), "across": (_LABEL, total + 1)}
    middle = _FIRST_YEAR + len(years) // 2
    signers = {"left": (_MEASURE, middle - 1), "right": (middle + len(years) // 3, total + 1)}
    above, below = texts_above(form, unit, subtitle), texts_below()
    tall = heights_above(above, _widths(sides, pixels))
    indents = tuple(_indent(form, row) for row in form.rows)
    return Layout(
        form=form, unit=unit, above=above, below=below, heights_above=tall,
        heights_below=heights_below(below, _widths(signers, pixels)), sides=sides, signers=signers,
        header=len(tall), first=len(tall) + 2,
        line=_LINE, label=_LABEL, measure=_MEASURE, years=years, total=total, note=total + 1, pixels=pixels,
        open=frozenset(row.number for row in form.indicators_of(unit.sections if unit else ())),
        indents=indents,
        heights=(*_header_heights(form), *_row_heights(form, indents, sum(pixels.values()), note_lines)),
    )  # fmt: skip


def _year_pixels(form: Form, year: int) -> int:
    """Width of the column of a year; the heading of a partial year is longer."""
    return _PARTIAL_PIXELS if form.partial is not None and form.partial.year == year else _YEAR_PIXELS


def _widths(sides: Mapping[str, tuple[int, int]], pixels: Mapping[int, int]) -> dict[str, int]:
    return {side: sum(pixels[column] for column in range(first, last + 1)) for side, (first, last) in sides.items()}


def asks_for_note(row: Row) -> bool:
    """Whether the wording of a row asks for words beside its figures."""
    return _ASKS_FOR_NOTE.search(row.label) is not None


def _indent(form: Form, row: Row) -> int:
    """How deep a row stands under the indicators that it is a part of."""
    depth, above = 0, row.part_of or row.parent
    while above is not None:
        upper = form.row(above)
        depth += upper.is_indicator
        above = upper.part_of or upper.parent
    return min(max(depth, _INDENTED_MARKERS.get(row.marker, 0)), _DEEPEST)


def _header_heights(form: Form) -> tuple[float, float]:
    heads = form.headers
    upper = height_of(
        line_count(heads.years, sum(_year_pixels(form, year) for year in form.years), SMALL, bold=True), SMALL
    )
    lower = max(line_count(form.year_label(year), _year_pixels(form, year), SMALL, bold=True) for year in form.years)
    sides = [(heads.unit, _MEASURE_PIXELS), (heads.total, _TOTAL_PIXELS), (heads.label, _LABEL_PIXELS)]
    beside = max(line_count(text, pixels, SMALL, bold=True) for text, pixels in sides)
    return upper, max(height_of(lower, SMALL), height_of(beside, SMALL) - upper)


def _row_heights(form: Form, indents: tuple[int, ...], across: int, note_lines: int) -> tuple[float, ...]:
    return tuple(_row_height(row, indent, across, note_lines) for row, indent in zip(form.rows, indents, strict=True))


def _row_height(row: Row, indent: int, across: int, note_lines: int) -> float:
    if not row.is_indicator:
        bold = row.kind is RowKind.HEADING
        lines = line_count(row.full_label, across, BODY, bold=bold, indent=indent)
    else:
        lines = max(
            line_count(row.full_label, _LABEL_PIXELS, BODY, indent=indent),
            line_count(row.unit_of_measure, _MEASURE_PIXELS, BODY),
            note_lines if asks_for_note(row) else 1,
        )
    return min(height_of(lines, BODY), MAX_HEIGHT)

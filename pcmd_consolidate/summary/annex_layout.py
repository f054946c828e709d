"""Where everything stands on the sheet that has the official layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from xlsxwriter.utility import xl_rowcol_to_cell

from pcmd_consolidate.forms import Form, Row, RowKind
from pcmd_consolidate.summary.content import Content, Figure
from pcmd_consolidate.summary.formats import shown_length
from pcmd_consolidate.summary.layout import UnitLayout

LABEL, MEASURE, FIRST_YEAR = range(3)
LABEL_WIDTH, MEASURE_WIDTH, _YEAR_WIDTH = 36.0, 10.5, 9.6
_AROUND = 2.0
"""Characters left free around the longest figure."""


@dataclass(frozen=True)
class AnnexLayout:
    """Positions on the sheet of a form's provincial figures, counted from 0.

    Attributes:
        units: Positions on the sheet of the form's units.
        lead: How many lines stand above the table.
        year_width: Width of the columns of figures.
    """

    units: UnitLayout
    lead: int
    year_width: float

    @property
    def form(self) -> Form:
        """The form."""
        return self.units.form

    @property
    def width(self) -> float:
        """Width of all columns that are printed."""
        return LABEL_WIDTH + MEASURE_WIDTH + self.year_width * (len(self.form.years) + 1)

    @property
    def headings(self) -> int:
        """The first of the two lines of headings; an empty line stands before it."""
        return self.lead + 1

    @property
    def first(self) -> int:
        """Line of the form's first row."""
        return self.headings + 2

    def line(self, row: Row) -> int:
        """Line of a row of the form."""
        return self.first + row.number - 1

    @property
    def notes(self) -> int:
        """The first line under the table."""
        return self.first + len(self.form.rows)

    @cached_property
    def years(self) -> dict[int, int]:
        """Year → column of its figures."""
        return {year: column for column, year in enumerate(self.form.years, start=FIRST_YEAR)}

    @property
    def total(self) -> int:
        """Column of Tổng cộng, the last that is printed."""
        return FIRST_YEAR + len(self.form.years)

    @property
    def beside(self) -> int:
        """The first column of what stands beside the table and is not printed."""
        return self.total + 2

    def cells(self, row: Row) -> tuple[str, str]:
        """Addresses of the figures of a row's first and last year."""
        line = self.line(row)
        return str(xl_rowcol_to_cell(line, FIRST_YEAR)), str(xl_rowcol_to_cell(line, self.total - 1))

    def not_last(self, last: int) -> set[int]:
        """Lines after which no page may end, where the table with its signatures ends in line ``last``.

        Headings with the first row under them, a row with the first of its parts, the last row but one under a heading,
        and all from the last rows of the form to the signatures.
        """
        rows = self.form.rows
        leading = {row.number for place, row in enumerate(rows[:-1]) if _leads(rows, place)}
        return {self.first + number - 1 for number in leading} | set(range(self.notes - 2, last))


def _leads(rows: Sequence[Row], place: int) -> bool:
    """Whether a row, which is not the last, stands with the next one."""
    row, below = rows[place : place + 2]
    if not row.is_indicator or below.kind is RowKind.HEADING:
        return not row.is_indicator
    first = place > 0 and not rows[place - 1].is_indicator
    with_part = below.kind is RowKind.SUBHEADING or below.parent == row.number
    last_but_one = place + 2 < len(rows) and rows[place + 2].kind is RowKind.HEADING
    return first or with_part or last_but_one


def indent(form: Form, row: Row) -> int:
    """How far a row stands to the right: one step for every row above it that is not a heading."""
    steps, parent = 0, row.parent
    while parent is not None:
        above = form.row(parent)
        steps += above.kind is not RowKind.HEADING
        parent = above.parent
    return steps


def annex_layout(content: Content, units: UnitLayout, lead: int) -> AnnexLayout:
    """The layout for the figures of a form: its columns are wide enough for the longest."""
    figures = (figure for key, figure in content.figures.items() if key[0] == units.form.id)
    return AnnexLayout(units, lead, max([_YEAR_WIDTH, *map(_width, figures)]))


def _width(figure: Figure) -> float:
    return 0.0 if figure.value is None else shown_length(figure.value) + _AROUND

"""Where everything stands on the sheet that has one line for each unit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from xlsxwriter.utility import xl_rowcol_to_cell

from pcmd_consolidate.forms import Form
from pcmd_consolidate.summary.names import quoted
from pcmd_consolidate.units import Unit

ORDER, UNIT, STATUS = range(3)
"""Columns before the figures."""

FIRST_FIGURE = 3
TITLE, LEGEND, LABELS, YEARS = range(4)
"""Lines above the units."""

FIRST_UNIT = 4


@dataclass(frozen=True)
class UnitLayout:
    """Positions on the sheet of a form's units, counted from 0.

    Attributes:
        form: The form.
        units: The units asked, one line each.
        sheet: Name of the sheet.
    """

    form: Form
    units: tuple[Unit, ...]
    sheet: str

    @cached_property
    def columns(self) -> dict[tuple[int, int], int]:
        """Row of the form and year → column."""
        asked = ((row.number, year) for row in self.form.indicators for year in self.form.years)
        return {key: column for column, key in enumerate(asked, start=FIRST_FIGURE)}

    @cached_property
    def lines(self) -> dict[str, int]:
        """Unit → line."""
        return {unit.unit_id: line for line, unit in enumerate(self.units, start=FIRST_UNIT)}

    @property
    def last_line(self) -> int:
        """Line of the last unit; a form that nobody fills has one empty line."""
        return FIRST_UNIT + max(len(self.units), 1) - 1

    @property
    def last_column(self) -> int:
        """The last column."""
        return FIRST_FIGURE + len(self.columns) - 1

    def range(self, row: int, year: int) -> str:
        """The figures of all units for a row and a year, as a formula names them."""
        column = self.columns[row, year]
        first, last = xl_rowcol_to_cell(FIRST_UNIT, column), xl_rowcol_to_cell(self.last_line, column)
        return f"{quoted(self.sheet)}!{first}:{last}"

    def column_url(self, row: int, year: int) -> str:
        """Link to the heading of a column."""
        return self._url(LABELS, self.columns[row, year])

    def cell(self, unit_id: str, row: int | None, year: int | None) -> str | None:
        """Address of a unit's figure: of its first year where no year is given, of its name without a row."""
        line = self.lines.get(unit_id)
        if line is None:
            return None
        column = UNIT if row is None else self.columns.get((row, year or self.form.years[0]))
        return None if column is None else str(xl_rowcol_to_cell(line, column))

    def url(self, cell: str) -> str:
        """Link to a cell of the sheet."""
        return f"internal:{quoted(self.sheet)}!{cell}"

    def _url(self, line: int, column: int) -> str:
        return self.url(xl_rowcol_to_cell(line, column))

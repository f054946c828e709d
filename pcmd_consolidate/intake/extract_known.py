"""The readings of a workbook whose layout is known: where everything stands is looked up once, not in each workbook.

A row about which there is anything to be said is read as in any other sheet.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pcmd_consolidate.findings import Finding
from pcmd_consolidate.forms import Form, Row, ValueType
from pcmd_consolidate.intake.asked_words import asked_words
from pcmd_consolidate.intake.cells import Cells, Places, shared_places
from pcmd_consolidate.intake.extract import Extracted, blanks, extract, findings_of, left_over, row_cells, summed
from pcmd_consolidate.intake.grid import Cell, Grid, address
from pcmd_consolidate.intake.known_layout import KnownLayout
from pcmd_consolidate.intake.locate import Line, Table
from pcmd_consolidate.intake.numbers import read_cell
from pcmd_consolidate.intake.reading import Reading, State, StatedTotal
from pcmd_consolidate.intake.recognise import Recognised
from pcmd_consolidate.units import Unit

_Reader = Callable[[Cell], Reading]


@dataclass(frozen=True)
class _RowPlan:
    """Where a row of the form stands.

    Attributes:
        row: The row of the form.
        place: Index of its line.
        at: Its row in the grid.
        columns: Those of its years.
        total, note: Columns of what the unit counted up, and of its notes; None where there is none.
        total_cell: The cell of what it counted up.
        said: What its label itself tells in words.
        read, read_total: Read its cells.
    """

    row: Row
    place: int
    at: int
    columns: tuple[int, ...]
    total: int | None
    note: int | None
    total_cell: str
    said: str
    read: _Reader
    read_total: _Reader


@dataclass(frozen=True)
class _OtherLine:
    """A line that the unit does not fill: where figures of it would stand, and what it is."""

    line: Line
    row: Row | None
    below: bool
    columns: tuple[int, ...]


@dataclass(frozen=True)
class _Plan:
    """Where everything stands in a workbook of a known layout, for those who fill the same rows."""

    rows: tuple[_RowPlan, ...]
    others: tuple[_OtherLine, ...]
    places: Places


def rows_asked(form: Form, sections: Sequence[str] | None) -> tuple[Row, ...]:
    """The rows of the sections that a unit fills; all of them where nobody knows who it is."""
    return form.indicators if sections is None else form.indicators_of(sections)


def extract_known(known: Recognised, unit: Unit | None) -> Extracted:
    """Read the cells asked for; the same as :func:`~pcmd_consolidate.intake.extract.extract` reads.

    Args:
        known: The workbook.
        unit: Who sent it.
    """
    grid, table = known.grid, known.layout.table
    sections = None if unit is None else unit.sections
    plan = _plan(known.layout, sections)
    if plan is None:
        return extract(grid, table, rows_asked(table.form, sections))
    findings: list[Finding] = []
    for other in plan.others:
        if list(map(grid.rows[other.line.row].__getitem__, other.columns)).count(None) < len(other.columns):
            findings += left_over(grid, other.line, other.row, other.below)
    readings: list[Reading] = []
    for row_plan in plan.rows:
        of_row = _plain_readings(grid, row_plan)
        if of_row is None:
            cells = row_cells(grid, table, row_plan.row, row_plan.place, "")
            findings += findings_of(grid, table.lines[row_plan.place], row_plan.row, cells)
            of_row = [cell.reading for cell in cells]
        readings += of_row
    totals = tuple(total for row_plan in plan.rows if (total := _stated_total(grid, row_plan)))
    return Extracted(Cells.at(plan.places, readings), totals, (*findings, *blanks(readings)))


@lru_cache(maxsize=32)
def _plan(layout: KnownLayout, sections: tuple[str, ...] | None) -> _Plan | None:
    """Where everything stands; None where the rows of the sheet need a second look."""
    table = layout.table
    asked = rows_asked(table.form, sections)
    lines = {table.form.rows[match.place].number: place for place, match in table.matches.items()}
    rows = tuple(_row_plan(table, row, lines[row.number]) for row in asked)
    merged = any(top <= row.at <= bottom for row in rows for top, _, bottom, _ in layout.merged)
    if merged or layout.hidden_rows or layout.hidden_columns & set(table.columns[0].years.values()):
        return None
    wanted, last = {row.number for row in asked}, max(table.matches)
    others = []
    for place, line in enumerate(table.lines):
        matched = table.row_of(place)
        if matched is None or matched.number not in wanted:
            columns = (*line.columns.years.values(), *(() if line.columns.total is None else (line.columns.total,)))
            others.append(_OtherLine(line, matched, place > last, columns))
    return _Plan(rows, tuple(others), _places(layout, rows))


def _row_plan(table: Table, row: Row, place: int) -> _RowPlan:
    line = table.lines[place]
    columns = line.columns
    years = tuple(columns.years[year] for year in table.form.years)
    counted = None if row.value_type is ValueType.YES_NO else columns.total
    return _RowPlan(
        row, place, line.row, years, counted, columns.note,
        "" if counted is None else address(line.row, counted), asked_words(line.label, row.label),
        _reader(row), _reader(summed(row)),
    )  # fmt: skip


@lru_cache(maxsize=1024)
def _reader(row: Row) -> _Reader:
    """Reads cells of a row, most of which hold what another one held."""
    return lru_cache(maxsize=512)(functools.partial(read_cell, row=row))


def _places(layout: KnownLayout, rows: Sequence[_RowPlan]) -> Places:
    years = layout.table.form.years
    return shared_places(
        tuple(row.row.number for row in rows for _ in years),
        tuple(year for _ in rows for year in years),
        tuple(address(row.at, column) for row in rows for column in row.columns),
        (layout.sheet,) * (len(rows) * len(years)),
    )


def _plain_readings(grid: Grid, plan: _RowPlan) -> list[Reading] | None:
    """The readings of a row; None where there is anything to be said about it."""
    cells = grid.rows[plan.at]
    if plan.said or (plan.note is not None and cells[plan.note] is not None):
        return None
    readings = []
    filled = False
    for column in plan.columns:
        reading = plan.read(cells[column])
        if reading.findings:
            return None
        filled = filled or reading.state is not State.BLANK
        readings.append(reading)
    return readings if filled else None


def _stated_total(grid: Grid, plan: _RowPlan) -> StatedTotal | None:
    if plan.total is None:
        return None
    value = plan.read_total(grid.rows[plan.at][plan.total]).value
    return None if value is None else StatedTotal(plan.row.number, value, plan.total_cell, grid.sheet)

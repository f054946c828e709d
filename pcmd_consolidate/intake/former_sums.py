"""The figures of a merged commune held against those of the communes that it was formed from.

The form adds up the sheets of the former communes by formulas. Where those were not computed, their sums are put in
their place; where the form says something else than the sum, the figure is not taken: one of the two is old.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pcmd_consolidate.findings import Finding, found
from pcmd_consolidate.forms import Form, OverFormers, Row, ValueType
from pcmd_consolidate.forms.formulas import UNKNOWN
from pcmd_consolidate.intake.extract import Extracted
from pcmd_consolidate.intake.former import Former, Formers, FormerSheets, read_formers
from pcmd_consolidate.intake.grid import Cell, Grid
from pcmd_consolidate.intake.labels import LabelIndex
from pcmd_consolidate.intake.locate import Table
from pcmd_consolidate.intake.marks import Mark, MarkKind
from pcmd_consolidate.intake.reading import CellReading, Reading, State
from pcmd_consolidate.vietnamese import shown, squeeze

_NEARLY = 1e-6
_SHOWN = 20
"""Cells that a finding names."""
_NOT_AVAILABLE = "…"
_WORDS = {State.BLANK: "để trống", State.NOT_AVAILABLE: f"ghi «{_NOT_AVAILABLE}»"}

Sums = Mapping[tuple[int, int], Reading]
"""Row and year → what the former communes say together."""


@dataclass(frozen=True)
class Comparison:
    """What the sheets of former communes say, to hold the form against it.

    Attributes:
        rows: The rows that the unit fills.
        formers: The former communes; none in an ordinary workbook.
        sums: What they say together; empty where the sheet of one of them cannot be read.
    """

    rows: Sequence[Row]
    formers: Formers
    sums: Sums

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong on their sheets, and who is missing; each with its sheet."""
        return (*self.formers.findings, *_missing(self.formers))

    def filled(self, grid: Grid, table: Table) -> Grid:
        """The sheet of the form, where formulas were not computed with what they would show."""
        return with_sums(grid, table, self.formers, self.sums) if self.formers.all else grid

    def settled(self, extracted: Extracted) -> Extracted:
        """What the form says, without what contradicts the former communes."""
        return settled(extracted, self.rows, self.formers, self.sums) if self.formers.all else extracted


def compare(sheets: FormerSheets, form: Form, rows: Sequence[Row], index: LabelIndex) -> Comparison:
    """Read the sheets of the former communes and add them up.

    Args:
        sheets: The sheets; none in an ordinary workbook.
        form: The form of the unit.
        rows: The rows that the unit fills.
        index: The form's labels.
    """
    formers = read_formers(sheets, form, index, rows)
    return Comparison(rows, formers, add_up(formers, rows, form.years))


def add_up(formers: Formers, rows: Sequence[Row], years: Sequence[int]) -> Sums:
    """What the former communes say together; empty where the sheet of one of them cannot be read."""
    if not formers.are_complete:
        return {}
    return {
        (row.number, year): _sum(row, [former.cells[row.number, year].reading for former in formers.all])
        for row in rows
        for year in years
    }


def _sum(row: Row, readings: Sequence[Reading]) -> Reading:
    """Flows and stocks are added, since the communes were apart; Có is true where it is of any of them."""
    values = [reading.value for reading in readings if reading.value is not None]
    states = {reading.state for reading in readings}
    if row.value_type is ValueType.YES_NO and 1 in values:
        return Reading(State.REPORTED, 1.0)
    if State.UNREADABLE in states:
        return Reading(State.UNREADABLE)
    if values:
        return Reading(State.REPORTED, max(values) if _is_told_once(row) else round(math.fsum(values), 6))
    return Reading(State.NOT_AVAILABLE if State.NOT_AVAILABLE in states else State.BLANK)


def _is_told_once(row: Row) -> bool:
    """Whether one former commune is enough for the figure of the merged one."""
    return row.value_type is ValueType.YES_NO or row.over_formers is OverFormers.MOST


def with_sums(grid: Grid, table: Table, formers: Formers, sums: Sums) -> Grid:
    """The sheet of the form with sums and notes in the place of formulas that nobody computed.

    A formula that shows that it could not add is one of them: what it does not understand may be understood here.
    Tổng cộng beside such a formula lacks its figure and is left out.
    """
    rows = [list(cells) for cells in grid.rows]
    for place in table.matches:
        row, line = table.row_of(place), table.lines[place]
        if row is None or not row.is_indicator:
            continue
        for year, column in line.columns.years.items():
            if _needs_sum(rows[line.row][column]) and (row.number, year) in sums:
                rows[line.row][column] = _as_typed(row, sums[row.number, year])
                if line.columns.total is not None:
                    rows[line.row][line.columns.total] = None
        note = line.columns.note
        if note is not None:
            rows[line.row][note] = _noted(rows[line.row][note], _notes(formers, row))
    return dataclasses.replace(grid, rows=tuple(map(tuple, rows)))


def _needs_sum(cell: Cell) -> bool:
    return cell == UNKNOWN or (isinstance(cell, Mark) and cell.kind is MarkKind.NOT_CALCULATED)


def _as_typed(row: Row, reading: Reading) -> Cell:
    if reading.value is not None:
        return ("Không", "Có")[int(reading.value)] if row.value_type is ValueType.YES_NO else reading.value
    return {State.NOT_AVAILABLE: _NOT_AVAILABLE, State.UNREADABLE: UNKNOWN}.get(reading.state)


def _notes(formers: Formers, row: Row) -> list[tuple[str, str]]:
    """What the former communes note on a row: name and note."""
    cells = ((former.name, cell) for former in formers.all for cell in former.cells.values() if cell.row == row.number)
    return list(dict.fromkeys((name, note) for name, cell in cells if (note := cell.reading.note)))


def _noted(cell: Cell, notes: Sequence[tuple[str, str]]) -> Cell:
    """The note of the form, with those of the former communes that it does not hold."""
    own = squeeze(cell) if isinstance(cell, str) else ""
    missing = [f"{name}: {note}" for name, note in notes if note not in own]
    return "; ".join([own, *missing] if own else missing) or (None if cell is None or isinstance(cell, Mark) else cell)


def settled(extracted: Extracted, rows: Sequence[Row], formers: Formers, sums: Sums) -> Extracted:
    """What the form says, without figures that contradict the former communes, and with findings on them."""
    asked = {row.number: row for row in rows}
    doubted = {cell.cell: cell for cell in extracted.cells if _contradicts(cell, sums)}
    told = {cell.cell for cell in extracted.cells if _cannot_be_added(cell, sums)}
    cells = tuple(
        dataclasses.replace(cell, reading=_kept_out(cell.reading)) if cell.cell in doubted else cell
        for cell in extracted.cells
    )
    findings = (
        *(f for f in extracted.findings if f.cell not in told and f.cell not in doubted),
        *(_doubt(cell, sums[cell.row, cell.year], asked[cell.row]) for cell in doubted.values()),
        *_typed_here(extracted.cells, sums),
        *_added_in_part(extracted.cells, formers, sums, asked),
    )
    return dataclasses.replace(extracted, cells=cells, findings=findings)


def _contradicts(cell: CellReading, sums: Sums) -> bool:
    """Whether the form says something else than the sum: typed over, or not computed again."""
    said, total = cell.reading, sums.get((cell.row, cell.year))
    if total is None or not cell.cell or said.state in (State.UNREADABLE, State.ABSENT):
        return False
    if total.value is not None:
        return said.value is None or abs(said.value - total.value) > _NEARLY * max(1.0, abs(total.value))
    return total.state is State.UNREADABLE and said.state is not State.BLANK


def _cannot_be_added(cell: CellReading, sums: Sums) -> bool:
    """Whether a formula shows that it could not add what a former commune wrote: a finding stands there."""
    total = sums.get((cell.row, cell.year))
    return total is not None and total.state is State.UNREADABLE and cell.reading.raw == UNKNOWN


def _kept_out(reading: Reading) -> Reading:
    return Reading(State.UNREADABLE, None, reading.raw, reading.note)


def _doubt(cell: CellReading, total: Reading, row: Row) -> Finding:
    said = _WORDS.get(cell.reading.state, f"ghi «{cell.reading.raw}»")
    computed = "không được, vì có ô chưa đọc được" if total.value is None else f"được {_shown(total.value, row)}"
    finding = found("F19c", raw=cell.reading.raw, stated=said, computed=computed)
    return dataclasses.replace(finding, row=cell.row, year=cell.year, cell=cell.cell)


def _shown(value: float, row: Row) -> str:
    return ("Không", "Có")[int(value)] if row.value_type is ValueType.YES_NO else shown(value)


def _typed_here(cells: Sequence[CellReading], sums: Sums) -> Iterator[Finding]:
    """Figures that stand in the form alone."""
    without = (State.BLANK, State.NOT_AVAILABLE)
    alone = [
        cell
        for cell in cells
        if cell.reading.value is not None
        and (total := sums.get((cell.row, cell.year))) is not None
        and total.state in without
    ]
    if alone:
        named = [f"{cell.cell}: {cell.reading.raw}" for cell in alone[:_SHOWN]]
        more = [f"… và {len(alone) - _SHOWN} ô khác"] if len(alone) > _SHOWN else []
        yield found("F19d", raw="; ".join([*named, *more]), count=len(alone))


def _added_in_part(
    cells: Sequence[CellReading], formers: Formers, sums: Sums, asked: Mapping[int, Row]
) -> Iterator[Finding]:
    """Figures to which a former commune that is filled in adds nothing, where it has not said that there is none."""
    lacking: dict[str, int] = {}
    count = 0
    for cell in cells:
        total = sums.get((cell.row, cell.year))
        if total is None or total.value is None or (_is_told_once(asked[cell.row]) and total.value >= 1):
            continue
        without = [former.name for former in formers.all if _lacks(former, cell)]
        lacking |= {name: lacking.get(name, 0) + 1 for name in without}
        count += bool(without)
    if count:
        yield found("F19b", count=count, what="; ".join(f"{name}: {number} ô" for name, number in lacking.items()))


def _lacks(former: Former, cell: CellReading) -> bool:
    return former.is_filled and former.cells[cell.row, cell.year].reading.value is None


def _missing(formers: Formers) -> Iterator[Finding]:
    """The former communes that are not in."""
    missing = [former.name for former in formers.all if not former.is_in]
    if missing:
        count = f"{len(formers.all) - len(missing)}/{len(formers.all)}"
        sheet, cell = formers.where
        finding = found("F19", raw=f"{count} xã cũ", count=count, missing=", ".join(missing))
        yield dataclasses.replace(finding, sheet=sheet, cell=cell)

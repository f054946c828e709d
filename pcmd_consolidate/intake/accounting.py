"""Nothing is lost: every cell in the area of a form is a value, part of the form, or spoken of in a finding.

Run over every return that is read; what it turns up is a finding, so that a person sees what the reading passed over.
"""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from pcmd_consolidate.findings import Finding, found
from pcmd_consolidate.forms import Row, ValueType
from pcmd_consolidate.intake.extract import Extracted
from pcmd_consolidate.intake.grid import Cell, Grid, address
from pcmd_consolidate.intake.locate import Line, Table
from pcmd_consolidate.intake.marks import Mark, MarkKind
from pcmd_consolidate.intake.package import RefusedError
from pcmd_consolidate.intake.references import Place, place
from pcmd_consolidate.vietnamese import shown, squeeze

_AREA = re.compile(r"([A-Z]+[1-9]\d*)(?::([A-Z]+[1-9]\d*))?")
_SHOWN = 20
"""Cells that the finding names."""


def lost_cells(grid: Grid, table: Table, extracted: Extracted) -> dict[Place, str]:
    """Cells from the first to the last line of the form that no output tells of: place → what stands there."""
    told = {at for number, line in enumerate(table.lines) for at in _of_form(grid, line, table.row_of(number))}
    told |= set(_places(extracted, grid.findings))
    totals = _rows_with_total(extracted)
    told |= {(line.row, line.columns.total or 0) for line in table.lines if line.row in totals}
    return {at: words for at, cell in _contents(grid, table) if at not in told and (words := _words(cell))}


def account(
    grid: Grid, table: Table, extracted: Extracted, name_of: Callable[[int, int], str] = address
) -> tuple[Finding, ...]:
    """A finding that names the cells that no output would tell of; empty where there are none.

    Args:
        grid: The sheet.
        table: The form in it.
        extracted: What was read of it.
        name_of: Name of a cell from its row and column.
    """
    lost = lost_cells(grid, table, extracted) | _not_looked_at(grid, table)
    if not lost:
        return ()
    named = [f"{name_of(*at)}: {words[:100]}" for at, words in list(lost.items())[:_SHOWN]]
    more = [f"… và {len(lost) - _SHOWN} ô khác"] if len(lost) > _SHOWN else []
    return (found("H35", raw="; ".join([*named, *more]), count=len(lost)),)


def _not_looked_at(grid: Grid, table: Table) -> dict[Place, str]:
    """What stands in the lines after those that were held against the form."""
    rows = ((line.row, cells) for line in table.beyond for cells in (grid.rows[line.row],))
    return {(row, at): words for row, cells in rows for at, cell in enumerate(cells) if (words := _words(cell))}


def _rows_with_total(extracted: Extracted) -> frozenset[int]:
    """Rows for which a finding on a line that is not used tells what stands under Tổng cộng too."""
    findings = (finding for finding in extracted.findings if "Tổng cộng:" in finding.raw and finding.cell)
    return frozenset(place(finding.cell.partition(":")[0])[0] for finding in findings)


def _contents(grid: Grid, table: Table) -> Iterator[tuple[Place, Cell]]:
    """What the cells of the rows of the form hold, its headers and automatic checks apart."""
    rows = [table.lines[number].row for number in table.matches]
    headers = {row for part in table.columns for row in _header_rows(table, part.header)}
    automatic = {part.check for part in table.columns}
    for row in sorted(set(range(min(rows, default=0), max(rows, default=-1) + 1)) - headers):
        for column, cell in enumerate(grid.rows[row]):
            if cell is not None and column not in automatic:
                yield (row, column), cell


def _header_rows(table: Table, header: int) -> Iterator[int]:
    """A header row and those below it, up to the first line that is the form's."""
    below = [table.lines[number].row for number in table.matches if table.lines[number].row > header]
    yield from range(header, min(below, default=header + 1))


def _words(cell: Cell) -> str:
    if cell is None or (isinstance(cell, Mark) and cell.kind is MarkKind.NOT_CALCULATED):
        return ""
    return shown(cell) if isinstance(cell, float) else squeeze(str(getattr(cell, "text", cell)))


def _of_form(grid: Grid, line: Line, asked: Row | None) -> Iterator[Place]:
    """Cells of a line that are wording, of the form's own or told with its figures, and the total of answers."""
    columns = line.columns
    worded = () if asked is None else (*columns.labels, *itertools.chain.from_iterable(columns.disputed.values()))
    no_total = columns.total if asked is not None and asked.value_type is ValueType.YES_NO else None
    beside = {columns.unit, columns.line_number, None if asked is None else columns.note, no_total} - {None}
    yield from ((line.row, column) for column in (*worded, *beside) if column is not None)
    for row in range(line.row - 2, line.row + 3):
        for column in columns.labels if 0 <= row < len(grid.rows) else ():
            cell = grid.rows[row][column]
            if cell is not None and (words := _words(cell)) and words in line.label:
                yield row, column
    if columns.labels:
        first = min(columns.labels)
        yield from ((line.row, column) for column in range(first) if column not in columns.others)


def _places(extracted: Extracted, findings: Iterable[Finding]) -> Iterable[Place]:
    """Cells that a value, a total or a finding names."""
    names = [cell.cell for cell in extracted.cells] + [total.cell for total in extracted.totals]
    names += [finding.cell for finding in (*extracted.findings, *findings)]
    return itertools.chain.from_iterable(map(_area, filter(None, names)))


def _area(name: str) -> Iterable[Place]:
    """The cells of an area; none where it names none."""
    return _cells_of(name) if ":" in name else _cell(name)


@lru_cache(maxsize=16384)
def _cell(name: str) -> tuple[Place, ...]:
    return tuple(_cells_of(name))


def _cells_of(name: str) -> Iterator[Place]:
    matched = _AREA.fullmatch(name)
    if matched is None:
        return
    with contextlib.suppress(RefusedError):  # damaged workbooks name columns that no sheet has
        (top, left), (bottom, right) = place(matched[1]), place(matched[2] or matched[1])
        yield from ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))

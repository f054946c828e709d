"""The summary of the level below as a return: its annexes, without the other sheets and what stands beside them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

from pcmd_consolidate.findings import Finding, found
from pcmd_consolidate.ids import Annex, read_annexes
from pcmd_consolidate.intake.grid import Grid


def own_grids(grids: Sequence[Grid], ids: Mapping[str, str]) -> tuple[Grid, ...]:
    """The sheets that are returns: of a summary its annexes as they are printed, of any other workbook all of them."""
    annexes = read_annexes(ids)
    own = tuple(_printed(grid, annexes[grid.sheet]) for grid in grids if grid.sheet in annexes)
    return own or tuple(grids)


def coverage(sheet: str, ids: Mapping[str, str]) -> Iterator[Finding]:
    """What a summary says of the units that its figures do not hold."""
    annex = read_annexes(ids).get(sheet)
    if annex is not None and annex.answered < annex.expected:
        yield found("H37", answered=annex.answered, expected=annex.expected)


def _printed(grid: Grid, annex: Annex) -> Grid:
    """The grid without the columns that are not printed."""
    rows = tuple(row[: annex.columns] for row in grid.rows)
    merged = tuple(area for area in grid.merged if area[3] < annex.columns)
    return dataclasses.replace(grid, rows=rows, merged=merged)

"""One table cut into several sheets, one for each printed page, as converters from PDF leave it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pcmd_consolidate.findings import Finding
from pcmd_consolidate.forms import Form
from pcmd_consolidate.intake.cells import Cells
from pcmd_consolidate.intake.columns import find_columns
from pcmd_consolidate.intake.grid import Cell, Grid, address
from pcmd_consolidate.intake.labels import LabelIndex, label_words
from pcmd_consolidate.intake.reading import CellReading, StatedTotal
from pcmd_consolidate.intake.remarks import Remarks

_WHOLE = 0.6
"""Share of a form's labels from which a sheet holds the form by itself."""
_TOGETHER = 0.8
"""Share of them that the pages hold together."""
_IN_COMMON = 0.25
"""Share of a page's labels that may stand on other pages too: some labels occur more than once in a form."""
_CELL = re.compile(r"([A-Z]+)(\d+)")

Placed = TypeVar("Placed", CellReading, StatedTotal, Finding)


@dataclass(frozen=True)
class Pages:
    """A sheet, or several put below one another.

    Attributes:
        grid: The cells.
        starts: For each sheet in it its first row, from 0, and its name.
    """

    grid: Grid
    starts: tuple[tuple[int, str], ...]

    @property
    def sheet(self) -> str:
        """Name of the first sheet."""
        return self.starts[0][1]

    def name_of(self, row: int, column: int) -> str:
        """Name of a cell, after that of its sheet where there are several."""
        start, sheet = self._page(row)
        return f"{sheet}!{address(row - start, column)}" if len(self.starts) > 1 else address(row, column)

    def at_home(self, placed: Placed) -> Placed:
        """The same, with the sheet and the address of its cell there."""
        if placed.sheet == self.sheet and len(self.starts) == 1:
            return placed
        if not placed.cell:
            return dataclasses.replace(placed, sheet=placed.sheet or self.sheet)
        first = _CELL.match(placed.cell)
        row = int(first[2]) - 1 if first else 0
        start, sheet = self._page(row)
        return dataclasses.replace(placed, sheet=sheet, cell=_moved(placed.cell, -start))

    def cells_at_home(self, cells: Iterable[CellReading]) -> Cells:
        """The cells, with their sheets and the addresses that they have there."""
        return Cells.of(cells if len(self.starts) == 1 else map(self.at_home, cells), self.sheet)

    def _page(self, row: int) -> tuple[int, str]:
        return next((start, name) for start, name in reversed(self.starts) if start <= row)


def _moved(cell: str, rows: int) -> str:
    return _CELL.sub(lambda found: f"{found[1]}{int(found[2]) + rows}", cell)


def join_pages(grids: Iterable[Grid], indexes: Mapping[Form, LabelIndex]) -> tuple[Pages, ...]:
    """The sheets, with those that are pages of one form put below one another.

    They are where each of them has a header with years and some of the form's labels, none has most of them, they have
    few in common, and together they have most.
    """
    alone = list(grids)
    for form, index in indexes.items() if sum(grid.visible for grid in alone) > 1 else ():
        pages = [(grid, known) for grid in alone if grid.visible and (known := _labels(grid, index))]
        if len(pages) < 2:
            continue
        pages = [(grid, known) for grid, known in pages if find_columns(grid, form, index)]
        if _are_pages([known for _, known in pages], _all_labels(form)):
            together = [grid for grid, _ in pages]
            rest = [grid for grid in alone if grid not in together]
            return (_below_one_another(together), *(Pages(grid, ((0, grid.sheet),)) for grid in rest))
    return tuple(Pages(grid, ((0, grid.sheet),)) for grid in alone)


def _labels(grid: Grid, index: LabelIndex) -> set[tuple[str, ...]]:
    return {label_words(c) for row in grid.rows for c in row if isinstance(c, str) and index.knows(c)}


def _all_labels(form: Form) -> int:
    return len({label_words(row.label) for row in form.indicators})


def _are_pages(known: Sequence[set[tuple[str, ...]]], labels: int) -> bool:
    if len(known) < 2 or max(map(len, known)) > _WHOLE * labels:
        return False
    together = set().union(*known)
    repeated = sum(map(len, known)) - len(together)
    return len(together) >= _TOGETHER * labels and repeated <= _IN_COMMON * len(together)


def _below_one_another(grids: Sequence[Grid]) -> Pages:
    width = max(grid.width for grid in grids)
    rows: list[tuple[Cell, ...]] = []
    merged: list[tuple[int, int, int, int]] = []
    findings: list[Finding] = []
    starts: list[tuple[int, str]] = []
    for grid in grids:
        start = len(rows)
        starts.append((start, grid.sheet))
        merged += [(top + start, left, bottom + start, right) for top, left, bottom, right in grid.merged]
        findings += [dataclasses.replace(f, sheet=grid.sheet, cell=_moved(f.cell, start)) for f in grid.findings]
        rows += [row + (None,) * (width - len(row)) for row in grid.rows]
    joined = dataclasses.replace(
        grids[0],
        rows=tuple(rows),
        merged=tuple(merged),
        title=tuple(text for grid in grids for text in grid.title),
        findings=tuple(findings),
        remarks=_remarks(grids, [start for start, _ in starts]),
    )
    return Pages(joined, tuple(starts))


def _remarks(grids: Sequence[Grid], starts: Sequence[int]) -> Remarks:
    pairs = [(grid.remarks, start) for grid, start in zip(grids, starts, strict=True)]
    return Remarks(
        frozenset(row + start for remarks, start in pairs for row in remarks.hidden_rows),
        frozenset(column for remarks, _ in pairs for column in remarks.hidden_columns),
        {(row + start, column): kind for remarks, start in pairs for (row, column), kind in remarks.cells.items()},
    )

"""The parts of a sheet in which several forms stand one below the other, each with its own header row."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Mapping, Sequence

from pcmd_consolidate.forms import Form
from pcmd_consolidate.intake.columns import find_columns, rows_with_years
from pcmd_consolidate.intake.grid import Grid
from pcmd_consolidate.intake.labels import LabelIndex
from pcmd_consolidate.intake.locate import score

FEWEST_LABELS = 4
"""Labels of a form that a sheet, or a part of it, must have to be told by them."""


def parts_of(grid: Grid, indexes: Mapping[Form, LabelIndex]) -> tuple[Grid, ...]:
    """The sheet once for each form in it, without the rows of the others; the sheet itself where it holds one form.

    Every part keeps its place: its cells have the addresses that they have in the sheet, and the rows above the first
    header, where the unit is named, stand above each of them.

    Args:
        grid: The sheet.
        indexes: The forms that it may hold, with their labels.
    """
    if sum(score(grid, index) >= FEWEST_LABELS for index in indexes.values()) < 2:
        return (grid,)
    if len({row for form in indexes for row in rows_with_years(grid, form)}) < 2:
        return (grid,)
    headers = sorted({part.header for form, index in indexes.items() for part in find_columns(grid, form, index)})
    if len(headers) < 2:
        return (grid,)
    starts = [headers[0], *(_first_row(grid, header, indexes) for header in headers[1:])]
    areas = list(itertools.pairwise([*starts, len(grid.rows)]))
    owners = _owners(grid, areas, indexes)
    if len(set(owners)) < 2:
        return (grid,)
    return tuple(
        _only(grid, starts[0], [area for area, owner in zip(areas, owners, strict=True) if owner == form])
        for form in dict.fromkeys(owners)
    )


def _first_row(grid: Grid, header: int, indexes: Mapping[Form, LabelIndex]) -> int:
    """The first row of a part: its title stands above its header, below the last row with numbers or a label."""
    row = header
    while row and not _of_a_table(grid.rows[row - 1], indexes):
        row -= 1
    return row


def _of_a_table(cells: Sequence[object], indexes: Mapping[Form, LabelIndex]) -> bool:
    numbers = any(isinstance(cell, int | float) for cell in cells)
    return numbers or any(isinstance(c, str) and index.knows(c) for c in cells for index in indexes.values())


def _owners(grid: Grid, areas: Sequence[tuple[int, int]], indexes: Mapping[Form, LabelIndex]) -> list[Form]:
    """The form of each area; one that cannot be told is of the form above it."""
    owners: list[Form] = []
    told = [_owner(_only(grid, 0, [area]), indexes) for area in areas]
    first = next((form for form in told if form is not None), next(iter(indexes)))
    for form in told:
        owners.append(form or (owners[-1] if owners else first))
    return owners


def _owner(part: Grid, indexes: Mapping[Form, LabelIndex]) -> Form | None:
    """The form of which a part has at least twice as many labels as of any other."""
    scores = sorted(((score(part, index), form.id) for form, index in indexes.items()), reverse=True)
    most, form_id = scores[0]
    clear = most >= FEWEST_LABELS and all(2 * fewer <= most for fewer, _ in scores[1:])
    return next(form for form in indexes if form.id == form_id) if clear else None


def _only(grid: Grid, above: int, areas: Sequence[tuple[int, int]]) -> Grid:
    """The sheet with nothing but the rows of some areas and those above a row."""
    kept = {row for first, end in areas for row in range(first, end)} | set(range(above))
    nothing = (None,) * grid.width
    rows = tuple(cells if place in kept else nothing for place, cells in enumerate(grid.rows))
    merged = tuple(area for area in grid.merged if area[0] in kept)
    return dataclasses.replace(grid, rows=rows, merged=merged)

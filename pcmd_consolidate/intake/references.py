"""Names of cells and areas, as they stand in the XML of a worksheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pcmd_consolidate.findings import found
from pcmd_consolidate.intake.package import RefusedError
from pcmd_consolidate.limits import MAX_COLUMN, limits_now

Place = tuple[int, int]
Area = tuple[int, int, int, int]
Element = Any
"""An XML element; lxml carries no types."""

REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})\Z")
_AREA = re.compile(r"([A-Z]{1,3}[1-9]\d{0,6})(?::([A-Z]{1,3}[1-9]\d{0,6}))?\Z")


def fault(what: object) -> RefusedError:
    """The refusal of a sheet whose cells are not where they say."""
    return RefusedError(found("H29", what=what))


@lru_cache(maxsize=4096)
def column_of(letters: bytes) -> int:
    """Number of a column, from 1.

    Raises:
        RefusedError: Excel has no such column.
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    if number > MAX_COLUMN:
        raise fault(f"cột {letters.decode()}")
    return number


def place(reference: str) -> Place:
    """Row and column of a cell's name, from 0.

    Raises:
        RefusedError: It is no name of a cell.
    """
    matched = REFERENCE.match(reference)
    if matched is None:
        raise fault(ascii(reference))
    return int(matched[2]) - 1, column_of(matched[1].encode()) - 1


def find_areas(root: Element) -> tuple[Area, ...]:
    """Merged areas of a worksheet as (first row, first column, last row, last column).

    Raises:
        RefusedError: There are too many of them, one has no place, or two overlap.
    """
    areas = tuple(_areas(root))
    _check_overlaps(areas)
    return areas


def _areas(root: Element) -> Iterator[Area]:
    areas = root.findall("{*}mergeCells/{*}mergeCell")
    if len(areas) > limits_now().max_merges:
        raise RefusedError(found("H34", what=f"có {len(areas)} vùng"))
    for area in areas:
        matched = _AREA.match(area.get("ref", ""))
        if matched is None:
            raise RefusedError(found("H34", what=ascii(area.get("ref", ""))))
        top, left = place(matched[1])
        bottom, right = place(matched[2] or matched[1])
        if bottom < top or right < left:
            raise RefusedError(found("H34", what=area.get("ref")))
        yield top, left, bottom, right


def _check_overlaps(merges: tuple[Area, ...]) -> None:
    active: list[Area] = []
    for area in sorted(merges):
        active = [other for other in active if other[2] >= area[0]]
        if any(other[1] <= area[3] and area[1] <= other[3] for other in active):
            raise RefusedError(found("H34", what="các vùng gộp chồng lên nhau"))
        active.append(area)

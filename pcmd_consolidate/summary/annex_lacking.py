"""Cells of the units without a figure, and which of them the officer accepted or the unit explained."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from pcmd_consolidate.consolidation import Consolidation
from pcmd_consolidate.explanations import is_open
from pcmd_consolidate.intake.reading import State

_BLANKS = "F07"
_CELL = ["unit_id", "row", "year"]


class Lacking(NamedTuple):
    """Cells without a figure in the returns for a form.

    Attributes:
        cells: How many there are.
        settled: How many of them a settled finding is about.
        open: How many are neither settled nor said by the unit to be not available.
    """

    cells: int
    settled: int
    open: int


def lacking(consolidation: Consolidation, form: str) -> Lacking:
    """The cells without a figure in the returns for a form."""
    values = consolidation.values
    own = values[values["form"].eq(form) & values["state"].ne(State.REPORTED.value)]
    settled = _settled(own, consolidation.findings[consolidation.findings["form"].eq(form)])
    unsettled = ~settled & own["state"].ne(State.NOT_AVAILABLE.value)
    return Lacking(len(own), int(settled.sum()), int(unsettled.sum()))


def _settled(cells: pd.DataFrame, findings: pd.DataFrame) -> pd.Series:
    """Which cells only settled findings of the reading are about; one of them is about all blank cells of a return."""
    reading = findings[findings["rule"].astype(str).str[:1].isin(["E", "F"])]
    still = is_open(reading)
    of_cells, of_blanks = reading["row"].notna(), reading["rule"].eq(_BLANKS)
    settled, unsettled = (_places(reading[of_cells & chosen]) for chosen in (~still, still))
    whole, not_whole = (set(reading.loc[of_blanks & chosen, "unit_id"]) for chosen in (~still, still))
    if not settled and not whole:
        return pd.Series(False, index=cells.index)
    blank = cells["state"].eq(State.BLANK.value)
    told = [
        unit in whole - not_whole if is_blank else _about(settled, unit, row, year) > _about(unsettled, unit, row, year)
        for is_blank, unit, row, year in zip(blank, *(cells[name] for name in _CELL), strict=True)
    ]
    return pd.Series(told, index=cells.index, dtype=bool)


def _places(findings: pd.DataFrame) -> set[tuple[str, int, int | None]]:
    """Unit, row and year of findings; None for all years."""
    lines = findings[_CELL].astype(object).itertuples(index=False, name=None)
    return {(unit, row, None if pd.isna(year) else year) for unit, row, year in lines}


def _about(places: set[tuple[str, int, int | None]], unit: str, row: int, year: int) -> bool:
    return not places.isdisjoint({(unit, row, year), (unit, row, None)})

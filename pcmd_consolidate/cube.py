"""The values of a form as a cube, unit × row × year: one lookup of every place, where each pivot would make its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from pcmd_consolidate.forms import Form

_PLACE = "int32"
"""Numbers of lines and places: a table of more lines would not fit into the memory of any office."""


@dataclass(frozen=True)
class Cube:
    """The values of a form by unit, row and year.

    Attributes:
        form: The form.
        values: The values table, of all forms.
        lines: Numbers of its lines that are about the form's indicators and years, counted from 0.
        units: Ids of the units, in the order in which they come in the table.
        rows: Line numbers of the indicators.
        years: The years asked for.
        places: Of each of the lines, the places of its unit, row and year.
    """

    form: Form
    values: pd.DataFrame
    lines: np.ndarray
    units: pd.Index
    rows: pd.Index
    years: pd.Index
    places: tuple[np.ndarray, np.ndarray, np.ndarray]

    @property
    def shape(self) -> tuple[int, int, int]:
        """Numbers of units, rows and years."""
        return len(self.units), len(self.rows), len(self.years)

    @cached_property
    def firsts(self) -> np.ndarray:
        """Number of the first line of each unit."""
        at_unit = self.places[0]
        return self.lines[np.unique(at_unit, return_index=True)[1]]

    def names(self) -> dict[str, str]:
        """Id → name of each unit."""
        return dict(zip(self.units, self.values["unit"].iloc[self.firsts].astype(str), strict=True))

    def column(self, name: str) -> pd.Series:
        """A column of the lines; that of the table itself where they are all of it."""
        whole = self.values[name]
        return whole if len(self.lines) == len(whole) else whole.iloc[self.lines]

    def spread(self, column: Any, empty: Any) -> np.ndarray:
        """A column of the lines as an array of units × rows × years, ``empty`` where there is no line."""
        given = np.asarray(column)
        spread = np.full(self.shape, empty, dtype=np.result_type(given.dtype, np.min_scalar_type(empty)))
        spread[self.places] = given
        return spread

    def look_up(self, spread: np.ndarray, empty: Any, *asked: Any) -> np.ndarray:
        """What stands in an array of units × rows × years, or of units × rows.

        Args:
            spread: The array.
            empty: What is given where the cube has no such unit, row or year.
            asked: Units and rows, and years where the array has them, beside each other.
        """
        axes = (self.units, self.rows, self.years)[: len(asked)]
        places = [axis.get_indexer(np.asarray(wanted)) for axis, wanted in zip(axes, asked, strict=True)]
        there = np.logical_and.reduce([place >= 0 for place in places])
        found = np.full(len(there), empty, dtype=spread.dtype)
        found[there] = spread[tuple(place[there] for place in places)]
        return found

    def find(self, units: Any, rows: Any, years: Any) -> np.ndarray:
        """Numbers of the lines of the values table for units, rows and years; -1 where there is none."""
        return self.look_up(self.spread(self.lines, -1), -1, units, rows, years)


def cube(values: pd.DataFrame, form: Form) -> Cube:
    """The values of one form.

    Args:
        values: The values table; a unit, row and year stand in one line of it.
        form: The form.
    """
    rows, years = pd.Index([row.number for row in form.indicators]), pd.Index(form.years)
    at_row, at_year = _places(rows, values["row"]), _places(years, values["year"])
    known = values["form"].eq(form.id).to_numpy() & (at_row >= 0) & (at_year >= 0)
    lines = np.flatnonzero(known).astype(_PLACE)
    at_unit, units = pd.factorize(values["unit_id"].iloc[lines])
    return Cube(
        form,
        values,
        lines,
        pd.Index(units.astype(str)),
        rows,
        years,
        (at_unit.astype(_PLACE), at_row[lines], at_year[lines]),
    )


def _places(axis: pd.Index, column: pd.Series) -> np.ndarray:
    places: np.ndarray = axis.get_indexer(column).astype(_PLACE)
    return places

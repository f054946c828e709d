"""The values of a form as a cube, unit × row × year: one lookup of every place, where each pivot would make its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pcmd_consolidate.forms import Form


@dataclass(frozen=True)
class Cube:
    """The values of a form by unit, row and year.

    Attributes:
        lines: The lines of the values table that are about the form's indicators and years.
        units: Ids of its units, in the order in which they come in the table.
        rows: Line numbers of the indicators.
        years: The years asked for.
        places: Of each line, the places of its unit, row and year.
    """

    lines: pd.DataFrame
    units: pd.Index
    rows: tuple[int, ...]
    years: tuple[int, ...]
    places: tuple[np.ndarray, np.ndarray, np.ndarray]

    def spread(self, column: Any, empty: Any) -> np.ndarray:
        """A column of the lines as an array of units × rows × years, ``empty`` where there is no line."""
        given = np.asarray(column)
        shape = len(self.units), len(self.rows), len(self.years)
        spread = np.full(shape, empty, dtype=np.result_type(given.dtype, type(empty)))
        spread[self.places] = given
        return spread


def cube(values: pd.DataFrame, form: Form) -> Cube:
    """The values of one form.

    Args:
        values: The values table; a unit, row and year stand in one line of it.
        form: The form.
    """
    rows = tuple(row.number for row in form.indicators)
    lines = values[values["form"].eq(form.id)]
    at_row, at_year = pd.Index(rows).get_indexer(lines["row"]), pd.Index(form.years).get_indexer(lines["year"])
    known = (at_row >= 0) & (at_year >= 0)
    at_unit, units = pd.factorize(lines["unit_id"][known])
    return Cube(lines[known], pd.Index(units), rows, tuple(form.years), (at_unit, at_row[known], at_year[known]))

"""What stands in the columns of each unit, as codes: of a million cells, most hold what many others hold as well."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from pcmd_consolidate.cube import cube
from pcmd_consolidate.intake.reading import State
from pcmd_consolidate.summary import layout as at
from pcmd_consolidate.summary.by_unit_looks import Cell
from pcmd_consolidate.summary.layout import UnitLayout

_STATE_CELLS = {
    State.BLANK.value: Cell.BLANK,
    State.NOT_AVAILABLE.value: Cell.NOT_AVAILABLE,
    State.UNREADABLE.value: Cell.UNREADABLE,
    State.ABSENT.value: Cell.ABSENT,
}
_SIGNS = (Cell.MISSING, Cell.NOT_ASKED, *_STATE_CELLS.values())
"""What the first codes stand for; the others stand for figures."""
_NONE = -1
_MISSING, _NOT_ASKED, _ABSENT = map(_SIGNS.index, (Cell.MISSING, Cell.NOT_ASKED, Cell.ABSENT))


@dataclass(frozen=True)
class UnitFigures:
    """The cells of one form.

    Attributes:
        codes: One line for each unit and one column for each row of the form and year, in the order of the layout.
        figures: The figures that occur, which the codes after the signs stand for.
    """

    codes: np.ndarray
    figures: Sequence[float]

    def of(self, code: int) -> tuple[Cell, str | float]:
        """What a code stands for: the kind of cell, and its figure or the sign of its state."""
        if code < len(_SIGNS):
            return _SIGNS[code], _SIGNS[code].sign
        figure = self.figures[code - len(_SIGNS)]
        return (Cell.WHOLE if figure.is_integer() else Cell.FRACTION), figure


def unit_figures(values: pd.DataFrame, layout: UnitLayout) -> UnitFigures:
    """The cells of the units of a form.

    Args:
        values: The values table.
        layout: Units, rows and years, and where they stand.
    """
    of_form = cube(values, layout.form)
    occurring, figures = _codes(of_form.column("state"), of_form.column("value"))
    read = of_form.spread(occurring, _NONE).reshape(len(of_form.units), len(layout.columns))
    lines = np.array([layout.lines.get(unit_id, -1) - at.FIRST_UNIT for unit_id in of_form.units], dtype="int64")
    codes, read, lines = _unread(layout, frozenset(of_form.units)), read[lines >= 0], lines[lines >= 0]
    codes[lines] = np.where((read != _NONE) & (codes[lines] != _NOT_ASKED), read, codes[lines])
    return UnitFigures(codes, figures)


def _codes(states: pd.Series, values: pd.Series) -> tuple[np.ndarray, list[float]]:
    """The code of each value, and the figures that they stand for."""
    signs = {state: _SIGNS.index(cell) for state, cell in _STATE_CELLS.items()}
    words = states.astype("category").cat
    codes = np.array([signs.get(word, -1) for word in words.categories], dtype="int32")[words.codes]
    reported = codes < 0
    figures, places = np.unique(values.to_numpy(dtype="float64")[reported], return_inverse=True)
    codes[reported] = (places + len(_SIGNS)).astype("int32")
    return codes, figures.tolist()


def _unread(layout: UnitLayout, answered: Container[str]) -> np.ndarray:
    """The cells as they are where nothing was read."""

    @cache
    def line(sections: tuple[str, ...], empty: int) -> list[int]:
        asked = {row.number for row in layout.form.indicators_of(sections)}
        return [empty if row in asked else _NOT_ASKED for row, _ in layout.columns]

    lines = [line(unit.sections, _ABSENT if unit.unit_id in answered else _MISSING) for unit in layout.units]
    return np.array(lines, dtype="int32").reshape(len(lines), len(layout.columns))

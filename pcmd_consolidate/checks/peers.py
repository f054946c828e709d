"""A unit's figures against those of the other units of its type and size (D10)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pcmd_consolidate.checks.medians import median
from pcmd_consolidate.checks.unlikely import Table, measured
from pcmd_consolidate.forms.cross import YearCheck
from pcmd_consolidate.vietnamese import words

_TO_DEVIATION = 1.4826
"""From the median absolute deviation to the standard deviation of a normal distribution."""
_LEAST_SPREAD = 0.25
"""Least spread of the logarithms: where nearly all units say the same, a small difference is no wonder."""


def unlike_peers(table: Table, names: Mapping[str, str], check: YearCheck) -> pd.DataFrame:
    """Figures that are far from those of the units of the same type, the unit's size put aside.

    On logarithms, the median of a row and year over the units is taken off, then each unit's own median of what is
    left: how large it is all in all. What then remains is held against its median absolute deviation over the units. A
    row and year with fewer than eight figures says nothing.

    Args:
        table: Figures, index (unit_id, row), one column a year; every unit with the same rows.
        names: Names of the units by id, which tell their type.
        check: The check with its limits.

    Returns:
        Lines as :func:`~pcmd_consolidate.checks.unlikely.measured` gives them.
    """
    if table.empty:
        return pd.DataFrame()
    units = table.index.unique(level=0)
    types = np.array([" ".join(words(names[unit_id])[:1]) for unit_id in units])
    figures = table.to_numpy(dtype=float).reshape(len(units), -1, table.shape[1])
    logs = np.log1p(figures)
    middle = _median_of_type(logs, types, check.limits["fewest"])
    size = median((logs - middle).reshape(len(units), -1, 1), axis=1)
    left = np.abs(logs - middle - size)
    spread = np.maximum(_median_of_type(left, types, 1) * _TO_DEVIATION, _LEAST_SPREAD)
    usual = np.maximum(np.expm1(middle + size), 0)
    far = (left / spread > check.limits["deviations"]) & (np.abs(figures - usual) > check.limits["least"])
    return measured(table, *(part.reshape(table.shape) for part in (far, usual, left / np.log(2))))


def _median_of_type(figures: np.ndarray, types: np.ndarray, fewest: float) -> np.ndarray:
    """For every unit the medians over the units of its type, of what as many of them have as are needed."""
    medians = np.empty_like(figures)
    for of_type in (types == kind for kind in np.unique(types)):
        own = figures[of_type]
        enough = (~np.isnan(own)).sum(axis=0) >= fewest
        medians[of_type] = np.where(enough, median(own, axis=0), np.nan)
    return medians

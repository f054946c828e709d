"""A unit's figures against those of the other units of its type and size (D10)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

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
        table: Figures, index (unit_id, row), one column a year.
        names: Names of the units by id, which tell their type.
        check: The check with its limits.

    Returns:
        Lines as :func:`~pcmd_consolidate.checks.unlikely.measured` gives them.
    """
    if table.empty:
        return pd.DataFrame()
    types = np.array([" ".join(words(names[unit_id])[:1]) for unit_id in table.index.levels[0]], dtype=object)
    logs = np.log1p(table)
    units, rows = table.index.get_level_values(0), table.index.get_level_values(1)
    groups = [types[table.index.codes[0]], rows]
    enough = logs.groupby(groups).transform("count") >= check.limits["fewest"]
    middle = logs.groupby(groups).transform("median").where(enough)
    rest = logs - middle
    size = rest.stack().groupby(level=0, observed=True).median().reindex(units).to_numpy()
    left = rest.sub(size, axis=0)
    spread = (left.abs().groupby(groups).transform("median") * _TO_DEVIATION).clip(lower=_LEAST_SPREAD)
    usual = np.expm1(middle.add(size, axis=0)).clip(lower=0)
    far = (left.abs() / spread).gt(check.limits["deviations"]) & (table - usual).abs().gt(check.limits["least"])
    return measured(table, far, usual, left.abs() / np.log(2))

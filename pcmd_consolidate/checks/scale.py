"""Money that may be in thousands of dong or in dong, told by its size beside other figures (F18c)."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from pcmd_consolidate.checks.place import Broken
from pcmd_consolidate.cube import Cube
from pcmd_consolidate.findings import CATALOGUE
from pcmd_consolidate.forms import ValueType
from pcmd_consolidate.vietnamese import shown

_LEAST = 1_000
"""Million dong below which nothing is said."""
_TIMES = 300
"""How many times the usual a figure is that is off by a factor of a thousand."""
_FEWEST = {"unit_id": 5, "row": 8}
"""Other figures that are needed to know what is usual: in the unit's own rows, in other units."""


def out_of_scale(of_form: Cube) -> Iterator[Broken]:
    """Money more than 300 times the median of the unit's other figures, or of other units in the same row.

    Args:
        of_form: The values of the form; money in million dong.
    """
    values, form = of_form.values, of_form.form
    money = [row.number for row in form.indicators if row.value_type is ValueType.MONEY]
    own = values[(values["form"] == form.id) & values["row"].isin(money) & values["value"].gt(0)]
    usual = pd.DataFrame({by: _usual(own, by, fewest) for by, fewest in _FEWEST.items()})
    suspect = own["value"].ge(_LEAST) & usual.mul(_TIMES).le(own["value"], axis=0).any(axis=1)
    kind = CATALOGUE["F18c"]
    for line, median in zip(own[suspect].itertuples(index=False), usual[suspect].min(axis=1), strict=True):
        message = kind.message.format(value=shown(line.value), usual=shown(round(float(median), 3)))
        yield Broken("F18c", kind.severity, form.id, line.unit_id, int(line.row), int(line.year), message)


def _usual(own: pd.DataFrame, by: str, fewest: int) -> pd.Series:
    """The median of the figures of a group, NaN where they are few."""
    groups = own.groupby(by, observed=True)["value"]
    return groups.transform("median").where(groups.transform("count") > fewest)

"""Different units with the same figures (F15): one may have copied the other's workbook."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from pcmd_consolidate.checks.place import Broken
from pcmd_consolidate.cube import Cube
from pcmd_consolidate.findings import CATALOGUE
from pcmd_consolidate.forms import ValueType

_FEWEST_FIGURES = 6
"""Non-zero figures, answers apart, from which it is no chance that two units have the same."""


def same_figures(of_form: Cube) -> Iterator[Broken]:
    """Units all of whose non-zero figures are those of another unit.

    Args:
        of_form: The values of the form.
    """
    values, form = of_form.values, of_form.form
    counted = [row.number for row in form.indicators if row.value_type is not ValueType.YES_NO]
    own = values[(values["form"] == form.id) & values["value"].gt(0) & values["row"].isin(counted)]
    marks = pd.util.hash_pandas_object(own[["row", "year", "value"]], index=False)
    content = marks.groupby(own["unit_id"], observed=True).agg(["sum", "count"])
    content = content[content["count"] >= _FEWEST_FIGURES]
    names = dict(own[["unit_id", "unit"]].drop_duplicates("unit_id").itertuples(index=False, name=None))
    kind = CATALOGUE["F15"]
    alike = content[content.duplicated(keep=False)]
    for twins in alike.groupby(["sum", "count"], sort=False).groups.values():
        for unit_id in twins:
            message = kind.message.format(others=", ".join(names[twin] for twin in twins if twin != unit_id))
            yield Broken("F15", kind.severity, form.id, str(unit_id), None, None, message)

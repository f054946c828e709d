"""Different units with the same figures (F15): one may have copied the other's workbook."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

import numpy as np

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
    form = of_form.form
    counted = [row.value_type is not ValueType.YES_NO for row in form.indicators]
    figures = of_form.spread(of_form.column("value").astype("float64"), math.nan)[:, counted]
    above_zero = np.where(figures > 0, figures, 0.0)
    alike = defaultdict(list)
    for at in np.flatnonzero(np.count_nonzero(above_zero, axis=(1, 2)) >= _FEWEST_FIGURES):
        alike[above_zero[at].tobytes()].append(of_form.units[at])
    names, kind = of_form.names(), CATALOGUE["F15"]
    for twins in alike.values():
        for unit_id in twins if len(twins) > 1 else ():
            others = ", ".join(names[twin] for twin in sorted(twins) if twin != unit_id)
            yield Broken("F15", kind.severity, form.id, unit_id, None, None, kind.message.format(others=others))

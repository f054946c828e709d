"""What units wrote under Tổng cộng, against their own years (F11, F12)."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pandas as pd

from pcmd_consolidate.checks.place import Broken
from pcmd_consolidate.cube import Cube
from pcmd_consolidate.findings import CATALOGUE
from pcmd_consolidate.forms import Form, OverYears, ValueType
from pcmd_consolidate.intake.reading import State
from pcmd_consolidate.vietnamese import shown

_MONEY_TOLERANCE = 0.05
"""Million dong by which a stated total may differ for each rounded figure."""


def wrong_totals(of_form: Cube, stated: pd.DataFrame) -> Iterator[Broken]:
    """Stated totals of flows that are not the sum of their years, and of stocks that are although they should not be.

    A total is compared only where every year is a figure or blank.

    Args:
        of_form: The values of the form.
        stated: The totals that units wrote, of all forms.
    """
    form = of_form.form
    compared = _compared(of_form, stated)
    flow = compared["row"].isin([row.number for row in form.indicators if row.over_years is OverYears.SUM])
    usable = compared["complete"] & (compared["figures"] > 0)
    for line in compared[usable & flow & compared["differs"]].to_dict("records"):
        yield _broken("F11", form, line, stated=shown(line["stated"]), computed=shown(round(line["total"], 6)))
    summed = ~compared["differs"] & (compared["figures"] > 1) & (compared["stated"] != compared["last"])
    for line in compared[usable & ~flow & summed].to_dict("records"):
        yield _broken("F12", form, line, stated=shown(line["stated"]))


def _compared(of_form: Cube, stated: pd.DataFrame) -> pd.DataFrame:
    """Stated totals beside the sum, the number and the last of the figures of their years."""
    form, (units, rows, years) = of_form.form, of_form.shape
    figures = of_form.spread(of_form.column("value").astype("float64"), math.nan).reshape(-1, years)
    unsettled = of_form.spread(~of_form.column("state").isin([State.REPORTED.value, State.BLANK.value]), False)
    given = ~np.isnan(figures)
    last = (given * np.arange(1, years + 1)).argmax(axis=1)
    own = stated[stated["form"] == form.id].rename(columns={"value": "stated"})
    lines = of_form.look_up(np.arange(units * rows).reshape(units, rows), -1, own["unit_id"], own["row"])
    own, lines = own[lines >= 0], lines[lines >= 0]
    compared = own.assign(
        total=np.nansum(figures, axis=1)[lines],
        figures=given.sum(axis=1)[lines],
        last=figures[np.arange(len(figures)), last][lines],
        complete=unsettled.reshape(-1, years).sum(axis=1)[lines] == 0,
    )
    money = compared["row"].isin([row.number for row in form.indicators if row.value_type is ValueType.MONEY])
    tolerance = money * _MONEY_TOLERANCE * (years + 1) + 1e-6
    return compared.assign(differs=(compared["stated"] - compared["total"]).abs() > tolerance)


def _broken(rule: str, form: Form, line: dict[str, object], **details: str) -> Broken:
    kind = CATALOGUE[rule]
    message = kind.message.format(**details)
    return Broken(rule, kind.severity, form.id, str(line["unit_id"]), int(str(line["row"])), None, message)

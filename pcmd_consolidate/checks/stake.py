"""How much of a provincial total is at stake in each finding, so that the officer sees first what changes it most."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import pandas as pd

from pcmd_consolidate.cube import Cube
from pcmd_consolidate.findings import Severity

_ALIKE = ("unit_id", "form", "file", "row", "rule")
_DECIMALS = 4


def by_stake(findings: pd.DataFrame, cubes: Iterable[Cube], totals: pd.DataFrame) -> pd.DataFrame:
    """The findings in the order of their severity, then of what is at stake; the years of one row stand together.

    Args:
        findings: Findings (``FINDING_COLUMNS``).
        cubes: The values of every form.
        totals: Provincial totals (``TOTAL_COLUMNS``).

    Returns:
        The findings with one more column ``stake``: the share, from 0 to 1, of the provincial figure of its row and
        year. For a figure that counts it is its own share; for one that does not, that of an average unit; for a
        whole row the largest of its years. An error that keeps a whole year, sheet or file out stakes all of it.
    """
    stake = findings["severity"].eq(Severity.ERROR.value).to_numpy(dtype="float64")
    for of_form in cubes:
        own = findings["form"].eq(of_form.form.id).to_numpy()
        found = _of_findings(findings[own], of_form, totals[totals["form"].eq(of_form.form.id)])
        stake[own] = np.where(np.isnan(found), stake[own], found)
    return _heaviest_first(findings.assign(stake=stake.clip(0, 1).round(_DECIMALS)))


def _heaviest_first(findings: pd.DataFrame) -> pd.DataFrame:
    """The findings; those of one rule in one row of one unit together and by year, in the place of the heaviest."""
    alike = findings.groupby(["severity", *_ALIKE], sort=False, observed=True, dropna=False).ngroup()
    order = pd.DataFrame(
        {
            "severity": findings["severity"],
            "stake": -findings["stake"].groupby(alike).transform("max"),
            "first": pd.Series(range(len(findings)), index=findings.index).groupby(alike).transform("min"),
            "year": findings["year"],
        }
    )
    by = order.sort_values(list(order), kind="stable", na_position="first").index
    return findings.loc[by].reset_index(drop=True)


def _of_findings(findings: pd.DataFrame, of_form: Cube, totals: pd.DataFrame) -> np.ndarray:
    """What is at stake in the place of each finding, in the heaviest year of its row, or NaN where it has no place."""
    stakes = _of_figures(of_form, totals)
    units, rows, years = findings["unit_id"], findings["row"].fillna(0), findings["year"].fillna(0)
    in_year = of_form.look_up(stakes, math.nan, units, rows, years)
    return np.where(np.isnan(in_year), of_form.look_up(np.fmax.reduce(stakes, axis=2), math.nan, units, rows), in_year)


def _of_figures(of_form: Cube, totals: pd.DataFrame) -> np.ndarray:
    """The share of each value in its provincial figure; NaN where there is no value at all."""
    in_year = totals.dropna(subset="year").set_index(["row", "year"])
    figures = in_year[["value", "reported"]].reindex(pd.MultiIndex.from_product([of_form.rows, of_form.years]))
    total, reported = figures.to_numpy(dtype="float64").reshape(*of_form.shape[1:], 2).transpose(2, 0, 1)
    values = of_form.spread(of_form.column("value").astype("float64"), math.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        stakes: np.ndarray = values / total
    np.abs(stakes, out=stakes)
    stakes[np.isinf(stakes)] = 1.0
    stakes[values == 0] = 0.0
    np.copyto(stakes, 1 / (reported + 1), where=np.isnan(values))
    stakes[~of_form.spread(np.full(len(of_form.lines), True), False)] = math.nan
    return stakes

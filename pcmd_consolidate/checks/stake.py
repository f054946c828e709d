"""How much of a provincial total is at stake in each finding, so that the officer sees first what changes it most."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcmd_consolidate.findings import Severity

_FIGURE = ["unit_id", "form", "row", "year"]
_TOTAL = ["form", "row", "year"]
_ALIKE = ("unit_id", "form", "file", "row", "rule")
_DECIMALS = 4


def by_stake(findings: pd.DataFrame, values: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """The findings in the order of their severity, then of what is at stake; the years of one row stand together.

    Args:
        findings: Findings (``FINDING_COLUMNS``).
        values: The values table.
        totals: Provincial totals (``TOTAL_COLUMNS``).

    Returns:
        The findings with one more column ``stake``: the share, from 0 to 1, of the provincial figure of its row and
        year. For a figure that counts it is its own share; for one that does not, that of an average unit; for a
        whole row the largest of its years. An error that keeps a whole year, sheet or file out stakes all of it.
    """
    stakes = _of_figures(values, totals)
    whole = findings["severity"].eq(Severity.ERROR.value).astype(float)
    stake = _looked_up(stakes, findings, _FIGURE)
    stake = stake.fillna(_looked_up(stakes, findings[stake.isna()], _FIGURE[:-1])).fillna(whole)
    weighed = findings.assign(stake=stake.clip(0, 1).round(_DECIMALS))
    return _heaviest_first(weighed)


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


def _of_figures(values: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """The share of each value in its provincial figure."""
    in_year = totals.dropna(subset="year").astype({"year": "int64"})
    figures = values[[*_FIGURE, "value"]].merge(
        in_year[[*_TOTAL, "value", "reported"]], on=_TOTAL, how="left", suffixes=("", "_total")
    )
    own = (figures["value"] / figures["value_total"]).abs().replace([np.inf], 1.0)
    own = own.where(figures["value"].ne(0), 0.0)
    average = 1 / (figures["reported"] + 1)
    return figures.assign(stake=own.where(figures["value"].notna(), average))


def _looked_up(stakes: pd.DataFrame, findings: pd.DataFrame, by: list[str]) -> pd.Series:
    """The largest stake in each finding's place; NaN where it has none."""
    placed = findings[by].dropna()
    for name in by:
        if stakes[name].dtype == "category":
            placed = placed[placed[name].isin(stakes[name].cat.categories)]
    places = placed.astype({name: stakes[name].dtype for name in by}).reset_index(names="finding")
    found = places.merge(stakes[[*by, "stake"]], on=by)
    return found.groupby("finding")["stake"].max().reindex(findings.index)

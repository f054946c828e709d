"""A unit's figures against its own other years (D01 to D07), and against other units (D10)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pandas as pd

from pcmd_consolidate.checks.medians import median
from pcmd_consolidate.checks.peers import unlike_peers
from pcmd_consolidate.checks.place import Broken
from pcmd_consolidate.checks.unlikely import Table, measured, most_unlikely, times_off, told
from pcmd_consolidate.cube import Cube
from pcmd_consolidate.forms import Form, OverYears, ValueType
from pcmd_consolidate.forms.cross import YearCheck, cross_checks
from pcmd_consolidate.intake.reading import State


def over_years(of_form: Cube) -> Iterator[Broken]:
    """Figures that are unlikely beside the unit's other years or beside other units.

    A year of which only a part is asked for is never compared with a whole year unsaid: it is held against the largest
    of them (D02) or taken up to a whole year (D03). The median leaves out the unusual years.

    Args:
        of_form: The values of the form.
    """
    form = of_form.form
    if not len(of_form.lines) or len(form.years) < 2:
        return
    checks = cross_checks().years
    table = _by_year(of_form, of_form.column("value").astype("float64"), math.nan)
    flows, counted, stocks = (table[table.index.isin(rows, level=1)] for rows in _rows(form))
    yield from most_unlikely(
        [
            (checks["D01"], _leaps(flows[flows.index.isin(_rows(form)[1], level=1)], form, checks["D01"])),
            (checks["D02"], _more_than_whole_years(flows, form, checks["D02"])),
            (checks["D03"], _taken_up_to_a_year(flows, form, checks["D03"])),
            (checks["D07"], _moving_stocks(stocks, checks["D07"])),
            (checks["D10"], unlike_peers(counted, of_form.names(), checks["D10"])),
        ],
        form,
    )
    yield from _all_equal(flows, form, checks["D04"])
    yield from _copied_column(table, form, checks["D05"])
    yield from _gaps(of_form, form, checks["D06"])


def _by_year(of_form: Cube, column: pd.Series, empty: object) -> Table:
    """A column of the values with one line per unit and row, and one column per year."""
    index = pd.MultiIndex.from_product([of_form.units, of_form.rows], names=["unit_id", "row"])
    table = of_form.spread(column, empty).reshape(len(index), len(of_form.years))
    return pd.DataFrame(table, index, list(of_form.years))


def _rows(form: Form) -> tuple[list[int], list[int], list[int]]:
    """Rows of flows, rows of counts, rows of stocks; answers are none of them."""
    figures = [row for row in form.indicators if row.value_type is not ValueType.YES_NO]
    flows = [row.number for row in figures if row.over_years is OverYears.SUM]
    counts = [row.number for row in figures if row.value_type is ValueType.COUNT]
    return flows, counts, [row.number for row in figures if row.number not in flows]


def _whole_years(form: Form) -> list[int]:
    return [year for year in form.years if form.partial is None or year != form.partial.year]


def _same_for_all(column: pd.Series, like: Table) -> Table:
    """A column repeated for every year of a table."""
    return pd.DataFrame(dict.fromkeys(like.columns, column), index=like.index, columns=like.columns)


def _leaps(table: Table, form: Form, check: YearCheck) -> pd.DataFrame:
    """D01: a year many times the median of the other whole years."""
    whole = table[_whole_years(form)]
    figures = whole.to_numpy(dtype=float)
    usual = np.full_like(figures, np.nan)
    for at, year in enumerate(whole):
        others = [y != year and y not in cross_checks().unusual_years for y in whole]
        if sum(others) >= 2:
            enough = (~np.isnan(figures[:, others])).sum(axis=1) >= 2
            usual[:, at] = np.where(enough, median(figures[:, others], axis=1)[:, 0], np.nan)
    leap = figures > np.maximum(usual, 1) * check.limits["times"]
    far = figures - usual > check.limits["least"]
    return measured(whole, leap & far, usual, times_off(whole, pd.DataFrame(usual, whole.index, whole.columns)))


def _more_than_whole_years(table: Table, form: Form, check: YearCheck) -> pd.DataFrame:
    """D02: a part of a year with more than any whole year."""
    if form.partial is None or form.partial.year not in table or len(_whole_years(form)) < 2:
        return pd.DataFrame()
    whole, part = table[_whole_years(form)], table[[form.partial.year]]
    usual = _same_for_all(whole.max(axis=1).where(whole.notna().sum(axis=1) >= 2), part)
    return measured(part, (part - usual).gt(check.limits["least"]), usual, times_off(part, usual) + 1)


def _taken_up_to_a_year(table: Table, form: Form, check: YearCheck) -> pd.DataFrame:
    """D03: a part of a year that, taken up to a whole one, is far from the mean of the last whole years."""
    recent = [year for year in _whole_years(form) if year not in cross_checks().unusual_years][-3:]
    if form.partial is None or form.partial.year not in table or len(recent) < 2:
        return pd.DataFrame()
    part = table[[form.partial.year]]
    whole = part * 12 / form.partial.until.month
    mean = table[recent].mean(axis=1).where(table[recent].notna().sum(axis=1) >= 2)
    usual = _same_for_all(mean.where(mean >= check.limits["least"]), part)
    odd = whole.gt(usual * check.limits["high"]) | whole.lt(usual * check.limits["low"])
    return measured(whole, odd, usual, times_off(whole, usual)).assign(value=part.to_numpy()[odd.to_numpy()])


def _moving_stocks(table: Table, check: YearCheck) -> pd.DataFrame:
    """D07: a level that changes by more than half from one year to the next."""
    before = table.shift(axis=1)
    change = (table - before).abs()
    moved = change.gt(before.abs() * check.limits["share"]) & change.gt(check.limits["least"])
    return measured(table, moved, before, times_off(table, before))


def _all_equal(table: Table, form: Form, check: YearCheck) -> Iterator[Broken]:
    """D04: the same figure in every year."""
    first = table.iloc[:, 0]
    equal = table.eq(first, axis=0).all(axis=1) & first.ge(check.limits["least"])
    for (unit_id, row), value in first[equal].items():
        yield told(check, form, unit_id, int(row), form.years[-1], value=value)


def _copied_column(table: Table, form: Form, check: YearCheck) -> Iterator[Broken]:
    """D05: the last year is that before it, in most rows."""
    before, last = form.years[-2:]
    filled = table[[before, last]].notna().all(axis=1) & table[last].ne(0)
    lines = pd.DataFrame({"filled": filled, "same": filled & table[before].eq(table[last])})
    counts = lines.groupby(level=0, observed=True).sum()
    many = counts["filled"].ge(check.limits["least"]) & counts["same"].ge(check.limits["share"] * counts["filled"])
    for unit_id, line in counts[many].iterrows():
        yield told(check, form, str(unit_id), None, last, **line.to_dict())._replace(year=None)


def _gaps(of_form: Cube, form: Form, check: YearCheck) -> Iterator[Broken]:
    """D06: a blank year between years with figures."""
    states = of_form.column("state")
    reported, blank = (_by_year(of_form, states.eq(state.value), False) for state in (State.REPORTED, State.BLANK))
    for _, year in pairwise(form.years[:-1]):
        before, after = ([y for y in form.years if (y < year) is side and y != year] for side in (True, False))
        gap = blank[year] & reported[before].any(axis=1) & reported[after].any(axis=1)
        for unit_id, row in blank.index[gap]:
            yield told(check, form, unit_id, int(row), year)

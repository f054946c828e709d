"""Unlikely figures, measured: which of them a unit is asked to explain."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import TypeAlias

import numpy as np
import pandas as pd

from pcmd_consolidate.checks.place import Broken
from pcmd_consolidate.forms import Form
from pcmd_consolidate.forms.cross import YearCheck
from pcmd_consolidate.vietnamese import shown

MOST_FOR_A_UNIT = 10
"""Unlikely figures that one unit is asked to explain."""

Table: TypeAlias = pd.DataFrame
"""Figures with index (unit_id, row) and one column a year."""
Figures: TypeAlias = Table | np.ndarray
"""A table, or an array of its shape."""


def measured(table: Table, unlikely: Figures, usual: Figures, score: Figures) -> pd.DataFrame:
    """The figures of a table that are unlikely, as lines ``unit_id, row, year, value, usual, times, score``.

    Args:
        table: Figures.
        unlikely: True where a figure is unlikely.
        usual: What would be usual in its place.
        score: How unlikely it is, comparable between checks: the binary logarithm of how many times it is off.
    """
    parts = {"value": table, "usual": usual, "score": score}
    marked = np.asarray(unlikely, dtype=bool)
    at_row, at_year = np.nonzero(marked)
    places = table.index[at_row]
    lines = {"unit_id": places.get_level_values(0), "row": places.get_level_values(1), "year": table.columns[at_year]}
    found = pd.DataFrame({**lines, **{name: np.asarray(part, dtype=float)[marked] for name, part in parts.items()}})
    return found.assign(times=found["value"] / found["usual"])


def times_off(value: Table, usual: Table) -> Table:
    """By how many doublings figures differ from what is usual; figures below 1 count as 1."""
    return np.log2(value.clip(lower=1) / usual.clip(lower=1)).abs()


def most_unlikely(found: Iterable[tuple[YearCheck, pd.DataFrame]], form: Form) -> Iterator[Broken]:
    """The most unlikely figures of each unit, each of them once."""
    lines = [lines.assign(rule=check.id) for check, lines in found if len(lines)]
    if not lines:
        return
    checks = {check.id: check for check, _ in found}
    every = pd.concat(lines, ignore_index=True)
    every = every.sort_values(["score", "unit_id", "row", "year", "rule"], ascending=[False, True, True, True, True])
    once = every.drop_duplicates(["unit_id", "row", "year"])
    for line in once.groupby("unit_id", sort=False, observed=True).head(MOST_FOR_A_UNIT).itertuples(index=False):
        figures = {"value": line.value, "usual": line.usual, "times": line.times}
        yield told(checks[line.rule], form, line.unit_id, int(line.row), int(line.year), **figures)


def told(check: YearCheck, form: Form, unit_id: str, row: int | None, year: int, **figures: float) -> Broken:
    """A finding of a check of years, with its figures in words."""
    partial = form.partial
    period = partial.label.capitalize() if partial and partial.year == year else "Năm"
    before = max((y for y in form.years if y < year), default=year)
    words = {name: _in_words(figure) for name, figure in figures.items()}
    sentence = check.message.format(year=year, period=period, before=before, **words)
    advice = "Đề nghị kiểm tra và sửa lại, hoặc giải trình."
    return Broken(check.id, check.severity, form.id, unit_id, row, year, f"{sentence}. {advice}")


def _in_words(figure: float) -> str:
    """A figure to one decimal."""
    return shown(round(float(figure), 1)) if math.isfinite(figure) else "rất nhiều"

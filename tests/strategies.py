"""Hypothesis strategies for figures and how they are written."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from hypothesis import strategies as st

from pcmd_consolidate.forms import Form, Row, ValueType

Cells = dict[tuple[int, int], float | None]
"""(row, year) → figure; None where the cell is left blank."""

counts = st.integers(0, 10**9).map(float)
money = st.integers(0, 10**8 - 1).map(lambda thousandths: float(Decimal(thousandths) / 1000))
answers = st.sampled_from([0.0, 1.0])


def figure(row: Row) -> st.SearchStrategy[float | None]:
    """Any figure that a row can hold, or a blank."""
    by_type = {ValueType.COUNT: counts, ValueType.MONEY: money, ValueType.YES_NO: answers}
    assert row.value_type is not None
    return st.none() | by_type[row.value_type]


@st.composite
def returned(draw: st.DrawFn, form: Form, rows: tuple[Row, ...]) -> Cells:
    """Figures of a whole return: a few drawn one by one, the rest from a drawn seed."""
    rng = Random(draw(st.integers(0, 2**32)))
    cells = {(row.number, year): _any_figure(rng, row) for row in rows for year in form.years}
    places = st.tuples(st.sampled_from(rows), st.sampled_from(form.years))
    for row, year in draw(st.lists(places, max_size=12)):
        cells[row.number, year] = draw(figure(row))
    return cells


def _any_figure(rng: Random, row: Row) -> float | None:
    if rng.random() < 0.1:
        return None
    most = 10 ** rng.randint(0, 7)
    if row.value_type is ValueType.YES_NO:
        return float(rng.randint(0, 1))
    return float(rng.randint(0, most)) if row.value_type is ValueType.COUNT else rng.randint(0, most) / 1000

"""The values of a form by unit, row and year."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from pcmd_consolidate.cube import cube
from pcmd_consolidate.forms import load_form

FORM = load_form("IIA")
FIRST, SECOND = (row.number for row in FORM.indicators[:2])


@pytest.fixture
def values() -> pd.DataFrame:
    lines = [
        ("X09", "IIA", SECOND, 2025, 5.0),
        ("X09", "IIA", FIRST, 2021, 1.0),
        ("X02", "IIA", FIRST, 2023, math.nan),
        ("X02", "IIA", FIRST, 2022, 7.0),
        ("X02", "IA", FIRST, 2022, 99.0),  # of another form
        ("X05", "IIA", 1, 2022, 98.0),  # no indicator
        ("X05", "IIA", FIRST, 1999, 97.0),  # not asked for
    ]
    table = pd.DataFrame(lines, columns=["unit_id", "form", "row", "year", "value"])
    return table.astype({"unit_id": "category", "form": "category"})


def test_every_value_stands_at_its_unit_row_and_year(values: pd.DataFrame) -> None:
    of_form = cube(values, FORM)

    spread = of_form.spread(of_form.column("value"), math.nan)

    assert list(of_form.units) == ["X09", "X02"]
    assert spread.shape == (2, len(FORM.indicators), len(FORM.years))
    assert {(*map(int, place), float(spread[tuple(place)])) for place in np.argwhere(~np.isnan(spread))} == {
        (0, 1, 4, 5.0), (0, 0, 0, 1.0), (1, 0, 1, 7.0),
    }  # fmt: skip


def test_what_has_no_line_is_empty(values: pd.DataFrame) -> None:
    of_form = cube(values, FORM)

    there = of_form.spread(np.full(len(of_form.lines), True), False)

    assert there.dtype == bool
    assert there.sum() == 4


def test_a_form_of_which_nothing_came_back_has_no_units(values: pd.DataFrame) -> None:
    of_form = cube(values.head(0), FORM)

    assert of_form.spread(of_form.column("value"), math.nan).shape == (0, len(FORM.indicators), len(FORM.years))


def test_the_table_is_left_as_it_is(values: pd.DataFrame) -> None:
    before = values.copy()

    cube(values, FORM)

    pd.testing.assert_frame_equal(values, before)

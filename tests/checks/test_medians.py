"""Medians of figures of which some are missing."""

from __future__ import annotations

import math
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcmd_consolidate.checks.medians import median

NAN = math.nan


@pytest.mark.parametrize(
    ("figures", "expected"),
    [([3, 1, 2], 2), ([4, 1, 2, 3], 2.5), ([NAN, 7, NAN], 7), ([5, NAN, 1], 3), ([NAN, NAN], NAN), ([8], 8)],
)
def test_median_of_a_line(figures: list[float], expected: float) -> None:
    np.testing.assert_array_equal(median(np.array([figures], dtype=float), axis=1), [[expected]])


@given(st.lists(st.lists(st.one_of(st.integers(0, 9), st.none()), min_size=4, max_size=4), min_size=1, max_size=9))
def test_each_axis_is_as_one_would_reckon_it(lines: list[list[int | None]]) -> None:
    table = np.array([[NAN if figure is None else figure for figure in line] for line in lines])
    for axis, parts in ((1, lines), (0, list(zip(*lines, strict=True)))):
        known = [[figure for figure in part if figure is not None] for part in parts]
        expected = [statistics.median(figures) if figures else NAN for figures in known]
        np.testing.assert_array_equal(median(table, axis=axis).ravel(), expected)

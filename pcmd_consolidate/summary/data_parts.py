"""How the values fall on the sheets *Dữ liệu*."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator
from typing import Any

import pandas as pd

MOST_LINES = 100_000
"""Values that the workbook holds as a table; more are left to ``values.csv``."""

LINES_ON_A_SHEET = 1_000_000
"""Values on one sheet; an Excel sheet ends at line 1.048.576."""


def parts_of(lines: int) -> tuple[range, ...]:
    """Which lines of the values stand on which sheet; one empty part where all are left to ``values.csv``."""
    shown = lines if lines <= MOST_LINES else 0
    starts = range(0, max(shown, 1), LINES_ON_A_SHEET)
    return tuple(range(start, min(start + LINES_ON_A_SHEET, shown)) for start in starts)


def lines_of(values: pd.DataFrame) -> Iterator[Any]:
    """The lines of a table as named tuples; texts are taken out column by column, which pandas does much faster."""
    line = namedtuple("line", values.columns)  # type: ignore[misc]
    return map(line._make, zip(*(values[column].tolist() for column in values.columns), strict=True))

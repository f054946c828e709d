"""How large, how deep and how many: the limits of what is opened, in one place.

Real workbooks stay far below: 99.9 % of them have fewer than 188 parts, 9 MB inflated, 25 times their size on the disk
and 210,000 cells. A campaign may set others.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
"""Rows and columns of Excel."""
MAX_CELL_TEXT = 32_767
"""Characters that a cell of Excel can hold."""


@dataclass(frozen=True)
class Limits:
    """What is opened at most.

    Attributes:
        max_bytes: Largest file, in bytes.
        max_inflated: Largest sum of the declared sizes of the parts of a zip container, in bytes.
        max_part: Largest part that is read, inflated, in bytes.
        max_ratio: How many times its size on the disk a part may inflate to, from ``ratio_from`` bytes on.
        ratio_from: The size from which ``max_ratio`` holds, in bytes.
        max_parts: Most parts of a document.
        max_text: Largest web page or text, in bytes.
        max_elements: Most XML tags of a part.
        max_sheets: Most sheets of a workbook.
        max_filled: Most cells of a sheet that are written down, empty ones with a format among them.
        max_span: Largest rectangle, in cells, that a sheet may span; a form needs fewer than a thousand.
        near_rows, near_columns: Where a sheet spans more: rows and columns outside of which a cell is a stray one.
        max_strays: Most stray cells of a sheet that is read without them.
        max_merges: Most merged areas of a sheet.
        max_strings: Most shared strings that a workbook may say it has.
    """

    max_bytes: int = 20_000_000
    max_inflated: int = 200_000_000
    max_part: int = 60_000_000
    max_ratio: int = 120
    ratio_from: int = 30_000_000
    max_parts: int = 2_000
    max_text: int = 5_000_000
    max_elements: int = 3_000_000
    max_sheets: int = 200
    max_filled: int = 500_000
    max_span: int = 2_000_000
    near_rows: int = 10_000
    near_columns: int = 200
    max_strays: int = 1_000
    max_merges: int = 10_000
    max_strings: int = 1_000_000


USUAL = Limits()
"""The limits of a campaign that sets none."""
_in_force: ContextVar[Limits] = ContextVar("limits", default=USUAL)


def limits_now() -> Limits:
    """The limits in force."""
    return _in_force.get()


@contextmanager
def limited(limits: Limits) -> Iterator[None]:
    """Have limits in force for a while."""
    token = _in_force.set(limits)
    try:
        yield
    finally:
        _in_force.reset(token)

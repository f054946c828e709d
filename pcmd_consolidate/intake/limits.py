"""How large, how deep and how many: the limits of what is opened, in one place.

Real workbooks stay far below: 99.9 % of them have fewer than 188 parts, 9 MB inflated, 25 times their size on the disk
and 210,000 cells.
"""

from __future__ import annotations

MAX_BYTES = 20_000_000
"""Largest file that is opened."""
MAX_INFLATED = 200_000_000
"""Largest sum of the declared sizes of the parts of a zip container."""
MAX_PART = 60_000_000
"""Largest part that is read, inflated."""
MAX_RATIO = 120
"""How many times its size on the disk a part may inflate to, from ``RATIO_FROM`` bytes on."""
RATIO_FROM = 30_000_000
MAX_PARTS = 2_000
"""Most parts of a document."""
MAX_TEXT = 5_000_000
"""Largest web page or text that is opened."""
MAX_DEPTH = 200
"""Deepest nesting of XML elements."""
MAX_ELEMENTS = 3_000_000
"""Most XML tags of a part."""
MAX_SHEETS = 200
"""Most sheets of a workbook."""
MAX_FILLED = 500_000
"""Most cells of a sheet that are written down, empty ones with a format among them."""
MAX_SPAN = 2_000_000
"""Largest rectangle, in cells, that a sheet may span; a form needs fewer than a thousand."""
MAX_MERGES = 10_000
"""Most merged areas of a sheet."""
MAX_STRINGS = 1_000_000
"""Most shared strings that a workbook may say it has."""
MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
"""Rows and columns of Excel."""
MAX_CELL_TEXT = 32_767
"""Characters that a cell of Excel can hold."""


def settings() -> dict[str, int]:
    """All limits by name, for the manifest of a run."""
    return {name.lower(): value for name, value in sorted(globals().items()) if isinstance(value, int)}

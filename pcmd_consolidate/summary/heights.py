"""How high a row must be for the texts in it."""

from __future__ import annotations

from functools import lru_cache

from pcmd_consolidate.typeset import height_of, line_count, text_width

TEXT_SIZE = 11.0
"""Size of the font, in points."""

ROW_HEIGHT = 16.5
"""Height in points of a row with one line."""

TALLEST = 409.0
"""Points to which Excel lets a row grow."""

_PIXELS_PER_CHARACTER, _PIXELS_PER_COLUMN = 7, 5


@lru_cache(maxsize=4096)
def lines_in(
    text: str, width: float, *, columns: int = 1, size: float = TEXT_SIZE, bold: bool = False, indent: int = 0
) -> int:
    """How many lines a text takes in a cell that wraps it.

    Args:
        text: The text.
        width: Width of the cell, in characters as Excel counts them.
        columns: Columns over which the cell goes.
        size: Size of the font, in points.
        bold: Whether it is set in bold.
        indent: Indent of the cell.
    """
    return line_count(text, pixels(width, columns), size, bold=bold, indent=indent)


def pixels(width: float, columns: int = 1) -> float:
    """Width in pixels of columns that are so many characters wide together."""
    return width * _PIXELS_PER_CHARACTER + columns * _PIXELS_PER_COLUMN


def text_characters(text: str, *, bold: bool = False) -> float:
    """Width of a text on one line, in characters as Excel counts them."""
    return text_width(text, TEXT_SIZE, bold=bold) / _PIXELS_PER_CHARACTER


def row_height(lines: int, size: float = TEXT_SIZE) -> float:
    """Height in points of a row with so many lines."""
    return min(height_of(lines, size), TALLEST)

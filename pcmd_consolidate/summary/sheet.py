"""A worksheet on which nothing can be written but clean text, numbers and formulas of our own."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

from pcmd_consolidate.excel_text import cell_text
from pcmd_consolidate.summary.formats import Formats
from pcmd_consolidate.summary.heights import ROW_HEIGHT, TEXT_SIZE, row_height

MOST_LINKS = 65_530
"""Links that Excel allows on one sheet."""


class _EmptyText(str):
    """An empty text as the stored result of a formula.

    xlsxwriter writes the empty text itself as if the formula had never been computed, and readers would say so.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return self is other

    __hash__ = str.__hash__


_NO_RESULT = _EmptyText()


class Sheet:
    """A worksheet of xlsxwriter, written row by row.

    Attributes:
        raw: The worksheet, for its page and its columns.
        formats: Formats of its workbook.
        leading: Lines that lead to the next one, so that no page may end with them.
    """

    def __init__(self, worksheet: Any, formats: Formats) -> None:
        self.raw = worksheet
        self.formats = formats
        self.leading: set[int] = set()
        self._heights: dict[int, float] = {}
        self._links_left = MOST_LINKS
        worksheet.set_default_row(ROW_HEIGHT)

    def text(self, row: int, column: int, text: str, look: Any) -> None:
        """Write a text, never as a formula."""
        if text:
            self.raw.write_string(row, column, cell_text(text), look)
        else:
            self.raw.write_blank(row, column, None, look)

    def number(self, row: int, column: int, value: float, look: Any) -> None:
        """Write a number."""
        self.raw.write_number(row, column, plain_number(value), look)

    def number_or_blank(self, row: int, column: int, value: float, look: Any) -> None:
        """Write a number, or leave the cell empty where it is NaN."""
        if math.isnan(value):
            self.text(row, column, "", look)
        else:
            self.number(row, column, value, look)

    def date(self, row: int, column: int, day: dt.date, look: Any) -> None:
        """Write a day or a time."""
        self.raw.write_datetime(row, column, day, look)

    def formula(self, row: int, column: int, formula: str, result: float | None, look: Any) -> None:
        """Write a live formula with its result; None for an empty text."""
        self.raw.write_formula(row, column, formula, look, _NO_RESULT if result is None else plain_number(result))

    def link(self, row: int, column: int, url: str | None, text: str, linked: Any, plain: Any) -> None:
        """Write a text that leads to a place, as long as the sheet may have further links."""
        if url is not None and self._take_link():
            self._write_link(row, column, url, cell_text(text), linked)
        else:
            self.text(row, column, text, plain)

    def _take_link(self) -> bool:
        """Take one of the links that the sheet may still have; whether there is one."""
        if self._links_left == 0:
            return False
        self._links_left -= 1
        return True

    def _write_link(self, row: int, column: int, url: str, text: str, look: Any) -> None:
        self.raw.write_url(row, column, url, look, text)

    def merged(self, row: int, first: int, last: int, text: str, look: Any, *, rows: int = 1) -> None:
        """Write a text over several columns (and rows)."""
        if first == last and rows == 1:
            self.text(row, first, text, look)
        else:
            self.raw.merge_range(row, first, row + rows - 1, last, "", look)
            self.text(row, first, text, look)

    def height(self, row: int, lines: int, size: float = TEXT_SIZE) -> None:
        """Make a row as high as so many lines of a size."""
        self._heights[row] = row_height(lines, size)
        self.raw.set_row(row, self._heights[row])

    def line_heights(self, last: int) -> list[float]:
        """Heights of all rows up to ``last``, in points."""
        return [self._heights.get(row, ROW_HEIGHT) for row in range(last + 1)]


def plain_number(value: float) -> float:
    """The same number, whole where it is whole."""
    return int(value) if value == int(value) else value

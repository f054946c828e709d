"""What stands over the figures of a year besides the year: *6 tháng*, *Nữ*, *Kế hoạch giao*, columns under one heading.

A column is the year's only where nothing says that its figures are something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pcmd_consolidate.forms import Form
from pcmd_consolidate.intake.grid import Cell, Grid
from pcmd_consolidate.intake.years import names_part, year_of
from pcmd_consolidate.vietnamese import plain_words, squeeze, words

_NEUTRAL = {
    word
    for text in (
        "năm kết quả thực hiện số liệu giai đoạn từ đến cả lượng của các theo chia ra trong đó tổng báo cáo và hàng "
        "th kq sl tổng số",
    )
    for word in words(text)
}
_OTHERWISE = re.compile(
    r"\b(ke hoach|giao|uoc|du kien|muc tieu|so sanh|ty le|phan tram|tang|giam|luy ke|cong don|binh quan|trung binh|"
    r"(?:\d+|ba|sau|chin) thang|\d+t|quy|nua (?:dau|cuoi) nam|dau ky|cuoi ky|nu)\b"
)
_COLUMN_NUMBER = re.compile(r"\(?-?\d{1,2}(?:[.,]0)?\)?\Z")
_DEEPEST = 2
"""Rows above and below the years in which headings are looked for."""
_FEW = 3
"""Figures from which a column without a heading is a second column of the year before it."""
UNTITLED = "(không có tiêu đề)"
"""Stands for the heading of a column that has none."""


def qualified(
    grid: Grid, header: int, end: int, form: Form, years: Mapping[int, int], labels: Sequence[int],
    headed: Mapping[int, str],
) -> dict[int, str]:  # fmt: skip
    """Years over whose figures something else is written → what.

    Args:
        grid: The sheet.
        header: The row with the years.
        end: The first row that is no longer below it.
        form: The form.
        years: Year → its column.
        labels: Columns of the labels.
        headed: Columns that are no year's → their heading.
    """
    doubts: dict[int, str] = {}
    for year, column in years.items():
        text = next(_over(grid, header, end, column, set(years.values()), labels, headed), "")
        if text and text != form.year_label(year) and not _fits(text, form, year):
            doubts[year] = text
    return doubts | _without_heading(grid, header, end, years, headed)


def says_otherwise(text: str) -> bool:
    """Whether a heading or a name speaks of something else than the figures of whole years: plans, parts, shares."""
    return _OTHERWISE.search(" ".join(plain_words(text))) is not None or "%" in text


def _over(
    grid: Grid, header: int, end: int, column: int, taken: set[int], labels: Sequence[int], headed: Mapping[int, str]
) -> Iterator[str]:
    """Headings above and below a year that say what its figures are."""
    for row in range(header - 1, max(-1, header - 1 - _DEEPEST), -1):
        above = _above(grid, row, column, min(taken))
        if above is None:
            break
        if says_otherwise(above):
            yield above
    under = [column, *_unnamed(grid, header, column, taken, headed)]
    for row in range(header + 1, min(end, header + 1 + _DEEPEST)):
        cells = grid.rows[row]
        if any(cells[label] is not None for label in labels) or any(isinstance(cells[c], float) for c in taken):
            break
        texts = [squeeze(cell) for c in under if isinstance(cell := cells[c], str)]
        if texts and (not isinstance(cells[column], str) or not _is_neutral(cells[column])):
            yield texts[0]


def _above(grid: Grid, row: int, column: int, first: int) -> str | None:
    """The heading that covers a column in a row above the years; None where the row says nothing over them."""
    cells = grid.rows[row]
    area = next((a for a in grid.merged if a[0] <= row <= a[2] and a[1] <= column <= a[3]), None)
    if area is not None:
        cell = grid.rows[area[0]][area[1]] if area[1] >= first else None
    else:
        cell = next((cells[c] for c in range(column, first - 1, -1) if cells[c] is not None), None)
    return squeeze(cell) if isinstance(cell, str) else None


def _unnamed(grid: Grid, header: int, column: int, taken: set[int], headed: Mapping[int, str]) -> Iterator[int]:
    """Columns without a heading between a year and the next heading."""
    for c in range(column + 1, grid.width):
        if c in taken or grid.rows[header][c] is not None or (c in headed and not headed[c]):
            return
        yield c


def _is_neutral(cell: Cell) -> bool:
    text = squeeze(str(cell))
    if _COLUMN_NUMBER.match(text):
        return True
    said = {word for word in words(text) if not re.fullmatch(r"20\d\d", word)}
    return said <= _NEUTRAL and text.casefold() != "nam" and not says_otherwise(text)


def _fits(text: str, form: Form, year: int) -> bool:
    """Whether a heading names just the part of the year that is asked for."""
    partial = form.partial is not None and form.partial.year == year
    named = text if re.search(r"20\d\d", text) else f"{text} năm {year}"
    return partial and names_part(text) and year_of(named, form) == year


def _without_heading(
    grid: Grid, header: int, end: int, years: Mapping[int, int], headed: Mapping[int, str]
) -> dict[int, str]:
    """Years followed by a column of figures without a heading, where at least two are: which of them counts?"""
    taken = set(years.values())
    found = {
        year: UNTITLED
        for year, column in years.items()
        for c in _unnamed(grid, header, column, taken, headed)
        if headed.get(c) == UNTITLED
        and sum(isinstance(row[c], int | float) for row in grid.rows[header + 1 : end]) >= _FEW
    }
    return found if len(found) > 1 else {}

"""The years that headings name, and the part of a year that they mean."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache

from pcmd_consolidate.findings import Finding, found
from pcmd_consolidate.forms import Form
from pcmd_consolidate.intake.grid import Cell
from pcmd_consolidate.vietnamese import plain_words

_HALF = r"(?:(?:0?6|sau) ?t(?:hang)?(?: dau nam)?|nua dau nam)"
_FROM = r"tu(?: ngay)? 0?1 0?1(?: 20\d\d)?"
_UNTIL = r"(?:tinh )?(?:den|het)(?: het)?(?: ngay)? (\d{1,2}) (\d{1,2})(?: (20\d\d))?"
_FILLER = {"nam", "n", "th", "so", "lieu", "ket", "qua", "thuc", "hien"}
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_SOME_YEAR = re.compile(r"(?<!\d)(?:19[89]|20\d)\d(?!\d)")
_DIGIT = re.compile(r"\d")
_LONGEST_HEADING = 30
_FOOTNOTE = re.compile(r"\s*\(\d\)\s*\Z")


def year_of(cell: Cell, form: Form) -> int | None:
    """The year of the form that a heading names, or None.

    A heading of part of a year (*6 tháng 2025*) counts only where the form asks for that part.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return int(cell) if cell in form.years else None
    if isinstance(cell, dt.date):
        return cell.year if cell.year in form.years and _stands_for_year(form, cell) else None
    if not isinstance(cell, str) or len(cell) > 80 or "%" in cell or not _DIGIT.search(cell):
        return None
    return _year_in(cell, form)


@lru_cache(maxsize=65536)  # the same few headings and labels stand in every return
def _year_in(cell: str, form: Form) -> int | None:
    if day := _DAY.fullmatch(cell.strip()):
        return year_of(_date(*map(int, day.groups())), form)
    cell = _FOOTNOTE.sub("", cell)
    text = re.sub(r"(?<=[a-z])(?=\d)", " ", " ".join(plain_words(cell)))
    text, _ = _take(_FROM, text)
    text, until = _take(_UNTIL, text)
    text, half = _take(_HALF, text)
    rest = [word for word in text.split() if word not in _FILLER]
    if not rest and until is not None and until[3]:
        rest = [until[3]]
    if len(rest) != 1 or not rest[0].isascii() or not rest[0].isdigit() or int(rest[0]) not in form.years:
        return None
    year = int(rest[0])
    return year if _covers(form, year, half, until) else None


def _stands_for_year(form: Form, day: dt.date) -> bool:
    """Whether a date in a heading is that of a year: its first day, or the last day that the form asks for."""
    return (day.day, day.month) in ((1, 1), _last_day(form, day.year))


def _last_day(form: Form, year: int) -> tuple[int, int]:
    partial = form.partial if form.partial and form.partial.year == year else None
    return (partial.until.day, partial.until.month) if partial else (31, 12)


def _take(pattern: str, text: str) -> tuple[str, re.Match[str] | None]:
    found = re.search(rf"\b{pattern}\b", text)
    return (text[: found.start()] + text[found.end() :], found) if found else (text, None)


def _covers(form: Form, year: int, half: object, until: re.Match[str] | None) -> bool:
    """Whether a part of a year that a heading names is the part asked for."""
    if until is not None:
        return (int(until[1]), int(until[2])) == _last_day(form, year)
    return half is None or _last_day(form, year) == (30, 6)


def _date(day: int, month: int, year: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def without_years(rows: Iterable[Iterable[Cell]], form: Form) -> Finding:
    """The finding that a sheet has no column of the round's years, with the years that its headings name."""
    named = max(({*filter(None, map(_some_year, row))} for row in rows), key=len, default=set())
    years = ", ".join(map(str, sorted(named))) or "không rõ năm nào"
    return found("H08", form=form.name, asked=", ".join(map(str, form.years)), years=years)


def _some_year(cell: Cell) -> int | None:
    """The year that a short heading names, of whatever round."""
    if isinstance(cell, str) and len(cell) <= _LONGEST_HEADING and (year := _SOME_YEAR.search(cell)):
        return int(year[0])
    return int(cell) if type(cell) is float and 1990 <= cell <= 2100 and cell == int(cell) else None


def may_name_years(cells: Iterable[Cell], form: Form, fewest: int) -> bool:
    """A quick look at whether a row may name so many years: :func:`claims_of` finds out whether it does."""
    likely = 0
    for cell in cells:
        if type(cell) is float:
            likely += cell in form.years
        elif cell is not None:
            likely += not isinstance(cell, str) or _DIGIT.search(cell) is not None
    return likely >= fewest


def claims_of(row: Iterable[Cell], form: Form) -> dict[int, list[int]]:
    """The years that a row of headings names → the columns under them.

    Where several columns name a year of which a part is asked for, the one that names this part is meant.
    """
    return {year: list(columns) for year, columns in _claims(tuple(row), form)}


@lru_cache(maxsize=256)  # a sheet is searched once for each form that it may hold, and for where it stands
def _claims(cells: tuple[Cell, ...], form: Form) -> tuple[tuple[int, tuple[int, ...]], ...]:
    claims: dict[int, tuple[int, ...]] = {}
    headings = [(at, cell) for at, cell in enumerate(cells) if type(cell) is not float or cell in form.years]
    for column, cell in headings:
        year = None if cell is None else year_of(cell, form)
        if year is not None:
            claims[year] = (*claims.get(year, ()), column)
    if form.partial is not None and len(columns := claims.get(form.partial.year, ())) > 1:
        named = tuple(column for column in columns if names_part(cells[column]))
        if len(named) == 1:
            claims[form.partial.year] = named
    return tuple(claims.items())


def names_part(cell: Cell) -> bool:
    """Whether a heading speaks of a part of a year."""
    if not isinstance(cell, str):
        return False
    text = re.sub(r"(?<=[a-z])(?=\d)", " ", " ".join(plain_words(cell)))
    return any(_take(pattern, text)[1] is not None for pattern in (_UNTIL, _HALF))

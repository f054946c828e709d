"""Units of measure that a return states, where they are not those that the form asks for.

A figure beside *Nghìn đồng* where million dong is asked may be off by a thousand: it is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz import fuzz

from pcmd_consolidate.forms import Row, RowKind, ValueType
from pcmd_consolidate.intake.figures import money_factor
from pcmd_consolidate.intake.grid import Grid
from pcmd_consolidate.intake.locate import Table
from pcmd_consolidate.vietnamese import plain_words, squeeze

_OF_A_SCALE = {
    "nghin", "ngan", "trieu", "ty", "ti", "tram", "chuc", "1000", "000", "dong", "usd", "vnd", "ngd", "nd", "phan",
}  # fmt: skip
"""Words that make of a unit of measure another one."""
_MILLION = "trieu dong"
_NEARLY = 80
"""Letters in common (per cent) from which a unit is *triệu đồng*, misspelt."""
_ABBREVIATED = {"trd": _MILLION, "tr d": _MILLION, "tr dong": _MILLION, "trieu d": _MILLION, "trieu vnd": _MILLION}
_STATES_A_UNIT = re.compile(r"\b(don vi|dvt|tinh bang|tinh theo|kinh phi|so tien)\b")
_OTHER_MONEY = re.compile(r"(?<!\d )\b((?:nghin|ngan|1 000|1000|tram trieu|ty|ti) (?:dong|d|vnd)|ngd|n d|usd)\b")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")


class Measures:
    """The units of measure that a sheet states.

    Args:
        grid: The sheet.
        table: The form found in it.
    """

    def __init__(self, grid: Grid, table: Table) -> None:
        self._table = table
        self._around = {
            part.header: next(filter(_states_other_money, (*grid.title, *_around(grid, table, part.header))), "")
            for part in table.columns
        }

    def other(self, place: int, row: Row) -> str:
        """The unit stated for a line, where it is not that of its row; empty where nothing contradicts it.

        Args:
            place: Index of the line.
            row: The row of the form that the line is.
        """
        line = self._table.lines[place]
        if row.value_type is not ValueType.MONEY:
            return line.measure if _scaled(line.measure, row.unit_of_measure) else ""
        as_asked = plain_words(line.measure) == plain_words(row.unit_of_measure)
        if line.measure and not as_asked and not _is_million(line.measure):
            return line.measure
        return next((text for text in self._stated(place) if text), "")

    def _stated(self, place: int) -> Iterator[str]:
        """Other units of money in the label, in the heading above it, over the column of units, around the table."""
        table = self._table
        line = table.lines[place]
        heading = next((i for i in range(place, -1, -1) if _is_heading(table, i)), None)
        for label in (line.label, "" if heading is None else table.lines[heading].label):
            yield from (inside for inside in _IN_BRACKETS.findall(label) if names_other_money(inside))
        if heading is not None and not line.measure and names_other_money(table.lines[heading].measure):
            yield table.lines[heading].measure
        yield squeeze(self._around.get(line.columns.header, ""))


def _states_other_money(text: str) -> bool:
    return names_other_money(text) and _STATES_A_UNIT.search(_plain(text)) is not None


@lru_cache(maxsize=1024)
def _scaled(measure: str, wanted: str) -> bool:
    """Whether a unit of things counted is a multiple or a share of the one asked for."""
    said = set(plain_words(measure)) - set(plain_words(wanted))
    return bool(said & _OF_A_SCALE) or ("%" in measure and "%" not in wanted)


def _is_million(measure: str) -> bool:
    factor = money_factor(measure)
    if factor is not None:
        return factor == 1
    text = " ".join(plain_words(measure))
    text = _ABBREVIATED.get(text, text)
    return fuzz.ratio(text, _MILLION) >= _NEARLY and not set(text.split()) - {"trieu", "dong"} & _OF_A_SCALE


def _is_heading(table: Table, place: int) -> bool:
    row = table.row_of(place)
    return row is not None and row.kind is RowKind.HEADING


def _around(grid: Grid, table: Table, header: int) -> Iterator[str]:
    """Texts down to the headings, and below the last row of the form."""
    last = max(table.lines[place].row for place in table.matches)
    for row in (*grid.rows[: header + 1], *grid.rows[last + 1 :]):
        yield from (cell for cell in row if isinstance(cell, str))


@lru_cache(maxsize=4096)
def names_other_money(text: str) -> bool:
    """Whether a text names another unit of money than million dong."""
    return _OTHER_MONEY.search(_plain(text)) is not None


def _plain(text: str) -> str:
    return " ".join(plain_words(text))

"""What became of each cell of a return, by the tables that the package gives out.

A value is *silently wrong* where it differs from what the unit meant, or comes from a cell that must not be read
without a finding, and no finding speaks of it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from tests.mess import Description, Key

READ, MISSED, SILENT, WRONG, LOST = "read", "missed", "silent", "wrong", "lost"
"""Read right; not read though certain; wrong and nothing said; wrong but said; gone and nothing said."""

_ABOUT_OTHER_THINGS = {"F07", "F12", "F14d", "F14f", "F14c"}
"""Rules of findings that say nothing of a cell's figure: how many blanks, what a total means, which file counts."""


@dataclass(frozen=True)
class Outcome:
    """What became of one cell."""

    kind: str
    key: Key
    certain: bool
    truth: float | None
    read: float | None
    state: str = ""
    raw: str = ""
    cell: str = ""


@dataclass
class Tally:
    """Sums for one kind of mess, or for all of them."""

    returns: int = 0
    certain: int = 0
    uncertain: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)

    def add(self, outcomes: Iterable[Outcome]) -> None:
        self.returns += 1
        for outcome in outcomes:
            wanted = outcome.certain and outcome.truth is not None
            self.certain += wanted
            self.uncertain += not outcome.certain
            self.outcomes[outcome.kind] += outcome.kind != READ or wanted

    def merge(self, other: Tally) -> None:
        self.returns += other.returns
        self.certain += other.certain
        self.uncertain += other.uncertain
        self.outcomes.update(other.outcomes)

    @property
    def recall(self) -> float:
        """Share of the certain figures that are read."""
        return self.outcomes[READ] / self.certain if self.certain else 1.0


@dataclass(frozen=True)
class Value:
    """A line of the values table."""

    value: float = math.nan
    state: str = "absent"
    raw: str = ""
    sheet: str = ""
    cell: str = ""


class Told:
    """What the package says of one file: its values and its findings."""

    def __init__(self, values: pd.DataFrame, findings: pd.DataFrame) -> None:
        self._values = values
        self.findings = findings

    @cached_property
    def values(self) -> Mapping[Key, Value]:
        """Line and year → what the values table says."""
        return {
            (int(v.row), int(v.year)): Value(float(v.value), str(v.state), str(v.raw), str(v.sheet), str(v.cell))
            for v in self._values.itertuples(index=False)
        }

    @cached_property
    def _places(self) -> tuple[set[Key], set[int], set[int], list[tuple[str, str]], set[str]]:
        cells: set[Key] = set()
        rows: set[int] = set()
        years: set[int] = set()
        areas: list[tuple[str, str]] = []
        sheets: set[str] = set()
        for f in self.findings.itertuples(index=False):
            if f.rule in _ABOUT_OTHER_THINGS or f.severity == "info":
                continue
            row, year = _number(f.row), _number(f.year)
            if row is not None and year is not None:
                cells.add((row, year))
            elif row is not None:
                rows.add(row)
            elif year is not None:
                years.add(year)
            if f.cell:
                areas.append((str(f.sheet), str(f.cell)))
            if row is None and year is None and not f.cell:
                sheets.add(str(f.sheet))
        return cells, rows, years, areas, sheets

    def speaks_of(self, key: Key, sheet: str, cell: str) -> bool:
        """Whether a finding speaks of a cell, its row, its year, its sheet or its unit."""
        cells, rows, years, areas, sheets = self._places
        inside = any(s == sheet and _inside(cell, area) for s, area in areas) if cell else False
        whole = "" in sheets or sheet in sheets
        return whole or key in cells or key[0] in rows or key[1] in years or inside

    @cached_property
    def on_the_unit(self) -> bool:
        """Whether a finding questions which unit, form, file or sheet this is."""
        told = self.findings[self.findings["severity"] != "info"]
        return bool(told["rule"].str.match(r"F14|H0").any())


def _number(value: object) -> int | None:
    return None if pd.isna(value) or value in ("", None) else int(value)  # type: ignore[call-overload]


_PLACE = re.compile(r"([A-Z]+)(\d+)\Z")


def _place(text: str) -> tuple[int, int] | None:
    found = _PLACE.match(text)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return column, int(found[2])


def _inside(cell: str, area: str) -> bool:
    first, _, last = area.partition(":")
    at, start, end = _place(cell), _place(first), _place(last or first)
    if at is None or start is None or end is None:
        return False
    return all(a <= x <= b for a, x, b in zip(start, at, end, strict=True))


def judge(description: Description, values: pd.DataFrame, findings: pd.DataFrame) -> list[Outcome]:
    """What became of each cell of a return.

    Args:
        description: The return.
        values: The lines of the values table that come from its file.
        findings: The findings on its file.
    """
    told = Told(values[values["unit"] == description.sender.name], findings)
    strangers = values[values["unit"] != description.sender.name]
    return [*_own(description, told), *_strangers(strangers, told)]


def _own(description: Description, told: Told) -> Iterator[Outcome]:
    for key, truth in description.truth.items():
        given = told.values.get(key, Value())
        certain = key not in description.unsure
        said = told.speaks_of(key, given.sheet, given.cell)
        read = None if math.isnan(given.value) else given.value
        kind = _kind(truth, read, certain, said, told, given.state)
        yield Outcome(kind, key, certain, truth, read, given.state, given.raw, given.cell)


def _kind(truth: float | None, read: float | None, certain: bool, said: bool, told: Told, state: str) -> str:
    if read is None:
        if truth is None and certain:
            return READ
        quiet = not said and not told.on_the_unit and state in ("blank", "absent", "not_available")
        if quiet:
            return LOST
        return MISSED if certain else READ
    right = truth is not None and math.isclose(read, truth, rel_tol=1e-9, abs_tol=1e-9)
    if right and (certain or said or told.on_the_unit):
        return READ
    return WRONG if said else SILENT


def _strangers(values: pd.DataFrame, told: Told) -> Iterator[Outcome]:
    """Figures that the package gives to a unit that did not send them."""
    for v in values[values["state"] == "reported"].itertuples(index=False):
        kind = WRONG if told.on_the_unit else SILENT
        yield Outcome(
            kind, (int(v.row), int(v.year)), True, None, float(v.value), f"unit {v.unit}", str(v.raw), str(v.cell)
        )

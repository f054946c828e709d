"""What is asked: a form, its rows and its rules, as frozen data."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from pcmd_consolidate.findings import Severity

GATHERED = "province"
"""Kind of units whose figures are those of many units, added up."""

RESPONDENTS = ("commune", "department", GATHERED)
"""Kinds of units that fill forms."""

MONEY_LIMIT = 100_000
"""Million dong: a figure of money must be less; from here on it is thought to be in dong."""

LARGEST = 1e15
"""From here on a number cannot hold every whole number; no figure is as large."""


class RowKind(StrEnum):
    """Part that a row plays in its form."""

    HEADING = "heading"
    SUBHEADING = "subheading"
    INDICATOR = "indicator"


class ValueType(StrEnum):
    """Type of the figures of an indicator."""

    COUNT = "count"
    MONEY = "money"
    YES_NO = "yes_no"


class OverYears(StrEnum):
    """How the figures of several years become one.

    ``SUM`` is for flows (events of a year). ``LAST`` is for stocks (a level at a point in time) and for yes/no
    rows: the figure of the last year asked for.
    """

    SUM = "sum"
    LAST = "last"


class OverFormers(StrEnum):
    """How the figures of the communes that were merged into one become that commune's figure.

    They were apart, so that flows and stocks are added (``SUM``). ``MOST`` is for rows that say of a commune whether it
    has something, by 1 or 0; a yes/no row is true where it is of any of them.
    """

    SUM = "sum"
    MOST = "most"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a form.

    Attributes:
        number: The official order, from 1; ``IIA.25`` is row 25 of form IIA.
        section: Section or block, for example ``II.3``.
        kind: Heading, subheading or indicator.
        marker: ``-``, ``+``, ``*`` or empty, as in the original.
        label: The wording of the original, its oddities kept.
        unit: Unit of measure of the original; empty where it has none.
        unit_inferred: Unit of measure that must be meant where the original has none.
        value_type: Type of the figures; None for headings.
        over_years: How years are put together; None for headings.
        over_formers: How former communes are put together.
        parent: Number of the row above it in the hierarchy.
        part_of: Number of the row of which it is logically a part, where that differs from ``parent``.
        owner: The department whose block this row stands in; empty where every unit fills the row.
        also: Other wordings of the same row, for example with a misprint of the original put right.
        note: What is odd in the original (Vietnamese).
        counts_units: Whether the figure is a number of units that answered Có.
        money_limit: Million dong; a figure of money must be less.
    """

    number: int
    section: str
    kind: RowKind
    label: str
    marker: str = ""
    unit: str = ""
    unit_inferred: str = ""
    value_type: ValueType | None = None
    over_years: OverYears | None = None
    over_formers: OverFormers = OverFormers.SUM
    parent: int | None = None
    part_of: int | None = None
    owner: str = ""
    also: tuple[str, ...] = ()
    note: str = ""
    counts_units: bool = False
    money_limit: float = MONEY_LIMIT

    @property
    def is_indicator(self) -> bool:
        """Whether figures are asked for in this row."""
        return self.kind is RowKind.INDICATOR

    @property
    def unit_of_measure(self) -> str:
        """The unit of measure, inferred where the original has none."""
        return self.unit or self.unit_inferred

    @property
    def full_label(self) -> str:
        """Marker and label, as printed."""
        return f"{self.marker} {self.label}" if self.marker else self.label


@dataclass(frozen=True, slots=True)
class Rule:
    """A relation that must hold between the figures of one unit and one year.

    Attributes:
        id: Id in the catalogue, for example ``A19``.
        severity: What breaking it means.
        expression: What must hold, over row numbers; see :mod:`pcmd_consolidate.forms.rules`.
        message: What is wrong where it does not hold (Vietnamese).
        of_one: Whether it holds of one unit only, not of the figures of several added up.
    """

    id: str
    severity: Severity
    expression: str
    message: str
    of_one: bool = False


@dataclass(frozen=True, slots=True)
class PartialYear:
    """The year that is not a full year: never compare it with one unsaid."""

    year: int
    until: dt.date
    label: str


@dataclass(frozen=True, slots=True)
class Headers:
    """The wording of the column headings."""

    label: str
    unit: str
    years: str
    total: str


@dataclass(frozen=True, eq=False)
class Form:
    """A form: everything that is asked, as data. Two forms are the same only where they are one object.

    Attributes:
        id: Short id, for example ``IIA``.
        version: Changes when the rows or the columns change.
        name: As the official calls it, ``Phụ lục IIA``.
        title: Lines of the title.
        attached_to: The line in italics under the title; may be empty.
        respondent: Kind of unit that fills it: one of ``RESPONDENTS``.
        source: Where the form comes from.
        years: Years asked for, ascending.
        partial: The year that is not a full year, if any.
        headers: Wording of the column headings.
        rows: All rows, in the official order.
        rules: In-year rules.
    """

    id: str
    version: str
    name: str
    title: tuple[str, ...]
    attached_to: str
    respondent: str
    source: str
    years: tuple[int, ...]
    partial: PartialYear | None
    headers: Headers
    rows: tuple[Row, ...]
    rules: tuple[Rule, ...]

    @cached_property
    def indicators(self) -> tuple[Row, ...]:
        """The rows in which figures are asked for."""
        return tuple(row for row in self.rows if row.is_indicator)

    @cached_property
    def sections(self) -> dict[str, str]:
        """Sections that have an owner: section id → name of the owner, in the official order."""
        return {row.section: row.owner for row in self.rows if row.owner}

    def row(self, number: int) -> Row:
        """The row with that number."""
        return self.rows[number - 1]

    def indicators_of(self, sections: Sequence[str]) -> tuple[Row, ...]:
        """The rows that a unit fills which owns ``sections``: the common ones and its own blocks.

        A unit that owns none fills the whole form.
        """
        if not sections:
            return self.indicators
        return tuple(r for r in self.indicators if not r.owner or r.section in sections)

    def year_label(self, year: int) -> str:
        """Heading of a year's column, for example ``Năm 2025 (6 tháng đầu năm)``."""
        if self.partial is not None and year == self.partial.year:
            return f"Năm {year} ({self.partial.label})"
        return f"Năm {year}"

    def asked_for(self, years: Sequence[int], partial: PartialYear | None) -> Form:
        """The same form for other years."""
        return dataclasses.replace(self, years=tuple(years), partial=partial)

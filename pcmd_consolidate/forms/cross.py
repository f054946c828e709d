"""Checks across years, units and forms, as data from ``cross.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from pcmd_consolidate.findings import Severity
from pcmd_consolidate.forms import GATHERED, Form

UNITS = 0
"""Stands for a row in ``IIA.units``: how many units are asked to fill the form."""
RELATIONS = {"at_most": "≤", "at_least": "≥", "about": "≈", "beside": "cạnh"}
"""Relation → how it is written."""

_TERM = re.compile(r"\s*([+-]?)\s*(\w+)\.(units|\d+)\s*")


@dataclass(frozen=True, slots=True)
class Term:
    """A provincial figure in a comparison: a row of a form, added or taken off."""

    form: str
    row: int
    sign: int = 1

    def __str__(self) -> str:
        """As it is written in the data, without its sign."""
        return f"{self.form}.{self.row or 'units'}"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: one or more terms."""

    terms: tuple[Term, ...]

    def __str__(self) -> str:
        """As it is written in the data."""
        signed = "".join(f" {'+' if term.sign > 0 else '-'} {term}" for term in self.terms)
        return signed.removeprefix(" + ")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Provincial figures that must agree (C, X).

    Attributes:
        id: Id in the catalogue.
        severity: What it means where they do not.
        left, right: The two sides.
        relation: ``at_most``, ``at_least``, ``about``, or ``beside`` for figures that are only shown side by side.
        within: Share of the larger side by which they may differ; for the one-sided relations None where any
            difference to the right side is fine.
        margin: Difference that is always fine.
        cumulative: Whether the years up to each year are added up first.
        message: What is wrong (Vietnamese).
    """

    id: str
    severity: Severity
    left: Side
    right: Side
    relation: str
    message: str
    within: float | None = None
    margin: float = 0
    cumulative: bool = False


@dataclass(frozen=True, slots=True)
class YearCheck:
    """A unit's figures against its own years, or against other units (D).

    Attributes:
        id: Id in the catalogue.
        severity: What it means.
        message: What is unlikely, with places for the figures (Vietnamese).
        limits: Thresholds by name.
    """

    id: str
    severity: Severity
    message: str
    limits: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CrossChecks:
    """Everything in ``cross.toml``.

    Attributes:
        versions: Form → the version whose row numbers are meant.
        unusual_years: Years in which low figures are no surprise, with the reason.
        years: Checks of a unit's years, by id.
        comparisons: Checks of provincial figures.
    """

    versions: Mapping[str, str]
    unusual_years: Mapping[int, str]
    years: Mapping[str, YearCheck]
    comparisons: tuple[Comparison, ...]

    def comparable(self, forms: Mapping[str, Form]) -> Iterator[Comparison]:
        """Comparisons all of whose forms are among these, in the version that is meant."""
        for comparison in self.comparisons:
            if _counts_units(comparison) and any(form.respondent == GATHERED for form in forms.values()):
                continue
            named = {term.form for side in (comparison.left, comparison.right) for term in side.terms}
            if all(name in forms and forms[name].version == self.versions[name] for name in named):
                yield comparison


def _counts_units(comparison: Comparison) -> bool:
    """Whether a side is the number of units asked: of provinces it is not that of their units."""
    return any(term.row == UNITS for side in (comparison.left, comparison.right) for term in side.terms)


@cache
def cross_checks() -> CrossChecks:
    """The checks that come with the package."""
    data = tomllib.loads(resources.files(__package__).joinpath("cross.toml").read_text(encoding="utf-8"))
    return CrossChecks(
        versions=data["forms"],
        unusual_years={int(year): why for year, why in data["unusual_years"].items()},
        years={name: _year_check(name, dict(given)) for name, given in data["years"].items()},
        comparisons=tuple(_comparison(dict(given)) for given in data["comparisons"]),
    )


def _year_check(name: str, given: dict[str, object]) -> YearCheck:
    severity, message = Severity(str(given.pop("severity"))), str(given.pop("message"))
    return YearCheck(name, severity, message, {limit: float(str(value)) for limit, value in given.items()})


def _comparison(given: dict[str, object]) -> Comparison:
    sides = {name: parse_side(str(given.pop(name))) for name in ("left", "right")}
    severity = Severity(str(given.pop("severity")))
    return Comparison(severity=severity, **sides, **given)  # type: ignore[arg-type]


def parse_side(text: str) -> Side:
    """A side of a comparison: ``IIA.28 - IIA.35``.

    Raises:
        ValueError: The text is not a sum of rows.
    """
    terms = []
    place = 0
    while place < len(text):
        found = _TERM.match(text, place)
        if found is None or (not found[1] and place):
            raise ValueError(f"not a sum of rows: {text!r}")
        row = UNITS if found[3] == "units" else int(found[3])
        terms.append(Term(found[2], row, -1 if found[1] == "-" else 1))
        place = found.end()
    return Side(tuple(terms))

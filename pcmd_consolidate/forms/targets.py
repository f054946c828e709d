"""Targets of the programme, as data from ``targets.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from pcmd_consolidate.forms.cross import Side, Term, parse_side
from pcmd_consolidate.forms.model import GATHERED, Form


class TargetKind(StrEnum):
    """What a target measures: see ``targets.toml``."""

    UNITS = "units"
    MONTHLY = "monthly"
    SHARE = "share"
    SO_FAR = "so_far"
    GROWTH = "growth"


@dataclass(frozen=True, slots=True)
class Target:
    """A target of the programme.

    Attributes:
        id: Id in the catalogue.
        kind: What is measured.
        sentence: The target in words (Vietnamese).
        figure: What is measured; for ``units`` the rows of which one must be above 0.
        source: The decision that sets it.
        published: Whether the wording of the decision was at hand; else it is known from press summaries only.
        base: What it is measured against; None where the kind has none.
        threshold: Per cent, or times a month, that must be reached; None where the share is only shown.
    """

    id: str
    kind: TargetKind
    sentence: str
    figure: Side
    source: str
    published: bool
    base: Side | None = None
    threshold: float | None = None

    @property
    def terms(self) -> tuple[Term, ...]:
        """All provincial figures that it needs."""
        return (*self.figure.terms, *(self.base.terms if self.base is not None else ()))

    @property
    def expression(self) -> str:
        """What is measured, as the sheets and the table of rules show it."""
        return _EXPRESSIONS[self.kind].format(
            figure=self.figure, base=self.base, any=str(self.figure).replace("+", "|")
        )


_EXPRESSIONS = {
    TargetKind.UNITS: "({any}) > 0",
    TargetKind.MONTHLY: "{figure}",
    TargetKind.SHARE: "{figure} / {base}",
    TargetKind.SO_FAR: "Σ {figure} / {base}",
    TargetKind.GROWTH: "Δ {figure}",
}


@cache
def all_targets() -> tuple[Target, ...]:
    """The targets that come with the package."""
    return tuple(_target(dict(given)) for given in _data()["targets"])


def targets_of(forms: Mapping[str, Form]) -> Iterator[Target]:
    """Targets all of whose forms are among these, in the version and for years of the programme that is meant.

    Those set for one province are left out where provinces fill the forms.
    """
    versions, (first, last) = _data()["forms"], _data()["programme"]
    forms = {name: form for name, form in forms.items() if first <= form.years[0] and form.years[-1] <= last}
    summed = any(form.respondent == GATHERED for form in forms.values())
    for target in all_targets():
        if summed and target.kind in (TargetKind.UNITS, TargetKind.MONTHLY):
            continue
        named = {term.form for term in target.terms}
        if all(name in forms and forms[name].version == versions[name] for name in named):
            yield target


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("targets.toml").read_text(encoding="utf-8"))


def _target(given: dict[str, object]) -> Target:
    sides = {name: parse_side(str(given.pop(name))) for name in ("figure", "base") if name in given}
    return Target(kind=TargetKind(str(given.pop("kind"))), **sides, **given)  # type: ignore[arg-type]

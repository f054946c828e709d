"""What is asked of whom: the lines of both forms and the units, copied by a stranger to the package."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

YEARS = (2021, 2022, 2023, 2024, 2025)
_TESTS = Path(__file__).parents[1]

COUNT, MONEY, YES_NO = "count", "money", "yes_no"
STOCKS = {"IIA": {52, 50, 49}, "IA": {5, 6, 28, 31, 35, 66}}
ANCHORS = {"IIA": {23, 29, 30, 31, 39, 40, 55}, "IA": {45, 49, 54, 56, 69, 78, 79}}
"""Lines by which a clerk tells equal labels apart: no kind of mess takes them away."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of a form."""

    number: int
    kind: str
    marker: str
    label: str
    measure: str
    type: str

    @property
    def is_indicator(self) -> bool:
        return self.kind == "indicator"

    @property
    def is_heading(self) -> bool:
        return self.kind == "heading"


@lru_cache
def form_lines(form: str) -> tuple[Asked, ...]:
    """The lines of a form, in their order."""
    with (_TESTS / "strangers" / f"lines_{form.casefold()}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Asked(int(r["number"]), r["kind"], r["marker"], r["label"], r["unit"], r["value_type"])
            for r in csv.DictReader(file)
        )


@dataclass(frozen=True, slots=True)
class Sender:
    """A unit that sends a return: its official name, its form, and the lines that it fills."""

    name: str
    form: str
    numbers: tuple[int, ...]

    @property
    def bare(self) -> str:
        """The name without xã or phường."""
        return self.name.split(" ", 1)[1] if self.form == "IIA" else self.name


@lru_cache
def senders() -> tuple[Sender, ...]:
    """All units of Đồng Nai."""
    with (_TESTS / "data" / "dongnai_95.csv").open(encoding="utf-8", newline="") as file:
        names = [r["name"] for r in csv.DictReader(file)]
    numbers = tuple(line.number for line in form_lines("IIA") if line.is_indicator)
    return (*(Sender(name, "IIA", numbers) for name in names), *_departments())


def _departments() -> tuple[Sender, ...]:
    lines = form_lines("IA")
    starts = [line for line in lines if line.is_heading and line.number > 11]
    common = tuple(line.number for line in lines if line.is_indicator and line.number < 11)
    ends = [*(line.number for line in starts[1:]), 10**6]
    return tuple(
        Sender(
            start.label.partition(". ")[2],
            "IA",
            (*common, *(n.number for n in lines if n.is_indicator and start.number < n.number < end)),
        )
        for start, end in zip(starts, ends, strict=True)
    )


def plain(text: str) -> str:
    """The text without accents; capitals stay capitals."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache
def alike_without_accents() -> frozenset[str]:
    """Names of units that are one and the same without accents."""
    seen = Counter(plain(sender.bare).casefold() for sender in senders())
    return frozenset(s.name for s in senders() if seen[plain(s.bare).casefold()] > 1)

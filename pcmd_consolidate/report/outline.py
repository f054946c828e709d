"""The outline of the narrative report, as data from ``outline.toml``."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the outline.

    Attributes:
        level: 1 to 3.
        text: The wording of the plan.
        rows: Rows of the form that are put into sentences.
        table: Rows of the form that are put into a table.
        gap: What only a person can write; empty where nothing is to be added.
    """

    level: int
    text: str
    rows: tuple[int, ...] = ()
    table: tuple[int, ...] = ()
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The outline for the units of one form."""

    form: str
    title: str
    source: str
    items: tuple[Item, ...]


_YEARS, _FIRST_DAY, _LAST_DAY = "2021 - 2025", "01/01/2021", "30/6/2025"
_PLAN_ENDS = 2025
_AFTERWARDS = re.compile("(?:năm )?2026 - ?2035")
"""The years and days that the plan names: those of its own round, and those that it asks proposals for."""


def outline_for(years: Sequence[int], cut_off: dt.date) -> tuple[Part, ...]:
    """The outline for a round of these years; word for word that of the plan for the plan's own.

    What the plan asks for the years after its own round is asked, in another one, for the years after that.
    """
    first, last = years[0], years[-1]
    asked = {
        _YEARS: f"{first} - {last}" if first < last else f"năm {last}",
        _FIRST_DAY: f"01/01/{first}",
        _LAST_DAY: f"{cut_off.day}/{cut_off.month}/{cut_off.year}",
    }

    def dated(text: str) -> str:
        for planned, own in asked.items():
            text = text.replace(planned, own.upper() if text.isupper() else own)
        after = f"sau năm {last}"
        return text if last == _PLAN_ENDS else _AFTERWARDS.sub(after.upper() if text.isupper() else after, text)

    return tuple(
        dataclasses.replace(part, items=tuple(dataclasses.replace(item, text=dated(item.text)) for item in part.items))
        for part in outline()
    )


@cache
def outline() -> tuple[Part, ...]:
    """The parts, in their order, in the words of the plan."""
    data = tomllib.loads(resources.files(__package__).joinpath("outline.toml").read_text(encoding="utf-8"))
    return tuple(
        Part(part["form"], part["title"], part["source"], tuple(_item(dict(given)) for given in part["items"]))
        for part in data["parts"]
    )


def _item(given: dict[str, object]) -> Item:
    lists = {name: tuple(given.pop(name, ())) for name in ("rows", "table")}  # type: ignore[arg-type, var-annotated]
    return Item(**given, **lists)  # type: ignore[arg-type]

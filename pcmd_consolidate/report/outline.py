"""The outline of the narrative report, as data from ``outline.toml``."""

from __future__ import annotations

import tomllib
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


@cache
def outline() -> tuple[Part, ...]:
    """The parts, in their order."""
    data = tomllib.loads(resources.files(__package__).joinpath("outline.toml").read_text(encoding="utf-8"))
    return tuple(
        Part(part["form"], part["title"], part["source"], tuple(_item(dict(given)) for given in part["items"]))
        for part in data["parts"]
    )


def _item(given: dict[str, object]) -> Item:
    lists = {name: tuple(given.pop(name, ())) for name in ("rows", "table")}  # type: ignore[arg-type, var-annotated]
    return Item(**given, **lists)  # type: ignore[arg-type]

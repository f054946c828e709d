"""A seeded generator of returns with known truth and composable kinds of mess.

A return is described as plain data first (:class:`Description`), with what the unit meant beside it. Each *kind of
mess* (:data:`KINDS`) is a pure function that spoils a description and keeps its truth. :func:`write` makes the
workbook. Nothing here knows the package that reads it.
"""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from . import (  # noqa: F401 - each enters its kinds into the register
    kinds_columns,
    kinds_doubtful,
    kinds_figures,
    kinds_files,
    kinds_heads,
    kinds_hidden,
    kinds_labels,
    kinds_money,
    kinds_rows,
    kinds_sheets,
    kinds_spelling,
    kinds_units,
)
from .annex import YEARS, Sender, senders
from .base import tidy
from .description import Description, Key
from .registry import KINDS, STAGES, Kind
from .write import write, write_all

__all__ = [
    "KINDS",
    "YEARS",
    "Description",
    "Key",
    "Kind",
    "Sender",
    "compatible",
    "messy",
    "senders",
    "write",
    "write_all",
]


def compatible(names: Iterable[str], sender: Sender) -> tuple[str, ...]:
    """Those of the kinds that can befall a unit together, the first ones first."""
    chosen: list[str] = []
    for name in names:
        kind = KINDS[name]
        clash = any(name in KINDS[other].excludes or other in kind.excludes for other in chosen)
        if name not in chosen and not clash and kind.fits(sender):
            chosen.append(name)
    return tuple(chosen)


def messy(sender: Sender, names: Iterable[str], rng: Random) -> Description:
    """A return of a unit with kinds of mess in it."""
    description = tidy(sender, rng)
    chosen = compatible(names, sender)
    for name in sorted(chosen, key=lambda name: STAGES.index(KINDS[name].stage)):
        description = KINDS[name].mess(description, rng)
    return description.with_(kinds=chosen)

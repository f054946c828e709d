"""The register of kinds of mess."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from .annex import Sender
from .description import Description

Mess = Callable[[Description, Random], Description]
Fits = Callable[[Sender], bool]

STAGES = ("unit", "rows", "labels", "figures", "columns", "pages", "hidden", "place", "file")
"""The order in which kinds are laid over one another."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of mess: its name, the stage in which it is laid, what it does, and the units that it can befall."""

    name: str
    stage: str
    mess: Mess
    fits: Fits
    excludes: frozenset[str]

    @property
    def says(self) -> str:
        """What it is, in one line."""
        return (self.mess.__doc__ or "").strip()


KINDS: dict[str, Kind] = {}


def _any_unit(_: Sender) -> bool:
    return True


def kind(stage: str, *, fits: Fits = _any_unit, excludes: tuple[str, ...] = ()) -> Callable[[Mess], Mess]:
    """Enter a function into the register under its own name."""
    assert stage in STAGES

    def enter(mess: Mess) -> Mess:
        name = mess.__name__
        assert name not in KINDS
        KINDS[name] = Kind(name, stage, mess, fits, frozenset(excludes))
        return mess

    return enter


def communes_only(sender: Sender) -> bool:
    """For kinds that need the longer form IIA."""
    return sender.form == "IIA"

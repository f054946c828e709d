"""Hypothesis strategies: kinds of mess, units, figures, whole returns."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from hypothesis import strategies as st

from . import KINDS, Description, Kind, Sender, messy, senders

kinds: st.SearchStrategy[Kind] = st.sampled_from(sorted(KINDS.values(), key=lambda kind: kind.name))
units: st.SearchStrategy[Sender] = st.sampled_from(senders())
counts: st.SearchStrategy[float] = st.integers(0, 10**7).map(float)
money: st.SearchStrategy[float] = st.integers(0, 10**7).map(lambda thousandths: round(thousandths / 1000, 3))
answers: st.SearchStrategy[float] = st.sampled_from((0.0, 1.0))
figures: st.SearchStrategy[float | None] = st.none() | counts | money | answers


@dataclass(frozen=True)
class Recipe:
    """All that a generated return depends on."""

    unit: str
    kinds: tuple[str, ...]
    seed: int

    def cook(self) -> Description:
        """The return."""
        sender = next(sender for sender in senders() if sender.name == self.unit)
        return messy(sender, self.kinds, Random(self.seed))


@st.composite
def recipes(draw: st.DrawFn, most: int = 4) -> Recipe:
    """A unit, one to ``most`` kinds of mess, and a seed."""
    names = draw(st.lists(kinds.map(lambda kind: kind.name), min_size=1, max_size=most, unique=True))
    return Recipe(draw(units).name, tuple(names), draw(st.integers(0, 2**32 - 1)))


def returns(most: int = 4) -> st.SearchStrategy[Description]:
    """A return with one to ``most`` kinds of mess."""
    return recipes(most).map(Recipe.cook)

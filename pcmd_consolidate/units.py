"""Who is asked: reporting units and their registry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pcmd_consolidate.forms import Form
from pcmd_consolidate.unit_names import NameIndex


@dataclass(frozen=True, slots=True)
class Unit:
    """A reporting unit and the form it fills.

    Attributes:
        unit_id: Short id, unique within a form; never reused.
        name: Official name.
        kind: ``commune`` or ``department``.
        form: Id of the form it fills.
        sections: Blocks of the form that it owns, for example ``("II.3",)``; empty for a unit that fills all of it.
        aliases: Other names under which it writes.
        deadline: Its own deadline, where it differs from that of its kind.
        predecessors: The communes that it was formed from; empty where nothing is known of them.
    """

    unit_id: str
    name: str
    kind: str
    form: str
    sections: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    deadline: dt.date | None = None
    predecessors: tuple[str, ...] = ()


class Registry:
    """The units of a campaign, found by id or by name."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units = tuple(units)
        self._by_id = {(unit.unit_id, unit.form): unit for unit in self.units}
        self._of_forms: dict[str, Registry] = {}

    def __iter__(self) -> Iterator[Unit]:
        return iter(self.units)

    def __len__(self) -> int:
        return len(self.units)

    def get(self, unit_id: str, form: str) -> Unit | None:
        """The unit with that id that fills that form."""
        return self._by_id.get((unit_id, form))

    def of_form(self, form: str) -> tuple[Unit, ...]:
        """The units that fill a form, in the order of the registry."""
        return self.only(form).units

    def only(self, form: str) -> Registry:
        """The registry of the units that fill a form."""
        if form not in self._of_forms:
            self._of_forms[form] = Registry(unit for unit in self.units if unit.form == form)
        return self._of_forms[form]

    def unowned(self, form: Form) -> tuple[str, ...]:
        """Blocks of a form that no unit is asked to fill, in the official order."""
        units = self.of_form(form.id)
        owned = {section for unit in units for section in unit.sections or form.sections}
        return tuple(section for section in form.sections if section not in owned)

    @cached_property
    def by_folded_id(self) -> Mapping[str, Unit]:
        """The units by their ids in small letters."""
        return {unit.unit_id.casefold(): unit for unit in self.units}

    def named_in(self, *texts: str, accents: bool = True) -> tuple[Unit, ...]:
        """Units whose name stands in one of these texts.

        A name written with its type (*xã Lộc Thành*) outweighs bare names, and a longer name hides the shorter ones
        inside it. A name under another type (*phường Lộc Thành* where only a *xã* exists), of a unit of old (*xã Lộc
        Thành cũ*) or of a unit with a longer name (*phường Long Bình Tân*) does not count.

        Args:
            texts: Any texts: the lines of a title, a file name.
            accents: Whether letters must agree with their accents. Where they need not, *Lộc Thạnh* and *Lộc Thành*
                are both found in *loc thanh*, and none in *lộc thảnh*: accents that are written must agree.
        """
        return self._names.named_in(*texts, accents=accents)

    @cached_property
    def _names(self) -> NameIndex[Unit]:
        return NameIndex((spelling, unit) for unit in self.units for spelling in (unit.name, *unit.aliases))

    def __reduce__(self) -> tuple[type[Registry], tuple[tuple[Unit, ...]]]:
        return Registry, (self.units,)

"""Who is asked: reporting units, their registry, and finding their names in text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from pcmd_consolidate.vietnamese import plain_words, words

_TYPE_WORDS = {
    ("xã",): "xã", ("x",): "xã",
    ("phường",): "phường", ("p",): "phường", ("ph",): "phường",
    ("đặc", "khu"): "đặc khu",
    ("thị", "trấn"): "thị trấn", ("tt",): "thị trấn",
    ("thành", "phố"): "thành phố", ("tp",): "thành phố",
    ("huyện",): "huyện",
    ("tỉnh",): "tỉnh",
}  # fmt: skip
_TYPE_KEYS = {tuple(w for part in key for w in words(part)): name for key, name in _TYPE_WORDS.items()}
_PLAIN_TYPE_KEYS = {tuple(w for part in key for w in plain_words(part)): n for key, n in _TYPE_WORDS.items()}


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
    """

    unit_id: str
    name: str
    kind: str
    form: str
    sections: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    deadline: dt.date | None = None


@dataclass(frozen=True, slots=True)
class _Name:
    """A spelling of a unit's name as words, and the type word that must stand before it, if any does."""

    words: tuple[str, ...]
    type_word: str
    unit: Unit


class Registry:
    """The units of a campaign, found by id or by name."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units = tuple(units)
        self._by_id = {(unit.unit_id, unit.form): unit for unit in self.units}

    def __iter__(self) -> Iterator[Unit]:
        return iter(self.units)

    def __len__(self) -> int:
        return len(self.units)

    def get(self, unit_id: str, form: str) -> Unit | None:
        """The unit with that id that fills that form."""
        return self._by_id.get((unit_id, form))

    def of_form(self, form: str) -> tuple[Unit, ...]:
        """The units that fill a form, in the order of the registry."""
        return tuple(unit for unit in self.units if unit.form == form)

    def named_in(self, text: str, *, accents: bool = True) -> tuple[Unit, ...]:
        """Units whose name stands in a text.

        A name written with its type (*xã Lộc Thành*) outweighs bare names, and a longer name hides the shorter ones
        inside it. A name under another type (*phường Lộc Thành* where only a *xã* exists), or of a unit of old (*xã Lộc
        Thành cũ*), does not count.

        Args:
            text: Any text: a title, a file name.
            accents: Whether letters must agree with their accents. Without them, *Lộc Thạnh* and *Lộc Thành* are
                both found in *loc thanh*.
        """
        tokens = words(text) if accents else plain_words(text)
        names = self._names if accents else self._plain_names
        type_keys = _TYPE_KEYS if accents else _PLAIN_TYPE_KEYS
        hits = [
            (start, start + len(name.words), name, _type_before(tokens, start, type_keys))
            for name in names
            for start in _occurrences(tokens, name.words)
        ]
        former = words("cũ") if accents else plain_words("cũ")
        hits = [hit for hit in hits if tokens[hit[1] : hit[1] + 1] != former]
        hits = [hit for hit in hits if not hit[3] or not hit[2].type_word or hit[3] == hit[2].type_word]
        typed = [hit for hit in hits if hit[3] or not hit[2].type_word]
        best = _longest(typed or hits)
        return tuple(dict.fromkeys(hit[2].unit for hit in best))

    @cached_property
    def _names(self) -> tuple[_Name, ...]:
        return tuple(
            _split_type(words(spelling), unit, _TYPE_KEYS)
            for unit in self.units
            for spelling in (unit.name, *unit.aliases)
        )

    @cached_property
    def _plain_names(self) -> tuple[_Name, ...]:
        return tuple(
            _split_type(plain_words(spelling), unit, _PLAIN_TYPE_KEYS)
            for unit in self.units
            for spelling in (unit.name, *unit.aliases)
        )


_Hit = tuple[int, int, _Name, str]


def _split_type(tokens: tuple[str, ...], unit: Unit, keys: dict[tuple[str, ...], str]) -> _Name:
    for type_key, type_word in keys.items():
        if tokens[: len(type_key)] == type_key and len(tokens) > len(type_key):
            return _Name(tokens[len(type_key) :], type_word, unit)
    return _Name(tokens, "", unit)


def _type_before(tokens: tuple[str, ...], start: int, keys: dict[tuple[str, ...], str]) -> str:
    for type_key, type_word in keys.items():
        if start >= len(type_key) and tokens[start - len(type_key) : start] == type_key:
            return type_word
    return ""


def _occurrences(tokens: tuple[str, ...], name: tuple[str, ...]) -> Iterator[int]:
    for start in range(len(tokens) - len(name) + 1):
        if tokens[start : start + len(name)] == name:
            yield start


def _longest(hits: list[_Hit]) -> list[_Hit]:
    """Hits that are not inside a longer one."""
    return [
        hit
        for hit in hits
        if not any(
            other[0] <= hit[0] and hit[1] <= other[1] and other[1] - other[0] > hit[1] - hit[0] for other in hits
        )
    ]

"""Who is asked: reporting units, their registry, and finding their names in text."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from pcmd_consolidate.vietnamese import plain, plain_words, raw_words, words

_TYPE_WORDS = {
    ("thị", "xã"): "thị xã", ("tx",): "thị xã",
    ("xã",): "xã", ("x",): "xã",
    ("phường",): "phường", ("p",): "phường", ("ph",): "phường",
    ("đặc", "khu"): "đặc khu",
    ("thị", "trấn"): "thị trấn", ("tt",): "thị trấn",
    ("thành", "phố"): "thành phố", ("tp",): "thành phố",
    ("huyện",): "huyện",
    ("tỉnh",): "tỉnh",
}  # fmt: skip
_NEVER_IN_NAMES = {
    "tinh", "huyen", "thi", "xa", "phuong", "thanh", "tp", "ubnd", "uy", "nam", "ngay", "thang", "bieu", "bao", "phu",
    "so", "tong", "ket", "cong", "giai", "gui", "nop", "lan", "phong", "van", "ban", "hoi", "trung", "tram", "don",
    "lieu", "hop", "mau", "nhan", "dan", "hdnd", "mttq", "vi", "luc", "cao", "thong", "ke", "gd", "giua", "cuoi",
    "pl", "ia", "iia", "doc", "kinh", "theo", "kem", "va", "ve", "file", "copy", "final", "moi", "sua", "chinh",
}  # fmt: skip
"""Words, without accents, that may stand in capitals beside a unit's name without being part of a longer name."""
_IN_NAMES_TOO = {"thanh", "phu", "phong", "van", "trung", "hoi"}
"""Those of them that also begin longer names: *Thanh Sơn*, *Phú Hòa*."""
_COMMUNES = {"xã", "phường", "thị trấn", "đặc khu"}
_SPELLINGS = {words(word)[0]: words("đắk")[0] for word in ("đak", "đăk", "đắc", "đác", "đăc", "đák")}
"""Spellings of one syllable of names from the Central Highlands."""
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


@dataclass(frozen=True, slots=True)
class _Name:
    """A spelling of a unit's name as words, and the type word that must stand before it, if any does.

    Attributes:
        words: As they are compared.
        accented: The same with their accents.
        type_word: *xã*, *phường*; empty where the name has none.
        unit: The unit.
    """

    words: tuple[str, ...]
    accented: tuple[str, ...]
    type_word: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class _Hit:
    """A name found in a text, from one word to another; whether its type stands before it."""

    start: int
    end: int
    name: _Name
    typed: bool

    @property
    def length(self) -> int:
        return self.end - self.start


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
        hits = [hit for text in texts for hit in self._hits(text, accents)]
        typed = [hit for hit in hits if hit.typed or not hit.name.type_word]
        return tuple(dict.fromkeys(hit.name.unit for hit in typed or hits))

    def _hits(self, text: str, accents: bool) -> list[_Hit]:
        written, raw = _name_words(text), raw_words(text)
        tokens = written if accents else plain_words(text)
        type_keys = _TYPE_KEYS if accents else _PLAIN_TYPE_KEYS
        hits = []
        for name in self._names if accents else self._plain_names:
            for start in _occurrences(tokens, name.words):
                end = start + len(name.words)
                type_word = _type_before(tokens, start, type_keys)
                other_type = bool(type_word and name.type_word and type_word != name.type_word)
                longer = bool(name.type_word) and (_goes_on(raw, end) or (not type_word and _goes_back(raw, start)))
                if not other_type and not longer and _accents_agree(written[start:end], name.accented):
                    hits.append(_Hit(start, end, name, bool(type_word)))
        longest = _longest(hits)
        return [hit for hit in longest if hit.typed] if _names_another(tokens, raw, longest, type_keys) else longest

    @cached_property
    def _names(self) -> tuple[_Name, ...]:
        return tuple(
            _split_type(_name_words(spelling), unit, _TYPE_KEYS)
            for unit in self.units
            for spelling in (unit.name, *unit.aliases)
        )

    @cached_property
    def _plain_names(self) -> tuple[_Name, ...]:
        return tuple(dataclasses.replace(name, words=tuple(plain(word) for word in name.words)) for name in self._names)


def _goes_on(tokens: tuple[tuple[str, str], ...], end: int) -> bool:
    """Whether a name goes on after a word, or is called one of old: *Long Bình Tân*, *Bàu Hàm 2*, *Lộc Thành cũ*."""
    if end >= len(tokens):
        return False
    word, gap = tokens[end]
    if plain(word) == "cu" and gap.strip(" (") == "":
        return True
    code = len(word) > 1 and word.isupper() and not tokens[end - 1][0].isupper()
    if gap != " " or plain(word) in _NEVER_IN_NAMES or code:
        return False
    return word.isdigit() or word[:1].isupper()


def _goes_back(tokens: tuple[tuple[str, str], ...], start: int) -> bool:
    """Whether a name without its type is the end of a longer one: *Nguyễn Bình An*, *Ấp Bình An*, *Long Bình Tân*."""
    if start == 0:
        return False
    word, gap = tokens[start - 1][0], tokens[start][1]
    code = word.isupper() and not tokens[start][0].isupper()
    return gap == " " and word[:1].isupper() and not code and plain(word) not in _NEVER_IN_NAMES - _IN_NAMES_TOO


def _accents_agree(written: tuple[str, ...], accented: tuple[str, ...]) -> bool:
    """Whether every word has the accents of the name, or none at all."""
    return all(word in (wanted, plain(wanted)) for word, wanted in zip(written, accented, strict=True))


def _names_another(
    tokens: tuple[str, ...], raw: tuple[tuple[str, str], ...], hits: list[_Hit], keys: dict[tuple[str, ...], str]
) -> bool:
    """Whether a text names a commune that is none of these: *xã Long Đức, Long Thành* is not xã Long Thành."""
    known = {hit.start for hit in hits}
    for key, kind in keys.items():
        for start in _occurrences(tokens, key) if kind in _COMMUNES and len("".join(key)) > 1 else ():
            end = start + len(key)
            if end < len(raw) and end not in known and raw[end][1] == " " and _begins_a_name(raw[end][0]):
                return True
    return False


def _begins_a_name(word: str) -> bool:
    return word[:1].isupper() and plain(word) not in _NEVER_IN_NAMES


def _name_words(text: str) -> tuple[str, ...]:
    """Words of a text as names are compared."""
    return tuple(_SPELLINGS.get(word, word) for word in words(text))


def _split_type(tokens: tuple[str, ...], unit: Unit, keys: dict[tuple[str, ...], str]) -> _Name:
    for type_key, type_word in keys.items():
        if tokens[: len(type_key)] == type_key and len(tokens) > len(type_key):
            return _Name(tokens[len(type_key) :], tokens[len(type_key) :], type_word, unit)
    return _Name(tokens, tokens, "", unit)


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
        if not any(o.start <= hit.start and hit.end <= o.end and o.length > hit.length for o in hits)
    ]

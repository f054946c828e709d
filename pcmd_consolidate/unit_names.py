"""Names of units found in texts, whatever stands around them and however they are spelt."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Generic, TypeVar

from pcmd_consolidate.vietnamese import plain, plain_words, raw_words, words

T = TypeVar("T")

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
class _Name(Generic[T]):
    """A spelling of a name as words, and the type word that must stand before it, if any does.

    Attributes:
        words: As they are compared.
        accented: The same with their accents.
        type_word: *xã*, *phường*; empty where the name has none.
        owner: Whose it is.
    """

    words: tuple[str, ...]
    accented: tuple[str, ...]
    type_word: str
    owner: T


_Index = Mapping[str, Sequence[tuple[int, _Name[T]]]]
"""First word of a name → the names that begin with it, with their places."""


@dataclass(frozen=True, slots=True)
class _Hit(Generic[T]):
    """A name found in a text, from one word to another; whether its type stands before it."""

    start: int
    end: int
    name: _Name[T]
    typed: bool

    @property
    def length(self) -> int:
        return self.end - self.start


class NameIndex(Generic[T]):
    """Spellings of names, found in texts.

    Args:
        spellings: A spelling, and whose it is.
    """

    def __init__(self, spellings: Iterable[tuple[str, T]]) -> None:
        self._hits = lru_cache(maxsize=4096)(self._find_hits)
        self._names = tuple(_split_type(_name_words(spelling), owner, _TYPE_KEYS) for spelling, owner in spellings)

    def named_in(self, *texts: str, accents: bool = True) -> tuple[T, ...]:
        """Whose name stands in one of these texts, as :meth:`~pcmd_consolidate.units.Registry.named_in` says."""
        hits = [hit for text in texts for hit in self._hits(text, accents)]
        typed = [hit for hit in hits if hit.typed or not hit.name.type_word]
        return tuple(dict.fromkeys(hit.name.owner for hit in typed or hits))

    def _find_hits(self, text: str, accents: bool) -> list[_Hit[T]]:
        written, raw = _name_words(text), raw_words(text)
        tokens = written if accents else plain_words(text)
        type_keys = _TYPE_KEYS if accents else _PLAIN_TYPE_KEYS
        hits = []
        for name, start in _names_in(tokens, self._by_first_word if accents else self._by_first_plain_word):
            end = start + len(name.words)
            type_word = _type_before(tokens, start, type_keys)
            other_type = bool(type_word and name.type_word and type_word != name.type_word)
            longer = bool(name.type_word) and (_goes_on(raw, end) or (not type_word and _goes_back(raw, start)))
            if not other_type and not longer and _accents_agree(written[start:end], name.accented):
                hits.append(_Hit(start, end, name, bool(type_word)))
        longest = _longest(hits)
        return [hit for hit in longest if hit.typed] if _names_another(tokens, raw, longest, type_keys) else longest

    @cached_property
    def _by_first_word(self) -> _Index[T]:
        return _indexed(self._names)

    @cached_property
    def _by_first_plain_word(self) -> _Index[T]:
        return _indexed(
            dataclasses.replace(name, words=tuple(plain(word) for word in name.words)) for name in self._names
        )


def _indexed(names: Iterable[_Name[T]]) -> _Index[T]:
    index: dict[str, list[tuple[int, _Name[T]]]] = {}
    for place, name in enumerate(names):
        index.setdefault(name.words[0] if name.words else "", []).append((place, name))
    return index


def _names_in(tokens: tuple[str, ...], index: _Index[T]) -> list[tuple[_Name[T], int]]:
    """Names that stand in a text and the words where they begin, in the order of the names."""
    found = [
        (place, start, name)
        for start, token in enumerate(tokens)
        for place, name in index.get(token, ())
        if tokens[start : start + len(name.words)] == name.words
    ]
    return [(name, start) for _, start, name in sorted(found, key=lambda hit: hit[:2])]


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
    tokens: tuple[str, ...], raw: tuple[tuple[str, str], ...], hits: list[_Hit[T]], keys: dict[tuple[str, ...], str]
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


def _split_type(tokens: tuple[str, ...], owner: T, keys: dict[tuple[str, ...], str]) -> _Name[T]:
    for type_key, type_word in keys.items():
        if tokens[: len(type_key)] == type_key and len(tokens) > len(type_key):
            return _Name(tokens[len(type_key) :], tokens[len(type_key) :], type_word, owner)
    return _Name(tokens, tokens, "", owner)


def _type_before(tokens: tuple[str, ...], start: int, keys: dict[tuple[str, ...], str]) -> str:
    for type_key, type_word in keys.items():
        if start >= len(type_key) and tokens[start - len(type_key) : start] == type_key:
            return type_word
    return ""


def _occurrences(tokens: tuple[str, ...], name: tuple[str, ...]) -> Iterator[int]:
    for start in range(len(tokens) - len(name) + 1):
        if tokens[start : start + len(name)] == name:
            yield start


def _longest(hits: list[_Hit[T]]) -> list[_Hit[T]]:
    """Hits that are not inside a longer one."""
    return [
        hit
        for hit in hits
        if not any(o.start <= hit.start and hit.end <= o.end and o.length > hit.length for o in hits)
    ]

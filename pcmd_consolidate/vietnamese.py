"""Vietnamese text, made comparable.

The same words reach us composed or decomposed (NFC, NFD), in old or new tone placement (hoà, hòa), in capitals, with
Icelandic Ð for Đ, with non-breaking spaces. Two levels of comparison:

* :func:`words` keeps every letter and tone: *Lộc Thành* and *Lộc Thạnh* differ;
* :func:`plain_words` drops accents, and is only ever a last resort.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_WORD = re.compile(r"[^\W_]+")
_UNSEEN = dict.fromkeys(
    code
    for first, last in (
        (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x180B, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E),
        (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB),
    )
    for code in range(first, last + 1)
)  # fmt: skip
"""Characters without width: soft hyphens, joiners, marks of direction, variation selectors."""
_LOOKALIKES = str.maketrans(
    "ÐðĐАВСЕНІЈКМОРЅТХУасеһіјорѕхуԁԛԝ",
    "đđđABCEHIJKMOPSTXYacehijopsxydqw",
)
"""Icelandic Ð for Đ, and Cyrillic letters that look like Latin ones: Vietnamese has neither."""
_LONG = 300
"""Letters from which a text is not remembered."""


def squeeze(text: str) -> str:
    """The text in NFC on one line, with single spaces and none at the ends."""
    return _squeezed(text) if len(text) < _LONG else _squeezed.__wrapped__(text)


@lru_cache(maxsize=16384)
def _squeezed(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text.translate(_UNSEEN)).split())


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """Words in lower case, the tone mark moved to the end of its word; punctuation dropped."""
    lowered = unicodedata.normalize("NFC", text.translate(_UNSEEN)).translate(_LOOKALIKES).casefold()
    return tuple(_tone_last(word) for word in _WORD.findall(lowered))


@lru_cache(maxsize=65536)
def plain_words(text: str) -> tuple[str, ...]:
    """Words in lower case without any accent."""
    return tuple(plain(word) for word in words(text))


def raw_words(text: str) -> tuple[tuple[str, str], ...]:
    """The words of :func:`words` as they are written, each with what stands between it and the word before it."""
    composed = unicodedata.normalize("NFC", text.translate(_UNSEEN))
    end, found = 0, []
    for match in _WORD.finditer(composed):
        found.append((match[0], composed[end : match.start()]))
        end = match.end()
    return tuple(found)


def key(text: str) -> str:
    """:func:`words`, joined by spaces."""
    return " ".join(words(text))


@lru_cache(maxsize=16384)
def plain(word: str) -> str:
    """The word without accents, đ as d, in lower case."""
    decomposed = unicodedata.normalize("NFD", word.translate(_LOOKALIKES).casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("đ", "d")


@lru_cache(maxsize=65536)
def has_accents(text: str) -> bool:
    """Whether any letter carries an accent or is đ."""
    decomposed = unicodedata.normalize("NFD", text.translate(_LOOKALIKES).casefold())
    return "đ" in decomposed or any(map(unicodedata.combining, decomposed))


@lru_cache(maxsize=16384)
def _tone_last(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    tone = "".join(c for c in letters if c in _TONES)
    rest = "".join(c for c in letters if c not in _TONES)
    return unicodedata.normalize("NFC", rest) + tone


def shown(value: float) -> str:
    """A number as it is written without any separator of thousands, decimals after a comma."""
    if math.isfinite(value) and value == int(value):
        return str(int(value))
    return repr(float(value)).replace(".", ",")

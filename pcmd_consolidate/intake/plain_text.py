"""Bytes that are text: in which encoding, and what they say."""

from __future__ import annotations

import codecs
import re
import unicodedata

from pcmd_consolidate.intake.legacy_text import converted
from pcmd_consolidate.intake.syllables import is_syllable

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROLS = {chr(c) for c in range(32)} - set("\t\n\r\f\x1a")
_WORD = re.compile(r"[^\W\d_]+")
_WIDE = 0.3
"""Share of zero bytes in odd (or even) places from which text is UTF-16 without a mark that says so."""


def decode(content: bytes) -> str | None:
    """The text that bytes say, in NFC; None where they are no text.

    UTF-8 and UTF-16, with or without a byte order mark, else windows-1258. Text in TCVN3 or VNI is given as it looks in
    a Western font, for :mod:`~pcmd_consolidate.intake.legacy_text` to convert.
    """
    text = _decoded(content)
    if text is None or not _CONTROLS.isdisjoint(text):
        return None
    return unicodedata.normalize("NFC", text.rstrip("\x1a"))


def _decoded(content: bytes) -> str | None:
    encoding = next((name for bom, name in _BOMS if content.startswith(bom)), None) or _utf16(content[:4000]) or "utf-8"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8" or b"\0" in content:
            return None
    western, vietnamese = content.decode("cp1252", "replace"), content.decode("cp1258", "replace")
    return western if _sense(converted(western) or "") > _sense(vietnamese) else vietnamese


def _sense(text: str) -> int:
    """How many of the words with accents are Vietnamese."""
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    return sum(is_syllable(word.lower()) for word in words if not word.isascii())


def _utf16(start: bytes) -> str | None:
    half = len(start) / 2
    if half and start[1::2].count(0) > _WIDE * half and start[0::2].count(0) == 0:
        return "utf-16-le"
    if half and start[0::2].count(0) > _WIDE * half and start[1::2].count(0) == 0:
        return "utf-16-be"
    return None

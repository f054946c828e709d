"""How clerks write words and numbers."""

from __future__ import annotations

import re
import unicodedata

OLD_TONES = dict(
    zip(
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        strict=True,
    )
)


def old_tones(text: str) -> str:
    """Put the tone where older typists put it: hoà, thuý, Uỷ ban."""
    for new, old in OLD_TONES.items():
        for young, aged in ((new, old), (new.capitalize(), old.capitalize())):
            text = re.sub(rf"{young}(?!\w)", aged, text)
        text = re.sub(rf"{new.upper()}(?!\w)", old.upper(), text)
    return text


def without_accents(text: str) -> str:
    """Write Vietnamese without its accents."""
    split = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def decomposed(text: str) -> str:
    """Write each accent as a character of its own, as some Macs do."""
    return unicodedata.normalize("NFD", text)


def dotted(value: float) -> str:
    """1250 as 1.250 and 350.5 as 350,5."""
    whole, _, part = f"{value:,}".partition(".")
    thousands = whole.replace(",", ".")
    return thousands if part in ("", "0") else f"{thousands},{part}"


def replaced(text: str, pairs: dict[str, str]) -> str:
    """Replace each key found in a text by its value, in order."""
    for old, new in pairs.items():
        text = text.replace(old, new)
    return text

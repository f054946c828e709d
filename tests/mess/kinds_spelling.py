"""Letters stored in other ways: what the eye hardly sees."""

from __future__ import annotations

import re
import unicodedata
from random import Random

from .annex import plain
from .description import Description, Row
from .kinds_labels import labels
from .registry import kind

_OLD = {
    "òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ", "òe": "oè", "óe": "oé", "ỏe": "oẻ", "ọe": "oẹ",
    "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ",
}  # fmt: skip


def _old_tones(text: str) -> str:
    for new, old in _OLD.items():
        text = text.replace(new, old).replace(new.capitalize(), old.capitalize()).replace(new.upper(), old.upper())
    return text


@kind("place")
def decomposed(d: Description, rng: Random) -> Description:
    """Every text decomposed (NFD), as a Mac leaves it."""
    nfd = labels(d, lambda text, _: unicodedata.normalize("NFD", text), 1, rng)
    titles = tuple(unicodedata.normalize("NFD", text) for text in d.titles)
    return nfd.with_(titles=titles, file=unicodedata.normalize("NFD", d.file))


@kind("labels")
def old_tones(d: Description, rng: Random) -> Description:
    """Old placement of tones: hoà, tuý, uỷ; i for y."""

    def old(text: str, _: Row) -> str:
        text = _old_tones(text)
        return text.replace("sỹ", "sĩ").replace("lý", "lí") if rng.random() < 0.5 else text

    return labels(d, old, 1, rng).with_(titles=tuple(map(_old_tones, d.titles)))


@kind("labels")
def labels_without_accents(d: Description, rng: Random) -> Description:
    """Labels typed without accents."""
    return labels(d, lambda text, _: plain(text), rng.choice((0.4, 1)), rng)


@kind("labels")
def loose_spaces(d: Description, rng: Random) -> Description:
    """Double, trailing and non-breaking spaces in labels and units."""

    def loosen(text: str, _: Row) -> str:
        return "".join(rng.choice((" ", "  ", "\xa0", " \xa0")) if c == " " else c for c in text) + rng.choice(
            (" ", "\xa0", "")
        )

    return labels(d, loosen, 0.8, rng)


@kind("labels")
def zero_width(d: Description, rng: Random) -> Description:
    """Zero-width characters and soft hyphens inside labels, from a web page."""

    def sow(text: str, _: Row) -> str:
        at = rng.randrange(1, len(text)) if len(text) > 1 else 0
        return text[:at] + rng.choice(("\u200b", "\ufeff", "\u200c", "\u00ad", "\u2060")) + text[at:]

    return labels(d, sow, 0.6, rng)


@kind("labels")
def full_width(d: Description, rng: Random) -> Description:
    """Punctuation in full width and typographic quotes and dashes."""
    table = str.maketrans({",": "，", ":": "：", "(": "（", ")": "）", "-": "–", "+": "＋", ".": "．"})
    return labels(d, lambda text, _: text.translate(table), 0.5, rng)


@kind("labels")
def loose_punctuation(d: Description, rng: Random) -> Description:
    """Commas and full stops left out, put in, or with a space before them."""

    def change(text: str, _: Row) -> str:
        text = re.sub(r"(?<=\w),", rng.choice((" ,", "", ",")), text)
        return text.rstrip(".") + rng.choice((".", ";", ":", "", " ."))

    return labels(d, change, 0.6, rng)


@kind("labels")
def form_feed_and_tabs(d: Description, rng: Random) -> Description:
    """Tabs and carriage returns copied out of Word into labels."""

    def tab(text: str, _: Row) -> str:
        return text.replace(" ", rng.choice(("\t", "\r\n", " ")), 1)

    return labels(d, tab, 0.6, rng)

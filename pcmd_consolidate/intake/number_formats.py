"""What a number format makes of a number: whether a person would read another number than the cell holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_PIECE = re.compile(
    r'(?P<end>;)|"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].|\[\$(?P<symbol>[^\]-]*)[^\]]*\]'
    r"|\[(?P<condition>[<>=][^\]]*)\]|(?P<elapsed>\[[hms]+\])|\[[^\]]*\]|(?P<digits>General|[0#?][0#?,.]*)|(?P<bare>.)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = "\ue000"
"""Stands for the digits of the number."""
_SIZES = re.compile(r"\b(?:nghìn|ngàn|tỷ|tỉ|trăm)\b")
_LENGTHENED = re.compile(rf"{_NUMBER}[\s.,]*[0-9]|[0-9][\s.,]*{_NUMBER}")
_MINUS = re.compile(rf"(?:^|\s)[-\u2212]\s*{_NUMBER}")
_SCALED = re.compile(r"[0#?],+(?:$|[^0#?,])")
_NOT_POSITIVE = ("=0", "<0", "<=0")
_LITERAL = re.compile(r'General|"[^"]*"|\\.|_.|\*.|\[[^\]hms]*\]', re.IGNORECASE)
DATES = {str(number) for number in (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))}
"""Built-in formats of dates and times."""
PERCENTS = {"9": "0%", "10": "0.00%"}
"""Built-in formats of percentages."""
_DATE = re.compile(r"[dmyhs]", re.IGNORECASE)
_SPECIAL = re.compile(r"[%dmyhsegb\[]", re.IGNORECASE)
_SHOWS = re.compile(r"[0#?@dmyhsg]", re.IGNORECASE)


@dataclass
class _Section:
    """A part of a format: its codes, what it shows, and for which numbers it is (``>=1000``)."""

    codes: str = ""
    shown: str = ""
    condition: str = ""


def misleading(number_format: str) -> bool:
    """Whether an Excel number format shows nothing of a positive number, or another number.

    It does where it scales it, where it adds digits or a minus, and where it adds a word such as *nghìn*.
    """
    sections = list(_sections(number_format))
    positive = [section for section in sections if section.condition not in _NOT_POSITIVE] or sections
    conditional = any(section.condition for section in sections)
    if not _SHOWS.search(positive[0].codes) or _MINUS.search(positive[0].shown):
        return True
    return any(map(_resizes, positive if conditional else positive[:1]))


def shows_date(number_format: str) -> bool:
    """Whether a number format shows a positive number as a date or a time."""
    first = next(_sections(number_format))
    return _DATE.search(first.codes.replace("General", "")) is not None


def shows_plainly(number_format: str) -> bool:
    """Whether a number format shows a number as the number it is: not as a percentage, a date, or another number."""
    return not _SPECIAL.search(_LITERAL.sub("", number_format)) and not misleading(number_format)


def _sections(number_format: str) -> Iterator[_Section]:
    section = _Section()
    for piece in _PIECE.finditer(number_format):
        match piece.lastgroup:
            case "end":
                yield section
                section = _Section()
            case "condition":
                section.condition = piece["condition"]
            case "digits":
                section.codes += piece[0]
                section.shown += _NUMBER
            case "bare" | "elapsed":
                section.codes += piece[0]
                section.shown += piece[0]
            case group:
                section.shown += piece[group] if group else ""
    yield section


def _resizes(section: _Section) -> bool:
    shown = unicodedata.normalize("NFC", section.shown).casefold()
    return bool(_SCALED.search(section.codes) or _LENGTHENED.search(shown) or _SIZES.search(shown))


_NUMBER_NS = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
_STYLE_NS = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CODES = {"fraction": "# ?/?", "scientific-number": "0E+0", "text-content": "@", "fill-character": ""}


def misleading_styles(roots: Iterable[Any]) -> frozenset[str]:
    """Names of the cell styles of an OpenDocument whose number format is misleading.

    Args:
        roots: Its parts that hold styles, as XML trees.
    """
    elements = [element for root in roots for element in root.iter()]
    named = [e for e in elements if f"{_STYLE_NS}name" in e.attrib]
    formats = {e.attrib[f"{_STYLE_NS}name"]: e for e in named if e.tag.startswith(_NUMBER_NS)}
    cells = {
        e.attrib[f"{_STYLE_NS}name"]: e.get(f"{_STYLE_NS}data-style-name")
        for e in named
        if e.tag == f"{_STYLE_NS}style" and e.get(f"{_STYLE_NS}family") == "table-cell"
    }
    odd = {name for name in set(cells.values()) if name in formats and misleading(_excel(formats[name], formats))}
    return frozenset(cell for cell, name in cells.items() if name in odd)


def _excel(style: Any, formats: Mapping[str, Any]) -> str:
    """The part of a number style that is for positive numbers, as an Excel number format."""
    for case in style.iter(f"{_STYLE_NS}map"):
        condition = re.sub(r"\s", "", case.get(f"{_STYLE_NS}condition", ""))
        other = formats.get(case.get(f"{_STYLE_NS}apply-style-name", ""))
        if other is not None and other is not style and re.match(r"value\(\)>", condition):
            return "".join(map(_code, other))
    return "".join(map(_code, style))


def _code(element: Any) -> str:
    """A piece of a number style as that of an Excel number format."""
    kind = element.tag.removeprefix(_NUMBER_NS)
    if kind == "number":
        scaled = element.get(f"{_NUMBER_NS}display-factor", "1") != "1"
        inside = "".join(e.text or "" for e in element.iter(f"{_NUMBER_NS}embedded-text"))
        return "0" + ("," if scaled else "") + (f'"{inside}"' if inside else "")
    if kind in ("text", "currency-symbol"):
        return '"' + (element.text or "").replace('"', "") + '"'
    return _CODES.get(kind, "d" if element.tag.startswith(_NUMBER_NS) else "")

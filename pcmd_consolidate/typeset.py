"""How many lines a text takes, so that rows can be made high enough for it.

A workbook carries no font; the widths here are those of Times New Roman. An accent adds no width to a letter,
the horns of ơ and ư do.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from functools import cache

FONT = "Times New Roman"
LINE_HEIGHT = 1.3
"""Height of a line, in sizes of the font."""
_ABOVE_AND_BELOW = 4

_PIXELS_PER_POINT = 96 / 72
_SIDES = 7
"""Pixels at both sides of a cell into which nothing is set."""
_INDENT = 10
_SAFETY = 1.03
_HORN = "\u031b"
_REGULAR = {
    278: "/:;\\ijlt", 250: " ,.'|", 333: "!()-I[]`fr", 389: "Js", 444: "?acez", 556: "FPS", 611: "ELTZ",
    667: "BCR", 722: "ADGHKNOQUVXYwĐ", 778: "&m", 889: "M", 944: "%@W", 1000: "…—",
}  # fmt: skip
_BOLD = {
    278: "'/\\il", 250: " ,.|", 333: "!()-:;[]`fjt", 389: "Is", 444: "cerz", 556: "Sbdhknpquđ", 611: "FP",
    667: "BELTZ", 722: "ACDNRUVXYwĐ", 778: "GHKOQ", 833: "&m", 944: "@M", 1000: "%W…—",
}  # fmt: skip
_OTHER = 500
_HORN_WIDTH = 55


class _Widths(dict[str, int]):
    """Letter → width in thousandths of the size; of a letter with accents, the width without them."""

    def __init__(self, groups: dict[int, str]) -> None:
        super().__init__({letter: width for width, letters in groups.items() for letter in letters})
        self[_HORN] = _HORN_WIDTH

    def __missing__(self, letter: str) -> int:
        parts = unicodedata.normalize("NFD", letter)
        kept = [part for part in parts if part == _HORN or not unicodedata.combining(part)]
        self[letter] = sum(self.get(part, _OTHER) for part in kept)
        return self[letter]


_WIDTHS = {False: _Widths(_REGULAR), True: _Widths(_BOLD)}
_MOST_WORDS = 65_536


class _WordWidths(dict[str, float]):
    """Word → width in pixels, in a font of one size; words come again and again."""

    def __init__(self, size: float, *, bold: bool) -> None:
        super().__init__()
        self._letters = _WIDTHS[bold]
        self._pixels = size / 1000 * _PIXELS_PER_POINT * _SAFETY

    def __missing__(self, word: str) -> float:
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[word] = sum(map(self._letters.__getitem__, word)) * self._pixels
        return self[word]


@cache
def _word_widths(size: float, bold: bool) -> _WordWidths:
    return _WordWidths(size, bold=bold)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of a text on one line, in pixels.

    Args:
        text: The text.
        size: Size of the font, in points.
        bold: Whether it is set in bold.
    """
    return _word_widths(size, bold)[text]


def line_count(text: str, pixels: float, size: float, *, bold: bool = False, indent: int = 0) -> int:
    """How many lines a text takes in a cell that wraps it.

    Args:
        text: The text; it may hold line breaks of its own.
        pixels: Width of the cell.
        size: Size of the font, in points.
        bold: Whether it is set in bold.
        indent: Indent of the cell.
    """
    room = max(pixels - _SIDES - _INDENT * indent, 1)
    width = _word_widths(size, bold)
    return sum(_wrapped([width[word] for word in part.split()], width[" "], room) for part in text.split("\n"))


def _wrapped(words: Sequence[float], space: float, room: float) -> int:
    if sum(words) + space * (len(words) - 1) <= room:
        return 1
    lines, used = 1, 0.0
    for word in words:
        after = used + space + word if used else word
        if after <= room:
            used = after
        else:
            lines += (1 if used else 0) + math.ceil(word / room) - 1
            used = word % room if word > room else word
    return lines


def height_of(lines: int, size: float) -> float:
    """Height in points of a row with so many lines: a whole number of pixels, as spreadsheets keep it."""
    return math.ceil((lines * size * LINE_HEIGHT + _ABOVE_AND_BELOW) * _PIXELS_PER_POINT) / _PIXELS_PER_POINT

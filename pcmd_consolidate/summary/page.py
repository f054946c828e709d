"""The printed page: its set-up, and how a table falls into pages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pcmd_consolidate.summary.sheet import Sheet

_PIXELS, _POINTS = 96, 72
_USED = 0.97
"""Part of a page that is counted on; printers differ."""


class Margins(NamedTuple):
    """Margins of a page, in inches."""

    left: float
    right: float
    top: float
    bottom: float


USUAL = Margins(0.7, 0.5, 0.6, 0.7)
OFFICIAL = Margins(1.19, 0.6, 0.79, 0.79)
"""30, 15, 20 and 20 mm: the narrowest that the rules for official documents allow."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet of paper.

    Attributes:
        number: The number by which Excel knows it.
        width, height: Its sides as it is held, in inches.
        margins: What is left free around it.
    """

    number: int
    width: float
    height: float
    margins: Margins = USUAL

    @property
    def landscape(self) -> bool:
        """Whether it is held with the long side below."""
        return self.width > self.height

    @property
    def pixels(self) -> float:
        """Width that can be printed on."""
        return (self.width - self.margins.left - self.margins.right) * _PIXELS * _USED

    @property
    def points(self) -> float:
        """Height that can be printed on."""
        return (self.height - self.margins.top - self.margins.bottom) * _POINTS * _USED

    def room(self, width: float) -> float:
        """Height in points of a page of a table that is so many pixels wide and made smaller to fit."""
        return self.points / min(1.0, self.pixels / _USED / width)


A4_UPRIGHT = Paper(9, 8.27, 11.69)
A4_LANDSCAPE = Paper(9, 11.69, 8.27)
A4_UPRIGHT_OFFICIAL = Paper(9, 8.27, 11.69, OFFICIAL)
A4_LANDSCAPE_OFFICIAL = Paper(9, 11.69, 8.27, OFFICIAL)
A3_LANDSCAPE = Paper(8, 16.54, 11.69)


def set_page(sheet: Sheet, paper: Paper, repeat: tuple[int, int] | None = None) -> None:
    """Set paper, margins, page numbers and the lines that are repeated on every page."""
    raw = sheet.raw
    raw.set_paper(paper.number)
    if paper.landscape:
        raw.set_landscape()
    raw.set_margins(**paper.margins._asdict())
    raw.set_footer('&L&"Times New Roman"&9&A&R&"Times New Roman"&9Trang &P/&N')
    if repeat is not None:
        raw.repeat_rows(*repeat)


def page_starts(
    heights: Sequence[float],
    room: float,
    repeated: float,
    not_last: Collection[int],
) -> list[int]:
    """Lines with which the second and further pages begin.

    Args:
        heights: Heights of all lines, in points.
        room: Height of a page.
        repeated: Height of the lines that are repeated on every page.
        not_last: Lines that may not be the last of a page.
    """
    starts: list[int] = []
    begin, used = 0, 0.0
    for line, height in enumerate(heights):
        used += height
        if used <= room or line == begin:
            continue
        start = line
        while start - 1 > begin and start - 1 in not_last:
            start -= 1
        begin = start if start - 1 not in not_last else line
        starts.append(begin)
        used = repeated + sum(heights[begin : line + 1])
    return starts

"""Paper: how a table falls into pages."""

from __future__ import annotations

from collections.abc import Sequence

from pcmd_consolidate.forms import Row, RowKind
from pcmd_consolidate.handout.layout import Layout

PAPER_A4 = 9
_MILLIMETRES = 25.4
MARGINS = {side: mm / _MILLIMETRES for side, mm in {"left": 30, "right": 15, "top": 20, "bottom": 20}.items()}
"""Margins of official documents (Nghị định 30/2020/NĐ-CP), in inches."""
HEADER_MARGIN = 10 / _MILLIMETRES
"""Where page number and footer stand, in inches from the edge."""

_SHORT_SIDE, _LONG_SIDE = 8.27, 11.69
_PIXELS, _POINTS = 96, 72
_SMALLEST_SCALE = 0.7
"""Below this a page is held with the long side below: letters stay legible."""
_USED = 0.98
"""Part of a page that is counted on; printers differ."""
_FINER = 0.98


def scale(layout: Layout, *, landscape: bool = False) -> float:
    """By how much the sheet is reduced to fit the width of a page."""
    side = _LONG_SIDE if landscape else _SHORT_SIDE
    room = (side - MARGINS["left"] - MARGINS["right"]) * _PIXELS
    return min(1.0, room / sum(layout.pixels.values()))


def is_landscape(layout: Layout) -> bool:
    """Whether the table is too wide for an upright page."""
    return scale(layout) < _SMALLEST_SCALE


def page_breaks(layout: Layout) -> list[int]:
    """Rows of the sheet before which a new page begins.

    No heading is parted from what stands under it, no signature from the last rows, and the pages are about equally
    full.

    Args:
        layout: The layout.
    """
    landscape = is_landscape(layout)
    side = _SHORT_SIDE if landscape else _LONG_SIDE
    room = (side - MARGINS["top"] - MARGINS["bottom"]) * _POINTS * _USED / scale(layout, landscape=landscape)
    starts = _starts(layout, room)
    while len(starts) > 1 and len(finer := _starts(layout, room * _FINER)) == len(starts):
        starts, room = finer, room * _FINER
    return [layout.first + start for start in starts[1:]]


def _starts(layout: Layout, room: float) -> list[int]:
    """Indices of the rows of the form with which the pages begin."""
    heads = sum(layout.heights[:2])
    rows, starts, used = layout.form.rows, [0], sum(layout.heights_above) + heads
    heights = [layout.height(row) for row in rows]
    heights[-1] += sum(layout.heights_below)
    for place, height in enumerate(heights):
        used += height
        if used > room and place:
            starts.append(_start(rows, place, starts[-1]))
            used = heads + sum(heights[starts[-1] : place + 1])
    return starts


def _start(rows: Sequence[Row], place: int, previous: int) -> int:
    """Where a page must begin that is to hold ``place``: above the headings that lead to it.

    A subheading (*Trong đó:*) takes along the row that it divides, the last row of a block the one before it.
    """
    start = place
    ends_block = place + 1 == len(rows) or rows[place + 1].kind is RowKind.HEADING
    if rows[place].is_indicator and ends_block and place - 1 > previous:
        start -= 1
    while start - 1 > previous and _belong_together(rows[start - 1], rows[start]):
        start -= 1
    return start if start > previous else place


def _belong_together(above: Row, below: Row) -> bool:
    return not above.is_indicator or below.kind is RowKind.SUBHEADING or below.parent == above.number

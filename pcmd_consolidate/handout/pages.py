"""Paper: how a table falls into pages."""

from __future__ import annotations

from collections.abc import Sequence

from pcmd_consolidate.forms import Row, RowKind
from pcmd_consolidate.handout.layout import Layout

PAPER_A4 = 9
MARGINS = {"left": 0.6, "right": 0.4, "top": 0.6, "bottom": 0.7}
"""Margins, in inches."""

_SHORT_SIDE, _LONG_SIDE = 8.27, 11.69
_PIXELS, _POINTS = 96, 72
_SMALLEST_SCALE = 0.65
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


def page_breaks(layout: Layout, above: float) -> list[int]:
    """Rows of the sheet before which a new page begins.

    No heading is parted from what stands under it, and the pages are about equally full.

    Args:
        layout: The layout.
        above: Height of what stands above the first row of the form, in points.
    """
    landscape = is_landscape(layout)
    side = _SHORT_SIDE if landscape else _LONG_SIDE
    room = (side - MARGINS["top"] - MARGINS["bottom"]) * _POINTS * _USED / scale(layout, landscape=landscape)
    starts = _starts(layout, above, room)
    while len(starts) > 1 and len(finer := _starts(layout, above, room * _FINER)) == len(starts):
        starts, room = finer, room * _FINER
    return [layout.first + start for start in starts[1:]]


def _starts(layout: Layout, above: float, room: float) -> list[int]:
    """Indices of the rows of the form with which the pages begin."""
    rows, starts, used = layout.form.rows, [0], above
    for place, row in enumerate(rows):
        used += layout.height(row)
        if used > room and place:
            starts.append(_start(rows, place, starts[-1]))
            used = sum(layout.heights[:2]) + sum(layout.height(r) for r in rows[starts[-1] : place + 1])
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
    return not above.is_indicator or below.kind is RowKind.SUBHEADING

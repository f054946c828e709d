"""What the parts of the sheet *Tổng quan* share: its columns and the headings of its sections."""

from __future__ import annotations

from pcmd_consolidate.summary import formats as look
from pcmd_consolidate.summary.sheet import Sheet

WIDTHS = (29.0, *(9.6,) * 7)
"""Widths of the columns, in characters."""

LAST = len(WIDTHS) - 1
"""The last column."""


def write_section(sheet: Sheet, title: str, line: int) -> int:
    """Write the heading of a section; return the line under it."""
    sheet.height(line, 1, 14)
    sheet.text(line, 0, title, sheet.formats.of(look.BOLD, {"font_size": 12, "font_color": "#1F3864"}))
    sheet.leading |= {line, line + 1}
    return line + 1

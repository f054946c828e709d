"""A sheet that is one long table: title, notes, headings, lines, filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pcmd_consolidate.summary.formats import BOLD, BORDER, FAINT, HEADING, LARGE
from pcmd_consolidate.summary.heights import lines_in
from pcmd_consolidate.summary.page import A4_LANDSCAPE, set_page
from pcmd_consolidate.summary.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading and its width in characters."""

    heading: str
    width: float


@dataclass(frozen=True, slots=True)
class Table:
    """A table on a sheet.

    Attributes:
        title: Title of the sheet.
        notes: Lines under the title.
        columns: The columns.
        fixed: Columns that stay in sight.
    """

    title: str
    notes: tuple[str, ...]
    columns: Sequence[Column]
    fixed: int = 0

    @property
    def headings(self) -> int:
        """Line of the headings."""
        return 1 + len(self.notes)

    @property
    def first(self) -> int:
        """The first line under the headings."""
        return self.headings + 1

    def open(self, sheet: Sheet, lines: int) -> None:
        """Write everything above the lines, and set up the sheet for so many of them."""
        heading = sheet.formats.of(BORDER, HEADING)
        for column, spec in enumerate(self.columns):
            sheet.raw.set_column(column, column, spec.width)
        sheet.height(0, 1, 15)
        sheet.text(0, 0, self.title, sheet.formats.of(BOLD, LARGE))
        for line, note in enumerate(self.notes, start=1):
            sheet.text(line, 0, note, sheet.formats.of(FAINT))
        headings = (lines_in(spec.heading, spec.width, bold=True) for spec in self.columns)
        sheet.height(self.headings, max(headings))
        for column, spec in enumerate(self.columns):
            sheet.text(self.headings, column, spec.heading, heading)
        sheet.raw.autofilter(self.headings, 0, self.headings + lines, len(self.columns) - 1)
        sheet.raw.freeze_panes(self.first, self.fixed)
        set_page(sheet, A4_LANDSCAPE, repeat=(self.headings, self.headings))
        sheet.raw.fit_to_pages(1, 0)

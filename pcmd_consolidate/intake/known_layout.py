"""Workbooks that are, figures apart, like one that was read before: most of what comes back of those handed out.

Where a handed-out workbook comes back with the form word for word, it is remembered what stands where in it. The next
one of which every cell is the same, but for figures, notes, signatures and the name of the unit, holds the form in the
same lines and columns: neither columns nor labels need to be looked for, and its cells are taken from the scan. One
that differs in anything else is read like any other; so what is remembered changes how fast a workbook is read, and
nothing of what is read.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pcmd_consolidate.intake.grid import Cell, Grid
from pcmd_consolidate.intake.locate import Table
from pcmd_consolidate.intake.marks import Mark, MarkKind
from pcmd_consolidate.intake.references import Place
from pcmd_consolidate.intake.scan import Book
from pcmd_consolidate.intake.sheet_xml import as_number
from pcmd_consolidate.intake.usual_cells import Raw
from pcmd_consolidate.units import Unit

STYLES = "styles"
"""Stands beside indexes of shared strings for what cells without one depend on: how numbers are shown."""
_ESCAPED = re.compile(r"_x[0-9A-Fa-f]{4}_")


class Fixed(NamedTuple):
    """A cell that every workbook of the kind holds.

    Attributes:
        raw: As it is written.
        content: What it holds.
        depends_on: Index of the shared string that it points to; :data:`STYLES` where it points to none.
    """

    raw: Raw
    content: Cell
    depends_on: str


@dataclass(frozen=True)
class Skeleton:
    """The cells that every workbook of the kind holds in the sheet with the form.

    Attributes:
        places: Where each of them stands.
        raws: As each of them is written.
        depending: What they depend on → those that do, by their index.
        rows: The rows up to the last of them, as wide as the sheet.
    """

    places: tuple[Place, ...]
    raws: tuple[Raw, ...]
    depending: Mapping[str, tuple[int, ...]]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, eq=False)
class KnownLayout:
    """What stands where in a workbook that was read.

    Attributes:
        table: The form in it.
        sheet: Name of the sheet that holds the form.
        unit: Who sent it.
        states: Name and state of each sheet, in their order.
        strings: The shared strings of the workbook.
        plain_styles: The cell styles that show a number as the number it is.
        fixed: Sheet → cell → what every workbook of the kind holds.
        typed: Cells for figures.
        results: Cells for results of formulas → the formula, and what stands for one that is not calculated.
        words: Columns for notes, in the lines of the form.
        width: Columns of the sheet that holds the form.
        last: The last line of the form.
        below: Cells below it, where people sign.
        hidden_rows, hidden_columns, merged: Of the sheet that holds the form.
    """

    table: Table
    sheet: str
    unit: Unit
    states: tuple[tuple[str, str], ...]
    strings: tuple[str, ...]
    plain_styles: frozenset[int]
    fixed: Mapping[str, Mapping[Place, Fixed]]
    typed: frozenset[Place]
    results: Mapping[Place, tuple[str | None, Mark]]
    words: frozenset[Place]
    width: int
    last: int
    below: Mapping[Place, Cell]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    merged: tuple[tuple[int, int, int, int], ...]

    @cached_property
    def skeleton(self) -> Skeleton:
        """The cells that every workbook of the kind holds in the sheet with the form."""
        fixed = self.fixed[self.sheet]
        height = max((row + 1 for row, _ in fixed), default=0)
        rows: list[list[Cell]] = [[None] * self.width for _ in range(height)]
        depending: dict[str, list[int]] = defaultdict(list)
        for index, ((row, column), cell) in enumerate(fixed.items()):
            rows[row][column] = cell.content
            depending[cell.depends_on].append(index)
        raws = tuple(cell.raw for cell in fixed.values())
        indexes = {name: tuple(found) for name, found in depending.items()}
        return Skeleton(tuple(fixed), raws, indexes, tuple(map(tuple, rows)))


class StrangeError(Exception):
    """A cell that only the careful way of reading may read."""


def content_of(book: Book, raw: Raw) -> Cell:
    """What a cell holds, where all readers agree on it."""
    kind, style, value, _, own_text, odd = raw
    if odd:
        raise StrangeError
    if kind == "n":
        number = as_number(value) if value and own_text is None else None
        if (value and number is None) or (number is not None and style not in book.plain_styles):
            raise StrangeError
        return number
    if kind == "s" and value:
        text = book.strings[int(value)]
    elif kind == "str" and own_text is None:
        text = value or ""
    elif kind == "inlineStr" and not value:
        text = own_text or ""
    else:
        raise StrangeError
    if "_x" in text and _ESCAPED.search(text):
        raise StrangeError
    return text or None


def learn(book: Book, grid: Grid, table: Table, unit: Unit) -> KnownLayout | None:
    """What is to be remembered of a workbook; None where it holds anything that only the careful way may read.

    Args:
        book: The scanned workbook.
        grid: The sheet with the form, found word for word, without anything to be found fault with but figures.
        table: The form in it.
        unit: Who sent it.
    """
    columns, last = table.columns[0], max(table.lines[place].row for place in table.matches)
    rows = [table.lines[place].row for place in table.matches]
    typed = frozenset((row, column) for row in rows for column in columns.years.values())
    words = frozenset((row, columns.note) for row in rows if columns.note is not None)
    automatic = {columns.total, columns.check} - {None}
    scanned = book.sheets[grid.sheet]
    results = {
        at: (raw.formula, Mark(MarkKind.NOT_CALCULATED, f"={html.unescape(raw.formula or '')}"))
        for at, raw in scanned.cells.items()
        if at[1] in automatic and at[0] > columns.header
    }
    free = {*typed, *words, *results}
    try:
        fixed = {
            name: {
                at: Fixed(raw, content_of(book, raw), raw.value or "" if raw.kind == "s" else STYLES)
                for at, raw in sheet.cells.items()
                if name != grid.sheet or (at not in free and at[0] <= last)
            }
            for name, sheet in book.sheets.items()
        }
        below = {at: content_of(book, raw) for at, raw in scanned.cells.items() if at[0] > last and at not in results}
    except StrangeError:
        return None
    states = tuple(book.states.items())
    of_sheet = (scanned.hidden_rows, scanned.hidden_columns, scanned.merges)
    return KnownLayout(
        table, grid.sheet, unit, states, book.strings, book.plain_styles, fixed, typed, results, words,
        scanned.span[1], last, below, *of_sheet,
    )  # fmt: skip

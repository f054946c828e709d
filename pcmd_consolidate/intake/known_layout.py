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
from collections.abc import Mapping
from dataclasses import dataclass

from pcmd_consolidate.ids import ID_SHEET
from pcmd_consolidate.intake.grid import Cell, Grid
from pcmd_consolidate.intake.harmless import harmless
from pcmd_consolidate.intake.legacy_text import to_unicode
from pcmd_consolidate.intake.locate import Table
from pcmd_consolidate.intake.marks import Mark, MarkKind
from pcmd_consolidate.intake.measures import names_other_money
from pcmd_consolidate.intake.references import Place
from pcmd_consolidate.intake.remarks import Remarks
from pcmd_consolidate.intake.scan import Book
from pcmd_consolidate.intake.sheet_xml import Raw, as_number
from pcmd_consolidate.units import Registry, Unit

_SIMPLE = frozenset({"Có", "Không", "-", "–", "…", "...", "x", "X", "0", "✓"})
"""Answers that need no second look."""
_ESCAPED = re.compile(r"_x[0-9A-Fa-f]{4}_")


@dataclass(frozen=True)
class Recognised:
    """A workbook that is like one that was read before.

    Attributes:
        table: The form in it.
        grid: The sheet that holds it.
        unit_id: What its hidden sheet says.
    """

    table: Table
    grid: Grid
    unit_id: str


@dataclass(frozen=True)
class KnownLayout:
    """What stands where in a workbook that was read.

    Attributes:
        table: The form in it.
        sheet: Name of the sheet that holds the form.
        unit: Who sent it.
        states: Name and state of each sheet, in their order.
        fixed: Sheet → cell → formula and content of what every workbook of the kind holds.
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
    fixed: Mapping[str, Mapping[Place, tuple[str | None, Cell]]]
    typed: frozenset[Place]
    results: Mapping[Place, tuple[str | None, Mark]]
    words: frozenset[Place]
    width: int
    last: int
    below: Mapping[Place, Cell]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    merged: tuple[tuple[int, int, int, int], ...]


class _StrangeError(Exception):
    """A cell that only the careful way of reading may read."""


def _plainly(book: Book, raw: Raw) -> bool:
    return raw.style < len(book.shown_plainly) and book.shown_plainly[raw.style]


def content_of(book: Book, raw: Raw) -> Cell:
    """What a cell holds, where all readers agree on it."""
    value = raw.value
    if raw.odd:
        raise _StrangeError
    if raw.kind == "n":
        number = as_number(value) if value and raw.text is None else None
        if (value and number is None) or (number is not None and not _plainly(book, raw)):
            raise _StrangeError
        return number
    if raw.kind == "s" and value:
        text = book.strings[int(value)]
    elif raw.kind == "str" and raw.text is None:
        text = value or ""
    elif raw.kind == "inlineStr" and not value:
        text = raw.text or ""
    else:
        raise _StrangeError
    if "_x" in text and _ESCAPED.search(text):
        raise _StrangeError
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
                at: (raw.formula, content_of(book, raw))
                for at, raw in sheet.cells.items()
                if name != grid.sheet or (at not in free and at[0] <= last)
            }
            for name, sheet in book.sheets.items()
        }
        below = {at: content_of(book, raw) for at, raw in scanned.cells.items() if at[0] > last and at not in results}
    except _StrangeError:
        return None
    states = tuple(book.states.items())
    of_sheet = (scanned.hidden_rows, scanned.hidden_columns, scanned.merges)
    return KnownLayout(
        table, grid.sheet, unit, states, fixed, typed, results, words, scanned.span[1], last, below, *of_sheet
    )


def recognise(book: Book, known: KnownLayout, registry: Registry) -> Recognised | None:
    """The workbook, if it is like the one that was read; None where anything is different that may matter."""
    if tuple(book.states.items()) != known.states or not all(sheet.plain for sheet in book.sheets.values()):
        return None
    scanned = book.sheets[known.sheet]
    of_sheet = (scanned.hidden_rows, scanned.hidden_columns, scanned.merges)
    if of_sheet != (known.hidden_rows, known.hidden_columns, known.merged):
        return None
    try:
        unit = _unit(book, known, registry)
        for name, fixed in known.fixed.items():
            if name != known.sheet:
                _check(book, name, fixed, known.unit, unit)
        grid = _grid(book, known, unit)
    except _StrangeError:
        return None
    return None if grid is None else Recognised(known.table, grid, unit.unit_id)


def _unit(book: Book, known: KnownLayout, registry: Registry) -> Unit:
    """The unit that the hidden sheet names."""
    cells = {at: content_of(book, raw) for at, raw in book.sheets[ID_SHEET].cells.items()}
    at = next((row for (row, column), cell in cells.items() if column == 0 and cell == "unit_id"), -1)
    unit = registry.get(str(cells.get((at, 1), "")), known.table.form.id)
    if unit is None:
        raise _StrangeError
    return unit


def _check(book: Book, name: str, fixed: Mapping[Place, tuple[str | None, Cell]], old: Unit, new: Unit) -> None:
    """Find every cell of a sheet as it was, but for the name and the id of the unit."""
    cells = book.sheets[name].cells
    if cells.keys() != fixed.keys():
        raise _StrangeError
    for at, raw in cells.items():
        _check_cell(book, raw, fixed[at], old, new)


def _check_cell(book: Book, raw: Raw, fixed: tuple[str | None, Cell], old: Unit, new: Unit) -> Cell:
    formula, before = fixed
    now = content_of(book, raw)
    if raw.formula != formula or (now != before and now != _for_unit(before, old, new)):
        raise _StrangeError
    return now


def _for_unit(cell: Cell, old: Unit, new: Unit) -> Cell:
    """What a cell that names one unit says for another."""
    if not isinstance(cell, str):
        return cell
    for spell in (str, str.upper):
        cell = cell.replace(spell(old.name), spell(new.name))
    return new.unit_id if cell == old.unit_id else cell


def _grid(book: Book, known: KnownLayout, unit: Unit) -> Grid | None:
    """The sheet with the form; None where a text in it needs a second look."""
    scanned = book.sheets[known.sheet]
    fixed = known.fixed[known.sheet]
    height, width = next(reversed(scanned.cells), (0, 0))[0] + 1, known.width
    rows: list[list[Cell]] = [[None] * width for _ in range(height)]
    found, typed_text = 0, False
    for at, raw in scanned.cells.items():
        if at[1] >= width:
            raise _StrangeError
        if at in fixed:
            cell = _check_cell(book, raw, fixed[at], known.unit, unit)
            found += 1
        elif at in known.results:
            cell = _result(book, raw, known.results[at])
        else:
            cell = _typed(book, raw, at, known)
            typed_text |= isinstance(cell, str) and cell not in _SIMPLE and cell != known.below.get(at)
        rows[at[0]][at[1]] = cell
    if found != len(fixed):
        raise _StrangeError
    remarks = Remarks(scanned.hidden_rows, scanned.hidden_columns)
    merged = tuple(
        (top, left, min(bottom, height - 1), min(right, width - 1))
        for top, left, bottom, right in scanned.merges
        if top < height and left < width
    )
    grid = Grid(known.sheet, True, tuple(map(tuple, rows)), merged, remarks=remarks)
    return grid if not typed_text or not harmless(to_unicode(grid)).findings else None


def _result(book: Book, raw: Raw, before: tuple[str | None, Mark]) -> Cell:
    """The result of a formula that every workbook of the kind has."""
    formula, not_calculated = before
    if raw.formula != formula:
        raise _StrangeError
    if formula is not None and not raw.value and raw.kind != "str":
        return not_calculated
    return content_of(book, raw)


def _typed(book: Book, raw: Raw, at: Place, known: KnownLayout) -> Cell:
    """What a person typed: figures, notes, and below the form names and dates."""
    if raw.formula is not None:
        raise _StrangeError
    cell = content_of(book, raw)
    if at in known.typed or (at in known.words and isinstance(cell, str)):
        return cell
    if at[0] <= known.last or not isinstance(cell, str) or cell.strip().isdigit() or names_other_money(cell):
        raise _StrangeError
    return cell

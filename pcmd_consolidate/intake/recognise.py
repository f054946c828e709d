"""Whether a workbook is, figures apart, like one that was read before, and its cells where it is."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pcmd_consolidate.ids import ID_SHEET
from pcmd_consolidate.intake.grid import Cell, Grid
from pcmd_consolidate.intake.harmless import harmless
from pcmd_consolidate.intake.known_layout import STYLES, Fixed, KnownLayout, StrangeError, content_of
from pcmd_consolidate.intake.legacy_text import to_unicode
from pcmd_consolidate.intake.marks import Mark
from pcmd_consolidate.intake.measures import names_other_money
from pcmd_consolidate.intake.references import Place
from pcmd_consolidate.intake.remarks import Remarks
from pcmd_consolidate.intake.scan import Book
from pcmd_consolidate.intake.usual_cells import Raw
from pcmd_consolidate.units import Registry, Unit

_SIMPLE = frozenset({"Có", "Không", "-", "–", "…", "...", "x", "X", "0", "✓"})
"""Answers that need no second look."""


@dataclass(frozen=True)
class Recognised:
    """A workbook that is like one that was read before.

    Attributes:
        layout: That of the one read before.
        grid: The sheet that holds the form.
        unit_id: What its hidden sheet says.
    """

    layout: KnownLayout
    grid: Grid
    unit_id: str


class _Comparison(NamedTuple):
    """A workbook, and what it is compared with.

    Attributes:
        book: The workbook.
        known: The layout of the one read before.
        unit: Who sent the workbook.
        same: What of :attr:`Fixed.depends_on` both have in common.
    """

    book: Book
    known: KnownLayout
    unit: Unit
    same: frozenset[str]


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
        compared = _Comparison(book, known, unit, _in_common(book, known))
        for name, fixed in known.fixed.items():
            if name != known.sheet:
                _check(compared, name, fixed)
        grid = _grid(compared)
    except StrangeError:
        return None
    return None if grid is None else Recognised(known, grid, unit.unit_id)


def _in_common(book: Book, known: KnownLayout) -> frozenset[str]:
    same = map(operator.eq, book.strings, known.strings)
    indexes = frozenset(itertools.compress(map(str, itertools.count()), same))
    return indexes | {STYLES} if book.plain_styles == known.plain_styles else indexes


def _unit(book: Book, known: KnownLayout, registry: Registry) -> Unit:
    """The unit that the hidden sheet names."""
    cells = {at: content_of(book, raw) for at, raw in book.sheets[ID_SHEET].cells.items()}
    at = next((row for (row, column), cell in cells.items() if column == 0 and cell == "unit_id"), -1)
    unit = registry.get(str(cells.get((at, 1), "")), known.table.form.id)
    if unit is None:
        raise StrangeError
    return unit


def _check(compared: _Comparison, name: str, fixed: Mapping[Place, Fixed]) -> None:
    """Find every cell of a sheet as it was, but for the name and the id of the unit."""
    cells = compared.book.sheets[name].cells
    if cells.keys() != fixed.keys():
        raise StrangeError
    for at, raw in cells.items():
        before = fixed[at]
        if raw is not before.raw or before.depends_on not in compared.same:
            _content(compared, raw, before)


def _content(compared: _Comparison, raw: Raw, before: Fixed) -> Cell:
    """What a cell holds that every workbook of the kind has."""
    if raw == before.raw and before.depends_on in compared.same:
        return before.content
    now = content_of(compared.book, raw)
    if raw.formula != before.raw.formula:
        raise StrangeError
    if now != before.content and now != _for_unit(before.content, compared.known.unit, compared.unit):
        raise StrangeError
    return now


def _for_unit(cell: Cell, old: Unit, new: Unit) -> Cell:
    """What a cell that names one unit says for another."""
    if not isinstance(cell, str):
        return cell
    for spell in (str, str.upper):
        cell = cell.replace(spell(old.name), spell(new.name))
    return new.unit_id if cell == old.unit_id else cell


def _grid(compared: _Comparison) -> Grid | None:
    """The sheet with the form; None where a text in it needs a second look."""
    book, known = compared.book, compared.known
    scanned = book.sheets[known.sheet]
    rows = _fixed_rows(compared, scanned.cells)
    height, width = next(reversed(scanned.cells), (0, 0))[0] + 1, known.width
    rows += [[None] * width for _ in range(height - len(rows))]
    typed_text = False
    for at in scanned.cells.keys() - known.fixed[known.sheet].keys():
        raw, (row, column) = scanned.cells[at], at
        if column >= width:
            raise StrangeError
        if at in known.results:
            cell = _result(book, raw, known.results[at])
        else:
            cell = _typed(book, raw, at, known)
            typed_text |= isinstance(cell, str) and cell not in _SIMPLE and cell != known.below.get(at)
        rows[row][column] = cell
    remarks = Remarks(scanned.hidden_rows, scanned.hidden_columns)
    merged = tuple(
        (top, left, min(bottom, height - 1), min(right, width - 1))
        for top, left, bottom, right in scanned.merges
        if top < height and left < width
    )
    grid = Grid(known.sheet, True, tuple(map(tuple, rows)), merged, remarks=remarks)
    return grid if not typed_text or not harmless(to_unicode(grid)).findings else None


def _fixed_rows(compared: _Comparison, cells: Mapping[Place, Raw]) -> list[list[Cell]]:
    """The rows of the sheet with the form, with the cells that every workbook of the kind has."""
    known = compared.known.skeleton
    now = list(map(cells.get, known.places))
    differing = set(itertools.compress(itertools.count(), map(operator.is_not, now, known.raws)))
    for strange in known.depending.keys() - compared.same:
        differing.update(known.depending[strange])
    rows = list(map(list, known.rows))
    for index in differing:
        at, raw = known.places[index], now[index]
        if raw is None:
            raise StrangeError
        rows[at[0]][at[1]] = _content(compared, raw, compared.known.fixed[compared.known.sheet][at])
    return rows


def _result(book: Book, raw: Raw, before: tuple[str | None, Mark]) -> Cell:
    """The result of a formula that every workbook of the kind has."""
    formula, not_calculated = before
    if raw.formula != formula:
        raise StrangeError
    if formula is not None and not raw.value and raw.kind != "str":
        return not_calculated
    return content_of(book, raw)


def _typed(book: Book, raw: Raw, at: Place, known: KnownLayout) -> Cell:
    """What a person typed: figures, notes, and below the form names and dates."""
    if raw.formula is not None:
        raise StrangeError
    cell = content_of(book, raw)
    if at in known.typed or (at in known.words and isinstance(cell, str)):
        return cell
    if at[0] <= known.last or not isinstance(cell, str) or cell.strip().isdigit() or names_other_money(cell):
        raise StrangeError
    return cell

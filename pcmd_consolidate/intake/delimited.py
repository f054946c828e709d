"""Text with a separator between its cells (CSV, TSV, semicolons) as a grid."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections import Counter
from collections.abc import Sequence

from pcmd_consolidate.findings import Finding, found
from pcmd_consolidate.intake.grid import Cell, Grid, UnreadableError, address
from pcmd_consolidate.intake.text_tables import MAX_CELLS, text_cell

SHEET = "Bảng 1"
"""Name of the only sheet."""
_DELIMITERS = ("\t", ";", ",", "|")
_YEAR = re.compile(r"\b20\d\d\b")
_PROSE = re.compile(r" [^\W\d_]")
"""A cell that goes on with a sentence: the comma before it did not separate cells."""
_NAMED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read_delimited(text: str) -> tuple[Grid, ...]:
    """The text as one grid.

    A row of figures whose cells do not fit the header may have lost its places, as where a comma that separates cells
    stands in a figure or a label too: it is kept whole, as text, and is a finding.

    Raises:
        UnreadableError: The text cannot be taken apart, or has too many cells.
    """
    named = _NAMED.match(text)
    text = text[named.end() :] if named else text
    try:
        tables = {mark: _rows(text, mark) for mark in ((named[1],) if named else _DELIMITERS)}
    except csv.Error as error:
        raise UnreadableError("văn bản không tách được thành ô") from error
    delimiter = max(tables, key=lambda mark: _regularity(tables[mark]))
    rows = tables[delimiter]
    header, years, width = _header(rows)
    if len(rows) * width > MAX_CELLS:
        raise UnreadableError("bảng quá lớn")
    by_hand = delimiter == "," and len({len(row) for row in rows if row}) > 1
    uncertain = {i for i, row in enumerate(rows) if i > header and _may_have_shifted(row, years, width, by_hand)}
    uncertain |= {i for i, row in enumerate(rows) if i > header and _has_swallowed(row, width, delimiter)}
    findings = tuple(_lost_its_places(i, rows[i]) for i in sorted(uncertain))
    cells = tuple(_cells(row, width, whole=i in uncertain) for i, row in enumerate(rows))
    return (Grid(SHEET, True, cells, findings=findings),)


def _rows(text: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _shared_width(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """The width that most rows with several cells have, and how many have it."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))


def _regularity(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    width, alike = _shared_width(rows)
    return alike, width


def _header(rows: Sequence[Sequence[str]]) -> tuple[int, int, int]:
    """The first row that names years, how many columns reach to its last year, and how many the table has."""
    named = [i for i, row in enumerate(rows) if sum(bool(_YEAR.search(cell)) for cell in row) >= 2]
    width = max([_shared_width(rows)[0], *(len(rows[i]) for i in named)])
    if not named:
        return -1, 0, width
    return named[0], max(column for column, cell in enumerate(rows[named[0]], 1) if _YEAR.search(cell)), width


def _may_have_shifted(row: Sequence[str], years: int, width: int, by_hand: bool) -> bool:
    """Whether the figures of a row may stand under other years than they were meant for.

    Programs quote commas inside cells and write every row as wide as the next; people do not.
    """
    if not any(isinstance(text_cell(cell), int) for cell in row[1:]):
        return False
    prose = any(_PROSE.match(cell) for cell in row[1:])
    return len(row) > width or (by_hand and (prose or len(row) < years))


def _has_swallowed(row: Sequence[str], width: int, delimiter: str) -> bool:
    """Whether a quotation mark too many has made one cell of two."""
    return len(row) < width and any(delimiter in cell and '"' in cell for cell in row)


def _cells(row: Sequence[str], width: int, whole: bool) -> tuple[Cell, ...]:
    """The cells of a row, made as wide as the table; what is wider is kept as one text."""
    if whole or any(cell.strip() for cell in row[width:]):
        row = [" ".join(row)]
    cells = [text_cell(cell) for cell in row[:width]]
    return (*cells, *[None] * (width - len(cells)))


def _lost_its_places(row: int, cells: Sequence[str]) -> Finding:
    return dataclasses.replace(found("H17", raw=" | ".join(cells)), cell=address(row, 0))

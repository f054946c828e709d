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
_NAMED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read_delimited(text: str) -> tuple[Grid, ...]:
    """The text as one grid.

    A row with more cells than the table has columns may have lost its places, as where a comma that separates cells
    stands in a figure too: it is kept whole, as text, and is a finding.

    Raises:
        UnreadableError: The text cannot be taken apart, or has too many cells.
    """
    named = _NAMED.match(text)
    text = text[named.end() :] if named else text
    try:
        tables = [_rows(text, delimiter) for delimiter in ((named[1],) if named else _DELIMITERS)]
    except csv.Error as error:
        raise UnreadableError(f"văn bản không tách được thành ô: {error}") from error
    rows = max(tables, key=_regularity)
    width = _width(rows)
    overfull = [i for i, row in enumerate(rows) if any(cell.strip() for cell in row[width:])]
    if len(rows) * width > MAX_CELLS:
        raise UnreadableError("bảng quá lớn")
    findings = tuple(_lost_its_places(i, rows[i]) for i in overfull if _has_figures(rows[i]))
    for i in overfull:
        rows[i] = [" ".join(rows[i])]
    cells = tuple(tuple(_padded([text_cell(cell) for cell in row], width)) for row in rows)
    return (Grid(SHEET, True, cells, findings=findings),)


def _rows(text: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _shared_width(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """The width that most rows with several cells have, and how many have it."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))


def _width(rows: Sequence[Sequence[str]]) -> int:
    """How many columns the table has: as many as most of its rows, or as its header, which names years."""
    headers = [len(row) for row in rows if sum(bool(_YEAR.search(cell)) for cell in row) >= 2]
    return max([_shared_width(rows)[0], *headers])


def _regularity(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    width, alike = _shared_width(rows)
    return alike, width


def _padded(row: list[Cell], width: int) -> list[Cell]:
    return row[:width] + [None] * (width - len(row))


def _has_figures(row: Sequence[str]) -> bool:
    return sum(isinstance(text_cell(cell), int) for cell in row) >= 2


def _lost_its_places(row: int, cells: Sequence[str]) -> Finding:
    return dataclasses.replace(found("H17", raw=" | ".join(cells)), cell=address(row, 0))

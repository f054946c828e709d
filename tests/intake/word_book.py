"""Word documents as clerks type them, built by python-docx: paragraphs, then tables."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import docx
from docx.document import Document
from docx.table import Table

from pcmd_consolidate.intake.formats import read_sheets
from pcmd_consolidate.intake.grid import Format, Grid

Area = tuple[int, int, int, int]


def document(*paragraphs: str) -> Document:
    """A document that begins with these paragraphs."""
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    return made


def add_table(made: Document, rows: Sequence[Sequence[object]], merged: Sequence[Area] = ()) -> Table:
    """Add a table; numbers are written as Word users type them, with a comma before decimals."""
    table: Table = made.add_table(len(rows), max(len(row) for row in rows))
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, value in zip(cells.cells, row, strict=False):
            cell.text = typed(value)
    for top, left, bottom, right in merged:
        first = table.cell(top, left)
        text = first.text
        first.merge(table.cell(bottom, right)).text = text
    return table


def typed(value: object) -> str:
    """A value as typed in a cell."""
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else str(value).replace(".", ",")
    return "" if value is None else str(value)


def content(made: Document) -> bytes:
    """The bytes of a document."""
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def grids(made: Document) -> tuple[Grid, ...]:
    """A document as it is read."""
    return read_sheets(content(made), Format.DOCX)


def saved(made: Document, path: Path) -> Path:
    """Save a document."""
    made.save(str(path))
    return path

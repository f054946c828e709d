"""Tables that stand in a document (Word, HTML) as grids: spans laid out, the texts before a table as its title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pcmd_consolidate.findings import Finding
from pcmd_consolidate.intake.grid import Cell, Grid, UnreadableError
from pcmd_consolidate.intake.remarks import NOTHING_HIDDEN, Remarks
from pcmd_consolidate.vietnamese import plain_words, squeeze

MAX_CELLS = 2_000_000
"""Cells of a table, counted with those that spans cover, beyond which it is not laid out."""
_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})\Z")
_BLANKS = " \t\r\n\u00a0\u200b\ufeff"
_LONGEST_TITLE = 300
"""Letters from which a paragraph is narrative, not a title."""
_FIRST_TITLES, _LAST_TITLES = 10, 15
_LETTERHEAD_ROWS, _LETTERHEAD_COLUMNS = 8, 4
_MOTTO = " ".join(plain_words("Độc lập Tự do Hạnh phúc"))
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def text_cell(text: str) -> Cell:
    """What a cell of a text format holds: nothing, a whole number written plainly, else text.

    Everything that can be read in two ways (``1.250``, ``05``, ``12,5``) stays text, for the grammar of numbers.
    """
    text = text.strip(_BLANKS)
    if _PLAIN_NUMBER.match(text):
        return int(text)
    return text or None


def struck(text: str) -> str:
    """Text that was struck out: shown, but never taken for a figure."""
    return f"[gạch bỏ: {text}]" if text.strip() else text


def raised(text: str) -> str:
    """Superscript text: the number of a footnote must not become a digit of the figure before it."""
    return text.translate(_SUPERSCRIPTS)


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell of a table, where it stands and how far it reaches."""

    row: int
    column: int
    text: str
    height: int = 1
    width: int = 1


@dataclass(frozen=True)
class DocumentTable:
    """A table of a document: its cells, what a person must know of it, and what of it is not to be seen."""

    cells: tuple[Placed, ...]
    findings: tuple[Finding, ...] = ()
    remarks: Remarks = NOTHING_HIDDEN
    visible: bool = True

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands in its cells."""
        return tuple(cell.text for cell in self.cells if cell.text)

    @property
    def is_small(self) -> bool:
        """Whether it may be a letterhead or a signature block: most documents set these as tables."""
        rows = max((cell.row + 1 for cell in self.cells), default=0)
        columns = max((cell.column + cell.width for cell in self.cells), default=0)
        return rows <= _LETTERHEAD_ROWS and columns <= _LETTERHEAD_COLUMNS


def grids_of(blocks: Iterable[str | DocumentTable]) -> tuple[Grid, ...]:
    """The tables of a document, called *Bảng 1*, *Bảng 2* …, each with the texts before it as its title.

    Args:
        blocks: Paragraphs and tables in their order.

    Raises:
        UnreadableError: A table is too large to lay out.
    """
    grids: list[Grid] = []
    title: list[str] = []
    begun = False
    for block in blocks:
        if isinstance(block, str):
            title.append(block)
            continue
        grids.append(_grid(f"Bảng {len(grids) + 1}", block, _shortened(title)))
        letterhead = _has_motto(block.texts)
        if not block.is_small:
            begun, title = True, []
        elif letterhead:
            title = list(block.texts)
        elif not begun:
            title += block.texts
    return tuple(grids)


def _has_motto(texts: Sequence[str]) -> bool:
    """Whether the national motto stands there, with which every official letter begins."""
    return any(_MOTTO in " ".join(plain_words(text)) for text in texts)


def _shortened(texts: Iterable[str]) -> tuple[str, ...]:
    """The titles among the texts: the first, which have the letterhead, and the last, which stand above the table."""
    titles = [short for text in texts if 0 < len(short := squeeze(text)) <= _LONGEST_TITLE]
    if len(titles) <= _FIRST_TITLES + _LAST_TITLES:
        return tuple(titles)
    return (*titles[:_FIRST_TITLES], *titles[-_LAST_TITLES:])


def _grid(name: str, table: DocumentTable, title: tuple[str, ...]) -> Grid:
    height = max((cell.row + 1 for cell in table.cells), default=0)
    width = max((cell.column + cell.width for cell in table.cells), default=0)
    if height * width > MAX_CELLS:
        raise UnreadableError("bảng quá lớn")
    rows: list[list[Cell]] = [[None] * width for _ in range(height)]
    for cell in table.cells:
        rows[cell.row][cell.column] = text_cell(cell.text)
    merged = tuple((c.row, c.column, *end) for c in table.cells if (end := _end(c, height)) != (c.row, c.column))
    return Grid(name, table.visible, tuple(map(tuple, rows)), merged, title, table.findings, table.remarks)


def _end(cell: Placed, height: int) -> tuple[int, int]:
    """The last row and column of a cell; a span may say more rows than there are."""
    return min(cell.row + cell.height, height) - 1, cell.column + cell.width - 1

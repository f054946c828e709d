"""Tables of a web page, which many programs give out as "Excel": each becomes a grid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from pcmd_consolidate.intake.grid import Grid
from pcmd_consolidate.intake.text_tables import DocumentTable, Placed, grids_of, raised, struck

_WIDEST, _TALLEST = 1000, 65534
"""Largest spans, as browsers take them."""
_BREAKS = {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "center"}
_UNSEEN = {"script", "style", "title", "comment", "template", "xml"}
_EMPHASIS = {"s": struck, "strike": struck, "del": struck, "sup": raised}
_SPACES = re.compile(r"[ \t\r\n\f]+")


def read_html(text: str) -> tuple[Grid, ...]:
    """The tables of a page, nested ones after those that hold them.

    Raises:
        UnreadableError: A table is too large to lay out.
    """
    page = _Page()
    page.feed(text)
    page.close()
    page.end()
    return grids_of(block if isinstance(block, str) else DocumentTable(tuple(_lay_out(block))) for block in page.blocks)


@dataclass
class _Text:
    """Running text; what stands under emphasis is kept apart until that ends."""

    parts: list[str] = field(default_factory=list)
    open: list[tuple[str, int]] = field(default_factory=list)

    def begin(self, tag: str) -> None:
        self.open.append((tag, len(self.parts)))

    def end(self, tag: str) -> None:
        if self.open and self.open[-1][0] == tag:
            _, start = self.open.pop()
            self.parts[start:] = [_EMPHASIS[tag]("".join(self.parts[start:]))]

    def lines(self) -> str:
        while self.open:
            self.end(self.open[-1][0])
        lines = [line.strip() for line in "".join(self.parts).split("\n")]
        return "\n".join(line for line in lines if line)


@dataclass
class _Cell:
    width: int
    height: int
    text: _Text = field(default_factory=_Text)


@dataclass
class _Table:
    rows: list[list[_Cell]] = field(default_factory=list)
    cell: _Cell | None = None


class _Page(HTMLParser):
    """Collects paragraphs and tables in their order, forgiving missing end tags as browsers do."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str | _Table] = []
        self._open: list[_Table] = []
        self._loose = _Text()
        self._unseen = 0

    @property
    def _text(self) -> _Text | None:
        """Where text goes: the open cell, the paragraph outside tables, or nowhere (between cells)."""
        if not self._open:
            return self._loose
        return self._open[-1].cell.text if self._open[-1].cell else None

    def end(self) -> None:
        """Close what was left open."""
        while self._open:
            self._end_table()
        self._end_paragraph()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self._begin_table()
        elif tag in ("tr", "td", "th") and self._open:
            self._begin_row_or_cell(tag, dict(attrs))
        elif tag in _BREAKS:
            self._break()
        elif tag in _EMPHASIS and self._text is not None:
            self._text.begin(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _UNSEEN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "table" and self._open:
            self._end_table()
        elif tag in ("td", "th", "tr") and self._open:
            self._open[-1].cell = None
        elif tag in _BREAKS:
            self._break()
        elif tag in _EMPHASIS and self._text is not None:
            self._text.end(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen and self._text is not None:
            self._text.parts.append(_SPACES.sub(" ", data))

    def _begin_table(self) -> None:
        if not self._open:
            self._end_paragraph()
        self._open.append(_Table())
        self.blocks.append(self._open[-1])

    def _end_table(self) -> None:
        self._open.pop()
        self._break()

    def _begin_row_or_cell(self, tag: str, attributes: dict[str, str | None]) -> None:
        table = self._open[-1]
        table.cell = None
        if tag == "tr":
            table.rows.append([])
            return
        if not table.rows:
            table.rows.append([])
        width = _span(attributes.get("colspan"), _WIDEST) or 1
        height = _span(attributes.get("rowspan"), _TALLEST)
        table.cell = _Cell(width, _TALLEST if height == 0 else height)
        table.rows[-1].append(table.cell)

    def _break(self) -> None:
        if self._open:
            if self._open[-1].cell is not None:
                self._open[-1].cell.text.parts.append("\n")
        else:
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        if text := self._loose.lines():
            self.blocks.append(text)
        self._loose = _Text()


def _span(text: str | None, most: int) -> int:
    digits = re.match(r"\s*([0-9]{1,9})", text or "")
    return min(int(digits[1]), most) if digits else 1


def _lay_out(table: _Table) -> Iterator[Placed]:
    """Where the cells stand: each in the first column that no cell from above reaches into."""
    reach: dict[int, int] = {}
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while reach.get(column, 0) > row:
                column += 1
            yield Placed(row, column, cell.text.lines(), cell.height, cell.width)
            for covered in range(column, column + cell.width):
                reach[covered] = row + cell.height
            column += cell.width

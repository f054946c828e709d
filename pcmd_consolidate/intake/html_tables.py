"""Tables of a web page, which many programs give out as "Excel": each becomes a grid.

The page is taken apart by lxml, as browsers do it: end tags may be missing, and broken pages cost no more time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lxml import etree

from pcmd_consolidate.findings import found
from pcmd_consolidate.intake.grid import Grid, UnreadableError, address
from pcmd_consolidate.intake.html_hidden import Laid, Styles, styles_of, unseen
from pcmd_consolidate.intake.text_tables import MAX_CELLS, DocumentTable, Placed, grids_of, raised, struck

_WIDEST, _TALLEST = 1000, 65534
"""Largest spans, as browsers take them."""
_BREAKS = {"p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "center", "body", "caption"}
_UNSEEN = {"script", "style", "title", "comment", "template", "xml"}
_EMPHASIS = {"s": struck, "strike": struck, "del": struck, "sup": raised}
_SPACES = re.compile(r"[ \t\r\n\f]+")

Element = Any
"""An element of the page; lxml carries no types."""


def read_html(text: str) -> tuple[Grid, ...]:
    """The tables of a page, nested ones after those that hold them.

    Raises:
        UnreadableError: A table is too large to lay out.
    """
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    page = etree.fromstring(text.encode("utf-8", "replace"), parser)
    return () if page is None else grids_of(_blocks(page, styles_of(page)))


def _blocks(page: Element, styles: Styles) -> Iterator[str | DocumentTable]:
    """Paragraphs and tables in their order."""
    loose = ""
    for piece in _outside(page):
        if isinstance(piece, str):
            loose += piece
            continue
        yield from _paragraphs(loose)
        loose = ""
        for table in (piece, *piece.iterdescendants("table")):
            yield _table(table, styles)
    yield from _paragraphs(loose)


def _outside(element: Element) -> Iterator[str | Element]:
    """The texts and tables of an element; no text of the tables."""
    if element.tag == "table":
        yield element
        return
    if element.tag in _UNSEEN:
        return
    edge = "\n" if element.tag in _BREAKS or element.tag == "br" else ""
    yield edge + _squeezed(element.text)
    for child in element:
        yield from _outside(child)
        yield _squeezed(child.tail)
    yield edge


def _paragraphs(text: str) -> Iterator[str]:
    yield from (line.strip() for line in text.split("\n") if line.strip())


def _squeezed(text: str | None) -> str:
    return _SPACES.sub(" ", text or "")


def _table(table: Element, styles: Styles) -> DocumentTable:
    """A table; a row whose cells may have been meant for other columns is kept whole, as text, and is a finding."""
    laid = list(_lay_out(table))
    hidden = unseen(table, laid, styles)
    whole = {row: " | ".join(at.text for _, at in laid if at.row == row) for row in sorted(hidden.shifted)}
    cells = [at for _, at in laid if at.row not in whole] + [Placed(row, 0, text) for row, text in whole.items()]
    findings = [replace(found("H17", raw=text), cell=address(row, 0)) for row, text in whole.items()]
    shown = not styles.of(table) and not styles.above(table, None)
    return DocumentTable(tuple(cells), tuple(findings), hidden.remarks, shown)


def _lay_out(table: Element) -> Iterator[Laid]:
    """Where the cells stand: each in the first column that no cell from above reaches into."""
    reach: dict[int, int] = {}
    for row, cells in enumerate(_rows(table)):
        column = 0
        for cell in cells:
            while reach.get(column, 0) > row:
                column += 1
            width, height = _span(cell, "colspan", _WIDEST) or 1, _span(cell, "rowspan", _TALLEST) or _TALLEST
            yield cell, Placed(row, column, "\n".join(_paragraphs(_text(cell))), height, width)
            reach.update(dict.fromkeys(range(column, column + width), row + height))
            column += width
            if (row + 1) * column > MAX_CELLS:
                raise UnreadableError("bảng quá lớn")


def _rows(table: Element) -> Iterator[list[Element]]:
    """The cells of each row; cells without a row around them make one."""
    stray: list[Element] = []
    for part in _own(table, ("tr", "td", "th")):
        if part.tag != "tr":
            stray.append(part)
            continue
        if stray:
            yield stray
            stray = []
        yield list(_own(part, ("td", "th")))
    if stray:
        yield stray


def _own(element: Element, tags: tuple[str, ...]) -> Iterator[Element]:
    """The nearest descendants with these tags that do not stand in a table inside."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag != "table":
            yield from _own(child, tags)


def _span(cell: Element, attribute: str, most: int) -> int:
    digits = re.match(r"\s*([0-9]{1,9})", cell.get(attribute, ""))
    return min(int(digits[1]), most) if digits else 1


def _text(element: Element) -> str:
    """What a person reads in a cell, without the tables in it."""
    parts = [_squeezed(element.text)]
    for child in element:
        if child.tag == "br":
            parts.append("\n")
        elif child.tag in _EMPHASIS:
            parts.append(_EMPHASIS[child.tag](_text(child)))
        elif child.tag in _BREAKS:
            parts += ["\n", _text(child), "\n"]
        elif child.tag not in _UNSEEN and child.tag != "table":
            parts.append(_text(child))
        parts.append(_squeezed(child.tail))
    return "".join(parts)

"""What a web page holds and does not show: rows, columns, cells and words that its styles hide.

Hidden cells keep their place, as hidden ones of a workbook do. Where a cell that takes no room on the page stands in a
column that others of the table show, nobody can tell under which heading the cells behind it were meant to stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Any

from pcmd_consolidate.intake.remarks import Remarks
from pcmd_consolidate.intake.text_tables import Placed

Element = Any
"""An element of the page; lxml carries no types."""
Laid = tuple[Element, Placed]
"""A cell of the page and where it stands."""

_MOST_COLUMNS = 1000
_GONE = re.compile(r"(?<![\w-])(?:display\s*:\s*none|mso-hide\s*:\s*all)\b", re.IGNORECASE)
_UNSEEN = re.compile(r"(?<![\w-])visibility\s*:\s*(?:hidden|collapse)\b", re.IGNORECASE)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_PART = re.compile(r"[.#]?[\w-]+")
_NOISE = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_QUALIFIED = re.compile(r"\[[^\]]*\]|:[\w:-]+(?:\([^)]*\))?")


class Hidden(IntEnum):
    """How much of an element a person does not see."""

    SHOWN = 0
    UNSEEN = 1
    GONE = 2


@dataclass(frozen=True)
class Styles:
    """What the styles of a page hide.

    Attributes:
        rules: Parts of a selector that an element must have → how it is hidden. Of a selector with several steps only
            the last one counts, so that it hides rather more than on the page.
    """

    rules: tuple[tuple[frozenset[str], Hidden], ...]

    def of(self, element: Element) -> Hidden:
        """Whether an element by itself is hidden."""
        own = Hidden.GONE if element.get("hidden") is not None else _declared(element.get("style", ""))
        if not self.rules or own is Hidden.GONE:
            return own
        parts = {element.tag, f"#{element.get('id')}", *(f".{name}" for name in element.get("class", "").split())}
        return max([own, *(hidden for wanted, hidden in self.rules if wanted <= parts)])

    def above(self, element: Element, end: Element | None) -> Hidden:
        """Whether something that holds an element is hidden, up to ``end`` (which does not count)."""
        hidden, holder = Hidden.SHOWN, element.getparent()
        while holder is not None and holder is not end and hidden is not Hidden.GONE:
            hidden, holder = max(hidden, self.of(holder)), holder.getparent()
        return hidden


@lru_cache(maxsize=4096)
def _declared(style: str) -> Hidden:
    return Hidden.GONE if _GONE.search(style) else Hidden.UNSEEN if _UNSEEN.search(style) else Hidden.SHOWN


def styles_of(page: Element) -> Styles:
    """The styles of a page."""
    sheets = (_NOISE.sub(" ", "".join(sheet.itertext())) for sheet in page.iter("style"))
    rules = ((rule[1], hidden) for sheet in sheets for rule in _RULE.finditer(sheet) if (hidden := _declared(rule[2])))
    return Styles(tuple((parts, hidden) for wanted, hidden in rules for parts in _selected(wanted)))


def _selected(selectors: str) -> Iterator[frozenset[str]]:
    for selector in selectors.split(","):
        steps = re.split(r"[\s>+~]+", _QUALIFIED.sub("", selector).strip())
        if parts := frozenset(part if part[0] in ".#" else part.casefold() for part in _PART.findall(steps[-1])):
            yield parts


@dataclass(frozen=True)
class Unseen:
    """What is hidden of a table.

    Attributes:
        remarks: Hidden rows and columns, and cells that are hidden or hold hidden words.
        shifted: Rows whose cells may have been meant for other columns.
    """

    remarks: Remarks
    shifted: frozenset[int]


def unseen(table: Element, cells: Sequence[Laid], styles: Styles) -> Unseen:
    """What is hidden of a table whose cells are laid out."""
    own = {placed: styles.of(cell) for cell, placed in cells}
    rows = frozenset(_rows(cells, own, table, styles))
    columns = frozenset(_columns(table, styles)) | frozenset(_whole_columns(own, rows))
    in_sight = [(cell, at) for cell, at in cells if at.row not in rows and at.column not in columns]
    shifted = frozenset(at.row for _, at in in_sight if own[at] is Hidden.GONE)
    words = {(at.row, at.column): "E07" for cell, at in in_sight if own[at] or _holds_hidden(cell, styles)}
    return Unseen(Remarks(rows, columns, words), shifted)


def _rows(cells: Iterable[Laid], own: Mapping[Placed, Hidden], table: Element, styles: Styles) -> Iterator[int]:
    """Rows that are hidden, or of which every cell is."""
    shown = {placed.row for placed, hidden in own.items() if not hidden}
    for row, cell in {placed.row: cell for cell, placed in cells}.items():
        if row not in shown or styles.above(cell, table):
            yield row


def _columns(table: Element, styles: Styles) -> Iterator[int]:
    """Columns that the page hides as a whole."""
    place = 0
    for column in table.iter("col", "colgroup"):
        if column.tag == "colgroup" and column.find("col") is not None:
            continue
        digits = re.match(r"\s*([0-9]{1,4})", column.get("span", ""))
        width = min(int(digits[1]), _MOST_COLUMNS) if digits else 1
        if styles.of(column) or styles.above(column, table):
            yield from range(place, min(place + width, _MOST_COLUMNS))
        place += width


def _whole_columns(own: Mapping[Placed, Hidden], rows: frozenset[int]) -> Iterator[int]:
    """Columns of which every cell is hidden that stands in no hidden row and in no other column too."""
    narrow = {placed: hidden for placed, hidden in own.items() if placed.width == 1 and placed.row not in rows}
    shown = {placed.column for placed, hidden in narrow.items() if not hidden}
    yield from {placed.column for placed in narrow} - shown


def _holds_hidden(cell: Element, styles: Styles) -> bool:
    """Whether words in a cell are hidden."""
    return any(
        isinstance(inside.tag, str) and styles.of(inside) and "".join(inside.itertext()).strip()
        for inside in cell.iterdescendants()
    )

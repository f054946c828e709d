"""Tables of a Word document (.docx): each becomes a grid.

The package is opened by python-docx, an optional extra. Texts are taken from the XML itself, since what a person reads
in a cell is not what its runs say: tracked changes, struck-out figures, raised numbers and check boxes count.
"""

from __future__ import annotations

import dataclasses
import importlib.util
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

from pcmd_consolidate.findings import found
from pcmd_consolidate.intake.grid import Grid, UnreadableError, address
from pcmd_consolidate.intake.package import RefusedError, parsed, read_parts
from pcmd_consolidate.intake.text_tables import DocumentTable, Placed, grids_of, raised, struck, text_cell

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOT_READ = {f"{_W}{tag}" for tag in ("del", "moveFrom", "delText", "instrText", "tbl", "pPr", "tblPr")} | {_FALLBACK}
_CHANGES = tuple(f"{_W}{tag}" for tag in ("ins", "del", "moveFrom", "moveTo"))
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\xad"}
_SYMBOLS = {
    ("wingdings", 0xFC): "✓", ("wingdings", 0xFE): "☑", ("wingdings", 0xFB): "✗", ("wingdings", 0xA8): "☐",
    ("wingdings", 0x6F): "☐", ("wingdings 2", 0x50): "✓", ("wingdings 2", 0x52): "☑", ("wingdings 2", 0xA3): "☐",
}  # fmt: skip
_UNKNOWN_SYMBOL = "[ký hiệu]"

Element = Any
"""An XML element; lxml carries no types."""


def is_available() -> bool:
    """Whether python-docx is installed."""
    return importlib.util.find_spec("docx") is not None


def read_word(content: bytes) -> tuple[Grid, ...]:
    """The tables of a Word document, nested ones after those that hold them.

    Raises:
        UnreadableError: The document is damaged, or a table is too large to lay out.
    """
    try:
        parsed(read_parts(content), "word/document.xml")
    except RefusedError as error:
        raise UnreadableError(error.finding.message, error.finding) from error
    import docx

    body = docx.Document(io.BytesIO(content)).element.body
    return grids_of(_blocks(body))


def _blocks(parent: Element) -> Iterator[str | DocumentTable]:
    """Paragraphs and tables in their order; tables inside cells follow the table that holds them."""
    for child in _unwrapped(parent):
        if child.tag == f"{_W}p":
            yield _text(child)
        elif child.tag == f"{_W}tbl":
            yield _table(child)
            for inner in child.iterdescendants(f"{_W}tbl"):
                yield _table(inner)


def _unwrapped(parent: Element) -> Iterator[Element]:
    """The children of an element, with content controls and the like opened."""
    for child in parent:
        if child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml"):
            yield from _unwrapped(child)
        else:
            yield child


def _table(table: Element) -> DocumentTable:
    rows = [r for r in _unwrapped(table) if r.tag == f"{_W}tr" and r.find(f"{_W}trPr/{_W}del") is None]
    reaches = [_reach(row) for row in rows]
    usual = max(Counter(reaches).items(), key=itemgetter(1), default=(0, 0))[0]
    cells: list[Placed] = []
    findings = [found("H16")] if any(True for _ in table.iterdescendants(*_CHANGES)) else []
    for number, (row, reach) in enumerate(zip(rows, reaches, strict=True)):
        placed = list(_row(row, number))
        if reach != usual and any(isinstance(text_cell(cell.text), int) for cell, _ in placed[1:]):
            texts = [cell.text for cell, _ in placed]
            findings.append(dataclasses.replace(found("H17", raw=" | ".join(texts)), cell=address(number, 0)))
            placed = [(Placed(number, 0, " ".join(texts)), False)]
        _add(cells, placed, number)
    return DocumentTable(tuple(_without_empty_columns(cells)), tuple(findings))


def _add(cells: list[Placed], placed: Iterable[tuple[Placed, bool]], number: int) -> None:
    """Add the cells of a row; one that continues the cell above makes that taller."""
    above = {cell.column: i for i, cell in enumerate(cells) if cell.row + cell.height == number}
    for cell, continues in placed:
        if continues and cell.column in above:
            top = cells[above[cell.column]]
            cells[above[cell.column]] = dataclasses.replace(top, height=top.height + 1)
        else:
            cells.append(cell)


def _reach(row: Element) -> int:
    """How many columns of the table's grid a row takes; a row that takes others had cells deleted or inserted."""
    beside = sum(_number(row.find(f"{_W}trPr/{_W}{name}"), 0) for name in ("gridBefore", "gridAfter"))
    return beside + sum(cell.width for cell, _ in _row(row, 0))


def _row(row: Element, number: int) -> Iterator[tuple[Placed, bool]]:
    """The cells of a row, each with whether it continues the one above."""
    column = _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
    for cell in _unwrapped(row):
        if cell.tag == f"{_W}tc":
            width = max(1, _number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1))
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            continues = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
            yield Placed(number, column, _cell_text(cell), 1, width), continues
            column += width


def _without_empty_columns(cells: list[Placed]) -> Iterator[Placed]:
    """The cells without columns in which none of them begins: Word leaves such columns where borders were moved."""
    begun = sorted({cell.column for cell in cells})
    places = {column: place for place, column in enumerate(begun)}
    for cell in cells:
        width = sum(cell.column <= column < cell.column + cell.width for column in begun)
        yield Placed(cell.row, places[cell.column], cell.text, cell.height, width)


def _number(element: Element | None, default: int) -> int:
    value = None if element is None else element.get(f"{_W}val")
    return min(int(value), 1000) if value and value.isdigit() else default


def _cell_text(cell: Element) -> str:
    """What stands in a cell, which may itself be wrapped as a check box."""
    ticked = _check_box(cell.getparent().getparent())
    return _text(cell) if ticked is None else _tick(ticked)


def _tick(ticked: bool) -> str:
    return "☑" if ticked else "☐"


def _text(element: Element) -> str:
    """What a person reads in an element, paragraphs on lines of their own."""
    return "".join(_parts(element)).strip("\n")


def _parts(element: Element) -> Iterator[str]:
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _NOT_READ:
            continue
        name = child.tag.removeprefix(_W)
        if name == "t":
            yield child.text or ""
        elif name in _CHARACTERS:
            yield _CHARACTERS[name]
        elif name == "sym":
            yield _symbol(child)
        elif name == "r":
            yield _run(child)
        elif (ticked := _check_box(child)) is not None:
            yield _tick(ticked)
        else:
            yield from _parts(child)
            if name == "p":
                yield "\n"


def _run(run: Element) -> str:
    if _is_on(run, "vanish"):
        return ""
    text = "".join(_parts(run))
    if _is_on(run, "strike") or _is_on(run, "dstrike"):
        return struck(text)
    position = run.find(f"{_W}rPr/{_W}vertAlign")
    return raised(text) if position is not None and position.get(f"{_W}val") == "superscript" else text


def _is_on(run: Element, name: str) -> bool:
    """Whether a run is formatted so."""
    mark = run.find(f"{_W}rPr/{_W}{name}")
    return mark is not None and mark.get(f"{_W}val", "1") not in ("0", "false", "off")


def _symbol(element: Element) -> str:
    """A letter of a symbol font: a tick or a box; another is shown, so that it is not overlooked."""
    font = element.get(f"{_W}font", "").casefold()
    code = element.get(f"{_W}char", "0")
    return _SYMBOLS.get((font, int(code, 16) & 0xFF), _UNKNOWN_SYMBOL)


def _check_box(element: Element) -> bool | None:
    """Whether a check box is ticked; None where the element is none."""
    modern = element.find(f"{_W}sdtPr/{_W14}checkbox") if element.tag == f"{_W}sdt" else None
    if modern is not None:
        state = modern.find(f"{_W14}checked")
        return state is not None and state.get(f"{_W14}val") in ("1", "true", "on")
    old = element.find(f"{_W}ffData/{_W}checkBox") if element.tag == f"{_W}fldChar" else None
    if old is None:
        return None
    state = old.find(f"{_W}checked") if old.find(f"{_W}checked") is not None else old.find(f"{_W}default")
    return state is not None and state.get(f"{_W}val", "1") not in ("0", "false", "off")

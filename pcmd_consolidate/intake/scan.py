"""One scan of the XML of an .xlsx workbook: what stands in every cell, untouched, and what is said of it.

Extent, marks, merged areas, remarks and the second reading all come from it. Sheets in the dialect that programs write
are taken apart by one pattern, which must account for every byte of the cells; any other sheet is parsed as XML.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pcmd_consolidate.findings import found
from pcmd_consolidate.ids import CHECK_SHEET, ID_SHEET, own_sheets
from pcmd_consolidate.intake.package import Parts, RefusedError, parsed, read_parts
from pcmd_consolidate.intake.sheet_xml import Raw, Scanned, local, scan_sheet, text_of
from pcmd_consolidate.limits import limits_now

_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_STYLES, _STRINGS = "xl/styles.xml", "xl/sharedStrings.xml"
_PERCENTS = {"9": "0%", "10": "0.00%"}
_PLAIN_STRINGS = re.compile(
    rb"[^<]*(?:<\?xml[^<>]*>\s*)?<sst[^<>]*>(?:<si>(?:<t(?: xml:space=\"preserve\")?>[^<]*+</t>|<t/>)</si>)*+</sst>\s*"
)

Element = Any
"""An XML element; lxml carries no types."""


@dataclass(frozen=True)
class Book:
    """A scanned workbook.

    Attributes:
        sheets: What stands in each worksheet, by name; the checks of a handed-out workbook are left out.
        formats: The number format of each cell style, in their order; ``General`` where it is a built-in one other than
            a percentage.
        parts: The parts of the package.
    """

    sheets: Mapping[str, Scanned]
    formats: tuple[str, ...]
    parts: Parts

    @cached_property
    def strings(self) -> tuple[str, ...]:
        """The shared strings."""
        return tuple(map(text_of, _items(self.parts)))


def scan_book(content: bytes) -> Book:
    """Scan a workbook.

    Raises:
        RefusedError: It is not what it says, or no reader could tell what it holds.
    """
    parts = read_parts(content)
    named = list(sheet_parts(parts))
    check_names([name for name, _ in named])
    formats = tuple(_formats(parsed(parts, _STYLES))) if _STYLES in parts else ()
    ids = _scanned([(name, part) for name, part in named if name == ID_SHEET], formats, parts)
    own = own_sheets([name for name, _ in named], _told(ids))
    book = _scanned([(name, part) for name, part in named if name in own and name != CHECK_SHEET], formats, parts)
    _check_strings(book)
    return book


def _scanned(named: Sequence[tuple[str, str]], formats: tuple[str, ...], parts: Parts) -> Book:
    seen = {part: scan_sheet(parts, part) for part in dict.fromkeys(part for _, part in named)}
    return Book({name: seen[part] for name, part in named}, formats, parts)


def _told(book: Book) -> dict[str, str]:
    """What the hidden sheet of a workbook that we wrote says."""
    cells = book.sheets[ID_SHEET].cells if ID_SHEET in book.sheets else {}
    texts = {place: _text(book, raw) for place, raw in cells.items()}
    return {text: texts.get((row, 1), "") for (row, column), text in texts.items() if column == 0}


def _text(book: Book, raw: Raw) -> str:
    """The text of a cell; empty where it points to none."""
    if raw.kind == "s":
        place = int(raw.value) if raw.value and raw.value.isdecimal() else -1
        return book.strings[place] if 0 <= place < len(book.strings) else ""
    return (raw.text if raw.kind == "inlineStr" else raw.value) or ""


def sheet_parts(parts: Parts) -> Iterator[tuple[str, str]]:
    """Name of each worksheet and the part that holds it.

    Raises:
        RefusedError: A part is not there.
    """
    if _WORKBOOK not in parts or _RELATIONS not in parts:
        raise RefusedError(found("H02", what="nội dung bị thiếu"))
    relations = {element.get("Id"): element for element in parsed(parts, _RELATIONS)}
    for sheet in parsed(parts, _WORKBOOK).findall("{*}sheets/{*}sheet"):
        relation = relations.get(next((value for key, value in sheet.items() if key.endswith("}id")), None))
        if relation is not None and not relation.get("Type", "").endswith("/worksheet"):
            continue
        part = "" if relation is None else _target(relation.get("Target", ""))
        if part not in parts:
            raise RefusedError(found("H27", what=f"«{sheet.get('name', '')}»"))
        yield sheet.get("name", ""), part


def _target(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def check_names(names: Sequence[str]) -> None:
    """Refuse more sheets than any form has, and two sheets of one name.

    Raises:
        RefusedError: There are too many, or two of one name.
    """
    if len(names) > limits_now().max_sheets:
        raise RefusedError(found("H04", what=f"có {len(names)} trang tính"))
    folded = [name.casefold() for name in names]
    if doubled := next((name for name in names if folded.count(name.casefold()) > 1), None):
        raise RefusedError(found("H28", what=f"«{doubled}»"))


def _formats(styles: Element) -> Iterator[str]:
    own = {f.get("numFmtId"): f.get("formatCode", "") for f in styles.findall(".//{*}numFmts/{*}numFmt")}
    known = _PERCENTS | own
    for style in styles.findall("{*}cellXfs/{*}xf"):
        yield known.get(style.get("numFmtId", "0"), "General")


def _check_strings(book: Book) -> None:
    """Refuse a table of strings that says another size than it has, and cells that point outside of it."""
    highest = max((sheet.highest_string for sheet in book.sheets.values()), default=-1)
    if _STRINGS not in book.parts:
        count = 0
    else:
        data = book.parts[_STRINGS]
        head = data[: data.find(b">", data.find(b"sst")) + 1]
        if any(number > limits_now().max_strings for number in _counts(head)):
            raise RefusedError(found("H29", what="số chuỗi chữ khai không đúng"))
        plain = _PLAIN_STRINGS.fullmatch(data)
        count = data.count(b"<si>") if plain else len(book.strings)
    if highest >= count:
        raise RefusedError(found("H29", what=f"chuỗi chữ số {highest} không có trong tệp"))


def _counts(head: bytes) -> Iterator[int]:
    for piece in head.replace(b"'", b'"').split(b'"')[1::2]:
        if piece.isdigit():
            yield int(piece[:30])


def _items(parts: Parts) -> Iterator[Element]:
    if _STRINGS in parts:
        yield from (element for element in parsed(parts, _STRINGS) if local(element) == "si")

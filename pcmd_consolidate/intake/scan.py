"""One scan of the XML of an .xlsx workbook: what stands in every cell, untouched, and what is said of it.

Extent, marks, merged areas, remarks and the second reading all come from it. Sheets in the dialect that programs write
are taken apart by one pattern, which must account for every byte of the cells; any other sheet is parsed as XML.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from pcmd_consolidate.findings import found
from pcmd_consolidate.ids import ID_SHEET, is_check_sheet, own_sheets
from pcmd_consolidate.intake.container import target_part
from pcmd_consolidate.intake.number_formats import DATES, PERCENTS, shows_date, shows_plainly
from pcmd_consolidate.intake.package import Parts, RefusedError, parsed, read_parts
from pcmd_consolidate.intake.relations import check_relations
from pcmd_consolidate.intake.sheet_xml import Scanned, local, scan_sheet, text_of
from pcmd_consolidate.intake.usual_cells import Raw, plain_text
from pcmd_consolidate.limits import Limits, limited, limits_now

_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_STYLES, _STRINGS = "xl/styles.xml", "xl/sharedStrings.xml"
_PLAIN_HEAD = re.compile(rb"[^<]*(?:<\?xml[^<>]*>\s*)?<sst[^<>]*(?<!/)>")
_PLAIN_STRING = re.compile(rb"<si><t(?: xml:space=\"preserve\")?(?:>([^<]*)</t>|/>)")
_LONG = 1000
"""Bytes from which a string is not remembered."""

Element = Any
"""An XML element; lxml carries no types."""


@dataclass(frozen=True)
class Book:
    """A scanned workbook.

    Attributes:
        sheets: What stands in each worksheet, by name; the checks of a handed-out workbook are left out.
        states: ``visible``, ``hidden`` or ``veryHidden``, for every worksheet by name.
        formats: The number format of each cell style, in their order; ``General`` where it is a built-in one other than
            a percentage.
        plain_styles: The cell styles that show a number as the number it is.
        dates: The cell styles that show a number as a date or a time.
        parts: The parts of the package.
    """

    sheets: Mapping[str, Scanned]
    states: Mapping[str, str]
    formats: tuple[str, ...]
    plain_styles: frozenset[int]
    dates: frozenset[int]
    parts: Parts

    @cached_property
    def strings(self) -> tuple[str, ...]:
        """The shared strings."""
        if _STRINGS not in self.parts:
            return ()
        plain = _plain_strings(self.parts[_STRINGS])
        return tuple(map(text_of, _items(self.parts))) if plain is None else plain


def scan_book(content: bytes) -> Book:
    """Scan a workbook.

    Raises:
        RefusedError: It is not what it says, or no reader could tell what it holds.
    """
    return _scanned(content, limits_now())


@lru_cache(maxsize=1)  # whoever looks for a known layout scans first
def _scanned(content: bytes, limits: Limits) -> Book:
    with limited(limits):
        return _scan(content)


def _scan(content: bytes) -> Book:
    parts = read_parts(content)
    check_relations(parts)
    named = sheet_parts(parts)
    check_names([name for name, _, _ in named])
    formats, plain, dates = _formats_in(parts[_STYLES]) if _STYLES in parts else ((), frozenset(), frozenset())
    whole = Book({}, {name: state for name, state, _ in named}, formats, plain, dates, parts)
    ids = _with_sheets(whole, [(name, part) for name, _, part in named if name == ID_SHEET])
    own = own_sheets([name for name, _, _ in named], _told(ids))
    book = _with_sheets(ids, [(name, part) for name, _, part in named if name in own and not is_check_sheet(name)])
    _check_strings(book)
    return book


def _with_sheets(book: Book, named: Sequence[tuple[str, str]]) -> Book:
    seen: dict[str, Scanned] = {}
    for name, part in named:
        if part not in seen:
            seen[part] = book.sheets[name] if name in book.sheets else scan_sheet(book.parts, part)
    return dataclasses.replace(book, sheets={name: seen[part] for name, part in named})


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


def sheet_parts(parts: Parts) -> tuple[tuple[str, str, str], ...]:
    """Name and state of each worksheet, and the part that holds it.

    Raises:
        RefusedError: A part is not there.
    """
    if _WORKBOOK not in parts or _RELATIONS not in parts:
        raise RefusedError(found("H02", what="nội dung bị thiếu"))
    named = _sheets_in(parts[_WORKBOOK], parts[_RELATIONS])
    for name, _, part in named:
        if part not in parts:
            raise RefusedError(found("H27", what=f"«{name}»"))
    return named


@lru_cache(maxsize=32)  # the same in all workbooks that were handed out
def _sheets_in(workbook: bytes, rels: bytes) -> tuple[tuple[str, str, str], ...]:
    relations = {element.get("Id"): element for element in parsed({_RELATIONS: rels}, _RELATIONS)}
    named = []
    for sheet in parsed({_WORKBOOK: workbook}, _WORKBOOK).findall("{*}sheets/{*}sheet"):
        relation = relations.get(next((value for key, value in sheet.items() if key.endswith("}id")), None))
        if relation is None or relation.get("Type", "").endswith("/worksheet"):
            part = "" if relation is None else target_part(relation.get("Target", ""), "xl")
            named.append((sheet.get("name", ""), sheet.get("state", "visible"), part))
    return tuple(named)


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


@lru_cache(maxsize=32)  # the same in all workbooks that were handed out
def _formats_in(styles: bytes) -> tuple[tuple[str, ...], frozenset[int], frozenset[int]]:
    root = parsed({_STYLES: styles}, _STYLES)
    formats = tuple(_formats(root))
    numbers = [style.get("numFmtId", "0") for style in root.findall("{*}cellXfs/{*}xf")]
    paired = list(zip(numbers, formats, strict=True))
    dates = frozenset(i for i, (number, code) in enumerate(paired) if number in DATES or shows_date(code))
    plain = frozenset(i for i, code in enumerate(formats) if i not in dates and shows_plainly(code))
    return formats, plain, dates


def _formats(styles: Element) -> Iterator[str]:
    own = {f.get("numFmtId"): f.get("formatCode", "") for f in styles.findall(".//{*}numFmts/{*}numFmt")}
    known = PERCENTS | own
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
        count = len(book.strings)
    if highest >= count:
        raise RefusedError(found("H29", what=f"chuỗi chữ số {highest} không có trong tệp"))


@lru_cache(maxsize=1)
def _plain_strings(written: bytes) -> tuple[str, ...] | None:
    """The shared strings, where they are written in the usual dialect."""
    head = _PLAIN_HEAD.match(written)
    if head is None:
        return None
    *items, end = written[head.end() :].split(b"</si>")
    texts = [_remembered(item) if len(item) < _LONG else _plain_string(item) for item in items]
    return (
        tuple([text for text in texts if text is not None]) if end.strip() == b"</sst>" and None not in texts else None
    )


@lru_cache(maxsize=4096)
def _remembered(item: bytes) -> str | None:
    return _plain_string(item)


def _plain_string(item: bytes) -> str | None:
    plain = _PLAIN_STRING.fullmatch(item)
    return None if plain is None else plain_text(plain[1] or b"")


def _counts(head: bytes) -> Iterator[int]:
    for piece in head.replace(b"'", b'"').split(b'"')[1::2]:
        if piece.isdigit():
            yield int(piece[:30])


def _items(parts: Parts) -> Iterator[Element]:
    yield from (element for element in parsed(parts, _STRINGS) if local(element) == "si")

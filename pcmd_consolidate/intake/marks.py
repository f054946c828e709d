"""Cells that the fast reader blurs.

python-calamine gives an empty cell for an error value (``#REF!``) and for a formula without a stored value, and a plain
number for a percentage (100% is 1). They must be told apart from blank and from counts. Each format is scanned for them
in its own way.
"""

from __future__ import annotations

import html
import io
import itertools
import re
import zipfile
from collections.abc import Iterator, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from xml.etree import ElementTree as ET

from pcmd_consolidate.intake.biff12 import Sheet, read_xlsb
from pcmd_consolidate.intake.biff12_cells import ERRORS
from pcmd_consolidate.intake.container import target_part
from pcmd_consolidate.intake.scan import Book, scan_book
from pcmd_consolidate.intake.sheet_xml import Scanned, as_number

Marks = dict[str, dict[tuple[int, int], "Mark"]]

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
END_OF_CALENDAR = 2_958_466
"""First number that is no day of Excel's calendar."""
_NUMERIC = ("float", "currency")


class MarkKind(StrEnum):
    """What the cell really holds."""

    ERROR = "error"
    NOT_CALCULATED = "not_calculated"
    PERCENT = "percent"
    BOOLEAN = "boolean"
    DIFFERS = "differs"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell that is no plain value: an error, a percentage, a date of no calendar, what two readings differ on..."""

    kind: MarkKind
    text: str


def find_marks(content: bytes, suffix: str) -> Marks:
    """Marks of a workbook: sheet → (row, column) → mark, counted from 0."""
    finder = {"xlsx": _xlsx, "xlsb": _xlsb, "xls": _xls, "ods": _ods}[suffix]
    return finder(content)


def _xlsx(content: bytes) -> Marks:
    return marks_of(scan_book(content))


def marks_of(book: Book) -> Marks:
    """Marks of a scanned .xlsx workbook."""
    percents = {style for style, code in enumerate(book.formats) if "%" in code}
    return {name: dict(_scanned_marks(sheet, percents)) for name, sheet in book.sheets.items()}


def _scanned_marks(sheet: Scanned, percents: Set[int]) -> Iterator[tuple[tuple[int, int], Mark]]:
    for place, raw in sheet.cells.items():
        if raw.kind == "e":
            yield place, Mark(MarkKind.ERROR, raw.value or "#ERROR")
        elif raw.value and raw.kind == "n" and raw.style in percents and (value := as_number(raw.value)) is not None:
            yield place, _percent(value)
        elif raw.formula is not None and not raw.value and raw.kind != "str":
            yield place, Mark(MarkKind.NOT_CALCULATED, f"={html.unescape(raw.formula)}")


def sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name of each sheet of an .xlsx workbook and the part of the archive that holds it."""
    workbook, relations = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    targets = {relation.get("Id"): relation.get("Target", "") for relation in ET.fromstring(archive.read(relations))}
    for sheet in ET.fromstring(archive.read(workbook)).findall("{*}sheets/{*}sheet"):
        relation = next((value for name, value in sheet.items() if name.endswith("}id")), None)
        part = target_part(targets.get(relation, ""), "xl")
        if part in archive.namelist():
            yield sheet.get("name", ""), part


def _percent(value: float) -> Mark:
    return Mark(MarkKind.PERCENT, f"{value * 100:g}%")


def _xlsb(content: bytes) -> Marks:
    return {name: dict(_xlsb_marks(sheet)) for name, sheet in read_xlsb(content).items()}


def _xlsb_marks(sheet: Sheet) -> Iterator[tuple[tuple[int, int], Mark]]:
    yield from ((place, Mark(MarkKind.ERROR, text)) for place, text in sheet.errors.items())
    yield from ((place, _percent(value)) for place, value in sheet.percents.items())
    for place, value in sheet.dates.items():
        if not 0 <= value < END_OF_CALENDAR:
            yield place, Mark(MarkKind.DATE, f"{value:.15g}")


def _boolean(value: bool) -> Mark:
    return Mark(MarkKind.BOOLEAN, "TRUE" if value else "FALSE")


def _xls(content: bytes) -> Marks:
    import xlrd

    from pcmd_consolidate.intake.old_formulas import uncalculated

    book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), formatting_info=True)
    formats = [book.format_map[xf.format_key].format_str for xf in book.xf_list]
    percents = {i for i, text in enumerate(formats) if "%" in text}
    booleans = {i for i, text in enumerate(formats) if "BOOLEAN" in text or '"TRUE"' in text}
    marks = {sheet.name: dict(_xls_cells(sheet, percents, booleans)) for sheet in book.sheets()}
    for sheet, places in zip(book.sheets(), uncalculated(content), strict=False):
        marks[sheet.name] |= dict.fromkeys(places, Mark(MarkKind.NOT_CALCULATED, "công thức"))
    return marks


def _xls_cells(sheet: Any, percents: Set[int], booleans: Set[int]) -> Iterator[tuple[tuple[int, int], Mark]]:
    import xlrd

    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            if cell.ctype == xlrd.XL_CELL_ERROR:
                yield (row, column), Mark(MarkKind.ERROR, ERRORS.get(cell.value, "#ERROR"))
            elif cell.ctype == xlrd.XL_CELL_DATE and not 0 <= cell.value < END_OF_CALENDAR:
                yield (row, column), Mark(MarkKind.DATE, f"{cell.value:.15g}")
            elif cell.ctype == xlrd.XL_CELL_NUMBER and cell.xf_index in booleans:
                yield (row, column), _boolean(bool(cell.value))
            elif cell.ctype == xlrd.XL_CELL_NUMBER and cell.xf_index in percents:
                yield (row, column), _percent(cell.value)


def _ods(content: bytes) -> Marks:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        data = archive.read("content.xml")
    return {
        table.get(f"{_TABLE}name", ""): dict(_ods_cells(table)) for table in ET.fromstring(data).iter(f"{_TABLE}table")
    }


def _ods_cells(table: ET.Element) -> Iterator[tuple[tuple[int, int], Mark]]:
    row_number = 0
    for row in table.iter(f"{_TABLE}table-row"):
        column = 0
        for cell in row:
            mark = _ods_mark(cell)
            if mark is not None:
                for place in itertools.product(range(repeated(row, "rows")), range(repeated(cell, "columns"))):
                    yield (row_number + place[0], column + place[1]), mark
            column += int(cell.get(f"{_TABLE}number-columns-repeated", 1))
        row_number += int(row.get(f"{_TABLE}number-rows-repeated", 1))


def repeated(element: ET.Element, what: str) -> int:
    """How often an element of an OpenDocument stands there; no form needs more than a thousand."""
    return min(int(element.get(f"{_TABLE}number-{what}-repeated", 1)), 1000)


def _ods_mark(cell: ET.Element) -> Mark | None:
    kind, value, formula = (cell.get(name) for name in (f"{_OFFICE}value-type", f"{_OFFICE}value", f"{_TABLE}formula"))
    paragraphs = list(cell.iter(f"{_TEXT}p"))
    text = "".join(p.text or "" for p in paragraphs)
    if cell.get(f"{_CALCEXT}value-type") == "error" or re.match(r"(#[A-Z/0!?]+|Err:\d+)$", text):
        return Mark(MarkKind.ERROR, text or "#ERROR")
    if text in ("TRUE", "FALSE") or kind == "boolean":
        return _boolean(text == "TRUE" or cell.get(f"{_OFFICE}boolean-value") == "true")
    if kind == "percentage":
        return Mark(MarkKind.PERCENT, text)
    if formula and not kind and not paragraphs:
        return Mark(MarkKind.NOT_CALCULATED, formula)
    if _shows_another(value, text) or (kind in _NUMERIC and not value and text):
        return Mark(MarkKind.DIFFERS, f"{value or ''} / {text}")
    return None


def _shows_another(value: str | None, text: str) -> bool:
    """Whether a whole number is shown, without any separator, as another whole number."""
    number = as_number(value) if value else None
    return (
        number is not None and number.is_integer() and re.fullmatch("[0-9]+", text) is not None and number != int(text)
    )

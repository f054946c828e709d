"""Cells that the fast reader blurs.

python-calamine gives an empty cell for an error value (``#REF!``) and for a formula without a stored value, and a plain
number for a percentage (100% is 1). They must be told apart from blank and from counts. Each format is scanned for them
in its own way; for .xlsx a cheap look at the bytes comes first.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from xml.etree import ElementTree as ET

from pcmd_consolidate.intake.biff12 import ERRORS, read_xlsb

Marks = dict[str, dict[tuple[int, int], "Mark"]]

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_SUSPECT = re.compile(rb"""["']e["']|</?[\w:]*f\b[^>]*>\s*(?:<[\w:]*v\s*/>|<([\w:]*)v>\s*</|</[\w:]*c>)""")
_REFERENCE = re.compile(r"([A-Z]+)(\d+)")


class MarkKind(StrEnum):
    """What the cell really holds."""

    ERROR = "error"
    NOT_CALCULATED = "not_calculated"
    PERCENT = "percent"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell that holds an error value, a formula without a stored value, or a percentage."""

    kind: MarkKind
    text: str


def find_marks(content: bytes, suffix: str) -> Marks:
    """Marks of a workbook: sheet → (row, column) → mark, counted from 0."""
    finder = {"xlsx": _xlsx, "xlsb": _xlsb, "xls": _xls, "ods": _ods}[suffix]
    return finder(content)


def _xlsx(content: bytes) -> Marks:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        marks = {}
        percents = _percent_styles(archive)
        for name, part in sheet_parts(archive):
            data = archive.read(part)
            if percents or _SUSPECT.search(data):
                marks[name] = dict(_xlsx_cells(data, percents))
        return marks


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[str]:
    """Indices of the cell styles that show a number as a percentage."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    styles = ET.fromstring(archive.read("xl/styles.xml"))
    formats = {f.get("numFmtId") for f in styles.findall(".//{*}numFmt") if "%" in f.get("formatCode", "")}
    formats |= {"9", "10"}
    cells = styles.find("{*}cellXfs")
    return frozenset(str(i) for i, xf in enumerate(cells if cells is not None else ()) if xf.get("numFmtId") in formats)


def sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name of each sheet of an .xlsx workbook and the part of the archive that holds it."""
    workbook, relations = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    targets = {relation.get("Id"): relation.get("Target", "") for relation in ET.fromstring(archive.read(relations))}
    for sheet in ET.fromstring(archive.read(workbook)).findall("{*}sheets/{*}sheet"):
        relation = next((value for name, value in sheet.items() if name.endswith("}id")), None)
        target = targets.get(relation, "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if part in archive.namelist():
            yield sheet.get("name", ""), part


def _xlsx_cells(data: bytes, percents: frozenset[str]) -> Iterator[tuple[tuple[int, int], Mark]]:
    row_number, column = -1, -1
    sheet = ET.fromstring(data)
    ns = sheet.tag.removesuffix("worksheet")  # of the transitional or the strict kind
    for row in sheet.iter(f"{ns}row"):
        row_number = int(row.get("r", row_number + 2)) - 1
        column = -1
        for cell in row.iter(f"{ns}c"):
            column = column_number(cell.get("r"), column + 1)
            value = cell.findtext(f"{ns}v") or ""
            formula = cell.find(f"{ns}f")
            if cell.get("t") == "e":
                yield (row_number, column), Mark(MarkKind.ERROR, value or "#ERROR")
            elif cell.get("s") in percents and value and cell.get("t", "n") == "n":
                yield (row_number, column), _percent(float(value))
            elif formula is not None and value == "" and cell.get("t") != "str":
                yield (row_number, column), Mark(MarkKind.NOT_CALCULATED, f"={formula.text or ''}")


def column_number(reference: str | None, default: int) -> int:
    """Column of a cell reference, from 0; a default for a cell without one."""
    matched = _REFERENCE.match(reference or "")
    if matched is None:
        return default
    number = 0
    for letter in matched[1]:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _percent(value: float) -> Mark:
    return Mark(MarkKind.PERCENT, f"{value * 100:g}%")


def _xlsb(content: bytes) -> Marks:
    return {
        name: {place: Mark(MarkKind.ERROR, text) for place, text in sheet.errors.items()}
        | {place: _percent(value) for place, value in sheet.percents.items()}
        for name, sheet in read_xlsb(content).items()
    }


def _boolean(value: bool) -> Mark:
    return Mark(MarkKind.BOOLEAN, "TRUE" if value else "FALSE")


def _xls(content: bytes) -> Marks:
    import xlrd

    book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), formatting_info=True)
    formats = [book.format_map[xf.format_key].format_str for xf in book.xf_list]
    percents = {i for i, text in enumerate(formats) if "%" in text}
    booleans = {i for i, text in enumerate(formats) if "BOOLEAN" in text or '"TRUE"' in text}
    return {sheet.name: dict(_xls_cells(sheet, percents, booleans)) for sheet in book.sheets()}


def _xls_cells(sheet: Any, percents: Set[int], booleans: Set[int]) -> Iterator[tuple[tuple[int, int], Mark]]:
    import xlrd

    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            if cell.ctype == xlrd.XL_CELL_ERROR:
                yield (row, column), Mark(MarkKind.ERROR, ERRORS.get(cell.value, "#ERROR"))
            elif cell.ctype == xlrd.XL_CELL_NUMBER and cell.xf_index in booleans:
                yield (row, column), _boolean(bool(cell.value))
            elif cell.ctype == xlrd.XL_CELL_NUMBER and cell.xf_index in percents:
                yield (row, column), _percent(cell.value)


def _ods(content: bytes) -> Marks:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        data = archive.read("content.xml")
    if not any(sign in data for sign in (b'"error"', b"table:formula", b'"percentage"', b'"boolean"', b">TRUE<")):
        return {}
    return {
        table.get(f"{_TABLE}name", ""): dict(_ods_cells(table)) for table in ET.fromstring(data).iter(f"{_TABLE}table")
    }


def _ods_cells(table: ET.Element) -> Iterator[tuple[tuple[int, int], Mark]]:
    row_number = 0
    for row in table.iter(f"{_TABLE}table-row"):
        column = 0
        for cell in row:
            text = "".join(p.text or "" for p in cell.iter(f"{_TEXT}p"))
            if cell.get(f"{_CALCEXT}value-type") == "error" or re.match(r"(#[A-Z/0!?]+|Err:\d+)$", text):
                yield (row_number, column), Mark(MarkKind.ERROR, text or "#ERROR")
            elif text in ("TRUE", "FALSE") or cell.get(f"{_OFFICE}value-type") == "boolean":
                yield (row_number, column), _boolean(text == "TRUE" or cell.get(f"{_OFFICE}boolean-value") == "true")
            elif cell.get(f"{_OFFICE}value-type") == "percentage":
                yield (row_number, column), Mark(MarkKind.PERCENT, text)
            elif (
                cell.get(f"{_TABLE}formula") and not cell.get(f"{_OFFICE}value-type") and cell.find(f"{_TEXT}p") is None
            ):
                yield (row_number, column), Mark(MarkKind.NOT_CALCULATED, cell.get(f"{_TABLE}formula", ""))
            column += int(cell.get(f"{_TABLE}number-columns-repeated", 1))
        row_number += int(row.get(f"{_TABLE}number-rows-repeated", 1))

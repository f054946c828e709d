"""Cells that the fast reader blurs.

python-calamine gives an empty cell for an error value (``#REF!``) and for a formula without a stored value, and a plain
number for a percentage (100% is 1). They must be told apart from blank and from counts. Each format is scanned for them
in its own way; for .xlsx a cheap look at the bytes comes first.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from xml.etree import ElementTree as ET

Marks = dict[str, dict[tuple[int, int], "Mark"]]

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_SUSPECT = re.compile(rb"""["']e["']|</?[\w:]*f\b[^>]*>\s*(?:<[\w:]*v\s*/>|<([\w:]*)v>\s*</|</[\w:]*c>)""")
_REFERENCE = re.compile(r"([A-Z]+)(\d+)")
_BIFF_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip


class MarkKind(StrEnum):
    """What the cell really holds."""

    ERROR = "error"
    NOT_CALCULATED = "not_calculated"
    PERCENT = "percent"


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
        for name, part in _sheet_parts(archive, "xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
            data = archive.read(part)
            if percents or _SUSPECT.search(data):
                marks[name] = dict(_xlsx_cells(data, percents))
        return marks


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[str]:
    """Indices of the cell styles that show a number as a percentage."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    styles = ET.fromstring(archive.read("xl/styles.xml"))
    formats = {f.get("numFmtId") for f in styles.iter(f"{_NS}numFmt") if "%" in f.get("formatCode", "")} | {"9", "10"}
    cells = styles.find(f"{_NS}cellXfs")
    return frozenset(str(i) for i, xf in enumerate(cells if cells is not None else ()) if xf.get("numFmtId") in formats)


def _sheet_parts(archive: zipfile.ZipFile, workbook: str, relations: str) -> Iterator[tuple[str, str]]:
    targets = {relation.get("Id"): relation.get("Target", "") for relation in ET.fromstring(archive.read(relations))}
    for sheet in ET.fromstring(archive.read(workbook)).iter(f"{_NS}sheet"):
        target = targets.get(sheet.get(_REL), "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if part in archive.namelist():
            yield sheet.get("name", ""), part


def _xlsx_cells(data: bytes, percents: frozenset[str]) -> Iterator[tuple[tuple[int, int], Mark]]:
    row_number, column = -1, -1
    for row in ET.fromstring(data).iter(f"{_NS}row"):
        row_number = int(row.get("r", row_number + 2)) - 1
        column = -1
        for cell in row.iter(f"{_NS}c"):
            column = _column(cell.get("r"), column + 1)
            value = cell.findtext(f"{_NS}v") or ""
            formula = cell.find(f"{_NS}f")
            if cell.get("t") == "e":
                yield (row_number, column), Mark(MarkKind.ERROR, value or "#ERROR")
            elif cell.get("s") in percents and value and cell.get("t", "n") == "n":
                yield (row_number, column), Mark(MarkKind.PERCENT, f"{float(value) * 100:g}%")
            elif formula is not None and value == "" and cell.get("t") != "str":
                yield (row_number, column), Mark(MarkKind.NOT_CALCULATED, f"={formula.text or ''}")


def _column(reference: str | None, default: int) -> int:
    matched = _REFERENCE.match(reference or "")
    if matched is None:
        return default
    number = 0
    for letter in matched[1]:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _xlsb(content: bytes) -> Marks:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        relations = ET.fromstring(archive.read("xl/_rels/workbook.bin.rels"))
        targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
        return {
            name: dict(_xlsb_cells(archive.read(f"xl/{targets[relation]}")))
            for name, relation in _xlsb_sheets(archive.read("xl/workbook.bin"))
            if f"xl/{targets.get(relation)}" in archive.namelist()
        }


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Records of a binary part: type and payload; both counts are stored seven bits to a byte."""
    position = 0
    while position < len(data):
        kind, position = _varint(data, position, 2)
        size, position = _varint(data, position, 4)
        yield kind, data[position : position + size]
        position += size


def _varint(data: bytes, position: int, longest: int) -> tuple[int, int]:
    value = 0
    for place in range(longest):
        byte = data[position]
        position += 1
        # a record type keeps its continuation bits, a size does not
        value |= (byte << 8 * place) if longest == 2 else ((byte & 0x7F) << 7 * place)
        if not byte & 0x80:
            break
    return value, position


def _xlsb_sheets(data: bytes) -> Iterator[tuple[str, str]]:
    for kind, payload in _records(data):
        if kind == 0x019C:
            relation, end = _wide_string(payload, 8)
            name, _ = _wide_string(payload, end)
            yield name, relation


def _wide_string(payload: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", payload, at)
    end = at + 4 + 2 * length
    return payload[at + 4 : end].decode("utf-16-le"), end


def _xlsb_cells(data: bytes) -> Iterator[tuple[tuple[int, int], Mark]]:
    row = 0
    for kind, payload in _records(data):
        if kind == 0:
            (row,) = struct.unpack_from("<I", payload)
        elif kind in (3, 11):
            (column,) = struct.unpack_from("<I", payload)
            yield (row, column), Mark(MarkKind.ERROR, _BIFF_ERRORS.get(payload[8], "#ERROR"))


def _xls(content: bytes) -> Marks:
    import xlrd

    book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO())
    return {
        sheet.name: {
            (row, column): Mark(MarkKind.ERROR, _BIFF_ERRORS.get(sheet.cell_value(row, column), "#ERROR"))
            for row in range(sheet.nrows)
            for column, kind in enumerate(sheet.row_types(row))
            if kind == xlrd.XL_CELL_ERROR
        }
        for sheet in book.sheets()
    }


def _ods(content: bytes) -> Marks:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        data = archive.read("content.xml")
    if not any(sign in data for sign in (b'"error"', b"table:formula", b'"percentage"')):
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
            elif cell.get(f"{_OFFICE}value-type") == "percentage":
                yield (row_number, column), Mark(MarkKind.PERCENT, text)
            elif (
                cell.get(f"{_TABLE}formula") and not cell.get(f"{_OFFICE}value-type") and cell.find(f"{_TEXT}p") is None
            ):
                yield (row_number, column), Mark(MarkKind.NOT_CALCULATED, cell.get(f"{_TABLE}formula", ""))
            column += int(cell.get(f"{_TABLE}number-columns-repeated", 1))
        row_number += int(row.get(f"{_TABLE}number-rows-repeated", 1))

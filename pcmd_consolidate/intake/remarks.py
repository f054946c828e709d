"""What a person does not see in a workbook: hidden rows and columns, formats that hide, figures from other files.

The figures are read like any other; each of them gets a finding.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET

from pcmd_consolidate.intake.marks import column_number, sheet_parts

_SIGNS = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true)|<(?:\w+:)?f\b[^>]*>[^<]*\[""")
_ELSEWHERE = re.compile(r"\[[^\]]+\]")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


@dataclass(frozen=True)
class Remarks:
    """What is not to be seen in a sheet; rows and columns from 0.

    Attributes:
        hidden_rows, hidden_columns: Rows and columns that are hidden.
        cells: Cell → kind of finding: ``E06`` a figure from another workbook, ``E07`` a format that hides or scales it.
    """

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    cells: Mapping[tuple[int, int], str] = field(default_factory=dict)


NOTHING_HIDDEN = Remarks()


def find_remarks(content: bytes, kind: str) -> dict[str, Remarks]:
    """Remarks by sheet; empty for sheets that hide nothing, and for .xlsb."""
    finder = {"xlsx": _xlsx, "xls": _xls, "ods": _ods}.get(kind)
    return {} if finder is None else dict(finder(content))


def misleading(number_format: str) -> bool:
    """Whether a number format shows nothing, or a thousandth, of a number."""
    shown = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", number_format.split(";")[0])
    scaled = re.search(r"[0#?],+(?:$|[^0#?,])", shown) is not None
    return shown != "General" and (scaled or not re.search(r"[0#?@dmyhsGg]", shown))


def _xlsx(content: bytes) -> Iterator[tuple[str, Remarks]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        styles = _misleading_styles(archive)
        for name, part in sheet_parts(archive):
            data = archive.read(part)
            if styles or _SIGNS.search(data):
                yield name, _xlsx_remarks(ET.fromstring(data), styles)


def _misleading_styles(archive: zipfile.ZipFile) -> frozenset[str]:
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    styles = ET.fromstring(archive.read("xl/styles.xml"))
    formats = {f.get("numFmtId") for f in styles.findall(".//{*}numFmt") if misleading(f.get("formatCode", "0"))}
    cells = styles.find("{*}cellXfs")
    return frozenset(str(i) for i, xf in enumerate(cells if cells is not None else ()) if xf.get("numFmtId") in formats)


def _xlsx_remarks(sheet: ET.Element, styles: frozenset[str]) -> Remarks:
    hidden_rows, cells = set(), {}
    row_number = -1
    for row in sheet.findall(".//{*}row"):
        row_number = int(row.get("r", row_number + 2)) - 1
        if row.get("hidden") in ("1", "true"):
            hidden_rows.add(row_number)
        column = -1
        for cell in row.findall("{*}c"):
            column = column_number(cell.get("r"), column + 1)
            if _ELSEWHERE.search(cell.findtext("{*}f") or ""):
                cells[row_number, column] = "E06"
            elif cell.get("s") in styles:
                cells[row_number, column] = "E07"
    columns = {
        number
        for col in sheet.findall(".//{*}col")
        if col.get("hidden") in ("1", "true")
        for number in range(int(col.get("min", 1)) - 1, min(int(col.get("max", 1)), 1000))
    }
    return Remarks(frozenset(hidden_rows), frozenset(columns), cells)


def _xls(content: bytes) -> Iterator[tuple[str, Remarks]]:
    import xlrd

    book: Any = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), formatting_info=True)
    styles = {i for i, xf in enumerate(book.xf_list) if misleading(book.format_map[xf.format_key].format_str)}
    for sheet in book.sheets():
        rows = frozenset(number for number, info in sheet.rowinfo_map.items() if info.hidden)
        columns = frozenset(number for number, info in sheet.colinfo_map.items() if info.hidden)
        cells = {
            (row, column): "E07"
            for row in range(sheet.nrows)
            for column in range(sheet.row_len(row))
            if sheet.cell_type(row, column) == xlrd.XL_CELL_NUMBER and sheet.cell_xf_index(row, column) in styles
        }
        yield sheet.name, Remarks(rows, columns, cells)


def _ods(content: bytes) -> Iterator[tuple[str, Remarks]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        data = archive.read("content.xml")
    if b"table:visibility" in data or b"file:" in data:
        for table in ET.fromstring(data).iter(f"{_TABLE}table"):
            hidden_rows, hidden_columns = _unseen(table, "row"), _unseen(table, "column")
            yield table.get(f"{_TABLE}name", ""), Remarks(hidden_rows, hidden_columns, dict(_ods_elsewhere(table)))


def _ods_elsewhere(table: ET.Element) -> Iterator[tuple[tuple[int, int], str]]:
    """Cells whose formula takes a figure from another file."""
    row_number = 0
    for row in table.iter(f"{_TABLE}table-row"):
        column = 0
        for cell in row:
            if "file:" in cell.get(f"{_TABLE}formula", ""):
                yield (row_number, column), "E06"
            column += int(cell.get(f"{_TABLE}number-columns-repeated", 1))
        row_number += int(row.get(f"{_TABLE}number-rows-repeated", 1))


def _unseen(table: ET.Element, what: str) -> frozenset[int]:
    hidden: set[int] = set()
    place = 0
    for element in table.iter(f"{_TABLE}table-{what}"):
        count = int(element.get(f"{_TABLE}number-{what}s-repeated", 1))
        if element.get(f"{_TABLE}visibility", "visible") != "visible":
            hidden.update(range(place, place + min(count, 1000)))
        place += count
    return frozenset(hidden)

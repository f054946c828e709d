"""What a person does not see in a workbook: hidden rows and columns, formats that hide, figures from other files.

The figures are read like any other; each of them gets a finding.
"""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET

from pcmd_consolidate.intake.biff12 import read_xlsb
from pcmd_consolidate.intake.marks import repeated
from pcmd_consolidate.intake.number_formats import misleading, misleading_styles
from pcmd_consolidate.intake.scan import Book, scan_book
from pcmd_consolidate.intake.sheet_xml import Scanned

_ELSEWHERE = re.compile(r"\[[^\]]+\]")
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
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
    """Remarks by sheet; empty for sheets that hide nothing."""
    return dict({"xlsx": _xlsx, "xls": _xls, "ods": _ods, "xlsb": _xlsb}[kind](content))


def _xlsx(content: bytes) -> Iterator[tuple[str, Remarks]]:
    yield from remarks_of(scan_book(content)).items()


def remarks_of(book: Book) -> dict[str, Remarks]:
    """Remarks of a scanned .xlsx workbook."""
    styles = {style for style, code in enumerate(book.formats) if misleading(code)}
    return {name: _scanned_remarks(sheet, styles) for name, sheet in book.sheets.items()}


def _scanned_remarks(sheet: Scanned, styles: Set[int]) -> Remarks:
    cells = {}
    for place, raw in sheet.cells.items():
        if raw.formula and "[" in raw.formula and _ELSEWHERE.search(raw.formula):
            cells[place] = "E06"
        elif raw.style in styles:
            cells[place] = "E07"
    return Remarks(sheet.hidden_rows, sheet.hidden_columns, cells)


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


def _xlsb(content: bytes) -> Iterator[tuple[str, Remarks]]:
    for name, sheet in read_xlsb(content).items():
        yield name, Remarks(sheet.hidden_rows, sheet.hidden_columns, dict.fromkeys(sheet.misleading, "E07"))


def _ods(content: bytes) -> Iterator[tuple[str, Remarks]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        data = archive.read("content.xml")
        named = archive.read("styles.xml") if "styles.xml" in archive.namelist() else b"<none/>"
    if any(word in data for word in (b"table:visibility", b"file:")) or b"data-style-name" in data + named:
        root = ET.fromstring(data)
        styles = misleading_styles((ET.fromstring(named), root))
        for table in root.iter(f"{_TABLE}table"):
            hidden_rows, hidden_columns = _unseen(table, "row"), _unseen(table, "column")
            yield table.get(f"{_TABLE}name", ""), Remarks(hidden_rows, hidden_columns, dict(_ods_cells(table, styles)))


def _ods_cells(table: ET.Element, styles: Set[str]) -> Iterator[tuple[tuple[int, int], str]]:
    """Cells whose formula takes a figure from another file, and figures whose format misleads."""
    of_columns = [
        column.get(f"{_TABLE}default-cell-style-name")
        for column in table.iter(f"{_TABLE}table-column")
        for _ in range(repeated(column, "columns"))
    ]
    row_number = 0
    for row in table.iter(f"{_TABLE}table-row"):
        column = 0
        for cell in row:
            default = row.get(
                f"{_TABLE}default-cell-style-name", of_columns[column] if column < len(of_columns) else ""
            )
            if "file:" in cell.get(f"{_TABLE}formula", ""):
                yield (row_number, column), "E06"
            elif f"{_OFFICE}value" in cell.attrib and cell.get(f"{_TABLE}style-name", default) in styles:
                for place in itertools.product(range(repeated(row, "rows")), range(repeated(cell, "columns"))):
                    yield (row_number + place[0], column + place[1]), "E07"
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

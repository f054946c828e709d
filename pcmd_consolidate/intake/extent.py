"""How far the cells of a workbook reach, told before any reader makes room for them.

The fast reader makes room for the whole rectangle up to the last cell: one stray space in XFD1048576 asks for
hundreds of gigabytes, and the process is ended.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

MAX_CELLS = 2_000_000
"""Largest rectangle, in cells, that a sheet may span; a form needs fewer than a thousand."""
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]{0,3})(\d{1,8})["']""")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def farthest_cell(content: bytes, kind: str) -> str | None:
    """Where the cells of a sheet reach too far, as *rows × columns*; None where they do not.

    Args:
        content: The workbook.
        kind: ``xlsx``, ``xls``, ``xlsb`` or ``ods``.
    """
    spans = {"xlsx": _xlsx, "ods": _ods, "xls": _xls, "xlsb": _xlsb}[kind](content)
    too_far = next(((rows, columns) for rows, columns in spans if rows * columns > MAX_CELLS), None)
    return None if too_far is None else f"{too_far[0]} dòng × {too_far[1]} cột"


def _xlsx(content: bytes) -> Iterator[tuple[int, int]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                found = set(_REFERENCE.findall(archive.read(name)))
                letters = {column for column, _ in found}
                yield max((int(row) for _, row in found), default=0), max(map(_number, letters), default=0)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _ods(content: bytes) -> Iterator[tuple[int, int]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        tables = ET.fromstring(archive.read("content.xml")).iter(f"{_TABLE}table")
    for table in tables:
        rows = columns = place = 0
        for row in table.iter(f"{_TABLE}table-row"):
            place += int(row.get(f"{_TABLE}number-rows-repeated", 1))
            width = _width(row)
            if width:
                rows, columns = place, max(columns, width)
        yield rows, columns


def _width(row: ET.Element) -> int:
    """Up to which column a row of an .ods table holds something."""
    place = width = 0
    for cell in row:
        place += int(cell.get(f"{_TABLE}number-columns-repeated", 1))
        if len(cell):
            width = place
    return width


def _xls(content: bytes) -> Iterator[tuple[int, int]]:
    import xlrd

    for sheet in xlrd.open_workbook(file_contents=content, logfile=io.StringIO()).sheets():
        yield sheet.nrows, sheet.ncols


def _xlsb(content: bytes) -> Iterator[tuple[int, int]]:
    from pcmd_consolidate.intake.biff12 import spans

    yield from spans(content)

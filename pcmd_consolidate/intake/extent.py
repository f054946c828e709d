"""How far the cells of a workbook reach, told before any reader makes room for them.

The fast reader makes room for the whole rectangle up to the last cell: one stray space in XFD1048576 asks for
hundreds of gigabytes, and the process is ended.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from pcmd_consolidate.intake.scan import scan_book
from pcmd_consolidate.limits import limits_now

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def farthest_cell(content: bytes, kind: str) -> str | None:
    """Where the cells of a sheet reach too far, as *rows × columns*; None where they do not.

    Args:
        content: The workbook.
        kind: ``xlsx``, ``xls``, ``xlsb`` or ``ods``.
    """
    return too_far({"xlsx": _xlsx, "ods": _ods, "xls": _xls, "xlsb": _xlsb}[kind](content))


def too_far(spans: Iterable[tuple[int, int]]) -> str | None:
    """The first span that is too large, as *rows × columns*."""
    found = next(((rows, columns) for rows, columns in spans if rows * columns > limits_now().max_span), None)
    return None if found is None else f"{found[0]} dòng × {found[1]} cột"


def _xlsx(content: bytes) -> Iterator[tuple[int, int]]:
    return (sheet.span for sheet in scan_book(content).sheets.values())


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

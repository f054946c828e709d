"""Merged areas of the formats for which python-calamine tells none (.ods, .xlsb)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from pcmd_consolidate.intake.biff12 import read_xlsb
from pcmd_consolidate.intake.references import Area

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_SPANS = re.compile(rb"""number-(?:columns|rows)-spanned\s*=\s*["'](?!1["'])""")


def find_merges(content: bytes, suffix: str) -> dict[str, tuple[Area, ...]]:
    """Merged areas by sheet, as (first row, first column, last row, last column); empty for the other formats."""
    if suffix == "xlsb":
        return {name: sheet.merged for name, sheet in read_xlsb(content).items()}
    return _ods(content) if suffix == "ods" else {}


def _ods(content: bytes) -> dict[str, tuple[Area, ...]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        data = archive.read("content.xml")
    if not _SPANS.search(data):
        return {}
    tables = ET.fromstring(data).iter(f"{_TABLE}table")
    return {table.get(f"{_TABLE}name", ""): tuple(_areas(table)) for table in tables}


def _areas(table: ET.Element) -> Iterator[Area]:
    row_number = 0
    for row in table.iter(f"{_TABLE}table-row"):
        column = 0
        for cell in row:
            height, width = _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned")
            if (height, width) != (1, 1):
                yield row_number, column, row_number + height - 1, column + width - 1
            column += _number(cell, "number-columns-repeated")
        row_number += _number(row, "number-rows-repeated")


def _number(element: ET.Element, attribute: str) -> int:
    return int(element.get(f"{_TABLE}{attribute}", 1))

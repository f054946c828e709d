"""Cells far from all others: the fast reader is handed a copy of the workbook without them.

It makes room for the whole rectangle up to the last cell, so it must never see them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

from lxml import etree

from pcmd_consolidate.findings import found
from pcmd_consolidate.intake.extent import too_far
from pcmd_consolidate.intake.package import Parts, RefusedError, parsed
from pcmd_consolidate.intake.references import REFERENCE, Place, column_of
from pcmd_consolidate.intake.scan import Book, sheet_parts
from pcmd_consolidate.intake.sheet_xml import Scanned, local
from pcmd_consolidate.intake.usual_cells import Raw
from pcmd_consolidate.limits import limits_now

Strays = Mapping[Place, str]
"""Stray cells of a sheet, and what stands in them."""


def without_strays(content: bytes, book: Book) -> tuple[bytes, Mapping[str, Strays]]:
    """A scanned .xlsx workbook without its stray cells.

    Args:
        content: The workbook.
        book: What the scan tells of it.

    Returns:
        The workbook, and the stray cells by sheet.

    Raises:
        RefusedError: A sheet is too large, and not for a few stray cells.
    """
    strays = {name: _strays(sheet) for name, sheet in book.sheets.items() if too_far([sheet.span])}
    if not strays:
        return content, {}
    parts = dict(book.parts)
    for part in {part for name, _, part in sheet_parts(book.parts) if name in strays}:
        parts[part] = _only_near(book.parts, part)
    words = {name: {at: _words(book.strings, raw) for at, raw in cells.items()} for name, cells in strays.items()}
    return _packed(parts), words


def _is_near(row: int, column: int) -> bool:
    return row < limits_now().near_rows and column < limits_now().near_columns


def _strays(sheet: Scanned) -> Mapping[Place, Raw]:
    far = {at: raw for at, raw in sheet.cells.items() if not _is_near(*at)}
    if len(far) > min(limits_now().max_strays, len(sheet.cells) - len(far)):
        raise RefusedError(found("H33", what=too_far([sheet.span])))
    return far


def _only_near(parts: Parts, name: str) -> bytes:
    """The XML of a worksheet, known to be sound, without the cells that are far."""
    root = parsed(parts, name)
    row = 0
    for line in next(element for element in root if local(element) == "sheetData"):
        row = int(line.get("r", row + 1))
        column = 0
        for cell in list(line):
            matched = REFERENCE.match(cell.get("r", ""))
            column = column + 1 if matched is None else column_of(matched[1].encode())
            if not _is_near(row - 1, column - 1):
                line.remove(cell)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def _packed(parts: Parts) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return content.getvalue()


def _words(strings: Sequence[str], raw: Raw) -> str:
    if raw.kind == "s" and raw.value:
        return strings[int(raw.value)]
    return raw.text or raw.value or f"={raw.formula or ''}"

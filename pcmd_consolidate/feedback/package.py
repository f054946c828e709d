"""A workbook as bytes: the same bytes for the same workbook, whenever it is written."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import Any

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from pcmd_consolidate.feedback.stored import Values, with_values
from pcmd_consolidate.intake.marks import sheet_parts

LONG_AGO = dt.datetime(2000, 1, 1)
"""Stands where a workbook does not say when it was saved; older than any return."""
_CORE = "docProps/core.xml"
_CREATED = re.compile(rb"<dcterms:created[^>]*>(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)")
_ZIP_TIME = (2000, 1, 1, 0, 0, 0)


def keep_times(book: Workbook, content: bytes, saved_at: str) -> None:
    """Let a workbook say the times of the file that it stands for: what is corrected later is then newer.

    Args:
        book: The workbook.
        content: The file that it was read from, for the day on which that was made.
        saved_at: When the return says it was last saved (ISO text); empty where it does not.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        core = archive.read(_CORE) if _CORE in archive.namelist() else b""
    created = _CREATED.search(core)
    book.properties.created = _time(created[1].decode() if created else "")
    book.properties.modified = _time(saved_at)


def _time(text: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return LONG_AGO


def to_bytes(book: Workbook, values: Values) -> bytes:
    """The bytes of a workbook.

    Args:
        book: The workbook; the times in its properties are kept.
        values: What its formulas had as values; every program computes those without one when it opens the workbook.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        writer: Any = ExcelWriter(book, archive)
        writer.write_data()
    result = io.BytesIO()
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(result, "w") as archive:
        sheets = {part: name for name, part in sheet_parts(parts)}
        for part in parts.namelist():
            data = parts.read(part)
            kept = values.get(sheets.get(part, ""))
            archive.writestr(_entry(part), with_values(data, kept) if kept else data)
    return result.getvalue()


def _entry(part: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(part, _ZIP_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0
    return entry

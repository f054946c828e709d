"""Formulas of an .xls workbook that nobody has computed: neither of its readers tells them from blank cells.

Programs that write formulas without computing them store an empty text as the result of each. Excel does so too where
an empty text is the result; so formulas count as not computed where no formula of the workbook has any other result.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

import xlrd
from xlrd.compdoc import CompDoc

from pcmd_consolidate.intake.references import Place

_FORMULA, _SHEET, _EOF = 0x06, 0x85, 0x0A
_WORKSHEET = 0
_EMPTY_TEXT = b"\x03", b"\xff\xff"
"""First and last bytes of a stored result that is an empty text."""


def uncalculated(content: bytes) -> tuple[frozenset[Place], ...]:
    """Where each worksheet has formulas that were not computed, in the order of the sheets; empty where it has none."""
    stream = _stream(content)
    starts = [struct.unpack_from("<I", data)[0] for kind, data in _records(stream, 0) if _is_worksheet(kind, data)]
    formulas = [dict(_formulas(stream, start)) for start in starts]
    if not all(empty for sheet in formulas for empty in sheet.values()):
        return ()
    return tuple(map(frozenset, formulas))


def _stream(content: bytes) -> bytes:
    document = CompDoc(content, logfile=io.StringIO())
    for name in ("Workbook", "Book"):
        memory, start, length = document.locate_named_stream(name)
        if memory is not None:
            return bytes(memory[start : start + length])
    raise xlrd.XLRDError(name)


def _records(stream: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    """Records from a place on, to the end of the sheet that begins there."""
    while position + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, position)
        if kind == _EOF:
            return
        yield kind, stream[position + 4 : position + 4 + size]
        position += 4 + size


def _is_worksheet(kind: int, data: bytes) -> bool:
    return kind == _SHEET and len(data) > 6 and data[5] == _WORKSHEET


def _formulas(stream: bytes, start: int) -> Iterator[tuple[Place, bool]]:
    """Place of each formula, and whether its stored result is an empty text."""
    for kind, data in _records(stream, start):
        if kind == _FORMULA and len(data) >= 14:
            yield struct.unpack_from("<HH", data), (data[6:7], data[12:14]) == _EMPTY_TEXT

"""Formulas of .xls workbooks, written record by record ([MS-XLS] 2.4): computed or not."""

from __future__ import annotations

import struct

import pytest

from pcmd_consolidate.intake.grid import Cell, Format, read_grids
from pcmd_consolidate.intake.marks import Mark, MarkKind
from tests.hostile.others import ole

EMPTY_TEXT = b"\x03\0\0\0\0\0\xff\xff"
NOT_CALCULATED = Mark(MarkKind.NOT_CALCULATED, "công thức")


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def beginning(what: int) -> bytes:
    return record(0x809, struct.pack("<HHHHII", 0x600, what, 0, 1996, 0, 6))


def number(row: int, column: int, value: float) -> bytes:
    return record(0x203, struct.pack("<HHHd", row, column, 0, value))


def formula(row: int, column: int, result: bytes) -> bytes:
    """The formula 1 with a stored result."""
    one = b"\x1e" + struct.pack("<H", 1)
    return record(0x06, struct.pack("<HHH", row, column, 0) + result + struct.pack("<HIH", 0, 0, len(one)) + one)


def workbook(*sheets: bytes) -> bytes:
    """A workbook with sheets called A, B …"""
    head, end = beginning(5), record(0x0A, b"")
    size = len(head) + len(end) + 13 * len(sheets)
    named, cells = b"", b""
    for place, sheet in enumerate(sheets):
        named += record(0x85, struct.pack("<IHBB", size + len(cells), 0, 1, 0) + bytes([65 + place]))
        cells += beginning(16) + sheet + end
    return ole("Workbook", head + named + end + cells)


def rows(*sheets: bytes) -> list[list[list[Cell]]]:
    return [[list(row) for row in grid.rows] for grid in read_grids(workbook(*sheets), Format.XLS)]


@pytest.mark.parametrize("place", [0, 1])
def test_formulas_that_nobody_computed(place: int) -> None:
    plain, computed = number(0, 0, 4) + number(0, 1, 5), number(0, 0, 4) + formula(0, 1, EMPTY_TEXT)
    sheets = [plain, computed] if place else [computed, plain]

    assert rows(*sheets)[place] == [[4, NOT_CALCULATED]]
    assert rows(*sheets)[1 - place] == [[4, 5]]


def test_an_empty_text_among_computed_formulas_is_blank() -> None:
    assert rows(number(0, 0, 4) + formula(0, 1, EMPTY_TEXT) + formula(0, 2, struct.pack("<d", 7.0))) == [[[4, None, 7]]]

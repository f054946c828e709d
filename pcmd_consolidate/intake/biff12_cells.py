"""The records of a part of an .xlsb workbook, and the cells that some of them are (MS-XLSB, sections 2.1.4 and 2.4)."""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pcmd_consolidate.intake.references import Place, fault

ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
"""Error values of the binary formats."""
ROW, _BLANK = 0, 1
_BEGIN_CELLS, _END_CELLS = 145, 146
_RK, _ERROR, _REAL, _TEXT, _SHARED = 2, 3, 5, 6, 7
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_ERROR = 8, 9, 11
_SHORT = range(12, 19)
"""Cells that name no column: each stands in the one after the last."""
_RICH = 62

Record = tuple[int, bytes]


class Stored(NamedTuple):
    """A cell as it is stored.

    Attributes:
        style: Index of its style.
        value: Its number or text; None where it is blank or a Có/Không value, and where it is an error.
        error: Its error value, as Excel writes it; empty where it has none.
        formula: Whether it is computed.
    """

    style: int
    value: float | str | None
    error: str
    formula: bool


def records(data: bytes) -> Iterator[Record]:
    """Records: type and payload; type and size are stored seven bits to a byte."""
    position = 0
    while position < len(data):
        kind, position = _number(data, position, 2)
        size, position = _number(data, position, 4)
        yield kind, data[position : position + size]
        position += size


def _number(data: bytes, position: int, longest: int) -> tuple[int, int]:
    value = 0
    for place in range(longest):
        byte = data[position]
        position += 1
        value |= (byte & 0x7F) << 7 * place
        if not byte & 0x80:
            break
    return value, position


def wide_string(payload: bytes, at: int) -> tuple[str, int]:
    """A text and where it ends."""
    (length,) = struct.unpack_from("<I", payload, at)
    end = at + 4 + 2 * length
    return payload[at + 4 : end].decode("utf-16-le"), end


def placed(found: Iterator[Record]) -> Iterator[tuple[Place, Record]]:
    """The records of rows (with column -1) and cells, where they stand; the others are left where the cells end."""
    row, column = 0, -1
    inside = itertools.dropwhile(lambda record: record[0] != _BEGIN_CELLS, found)
    for kind, payload in itertools.takewhile(lambda record: record[0] != _END_CELLS, inside):
        if kind == ROW:
            (row,), column = struct.unpack_from("<I", payload), -1
            yield (row, column), (kind, payload)
        elif kind in _SHORT:
            column += 1
            yield (row, column), (kind - _SHORT.start + _BLANK, struct.pack("<I", column) + payload)
        elif kind <= _FORMULA_ERROR or kind == _RICH:
            column = int.from_bytes(payload[:4], "little")
            yield (row, column), (kind, payload)


def stored_cells(found: Iterator[tuple[Place, Record]], strings: Sequence[str]) -> dict[Place, Stored]:
    """The cells that hold something.

    Raises:
        RefusedError: A cell stands there twice, or points to a text that is not there.
    """
    cells: dict[Place, Stored] = {}
    seen: set[Place] = set()
    for place, (kind, payload) in found:
        if place in seen:
            raise fault(f"dòng {place[0] + 1}, cột {place[1] + 1} ghi hai lần")
        seen.add(place)
        if kind not in (ROW, _BLANK):
            error = ERRORS.get(payload[8], "#ERROR") if kind in (_ERROR, _FORMULA_ERROR) else ""
            style = int.from_bytes(payload[4:7], "little")
            formula = _FORMULA_TEXT <= kind <= _FORMULA_ERROR
            cells[place] = Stored(style, _value(kind, payload, strings), error, formula)
    return cells


def _value(kind: int, payload: bytes, strings: Sequence[str]) -> float | str | None:
    if kind == _RK:
        return _shortened(payload)
    if kind in (_REAL, _FORMULA_NUMBER):
        return float(struct.unpack_from("<d", payload, 8)[0])
    if kind == _SHARED:
        return _shared(struct.unpack_from("<I", payload, 8)[0], strings)
    if kind in (_TEXT, _FORMULA_TEXT, _RICH):
        return wide_string(payload, 9 if kind == _RICH else 8)[0]
    return None


def _shared(place: int, strings: Sequence[str]) -> str:
    if place >= len(strings):
        raise fault(f"chuỗi chữ số {place} không có trong tệp")
    return strings[place]


def _shortened(payload: bytes) -> float:
    """An RK number: a shortened float or a whole number, perhaps times a hundred."""
    (raw,) = struct.unpack_from("<i", payload, 8)
    value = float(raw >> 2) if raw & 2 else struct.unpack("<d", struct.pack("<q", (raw & ~3) << 32))[0]
    return float(value / 100 if raw & 1 else value)

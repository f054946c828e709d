"""What python-calamine does not tell of an .xlsb workbook (MS-XLSB): error values, percentages, merged areas."""

from __future__ import annotations

import io
import itertools
import posixpath
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

Place = tuple[int, int]
Area = tuple[int, int, int, int]

ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
"""Error values of the binary formats."""
_ROW, _RK, _ERROR, _REAL, _FORMULA_NUMBER, _FORMULA_ERROR = 0, 2, 3, 5, 9, 11
_FORMAT, _CELL_STYLE, _BEGIN_CELL_STYLES, _END_CELL_STYLES = 44, 47, 617, 618
_SHEET, _MERGED, _BEGIN_CELLS, _END_CELLS = 156, 176, 145, 146
_WORKBOOK, _RELATIONS, _STYLES = "xl/workbook.bin", "xl/_rels/workbook.bin.rels", "xl/styles.bin"
_PERCENTS = {9, 10}
"""Built-in number formats that are percentages."""


@dataclass(frozen=True)
class Sheet:
    """What one sheet holds beside plain values.

    Attributes:
        errors: Row and column, from 0 → error value as Excel writes it.
        percents: Row and column → number that is shown as a percentage.
        merged: Merged areas as (first row, first column, last row, last column).
    """

    errors: dict[Place, str]
    percents: dict[Place, float]
    merged: tuple[Area, ...]


def read_xlsb(content: bytes) -> dict[str, Sheet]:
    """The sheets of a workbook by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = set(archive.namelist())
        styles = _percent_styles(archive.read(_STYLES)) if _STYLES in parts else frozenset()
        targets = {r.get("Id"): r.get("Target", "") for r in ET.fromstring(archive.read(_RELATIONS))}
        named = [(name, _part(targets.get(relation, ""))) for name, relation in _sheets(archive.read(_WORKBOOK))]
        return {name: _sheet(archive.read(part), styles) for name, part in named if part in parts}


def spans(content: bytes) -> Iterator[tuple[int, int]]:
    """Rows and columns that the cells of each sheet span."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".bin"):
                yield _span(_records(archive.read(name)))


def _span(records: Iterator[tuple[int, bytes]]) -> tuple[int, int]:
    row = rows = columns = 0
    inside = itertools.dropwhile(lambda record: record[0] != _BEGIN_CELLS, records)
    for kind, payload in itertools.takewhile(lambda record: record[0] != _END_CELLS, inside):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", payload)
        elif kind <= _FORMULA_ERROR:
            rows, columns = max(rows, row + 1), max(columns, _column(payload) + 1)
    return rows, columns


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
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


def _sheets(data: bytes) -> Iterator[tuple[str, str]]:
    """Name and relation of each sheet."""
    for kind, payload in _records(data):
        if kind == _SHEET:
            relation, end = _wide_string(payload, 8)
            name, _ = _wide_string(payload, end)
            yield name, relation


def _wide_string(payload: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", payload, at)
    end = at + 4 + 2 * length
    return payload[at + 4 : end].decode("utf-16-le"), end


def _percent_styles(data: bytes) -> frozenset[int]:
    """Indices of the cell styles that show a number as a percentage."""
    formats = set(_PERCENTS)
    styles: list[int] = []
    within = False
    for kind, payload in _records(data):
        if kind == _FORMAT and "%" in _wide_string(payload, 2)[0]:
            formats.add(struct.unpack_from("<H", payload)[0])
        elif kind in (_BEGIN_CELL_STYLES, _END_CELL_STYLES):
            within = kind == _BEGIN_CELL_STYLES
        elif kind == _CELL_STYLE and within:
            styles.append(struct.unpack_from("<H", payload, 2)[0])
    return frozenset(i for i, number_format in enumerate(styles) if number_format in formats)


def _sheet(data: bytes, percent_styles: frozenset[int]) -> Sheet:
    records = _records(data)
    errors, percents = _cells(records, percent_styles)
    areas = [struct.unpack_from("<4I", payload) for kind, payload in records if kind == _MERGED and len(payload) >= 16]
    return Sheet(errors, percents, tuple((top, left, bottom, right) for top, bottom, left, right in areas))


def _cells(
    records: Iterator[tuple[int, bytes]], percent_styles: frozenset[int]
) -> tuple[dict[Place, str], dict[Place, float]]:
    """Error values and percentages; the records are left where the cells end."""
    errors: dict[Place, str] = {}
    percents: dict[Place, float] = {}
    row = 0
    for kind, payload in itertools.takewhile(
        lambda record: record[0] != _END_CELLS, itertools.dropwhile(lambda record: record[0] != _BEGIN_CELLS, records)
    ):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", payload)
        elif kind in (_ERROR, _FORMULA_ERROR):
            errors[row, _column(payload)] = ERRORS.get(payload[8], "#ERROR")
        elif kind in (_RK, _REAL, _FORMULA_NUMBER) and _style(payload) in percent_styles:
            percents[row, _column(payload)] = _value(kind, payload)
    return errors, percents


def _column(payload: bytes) -> int:
    return int.from_bytes(payload[:4], "little")


def _style(payload: bytes) -> int:
    return int.from_bytes(payload[4:7], "little")


def _value(kind: int, payload: bytes) -> float:
    """The number in a cell; an RK number is a shortened float or a whole number, perhaps times a hundred."""
    if kind != _RK:
        return float(struct.unpack_from("<d", payload, 8)[0])
    (raw,) = struct.unpack_from("<i", payload, 8)
    value = float(raw >> 2) if raw & 2 else struct.unpack("<d", struct.pack("<q", (raw & ~3) << 32))[0]
    return float(value / 100 if raw & 1 else value)

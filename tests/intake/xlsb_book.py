"""Workbooks in Excel's binary format (.xlsb), written record by record: no program at hand can write them.

The records are those of MS-XLSB, sections 2.4 and 2.5.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import quoteattr

_ERRORS = {"#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#NUM!": 0x24, "#N/A": 0x2A}
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


@dataclass(frozen=True)
class Percent:
    """A number shown as a percentage; one of the built-in formats, or one of the workbook's own."""

    value: float
    own_format: bool = False


@dataclass(frozen=True)
class Formula:
    """A formula with its stored result (a number, a text or an error value)."""

    result: float | str


@dataclass(frozen=True)
class Shown:
    """A number with a number format of the workbook's own, or with a built-in one."""

    value: float
    number_format: str | int


@dataclass(frozen=True)
class Short:
    """A whole number in a cell that names no column, but stands in the one after the last."""

    value: int


@dataclass(frozen=True)
class Inline:
    """A text in the cell itself, with formatted parts or without."""

    text: str
    rich: bool = False


@dataclass(frozen=True)
class RichText:
    """A text with formatted parts, kept among the shared strings."""

    text: str


@dataclass(frozen=True)
class Sheet:
    """A sheet: its cells from A1 on.

    Attributes:
        merged: Merged areas as (first row, first column, last row, last column).
        hidden_rows, flat_rows: Rows that are hidden, and rows without height.
        hidden_columns: Columns that are hidden, as (first, last).
    """

    name: str
    rows: Sequence[Sequence[object]]
    merged: Sequence[tuple[int, int, int, int]] = ()
    hidden: bool = False
    hidden_rows: Sequence[int] = ()
    flat_rows: Sequence[int] = ()
    hidden_columns: Sequence[tuple[int, int]] = ()


def write_xlsb(path: Path, sheets: Sequence[Sheet]) -> Path:
    """Write a workbook."""
    strings: dict[tuple[str, bool], int] = {}
    formats = list(
        dict.fromkeys(v.number_format for s in sheets for row in s.rows for v in row if isinstance(v, Shown))
    )
    parts = {
        f"xl/worksheets/sheet{i}.bin": b"".join(_worksheet(sheet, strings, formats))
        for i, sheet in enumerate(sheets, 1)
    }
    parts["xl/workbook.bin"] = b"".join(_workbook(sheets))
    parts["xl/styles.bin"] = b"".join(_styles(formats))
    parts["xl/sharedStrings.bin"] = b"".join(_shared_strings(strings))
    parts["xl/_rels/workbook.bin.rels"] = _relations(
        [("worksheet", f"worksheets/sheet{i}.bin") for i in range(1, len(sheets) + 1)]
        + [("styles", "styles.bin"), ("sharedStrings", "sharedStrings.bin")]
    )
    parts["_rels/.rels"] = _relations([("officeDocument", "xl/workbook.bin")])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _content_types(parts))
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def _record(kind: int, payload: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(payload)
    while length >= 0x80:
        size += bytes([length & 0x7F | 0x80])
        length >>= 7
    return head + size + bytes([length]) + payload


def _string(text: str) -> bytes:
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def _workbook(sheets: Sequence[Sheet]) -> Iterator[bytes]:
    yield _record(131)  # BrtBeginBook
    yield _record(143)  # BrtBeginBundleShs
    for number, sheet in enumerate(sheets, 1):
        state = struct.pack("<II", int(sheet.hidden), number)
        yield _record(156, state + _string(f"rId{number}") + _string(sheet.name))  # BrtBundleSh
    yield _record(144)
    yield _record(132)


def _styles(formats: Sequence[str | int]) -> Iterator[bytes]:
    """Cell formats: general, the built-in percentage, a percentage of the workbook's own, and those asked for."""
    own = {164: '0.0"%"%'} | {165 + i: code for i, code in enumerate(formats) if isinstance(code, str)}
    listed = b"".join(_record(44, struct.pack("<H", number) + _string(code)) for number, code in own.items())
    more = b"".join(_format(165 + i if isinstance(code, str) else code) for i, code in enumerate(formats))
    yield _record(278)  # BrtBeginStyleSheet
    yield _record(615, struct.pack("<I", len(own))) + listed + _record(616)
    yield _record(626, struct.pack("<I", 1)) + _format(0, parent=0xFFFF) + _record(627)  # BrtBeginCellStyleXFs
    count = struct.pack("<I", 3 + len(formats))
    yield _record(617, count) + _format(0) + _format(9) + _format(164) + more + _record(618)  # BrtBeginCellXFs
    yield _record(279)


def _format(number_format: int, parent: int = 0) -> bytes:
    return _record(47, struct.pack("<5H", parent, number_format, 0, 0, 0) + bytes(6))  # BrtXF


def _shared_strings(strings: dict[tuple[str, bool], int]) -> Iterator[bytes]:
    yield _record(159, struct.pack("<II", len(strings), len(strings)))  # BrtBeginSst
    for text, rich in strings:
        runs = struct.pack("<IHH", 1, 0, 0) if rich else b""
        yield _record(19, bytes([int(rich)]) + _string(text) + runs)  # BrtSSTItem
    yield _record(160)


def _worksheet(sheet: Sheet, strings: dict[tuple[str, bool], int], formats: Sequence[str | int]) -> Iterator[bytes]:
    width = max((len(row) for row in sheet.rows), default=1)
    yield _record(129)  # BrtBeginSheet
    yield _record(148, struct.pack("<4I", 0, max(0, len(sheet.rows) - 1), 0, width - 1))  # BrtWsDim
    for first, last in sheet.hidden_columns:
        yield _record(390) + _record(60, struct.pack("<4IH", first, last, 2048, 0, 1)) + _record(391)  # BrtColInfo
    yield _record(145)  # BrtBeginSheetData
    for number, row in enumerate(sheet.rows):
        if any(value is not None for value in row):
            height, hidden = 0 if number in sheet.flat_rows else 300, 0x10 if number in sheet.hidden_rows else 0
            yield _record(0, struct.pack("<IIHBBBI", number, 0, height, 0, hidden, 0, 0))  # BrtRowHdr
            for column, value in enumerate(row):
                if value is not None:
                    yield _cell(column, value, strings, formats)
    yield _record(146)
    yield from _merges(sheet.merged)
    yield _record(130)


def _merges(areas: Iterable[tuple[int, int, int, int]]) -> Iterator[bytes]:
    listed = [_record(176, struct.pack("<4I", top, bottom, left, right)) for top, left, bottom, right in areas]
    if listed:
        yield _record(177, struct.pack("<I", len(listed)))  # BrtBeginMergeCells
        yield from listed
        yield _record(178)


def _cell(column: int, value: object, strings: dict[tuple[str, bool], int], formats: Sequence[str | int]) -> bytes:
    style = 0 if not isinstance(value, Percent) else 2 if value.own_format else 1
    head = struct.pack("<II", column, style)
    match value:
        case bool():
            return _record(4, head + bytes([value]))  # BrtCellBool
        case int() if abs(value) < 1 << 28:
            return _record(2, head + struct.pack("<i", value << 2 | 2))  # BrtCellRk
        case int() | float():
            return _record(5, head + struct.pack("<d", value))  # BrtCellReal
        case Shown(value=number, number_format=code):
            return _record(5, struct.pack("<IId", column, 3 + formats.index(code), number))
        case Short(value=number):
            return _record(13, struct.pack("<Ii", 0, number << 2 | 2))  # BrtShortRk
        case Inline(text=text, rich=rich):
            return _record(62, head + b"\1" + _string(text) + bytes(4)) if rich else _record(6, head + _string(text))
        case Percent(value=number):
            return _record(5, head + struct.pack("<d", number))
        case Formula(result=str() as text) if text in _ERRORS:
            return _record(11, head + bytes([_ERRORS[text]]) + _no_formula())  # BrtFmlaError
        case Formula(result=str() as text):
            return _record(8, head + _string(text) + _no_formula())  # BrtFmlaString
        case Formula(result=number):
            return _record(9, head + struct.pack("<d", number) + _no_formula())  # BrtFmlaNum
        case str() if value in _ERRORS:
            return _record(3, head + bytes([_ERRORS[value]]))  # BrtCellError
        case RichText(text=text):
            return _record(7, head + struct.pack("<I", strings.setdefault((text, True), len(strings))))
        case _:
            return _record(7, head + struct.pack("<I", strings.setdefault((str(value), False), len(strings))))


def _no_formula() -> bytes:
    """Flags and an empty formula: what stands in it does not matter to a reader of results."""
    return struct.pack("<HII", 0, 0, 0)


def _relations(targets: Sequence[tuple[str, str]]) -> bytes:
    lines = [
        f'<Relationship Id="rId{i}" Type="{_RELATIONS}/{kind}" Target={quoteattr(target)}/>'
        for i, (kind, target) in enumerate(targets, 1)
    ]
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'.encode()


def _content_types(parts: Iterable[str]) -> bytes:
    kinds = {"workbook": "sheet.binary.macroEnabled.main", "styles": "styles", "sharedStrings": "sharedStrings"}
    types = {name: kinds.get(Path(name).stem, "worksheet") for name in parts if name.endswith(".bin")}
    lines = [
        f'<Override PartName="/{name}" ContentType="application/vnd.ms-excel.{kind}"/>' for name, kind in types.items()
    ]
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{''.join(lines)}</Types>"
    ).encode()

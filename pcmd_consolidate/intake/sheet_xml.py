"""The XML of one worksheet, taken apart into its cells as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pcmd_consolidate.findings import found
from pcmd_consolidate.intake.package import Parts, RefusedError, parsed
from pcmd_consolidate.intake.references import REFERENCE, Area, Element, Place, column_of, fault, find_areas
from pcmd_consolidate.intake.usual_cells import Raw, is_hidden, style_of, usual_cells
from pcmd_consolidate.limits import MAX_ROW, Limits, limited, limits_now

_UTF8 = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?xml[^>]*encoding=[\"'](?:utf|UTF)-8[\"'][^>]*\?>\s*)?<worksheet\b")
_NUMBER = re.compile(r"[ \t\r\n]*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[ \t\r\n]*\Z")


@lru_cache(maxsize=8192)
def as_number(written: str) -> float | None:
    """The number that a stored value is; None where it is none."""
    if written.isdecimal() and written.isascii():
        return float(written)
    return float(written) if _NUMBER.match(written) else None


@dataclass(frozen=True)
class Scanned:
    """What stands in a worksheet.

    Attributes:
        cells: Row and column, from 0 → every cell that is not empty.
        hidden_rows, hidden_columns: Rows and columns that are not to be seen.
        merges: Merged areas as (first row, first column, last row, last column).
        plain: Whether it is written in the usual dialect, which all readers read alike.
        highest_string: Highest index of a shared string; -1 where there is none.
    """

    cells: dict[Place, Raw]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    merges: tuple[Area, ...]
    plain: bool
    highest_string: int

    @property
    def span(self) -> tuple[int, int]:
        """Rows and columns that the cells reach over."""
        return max((r + 1 for r, _ in self.cells), default=0), max((c + 1 for _, c in self.cells), default=0)


def local(element: Element) -> str:
    """Name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def text_of(element: Element) -> str:
    """The text of a string item, without its phonetic guide."""
    pieces = []
    for child in element:
        if local(child) == "t":
            pieces.append(child.text or "")
        elif local(child) == "r":
            pieces += [t.text or "" for t in child if local(t) == "t"]
    return "".join(pieces)


def scan_sheet(parts: Parts, name: str) -> Scanned:
    """Scan a worksheet.

    Raises:
        RefusedError: Its cells, or its merged areas, are not where they say.
    """
    data = parts[name]
    _check_size(data)
    head, opened, rest = data.partition(b"<sheetData>")
    inside, closed, tail = rest.partition(b"</sheetData>")
    around = _of_surroundings(head, tail, name, limits_now()) if opened and closed else None
    usual = None if around is None else usual_cells(inside)
    if usual is None or around is None:
        root = parsed(parts, name)
        hidden_rows, cells = _parsed_cells(root)
        around = _hidden_and_merged(root)
    else:
        hidden_rows, cells = usual
    strings = [_index(raw.value) for raw in cells.values() if raw.kind == "s"]
    return Scanned(cells, hidden_rows, *around, usual is not None, max(strings, default=-1))


def _check_size(data: bytes) -> None:
    most = limits_now().max_filled
    if len(data) > len(b"<c>") * most and (data.count(b"<c ") > most or data.count(b"<c>") > most):
        raise RefusedError(found("H04", what="có quá nhiều ô"))


@lru_cache(maxsize=32)  # much larger than the cells, and the same in all workbooks that were handed out
def _of_surroundings(
    head: bytes, tail: bytes, name: str, limits: Limits
) -> tuple[frozenset[int], tuple[Area, ...]] | None:
    """Hidden columns and merged areas, from what stands around the cells; None where it is not in the usual dialect."""
    around = head + b"<sheetData/>" + tail
    strange = b"<!" in around or around.find(b"<?", 5) >= 0 or b"<sheetData" in head + tail or b"<c " in tail
    if strange or not _UTF8.match(head):
        return None
    with limited(limits):
        return _hidden_and_merged(parsed({name: around}, name))


def _hidden_and_merged(root: Element) -> tuple[frozenset[int], tuple[Area, ...]]:
    if local(root) != "worksheet":
        raise RefusedError(found("H02", what="nội dung bị hỏng"))
    merges = find_areas(root)
    return frozenset(_hidden_columns(root)), merges


def _parsed_cells(root: Element) -> tuple[frozenset[int], dict[Place, Raw]]:
    tables = [element for element in root if local(element) == "sheetData"]
    if len(tables) != 1:
        raise fault("không có hoặc có nhiều bảng ô")
    hidden: set[int] = set()
    cells: dict[Place, Raw] = {}
    seen: set[Place] = set()
    row = 0
    for line in tables[0]:
        row = _row_number(line, row)
        if is_hidden(dict(line.attrib)):
            hidden.add(row - 1)
        for at, raw in _parsed_row(line, row):
            if at in seen:
                raise fault("một ô ghi hai lần")
            seen.add(at)
            if raw.value or raw.text or raw.formula is not None or raw.odd:
                cells[at] = raw
    return frozenset(hidden), cells


def _row_number(line: Element, previous: int) -> int:
    written = line.get("r", str(previous + 1))
    if local(line) != "row" or not re.fullmatch(r"[1-9]\d{0,6}", written) or int(written) > MAX_ROW:
        raise fault(f"dòng {written!a}")
    return int(written)


def _parsed_row(line: Element, row: int) -> Iterator[tuple[Place, Raw]]:
    column = 0
    for cell in line:
        written = cell.get("r")
        matched = REFERENCE.match(written) if written is not None else None
        if local(cell) != "c" or (written is not None and (matched is None or int(matched[2]) != row)):
            raise fault(ascii(written))
        column = column + 1 if matched is None else column_of(matched[1].encode())
        yield (row - 1, column - 1), _raw(cell)


def _raw(cell: Element) -> Raw:
    values = [child for child in cell if local(child) == "v"]
    formulas = [child for child in cell if local(child) == "f"]
    own = [child for child in cell if local(child) == "is"]
    odd = len(values) > 1 or len(own) > 1 or len(formulas) > 1 or any(len(value) for value in values)
    return Raw(
        cell.get("t", "n"),
        style_of(cell.get("s", "0")),
        values[0].text if values else None,
        (formulas[0].text or "") if formulas else None,
        text_of(own[0]) if own else None,
        odd,
    )


@lru_cache(maxsize=8192)
def _index(value: str | None) -> int:
    """Index of a shared string."""
    if not value:
        return -1
    if value.isdecimal() and value.isascii() and len(value) < 10:
        return int(value)
    if not re.fullmatch(r"\s*\d{1,9}\s*", value):
        raise fault(f"chuỗi chữ số {value!a}")
    return int(value)


def _hidden_columns(root: Element) -> Iterator[int]:
    for column in root.findall("{*}cols/{*}col"):
        narrow = re.fullmatch(r"0+(\.0+)?", column.get("width", ""))
        if column.get("hidden") in ("1", "true") or narrow:
            first, last = column.get("min", "1"), column.get("max", "1")
            if first.isdigit() and last.isdigit():
                yield from range(int(first[:9]) - 1, min(int(last[:9]), 1000))

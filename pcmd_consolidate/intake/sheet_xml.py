"""The XML of one worksheet, taken apart into its cells as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pcmd_consolidate.findings import found
from pcmd_consolidate.intake.package import Parts, RefusedError, parsed
from pcmd_consolidate.intake.references import REFERENCE, Area, Element, Place, column_of, fault, find_areas
from pcmd_consolidate.limits import MAX_ROW, Limits, limited, limits_now

_ATTRIBUTES = rb'((?: [\w:]+="[^"<>&]*+")*+)'
_TOKEN = re.compile(
    rb'(<row r="(\d{1,7}+)"' + _ATTRIBUTES + rb" ?(/?)>|</row>|"
    rb'<c r="([A-Z]{1,3}+)(\d{1,7}+)"' + _ATTRIBUTES + rb"(?: ?/>|>"
    rb"(?:(<f)(?: [\w:]+=\"[^\"<>]*+\")*+(?: ?/>|>([^<]*+)</f>))?+"
    rb"(?:<v>([^<&]*+)</v>|<v ?/>)?+"
    rb"(?:<is><t(?: xml:space=\"preserve\")?+>([^<]*+)</t></is>)?+</c>))"
)
_UTF8 = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?xml[^>]*encoding=[\"'](?:utf|UTF)-8[\"'][^>]*\?>\s*)?<worksheet\b")
_ATTRIBUTE = re.compile(r' ([\w:]+)="([^"]*)"')
_NUMBER = re.compile(r"[ \t\r\n]*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[ \t\r\n]*\Z")


def as_number(written: str) -> float | None:
    """The number that a stored value is; None where it is none."""
    if written.isdecimal() and written.isascii():
        return float(written)
    return float(written) if _NUMBER.match(written) else None


class Raw(NamedTuple):
    """A cell as it is written.

    Attributes:
        kind: Its type, for example ``s`` or ``e``; ``n`` for a number.
        style: Index of its style.
        value: Its stored value; None where it has none.
        formula: Its formula, as it stands in the XML; None where it has none.
        text: Its own text, where it has one.
        odd: Whether readers may make different things of its value.
    """

    kind: str
    style: int
    value: str | None
    formula: str | None
    text: str | None = None
    odd: bool = False


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
    most = limits_now().max_filled
    if data.count(b"<c ") > most or (b"<c>" in data and data.count(b"<c>") > most):
        raise RefusedError(found("H04", what="có quá nhiều ô"))
    around, tokens = _plainly(data)
    if tokens is None:
        root = parsed(parts, name)
        hidden_rows, cells = _parsed_cells(root)
        hidden, merges = _hidden_and_merged(root)
    else:
        hidden, merges = _of_surroundings(around, name, limits_now())
        hidden_rows, cells = _pattern_cells(tokens)
    strings = [_index(raw.value) for raw in cells.values() if raw.kind == "s"]
    return Scanned(cells, frozenset(hidden_rows), hidden, merges, tokens is not None, max(strings, default=-1))


@lru_cache(maxsize=32)  # much larger than the cells, and the same in all workbooks that were handed out
def _of_surroundings(around: bytes, name: str, limits: Limits) -> tuple[frozenset[int], tuple[Area, ...]]:
    with limited(limits):
        return _hidden_and_merged(parsed({name: around}, name))


def _hidden_and_merged(root: Element) -> tuple[frozenset[int], tuple[Area, ...]]:
    if local(root) != "worksheet":
        raise RefusedError(found("H02", what="nội dung bị hỏng"))
    merges = find_areas(root)
    return frozenset(_hidden_columns(root)), merges


def _plainly(data: bytes) -> tuple[bytes, list[tuple[bytes, ...]] | None]:
    """What stands around the cells, and the cells as tokens; None where they are not in the usual dialect."""
    head, opened, rest = data.partition(b"<sheetData>")
    inside, closed, tail = rest.partition(b"</sheetData>")
    strange = b"<!" in data or data.find(b"<?", 5) >= 0 or b"<sheetData" in head + tail or b"<c " in tail
    if strange or not opened or not closed or not _UTF8.match(head):
        return data, None
    tokens = _TOKEN.findall(inside)
    whole = sum(len(token[0]) for token in tokens) == len(inside)
    return head + b"<sheetData/>" + tail, tokens if whole else None


def _pattern_cells(tokens: list[tuple[bytes, ...]]) -> tuple[set[int], dict[Place, Raw]]:
    hidden: set[int] = set()
    cells: dict[Place, Raw] = {}
    row, previous, column, inside = 0, 0, 0, False
    for whole, number, row_attributes, empty, letters, of_row, attributes, has_formula, formula, value, text in tokens:
        if letters:
            at = column_of(letters)
            if not inside or int(of_row) != row or at <= column:
                raise fault((letters + of_row).decode())
            column = at
            if value or text or has_formula:
                cells[row - 1, at - 1] = _plain_cell(attributes, has_formula, formula, value, text)
        elif number:
            row, column, inside = int(number), 0, not empty
            if not previous < row <= MAX_ROW:
                raise fault(f"dòng {row}")
            previous = row
            if row_attributes and _hides(row_attributes):
                hidden.add(row - 1)
        elif inside and whole:
            inside = False
        else:
            raise fault("dòng không mở")
    return hidden, cells


@lru_cache(maxsize=65536)  # most cells of a workbook stand in the next one too
def _plain_cell(attributes: bytes, has_formula: bytes, formula: bytes, value: bytes, text: bytes) -> Raw:
    kind, style = _kind_and_style(attributes)
    function = formula.decode() if has_formula else None
    return Raw(kind, style, value.decode() if value else None, function, plain_text(text) if text else None)


@lru_cache(maxsize=4096)
def _hides(row_attributes: bytes) -> bool:
    return _is_hidden(dict(_ATTRIBUTE.findall(row_attributes.decode())))


def plain_text(written: bytes) -> str:
    """The text that a piece of XML without tags is.

    Raises:
        RefusedError: It is no XML.
    """
    if b"&" in written or b"\r" in written:
        return parsed({"": b"<t>%b</t>" % written}, "").text or ""
    return written.decode()


@lru_cache(maxsize=4096)
def _kind_and_style(attributes: bytes) -> tuple[str, int]:
    named = dict(_ATTRIBUTE.findall(attributes.decode()))
    return named.get("t", "n"), _style(named.get("s", "0"))


def _style(written: str) -> int:
    if not re.fullmatch(r"\d{1,6}", written):
        raise fault(f"kiểu ô {written!a}")
    return int(written)


def _is_hidden(attributes: dict[str, str]) -> bool:
    return attributes.get("hidden") in ("1", "true") or re.fullmatch(r"0+(\.0+)?", attributes.get("ht", "")) is not None


def _parsed_cells(root: Element) -> tuple[set[int], dict[Place, Raw]]:
    tables = [element for element in root if local(element) == "sheetData"]
    if len(tables) != 1:
        raise fault("không có hoặc có nhiều bảng ô")
    hidden: set[int] = set()
    cells: dict[Place, Raw] = {}
    seen: set[Place] = set()
    row = 0
    for line in tables[0]:
        row = _row_number(line, row)
        if _is_hidden(dict(line.attrib)):
            hidden.add(row - 1)
        for at, raw in _parsed_row(line, row):
            if at in seen:
                raise fault("một ô ghi hai lần")
            seen.add(at)
            if raw.value or raw.text or raw.formula is not None or raw.odd:
                cells[at] = raw
    return hidden, cells


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
        _style(cell.get("s", "0")),
        values[0].text if values else None,
        (formulas[0].text or "") if formulas else None,
        text_of(own[0]) if own else None,
        odd,
    )


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

"""The cells of a worksheet in the dialect of XML that programs write, taken apart by one pattern.

The XML is cut before every cell. Most pieces stand in the next workbook too, byte for byte, so what is in a piece is
remembered; every byte of a piece must be accounted for, or the sheet is not in the dialect. A sheet with the same
cells as an earlier one, filled or blank, is taken apart only where it differs from it.
"""

from __future__ import annotations

import itertools
import operator
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from pcmd_consolidate.intake.package import parsed
from pcmd_consolidate.intake.references import Place, column_of, fault
from pcmd_consolidate.limits import MAX_ROW

_BEGIN = b"<c "
_ATTRIBUTES = rb'(?: [\w:]+="[^"<>&]*+")*+'
_ROW = re.compile(rb'<row r="(\d{1,7}+)"(' + _ATTRIBUTES + rb") ?(/?)>|</row>")
_ROWS = re.compile(rb'(?:<row r="\d{1,7}+"' + _ATTRIBUTES + rb" ?/?>|</row>)*+")
_CELL = re.compile(
    rb'r="([A-Z]{1,3}+)(\d{1,7}+)"(' + _ATTRIBUTES + rb")(?: ?/>|>"
    rb"(?:(<f)(?: [\w:]+=\"[^\"<>]*+\")*+(?: ?/>|>([^<]*+)</f>))?+"
    rb"(?:<v>([^<&]*+)</v>|<v ?/>)?+"
    rb"(?:<is><t(?: xml:space=\"preserve\")?+>([^<]*+)</t></is>)?+</c>)(" + _ROWS.pattern + rb")"
)
_ATTRIBUTE = re.compile(r' ([\w:]+)="([^"]*)"')
_LONG = 300
"""Bytes from which a piece is not remembered."""
_LARGE, _MANY = 300_000, 3_000
"""Bytes and pieces from which a sheet is not remembered."""


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


class _Row(NamedTuple):
    """The beginning of a row; its end has no number."""

    number: int | None = None
    hidden: bool = False
    empty: bool = False


class _Shape(NamedTuple):
    """Where the cell of a piece stands (empty where it has none), and the rows that end and begin behind it."""

    name: str
    row: int
    column: int
    rows: tuple[_Row, ...]


_Filled = tuple[tuple[Place, Raw], ...]
"""The cell of a piece, if it is not empty."""


class _Piece(NamedTuple):
    shape: _Shape
    filled: _Filled


class _Sheet(NamedTuple):
    """A sheet that was taken apart: its pieces, and what each of them is."""

    pieces: Sequence[bytes]
    shapes: Sequence[_Shape]
    filled: Sequence[_Filled]
    hidden: frozenset[int]


def usual_cells(inside: bytes) -> tuple[frozenset[int], dict[Place, Raw]] | None:
    """Hidden rows, and the cells that are not empty; None where they are not in the usual dialect.

    Args:
        inside: What stands between the tags of ``sheetData``.

    Raises:
        RefusedError: The cells are not where they say.
    """
    pieces = inside.split(_BEGIN)
    earlier = _earlier(len(pieces))
    for sheet in earlier[:]:
        if (filled := _filled_like(sheet, pieces)) is not None:
            return sheet.hidden, dict(itertools.chain.from_iterable(filled))
    anew = _taken_apart(pieces)
    if anew is None:
        return None
    if len(inside) < _LARGE and len(pieces) < _MANY:
        earlier[:] = [anew]
    return anew.hidden, dict(itertools.chain.from_iterable(anew.filled))


@lru_cache(maxsize=16)
def _earlier(_pieces: int) -> list[_Sheet]:
    """The last sheet of so many pieces that was taken apart, if there was one."""
    return []


def _filled_like(earlier: _Sheet, pieces: Sequence[bytes]) -> list[_Filled] | None:
    """What cells hold that stand where those of an earlier sheet do; None where they stand elsewhere."""
    filled = list(earlier.filled)
    for place in itertools.compress(itertools.count(), map(operator.ne, pieces, earlier.pieces)):
        piece = _piece(pieces[place], first=not place)
        if piece is None or piece.shape != earlier.shapes[place]:
            return None
        filled[place] = piece.filled
    return filled


def _taken_apart(pieces: Sequence[bytes]) -> _Sheet | None:
    taken = [_piece(piece, first=not place) for place, piece in enumerate(pieces)]
    known = [piece for piece in taken if piece is not None]
    if len(known) < len(taken):
        return None
    shapes = [piece.shape for piece in known]
    return _Sheet(pieces, shapes, [piece.filled for piece in known], frozenset(_hidden_rows(shapes)))


def _hidden_rows(shapes: Sequence[_Shape]) -> Iterator[int]:
    """Rows that are hidden, of a sheet whose rows and cells rise."""
    row: int | None = None
    previous, last = 0, 0
    for name, its_row, column, rows in shapes:
        if name:
            if its_row != row or column <= last:
                raise fault(name)
            last = column
        for number, hidden, empty in rows:
            if number is None:
                if row is None:
                    raise fault("dòng không mở")
                row = None
                continue
            if not previous < number <= MAX_ROW:
                raise fault(f"dòng {number}")
            previous, last = number, 0
            row = None if empty else number
            if hidden:
                yield number - 1


def _piece(written: bytes, *, first: bool) -> _Piece | None:
    """What a piece holds; None where it is not in the usual dialect. The first one holds no cell."""
    if first:
        return _Piece(_Shape("", 0, 0, _rows(written)), ()) if _ROWS.fullmatch(written) else None
    return _remembered(written) if len(written) < _LONG else _cell(written)


def _cell(written: bytes) -> _Piece | None:
    matched = _CELL.fullmatch(written)
    if matched is None:
        return None
    letters, digits, attributes, *content, rows = matched.groups()
    row, column = int(digits), column_of(letters)
    filled = (((row - 1, column - 1), _raw(attributes, *content)),) if any(content) else ()
    return _Piece(_Shape((letters + digits).decode(), row, column, _rows(rows)), filled)


_remembered = lru_cache(maxsize=16384)(_cell)


@lru_cache(maxsize=4096)
def _rows(written: bytes) -> tuple[_Row, ...]:
    return tuple(
        _Row(int(number), _hides(attributes), bool(empty)) if number else _Row()
        for number, attributes, empty in _ROW.findall(written)
    )


def _raw(
    attributes: bytes, has_formula: bytes | None, formula: bytes | None, value: bytes | None, text: bytes | None
) -> Raw:
    kind, style = _kind_and_style(attributes)
    function = (formula or b"").decode() if has_formula else None
    return Raw(kind, style, value.decode() if value else None, function, plain_text(text) if text else None)


@lru_cache(maxsize=4096)
def _hides(row_attributes: bytes) -> bool:
    return is_hidden(dict(_ATTRIBUTE.findall(row_attributes.decode())))


@lru_cache(maxsize=4096)
def _kind_and_style(attributes: bytes) -> tuple[str, int]:
    named = dict(_ATTRIBUTE.findall(attributes.decode()))
    return named.get("t", "n"), style_of(named.get("s", "0"))


def style_of(written: str) -> int:
    """Index of a style.

    Raises:
        RefusedError: It is none.
    """
    if not re.fullmatch(r"\d{1,6}", written):
        raise fault(f"kiểu ô {written!a}")
    return int(written)


def is_hidden(attributes: dict[str, str]) -> bool:
    """Whether the attributes of a row hide it."""
    return attributes.get("hidden") in ("1", "true") or re.fullmatch(r"0+(\.0+)?", attributes.get("ht", "")) is not None


def plain_text(written: bytes) -> str:
    """The text that a piece of XML without tags is.

    Raises:
        RefusedError: It is no XML.
    """
    if b"&" in written or b"\r" in written:
        return parsed({"": b"<t>%b</t>" % written}, "").text or ""
    return written.decode()

"""The cells of a worksheet in the dialect of XML that programs write, taken apart by one pattern.

The XML is cut behind every cell. Most pieces stand in the next workbook too, byte for byte, so what is in a piece is
remembered; every byte of a piece must be accounted for, or the sheet is not in the dialect.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from pcmd_consolidate.intake.package import parsed
from pcmd_consolidate.intake.references import Place, column_of, fault
from pcmd_consolidate.limits import MAX_ROW

_ATTRIBUTES = rb'((?: [\w:]+="[^"<>&]*+")*+)'
_TOKEN = re.compile(
    rb'(<row r="(\d{1,7}+)"' + _ATTRIBUTES + rb" ?(/?)>|</row>|"
    rb'<c r="([A-Z]{1,3}+)(\d{1,7}+)"' + _ATTRIBUTES + rb"(?: ?/>|>"
    rb"(?:(<f)(?: [\w:]+=\"[^\"<>]*+\")*+(?: ?/>|>([^<]*+)</f>))?+"
    rb"(?:<v>([^<&]*+)</v>|<v ?/>)?+"
    rb"(?:<is><t(?: xml:space=\"preserve\")?+>([^<]*+)</t></is>)?+</c>))"
)
_END = b"</c>"
_ATTRIBUTE = re.compile(r' ([\w:]+)="([^"]*)"')
_LONG = 300
"""Bytes from which a piece is not remembered."""


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


class _Run(NamedTuple):
    """Neighbouring cells, their columns rising; those that are not empty are ``filled``."""

    name: str
    row: int
    first: int
    last: int
    filled: tuple[tuple[Place, Raw], ...]


_Piece = tuple[_Row | _Run, ...]


def usual_cells(inside: bytes) -> tuple[set[int], dict[Place, Raw]] | None:
    """Hidden rows, and the cells that are not empty; None where they are not in the usual dialect.

    Args:
        inside: What stands between the tags of ``sheetData``.

    Raises:
        RefusedError: The cells are not where they say.
    """
    *cells, rest = inside.split(_END)
    pieces = [_remembered(cell) if len(cell) < _LONG else _taken_apart(cell + _END) for cell in cells]
    pieces.append(_taken_apart(rest))
    return None if None in pieces else _put_together([piece for piece in pieces if piece is not None])


def _put_together(pieces: Iterable[_Piece]) -> tuple[set[int], dict[Place, Raw]]:
    hidden: set[int] = set()
    filled: list[tuple[Place, Raw]] = []
    row: int | None = None
    previous, column = 0, 0
    for part in itertools.chain.from_iterable(pieces):
        if isinstance(part, _Run):
            name, its_row, first, last, cells = part
            if its_row != row or first <= column:
                raise fault(name)
            column = last
            filled += cells
        elif part.number is not None:
            if not previous < part.number <= MAX_ROW:
                raise fault(f"dòng {part.number}")
            previous, column = part.number, 0
            row = None if part.empty else part.number
            if part.hidden:
                hidden.add(part.number - 1)
        elif row is not None:
            row = None
        else:
            raise fault("dòng không mở")
    return hidden, dict(filled)


@lru_cache(maxsize=16384)
def _remembered(cell: bytes) -> _Piece | None:
    return _taken_apart(cell + _END)


def _taken_apart(piece: bytes) -> _Piece | None:
    tokens = _TOKEN.findall(piece)
    whole = sum(len(token[0]) for token in tokens) == len(piece)
    return tuple(_parts(tokens)) if whole else None


def _parts(tokens: Sequence[tuple[bytes, ...]]) -> Iterator[_Row | _Run]:
    run: _Run | None = None
    for _, number, row_attributes, empty, letters, of_row, attributes, *content in tokens:
        if letters:
            column, row = column_of(letters), int(of_row)
            value = (((row - 1, column - 1), _raw(attributes, *content)),) if any(content) else ()
            if run is not None and run.row == row and run.last < column:
                run = run._replace(last=column, filled=run.filled + value)
                continue
            following = _Run((letters + of_row).decode(), row, column, column, value)
        if run is not None:
            yield run
        run = following if letters else None
        if not letters:
            yield _Row(int(number), _hides(row_attributes), bool(empty)) if number else _Row()
    if run is not None:
        yield run


def _raw(attributes: bytes, has_formula: bytes, formula: bytes, value: bytes, text: bytes) -> Raw:
    kind, style = _kind_and_style(attributes)
    function = formula.decode() if has_formula else None
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

"""A hostile or broken file, and what must be found in it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pcmd_consolidate.forms import Form, load_form

from . import book

UNIT = "XÃ BÙ GIA MẬP"
"""The commune whose good return the others are made from."""

Put = Callable[[Path], None]
"""Puts something at a path."""


@dataclass(frozen=True)
class Case:
    """A file for the inbox.

    Attributes:
        name: Its name, which says what is wrong with it.
        put: What puts it there.
        rules: Findings that must be among those of the file.
        reads: True where the figures must be read all the same (but for some), False where none may be; None where
            both will do. A figure that is read must be the true one in any case.
    """

    name: str
    put: Put
    rules: frozenset[str]
    reads: bool | None = None


CASES: dict[str, Case] = {}


@functools.cache
def form() -> Form:
    """The form that communes fill in."""
    return load_form("IIA")


def good() -> book.Parts:
    """The parts of the good return."""
    return book.parts(form(), UNIT)


def add(name: str, content: bytes | Put, *rules: str, reads: bool | None = None) -> None:
    """Enter a file into the register."""
    assert name not in CASES, name
    put: Put = content if callable(content) else functools.partial(_write, content=content)
    CASES[name] = Case(name, put, frozenset(rules), reads)


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def with_parts(**changed: bytes) -> bytes:
    """The good return with further parts or others; two underscores stand for a slash, one at the end for a dot."""
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in changed.items()}
    return book.packed(good() | named)


def with_sheet(change: Callable[[str], str]) -> bytes:
    """The good return with its sheet changed."""
    spoilt = change(good()[book.SHEET].decode())
    return book.packed(good() | {book.SHEET: spoilt.encode()})


def swapped(old: str, new: str) -> bytes:
    """The good return with a piece of its sheet replaced, once."""
    source = good()[book.SHEET].decode()
    assert old in source, old
    return with_sheet(lambda xml: xml.replace(old, new, 1))


def with_cell(xml: str, line: int = 2, year: int = 2021) -> bytes:
    """The good return with another cell in the place of a figure; ``{at}`` is the name of the cell."""
    at = book.place(line, year)
    return swapped(book.number(at, book.figure(form().row(line), year)), xml.replace("{at}", at))


def after_sheet_data(xml: str) -> bytes:
    """The good return with something after the cells of its sheet."""
    return swapped("</sheetData>", f"</sheetData>{xml}")


def before_sheet_data(xml: str) -> bytes:
    """The good return with something before the cells of its sheet."""
    return swapped("<sheetData>", f"{xml}<sheetData>")

"""The workbook that a unit sent, opened to be marked: without macros, links to other files and other units' sheets."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable
from typing import Any

import openpyxl
from openpyxl import Workbook
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from pcmd_consolidate.feedback.cases import Case
from pcmd_consolidate.feedback.draft import Draft
from pcmd_consolidate.feedback.marks import cells_of
from pcmd_consolidate.feedback.package import keep_times
from pcmd_consolidate.feedback.spots import own_spots
from pcmd_consolidate.feedback.stored import Stored, Values, stored_values

_MOST_BYTES, _MOST_COVERED = 10_000_000, 200_000
"""Size of all sheets, inflated, and cells covered by merged areas and links, up to which a workbook is edited: openpyxl
makes an object of each cell. Beyond it a fresh form serves better."""
_COVERING = re.compile(
    rb"""<(?:\w+:)?(?:mergeCell|hyperlink)\b[^>]*\bref=["']\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)["']"""
)
_OTHER_FILE = re.compile(r"(?<![\w\]])'?\[\d+\][^\[\]!]*!|\b(?:WEBSERVICE|RTD|DDE)\(", re.IGNORECASE)
"""What a formula that asks another file or the network holds."""


def open_own(case: Case, content: bytes) -> Draft | None:
    """The unit's own workbook; None where it is too large to be edited.

    Args:
        case: The case.
        content: The bytes of the file.

    Raises:
        Exception: Of any kind, for a workbook that openpyxl does not understand.
    """
    if _is_too_large(content):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl cannot keep is not to stop anyone
        book = openpyxl.load_workbook(io.BytesIO(content), rich_text=True, keep_links=False)
    values = stored_values(content)
    keep_times(book, content, case.file.saved_at)
    book.template = False
    gone = _remove_sheets_of_others(book, case)
    _cut_off(book, values, gone)
    return Draft(book, values, lambda point: own_spots(point, case), {name: name for name in book.sheetnames})


def _is_too_large(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [part for part in archive.infolist() if part.filename.startswith("xl/worksheets/")]
        if sum(part.file_size for part in parts) > _MOST_BYTES:
            return True
        return sum(_covered(archive.read(part)) for part in parts) > _MOST_COVERED


def _covered(sheet: bytes) -> int:
    """How many cells the merged areas and links of a sheet cover."""
    return sum(
        (int(bottom) - int(top) + 1) * (_column(right) - _column(left) + 1)
        for left, top, right, bottom in _COVERING.findall(sheet)
    )


def _column(letters: bytes) -> int:
    return int(column_index_from_string(letters.decode()))


def _remove_sheets_of_others(book: Workbook, case: Case) -> list[str]:
    """Where a workbook holds returns of several units, only the sheets of this one are kept."""
    if all(sheet in case.sheets for sheet in case.file.sheets):
        return []
    own = {cell.sheet or sheet.sheet for sheet in case.sheets for cell in sheet.cells}
    own |= {sheet.sheet for sheet in case.sheets}
    gone = [name for name in book.sheetnames if name not in own]
    for name in gone:
        book.remove(book[name])
    return gone


def _cut_off(book: Workbook, values: Values, gone: Iterable[str]) -> None:
    """Put values in the place of formulas that ask other files, or sheets that are gone."""
    asks = _asks(gone)
    names = _remove_names(book, asks)
    asks_by_name = re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, names))})(?![\w.(])") if names else None
    for sheet in book.worksheets:
        stored = values.get(sheet.title, {})
        for cell in cells_of(sheet):
            formula = _formula(cell.value) if cell.data_type == "f" else ""
            if formula and (asks(formula) or (asks_by_name and asks_by_name.search(formula))):
                _put_value(cell, stored.get(cell.coordinate))


def _put_value(cell: Any, stored: Stored | None) -> None:
    """Put the value of a formula in its place; nothing where it had none."""
    cell.value = None if stored is None else stored.value
    if stored is not None:
        cell.data_type = {"str": "s"}.get(stored.type, stored.type)


def _asks(gone: Iterable[str]) -> Callable[[str], bool]:
    """Whether a formula asks another file, or a sheet that is gone."""
    quoted = [name.replace("'", "''") for name in gone]
    ends = tuple(end for name in quoted for end in (f"{name}!", f"{name}'!"))
    return lambda formula: bool(_OTHER_FILE.search(formula)) or any(end in formula for end in ends)


def _formula(value: object) -> str:
    if isinstance(value, ArrayFormula):
        return value.text or ""
    return "" if isinstance(value, DataTableFormula) else str(value)


def _remove_names(book: Workbook, asks: Callable[[str], bool]) -> list[str]:
    """Remove the defined names that ask other files, and tell which they were."""
    removed = []
    for names in (book.defined_names, *(sheet.defined_names for sheet in book.worksheets)):
        for name in [name for name, defined in names.items() if asks(str(defined.value or ""))]:
            del names[name]
            removed.append(name)
    return removed

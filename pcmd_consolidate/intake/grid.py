"""Any workbook as plain grids of cells.

:func:`read_grids` gives one :class:`Grid` per sheet, whatever the format, so that everything after it is written once.
Values come from python-calamine; what it blurs (error values and formulas without a stored value look empty to it)
comes from :mod:`pcmd_consolidate.intake.marks`.
"""

from __future__ import annotations

import dataclasses
import io
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from pcmd_consolidate.findings import Finding, found
from pcmd_consolidate.ids import is_check_sheet
from pcmd_consolidate.intake.active import active_formula
from pcmd_consolidate.intake.biff12 import read_xlsb
from pcmd_consolidate.intake.extent import farthest_cell, too_far
from pcmd_consolidate.intake.marks import MarkKind, Marks, find_marks, marks_of
from pcmd_consolidate.intake.merges import find_merges
from pcmd_consolidate.intake.package import RefusedError, parsed, read_parts
from pcmd_consolidate.intake.references import Area, Place
from pcmd_consolidate.intake.relations import check_relations
from pcmd_consolidate.intake.remarks import NOTHING_HIDDEN, Remarks, find_remarks, remarks_of
from pcmd_consolidate.intake.scan import Book, check_names, scan_book
from pcmd_consolidate.intake.second_reading import differences, old_cells, old_differences
from pcmd_consolidate.intake.stray import Strays, without_strays

_VISIBLE = SheetVisibleEnum.Visible
_SHOWN = 20
"""Stray cells that a finding names."""

Cell = object
"""What a cell holds: None, str, int, float, bool, a date or time, or a :class:`~..marks.Mark`."""


class Format(StrEnum):
    """Formats that are read."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    DOCX = "docx"
    HTML = "html"
    TEXT = "text"


class UnreadableError(Exception):
    """The workbook cannot be opened; the message says how (Vietnamese).

    Attributes:
        finding: What to tell the unit.
    """

    def __init__(self, message: str, finding: Finding | None = None) -> None:
        super().__init__(message)
        self.finding = finding or found("H02", what=message)


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet.

    Attributes:
        sheet: Name of the sheet.
        visible: False for a hidden sheet.
        rows: Cells from A1 on; rows are of equal length.
        remarks: What a person does not see in the sheet.
        merged: Merged areas as (first row, first column, last row, last column), from 0.
        title: Texts that stand before the table, where it is a table in a document (Word, HTML).
        findings: What a person must know of how the sheet was read, without its place.
    """

    sheet: str
    visible: bool
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    title: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    remarks: Remarks = NOTHING_HIDDEN

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.rows[0]) if self.rows else 0

    @cached_property
    def merged_rows(self) -> frozenset[int]:
        """Rows that a merged area touches."""
        return frozenset(row for top, _, bottom, _ in self.merged for row in range(top, bottom + 1))

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text: those of the title, then those of the cells, row by row."""
        return (*self.title, *(cell for row in self.rows for cell in row if isinstance(cell, str)))


@lru_cache(maxsize=65536)
def address(row: int, column: int) -> str:
    """A1 name of a cell from its row and column, counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def read_grids(content: bytes, kind: Format) -> tuple[Grid, ...]:
    """The sheets of a workbook, in their order; the checks of a handed-out workbook are left out.

    Raises:
        UnreadableError: The workbook is damaged or in a form that the readers do not know.
    """
    try:
        content, told = _told(content, kind)
        workbook = CalamineWorkbook.from_object(io.BytesIO(content))
        check_names([meta.name for meta in workbook.sheets_metadata])
        return tuple(
            dataclasses.replace(
                _grid(workbook, place, told, meta.visible == _VISIBLE),
                remarks=told.remarks.get(meta.name, NOTHING_HIDDEN),
            )
            for place, meta in enumerate(workbook.sheets_metadata)
            if meta.typ == SheetTypeEnum.WorkSheet and told.holds(meta.name)
        )
    except RefusedError as error:
        raise UnreadableError(error.finding.message, error.finding) from error
    except (KeyboardInterrupt, SystemExit, MemoryError, UnreadableError):
        raise
    except BaseException as error:  # the reader's panics are not Exceptions
        locked = any(word in str(error).casefold() for word in ("encrypt", "password"))
        raise UnreadableError("nội dung bị hỏng", found("H03") if locked else None) from error


@dataclass(frozen=True)
class _Told:
    """What the fast reader does not tell, by sheet."""

    marks: Marks
    merges: Mapping[str, Sequence[Area]]
    remarks: Mapping[str, Remarks]
    book: Book | None = None
    strays: Mapping[str, Strays] = field(default_factory=dict)
    second: Mapping[str, Mapping[Place, float | str]] = field(default_factory=dict)

    def holds(self, sheet: str) -> bool:
        """Whether a sheet is to be read."""
        return not is_check_sheet(sheet) if self.book is None else sheet in self.book.sheets


def _told(content: bytes, kind: Format) -> tuple[bytes, _Told]:
    """The workbook with nothing that needs more room than there is, and what the fast reader does not tell of it."""
    if kind is Format.XLSX:
        book = scan_book(content)
        near, strays = without_strays(content, book)
        book = scan_book(near) if strays else book
        _refuse_far(too_far(sheet.span for sheet in book.sheets.values()))
        merges = {name: sheet.merges for name, sheet in book.sheets.items()}
        return near, _Told(marks_of(book), merges, remarks_of(book), book, strays)
    if kind is not Format.XLS:
        _check_package(content)
    _refuse_far(farthest_cell(content, kind.value))
    remarks = find_remarks(content, kind.value)
    marks = _unexplained(find_marks(content, kind.value), remarks)
    second = _second_reading(content, kind)
    return content, _Told(marks, find_merges(content, kind.value), remarks, second=second)


def _second_reading(content: bytes, kind: Format) -> Mapping[str, Mapping[Place, float | str]]:
    """The numbers and texts of a binary workbook, as another reader reads them."""
    if kind is Format.XLSB:
        return {name: sheet.values for name, sheet in read_xlsb(content).items()}
    return old_cells(content) if kind is Format.XLS else {}


def _unexplained(marks: Marks, remarks: Mapping[str, Remarks]) -> Marks:
    """The marks, without cells that show another number than they hold because their format says so."""
    formatted = {name: {at for at, kind in told.cells.items() if kind == "E07"} for name, told in remarks.items()}
    return {
        name: {at: m for at, m in cells.items() if m.kind is not MarkKind.DIFFERS or at not in formatted.get(name, ())}
        for name, cells in marks.items()
    }


def _check_package(content: bytes) -> None:
    """Refuse an .ods or .xlsb package that is not what it says."""
    parts = read_parts(content)
    check_relations(parts)
    for name in parts:
        if name.endswith((".xml", ".rels")):
            parsed(parts, name)


def _refuse_far(what: str | None) -> None:
    if what is not None:
        raise RefusedError(found("H33", what=what))


def _of_strays(cells: Strays) -> Iterator[Finding]:
    named = [f"{address(*at)}: {words[:100]}" for at, words in itertools.islice(cells.items(), _SHOWN)]
    more = [f"… và {len(cells) - _SHOWN} ô khác"] if len(cells) > _SHOWN else []
    if cells:
        yield found("H36", raw="; ".join([*named, *more]), count=len(cells))


def _grid(workbook: CalamineWorkbook, place: int, told: _Told, visible: bool) -> Grid:
    sheet = workbook.get_sheet_by_index(place)
    rows: list[list[Cell]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    marks = dict(told.marks.get(sheet.name, {}))
    marks = old_differences(told.second.get(sheet.name, {}), rows) | marks
    findings = tuple(_of_strays(told.strays.get(sheet.name, {})))
    if told.book is not None and sheet.name in told.book.sheets:
        scanned = told.book.sheets[sheet.name]
        marks = differences(told.book, scanned, rows) | marks
        findings += active_formula(raw.formula for raw in scanned.cells.values() if raw.formula)
    width = max([len(row) for row in rows] + [column + 1 for _, column in marks], default=0)
    height = max([len(rows)] + [row + 1 for row, _ in marks], default=0)
    rows += [[] for _ in range(height - len(rows))]
    for row in rows:
        row += [""] * (width - len(row))
    for (row_number, column), mark in marks.items():
        if mark.kind is not MarkKind.NOT_CALCULATED or rows[row_number][column] == "":
            rows[row_number][column] = mark.text == "TRUE" if mark.kind is MarkKind.BOOLEAN else mark
    merges = told.merges.get(sheet.name)
    if merges is None:
        merges = [(a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or ()]
    cells = tuple(tuple(None if cell == "" else cell for cell in row) for row in rows)
    return Grid(sheet.name, visible, cells, tuple(_within(merges, height, width)), findings=findings)


def _within(merges: Iterable[Area], height: int, width: int) -> Iterator[Area]:
    """Merged areas as far as there are cells."""
    for top, left, bottom, right in merges:
        if top < height and left < width:
            yield top, left, min(bottom, height - 1), min(right, width - 1)

"""Any workbook as plain grids of cells.

:func:`read_grids` gives one :class:`Grid` per sheet, whatever the format, so that everything after it is written once.
Values come from python-calamine; what it blurs (error values and formulas without a stored value look empty to it)
comes from :mod:`pcmd_consolidate.intake.marks`.
"""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from pcmd_consolidate.findings import Finding
from pcmd_consolidate.intake.biff12 import Area, Place
from pcmd_consolidate.intake.extent import farthest_cell
from pcmd_consolidate.intake.marks import Mark, MarkKind, find_marks
from pcmd_consolidate.intake.merges import find_merges
from pcmd_consolidate.intake.remarks import NOTHING_HIDDEN, Remarks, find_remarks

_VISIBLE = SheetVisibleEnum.Visible

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
    """The workbook cannot be opened; the message says how (Vietnamese)."""


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

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text: those of the title, then those of the cells, row by row."""
        return (*self.title, *(cell for row in self.rows for cell in row if isinstance(cell, str)))


def address(row: int, column: int) -> str:
    """A1 name of a cell from its row and column, counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def read_grids(content: bytes, kind: Format) -> tuple[Grid, ...]:
    """The sheets of a workbook, in their order.

    Raises:
        UnreadableError: The workbook is damaged or in a form that the readers do not know.
    """
    try:
        too_far = farthest_cell(content, kind.value)
        if too_far is not None:
            raise UnreadableError(f"có ô ở quá xa: {too_far}")
        workbook = CalamineWorkbook.from_object(io.BytesIO(content))
        marks, merges = find_marks(content, kind.value), find_merges(content, kind.value)
        remarks = find_remarks(content, kind.value)
        return tuple(
            dataclasses.replace(
                _grid(workbook, place, marks.get(meta.name, {}), merges.get(meta.name), meta.visible == _VISIBLE),
                remarks=remarks.get(meta.name, NOTHING_HIDDEN),
            )
            for place, meta in enumerate(workbook.sheets_metadata)
            if meta.typ == SheetTypeEnum.WorkSheet
        )
    except (KeyboardInterrupt, SystemExit, MemoryError, UnreadableError):
        raise
    except BaseException as error:  # the reader's panics are not Exceptions
        raise UnreadableError("nội dung bị hỏng") from error


def _grid(
    workbook: CalamineWorkbook, place: int, marks: Mapping[Place, Mark], merges: Sequence[Area] | None, visible: bool
) -> Grid:
    sheet = workbook.get_sheet_by_index(place)
    rows: list[list[Cell]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    width = max([len(row) for row in rows] + [column + 1 for _, column in marks], default=0)
    height = max([len(rows)] + [row + 1 for row, _ in marks], default=0)
    rows += [[] for _ in range(height - len(rows))]
    for row in rows:
        row += [""] * (width - len(row))
    for (row_number, column), mark in marks.items():
        if mark.kind is not MarkKind.NOT_CALCULATED or rows[row_number][column] == "":
            rows[row_number][column] = mark.text == "TRUE" if mark.kind is MarkKind.BOOLEAN else mark
    if merges is None:
        merges = [(a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or ()]
    cells = tuple(tuple(None if cell == "" else cell for cell in row) for row in rows)
    return Grid(sheet.name, visible, cells, tuple(merges))

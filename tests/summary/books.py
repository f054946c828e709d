"""Looking at a written summary."""

from __future__ import annotations

import urllib.parse
from collections.abc import Iterator
from pathlib import Path

from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pcmd_consolidate.forms import Form


def cells(sheet: Worksheet) -> Iterator[Cell]:
    """Every cell that holds something."""
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell, Cell) and cell.value is not None:
                yield cell


def texts(sheet: Worksheet) -> list[str]:
    """Every text of a sheet."""
    return [str(cell.value) for cell in cells(sheet) if isinstance(cell.value, str)]


def annex_rows(sheet: Worksheet, form: Form) -> dict[int, int]:
    """Row of the form → row of the sheet, by the labels and their order."""
    top = next(cell.row for cell in sheet["A"] if cell.value == form.headers.label) + 2
    found = {row.number: top + place for place, row in enumerate(form.rows)}
    assert [sheet.cell(line, 1).value for line in found.values()] == [row.full_label for row in form.rows]
    return found


def detail_columns(sheet: Worksheet) -> dict[tuple[int, int], int]:
    """Row of the form and year → column of the sheet of units, by its two lines of headings."""
    found: dict[tuple[int, int], int] = {}
    number = 0
    for column in range(4, sheet.max_column + 1):
        label = sheet.cell(3, column).value
        number = int(str(label).partition(".")[0]) if label else number
        year = sheet.cell(4, column).value
        if isinstance(year, int):
            found[number, year] = column
    return found


def detail_lines(sheet: Worksheet) -> dict[str, int]:
    """Unit → row of the sheet of units."""
    return {str(sheet.cell(line, 2).value): line for line in range(5, sheet.max_row + 1)}


def column_of(sheet: Worksheet, heading: str, line: int) -> int:
    """Column of a table by its heading."""
    return next(int(cell.column) for cell in sheet[line] if cell.value == heading)


def linked_file(cell: Cell, folder: Path) -> Path:
    """The file that a cell leads to from a workbook in a folder."""
    assert cell.hyperlink is not None
    assert cell.hyperlink.target is not None
    relative = urllib.parse.unquote(cell.hyperlink.target.replace("\\", "/"))
    return (folder / relative).resolve()


def formulas(book: Workbook) -> dict[tuple[str, str], str]:
    """(sheet, cell) → every formula of a workbook."""
    return {
        (sheet.title, cell.coordinate): str(cell.value)
        for sheet in book.worksheets
        for cell in cells(sheet)
        if cell.data_type == "f"
    }


def figure(book: Workbook, form: str, unit: str, row: int, year: int) -> Cell:
    """A unit's figure on the sheet of units."""
    sheet = book[f"{form} theo đơn vị"]
    found = sheet.cell(detail_lines(sheet)[unit], detail_columns(sheet)[row, year])
    assert isinstance(found, Cell)
    return found

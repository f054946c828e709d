"""Workbooks as written, opened again."""

from __future__ import annotations

import io

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pcmd_consolidate.forms import Form, Row
from pcmd_consolidate.handout.book import workbook
from pcmd_consolidate.handout.layout import Layout, lay_out
from pcmd_consolidate.units import Unit


class Book:
    """A handed-out workbook and the layout it was written by."""

    def __init__(self, form: Form, unit: Unit | None = None, campaign_title: str = "") -> None:
        content = workbook(form, unit, campaign_title)
        self.book: Workbook = openpyxl.load_workbook(io.BytesIO(content))
        self.stored: Workbook = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        self.sheet: Worksheet = self.book.worksheets[0]
        self.layout: Layout = lay_out(form, unit)

    def cell(self, row: Row, column: int) -> Cell:
        """The cell of a row of the form in a column counted from 0."""
        return self.sheet.cell(self.layout.place(row) + 1, column + 1)

    def year(self, row: Row, year: int) -> Cell:
        """The cell of a row and year."""
        return self.cell(row, self.layout.years[year])

    def total(self, row: Row) -> Cell:
        """The cell of a row under Tổng cộng."""
        return self.cell(row, self.layout.total)

    def validation(self, cell: Cell) -> DataValidation | None:
        """What may be typed into a cell."""
        found = [v for v in self.sheet.data_validations.dataValidation if cell.coordinate in v.sqref]
        assert len(found) <= 1
        return found[0] if found else None

    def texts(self, sheet: str) -> list[str]:
        """All texts of a sheet, in their order."""
        cells = (cell for row in self.book[sheet].iter_rows() for cell in row)
        return [cell.value for cell in cells if isinstance(cell.value, str)]

"""Filling in a handed-out workbook as a clerk does: by looking at its headings and line numbers."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from pcmd_consolidate.forms import Form, ValueType
from tests.strategies import Cells


def fill(blank: Path, target: Path, form: Form, cells: Cells) -> Path:
    """Type figures into a copy of a handed-out workbook; Có and Không in yes/no rows."""
    book = openpyxl.load_workbook(blank)
    sheet = book[form.name]
    rows = {cell.value: cell.row for cell in sheet["A"] if isinstance(cell.value, int)}
    years = {
        year: cell.column
        for row in sheet.iter_rows(max_row=20)
        for cell in row
        for year in form.years
        if str(cell.value or "").startswith(f"Năm {year}")
    }
    for (number, year), value in cells.items():
        if value is not None:
            yes_no = form.row(number).value_type is ValueType.YES_NO
            sheet.cell(rows[number], years[year]).value = ("Không", "Có")[int(value)] if yes_no else value
    book.save(target)
    return target

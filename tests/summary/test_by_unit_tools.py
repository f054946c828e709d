"""Columns that fold away, and the heat map."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from openpyxl.utils import column_index_from_string
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pcmd_consolidate.forms import load_form
from pcmd_consolidate.summary.by_unit_tools import outline_levels
from tests.summary.books import detail_columns, figure

SECOND = "Phường Bình Long"


def levels(path: Path, sheet: str) -> dict[int, int]:
    """Column → how deep it stands, as the file says it."""
    with zipfile.ZipFile(path) as archive:
        xml = archive.read(f"xl/worksheets/{sheet}.xml").decode()
    found: dict[int, int] = {}
    for col in re.findall(r"<col [^>]*>", xml):
        told = dict(re.findall(r'(\w+)="([^"]*)"', col))
        for column in range(int(told["min"]), int(told["max"]) + 1):
            found[column] = int(told.get("outlineLevel", 0))
    return found


def test_the_first_row_of_a_section_stays_in_sight_and_parts_fold_under_their_whole() -> None:
    told = outline_levels(load_form("IIA"))

    assert {row: told[row] for row in (2, 4, 5, 8, 9, 14, 15, 21, 23, 25, 27, 44, 52, 53, 55, 57)} == {
        2: 0, 4: 0, 5: 1, 8: 1, 9: 2, 14: 0, 15: 1, 21: 0, 23: 1, 25: 2, 27: 2, 44: 3, 52: 0, 53: 1, 55: 0, 57: 1,
    }  # fmt: skip


def test_columns_fold_away(path: Path, written: Workbook) -> None:
    sheet = written["IIA theo đơn vị"]
    columns, told = detail_columns(sheet), levels(path, f"sheet{written.sheetnames.index(sheet.title) + 1}")

    assert [told[columns[row, 2023]] for row in (4, 5, 9)] == [0, 1, 2]
    assert {told[column] for column in range(1, 4)} == {0}
    assert sheet.sheet_properties.outlinePr.summaryRight is False
    assert not any(sheet.column_dimensions[letter].hidden for letter in sheet.column_dimensions)


def coloured(sheet: Worksheet) -> dict[tuple[int, int], str]:
    """Line and column of each cell with a colour scale → its upper end."""
    return {
        (line, column): rule.colorScale.cfvo[1].val
        for area in sheet.conditional_formatting
        for rule in area.rules
        if rule.type == "colorScale"
        for cells in area.sqref.ranges
        for line, column in cells.cells
    }


def test_each_row_and_year_has_a_scale_of_its_own(written: Workbook) -> None:
    found = coloured(written["IIA theo đơn vị"])
    letter = figure(written, "IIA", SECOND, 22, 2023).column_letter
    column = column_index_from_string(letter)

    assert {scale for (_, at), scale in found.items() if at == column} == {
        f"MAX(1,PERCENTILE(${letter}$5:${letter}$8,0.9))"
    }
    assert {line for line, at in found if at == column} == {5, 6, 7, 8}


def test_the_colour_of_a_finding_is_not_painted_over(written: Workbook) -> None:
    sheet = written["IIA theo đơn vị"]
    found = coloured(sheet)

    for row, year in ((4, 2021), (53, 2022), (55, 2023)):
        cell = figure(written, "IIA", SECOND, row, year)
        assert (cell.row, cell.column) not in found
        assert (cell.row + 1, cell.column) in found


@pytest.mark.parametrize("row", [14, 19])
def test_yes_and_no_have_no_scale(written: Workbook, row: int) -> None:
    columns = {column for (number, _), column in detail_columns(written["IIA theo đơn vị"]).items() if number == row}

    assert not columns & {column for _, column in coloured(written["IIA theo đơn vị"])}

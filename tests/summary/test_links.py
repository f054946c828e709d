"""Every link of the workbook leads somewhere."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook

from pcmd_consolidate import Consolidation
from tests.summary.books import cells, linked_file


def internal(book: Workbook) -> dict[tuple[str, str], str]:
    """(sheet, cell) → where in the workbook it leads."""
    return {
        (sheet.title, cell.coordinate): str(cell.hyperlink.location)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink is not None and not cell.hyperlink.target
    }


def test_every_link_inside_leads_to_a_sheet_and_into_what_is_written_there(written: Workbook) -> None:
    links = internal(written)
    lost = {}
    for place, location in links.items():
        sheet, _, target = location.rpartition("!")
        name = sheet[1:-1].replace("''", "'")
        if name not in written.sheetnames:
            lost[place] = location
            continue
        page = written[name]
        column, row, *_ = range_boundaries(target)
        if row > page.max_row or column > page.max_column:
            lost[place] = location

    assert len(links) > 1_000
    assert {sheet for sheet, _ in links} >= {
        "Tổng quan", "Phụ lục IA", "Phụ lục IIA", "IIA theo đơn vị", "Chỉ tiêu", "Lỗi và cảnh báo", "Đối chiếu",
        "Tiến độ nộp",
    }  # fmt: skip
    assert lost == {}


def test_every_link_to_a_file_is_relative_and_leads_to_one_that_is_there(written: Workbook, path: Path) -> None:
    targets = {}
    for sheet in written.worksheets:
        for cell in cells(sheet):
            if cell.hyperlink is not None and cell.hyperlink.target:
                targets[cell.hyperlink.target] = linked_file(cell, path.parent)

    assert len(targets) >= 4
    assert all(not Path(target).is_absolute() and "://" not in target for target in targets)
    assert [file for file in targets.values() if not file.exists()] == []


def test_a_link_to_a_cell_of_a_return_names_a_cell_that_was_read(
    written: Workbook, path: Path, consolidation: Consolidation
) -> None:
    places = {
        (linked_file(cell, path.parent), cell.hyperlink.location)
        for cell in cells(written["Nguồn số liệu"])
        if cell.hyperlink is not None and cell.hyperlink.location
    }
    sheets = {file: openpyxl.load_workbook(file).sheetnames for file, _ in places}

    assert places
    assert all(location.rpartition("!")[0].strip("'") in sheets[file] for file, location in places)
    assert len(consolidation.values) >= len(places)

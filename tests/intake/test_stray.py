"""Cells far from the form: the form is read without them, and a finding names them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pcmd_consolidate import Campaign, new_campaign
from pcmd_consolidate.intake.grid import Format, UnreadableError, read_grids
from pcmd_consolidate.intake.inbox import find_files
from pcmd_consolidate.intake.read import read_file
from pcmd_consolidate.intake.readings import SheetReading
from tests.hostile import book
from tests.hostile.case import form, good

pytestmark = pytest.mark.filterwarnings("ignore:Workbook contains no default style")


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    return new_campaign(tmp_path_factory.mktemp("campaign") / "dong-nai", "Đồng Nai")


def with_cells(folder: Path, cells: dict[str, object]) -> Path:
    """The good return with further cells, put there by openpyxl."""
    path = folder / "bieu.xlsx"
    path.write_bytes(book.packed(good()))
    workbook = openpyxl.load_workbook(path)
    for name, value in cells.items():
        workbook.active[name] = value
    workbook.save(path)
    return path


def read_one(campaign: Campaign, folder: Path) -> SheetReading:
    (item,) = find_files(folder)
    (sheet,) = read_file(item, campaign.forms, campaign.registry).sheets
    return sheet


def test_a_form_is_read_without_its_stray_cells(campaign: Campaign, tmp_path: Path) -> None:
    with_cells(tmp_path, {"XFD1048576": 9, "AAA50000": "ghi chú", "B1048576": "=1+1"})

    sheet = read_one(campaign, tmp_path)

    assert {(cell.row, cell.year): cell.reading.value for cell in sheet.cells} == book.truth(form())
    told = [(f.rule, f.severity, f.sheet, f.raw) for f in sheet.findings]
    assert told == [
        ("H36", "warning", "Phụ lục IIA", "AAA50000: ghi chú; B1048576: =1+1; XFD1048576: 9"),
    ]


def test_of_many_stray_cells_the_first_are_named(campaign: Campaign, tmp_path: Path) -> None:
    with_cells(tmp_path, {f"XFD{row}": row for row in range(50_001, 50_024)})

    (finding,) = read_one(campaign, tmp_path).findings

    assert finding.raw.startswith("XFD50001: 50001; XFD50002: 50002; ")
    assert finding.raw.endswith("XFD50020: 50020; … và 3 ô khác")
    assert "Có 23 ô nằm rất xa biểu" in finding.message


def test_nothing_is_left_out_of_a_sheet_of_bearable_size(tmp_path: Path) -> None:
    path = with_cells(tmp_path, {"A20000": "cuối"})

    (grid,) = read_grids(path.read_bytes(), Format.XLSX)

    assert (len(grid.rows), grid.rows[19_999][0], grid.findings) == (20_000, "cuối", ())


def test_a_table_that_lies_far_away_is_refused(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    for row in range(50_000, 50_010):
        for column in range(600, 610):
            workbook.active.cell(row, column, 1)
    workbook.save(tmp_path / "xa.xlsx")

    with pytest.raises(UnreadableError) as caught:
        read_grids((tmp_path / "xa.xlsx").read_bytes(), Format.XLSX)
    assert (caught.value.finding.rule, "50009 dòng × 609 cột" in caught.value.finding.message) == ("H33", True)


def test_the_checks_of_a_handed_out_workbook_are_not_read(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.title = "Biểu"
    workbook.create_sheet("_kiem_tra")["A1"] = 1
    workbook.create_sheet("_pcmd")["A1"] = "form"
    workbook.save(tmp_path / "bieu.xlsx")

    assert [grid.sheet for grid in read_grids((tmp_path / "bieu.xlsx").read_bytes(), Format.XLSX)] == ["Biểu", "_pcmd"]

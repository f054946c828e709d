"""What one format tells of a cell, the others tell too: errors, percentages, merged areas, the strict kind of .xlsx."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from pcmd_consolidate.intake.formats import misnamed
from pcmd_consolidate.intake.grid import Format, read_grids
from pcmd_consolidate.intake.guard import open_file
from pcmd_consolidate.intake.marks import Mark, MarkKind
from tests.libreoffice import convert

PERCENT = Mark(MarkKind.PERCENT, "100%")
STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}


def workbook(path: Path) -> Path:
    """Errors, percentages and merged areas."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Số vụ", 5, None, 7], ["x", 1, 2, 0.125], ["y", "=1/0", "=B1*2", None], ["z", 3, 4, 5]):
        sheet.append(row)
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("A3:A4")
    sheet["B2"].number_format, sheet["D2"].number_format = "0%", "0.0%"
    sheet["D4"], sheet["D4"].data_type = "#REF!", "e"
    book.save(path)
    return path


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_marks_and_merged_areas(suffix: str, tmp_path: Path) -> None:
    convert([workbook(tmp_path / "bieu.xlsx")], suffix, tmp_path)
    path = tmp_path / f"bieu.{suffix}"

    (grid,) = read_grids(path.read_bytes(), Format(suffix))

    assert set(grid.merged) == {(0, 1, 0, 2), (2, 0, 3, 0)}
    assert grid.rows[0] == ("Số vụ", 5, None, 7)
    assert grid.rows[1][:3] == ("x", PERCENT, 2)
    assert getattr(grid.rows[1][3], "kind", None) is MarkKind.PERCENT
    assert grid.rows[2] == ("y", Mark(MarkKind.ERROR, "#DIV/0!"), 10, None)


def test_the_strict_kind_of_workbook(tmp_path: Path) -> None:
    usual, strict = workbook(tmp_path / "bieu.xlsx"), tmp_path / "strict.xlsx"
    with zipfile.ZipFile(usual) as source, zipfile.ZipFile(strict, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            for old, new in STRICT.items():
                content = content.replace(old, new)
            target.writestr(name, content)

    assert open_file(strict).format is Format.XLSX
    (grid,) = read_grids(strict.read_bytes(), Format.XLSX)

    assert (grid,) == read_grids(usual.read_bytes(), Format.XLSX)
    assert grid.rows[1][1] == PERCENT
    assert grid.rows[3][3] == Mark(MarkKind.ERROR, "#REF!")


@pytest.mark.parametrize(
    ("name", "kind", "wrong"),
    [
        ("bieu.xlsx", Format.XLSX, False), ("BIEU.XLSM", Format.XLSX, False), ("bieu.xls", Format.XLSX, True),
        ("bieu.xlsx", Format.XLS, True), ("bieu.XLS", Format.XLS, False), ("bieu", Format.XLSX, True),
        ("bieu.xlsx (1)", Format.XLSX, True), ("bieu.xlsx", Format.ODS, True), ("bieu.doc", Format.DOCX, True),
        ("thu.zip/bieu.docx", Format.DOCX, False), ("bieu.xlsx", Format.XLSB, True), ("bieu.pdf", Format.XLS, True),
    ],
)  # fmt: skip
def test_a_suffix_that_says_otherwise_is_a_finding(name: str, kind: Format, wrong: bool) -> None:
    found = misnamed(name, kind)

    assert (found is not None) is wrong
    if found is not None:
        assert (found.rule, found.severity.value) == ("H12", "info")

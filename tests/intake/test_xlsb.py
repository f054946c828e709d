"""Excel's binary workbooks (.xlsb): values, and what the fast reader blurs."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
from pathlib import Path

import pytest

from pcmd_consolidate.intake.biff12 import read_xlsb
from pcmd_consolidate.intake.grid import Cell, Format, Grid, UnreadableError, read_grids
from pcmd_consolidate.intake.guard import open_file
from pcmd_consolidate.intake.marks import Mark, MarkKind
from tests.intake.xlsb_book import Formula, Inline, Percent, RichText, Sheet, Short, Shown, write_xlsb


def cell_of(value: object, tmp_path: Path) -> Cell:
    path = write_xlsb(tmp_path / "bieu.xlsb", [Sheet("Biểu", [["x", value, "y"]])])
    (grid,) = read_grids(path.read_bytes(), Format.XLSB)
    return grid.rows[0][1]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (12, 12), (-3, -3), (0, 0), (12.5, 12.5), (10**9, 10**9), (True, True), ("Xã Lộc Thành", "Xã Lộc Thành"),
        (RichText("Số vụ"), "Số vụ"), (None, None), (Formula(7), 7), (Formula(0.5), 0.5), (Formula("Có"), "Có"),
        ("#REF!", Mark(MarkKind.ERROR, "#REF!")), ("#DIV/0!", Mark(MarkKind.ERROR, "#DIV/0!")),
        ("#N/A", Mark(MarkKind.ERROR, "#N/A")), (Formula("#VALUE!"), Mark(MarkKind.ERROR, "#VALUE!")),
        (Percent(1.0), Mark(MarkKind.PERCENT, "100%")), (Percent(0.125), Mark(MarkKind.PERCENT, "12.5%")),
        (Percent(2.0, own_format=True), Mark(MarkKind.PERCENT, "200%")),
    ],
)  # fmt: skip
def test_a_cell(value: object, cell: Cell, tmp_path: Path) -> None:
    assert cell_of(value, tmp_path) == cell


def test_sheets_hidden_ones_and_merged_areas(tmp_path: Path) -> None:
    path = write_xlsb(
        tmp_path / "bieu.xlsb",
        [
            Sheet("Biểu số 1", [["Nội dung", 2021, 2022], [], ["Số vụ", 5, None]], [(2, 1, 2, 2)]),
            Sheet("Nháp", [["a", "#REF!"]], hidden=True),
        ],
    )

    assert open_file(path).format is Format.XLSB
    first, second = read_grids(path.read_bytes(), Format.XLSB)

    assert (first.sheet, first.visible, first.merged) == ("Biểu số 1", True, ((2, 1, 2, 2),))
    assert first.rows == (("Nội dung", 2021, 2022), (None, None, None), ("Số vụ", 5, None))
    assert (second.sheet, second.visible) == ("Nháp", False)
    assert second.rows == (("a", Mark(MarkKind.ERROR, "#REF!")),)


@pytest.mark.parametrize("value", [0.01, 1.0, 1.5, 100.0, 1 / 3])
def test_percentages_keep_their_value(value: float, tmp_path: Path) -> None:
    path = write_xlsb(tmp_path / "bieu.xlsb", [Sheet("Biểu", [[Percent(value)]])])

    assert read_xlsb(path.read_bytes())["Biểu"].percents == {(0, 0): value}


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (Inline("Số vụ"), "Số vụ"), (Formula(""), None),
        (Shown(12.0, '0 "ngày"'), 12), (Shown(12.0, "#,##0"), 12), (Shown(12.0, 3), 12),
        (Shown(44353.0, "dd/mm/yyyy"), dt.date(2021, 6, 6)), (Shown(44353.0, 14), dt.date(2021, 6, 6)),
        (Shown(-6.0, "dd/mm/yyyy"), Mark(MarkKind.DATE, "-6")), (Shown(3e6, 14), Mark(MarkKind.DATE, "3000000")),
        (Shown(0.5, "0%"), Mark(MarkKind.PERCENT, "50%")), (Shown(0.5, 10), Mark(MarkKind.PERCENT, "50%")),
    ],
)  # fmt: skip
def test_a_cell_and_how_it_is_shown(value: object, cell: Cell, tmp_path: Path) -> None:
    assert cell_of(value, tmp_path) == cell


def grid_of(sheet: Sheet, tmp_path: Path) -> Grid:
    (grid,) = read_grids(write_xlsb(tmp_path / "bieu.xlsb", [sheet]).read_bytes(), Format.XLSB)
    return grid


def test_hidden_rows_and_columns_and_formats_that_hide(tmp_path: Path) -> None:
    rows = [["a", 1, 2, 3], ["b", 4, 5, 6], ["c", Shown(7.0, ";;;"), Shown(8.0, "#,##0,"), Shown(9.0, '0 "ngày"')]]
    grid = grid_of(Sheet("Biểu", rows, hidden_rows=[0], flat_rows=[1], hidden_columns=[(2, 3)]), tmp_path)

    assert grid.rows == (("a", 1, 2, 3), ("b", 4, 5, 6), ("c", 7, 8, 9))
    assert grid.remarks.hidden_rows == {0, 1}
    assert grid.remarks.hidden_columns == {2, 3}
    assert grid.remarks.cells == {(2, 1): "E07", (2, 2): "E07"}


def test_cells_that_the_fast_reader_passes_over_are_told(tmp_path: Path) -> None:
    grid = grid_of(Sheet("Biểu", [["a", Short(12), 5, Inline("Số vụ", rich=True)]]), tmp_path)

    assert grid.rows == (("a", Mark(MarkKind.DIFFERS, " / 12"), 5, Mark(MarkKind.DIFFERS, " / Số vụ")),)


def test_a_cell_that_stands_there_twice_is_refused(tmp_path: Path) -> None:
    path = write_xlsb(tmp_path / "bieu.xlsb", [Sheet("Biểu", [["a", 1, Short(2)]])])
    twice = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(twice)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    first = struct.pack("<BBIIi", 2, 12, 1, 0, 1 << 2 | 2)
    sheet = parts["xl/worksheets/sheet1.bin"]
    assert sheet.count(first) == 1
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in (parts | {"xl/worksheets/sheet1.bin": sheet.replace(first, first * 2)}).items():
            archive.writestr(name, content)

    with pytest.raises(UnreadableError) as refused:
        read_grids(path.read_bytes(), Format.XLSB)
    assert refused.value.finding.rule == "H29"

"""Excel's binary workbooks (.xlsb): values, and what the fast reader blurs."""

from __future__ import annotations

from pathlib import Path

import pytest

from pcmd_consolidate.intake.biff12 import read_xlsb
from pcmd_consolidate.intake.grid import Cell, Format, read_grids
from pcmd_consolidate.intake.guard import open_file
from pcmd_consolidate.intake.marks import Mark, MarkKind
from tests.intake.xlsb_book import Formula, Percent, RichText, Sheet, write_xlsb


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

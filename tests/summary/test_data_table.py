"""The sheet *Dữ liệu*: a native table, one line for each value, numbers only in the column of numbers."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from pcmd_consolidate import Consolidation
from pcmd_consolidate.summary import data_parts, write_summary

HEADINGS = [
    "Mã đơn vị", "Đơn vị", "Loại", "Biểu", "Mục", "Dòng", "Chỉ tiêu", "Đơn vị tính", "Tính chất", "Năm",
    "Kỳ số liệu", "Số liệu", "Trạng thái",
]  # fmt: skip


def lines(book: Workbook, sheet: str = "Dữ liệu") -> dict[tuple[object, ...], list[object]]:
    """Unit, form, row and year → the line."""
    rows = [list(row) for row in book[sheet].iter_rows(min_row=4, values_only=True)]
    found: dict[tuple[object, ...], list[object]] = {(row[0], row[3], row[5], row[9]): row for row in rows}
    assert len(found) == len(rows)
    return found


def test_the_table_holds_every_value(written: Workbook, consolidation: Consolidation) -> None:
    sheet = written["Dữ liệu"]
    table = sheet.tables["DuLieu"]

    assert table.ref == f"A3:M{3 + len(consolidation.values)}"
    assert table.autoFilter.ref == table.ref
    assert [column.name for column in table.tableColumns] == HEADINGS
    assert [cell.value for cell in sheet[3]] == HEADINGS
    assert sheet.max_row == 3 + len(consolidation.values)


def test_a_line_can_be_grouped_by_anything(written: Workbook) -> None:
    assert lines(written)["X01", "IIA", 36, 2025] == [
        "X01", "Xã Lộc Thành", "Xã, phường", "IIA", "4. Đấu tranh phòng, chống tội phạm liên quan đến mại dâm", 36,
        "IIA.36 Số người bị xử lý hình sự", "Người", "Phát sinh trong kỳ", 2025, "6 tháng đầu năm", 141, "Có số liệu",
    ]  # fmt: skip
    assert lines(written)["S01", "IA", 13, 2021][2:9] == [
        "Sở, ngành", "IA", "II.1. Công an tỉnh", 13, "IA.13 Số tụ điểm, địa bàn phức tạp về tệ nạn mại dâm.",
        "Tụ điểm", "Có mặt tại thời điểm",
    ]  # fmt: skip


def test_the_column_of_numbers_holds_numbers_only(written: Workbook) -> None:
    found = lines(written)

    assert {type(line[11]) for line in found.values()} == {int, float, type(None)}
    assert found["X01", "IIA", 14, 2021][11] == 0, "Không"
    assert found["X02", "IIA", 14, 2021][11] == 1, "Có"
    assert [found["X02", "IIA", 2, year][11:] for year in (2021, 2022)] == [
        [None, "Để trống"], [None, "Chưa có số liệu"],
    ]  # fmt: skip
    assert found["X02", "IIA", 4, 2022][11:] == [None, "Không đọc được"]
    assert found["X02", "IIA", 53, 2021][11:] == [None, "Thiếu dòng"]
    assert found["X02", "IIA", 55, 2023][11] == 1234.5


def test_no_two_indicators_share_a_name(written: Workbook) -> None:
    names: dict[object, set[object]] = {}
    for line in lines(written).values():
        names.setdefault(line[6], set()).add((line[3], line[5]))

    assert {len(rows) for rows in names.values()} == {1}


def test_values_fall_on_several_sheets(
    consolidation: Consolidation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data_parts, "LINES_ON_A_SHEET", 400)
    book = openpyxl.load_workbook(write_summary(consolidation, tmp_path / "x.xlsx"))

    together = [line for sheet in book.sheetnames if "Dữ liệu" in sheet for line in lines(book, sheet)]
    assert len(together) == len(consolidation.values)
    assert book["Dữ liệu"].tables["DuLieu"].ref == "A3:M403"
    assert list(book["Dữ liệu (2)"].tables) == ["DuLieu_2"]
    assert book["Dữ liệu (2)"]["A2"].value.startswith("Bảng «DuLieu_2» dùng để lập PivotTable.")
    assert "Dữ liệu (2)" in {str(cell.value) for cell in book["Tổng quan"]["A"]}


def test_too_many_values_are_left_to_the_csv_and_said_so(
    consolidation: Consolidation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data_parts, "MOST_LINES", 400)
    sheet = openpyxl.load_workbook(write_summary(consolidation, tmp_path / "x.xlsx"))["Dữ liệu"]

    assert not sheet.tables
    assert sheet.max_row == 3
    assert sheet["A2"].value == (
        f"Có {len(consolidation.values)} số liệu, quá nhiều cho một trang Excel: xem toàn bộ trong tệp values.csv."
    )


@pytest.mark.parametrize(("values", "parts"), [(0, [0]), (1, [1]), (100_000, [100_000]), (100_001, [0])])
def test_how_values_fall_on_sheets(values: int, parts: list[int]) -> None:
    assert [len(part) for part in data_parts.parts_of(values)] == parts

"""The sheet *Chỉ tiêu*: every target in every year, with its source and what it comes to."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from tests.summary.books import column_of


def test_every_target_stands_there_for_every_year(written: Workbook) -> None:
    sheet = written["Chỉ tiêu"]
    lines = [(row[0], row[3]) for row in sheet.iter_rows(min_row=5, values_only=True)]

    assert len(lines) == 14 * 5
    assert lines[:5] == [
        ("T1", "2021"), ("T1", "2022"), ("T1", "2023"), ("T1", "2024"), ("T1", "2025 (6 tháng đầu năm)"),
    ]  # fmt: skip


def test_two_of_four_communes_leave_it_open(written: Workbook) -> None:
    sheet = written["Chỉ tiêu"]
    line = {str(sheet.cell(4, column).value): sheet.cell(6, column).value for column in range(1, 13)}

    assert line["Mã"] == "T1"
    assert (line["Tử số"], line["Mẫu số"], line["Kết quả"], line["Mức phải đạt"]) == (2, 2, 100, 70)
    assert line["Đơn vị đã có số liệu"] == "2/4"
    assert line["Kết luận"] == "Chưa đủ số liệu"
    assert line["Lý do"] == "Mới có số liệu của 2/4 đơn vị"


def test_targets_known_from_the_press_say_so(written: Workbook) -> None:
    sheet = written["Chỉ tiêu"]
    column = column_of(sheet, "Nguồn chỉ tiêu", 4)
    sources = {str(sheet.cell(line, column).value) for line in range(5, sheet.max_row + 1)}

    assert all(source.endswith("(chỉ biết qua báo chí, chưa đối chiếu văn bản gốc)") for source in sources)
    assert any(source.startswith("Quyết định số 808/QĐ-LĐTBXH") for source in sources)

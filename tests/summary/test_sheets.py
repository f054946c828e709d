"""The workbook as a whole: its sheets, its overview, and that nothing of a return becomes a formula."""

from __future__ import annotations

from pathlib import Path

from openpyxl.workbook import Workbook

from pcmd_consolidate import Consolidation
from pcmd_consolidate.findings import Severity
from tests.summary.books import cells, column_of, formulas, linked_file, texts
from tests.summary.inbox import FORMULA


def test_sheets_stand_in_their_order(written: Workbook) -> None:
    assert written.sheetnames == [
        "Tổng quan", "Phụ lục IA", "Phụ lục IIA", "IA theo đơn vị", "IIA theo đơn vị", "Chỉ tiêu",
        "Tiến độ nộp", "Lỗi và cảnh báo", "Đối chiếu", "Giải trình và ghi chú",
        "Quyết định", "Bản gửi lại", "Dữ liệu", "Nguồn số liệu", "_pcmd",
    ]  # fmt: skip


def test_overview_names_the_round(written: Workbook) -> None:
    sheet = written["Tổng quan"]

    assert sheet["A2"].value == "Tổng kết Chương trình phòng, chống mại dâm giai đoạn 2021-2025"
    assert sheet["A3"].value == "Địa phương: Đồng Nai. Số liệu tính đến ngày 30/06/2025."


def test_overview_counts_units_of_each_form(written: Workbook) -> None:
    sheet = written["Tổng quan"]
    counts = {row[0].value: [cell.value for cell in row[1:8]] for row in sheet.iter_rows(min_row=6, max_row=8)}

    assert counts["Biểu"] == [
        "Phải nộp", "Đã nộp", "Đúng hạn", "Nộp muộn", "Chưa rõ dùng bản nào", "Chưa nộp", "Có lỗi phải sửa",
    ]  # fmt: skip
    assert counts["Phụ lục IA"] == [2, 1, 1, 0, 0, 1, 1]
    assert counts["Phụ lục IIA"] == [4, 2, 1, 1, 0, 2, 2]


def test_overview_counts_findings_by_severity(written: Workbook, consolidation: Consolidation) -> None:
    found = {str(row[0].value): row[1].value for row in written["Tổng quan"].iter_rows()}

    for severity in Severity:
        assert found[severity.label] == (consolidation.findings["severity"] == severity.value).sum()


def test_overview_names_every_missing_unit_and_unused_file(written: Workbook, consolidation: Consolidation) -> None:
    shown = texts(written["Tổng quan"])

    assert "1. Sở Giáo dục và Đào tạo" in shown
    assert {"1. Xã Phú Riềng", "2. Xã Đak Nhau"} <= set(shown)
    assert not any("Xã Lộc Thành" in text for text in shown)
    assert "hong.xlsx" in shown
    findings = consolidation.findings
    assert findings[findings["file"] == "hong.xlsx"]["message"].iloc[0] in shown


def test_overview_leads_to_every_sheet(written: Workbook) -> None:
    sheet = written["Tổng quan"]
    places = {cell.hyperlink.location for cell in cells(sheet) if cell.hyperlink and cell.hyperlink.location}

    assert {f"'{name}'!A1" for name in written.sheetnames[1:-1]} <= places


def test_progress_has_a_line_for_every_unit_and_further_file(written: Workbook) -> None:
    sheet = written["Tiến độ nộp"]
    lines = [[cell.value for cell in row[2:11]] for row in sheet.iter_rows(min_row=4)]

    assert [line[2] for line in lines] == [
        "Đúng hạn", "Chưa nộp", "Đúng hạn", "Nộp muộn", "Chưa nộp", "Chưa nộp", "Không dùng được",
    ]  # fmt: skip
    assert lines[3][:2] == ["Phường Bình Long", "IIA"]
    assert f"{lines[3][3]:%d/%m/%Y}" == "10/09/2025"
    assert f"{lines[3][4]:%d/%m/%Y}" == "30/08/2025"
    assert lines[3][5] == 11
    assert sheet.auto_filter.ref == "A3:M10"


def test_progress_leads_to_the_files(written: Workbook, path: Path, consolidation: Consolidation) -> None:
    sheet = written["Tiến độ nộp"]
    file = sheet.cell(6, column_of(sheet, "Tệp (bấm để mở)", 3))

    assert file.value == "2025-08-20/Lộc Thành #1 (50%).xlsx"
    assert linked_file(file, path.parent) == (consolidation.campaign.inbox / str(file.value)).resolve()
    assert linked_file(file, path.parent).exists()


def test_formulas_stand_on_the_annexes_only(written: Workbook) -> None:
    assert {sheet for sheet, _ in formulas(written)} == {"Phụ lục IA", "Phụ lục IIA"}


def test_what_looks_like_a_formula_stays_the_text_that_was_typed(written: Workbook) -> None:
    places = {
        sheet.title
        for sheet in written.worksheets
        for cell in cells(sheet)
        if cell.value == FORMULA and cell.data_type == "s" and cell.style and cell.quotePrefix
    }

    assert places == {"Lỗi và cảnh báo", "Nguồn số liệu"}

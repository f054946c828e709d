"""The long lists: findings and sources."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from pcmd_consolidate import Consolidation
from pcmd_consolidate.excel_text import CUT, LONGEST_TEXT, cell_text
from pcmd_consolidate.summary import data_parts, finding_list, sheet, value_list, write_summary
from tests.summary.books import figure, linked_file
from tests.summary.inbox import FORMULA

UNREADABLE = 4, 2021
"""Row and year of the second commune's unreadable figure."""


def line_of_finding(book: Workbook, consolidation: Consolidation, raw: str) -> int:
    assert book["Lỗi và cảnh báo"].max_row == len(consolidation.findings) + 3
    return list(consolidation.findings["raw"]).index(raw) + 4


def test_findings_stand_heaviest_first_with_their_words(written: Workbook, consolidation: Consolidation) -> None:
    lines = list(written["Lỗi và cảnh báo"].iter_rows(min_row=4, values_only=True))
    words = [line[1] for line in lines]

    assert [line[7] for line in lines] == list(consolidation.findings["message"])
    assert words == sorted(words, key=["Lỗi", "Cần giải trình", "Cảnh báo", "Thông tin"].index)
    assert written["Lỗi và cảnh báo"].freeze_panes == "C4"


def test_a_finding_leads_to_the_cell_and_to_the_figure(
    written: Workbook, path: Path, consolidation: Consolidation
) -> None:
    page = written["Lỗi và cảnh báo"]
    line = line_of_finding(written, consolidation, FORMULA)
    place, detail = page.cell(line, 10), page.cell(line, 11)
    at = figure(written, "IIA", "Phường Bình Long", *UNREADABLE).coordinate

    assert place.value == "2025-09-10/binh long's.xlsx › Số liệu › C7"
    assert linked_file(place, path.parent).exists()
    assert place.hyperlink.location == "'Số liệu'!C7"
    assert (detail.value, detail.hyperlink.location) == (at, f"'IIA theo đơn vị'!{at}")


def test_a_finding_on_a_file_leads_to_the_file_alone(written: Workbook, path: Path) -> None:
    page = written["Lỗi và cảnh báo"]
    place = next(row[9] for row in page.iter_rows(min_row=4) if row[9].value == "hong.xlsx")

    assert linked_file(place, path.parent).exists()
    assert place.hyperlink.location is None
    assert page.cell(place.row, 11).hyperlink is None


def test_every_value_has_its_source(written: Workbook, path: Path, consolidation: Consolidation) -> None:
    page, values = written["Nguồn số liệu"], consolidation.values
    lines = list(page.iter_rows(min_row=4))

    assert len(lines) == len(values)
    for cells, line in zip(lines, values.itertuples(), strict=True):
        told = [cell.value for cell in cells]
        assert told[1:4] == [line.unit, line.form, line.row]
        assert told[5] == line.year
        assert told[6] == (line.value if line.state == "reported" else None)
        assert (told[8] or "", told[10], told[11], told[12]) == (line.raw, line.file, line.sheet, line.cell or "mở tệp")
        assert cells[12].hyperlink.location == f"'{line.sheet}'!{line.cell or 'A1'}"
        assert linked_file(cells[12], path.parent).exists()


def test_states_are_told_in_words(written: Workbook, consolidation: Consolidation) -> None:
    words = [row[7] for row in written["Nguồn số liệu"].iter_rows(min_row=4, values_only=True)]
    by_word = {word: words.count(word) for word in set(words)}

    assert by_word == {
        "Có số liệu": (consolidation.values["state"] == "reported").sum(),
        "Để trống": 1, "Chưa có số liệu": 1, "Không đọc được": 2, "Thiếu dòng": 5,
    }  # fmt: skip


def test_links_end_where_excel_allows_no_more(
    consolidation: Consolidation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (sheet, value_list):
        monkeypatch.setattr(module, "MOST_LINKS", 10)
    page = openpyxl.load_workbook(write_summary(consolidation, tmp_path / "x.xlsx"))["Nguồn số liệu"]
    linked = [row[12].hyperlink is not None for row in page.iter_rows(min_row=5)]

    assert page["A3"].value == "Excel chỉ cho 10 liên kết trên một trang: các dòng sau không có liên kết."
    assert linked == [True] * 10 + [False] * (len(consolidation.values) - 10)
    assert page.cell(page.max_row, 13).value == consolidation.values["cell"].iloc[-1]


def test_too_many_values_are_left_to_the_csv(
    consolidation: Consolidation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data_parts, "MOST_LINES", 100)
    page = openpyxl.load_workbook(write_summary(consolidation, tmp_path / "x.xlsx"))["Nguồn số liệu"]

    assert page["A2"].value == "Có 540 số liệu, quá nhiều cho một trang Excel: xem toàn bộ trong tệp values.csv."
    assert page.max_row == 3


def test_of_very_many_findings_the_heaviest_are_listed_and_linked(
    consolidation: Consolidation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    findings = consolidation.findings
    assert len(findings) > 5
    monkeypatch.setattr(finding_list, "MOST_FINDINGS", 5)
    book = openpyxl.load_workbook(write_summary(consolidation, tmp_path / "x.xlsx"))
    page = book["Lỗi và cảnh báo"]
    rest = len(findings) - 5

    assert page["A3"].value == f"Trang này ghi 5 vấn đề đứng đầu; {rest} vấn đề còn lại xem trong tệp findings.csv."
    listed = [row for row in page.iter_rows(min_row=5, values_only=True) if row[0] is not None]
    assert [(row[0], row[2], row[7]) for row in listed] == [
        (place + 1, line.rule, line.message) for place, line in enumerate(findings.head(5).itertuples())
    ]
    leads_to = {
        int(re.sub(r".*!A", "", cell.hyperlink.location))
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink and (cell.hyperlink.location or "").startswith("'Lỗi và cảnh báo'!A")
    }
    assert leads_to
    assert max(leads_to) <= 9


def test_half_a_character_is_shown() -> None:
    assert cell_text("a\ud800b") == "a\\ud800b"


def test_odd_texts_are_shown_not_obeyed(consolidation: Consolidation, tmp_path: Path) -> None:
    odd = ["\x07a\u202eb\r\nc", "x" * 40_000, "_x0041_", "+1", "@a", "https://example.org"]
    values = consolidation.values.copy()
    for column in ("raw", "note"):
        values[column] = [*odd, *values[column][len(odd) :]]
    changed = dataclasses.replace(consolidation, values=values)
    page = openpyxl.load_workbook(write_summary(changed, tmp_path / "x.xlsx"))["Nguồn số liệu"]
    raw = [page.cell(line, 9) for line in range(4, 4 + len(odd))]

    assert raw[0].value == "\\u0007a\\u202eb\nc"
    assert len(str(raw[1].value)) == LONGEST_TEXT
    assert str(raw[1].value).endswith(CUT)
    assert [cell.value for cell in raw[2:]] == ["_x005F_x0041_", "+1", "@a", "https://example.org"]
    assert all(cell.data_type in "s" and cell.hyperlink is None for cell in raw)

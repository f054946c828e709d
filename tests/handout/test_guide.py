"""The guide sheet."""

from __future__ import annotations

from dataclasses import replace

from pcmd_consolidate.forms import Form, load_form
from pcmd_consolidate.handout.guide import entries
from pcmd_consolidate.handout.layout import lay_out
from pcmd_consolidate.units import Unit
from tests.handout.books import Book


def guide(form: Form, unit: Unit | None = None) -> dict[str, str]:
    return {entry.term: entry.text for entry in entries(lay_out(form, unit)) if entry.text}


def test_the_guide_says_what_0_dash_dots_and_blank_mean(form: Form) -> None:
    said = guide(form)

    assert said["0"] == "Đã rà soát và không có."
    assert said["-"] == "Không phát sinh; được tính là 0."
    assert "không có số liệu" in said["… (ba dấu chấm)"]
    assert "không được tính là 0" in said["… (ba dấu chấm)"]
    assert "Chưa trả lời" in said["Để trống"]


def test_the_partial_year_comes_from_the_form(form: Form, one_year: Form, ten_years: Form) -> None:
    six_months, nine_months = guide(form)["Năm chưa đủ"], guide(one_year)["Năm chưa đủ"]

    assert "Năm 2025 (6 tháng đầu năm): chỉ ghi số liệu đến hết ngày 30/6/2025" in six_months
    assert "Năm 2026 (9 tháng đầu năm): chỉ ghi số liệu đến hết ngày 30/9/2026" in nine_months
    assert "Năm chưa đủ" not in guide(ten_years)


def test_a_department_is_told_its_block(police: Unit) -> None:
    form = load_form("IA")

    assert "1. Công an tỉnh" in guide(form, police)["Ô nền xám"]
    assert "Ô nền xám" not in guide(form)


def test_only_what_the_unit_is_asked_is_explained(police: Unit) -> None:
    said = guide(load_form("IA"), police)["Lấy số năm cuối"]

    assert "Số tụ điểm, địa bàn phức tạp" in said
    assert "khu công nghiệp" not in said
    assert ".." not in said


def test_stocks_alone_leave_nothing_to_add(one_year: Form) -> None:
    stocks = replace(one_year, rows=(one_year.rows[0], replace(one_year.rows[2], number=2)))

    assert "Tổng cộng" not in guide(stocks)
    assert "Chỉ tiêu money" in guide(stocks)["Lấy số năm cuối"]


def test_the_sheet_names_campaign_form_and_unit(commune: Unit) -> None:
    texts = Book(load_form("IIA"), commune, "Tổng kết 2021-2025").texts("Hướng dẫn")

    assert texts[:3] == ["HƯỚNG DẪN GHI BIỂU", "Tổng kết 2021-2025", "Phụ lục IIA - Xã Lộc Thạnh"]
    for entry in entries(lay_out(load_form("IIA"), commune)):
        assert entry.term in texts
        assert not entry.text or entry.text in texts

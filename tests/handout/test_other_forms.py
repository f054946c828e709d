"""Forms with other years and rows: nothing of IA and IIA is in the code."""

from __future__ import annotations

from dataclasses import replace

from pcmd_consolidate.forms import Form
from pcmd_consolidate.units import Unit
from tests.handout.books import Book

UNIT = Unit("X1", "Xã Một", "commune", "M")


def test_a_form_of_a_single_year(one_year: Form) -> None:
    book = Book(one_year, UNIT)
    layout, sheet = book.layout, book.sheet

    assert (layout.years, layout.total, layout.note) == ({2026: 3}, 4, 5)
    assert sheet.title == "Mẫu 01 BC"
    assert sheet.cell(layout.header + 1, 4).value == "Kết quả thực hiện năm 2026"
    assert sheet.cell(layout.header + 2, 4).value == "Năm 2026 (9 tháng đầu năm)"
    row = layout.first + 2
    assert [book.total(r).value for r in one_year.indicators] == [
        f'=IF(COUNT(D{row})+COUNTIF(D{row},"-")=0,"",SUM(D{row}))',
        f'=IF(ISNUMBER(D{row + 1}),D{row + 1},IF(D{row + 1}="-",0,""))',
        f'=IF(D{row + 2}="","",D{row + 2})',
    ]


def test_a_partial_year_in_the_middle(ten_years: Form, one_year: Form) -> None:
    assert one_year.partial is not None
    form = replace(ten_years, partial=replace(one_year.partial, year=2020))
    book = Book(form, UNIT)
    row = form.indicators[0]
    told = [y for y in form.years if "đến hết ngày" in book.validation(book.year(row, y)).prompt]  # type: ignore[union-attr]

    assert told == [2020]


def test_a_wide_form_lies_on_its_side(ten_years: Form, one_year: Form) -> None:
    assert Book(ten_years).sheet.page_setup.orientation == "landscape"
    assert Book(one_year).sheet.page_setup.orientation == "portrait"


def test_a_form_without_a_line_in_italics(one_year: Form) -> None:
    book = Book(one_year, UNIT)

    assert [cell.value for cell in book.sheet["B"][: book.layout.header]] == [
        "Đơn vị báo cáo:", "XÃ MỘT", "Mẫu 01/BC", "BÁO CÁO",
    ]  # fmt: skip

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

import pytest

from pcmd_consolidate.forms import PartialYear, load_form
from pcmd_consolidate.intake.columns import Columns, find_columns
from pcmd_consolidate.intake.grid import Grid
from pcmd_consolidate.intake.labels import LabelIndex
from pcmd_consolidate.intake.years import year_of

FORM = load_form("IIA")  # 2021 to 2025, of 2025 the first six months
INDEX = LabelIndex(FORM)
YEARS = ["Năm 2021", "Năm 2022", "Năm 2023", "Năm 2024", "Năm 2025"]

ACCEPTED = {
    2021: [
        "Năm 2021", "NĂM 2021", "nam 2021", "Năm\n2021", " 2021 ", "2021", 2021, 2021.0, "Số liệu năm 2021",
        "Kết quả thực hiện năm 2021", "Thực hiện 2021", "Năm 2021:", "Năm 2021 (đến 31/12)",
        "Năm 2021 (tính đến 31/12/2021)", dt.date(2021, 12, 31), dt.datetime(2021, 1, 1),
    ],
    2024: ["Năm 2024", 2024],
    2025: [
        "Năm 2025", 2025, "Năm 2025 (6 tháng đầu năm)", "6 tháng đầu năm 2025", "06 tháng đầu năm 2025", "6 tháng 2025",
        "6 THÁNG ĐẦU NĂM 2025", "6 thang dau nam 2025", "6T/2025", "6T 2025", "Nửa đầu năm 2025", "Năm 2025\n(6 tháng)",
        "Năm 2025 (đến 30/6)", "Năm 2025 (đến 30/06/2025)", "Năm 2025 (tính đến ngày 30/6/2025)",
        "Năm 2025 đến hết 30/6", dt.date(2025, 6, 30), dt.date(2025, 1, 1),
    ],
}  # fmt: skip
REFUSED = [
    # other years, several years
    "Năm 2020", "Năm 2026", 2020, 2026, 2021.5, "Năm 2021 - 2022", "2021-2025", "Giai đoạn 2021-2025", "Năm 2021, 2022",
    # part of a year, where the form asks for another part or for all of it
    "6 tháng đầu năm 2024", "6T/2021", "6 tháng cuối năm 2025", "9 tháng 2025", "3 tháng đầu năm 2025", "Quý I/2025",
    "Tháng 6/2025", "Năm 2025 (đến 30/9)", "Năm 2025 (đến 31/12)", "Năm 2021 (đến 30/6)",
    # something else about a year
    "Kế hoạch 2021", "Ước năm 2025", "So với năm 2024", "Tỷ lệ 2021", "Tăng, giảm năm 2021", "Năm 2021 cũ",
    "Dự kiến 2025",
    # no year
    "Năm", "Nội dung", "Tổng cộng", "21", "20 21", "", " ", None, True, "Năm 2021 " + " " * 80,
    # dates of other days than the first of a year or the last that is asked for
    dt.date(2021, 9, 30), dt.date(2020, 12, 31), dt.date(2025, 12, 31), dt.date(2021, 6, 30),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "year"), [(cell, year) for year, cells in ACCEPTED.items() for cell in cells])
def test_headings_that_name_a_year(cell: object, year: int) -> None:
    assert year == year_of(cell, FORM)


@pytest.mark.parametrize("cell", REFUSED)
def test_headings_that_name_no_year_of_the_form(cell: object) -> None:
    assert year_of(cell, FORM) is None


@pytest.mark.parametrize(
    ("cell", "partial", "expected"),
    [
        ("6 tháng đầu năm 2025", None, None),
        ("Năm 2025", None, 2025),
        ("Năm 2025 (đến 31/12)", None, 2025),
        ("Năm 2025 (đến 30/9)", PartialYear(2025, dt.date(2025, 9, 30), "đến 30/09"), 2025),
        ("Năm 2025 (đến 30/6)", PartialYear(2025, dt.date(2025, 9, 30), "đến 30/09"), None),
        ("6 tháng đầu năm 2025", PartialYear(2025, dt.date(2025, 9, 30), "đến 30/09"), None),
        ("6 tháng đầu năm 2023", PartialYear(2023, dt.date(2023, 6, 30), "6 tháng đầu năm"), 2023),
    ],
)
def test_part_of_a_year_is_the_part_that_the_form_asks_for(
    cell: str, partial: PartialYear | None, expected: int | None
) -> None:
    assert expected == year_of(cell, dataclasses.replace(FORM, partial=partial))


# ---- tables ---------------------------------------------------------------------------------------------------------

ROWS = [
    ["- Số cuộc truy quét tại địa điểm công cộng", "Cuộc", 1, 2, 3, 4, 5],
    ["- Số cuộc triệt phá tại các cơ sở KDDV", "Cuộc", 1, 2, 3, 4, 5],
    ["- Tổng số người vi phạm", "Người", 1, 2, 3, 4, 5],
    ["+ Số người mua dâm", "Người", 1, 2, 3, 4, 5],
]


def tables(*rows: Sequence[object]) -> tuple[Columns, ...]:
    width = max(len(row) for row in rows)
    grid = Grid("Sheet1", True, tuple((*row, *[None] * (width - len(row))) for row in rows))
    return find_columns(grid, FORM, INDEX)


def table(*rows: Sequence[object]) -> Columns:
    (found,) = tables(*rows)
    return found


def by_year(*columns: int) -> dict[int, int]:
    return dict(zip(FORM.years, columns, strict=True))


def test_the_columns_of_the_form() -> None:
    found = table(["Phụ lục IIA"], [], ["Nội dung", "Đơn vị tính", *YEARS, "Tổng cộng", "Ghi chú"], *ROWS)

    assert (found.header, found.end) == (2, 7)
    assert found.years == by_year(2, 3, 4, 5, 6)
    assert (found.labels, found.unit, found.total, found.note) == ((0,), 1, 7, 8)
    assert (found.disputed, found.others) == ({}, {})


def test_columns_are_found_where_they_stand() -> None:
    swapped = [[5, 4, 3, 2, 1, row[1], None, row[0]] for row in ROWS]
    found = table([*reversed(YEARS), "ĐVT", "Tổng số", "Chỉ tiêu"], *swapped)

    assert found.years == by_year(4, 3, 2, 1, 0)
    assert (found.labels, found.unit, found.total) == ((7,), 5, 6)


def test_a_heading_of_two_rows() -> None:
    found = table(
        ["Nội dung", "Đơn vị tính", "Kết quả thực hiện", None, None, None, None, "Tổng cộng"],
        [None, None, *YEARS, None],
        *ROWS,
    )

    assert (found.header, found.years) == (1, by_year(2, 3, 4, 5, 6))
    assert (found.labels, found.unit, found.total) == ((0,), 1, 7)


def test_years_may_be_numbers() -> None:
    found = table(["Nội dung", "ĐVT", 2021, 2022, 2023, 2024, 2025], *ROWS)

    assert (found.header, found.years) == (0, by_year(2, 3, 4, 5, 6))


def test_a_column_of_running_numbers_is_no_label() -> None:
    rows = [[place, *row] for place, row in enumerate(ROWS, start=1)]
    found = table(["TT", "Nội dung", "ĐVT", *YEARS], *rows)

    assert (found.labels, found.unit, found.others) == ((1,), 2, {})


def test_a_year_may_be_missing() -> None:
    found = table(["Nội dung", "ĐVT", *YEARS[:3], YEARS[4]], *ROWS)

    assert found.years == {2021: 2, 2022: 3, 2023: 4, 2025: 5}


def test_a_year_that_two_columns_claim_is_disputed() -> None:
    found = table(["Nội dung", "ĐVT", *YEARS, "Năm 2024"], *ROWS)

    assert found.years == {2021: 2, 2022: 3, 2023: 4, 2025: 6}
    assert found.disputed == {2024: (5, 7)}


def test_the_column_that_names_the_part_of_the_year_asked_for_is_meant() -> None:
    found = table(["Nội dung", "ĐVT", *YEARS[:4], "Năm 2025", "6 tháng đầu năm 2025"], *ROWS)

    assert (found.years[2025], found.disputed, found.others) == (7, {}, {6: "Năm 2025"})


def test_a_column_that_the_form_does_not_have() -> None:
    rows = [[label, unit, 70 - 20 * place, *figures, 9 * place] for place, (label, unit, *figures) in enumerate(ROWS)]
    found = table(["Nội dung", "ĐVT", "Năm 2020", *YEARS, "Tăng, giảm (%)"], *rows)

    assert found.years == by_year(3, 4, 5, 6, 7)
    assert found.others == {2: "Năm 2020", 8: "Tăng, giảm (%)"}


def test_a_unit_column_without_a_heading_is_known_by_what_it_holds() -> None:
    found = table(["Nội dung", None, *YEARS], *ROWS)

    assert (found.unit, found.labels) == (1, (0,))


def test_every_page_with_a_header_is_a_table_of_its_own() -> None:
    header = ["Nội dung", "ĐVT", *YEARS]
    moved = [None, *header]

    first, second = tables(header, *ROWS[:2], moved, *([None, *row] for row in ROWS[2:]))

    assert (first.header, first.end, first.unit, first.years) == (0, 3, 1, by_year(2, 3, 4, 5, 6))
    assert (second.header, second.end, second.unit, second.years) == (3, 6, 2, by_year(3, 4, 5, 6, 7))
    assert (first.labels, 1 in second.labels) == ((0,), True)


@pytest.mark.parametrize(
    "row",
    [
        [],
        ["Nội dung", "ĐVT", "Tổng cộng"],
        ["Nội dung", "ĐVT", "Năm 2021"],  # one year of five
        ["Nội dung", "ĐVT", 2021, 2022],  # two bare numbers
        ["Nội dung", "ĐVT", "Năm 2016", "Năm 2017", "Năm 2018"],
        ["+ Số người bán dâm", "Người", 2021, 2022, 2023],  # figures, beside a row of the form
        ["TỔNG KẾT CÔNG TÁC PHÒNG, CHỐNG MẠI DÂM GIAI ĐOẠN 2021 - 2025"],
    ],
)
def test_a_row_that_is_no_header(row: list[object]) -> None:
    (found,) = tables(row, ["Nội dung", "ĐVT", *YEARS], *ROWS)

    assert found.header == 1

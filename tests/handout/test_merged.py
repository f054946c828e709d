"""The workbook of a merged commune: a sheet for each former commune, and the form that adds them up."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from pcmd_consolidate import Campaign, write_handout
from pcmd_consolidate.forms import Form, load_form
from pcmd_consolidate.handout import write_handout_by_predecessors
from pcmd_consolidate.handout.book import workbook
from pcmd_consolidate.units import Unit
from tests.merged_books import FORMER, Typed, blank_book, cells, lines, made_up_province, recalculated, type_into

MAIN = "Phụ lục IIA"


@pytest.fixture
def province(tmp_path: Path) -> Campaign:
    return made_up_province(tmp_path / "tinh-mau")


@pytest.fixture
def blank(province: Campaign) -> Path:
    return blank_book(province, province.folder / "bieu.xlsx")


def computed(path: Path, typed: dict[str, Typed]) -> Workbook:
    """The workbook with its values after LibreOffice computed it."""
    type_into(path, typed)
    return openpyxl.load_workbook(recalculated(path, path.parent / "tinh"), data_only=True)


def test_the_sheets_in_order_and_open_on_the_first_to_fill(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    seen = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]

    assert seen == [MAIN, "Xã, phường cũ", *FORMER, "Hướng dẫn"]
    assert book.active.title == "Xã Sông Lam"
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_view.tabSelected] == ["Xã Sông Lam"]


def test_only_the_sheets_of_former_communes_are_open_to_figures(blank: Path, province: Campaign) -> None:
    book, rows = openpyxl.load_workbook(blank), province.form("IIA").indicators
    locked = {
        name: {book[name].cell(lines(book[name])[row.number], column).protection.locked for row in rows}
        for name in (MAIN, *FORMER)
        for column in range(4, 9)
    }

    assert locked == {MAIN: {True}} | {name: {False} for name in FORMER}
    main = book[MAIN]
    figures = [main.cell(lines(main)[row.number], column) for row in rows for column in range(4, 9)]
    assert {cell.data_type for cell in figures} == {"f"}
    assert {cell.fill.fill_type for cell in figures} == {None}
    assert all(sheet.protection.sheet for sheet in book.worksheets)


def test_what_is_shown_before_anything_is_typed(blank: Path) -> None:
    stored = openpyxl.load_workbook(blank, data_only=True)

    assert {value or "" for _, value in cells(stored[MAIN])} == {""}
    texts = [cell.value for row in stored[MAIN].iter_rows(max_row=12) for cell in row]
    assert "(Cộng số liệu của 0/3 xã, phường cũ)" in texts
    declared = [[cell.value for cell in row[2:6]] for row in stored["Xã, phường cũ"].iter_rows(min_row=5, max_row=7)]
    assert declared == [[name, "Mở trang", "Không", "0/235"] for name in FORMER]


def test_values_stored_in_an_empty_workbook_are_those_of_a_recalculation(blank: Path) -> None:
    stored = openpyxl.load_workbook(blank, data_only=True)
    again = openpyxl.load_workbook(recalculated(blank, blank.parent / "tinh"), data_only=True)

    differing = [
        (sheet.title, cell.coordinate)
        for sheet in stored.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if (cell.value or 0) != (again[sheet.title][cell.coordinate].value or 0)
    ]
    assert differing == []


def test_figures_are_added_up(blank: Path) -> None:
    one, two, three = FORMER
    counts: list[dict[int, object]] = [
        {2021: 3, 2022: "-", 2023: "…", 2024: "…"},
        {2021: 4, 2022: "-", 2023: 5, 2024: "…"},
    ]
    answers: list[dict[int, object]] = [
        {2021: "Không", 2022: "Không"},
        {2021: "Có", 2022: "…"},
        {2021: "lạ", 2023: "…", 2025: "lạ"},
    ]
    typed: dict[str, Typed] = {
        one: {(55, 2021): 0.1, (49, 2025): 2, (50, 2025): 1},
        two: {(49, 2025): 5, (50, 2025): 1},
        three: {(2, 2021): 0, (2, 2025): "độ 5", (55, 2021): 0.2},
    }
    for number, columns in ((2, counts), (14, answers)):
        for name, years in zip(FORMER, columns, strict=False):
            typed[name] = {**typed[name], **{(number, year): said for year, said in years.items()}}
    book = computed(blank, typed)
    shown = dict(cells(book[MAIN]))

    assert [shown[2, year] for year in range(2021, 2026)] == [7, 0, 5, "…", "?"]
    assert [shown[14, year] or "" for year in range(2021, 2026)] == ["Có", "Không", "…", "", "?"]
    assert (shown[55, 2021], shown[49, 2025], shown[50, 2025]) == (0.3, 7, 1)
    assert {shown[4, year] or "" for year in range(2021, 2026)} == {""}


def test_the_workbook_says_which_former_communes_are_in(blank: Path) -> None:
    book = computed(blank, {"Thị trấn Đò Chè": {(2, 2021): 3, (4, 2021): "…"}, "Xã Bãi Cát": {(14, 2025): "Không"}})
    sheet = book["Xã, phường cũ"]

    declared = [[cell.value for cell in row[2:6]] for row in sheet.iter_rows(min_row=5, max_row=7)]
    assert declared == [
        ["Xã Sông Lam", "Mở trang", "Không", "0/235"],
        ["Thị trấn Đò Chè", "Mở trang", "Có", "2/235"],
        ["Xã Bãi Cát", "Mở trang", "Có", "1/235"],
    ]
    assert sheet["B8"].value == "2/3 xã, phường cũ đã có số liệu"
    texts = [cell.value for row in book[MAIN].iter_rows(max_row=12) for cell in row]
    assert "(Cộng số liệu của 2/3 xã, phường cũ)" in texts


def test_rules_are_checked_on_each_sheet_and_on_the_sum(blank: Path) -> None:
    """Rows 23 and 28: offenders, and procurers among them."""
    book = computed(blank, {FORMER[0]: {(23, 2021): 3, (28, 2021): 5}, FORMER[1]: {(23, 2021): 9, (28, 2021): 1}})
    shown = {
        name: [str(cell.value) for cell in book[name]["K"][8:] if cell.value and "tự động" not in str(cell.value)]
        for name in (MAIN, *FORMER)
    }

    assert shown[FORMER[0]] == ["Lỗi (năm 2021): Số chủ chứa, môi giới vượt tổng số người vi phạm"]
    assert (shown[MAIN], shown[FORMER[1]], shown[FORMER[2]]) == ([], [], [])


def test_notes_are_joined_under_the_names_of_the_communes(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    for name, note in ((FORMER[0], "Câu lạc bộ A"), (FORMER[2], 'Mô hình "B"')):
        book[name].cell(lines(book[name])[49], 10).value = note
    book.save(blank)
    main = computed(blank, {})[MAIN]

    assert main.cell(lines(main)[49], 10).value == 'Xã Sông Lam: Câu lạc bộ A; Xã Bãi Cát: Mô hình "B"'
    assert not main.cell(lines(main)[48], 10).value


NAMES = (
    "Xã Một", "XÃ MỘT", "Phụ lục IIA", "Hướng dẫn", "Xã, phường cũ", "History", "Xã A/B: [C]?*\\", "'Xã D'",
    "Thị trấn Nông trường Tên Rất Dài thuộc huyện Cũ (một phần phía bắc)",
    "Thị trấn Nông trường Tên Rất Dài thuộc huyện Cũ (một phần phía nam)",
)  # fmt: skip


def test_names_of_sheets_are_safe_and_distinct(tmp_path: Path) -> None:
    unit = Unit("X1", "Xã Mới", "commune", "IIA")
    content = workbook(load_form("IIA"), unit, "", NAMES)
    (tmp_path / "ten.xlsx").write_bytes(content)
    names = openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    parts = names[2 : 2 + len(NAMES)]
    typed: dict[str, Typed] = {name: {(2, 2021): 10**place} for place, name in enumerate(parts)}

    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") and name.strip("' ") == name for name in parts)
    assert dict(cells(computed(tmp_path / "ten.xlsx", typed)[MAIN]))[2, 2021] == 1111111111


def test_the_same_workbook_each_time() -> None:
    unit, form = Unit("X1", "Xã Mới", "commune", "IIA"), load_form("IIA")

    assert workbook(form, unit, "Đợt", FORMER) == workbook(form, unit, "Đợt", FORMER)
    assert workbook(form, unit, "Đợt", FORMER[:1]) == workbook(form, unit, "Đợt")


def test_sheets_for_former_communes_are_written_on_request(province: Campaign, tmp_path: Path) -> None:
    plain = write_handout(province, tmp_path / "thuong")
    merged = write_handout_by_predecessors(province, tmp_path / "xa-cu")
    count = {path.name: len(openpyxl.load_workbook(path).sheetnames) for path in merged}

    assert [path.name for path in plain] == [path.name for path in merged]
    assert [len(openpyxl.load_workbook(path).sheetnames) for path in plain] == [4, 4]
    assert count == {"IIA_X1_Xã Sông Lam.xlsx": 11, "IIA_X2_Phường Bãi Cát.xlsx": 4}


def test_the_guide_tells_where_to_type(one_year: Form) -> None:
    unit = Unit("X1", "Xã Mới", "commune", one_year.id)
    book = openpyxl.load_workbook(io.BytesIO(workbook(one_year, unit, "", ("Xã A", "Xã B (một phần)"))))
    texts = " ".join(str(cell.value) for row in book["Hướng dẫn"].iter_rows() for cell in row if cell.value)

    assert "Đơn vị được sắp xếp từ 2 xã, phường, thị trấn cũ" in texts
    assert "Đơn vị cũ bị tách" in texts
    assert "Mọi năm đều ghi số cộng" not in texts

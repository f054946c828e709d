"""What departments and communes disagree on, what units explained and what the officer decided."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from pcmd_consolidate import consolidate, open_campaign, read_returns
from pcmd_consolidate.forms import load_form
from pcmd_consolidate.register import write_register
from pcmd_consolidate.summary import write_summary
from tests.summary.books import annex_rows, column_of, figure, texts
from tests.summary.inbox import plain_cells, small_campaign, write_annex

ODD = {(4, 2022): "5-7", (21, 2021): 900, (6, 2021): "12 (kể cả áp phích cũ)"}
RULES = '[[changes]]\nrule = "A09"\nseverity = "off"\nreason = "Họp trực tuyến"\n'


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    campaign = small_campaign(tmp_path_factory.mktemp("settled") / "dong-nai")
    ia, iia = campaign.form("IA"), campaign.form("IIA")
    own = {(row.number, year) for row in ia.indicators_of(("II.1",)) for year in ia.years}
    police = {key: value for key, value in plain_cells(ia, 1).items() if key in own}
    write_annex(campaign.inbox / "CAT.xlsx", ia, "Công an tỉnh", police)
    write_annex(campaign.inbox / "dak nhau.xlsx", iia, "Xã Đak Nhau", plain_cells(iia, 1) | ODD)
    write_register(consolidate(read_returns(campaign)))
    decide(campaign.folder / "so-quyet-dinh.xlsx")
    (campaign.folder / "rules.toml").write_text(RULES, encoding="utf-8")
    result = consolidate(read_returns(open_campaign(campaign.folder)))
    return openpyxl.load_workbook(write_summary(result, campaign.folder / "tong-hop-pcmd.xlsx"))


def decide(path: Path) -> None:
    register = openpyxl.load_workbook(path)
    page = register["Quyết định"]
    line = next(n for n in range(6, page.max_row + 1) if page.cell(n, 14).value == "5-7")
    for column, value in enumerate(("Thay số liệu", 6, "Đã gọi điện", "Trần Thị B"), start=1):
        page.cell(line, column).value = value
    register.save(path)


def lines(book: Workbook, sheet: str) -> list[tuple[object, ...]]:
    return [line for line in book[sheet].iter_rows(min_row=4, values_only=True) if any(line)]


def test_a_replaced_figure_is_shown_marked_and_leads_to_its_finding(book: Workbook) -> None:
    cell = figure(book, "IIA", "Xã Đak Nhau", 4, 2022)
    finding = book["Lỗi và cảnh báo"][cell.hyperlink.location.split("!A")[1]]

    assert (cell.value, cell.fill.start_color.rgb) == (6, "FFC6E0B4")
    assert finding[11].value == "Thay số liệu: Đã gọi điện (Trần Thị B)"
    assert finding[8].value == "5-7"


def test_a_replaced_figure_is_marked_in_the_long_tables_too(book: Workbook) -> None:
    data = [line for line in lines(book, "Dữ liệu") if line[0] == "X04" and line[5] == 4 and line[9] == 2022]
    sources = [line for line in lines(book, "Nguồn số liệu") if line[0] == "X04" and line[3] == 4 and line[5] == 2022]

    assert [line[11:13] for line in data] == [(6, "Có số liệu (theo quyết định)")]
    assert [(line[6], line[8], line[13]) for line in sources] == [(6, "5-7", "Thay số liệu: Đã gọi điện (Trần Thị B)")]


def test_decisions_and_changed_rules_are_listed(book: Workbook) -> None:
    shown = [(line[0], line[1], line[2], line[3], line[4], line[10]) for line in lines(book, "Quyết định")]

    assert shown == [
        ("Thay số liệu", 6, "5-7", "Đã gọi điện", "Trần Thị B", "E04"),
        ("Tắt quy tắc", None, None, "Họp trực tuyến", None, "A09"),
    ]


def test_figures_that_disagree_stand_side_by_side(book: Workbook) -> None:
    x01 = [line for line in lines(book, "Đối chiếu") if line[0] == "X01"]

    assert len(x01) == 5
    assert x01[0][2:12] == ("2021", "IIA.21", 900, "1/4", "≤", "IA.14", 115, "1/1", 785, pytest.approx(682.6, abs=0.1))
    assert x01[0][12:14] == ("Lệch", "Xã Đak Nhau: 900")


def test_notes_of_the_units_are_collected(book: Workbook) -> None:
    (note,) = lines(book, "Giải trình và ghi chú")

    assert note[:8] == (
        "Ghi chú", "X04", "Xã Đak Nhau", "IIA", 6,
        "- Số panô, áp phích, tờ rơi thực hiện truyền thông, tuyên truyền về công tác phòng, chống mại dâm tại cộng "
        "đồng",
        "2021", "kể cả áp phích cũ",
    )  # fmt: skip


def test_a_provincial_figure_that_holds_a_replaced_one_says_so_and_leads_to_the_decision(book: Workbook) -> None:
    sheet = book["Phụ lục IIA"]
    rows = annex_rows(sheet, load_form("IIA"))
    column = column_of(sheet, "Thay theo quyết định", rows[1] - 1)
    marked = sheet.cell(rows[4], column)

    assert marked.value == "2022: 1 đv"
    assert marked.fill.start_color.rgb == "FFC6E0B4"
    assert book["Quyết định"][marked.hyperlink.location.split("!")[1]].value == "Thay số liệu"
    assert [sheet.cell(line, column).value for row, line in rows.items() if row != 4] == [None] * 58
    assert any(text.startswith("1 số liệu của các đơn vị đã được thay theo quyết định") for text in texts(sheet))


def test_a_decision_leads_to_its_figure(book: Workbook) -> None:
    cell = book["Quyết định"].cell(4, 9)

    assert (cell.value, cell.hyperlink.location) == (
        4, f"'IIA theo đơn vị'!{figure(book, 'IIA', 'Xã Đak Nhau', 4, 2022).coordinate}",
    )  # fmt: skip


def test_figures_held_against_each_other_lead_to_the_annexes(book: Workbook) -> None:
    line = next(line for line in range(4, 200) if book["Đối chiếu"].cell(line, 1).value == "X01")
    left, right = (book["Đối chiếu"].cell(line, column).hyperlink.location for column in (4, 8))

    for location, form, row in ((left, "IIA", 21), (right, "IA", 14)):
        sheet, _, cell = location.partition("!")
        assert book[sheet.strip("'")][cell].value == load_form(form).row(row).full_label


def notice(folder: Path, accept: frozenset[str] = frozenset()) -> tuple[str, bool]:
    """The notice above form IIA and whether it is red, once the officer has accepted findings of these rules."""
    register = write_register(consolidate(read_returns(open_campaign(folder))))
    book = openpyxl.load_workbook(register)
    page = book["Quyết định"]
    for line in range(6, page.max_row + 1):
        if page.cell(line, 12).value in accept:
            for column, value in ((1, "Chấp nhận"), (3, "Đã hỏi"), (4, "Trần Thị B")):
                page.cell(line, column).value = value
    book.save(register)
    result = consolidate(read_returns(open_campaign(folder)))
    sheet = openpyxl.load_workbook(write_summary(result, folder / "tong-hop-pcmd.xlsx"))["Phụ lục IIA"]
    cell = next(cell for cell in sheet["A"][:10] if "đã nộp còn" in str(cell.value))
    return str(cell.value), cell.font.color is not None and cell.font.color.rgb == "FFC00000"


def test_the_notice_of_cells_without_a_figure_says_what_is_settled(tmp_path: Path) -> None:
    campaign = small_campaign(tmp_path / "dong-nai")
    form = campaign.form("IIA")
    cells = plain_cells(form, 1) | {(4, 2022): "5-7", (5, 2021): None, (6, 2021): None, (48, 2021): "…"}
    write_annex(campaign.inbox / "dak nhau.xlsx", form, "Xã Đak Nhau", cells)

    open_still = "(Các đơn vị đã nộp còn 4 ô để trống, chưa có số liệu, không đọc được hoặc thiếu dòng; "
    assert notice(campaign.folder) == (open_still + "không tính vào biểu này)", True)
    blanks = open_still + "không tính vào biểu này; 2 ô đã được chấp nhận hoặc giải trình)"
    assert notice(campaign.folder, frozenset({"F07"})) == (blanks, True)
    everything = open_still + "không tính vào biểu này; 3 ô đã được chấp nhận hoặc giải trình)"
    assert notice(campaign.folder, frozenset({"F07", "E04"})) == (everything, False)

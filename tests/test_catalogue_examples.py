"""Kinds of findings on the structure of a return: one small change each to a return that has none of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from pcmd_consolidate import Campaign, consolidate, new_campaign, open_campaign, read_returns
from pcmd_consolidate.forms import load_form
from tests.test_planted_errors import CLEAN

IIA, IA = load_form("IIA"), load_form("IA")
Row = list[object]
Rows = list[Row]
HEAD: Row = ["Nội dung", "Đơn vị tính", *(f"Năm {year}" for year in IIA.years), "Tổng cộng"]


def clean() -> Rows:
    """The lines of a commune's return, from line 1 of the form on."""
    return [[row.full_label, row.unit, *CLEAN.get(row.number, ())] for row in IIA.rows]


def deleted(rows: Rows) -> None:
    del rows[6]


def moved(rows: Rows) -> None:
    rows.append(rows.pop(6))


def reworded(rows: Rows) -> None:
    rows[26][0] = "+ Số người bán dâm dưới 16 tuổi"


def repeated(rows: Rows) -> None:
    rows.insert(7, list(rows[6]))


def added(rows: Rows) -> None:
    rows.insert(7, ["Số buổi phát thanh của đài truyền thanh xã", "Buổi", 1, 2, 3, 4, 5])


def summed_in_a_heading(rows: Rows) -> None:
    rows[2] += [1, 2, 3, 4, 5]


def wrong_total(rows: Rows) -> None:
    rows[3].append(999)


def only_a_total(rows: Rows) -> None:
    rows[3][2:] = [None] * 5 + [112]


def ambiguous_but_settled(rows: Rows) -> None:
    rows[54][2:] = [1100, "1.234", 1150, 1210, 600]


CHANGES: dict[str, Callable[[Rows], None]] = {
    "F08": deleted, "F08b": moved, "F08c": reworded, "F08d": repeated, "F09": added, "F09b": summed_in_a_heading,
    "F11": wrong_total, "F11b": only_a_total, "F05b": ambiguous_but_settled,
}  # fmt: skip


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    return new_campaign(tmp_path / "dong-nai", "Đồng Nai")


def saved(path: Path, unit: str, rows: Rows, head: Row = HEAD) -> None:
    book = openpyxl.Workbook()
    for row in ([unit], [], head, *rows):
        book.active.append(row)
    path.parent.mkdir(exist_ok=True)
    book.save(path)


def told(campaign: Campaign) -> set[str]:
    return set(consolidate(read_returns(campaign)).findings["rule"])


@pytest.mark.parametrize("rule", CHANGES)
def test_one_change_is_told_by_its_kind(campaign: Campaign, rule: str) -> None:
    rows = clean()
    saved(campaign.inbox / "bieu.xlsx", "UBND XÃ LỘC NINH", rows)
    before = told(campaign)
    CHANGES[rule](rows)
    saved(campaign.inbox / "bieu.xlsx", "UBND XÃ LỘC NINH", rows)

    assert (rule in before, rule in told(campaign)) == (False, True)


def test_two_forms_under_one_header_cannot_be_told_apart(campaign: Campaign) -> None:
    both = clean() + [[row.full_label, row.unit, *([1] * 5 if row.is_indicator else [])] for row in IA.rows[:62]]
    saved(campaign.inbox / "bieu.xlsx", "UBND XÃ LỘC NINH", both)

    assert "H06" in told(campaign)


def test_two_returns_of_which_none_is_known_to_be_newer(campaign: Campaign) -> None:
    for name, first in (("a", 5), ("b", 6)):
        lines: Rows = [["UBND XÃ LỘC NINH"], HEAD, *clean()]
        lines[3][2] = first
        text = "\n".join(";".join("" if cell is None else str(cell) for cell in line) for line in lines)
        path = campaign.inbox / "2025-08-20" / f"{name}.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8-sig")

    assert "F14e" in told(campaign)


@pytest.mark.parametrize(("figure", "rule"), [(7, "B59"), (0, "B59b")])
def test_figures_in_the_block_of_another_department(campaign: Campaign, figure: int, rule: str) -> None:
    own = IA.indicators_of(("II.1",))
    rows: Rows = [[row.full_label, row.unit, *([3] * 5 if row in own else [])] for row in IA.rows]
    rows[53] += [figure] * 5
    saved(campaign.inbox / "cat.xlsx", "CÔNG AN TỈNH", rows)

    assert {"B59", "B59b"} & told(campaign) == {rule}


def test_two_owners_of_one_block(campaign: Campaign) -> None:
    path = campaign.folder / "units.csv"
    text = path.read_text(encoding="utf-8-sig")
    second = "S99,Công an khu vực,department,IA,II.1,,"
    path.write_text(f"{text.rstrip()}\n{second}\n", encoding="utf-8")

    assert "B60" in told(open_campaign(campaign.folder))


def test_a_return_of_other_years_says_which_years_it_has_and_what_to_do(tmp_path: Path) -> None:
    campaign = new_campaign(tmp_path / "dong-nai", "Đồng Nai")
    book = openpyxl.Workbook()
    book.active.append(["Xã Lộc Thành: kết quả giai đoạn 2016-2020"])
    book.active.append(["Nội dung", "Đơn vị tính", *(f"Năm {year}" for year in range(2016, 2021))])
    for row in clean():
        book.active.append(row[:7])
    book.save(campaign.inbox / "bieu.xlsx")

    (message,) = read_returns(campaign).findings.query("rule == 'H08'")["message"]
    assert message == (
        "Trang tính có các dòng của Phụ lục IIA nhưng không có cột năm nào của đợt báo cáo (2021, 2022, 2023, 2024, "
        "2025); tiêu đề cột ghi 2016, 2017, 2018, 2019, 2020. Chưa đọc; đề nghị đơn vị ghi số liệu của đúng các năm "
        "này rồi gửi lại."
    )

"""Units of measure that are not the form's, wherever a return states them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pcmd_consolidate import Campaign, Returns, new_campaign, read_returns
from pcmd_consolidate.forms import load_form

FORM = load_form("IIA")
MONEY = {44, 55, 57, 58, 59}
HEAD = ["Nội dung", "Đơn vị tính", 2021, 2022, 2023, 2024, 2025]


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    return new_campaign(tmp_path / "dong-nai", "Đồng Nai")


def read(
    campaign: Campaign,
    measures: dict[int, str | None] | None = None,
    labels: dict[int, str] | None = None,
    above: str = "",
    below: str = "",
    head: str = "Đơn vị tính",
) -> Returns:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["UBND XÃ LỘC NINH"])
    sheet.append([above])
    sheet.append(["Nội dung", head, *HEAD[2:]])
    for row in FORM.rows:
        answer = "Có" if row.unit == "Có hoặc không" else 500
        measure = (measures or {}).get(row.number, row.unit)
        label = (labels or {}).get(row.number, row.full_label)
        sheet.append([label, measure, *([answer] * 5 if row.is_indicator else [])])
    sheet.append([])
    sheet.append([below])
    book.save(campaign.inbox / "bieu.xlsx")
    return read_returns(campaign)


def unread(returns: Returns) -> set[int]:
    rows = set(returns.values.loc[returns.values["value"].isna(), "row"])
    assert rows == set(returns.findings.loc[returns.findings["rule"] == "F18b", "row"])
    return rows


@pytest.mark.parametrize(
    "measure",
    [
        "Nghìn đồng", "nghin dong", "1000đ", "1.000đ", "1.000 đồng", "ngđ", "ng.đ", "nghìn VNĐ", "1000 VNĐ", "Đồng",
        "đ", "Nghìn đồng/năm", "Triệu đồng (nghìn đồng)", "Trăm triệu", "Chục triệu", "USD", "Tỷ đồng", "tỉ", "%",
        "Người",
    ],
)  # fmt: skip
def test_money_in_another_unit_is_not_read(campaign: Campaign, measure: str) -> None:
    assert unread(read(campaign, dict.fromkeys(MONEY, measure))) == MONEY


@pytest.mark.parametrize(
    "measure",
    ["Triệu đồng", "TRIỆU ĐỒNG", "trieu dong", "Tr.đ", "trđ", "Tr. đồng", "triệu", "Triệu VNĐ", "Triệu dồng", None],
)
def test_million_dong_in_other_words_is_read(campaign: Campaign, measure: str | None) -> None:
    assert unread(read(campaign, dict.fromkeys(MONEY, measure))) == set()


@pytest.mark.parametrize("text", ["Tổng kinh phí (nghìn đồng)", "Tổng kinh phí (tỷ đồng)"])
def test_a_label_outweighs_the_column_of_units(campaign: Campaign, text: str) -> None:
    assert unread(read(campaign, labels={55: text})) == {55}


def test_a_heading_holds_for_the_rows_under_it(campaign: Campaign) -> None:
    assert unread(read(campaign, labels={54: "7. Kinh phí (nghìn đồng)"})) == MONEY - {44}
    assert unread(read(campaign, {54: "Nghìn đồng", 55: None, 57: None, 58: None, 59: None})) == MONEY - {44}


@pytest.mark.parametrize(
    "text",
    [
        "Đơn vị tính: nghìn đồng", "ĐVT: 1.000 đồng", "Kinh phí tính bằng nghìn đồng", "(ĐVT kinh phí: Nghìn đồng)",
        "Ghi chú: kinh phí tính bằng nghìn đồng",
    ],
)  # fmt: skip
def test_what_is_said_around_the_table_holds_for_all_money(campaign: Campaign, text: str) -> None:
    assert unread(read(campaign, above=text)) == MONEY
    assert unread(read(campaign, below=text)) == MONEY


def test_the_heading_of_the_column_of_units_counts(campaign: Campaign) -> None:
    blank: dict[int, str | None] = dict.fromkeys(MONEY)

    assert unread(read(campaign, blank, head="Đơn vị tính (nghìn đồng)")) == MONEY


@pytest.mark.parametrize("text", ["Đơn vị tính: triệu đồng", "Hỗ trợ mỗi người 500 nghìn đồng", "Kinh phí: triệu đồng"])
def test_other_remarks_change_nothing(campaign: Campaign, text: str) -> None:
    assert unread(read(campaign, above=text, below=text)) == set()


@pytest.mark.parametrize("measure", ["Nghìn lượt người", "1000 người", "Nghìn người", "%", "Triệu đồng", "Chục lượt"])
def test_counts_in_thousands_or_shares_are_not_read(campaign: Campaign, measure: str) -> None:
    assert unread(read(campaign, {5: measure})) == {5}


@pytest.mark.parametrize("measure", ["lượt", "người", "Lượt  người", "L.người", "lượt người tham gia"])
def test_counts_in_other_words_are_read(campaign: Campaign, measure: str) -> None:
    assert unread(read(campaign, {5: measure})) == set()

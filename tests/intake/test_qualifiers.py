"""Headings that make of a year's column something else than the year's figures."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pcmd_consolidate import Campaign, Returns, new_campaign, read_returns
from pcmd_consolidate.forms import load_form

FORM = load_form("IIA")
YEARS = (2021, 2022, 2023, 2024, 2025)
Row = list[object]


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    return new_campaign(tmp_path / "dong-nai", "Đồng Nai")


def lines(per_year: int = 1) -> list[Row]:
    """The rows of the form; so many cells a year, the first holding 100 + row."""
    found: list[Row] = []
    for row in FORM.rows:
        answer = "Có" if row.unit == "Có hoặc không" else 100 + row.number
        cells: Row = [answer, *(["Không" if answer == "Có" else 900] * (per_year - 1))]
        found.append([row.full_label, row.unit, *(cells * 5 if row.is_indicator else [])])
    return found


def read(campaign: Campaign, *head: Row, per_year: int = 1, sheet: str = "Sheet1") -> Returns:
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in (["UBND XÃ LỘC NINH"], [], *head, *lines(per_year)):
        book.active.append(row)
    book.save(campaign.inbox / "bieu.xlsx")
    return read_returns(campaign)


def years_read(returns: Returns) -> set[int]:
    return set(returns.values.loc[returns.values["value"].notna(), "year"])


def told(returns: Returns, rule: str) -> dict[int, str]:
    found = returns.findings[returns.findings["rule"] == rule]
    return {int(year): raw for year, raw in zip(found["year"], found["raw"], strict=True)}


def heads(*under: object, per_year: int) -> tuple[Row, Row]:
    blank: Row = [None] * (per_year - 1)
    years: Row = [cell for year in YEARS for cell in (year, *blank)]
    return ["Nội dung", "ĐVT", *years], [None, None, *under * 5]


@pytest.mark.parametrize(
    "under",
    [
        ("6 tháng", "Cả năm"), ("Quý I", "Quý II"), ("I", "II"), ("Nam", "Nữ"), ("Đầu kỳ", "Cuối kỳ"),
        ("Xã A", "Xã B"), ("Số cuộc", "Số người"), ("Kế hoạch", "Thực hiện"),
    ],
)  # fmt: skip
def test_columns_under_one_year_are_not_taken_for_the_year(campaign: Campaign, under: tuple[str, str]) -> None:
    returns = read(campaign, *heads(*under, per_year=2), per_year=2)

    assert years_read(returns) <= ({2025} if under[0] == "6 tháng" else set())
    assert {2021, 2022, 2023, 2024} <= set(told(returns, "F10d")) | set(told(returns, "F10c"))


def test_columns_without_any_heading_between_the_years(campaign: Campaign) -> None:
    returns = read(campaign, heads(per_year=2)[0], per_year=2)

    assert years_read(returns) == set()
    assert set(told(returns, "F10d")) == set(YEARS)


@pytest.mark.parametrize("under", [("Tổng số", "Nữ"), ("Thực hiện", "Kế hoạch"), ("Kết quả", "So sánh")])
def test_the_column_that_is_headed_as_the_result_is_the_years(campaign: Campaign, under: tuple[str, str]) -> None:
    returns = read(campaign, *heads(*under, per_year=2), per_year=2)

    assert returns.values.loc[returns.values["row"].eq(4), "value"].tolist() == [104] * 5


@pytest.mark.parametrize("text", ["6 tháng", "%", "Quý I", "Lũy kế", "Nữ", "Phước Tân cũ", "Kế hoạch"])
def test_a_second_row_of_headings_is_heeded(campaign: Campaign, text: str) -> None:
    returns = read(campaign, ["Nội dung", "ĐVT", *YEARS], [None, None, *[text] * 5])

    assert years_read(returns) == ({2025} if text == "6 tháng" else set())


def test_one_year_alone_may_be_headed_otherwise(campaign: Campaign) -> None:
    returns = read(campaign, ["Nội dung", "ĐVT", *YEARS], [None, None, None, None, None, "6 tháng", None])

    assert years_read(returns) == {2021, 2022, 2023, 2025}
    assert told(returns, "F10d") == {2024: "6 tháng"}


@pytest.mark.parametrize(
    "above",
    [
        ["Kế hoạch giao"] * 5, ["Số liệu 6 tháng đầu các năm"], ["Số lũy kế đến hết năm"],
        ["Kế hoạch được giao từ năm 2021 đến năm 2025"], ["Tỷ lệ phần trăm so với năm trước"],
    ],
)  # fmt: skip
def test_a_heading_above_the_years_is_heeded(campaign: Campaign, above: Row) -> None:
    returns = read(campaign, [None, None, *above], ["Nội dung", "ĐVT", *YEARS])

    assert years_read(returns) <= {2025}
    assert {2021, 2022, 2023, 2024} <= set(told(returns, "F10d"))


@pytest.mark.parametrize(
    "head",
    [
        [["Nội dung", "ĐVT", "Kết quả thực hiện"], [None, None, *YEARS]],
        [["Nội dung", "ĐVT", "Số liệu giai đoạn 2021-2025"], [None, None, *YEARS]],
        [["Nội dung", "ĐVT", *YEARS], ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"]],
        [["Nội dung", "ĐVT", *YEARS], [None, None, *["Thực hiện"] * 5]],
        [["Nội dung", "ĐVT", *["Năm"] * 5], [None, None, *YEARS]],
        [["(Kèm theo Kế hoạch số 45/KH-UBND)"], ["Nội dung", "ĐVT", *YEARS]],
        [["Nội dung", "ĐVT", *YEARS], [None, None, None, None, None, None, "6 tháng đầu năm"]],
        [["Nội dung", "ĐVT", "31/12/2021", "2022(1)", "2023", "2024", "30/6/2025"]],
    ],
)
def test_usual_headings_say_nothing_else(campaign: Campaign, head: list[Row]) -> None:
    returns = read(campaign, *head)

    assert years_read(returns) == set(YEARS)
    assert told(returns, "F10d") == {}


@pytest.mark.parametrize("sheet", ["Kế hoạch", "6 tháng", "Quý I", "Tỷ lệ", "So sánh"])
def test_a_sheet_named_as_something_else_is_told(campaign: Campaign, sheet: str) -> None:
    findings = read(campaign, ["Nội dung", "ĐVT", *YEARS], sheet=sheet).findings

    assert findings.loc[findings["rule"] == "F10e", "raw"].tolist() == [sheet]

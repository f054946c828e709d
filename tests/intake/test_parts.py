"""Sheets in which more than one table stands."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pcmd_consolidate import Campaign, Returns, new_campaign, read_returns
from pcmd_consolidate.forms import Form, load_form

IA, IIA = load_form("IA"), load_form("IIA")
Rows = list[list[object]]
YEARS = [2021, 2022, 2023, 2024, 2025]


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    return new_campaign(tmp_path / "dong-nai", "Đồng Nai")


def table(form: Form, start: int) -> Rows:
    """Header and rows of a form; row n holds start + n, and Có for an answer."""
    head: list[object] = ["Nội dung", "Đơn vị tính", *(f"Năm {year}" for year in YEARS), "Tổng cộng"]
    lines: Rows = []
    for row in form.rows:
        answer = "Có" if row.unit == "Có hoặc không" else start + row.number
        lines.append([row.full_label, row.unit, *([answer] * 5 if row.is_indicator else [])])
    return [head, *lines]


def saved(campaign: Campaign, rows: Rows) -> Returns:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(campaign.inbox / "bieu.xlsx")
    return read_returns(campaign)


def test_both_forms_in_one_sheet_one_below_the_other(campaign: Campaign) -> None:
    rows: Rows = [["CÔNG AN TỈNH"], ["UBND XÃ LỘC NINH"], *table(IIA, 100), [], ["Phụ lục IA"], *table(IA, 500)]

    values = saved(campaign, rows).values

    found = values[values["year"].eq(2022) & values["row"].isin([3, 4, 15])].sort_values(["form", "row"])
    assert found[["form", "unit", "row", "value", "cell"]].to_numpy().tolist() == [
        ["IA", "Công an tỉnh", 3, 503.0, "D68"],
        ["IA", "Công an tỉnh", 15, 515.0, "D80"],
        ["IIA", "Xã Lộc Ninh", 4, 104.0, "D7"],
        ["IIA", "Xã Lộc Ninh", 15, 1.0, "D18"],
    ]


def test_a_form_that_the_unit_does_not_fill_is_told_and_the_other_is_read(campaign: Campaign) -> None:
    returns = saved(campaign, [["UBND XÃ LỘC NINH"], *table(IIA, 100), [], ["Phụ lục IA"], *table(IA, 500)])

    assert set(returns.values["form"]) == {"IIA"}
    assert returns.values["value"].notna().all()
    (told,) = returns.findings.loc[returns.findings["rule"] == "F14", "message"]
    assert "Xã Lộc Ninh nộp biểu IIA" in told


def test_the_same_form_on_two_pages_is_one_form(campaign: Campaign) -> None:
    head, *lines = table(IIA, 100)

    values = saved(campaign, [["UBND XÃ LỘC NINH"], head, *lines[:30], [], head, *lines[30:]]).values

    assert values["value"].notna().all()
    assert values.loc[values["row"].eq(55) & values["year"].eq(2021), ["value", "cell"]].to_numpy().tolist() == [
        [155.0, "C59"]
    ]


def test_a_table_of_the_units_own_beside_the_form_is_told_and_not_read(campaign: Campaign) -> None:
    rows: Rows = [["UBND XÃ LỘC NINH"], *table(IIA, 100)]
    own: Rows = [["Ấp", "Năm 2023", "Năm 2024"], ["Ấp 1", 7, 8], ["Ấp 2", 9, 10]]
    for row, beside in zip(rows[2:], own, strict=False):
        row += [None] * (9 - len(row)) + beside

    returns = saved(campaign, rows)

    assert returns.values["value"].notna().all()
    assert returns.values.loc[returns.values["row"].eq(2) & returns.values["year"].eq(2023), "value"].tolist() == [102]
    told = returns.findings[returns.findings["rule"] == "F10b"]
    assert [set(raw.split("; ")) >= {"7", "9"} for raw in told["raw"] if "7" in raw] == [True]


def test_a_label_cut_in_two_is_read_although_its_first_part_is_another_label(campaign: Campaign) -> None:
    rows: Rows = [["UBND XÃ LỘC NINH"], *table(IIA, 100)]
    whole = next(row for row in rows if row[0] == "+ Số người bán dâm dưới 18 tuổi")
    at = rows.index(whole)
    rows[at : at + 1] = [["+ Số người bán dâm", *whole[1:]], ["dưới 18 tuổi"]]

    values = saved(campaign, rows).values

    assert values.loc[values["row"].isin([26, 27]) & values["year"].eq(2021), "value"].tolist() == [126, 127]


def test_one_table_cut_into_sheets_is_read_with_the_place_of_each_figure(campaign: Campaign) -> None:
    head, *lines = table(IIA, 100)
    book = openpyxl.Workbook()
    for page, first in enumerate((0, 20, 40), start=1):
        sheet = book.create_sheet(f"Trang {page}")
        for row in ([["UBND XÃ LỘC NINH"]] if page == 1 else []) + [head, *lines[first : first + 20]]:
            sheet.append(row)
    del book["Sheet"]
    book.save(campaign.inbox / "bieu.xlsx")

    values = read_returns(campaign).values

    assert values["value"].notna().all()
    found = values[values["year"].eq(2021) & values["row"].isin([4, 25, 55])]
    assert found[["value", "sheet", "cell"]].to_numpy().tolist() == [
        [104.0, "Trang 1", "C6"],
        [125.0, "Trang 2", "C6"],
        [155.0, "Trang 3", "C16"],
    ]


def test_findings_on_a_table_cut_into_sheets_name_the_sheet(campaign: Campaign) -> None:
    head, *lines = table(IIA, 100)
    lines[44][2] = "5-7"
    book = openpyxl.Workbook()
    for page, first in enumerate((0, 30), start=1):
        sheet = book.create_sheet(f"Trang {page}")
        for row in ([["UBND XÃ LỘC NINH"]] if page == 1 else []) + [head, *lines[first : first + 30]]:
            sheet.append(row)
    del book["Sheet"]
    book.save(campaign.inbox / "bieu.xlsx")

    findings = read_returns(campaign).findings

    assert findings.loc[findings["rule"] == "E04", ["sheet", "cell"]].to_numpy().tolist() == [["Trang 2", "C16"]]

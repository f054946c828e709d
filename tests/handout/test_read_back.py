"""Intake knows a handed-out workbook again: its unit, its form and every cell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell

from pcmd_consolidate import Campaign, read_returns, write_handout
from pcmd_consolidate.forms import Form
from pcmd_consolidate.handout import write_blank
from pcmd_consolidate.units import Registry, Unit


def test_every_workbook_is_known_again(campaign: Campaign, handed_out: tuple[Path, ...]) -> None:
    returns = read_returns(campaign, handed_out[0].parent)

    asked = {
        (unit.unit_id, row.number, year)
        for unit in campaign.registry
        for row in campaign.form(unit.form).indicators_of(unit.sections)
        for year in campaign.years
    }
    values = returns.values[returns.values["file"] != ""]
    assert values["file"].nunique() == len(handed_out)
    assert set(zip(values["unit_id"], values["row"], values["year"], strict=True)) == asked
    assert set(values["state"]) == {"blank"}
    in_files = returns.findings[returns.findings["file"] != ""]
    assert set(in_files["rule"]) == {"F07"}


def test_a_template_is_known_by_the_name_typed_in(campaign: Campaign, tmp_path: Path) -> None:
    blank = tmp_path / "mau.xlsx"
    write_blank(campaign.form("IIA"), blank)
    book = openpyxl.load_workbook(blank)
    sheet = book.worksheets[0]
    caption = next(c for row in sheet.iter_rows() for c in row if c.value == "Đơn vị báo cáo:")
    sheet.cell(caption.row + 1, caption.column).value = "Xã Lộc Thạnh"
    book.save(blank)

    returns = read_returns(campaign, tmp_path)

    assert set(returns.values.loc[returns.values["file"] != "", "unit"]) == {"Xã Lộc Thạnh"}


@pytest.mark.parametrize(("form_id", "number"), [("IIA", 19), ("IIA", 49), ("IA", 74), ("IA", 85)])
def test_words_that_a_row_asks_for_are_taken_up(form_id: str, number: int, campaign: Campaign, tmp_path: Path) -> None:
    form, words = campaign.form(form_id), "Câu lạc bộ «Vì ngày mai»"
    owner = form.row(number).section
    unit = next(u for u in campaign.registry if u.form == form_id and (not u.sections or owner in u.sections))
    blank = tmp_path / "bieu.xlsx"
    write_blank(form, blank, unit)
    book = openpyxl.load_workbook(blank)
    sheet = book.worksheets[0]
    heading = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "Ghi chú")
    line = next(cell.row for cell in sheet["A"] if cell.value == number)
    assert not sheet.cell(line, heading.column).protection.locked
    sheet.cell(line, heading.column).value = words
    book.save(blank)

    values = read_returns(campaign, tmp_path).values

    own = values[(values["unit_id"] == unit.unit_id) & (values["row"] == number)]
    assert set(own["note"]) == {words}
    assert set(values.loc[values["row"] != number, "note"]) == {""}


def test_a_date_and_names_below_the_table_are_no_figures(campaign: Campaign, tmp_path: Path) -> None:
    unit = next(unit for unit in campaign.registry if unit.form == "IIA")
    blank = tmp_path / "bieu.xlsx"
    write_blank(campaign.form("IIA"), blank, unit)
    book = openpyxl.load_workbook(blank)
    sheet = book.worksheets[0]
    last = max(cell.row for cell in sheet["A"] if cell.value == 59)
    for row in sheet.iter_rows(min_row=last + 1):
        for cell in row:
            if not cell.protection.locked and not isinstance(cell, MergedCell):
                cell.value = f"{unit.name}, ngày 5 tháng 9 năm 2025" if cell.value else "Nguyễn Văn An"
    book.save(blank)

    found = read_returns(campaign, tmp_path).findings

    assert set(found.loc[found["file"] != "", "rule"]) == {"F07"}


def test_a_form_of_a_single_year_is_read(campaign: Campaign, one_year: Form, tmp_path: Path) -> None:
    unit = Unit("X1", "Xã Một", "commune", one_year.id)
    other = replace(campaign, folder=tmp_path, forms=(one_year,), registry=Registry([unit]))
    (path,) = write_handout(other)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    cells = [row[3] for row in sheet.iter_rows() if row[0].value in (2, 3, 4)]
    for cell, typed in zip(cells, (12, 3.5, "Có"), strict=True):
        cell.value = typed
    book.save(path)

    returns = read_returns(other, path.parent)

    assert returns.values["value"].tolist() == [12, 3.5, 1]

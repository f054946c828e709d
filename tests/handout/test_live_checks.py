"""The column Kiểm tra: what a clerk reads while typing, and that it says what the checks say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pcmd_consolidate import Campaign, read_returns
from pcmd_consolidate.findings import Severity
from pcmd_consolidate.forms import Form, Rule, load_form
from pcmd_consolidate.handout import write_blank
from pcmd_consolidate.ids import CHECK_SHEET
from pcmd_consolidate.units import Unit
from tests.benchmarks.rule_agreement import compare
from tests.libreoffice import convert

Typed = Mapping[tuple[int, int], object]


def recalculated(form: Form, typed: Typed, folder: Path, unit: Unit | None = None) -> Workbook:
    """A blank workbook, filled in and recalculated."""
    write_blank(form, folder / "typed" / "bieu.xlsx", unit)
    book = openpyxl.load_workbook(folder / "typed" / "bieu.xlsx")
    sheet = book.worksheets[0]
    lines = line_numbers(sheet)
    for (number, year), value in typed.items():
        sheet.cell(lines[number], 4 + form.years.index(year)).value = value
    book.save(folder / "typed" / "bieu.xlsx")
    (folder / "recalculated").mkdir()
    convert([folder / "typed" / "bieu.xlsx"], "xlsx", folder / "recalculated")
    return openpyxl.load_workbook(folder / "recalculated" / "bieu.xlsx", data_only=True)


def line_numbers(sheet: Worksheet) -> dict[int, int]:
    return {cell.value: cell.row for cell in sheet["A"] if isinstance(cell.value, int)}


def shown(book: Workbook) -> dict[int, str]:
    """Number of a row → what stands beside it, to the right of the notes."""
    sheet = book.worksheets[0]
    beside = {number: sheet.cell(line, 11).value for number, line in line_numbers(sheet).items()}
    return {number: str(text) for number, text in beside.items() if text}


def counters(book: Workbook) -> tuple[object, object]:
    return book.worksheets[0]["K1"].value, book.worksheets[0]["K2"].value


def test_a_broken_rule_is_told_beside_its_row_with_its_years(tmp_path: Path) -> None:
    more_than_all = {(23, 2021): 3, (28, 2021): 5, (23, 2023): 3, (28, 2023): 4, (23, 2024): 9, (28, 2024): 9}
    book = recalculated(load_form("IIA"), {**more_than_all, (23, 2022): "-", (28, 2022): "…"}, tmp_path)

    assert shown(book) == {
        28: "Lỗi (năm 2021, 2023): Số chủ chứa, môi giới vượt tổng số người vi phạm",
    }
    assert counters(book) == ("Đã ghi 8 trong 235 ô", "1 điểm cần kiểm tra lại, nêu ở cột này")


def test_the_first_two_of_many_are_told_the_heaviest_first(tmp_path: Path) -> None:
    severities = [Severity.WARNING, Severity.INFO, Severity.ERROR, Severity.EXPLAIN]
    rules = tuple(
        Rule(f"Z{row}{i}", severity, f"r{row} > {i}", f"Câu {i}")
        for row in (2, 4, 6, 7, 8)
        for i, severity in enumerate(severities, start=1)
    )
    typed = {(2, 2025): 0, (4, 2025): 2, (6, 2025): 3, (7, 2025): 4, (8, 2025): 5}

    assert shown(recalculated(replace(load_form("IIA"), rules=rules), typed, tmp_path)) == {
        2: "Lỗi (năm 2025): Câu 3; Cần giải trình (năm 2025): Câu 4; và 2 điểm khác",
        4: "Lỗi (năm 2025): Câu 3; Cần giải trình (năm 2025): Câu 4; và 1 điểm khác",
        6: "Lỗi (năm 2025): Câu 3; Cần giải trình (năm 2025): Câu 4",
        7: "Cần giải trình (năm 2025): Câu 4",
    }


def test_an_empty_form_shows_nothing_and_says_so_before_any_recalculation(form: Form, tmp_path: Path) -> None:
    write_blank(form, tmp_path / "bieu.xlsx")
    stored = openpyxl.load_workbook(tmp_path / "bieu.xlsx", data_only=True)

    assert shown(stored) == {}
    cells = len(form.indicators) * 5
    assert counters(stored) == (f"Đã ghi 0 trong {cells} ô", "Chưa phát hiện điểm nào cần kiểm tra lại")


@pytest.mark.parametrize("text", ["not blank(r2)", "r2 >= 0", "blank(r2) -> or0(r4) == 0"])
def test_values_stored_in_an_empty_form_are_those_of_a_recalculation(text: str, form: Form, tmp_path: Path) -> None:
    number = form.indicators[0].number
    expression = text.replace("r2", f"r{number}").replace("r4", f"r{form.indicators[1].number}")
    rules = [Rule(f"Z{i}", Severity.ERROR, expression, f"Câu {i}") for i in range(3)]
    asked = replace(
        form, rules=(*form.rules, *(replace(r, expression=r.expression.replace("r4", "r5")) for r in rules))
    )
    write_blank(asked, tmp_path / "bieu.xlsx")
    (tmp_path / "recalculated").mkdir()
    convert([tmp_path / "bieu.xlsx"], "xlsx", tmp_path / "recalculated")
    stored = openpyxl.load_workbook(tmp_path / "bieu.xlsx", data_only=True)
    now = openpyxl.load_workbook(tmp_path / "recalculated" / "bieu.xlsx", data_only=True)

    for sheet in stored.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert (cell.value or 0) == (now[sheet.title][cell.coordinate].value or 0), (
                    sheet.title,
                    cell.coordinate,
                )
    assert bool(shown(stored)) == text.startswith("not")


def test_rules_about_other_departments_are_not_asked(police: Unit, tmp_path: Path) -> None:
    form = load_form("IA")
    write_blank(form, tmp_path / "bieu.xlsx", police)
    hidden = openpyxl.load_workbook(tmp_path / "bieu.xlsx")[CHECK_SHEET]
    asked = {cell.value for cell in hidden["A"]} & {rule.id for rule in form.rules}

    assert {"B03", "B05", "B07"} <= asked
    assert not {"B12", "B25", "B54"} & asked


def test_the_column_is_beside_the_paper(form: Form, tmp_path: Path) -> None:
    write_blank(form, tmp_path / "bieu.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "bieu.xlsx").worksheets[0]

    assert sheet.print_area.split("!")[1].startswith("$B$1:$J$")
    assert {cell.protection.locked for cell in sheet["K"]} == {True}


@pytest.mark.parametrize("saved", ["typed", "recalculated", "ods", "xls"])
def test_intake_takes_the_column_for_nothing(saved: str, campaign: Campaign, tmp_path: Path) -> None:
    unit = next(unit for unit in campaign.registry if unit.form == "IIA")
    form = campaign.form("IIA")
    typed = {(row.number, year): 7 for row in form.indicators for year in form.years if row.value_type != "yes_no"}
    recalculated(form, {**typed, (28, 2022): 70}, tmp_path, unit)
    inbox = tmp_path / saved
    if not inbox.exists():
        inbox.mkdir()
        convert([tmp_path / "recalculated" / "bieu.xlsx"], saved, inbox)

    returns = read_returns(campaign, inbox)
    own = returns.values[returns.values["unit_id"] == unit.unit_id]
    found = returns.findings[returns.findings["file"] != ""]

    assert own["value"].notna().sum() == len(typed)
    assert set(own["note"]) == {""}
    assert set(found["rule"]) <= {"F07"}


@pytest.mark.parametrize(("form_id", "count", "seed"), [("IA", 6, 20), ("IIA", 5, 30)])
def test_workbook_and_checks_agree_on_random_figures(form_id: str, count: int, seed: int, tmp_path: Path) -> None:
    form = load_form(form_id)
    verdicts = compare(form, count, seed, tmp_path)

    assert [(v.unit.unit_id, sorted(v.workbook ^ v.checks)) for v in verdicts if v.workbook != v.checks] == []
    broken = {rule for v in verdicts for rule, _ in v.checks}
    assert len(broken) > len(form.rules) / 2
    assert verdicts[0].compared == len(form.rules) * len(form.years)

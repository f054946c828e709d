"""Returns of merged communes: the form counts, and is held against the sheets of the former communes."""

from __future__ import annotations

import datetime as dt
import random
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from pcmd_consolidate import Campaign, Returns, consolidate, read_returns
from pcmd_consolidate.forms import Form
from pcmd_consolidate.intake.inbox import Item
from pcmd_consolidate.intake.read import read_file
from tests.merged_books import FORMER, blank_book, cells, lines, made_up_province, recalculated, type_into

MAIN = "Phụ lục IIA"
ONE, TWO, THREE = FORMER


@pytest.fixture
def province(tmp_path: Path) -> Campaign:
    return made_up_province(tmp_path / "tinh-mau")


@pytest.fixture
def blank(province: Campaign, tmp_path: Path) -> Path:
    return blank_book(province, tmp_path / "bieu.xlsx")


def figures(form: Form, seed: int) -> dict[str, dict[tuple[int, int], object]]:
    """Made-up figures for every cell of every former commune."""
    draw = random.Random(seed)
    made: dict[str, dict[tuple[int, int], object]] = {name: {} for name in FORMER}
    for name in FORMER:
        for row in form.indicators:
            for year in form.years:
                count = draw.choice([draw.randrange(40), "-", 0]) if row.number != 50 else draw.randrange(2)
                kinds: dict[str, object] = {
                    "count": count,
                    "money": draw.randrange(100_000) / 1000,
                    "yes_no": draw.choice(["Có", "Không", "Không"]),
                }
                made[name][row.number, year] = kinds[str(row.value_type)]
    return made


def expected(form: Form, made: dict[str, dict[tuple[int, int], object]]) -> dict[tuple[int, int], float]:
    """What they add up to, computed by hand."""
    sums = {}
    for row in form.indicators:
        for year in form.years:
            said = [made[name][row.number, year] for name in FORMER]
            if "Có" in said or "Không" in said:
                sums[row.number, year] = float("Có" in said)
            elif row.number == 50:  # whether the commune has a model: 1 or 0, merged or not
                sums[row.number, year] = float(1 in said)
            else:
                thousandths = [0 if value == "-" else round(float(str(value)) * 1000) for value in said]
                sums[row.number, year] = sum(thousandths) / 1000
    return sums


def returned(campaign: Campaign, *paths: Path) -> Returns:
    for path in paths:
        shutil.copy(path, campaign.inbox)
    return read_returns(campaign)


def own(returns: Returns) -> pd.DataFrame:
    return returns.values[returns.values["unit_id"] == "X1"]


def value(returns: Returns, row: int, year: int) -> tuple[str, float]:
    found = own(returns)
    line = found[(found["row"] == row) & (found["year"] == year)]
    return str(line["state"].item()), float(line["value"].item())


def told(returns: Returns) -> list[tuple[str, str, str]]:
    """Rule, sheet and cell of everything that was found in the files, blank cells apart."""
    found = returns.findings[(returns.findings["file"] != "") & (returns.findings["rule"] != "F07")]
    return list(zip(found["rule"], found["sheet"], found["cell"], strict=True))


def message(returns: Returns, rule: str) -> str:
    found = returns.findings
    return str(found.loc[found["rule"] == rule, "message"].item())


# ---- what is added up -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("saved", ["openpyxl", "xlsx", "ods", "xls"])
def test_the_form_counts_and_adds_up_exactly(saved: str, province: Campaign, blank: Path, tmp_path: Path) -> None:
    form = province.form("IIA")
    made = figures(form, seed=11)
    path = type_into(blank, made)
    if saved != "openpyxl":
        path = recalculated(path, tmp_path / "luu", saved)
    returns = returned(province, path)

    sums = expected(form, made)
    assert [key for key, total in sums.items() if value(returns, *key) != ("reported", total)] == []
    assert set(own(returns)["sheet"]) == {MAIN}
    assert own(returns)["value"].notna().sum() == 235
    assert told(returns) == []
    assert returns.submissions.loc[returns.submissions["unit_id"] == "X1", "status"].item() in ("on_time", "late")


def test_the_cells_are_those_of_the_form(province: Campaign, blank: Path, tmp_path: Path) -> None:
    path = recalculated(type_into(blank, figures(province.form("IIA"), seed=2)), tmp_path / "luu")
    stored = dict(cells(openpyxl.load_workbook(path, data_only=True)[MAIN]))
    book = openpyxl.load_workbook(path)[MAIN]
    returns = returned(province, path)

    for line in own(returns).itertuples():
        shown = stored[line.row, line.year]
        assert {"Có": 1, "Không": 0}.get(str(shown), shown) == line.value
        assert line.cell == book.cell(lines(book)[line.row], line.year - 2021 + 4).coordinate


def test_neither_reading_doubles_a_provincial_total(province: Campaign, blank: Path) -> None:
    path = type_into(blank, {name: {(2, 2021): 5, (50, 2025): 2} for name in FORMER})
    totals = consolidate(returned(province, path)).totals
    figure = totals[(totals["row"] == 2) & (totals["year"] == 2021)]

    assert figure["value"].item() == 15


def test_notes_of_all_sheets_are_taken_up(province: Campaign, blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    for name, note in ((ONE, "Câu lạc bộ A"), (THREE, "Mô hình B")):
        book[name].cell(lines(book[name])[49], 10).value = note
    book.save(blank)
    found = own(returned(province, blank))

    assert set(found.loc[found["row"] == 49, "note"]) == {"Xã Sông Lam: Câu lạc bộ A; Xã Bãi Cát: Mô hình B"}
    assert set(found.loc[found["row"] != 49, "note"]) == {""}


# ---- what is missing ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("computed", [False, True])
def test_former_communes_that_are_not_in_are_named(
    computed: bool, province: Campaign, blank: Path, tmp_path: Path
) -> None:
    path = type_into(blank, {TWO: dict.fromkeys(((row.number, 2021) for row in province.form("IIA").indicators), 0)})
    returns = returned(province, recalculated(path, tmp_path / "luu") if computed else path)

    assert told(returns) == [("F19", "Xã, phường cũ", "B8")]
    assert message(returns, "F19") == (
        "Mới cộng số liệu của 1/3 xã, phường cũ; còn thiếu: Xã Sông Lam, Xã Bãi Cát. Đề nghị bổ sung rồi gửi lại."
    )
    severity = returns.findings.loc[returns.findings["rule"] == "F19", "severity"].item()
    assert severity == "warning"


def test_what_the_clerk_declares_counts(province: Campaign, blank: Path) -> None:
    type_into(blank, {ONE: {(2, 2021): 1}, TWO: {(2, 2021): 1}})
    book = openpyxl.load_workbook(blank)
    for row, said in ((5, "Không"), (7, "Có")):
        book["Xã, phường cũ"].cell(row, 5).value = said
    book.save(blank)

    assert "2/3 xã, phường cũ; còn thiếu: Xã Sông Lam." in message(returned(province, blank), "F19")


def test_figures_that_lack_a_former_commune_are_counted(province: Campaign, blank: Path) -> None:
    complete = figures(province.form("IIA"), seed=5)
    typed = {name: {**made, (2, 2021): 4, (14, 2021): "Có"} for name, made in complete.items()}
    typed[ONE] |= {(2, 2021): "…", (4, 2022): None, (14, 2021): "…", (50, 2021): None}
    typed[TWO][50, 2021] = 1
    typed[THREE][2, 2021] = None
    returns = returned(province, type_into(blank, typed))

    assert value(returns, 2, 2021) == ("reported", 4)
    assert value(returns, 14, 2021) == ("reported", 1)
    assert [rule for rule, *_ in told(returns)] == ["F19b"]
    assert message(returns, "F19b").startswith("2 số liệu mới cộng được một phần")
    assert "(Xã Sông Lam: 2 ô; Xã Bãi Cát: 1 ô)" in message(returns, "F19b")


def test_nothing_typed_anywhere_stays_blank_and_no_figure_stays_so(province: Campaign, blank: Path) -> None:
    returns = returned(province, type_into(blank, {name: {(2, 2021): "…"} for name in FORMER}))

    assert value(returns, 2, 2021)[0] == "not_available"
    assert value(returns, 2, 2022)[0] == "blank"
    assert [rule for rule, *_ in told(returns)] == []


# ---- what contradicts -----------------------------------------------------------------------------------------------


def test_a_figure_typed_over_the_sum_is_not_taken(province: Campaign, blank: Path, tmp_path: Path) -> None:
    typed = figures(province.form("IIA"), seed=8)
    for name, count in zip(FORMER, (3, 4, 5), strict=True):
        typed[name][2, 2021] = count
    path = type_into(blank, {**typed, MAIN: {(2, 2021): 20}})
    returns = returned(province, recalculated(path, tmp_path / "luu"))

    assert value(returns, 2, 2021)[0] == "unreadable"
    ((rule, sheet, cell),) = told(returns)
    book = openpyxl.load_workbook(path)[MAIN]
    assert (rule, sheet, cell) == ("F19c", MAIN, book.cell(lines(book)[2], 4).coordinate)
    assert message(returns, "F19c") == (
        "Biểu chính ghi «20», nhưng cộng các trang xã, phường cũ được 12; chưa lấy số nào. "
        "Đề nghị sửa cho khớp rồi gửi lại."
    )


def test_an_answer_typed_over_the_others_is_not_taken(province: Campaign, blank: Path) -> None:
    typed = figures(province.form("IIA"), seed=8)
    typed[TWO][15, 2023] = "Có"
    returns = returned(province, type_into(blank, {**typed, MAIN: {(15, 2023): "Không"}}))

    assert value(returns, 15, 2023)[0] == "unreadable"
    assert "Biểu chính ghi «Không», nhưng cộng các trang xã, phường cũ được Có" in message(returns, "F19c")


def test_a_sum_that_was_not_computed_again_is_not_taken(province: Campaign, blank: Path, tmp_path: Path) -> None:
    """A program that changes a sheet and leaves the stored values of the formulas as they were."""
    path = recalculated(type_into(blank, {name: {(2, 2021): 5} for name in FORMER}), tmp_path / "luu")
    book = openpyxl.load_workbook(path)
    place = book.sheetnames.index(ONE) + 1
    stale = tmp_path / "cu.xlsx"
    changed = 0
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(stale, "w") as target:
        for part in source.namelist():
            data = source.read(part)
            if part == f"xl/worksheets/sheet{place}.xml":
                data, changed = re.subn(rb'(<c r="D\d+" s="\d+"(?: t="n")?><v>)5(</v>)', rb"\g<1>9\2", data)
            target.writestr(part, data)
    returns = returned(province, stale)

    assert changed == 1
    assert value(returns, 2, 2021)[0] == "unreadable"
    assert "ghi «15», nhưng cộng các trang xã, phường cũ được 19" in message(returns, "F19c")


def test_figures_that_stand_in_the_form_alone_are_taken_and_told_once(province: Campaign, blank: Path) -> None:
    path = type_into(blank, {MAIN: {(2, 2021): 20, (4, 2021): 30}})
    returns = returned(province, path)

    assert (value(returns, 2, 2021), value(returns, 4, 2021)) == (("reported", 20), ("reported", 30))
    assert sorted(rule for rule, *_ in told(returns)) == ["F19", "F19d"]
    assert message(returns, "F19d").startswith("2 số liệu ghi thẳng vào biểu chính")


# ---- what cannot be read --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("computed", [False, True])
def test_words_on_the_sheet_of_a_former_commune_are_told_there(
    computed: bool, province: Campaign, blank: Path, tmp_path: Path
) -> None:
    typed = {name: {**made, (2, 2021): 4} for name, made in figures(province.form("IIA"), seed=3).items()}
    typed[TWO][2, 2021] = "chưa thống kê xong"
    path = type_into(blank, typed)
    returns = returned(province, recalculated(path, tmp_path / "luu") if computed else path)
    book = openpyxl.load_workbook(blank)[TWO]

    assert value(returns, 2, 2021)[0] == "unreadable"
    assert told(returns) == [("E04", TWO, book.cell(lines(book)[2], 4).coordinate)]
    assert own(returns)["value"].notna().sum() == 234


def test_digits_typed_as_words_are_understood(province: Campaign, blank: Path, tmp_path: Path) -> None:
    typed = {name: {**made, (2, 2021): 4} for name, made in figures(province.form("IIA"), seed=3).items()}
    typed[TWO][2, 2021] = "05 văn bản"
    returns = returned(province, recalculated(type_into(blank, typed), tmp_path / "luu"))

    assert value(returns, 2, 2021) == ("reported", 13)
    assert "F11" not in set(consolidate(returns).findings["rule"])
    assert [(rule, sheet) for rule, sheet, _ in told(returns)] == [("F04", TWO)]


# ---- what was done to the workbook ----------------------------------------------------------------------------------


def renamed(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    for place, name in enumerate(FORMER):
        book[name].title = f"Trang {place}"
    book["Xã, phường cũ"].title = "Khai"
    book.save(path)


def without_marks(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    for name in FORMER:
        for row in (1, 2, 3):
            book[name].cell(row, 1).value = None
    book.save(path)


def without_ids(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    del book["_pcmd"]
    book.save(path)


def without_declaration(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    del book["Xã, phường cũ"]
    book.save(path)


def test_the_same_words_in_a_workbook_of_ones_own_are_no_sheet_of_a_former_commune(
    province: Campaign, blank: Path, tmp_path: Path
) -> None:
    sheet = openpyxl.load_workbook(type_into(blank, {ONE: {(2, 2021): 6}}))[ONE]
    book = openpyxl.Workbook()
    for row in sheet.iter_rows(min_col=2, values_only=True):
        book.active.append([None if str(cell).startswith("=") else cell for cell in row])
    book.save(tmp_path / "tu-lam.xlsx")

    assert value(returned(province, tmp_path / "tu-lam.xlsx"), 2, 2021) == ("reported", 6)


@pytest.mark.parametrize("change", [renamed, without_marks, without_ids, without_declaration])
def test_a_workbook_that_was_tampered_with_is_read_all_the_same(
    change: Callable[[Path], None], province: Campaign, blank: Path
) -> None:
    form = province.form("IIA")
    made = figures(form, seed=4)
    type_into(blank, made)
    change(blank)
    returns = returned(province, blank)

    assert [key for key, total in expected(form, made).items() if value(returns, *key) != ("reported", total)] == []
    assert told(returns) == []


def test_a_sheet_that_was_taken_away_leaves_the_form_as_it_is(province: Campaign, blank: Path, tmp_path: Path) -> None:
    """The sums stay as values, and nobody can add them up again."""
    path = recalculated(type_into(blank, {name: {(2, 2021): 5} for name in FORMER}), tmp_path / "luu")
    stored = openpyxl.load_workbook(path, data_only=True)
    del stored[TWO]
    stored.save(tmp_path / "bot.xlsx")
    returns = returned(province, tmp_path / "bot.xlsx")

    assert value(returns, 2, 2021) == ("reported", 15)
    assert told(returns) == []


def test_a_sheet_that_was_taken_away_and_not_computed_is_no_sum(province: Campaign, blank: Path) -> None:
    type_into(blank, {name: {(2, 2021): 5} for name in FORMER})
    book = openpyxl.load_workbook(blank)
    del book[TWO]
    book.save(blank)
    returns = returned(province, blank)

    assert value(returns, 2, 2021)[0] == "unreadable"
    assert {"E02", "F19"} <= {rule for rule, *_ in told(returns)}


def test_a_copy_of_a_sheet_is_not_added(province: Campaign, blank: Path) -> None:
    type_into(blank, {name: {(2, 2021): 5} for name in FORMER})
    book = openpyxl.load_workbook(blank)
    book.copy_worksheet(book[ONE]).title = f"{ONE} (2)"
    book.save(blank)
    returns = returned(province, blank)

    assert value(returns, 2, 2021) == ("reported", 15)
    assert told(returns) == [("F19e", f"{ONE} (2)", "")]


def test_workbooks_that_are_alike_but_for_the_form_are_told_apart(
    province: Campaign, blank: Path, tmp_path: Path
) -> None:
    """One process reads them one after the other: what it learned of the first must not stand for the second."""
    typed: dict[str, dict[tuple[int, int], object]] = {name: {(2, 2021): 5} for name in FORMER}
    first = recalculated(type_into(blank, typed), tmp_path / "dung")
    second = recalculated(type_into(blank, {MAIN: {(2, 2021): 16}}, tmp_path / "sai.xlsx"), tmp_path / "sai")
    found = []
    for path in (first, first, second):
        item = Item(path, path.name, dt.datetime(2025, 8, 20))
        (sheet,) = read_file(item, province.forms, province.registry).sheets
        found.append({finding.rule for finding in sheet.findings} & {"F19", "F19c"})

    assert found == [set(), set(), {"F19c"}]

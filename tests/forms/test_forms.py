"""The forms that come with the package, their loader, and a form of another period from file to totals."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from pcmd_consolidate.campaign import open_campaign
from pcmd_consolidate.consolidation import Consolidation, consolidate
from pcmd_consolidate.errors import FormError, RuleError
from pcmd_consolidate.forms import OverYears, ValueType, load_form
from pcmd_consolidate.returns import read_returns

DATA = Path(__file__).parents[1] / "data"
HALF_YEAR = DATA / "bao-cao-6-thang.toml"
FORMS = ("IA", "IIA")


# ---- what the forms ask ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("form_id", "rows", "indicators"), [("IA", 85, 68), ("IIA", 59, 47)])
def test_number_of_rows_and_indicators(form_id: str, rows: int, indicators: int) -> None:
    form = load_form(form_id)

    assert (rows, indicators) == (len(form.rows), len(form.indicators))
    assert list(range(1, rows + 1)) == [row.number for row in form.rows]


@pytest.mark.parametrize(("form_id", "respondent"), [("IA", "department"), ("IIA", "commune")])
def test_who_fills_it_for_which_years(form_id: str, respondent: str) -> None:
    form = load_form(form_id)

    assert respondent == form.respondent
    assert form.years == (2021, 2022, 2023, 2024, 2025)
    assert form.year_label(2024) == "Năm 2024"
    assert form.year_label(2025) == "Năm 2025 (6 tháng đầu năm)"


BLOCKS = {
    "II.1": "Công an tỉnh",
    "II.2": "Bộ Chỉ huy Quân sự tỉnh",
    "II.3": "Sở Văn hóa, Thể thao",
    "II.4": "Sở Giáo dục và Đào tạo",
    "II.5": "Sở Tư pháp",
    "II.6": "Sở Tài chính",
    "II.7": "Viện kiểm sát nhân dân tỉnh",
    "II.8": "Tòa án nhân dân tỉnh",
    "II.9": "Liên đoàn Lao động tỉnh",
    "II.10": "Hội Liên hiệp phụ nữ tỉnh",
    "II.11": "Trung tâm kiểm soát bệnh tật tỉnh, Sở Y tế",
}


def test_the_blocks_of_part_ii_have_the_owners_that_head_them() -> None:
    form = load_form("IA")
    headings = [row.label for row in form.rows if row.section in BLOCKS and not row.is_indicator and row.parent == 11]

    assert list(BLOCKS.items()) == list(form.sections.items())
    assert [f"{place}. {owner}" for place, owner in enumerate(BLOCKS.values(), start=1)] == headings


def test_form_iia_and_section_i_have_no_owner() -> None:
    assert load_form("IIA").sections == {}
    assert {""} == {row.owner for row in load_form("IA").rows if row.section.split(".")[0] == "I"}


@pytest.mark.parametrize(
    ("section", "numbers"),
    [
        ("II.5", [3, 5, 6, 7, 9, 10, 39, 40]),
        ("II.6", [3, 5, 6, 7, 9, 10, 42, 43]),
        ("II.11", [3, 5, 6, 7, 9, 10, 78, 79, 81, 82, 83, 84, 85]),
    ],
)
def test_a_department_fills_section_i_and_its_own_block(section: str, numbers: list[int]) -> None:
    assert numbers == [row.number for row in load_form("IA").indicators_of((section,))]


def test_a_unit_without_a_block_fills_the_whole_form() -> None:
    assert len(load_form("IIA").indicators_of(())) == 47


# reference/rules.tsv F12: levels that must not be added over the years
STOCKS = {"IA": [5, 6, 13, 22, 23, 28, 31, 35, 66, 78, 79], "IIA": [39, 40, 48, 49, 50, 52]}
YES_NO = {"IA": [], "IIA": [14, 15, 16, 17, 18, 19]}
MONEY = {"IA": [9, 10, 42, 43, 73], "IIA": [44, 55, 57, 58, 59]}


@pytest.mark.parametrize("form_id", FORMS)
def test_types_of_the_rows(form_id: str) -> None:
    rows = load_form(form_id).indicators

    assert YES_NO[form_id] == [row.number for row in rows if row.value_type is ValueType.YES_NO]
    assert MONEY[form_id] == [row.number for row in rows if row.value_type is ValueType.MONEY]


@pytest.mark.parametrize("form_id", FORMS)
def test_stocks_and_yes_no_rows_are_not_added_over_years(form_id: str) -> None:
    last = [row.number for row in load_form(form_id).indicators if row.over_years is OverYears.LAST]

    assert sorted(STOCKS[form_id] + YES_NO[form_id]) == last


@pytest.mark.parametrize("form_id", FORMS)
def test_a_row_stands_below_rows_that_exist(form_id: str) -> None:
    above = [(row.number, n) for row in load_form(form_id).rows for n in (row.parent, row.part_of) if n is not None]

    assert [(number, n) for number, n in above if not 1 <= n < number] == []


@pytest.mark.parametrize(
    ("form_id", "number", "parent", "part_of"),
    [
        ("IA", 29, 27, 28),
        ("IA", 51, 49, 50),
        ("IA", 83, 79, 82),
        ("IIA", 27, 23, 26),
        ("IIA", 34, 30, 32),
        ("IIA", 50, 38, 49),
        ("IIA", 44, 43, None),
        ("IIA", 1, None, None),
    ],
)
def test_what_a_row_is_a_part_of(form_id: str, number: int, parent: int | None, part_of: int | None) -> None:
    row = load_form(form_id).row(number)

    assert (parent, part_of) == (row.parent, row.part_of)


# the printed forms leave these without a unit of measure
INFERRED = {"IA": {3: "Văn bản", 22: "Người", 23: "Tụ điểm"}, "IIA": {8: "Người", 29: "Người"}}


@pytest.mark.parametrize("form_id", FORMS)
def test_every_indicator_has_a_unit_of_measure_given_or_inferred(form_id: str) -> None:
    rows = load_form(form_id).indicators

    assert INFERRED[form_id] == {row.number: row.unit_of_measure for row in rows if not row.unit}
    assert [row.number for row in rows if not row.unit_of_measure] == []


@pytest.mark.parametrize("form_id", FORMS)
def test_headings_ask_for_nothing(form_id: str) -> None:
    others = [row for row in load_form(form_id).rows if not row.is_indicator]

    assert [row.number for row in others if row.value_type or row.over_years or row.unit_of_measure] == []


# ---- a form file that cannot be used --------------------------------------------------------------------------------


def test_the_third_form_is_read() -> None:
    form = load_form(HALF_YEAR)

    assert (form.id, form.years) == ("6T", (2023,))
    assert [row.number for row in form.indicators] == [2, 3, 5, 6, 8, 9, 10]
    assert [rule.id for rule in form.rules] == ["T01", "T02"]
    assert form.year_label(2023) == "Năm 2023 (6 tháng đầu năm)"


@pytest.mark.parametrize("source", ["IB", "ia", "", Path("IA"), DATA, DATA / "missing.toml"])
def test_there_is_no_such_form(source: str | Path) -> None:
    with pytest.raises(FormError) as caught:
        load_form(source)

    assert str(source) == caught.value.form
    assert "IA, IIA" in str(caught.value)


WRONG_FILES = {
    "bad TOML": ("years = [2023]", "years = [2023", "TOML"),
    "no id": ('id = "6T"\n', "", "'id'"),
    "no years": ("years = [2023]\n", "", "'years'"),
    "no headings": ('label = "Chỉ tiêu"\n', "", "label"),
    "unknown kind of row": ('kind = "heading"', 'kind = "title"', "title"),
    "unknown key of a row": ('marker = "+"', 'mark = "+"', "mark"),
    "unknown value type": ('value_type = "money"', 'value_type = "dong"', "dong"),
    "rows not consecutive": ("number = 6", "number = 7", "dòng thứ 6 mang số 7"),
    "rows from 0": ("number = 1\n", "number = 0\n", "dòng thứ 1 mang số 0"),
    "indicator without a type": ('value_type = "money"\n', "", "dòng 9 thiếu value_type"),
    "indicator without over_years": ('value_type = "money"\nover_years = "sum"', 'value_type = "money"', "dòng 9"),
    "unknown severity": ('severity = "error"', 'severity = "fatal"', "fatal"),
    "rule without a message": ('message = "Có người tham gia nhưng không có cuộc truyền thông nào"\n', "", "message"),
}


def written(folder: Path, old: str, new: str) -> Path:
    """The third form with one thing changed."""
    text = HALF_YEAR.read_text(encoding="utf-8")
    assert old in text
    path = folder / "form.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(("old", "new", "told"), WRONG_FILES.values(), ids=WRONG_FILES)
def test_a_wrong_form_file_is_refused(old: str, new: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(FormError) as caught:
        load_form(written(tmp_path, old, new))

    assert told in str(caught.value)


WRONG_RULES = {
    "unknown row": ("r6 <= r5", "r6 <= r11", "dòng 11"),
    "row of a heading": ("r6 <= r5", "r6 <= r4", "dòng 4"),
    "bad syntax": ("r6 <= r5", "r6 =< r5", "cú pháp"),
    "not a condition": ("r6 <= r5", "r6 + r5", "điều kiện"),
    "id twice": ('id = "T02"', 'id = "T01"', "hai lần"),
}


@pytest.mark.parametrize(("old", "new", "told"), WRONG_RULES.values(), ids=WRONG_RULES)
def test_a_wrong_rule_is_refused(old: str, new: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(RuleError) as caught:
        load_form(written(tmp_path, old, new))

    assert (caught.value.form, caught.value.rule) == ("6T", "T01")
    assert told in str(caught.value)


# ---- the third form, from file to totals ----------------------------------------------------------------------------

COMMUNES = {"X1": "Xã Thanh Sơn", "X2": "Phường Trấn Biên", "X3": "Xã Đak Lua"}
TYPED: Mapping[str, Mapping[int, object]] = {
    "Xã Thanh Sơn": {2: 4, 3: "1.250", 5: 3, 6: 2, 8: 2, 9: "12,5", 10: "Có"},
    "Phường Trấn Biên": {2: 6, 3: 300, 5: 1, 6: 2, 8: 3, 9: 7.25, 10: "Không"},  # r6 > r5: T01
    "Xã Đak Lua": {2: "Không", 3: "…", 5: None, 6: "-", 8: 1, 9: 0.3, 10: "x"},
}
TOTALS = {  # row: value, units that reported
    2: (10.0, 3),
    3: (1550.0, 2),
    5: (4.0, 2),
    6: (4.0, 3),
    8: (6.0, 3),
    9: (20.05, 3),
    10: (2.0, 3),
}


def typed(path: Path, unit: str, figures: Mapping[int, object]) -> None:
    """A return as a clerk types it: letterhead, headings, one column of figures in D."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([f"UBND {unit}"])
    sheet.append(["BÁO CÁO CÔNG TÁC PHÒNG, CHỐNG MẠI DÂM"])
    sheet.append([])
    sheet.append(["STT", "Chỉ tiêu", "Đơn vị tính", "6 tháng đầu năm 2023"])
    for row in load_form(HALF_YEAR).rows:
        sheet.append([row.number, row.full_label, row.unit, figures.get(row.number)])
    book.save(path)


@pytest.fixture(scope="module")
def half_year(tmp_path_factory: pytest.TempPathFactory) -> Consolidation:
    folder = tmp_path_factory.mktemp("dot-6-thang")
    (folder / "bao-cao-6-thang.toml").write_bytes(HALF_YEAR.read_bytes())
    (folder / "campaign.toml").write_text(
        'title = "Báo cáo 6 tháng"\nprovince = "Đồng Nai"\nforms = ["bao-cao-6-thang.toml"]\n'
        "years = [2023]\ncut_off = 2023-06-30\n",
        encoding="utf-8",
    )
    lines = [f"{unit_id},{name},commune,6T" for unit_id, name in COMMUNES.items()]
    (folder / "units.csv").write_text("\n".join(["unit_id,name,kind,form", *lines]), encoding="utf-8")
    (folder / "inbox").mkdir()
    for place, (unit, figures) in enumerate(TYPED.items()):
        typed(folder / "inbox" / f"bieu-{place}.xlsx", unit, figures)
    return consolidate(read_returns(open_campaign(folder)))


def test_each_return_of_the_third_form_is_given_to_its_commune(half_year: Consolidation) -> None:
    submissions = half_year.submissions[["unit", "status", "file"]].to_numpy().tolist()

    assert [[u, "on_time", f"bieu-{i}.xlsx"] for i, u in enumerate(TYPED)] == submissions


def test_totals_of_the_third_form(half_year: Consolidation) -> None:
    for year in (2023, None):  # one year: Tổng cộng is that year, for flows and for stocks
        column = half_year.totals["year"]
        lines = half_year.totals[column.isna() if year is None else column == year]
        found = {int(t.row): (t.value, int(t.reported)) for t in lines.itertuples()}
        assert found == TOTALS
    assert {3} == set(half_year.totals["expected"])


def test_states_of_the_third_form(half_year: Consolidation) -> None:
    values = half_year.values[half_year.values["unit"] == "Xã Đak Lua"].set_index("row")
    figures = {n: None if math.isnan(v) else v for n, v in values["value"].items()}

    assert figures == {2: 0.0, 3: None, 5: None, 6: 0.0, 8: 1.0, 9: 0.3, 10: 1.0}
    assert (values.loc[3, "state"], values.loc[5, "state"]) == ("not_available", "blank")


def test_a_rule_of_the_third_form_is_checked(half_year: Consolidation) -> None:
    errors = half_year.findings[half_year.findings["severity"] == "error"]

    expected = [["T01", "Phường Trấn Biên", 6, 2023, "bieu-1.xlsx", "D10"]]
    assert expected == errors[["rule", "unit", "row", "year", "file", "cell"]].to_numpy().tolist()

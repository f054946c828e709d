from __future__ import annotations

import codecs
import datetime as dt
from pathlib import Path

import pytest

from pcmd_consolidate.campaign import Campaign, open_campaign
from pcmd_consolidate.errors import CampaignError
from pcmd_consolidate.forms import PartialYear
from pcmd_consolidate.start import new_campaign
from pcmd_consolidate.units import Unit
from pcmd_consolidate.units_file import units_csv

SETTINGS = """\
title = "Đợt thử"
province = "Đồng Nai"
forms = ["IA", "IIA"]
years = [2021, 2022]
cut_off = 2022-06-30
stock_total = "last"

[deadlines]
commune = 2022-08-30
department = 2022-08-31
"""
UNITS = """\
unit_id,name,kind,form,section,aliases,deadline
S01,Công an tỉnh,department,IA,II.1,CA tỉnh|Công an,
X1,Xã Đak Lua,commune,IIA,,,2022-09-05
X2,Phường Trấn Biên,commune,IIA,,Trấn Biên,
"""


def opened(folder: Path, settings: str | bytes = SETTINGS, units: str | bytes = UNITS) -> Campaign:
    for name, text in (("campaign.toml", settings), ("units.csv", units)):
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return open_campaign(folder)


def refused(folder: Path, settings: str | bytes = SETTINGS, units: str | bytes = UNITS) -> CampaignError:
    with pytest.raises(CampaignError) as caught:
        opened(folder, settings, units)
    return caught.value


def told(error: CampaignError) -> tuple[str, int | None, str | None]:
    return error.path.name, error.line, error.field


# ---- what is read ---------------------------------------------------------------------------------------------------


def test_a_campaign_is_read(tmp_path: Path) -> None:
    campaign = opened(tmp_path)

    assert (campaign.title, campaign.province, campaign.stock_total) == ("Đợt thử", "Đồng Nai", "last")
    assert [form.id for form in campaign.forms] == ["IA", "IIA"]
    assert campaign.years == (2021, 2022)
    assert campaign.cut_off == dt.date(2022, 6, 30)
    assert campaign.inbox == tmp_path / "inbox"
    assert campaign.form("IIA") is campaign.forms[1]


BLANK = "(Kèm theo Kế hoạch số         /KH-UBND ngày       /      /2025 của Ủy ban nhân dân tỉnh)"
PLANS = {
    "": BLANK,
    'number = "258"\ndate = 2025-08-12': "(Kèm theo Kế hoạch số 258/KH-UBND ngày 12/8/2025 của Ủy ban nhân dân tỉnh)",
    "number = 7": BLANK.replace("số         /", "số 7/"),
    "date = 2026-02-05": BLANK.replace("ngày       /      /2025", "ngày 05/02/2026"),
}


@pytest.mark.parametrize(("plan", "line"), PLANS.items())
def test_the_forms_name_the_plan_as_far_as_it_is_told(tmp_path: Path, plan: str, line: str) -> None:
    campaign = opened(tmp_path, f"{SETTINGS}\n[plan]\n{plan}\n")

    assert [form.attached_to for form in campaign.forms] == [line, line]


def test_the_plan_may_stand_in_what_a_new_campaign_says(tmp_path: Path) -> None:
    settings = new_campaign(tmp_path / "dot", "Đồng Nai").folder / "campaign.toml"
    for name in ("[plan]", "number =", "date ="):
        settings.write_text(settings.read_text("utf-8").replace(f"# {name}", name), encoding="utf-8")

    line = "(Kèm theo Kế hoạch số 258/KH-UBND ngày 12/8/2025 của Ủy ban nhân dân tỉnh)"
    assert {form.attached_to for form in open_campaign(tmp_path / "dot").forms} == {line}


def test_its_units_are_read(tmp_path: Path) -> None:
    expected = [
        Unit("S01", "Công an tỉnh", "department", "IA", ("II.1",), ("CA tỉnh", "Công an")),
        Unit("X1", "Xã Đak Lua", "commune", "IIA", deadline=dt.date(2022, 9, 5)),
        Unit("X2", "Phường Trấn Biên", "commune", "IIA", aliases=("Trấn Biên",)),
    ]

    assert expected == list(opened(tmp_path).registry)


def test_a_unit_has_its_own_deadline_or_that_of_its_kind(tmp_path: Path) -> None:
    campaign = opened(tmp_path)
    without = opened(tmp_path, SETTINGS[: SETTINGS.index("[deadlines]")])

    assert [campaign.deadline(unit) for unit in campaign.registry] == [
        dt.date(2022, 8, 31),
        dt.date(2022, 9, 5),
        dt.date(2022, 8, 30),
    ]
    assert [without.deadline(unit) for unit in without.registry] == [None, dt.date(2022, 9, 5), None]


def test_what_may_be_left_out(tmp_path: Path) -> None:
    campaign = opened(
        tmp_path, "".join(SETTINGS.splitlines(keepends=True)[:5]), "unit_id,name,kind,form\nX1,A,commune,IIA"
    )

    assert (campaign.stock_total, dict(campaign.deadlines)) == ("last", {})
    assert list(campaign.registry) == [Unit("X1", "A", "commune", "IIA")]


@pytest.mark.parametrize(
    ("years", "cut_off", "expected"),
    [
        ("[2021, 2022, 2023, 2024, 2025]", "2025-06-30", PartialYear(2025, dt.date(2025, 6, 30), "6 tháng đầu năm")),
        ("[2024]", "2024-06-30", PartialYear(2024, dt.date(2024, 6, 30), "6 tháng đầu năm")),
        ("[2023, 2024]", "2024-09-15", PartialYear(2024, dt.date(2024, 9, 15), "đến 15/09")),
        ("[2024]", "2024-12-30", PartialYear(2024, dt.date(2024, 12, 30), "đến 30/12")),
        ("[2024]", "2024-12-31", None),
        ("[2021, 2022, 2023, 2024]", "2025-06-30", None),
    ],
)
def test_the_year_that_is_not_whole_follows_from_the_cut_off(
    years: str, cut_off: str, expected: PartialYear | None, tmp_path: Path
) -> None:
    settings = SETTINGS.replace("[2021, 2022]", years).replace("2022-06-30", cut_off)

    assert {expected} == {form.partial for form in opened(tmp_path, settings).forms}


def test_years_are_put_in_order(tmp_path: Path) -> None:
    assert opened(tmp_path, SETTINGS.replace("[2021, 2022]", "[2022, 2019, 2021]")).years == (2019, 2021, 2022)


@pytest.mark.parametrize("stock_total", ["last", "sum"])
def test_total_of_stocks(stock_total: str, tmp_path: Path) -> None:
    assert stock_total == opened(tmp_path, SETTINGS.replace('"last"', f'"{stock_total}"')).stock_total


# ---- as Excel and Notepad save it -----------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", [b"", codecs.BOM_UTF8])
def test_the_same_files_as_other_programs_save_them(delimiter: str, newline: str, bom: bytes, tmp_path: Path) -> None:
    expected = list(opened(tmp_path).registry)

    settings = bom + SETTINGS.replace("\n", newline).encode()
    units = bom + UNITS.replace(",", delimiter).replace("\n", newline).encode()

    assert expected == list(opened(tmp_path, settings, units).registry)


@pytest.mark.parametrize("written", ["2025-08-30", "30/8/2025", "30/08/2025", "30-8-2025", " 30/8/2025 "])
def test_dates_as_they_are_written(written: str, tmp_path: Path) -> None:
    (unit,) = opened(tmp_path, units=f"unit_id,name,kind,form,deadline\nX1,A,commune,IIA,{written}\n").registry

    assert unit.deadline == dt.date(2025, 8, 30)


def test_names_may_hold_the_delimiter_and_lines_may_be_empty(tmp_path: Path) -> None:
    units = (
        "unit_id,name,kind,form,section,aliases\n"
        '\n S11 ,"Trung tâm, Sở Y tế", department ,IA,II.11|II.3,"CDC; TTKSBT | ,"\n,,,,,\n'
    )

    expected = Unit(
        "S11", "Trung tâm, Sở Y tế", "department", "IA", ("II.11", "II.3"), ("CDC", "TTKSBT", ",")
    )  # fmt: skip
    assert [expected] == list(opened(tmp_path, units=units).registry)


def test_units_that_are_written_are_read_again(tmp_path: Path) -> None:
    units = (
        Unit(
            "S11", "Trung tâm, Sở Y tế", "department", "IA", ("II.11", "II.3"), ("CDC", "TT KSBT"), dt.date(2025, 9, 5)
        ),
        Unit("X00001", 'Xã "Mẫu"', "commune", "IIA", predecessors=("Xã Một", "Thị trấn Hai, cũ")),
    )

    assert units == tuple(opened(tmp_path, units=units_csv(units)).registry)


@pytest.mark.parametrize("written", ["Xã Một;Xã Hai", " Xã Một ; Xã Hai ; ", "Xã Một|Xã Hai"])
def test_former_communes_are_read(written: str, tmp_path: Path) -> None:
    (unit,) = opened(tmp_path, units=f"{HEAD},predecessors\nX1,Xã A,commune,IIA,,,,{written}\n").registry

    assert unit.predecessors == ("Xã Một", "Xã Hai")


def test_a_file_without_the_column_of_former_communes_is_read(tmp_path: Path) -> None:
    assert [unit.predecessors for unit in opened(tmp_path).registry] == [(), (), ()]


def test_one_id_may_stand_once_in_each_form(tmp_path: Path) -> None:
    registry = opened(
        tmp_path, units="unit_id,name,kind,form,section\n1,A,commune,IIA,\n1,B,department,IA,II.1"
    ).registry

    assert [unit.name for unit in registry] == ["A", "B"]


# ---- mistakes in campaign.toml --------------------------------------------------------------------------------------

# in SETTINGS: title 1, province 2, forms 3, years 4, cut_off 5, stock_total 6, [deadlines] 8, commune 9, department 10
WRONG_SETTINGS = {
    "no quotes": ('"Đợt thử"', "Đợt thử", 1, None),
    "no value": ("2022-06-30", "", 5, None),
    "bracket left open": ("[2021, 2022]", "[2021, 2022", 5, None),  # noticed where the next line begins
    "twice": ("department", "commune", 10, None),
    "title is a number": ('"Đợt thử"', "5", 1, "title"),
    "province is a list": ('"Đồng Nai"', '["Đồng Nai"]', 2, "province"),
    "forms is a text": ('["IA", "IIA"]', '"IIA"', 3, "forms"),
    "no form": ('["IA", "IIA"]', "[]", 3, "forms"),
    "form twice": ('["IA", "IIA"]', '["IIA", "IIA"]', 3, "forms"),
    "no such form": ('["IA", "IIA"]', '["IB"]', 3, "forms"),
    "no such form file": ('["IA", "IIA"]', '["IIA", "bieu-rieng.toml"]', 3, "forms"),
    "not a form file": ('["IA", "IIA"]', '["campaign.toml"]', 3, "forms"),
    "years is a number": ("[2021, 2022]", "2021", 4, "years"),
    "no year": ("[2021, 2022]", "[]", 4, "years"),
    "year twice": ("[2021, 2022]", "[2021, 2021]", 4, "years"),
    "year is a text": ("[2021, 2022]", '[2021, "2022"]', 4, "years"),
    "year with a fraction": ("[2021, 2022]", "[2021, 2022.0]", 4, "years"),
    "year of two digits": ("[2021, 2022]", "[21, 22]", 4, "years"),
    "year is true": ("[2021, 2022]", "[true]", 4, "years"),
    "cut-off is a text": ("2022-06-30", '"2022-06-30"', 5, "cut_off"),
    "cut-off has a time": ("2022-06-30", "2022-06-30T08:00:00", 5, "cut_off"),
    "cut-off before the last year": ("2022-06-30", "2021-12-31", 5, "cut_off"),
    "no such total": ('"last"', '"max"', 6, "stock_total"),
    "total is a number": ('"last"', "1", 6, "stock_total"),
    "unknown setting": ("stock_total", "stock_totals", 6, "stock_totals"),
    "unknown table": ("[deadlines]", "[deadline]", 8, "deadline"),
    "unknown kind of unit": ("commune =", "xa =", 9, "xa"),
    "deadline is a text": ("2022-08-30", '"30/8/2022"', 9, "commune"),
    "deadline has a time": ("2022-08-31", "2022-08-31T17:00:00", 10, "department"),
    "below a comment": ("years = [2021, 2022]", "# years\n\nyears = []", 6, "years"),
    "deadlines is a date": ("[deadlines]\n", "deadlines = 2022-08-30\n[x]\n", 8, "deadlines"),
    "plan in words": ("[deadlines]", 'plan = "258"\n[deadlines]', 8, "plan"),
    "plan with its letters": ("[deadlines]", '[plan]\nnumber = "258/KH-UBND"\n[deadlines]', 9, "number"),
    "plan without a number": ("[deadlines]", '[plan]\nnumber = ""\n[deadlines]', 9, "number"),
    "plan of no day": ("[deadlines]", '[plan]\nnumber = "258"\ndate = "12/8/2025"\n[deadlines]', 10, "date"),
    "more of the plan": ("[deadlines]", '[plan]\nnumbre = "258"\n[deadlines]', 9, "numbre"),
    "unknown limit": ("[deadlines]", "[limits]\nmax_byte = 5\n[deadlines]", 9, "max_byte"),
    "limit of nothing": ("[deadlines]", "[limits]\nmax_bytes = 0\n[deadlines]", 9, "max_bytes"),
    "limit in words": ("[deadlines]", '[limits]\nmax_parts = 1\nmax_bytes = "20 MB"\n[deadlines]', 10, "max_bytes"),
    "limit is true": ("[deadlines]", "[limits]\nmax_bytes = true\n[deadlines]", 9, "max_bytes"),
    "limits is a number": ("[deadlines]", "limits = 5\n[deadlines]", 8, "limits"),
}


@pytest.mark.parametrize(("old", "new", "line", "field"), WRONG_SETTINGS.values(), ids=WRONG_SETTINGS)
def test_a_mistake_in_the_settings(old: str, new: str, line: int, field: str | None, tmp_path: Path) -> None:
    assert old in SETTINGS
    error = refused(tmp_path, SETTINGS.replace(old, new, 1))

    assert told(error) == ("campaign.toml", line, field)
    assert str(error).startswith(f"{tmp_path / 'campaign.toml'}, dòng {line}")


@pytest.mark.parametrize("field", ["title", "province", "forms", "years", "cut_off"])
def test_a_setting_that_is_missing(field: str, tmp_path: Path) -> None:
    settings = "".join(line for line in SETTINGS.splitlines(keepends=True) if not line.startswith(field))

    assert told(refused(tmp_path, settings)) == ("campaign.toml", None, field)


# ---- mistakes in units.csv ------------------------------------------------------------------------------------------

HEAD = "unit_id,name,kind,form,section,aliases,deadline"
WRONG_UNITS = {
    "no id": ([HEAD, ",Xã A,commune,IIA,,,"], 2, "unit_id"),
    "no name": ([HEAD, "X1,Xã A,commune,IIA,,,", "X2, ,commune,IIA,,,"], 3, "name"),
    "no kind": ([HEAD, "X1,Xã A,,IIA,,,"], 2, "kind"),
    "no form": ([HEAD, "X1,Xã A,commune,,,,"], 2, "form"),
    "row cut short": ([HEAD, "X1,Xã A,commune"], 2, "form"),
    "unknown kind": ([HEAD, "X1,Xã A,xã,IIA,,,"], 2, "kind"),
    "unknown form": ([HEAD, "X1,Xã A,commune,IB,,,"], 2, "form"),
    "unknown section": ([HEAD, "S1,Sở A,department,IA,II.12,,"], 2, "section"),
    "one section of two": ([HEAD, "S1,Sở A,department,IA,II.1|II.12,,"], 2, "section"),
    "section of another form": ([HEAD, "X1,Xã A,commune,IIA,II.1,,"], 2, "section"),
    "section without an owner": ([HEAD, "S1,Sở A,department,IA,I.1,,"], 2, "section"),
    "no date": ([HEAD, "X1,Xã A,commune,IIA,,,cuối tháng 8"], 2, "deadline"),
    "no such day": ([HEAD, "X1,Xã A,commune,IIA,,,31/9/2025"], 2, "deadline"),
    "year of two digits": ([HEAD, "X1,Xã A,commune,IIA,,,30/8/25"], 2, "deadline"),
    "former commune twice": ([f"{HEAD},predecessors", "X1,Xã A,commune,IIA,,,,Xã B; XÃ B"], 2, "predecessors"),
    "many former communes": (
        [f"{HEAD},predecessors", f"X1,Xã A,commune,IIA,,,,{';'.join(map(str, range(21)))}"], 2, "predecessors",
    ),
    "id twice": ([HEAD, "X1,Xã A,commune,IIA,,,", "X2,Xã B,commune,IIA,,,", "X1,Xã C,commune,IIA,,,"], 4, "unit_id"),
    "comma in a name": ([HEAD, "X1,Trung tâm, Sở Y tế,department,IA,,,,"], 2, None),
    "below empty lines": ([HEAD, "", "X1,Xã A,commune,IIA,,,", "", "X2,Xã B,xã,IIA,,,"], 5, "kind"),
    "below a cell of two lines": ([HEAD, 'X1,"Xã A\n",commune,IIA,,,', "X2,Xã B,xã,IIA,,,"], 4, "kind"),
    "column missing": (["unit_id,name,kind", "X1,Xã A,commune"], 1, "form"),
    "columns in Vietnamese": (["mã,tên,loại,biểu", "X1,Xã A,commune,IIA"], 1, "unit_id"),
    "other delimiter below": ([HEAD, "X1;Xã A;commune;IIA;;;"], 2, "name"),
    "no unit": ([HEAD], None, None),
    "nothing": ([], 1, "unit_id"),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "line", "field"), WRONG_UNITS.values(), ids=WRONG_UNITS)
def test_a_mistake_in_the_units(lines: list[str], line: int | None, field: str | None, tmp_path: Path) -> None:
    error = refused(tmp_path, units="\n".join(lines))

    assert told(error) == ("units.csv", line, field)


def test_a_message_names_file_line_and_field(tmp_path: Path) -> None:
    error = refused(tmp_path, units=f"{HEAD}\nX1,Xã A,xã,IIA,,,")

    assert str(error) == (
        f"{tmp_path / 'units.csv'}, dòng 2, mục «kind»: «xã» không hợp lệ; "
        "chỉ nhận commune hoặc department hoặc province"
    )


# ---- files that are not there or not text ---------------------------------------------------------------------------


@pytest.mark.parametrize("missing", ["campaign.toml", "units.csv"])
def test_a_file_that_is_missing(missing: str, tmp_path: Path) -> None:
    opened(tmp_path)
    (tmp_path / missing).unlink()

    with pytest.raises(CampaignError) as caught:
        open_campaign(tmp_path)

    assert told(caught.value) == (missing, None, None)


@pytest.mark.parametrize("name", ["khong-co", "tep.txt"])
def test_a_folder_that_is_missing(name: str, tmp_path: Path) -> None:
    (tmp_path / "tep.txt").write_text("")

    with pytest.raises(CampaignError) as caught:
        open_campaign(tmp_path / name)

    assert told(caught.value) == (name, None, None)
    assert "pcmd new" in str(caught.value)


def test_files_in_another_encoding(tmp_path: Path) -> None:
    assert told(refused(tmp_path, SETTINGS.encode("utf-16"))) == ("campaign.toml", None, None)
    assert told(refused(tmp_path, units=UNITS.encode("utf-16"))) == ("units.csv", None, None)


def test_a_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "campaign.toml").mkdir()

    with pytest.raises(CampaignError) as caught:
        open_campaign(tmp_path)

    assert told(caught.value) == ("campaign.toml", None, None)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("x1,Xã Khác,commune,IIA,,", "unit_id"),
        ("X2,Xã Khác,commune,IIA,,Xã Một", "aliases"),
        ("S1,Công an tỉnh,department,IA,,", "section"),
    ],
)
def test_a_unit_that_could_be_taken_for_another(line: str, field: str, tmp_path: Path) -> None:
    error = refused(tmp_path, units=f"unit_id,name,kind,form,section,aliases\nX1,Xã Một,commune,IIA,,\n{line}")

    assert told(error) == ("units.csv", 3, field)


def test_a_date_in_vietnamese_order_is_explained(tmp_path: Path) -> None:
    error = refused(tmp_path, SETTINGS.replace("commune = 2022-08-30", "commune = 30/8/2022"))

    assert told(error) == ("campaign.toml", 9, "commune")
    assert "2025-08-30" in str(error)

"""A province's summary is itself a return: three of them, consolidated by a ministry with the same code.

Every figure is made up.
"""

from __future__ import annotations

import io
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from pcmd_consolidate import (
    Consolidation,
    campaign_from_frames,
    consolidate,
    new_campaign,
    open_campaign,
    read_returns,
    returns_from_values,
)
from pcmd_consolidate.errors import CampaignError
from pcmd_consolidate.findings import Severity
from pcmd_consolidate.forms import OverYears, ValueType, load_form
from pcmd_consolidate.forms.gathered import gathered
from tests.libreoffice import convert
from tests.summary.inbox import plain_cells, write_annex

YEARS = (2021, 2022, 2023, 2024, 2025)
SUMMARY = "tong-hop-pcmd.xlsx"
PROVINCES = {
    "Đồng Nai": {"Công an tỉnh": "II.1", "Sở Tài chính": "II.6", "Xã Lộc Thành": "", "Phường Bình Long": ""},
    "Quảng Trị": {"Công an tỉnh": "II.1", "Tòa án nhân dân tỉnh": "II.8", "Xã Gio Linh": "", "Xã Cửa Việt": ""},
    "Huế": {"Công an thành phố": "II.1", "Sở Tài chính": "II.6", "Phường Thuận Hóa": "", "Xã A Lưới 1": ""},
}
"""Province → unit → its block of form IA; communes have none."""
SILENT = "Xã Cửa Việt"
"""Has not answered."""
MINISTRY = """\
unit_id,name,kind,form,section,aliases,deadline
75,Tỉnh Đồng Nai,province,IA,,,
75,Tỉnh Đồng Nai,province,IIA,,,
44,Tỉnh Quảng Trị,province,IA,,,
44,Tỉnh Quảng Trị,province,IIA,,,
46,Thành phố Huế,province,IA,,,
46,Thành phố Huế,province,IIA,,,
"""
SETTINGS = """\
title = "Tổng kết Chương trình phòng, chống mại dâm giai đoạn 2021-2025"
province = "Cả nước"
forms = ["IA", "IIA"]
years = [2021, 2022, 2023, 2024, 2025]
cut_off = 2025-06-30

[deadlines]
province = 2025-09-30
"""

Key = tuple[str, int, int]
"""Form, row and year."""


def returns_of(province: str) -> Mapping[str, tuple[str, dict[tuple[int, int], object]]]:
    """Unit → its form and what it wrote."""
    written = {}
    for place, (unit, section) in enumerate(PROVINCES[province].items(), start=1):
        form = load_form("IA" if section else "IIA")
        seed = 10 * list(PROVINCES).index(province) + place
        asked = {row.number for row in (form.indicators_of((section,)) if section else form.indicators)}
        cells = {key: value for key, value in plain_cells(form, seed).items() if key[0] in asked}
        if unit != SILENT:
            written[unit] = (form.id, cells)
    return written


def consolidate_province(folder: Path, province: str) -> Path:
    """The summary of a province whose units answered."""
    new_campaign(folder, province)
    lines = ["unit_id,name,kind,form,section,aliases,deadline"]
    for place, (unit, section) in enumerate(PROVINCES[province].items(), start=1):
        kind = f"department,IA,{section}" if section else "commune,IIA,"
        lines.append(f"U{place},{unit},{kind},,")
    (folder / "units.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    campaign = open_campaign(folder)
    for unit, (form, cells) in returns_of(province).items():
        write_annex(campaign.inbox / f"{unit}.xlsx", campaign.form(form), unit, cells)
    return consolidate(read_returns(campaign)).to_excel(folder / SUMMARY)


@pytest.fixture(scope="module")
def provinces(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("provinces")
    return [consolidate_province(folder / str(place), name) for place, name in enumerate(PROVINCES, start=1)]


def ministry(folder: Path, files: Mapping[str, Path]) -> Consolidation:
    """The ministry's campaign, with these files in its inbox."""
    (folder / "inbox" / "2025-09-01").mkdir(parents=True)
    (folder / "campaign.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "units.csv").write_text(MINISTRY, encoding="utf-8")
    for name, file in files.items():
        (folder / "inbox" / "2025-09-01" / name).write_bytes(file.read_bytes())
    return consolidate(read_returns(open_campaign(folder)))


@pytest.fixture(scope="module")
def as_written(provinces: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Consolidation:
    files = {f"{place}-{SUMMARY}": path for place, path in enumerate(provinces)}
    return ministry(tmp_path_factory.mktemp("bo") / "y-te", files)


@pytest.fixture(scope="module")
def saved_again(provinces: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Consolidation:
    """One as it was written, the others saved anew by another program, one of them in its own format."""
    folder = tmp_path_factory.mktemp("saved")
    (folder / "in").mkdir()
    for place, path in enumerate(provinces):
        (folder / "in" / f"t{place}.xlsx").write_bytes(path.read_bytes())
    convert([folder / "in" / "t1.xlsx"], "xlsx", folder)
    convert([folder / "in" / "t2.xlsx"], "ods", folder)
    files = {"a.xlsx": provinces[0], "b.xlsx": folder / "t1.xlsx", "c.ods": folder / "t2.ods"}
    return ministry(folder / "y-te", files)


def added_up() -> dict[Key, float]:
    """What all units of all provinces wrote, added up: Có counts 1."""
    sums: dict[Key, float] = defaultdict(float)
    for province in PROVINCES:
        for form, cells in returns_of(province).values():
            for (row, year), said in cells.items():
                sums[form, row, year] += {"Có": 1.0, "Không": 0.0}.get(str(said)) if isinstance(said, str) else said  # type: ignore[operator]
    return dict(sums)


def in_year(result: Consolidation) -> dict[Key, float]:
    totals = result.totals.dropna(subset=["year", "value"])
    return {(form, int(row), int(year)): value for form, row, year, value, *_ in totals.itertuples(index=False)}


@pytest.mark.parametrize("how", ["as_written", "saved_again"])
def test_the_ministry_gets_the_sum_of_all_units(how: str, request: pytest.FixtureRequest) -> None:
    result: Consolidation = request.getfixturevalue(how)

    assert result.submissions["status"].tolist() == ["on_time"] * 6
    assert result.submissions["unit"].nunique() == 3
    assert in_year(result) == pytest.approx(added_up(), abs=1e-6)


def test_the_same_figures_from_frames_give_the_same_totals(as_written: Consolidation, tmp_path: Path) -> None:
    units = pd.read_csv(io.StringIO(MINISTRY), dtype=str)
    campaign = campaign_from_frames(tomllib.loads(SETTINGS), units, tmp_path)
    result = consolidate(returns_from_values(campaign, as_written.values))

    pd.testing.assert_frame_equal(result.totals, as_written.totals)
    assert [form.respondent for form in campaign.forms] == ["province", "province"]
    assert not {"B60", "B61"} & set(result.findings["rule"])


def test_a_province_from_a_frame_counts_units_and_spends_more_than_one(tmp_path: Path) -> None:
    units = pd.read_csv(io.StringIO(MINISTRY), dtype=str)
    campaign = campaign_from_frames(tomllib.loads(SETTINGS), units, tmp_path)
    figures = pd.DataFrame({"unit_id": "75", "form": "IIA", "row": [14, 55], "year": 2021, "value": [90, 250_000.0]})
    values = returns_from_values(campaign, figures).values

    assert values.query("row in [14, 55] and year == 2021")["value"].tolist() == [90.0, 250_000.0]


def test_a_few_sums_worked_out_by_hand(as_written: Consolidation) -> None:
    figures = in_year(as_written)

    # communes 3 and 4 of the first province, 13 of the second (14 is silent), 23 and 24 of the third
    assert figures["IIA", 21, 2021] == 100 * (3 + 4 + 13 + 23 + 24) + 5 * (21 + 1)
    assert figures["IIA", 55, 2024] == 10 * (3 + 4 + 13 + 23 + 24) + 5 * 1.0
    assert (figures["IIA", 14, 2023], figures["IIA", 15, 2023]) == (2, 3)
    # the police of each province: units 1, 11 and 21; the court of the second: unit 12
    assert figures["IA", 17, 2025] == 100 * (1 + 11 + 21) + 3 * (17 + 5)
    assert figures["IA", 56, 2022] == 100 * 12 + 56 + 2


@pytest.mark.parametrize("how", ["as_written", "saved_again"])
def test_tong_cong_adds_flows_and_keeps_the_last_year_of_stocks(how: str, request: pytest.FixtureRequest) -> None:
    result: Consolidation = request.getfixturevalue(how)
    sums, wanted = added_up(), {}
    for form in (load_form("IA"), load_form("IIA")):
        for row in form.indicators:
            years = [sums[form.id, row.number, year] for year in YEARS if (form.id, row.number, year) in sums]
            if years:
                wanted[form.id, row.number] = years[-1] if row.over_years is OverYears.LAST else sum(years)
    totals = result.totals[result.totals["year"].isna()].dropna(subset=["value"])
    found = {(line.form, line.row): line.value for line in totals.itertuples()}

    assert found == pytest.approx(wanted, abs=1e-6)


@pytest.mark.parametrize("how", ["as_written", "saved_again"])
def test_the_other_sheets_of_a_summary_make_no_noise(how: str, request: pytest.FixtureRequest) -> None:
    findings = request.getfixturevalue(how).findings
    of_reading = findings[findings["rule"].str.match("[EFH]") & findings["rule"].ne("F07")]

    assert of_reading["rule"].tolist() == ["H37"]
    assert set(findings["sheet"]) <= {"", "Phụ lục IA", "Phụ lục IIA"}
    in_year = findings[findings["rule"].str.match("[AB]")]
    assert set(in_year["severity"]) <= {"explain", "warning"}, "what is wrong in sums may be for want of units"
    assert not in_year["rule"].isin(["A52", "A54", "B53", "B60", "B61"]).any()


def test_a_province_that_lacks_units_says_so(as_written: Consolidation) -> None:
    lacking = as_written.findings[as_written.findings["rule"] == "H37"]

    assert lacking[["unit", "form"]].to_numpy().tolist() == [["Tỉnh Quảng Trị", "IIA"]]
    assert lacking["message"].tolist() == ["Số liệu của địa phương mới có 1/2 đơn vị; đề nghị gửi lại khi đã đủ."]


def test_every_figure_is_traced_to_the_provinces_sheet(as_written: Consolidation) -> None:
    line = as_written.values.query("unit_id == '44' and form == 'IIA' and row == 21 and year == 2022").iloc[0]
    book = openpyxl.load_workbook(as_written.campaign.inbox / line["file"], data_only=True)

    assert (line["file"], line["sheet"], line["value"]) == (f"2025-09-01/1-{SUMMARY}", "Phụ lục IIA", 100 * 13 + 21 + 2)
    assert book[line["sheet"]][line["cell"]].value == line["value"]


def test_the_ministrys_own_summary_counts_units_too(as_written: Consolidation, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(as_written.to_excel(tmp_path / "x.xlsx"))["Phụ lục IIA"]
    line = next(row[0].row for row in sheet.iter_rows(max_col=1) if "Kế hoạch an sinh xã hội" in str(row[0].value))

    assert sheet.cell(line, 3).number_format == '#,##0" đv"_)'
    assert sheet.cell(line, 8).value == f"=G{line}"
    assert sheet["A5"].value == "Địa phương: Cả nước"


def test_a_form_that_provinces_fill() -> None:
    form = gathered(load_form("IIA"))
    told = {row.number: (row.value_type, row.counts_units) for row in form.indicators}

    assert told[14] == (ValueType.COUNT, True)
    assert told[21] == (ValueType.COUNT, False)
    assert (form.row(55).money_limit, load_form("IIA").row(55).money_limit) == (10_000_000, 100_000)
    assert {rule.id for rule in load_form("IIA").rules} - {rule.id for rule in form.rules} == {
        "A11", "A12", "A13", "A42", "A52", "A54", "A54b", "A58", "A59", "A60",
    }  # fmt: skip
    assert Severity.ERROR not in {rule.severity for rule in form.rules}


def test_provinces_and_communes_do_not_fill_one_form_together(tmp_path: Path) -> None:
    (tmp_path / "campaign.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "units.csv").write_text(MINISTRY + "X1,Xã A,commune,IIA,,,\n", encoding="utf-8")

    with pytest.raises(CampaignError, match="biểu IIA có cả tỉnh"):
        open_campaign(tmp_path)

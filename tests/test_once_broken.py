"""Inputs that once were read wrongly, guessed in silence, or ended in a traceback."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest

from pcmd_consolidate.campaign import open_campaign
from pcmd_consolidate.errors import CampaignError, FormError, PcmdError
from pcmd_consolidate.forms import Form, load_form
from pcmd_consolidate.forms.rules import ExpressionError, parse
from pcmd_consolidate.intake.align import align
from pcmd_consolidate.intake.columns import find_columns
from pcmd_consolidate.intake.extract import extract
from pcmd_consolidate.intake.grid import Grid
from pcmd_consolidate.intake.identify import Evidence, identify
from pcmd_consolidate.intake.labels import LabelIndex
from pcmd_consolidate.intake.locate import Table, locate
from pcmd_consolidate.intake.numbers import read_cell
from pcmd_consolidate.intake.reading import State
from pcmd_consolidate.intake.years import year_of
from pcmd_consolidate.returns import read_returns
from pcmd_consolidate.start import new_campaign
from pcmd_consolidate.units import Registry, Unit

HALF = Path(__file__).parent / "data" / "bao-cao-6-thang.toml"
IIA = load_form("IIA")
COUNT, MONEY, YES = IIA.row(4), IIA.row(55), IIA.row(14)
REG = Registry(
    Unit(f"X{i}", n, "commune", "IIA")
    for i, n in enumerate(
        ["Xã Lộc Thành", "Xã Long Phước", "Phường Long Bình", "Xã Bàu Hàm", "Xã Lộc Ninh", "Phường Bình Phước"]
    )
)


def grid(
    form: Form,
    change: dict[int, str],
    head: tuple[str, ...] = ("Nội dung", "Đơn vị tính", "Năm 2021", "Năm 2022", "Năm 2023", "Năm 2024", "Năm 2025"),
) -> Grid:
    rows = [
        [r.full_label, r.unit, *([r.number] * 5 if r.is_indicator and r.value_type != "yes_no" else [None] * 5)]
        for r in form.rows
    ]
    for number, label in dict(change).items():
        rows[number - 1][0] = label
    return Grid("Sheet1", True, tuple(tuple(r) for r in [head, *rows]))


def located(sheet: Grid, form: Form) -> Table:
    table = locate(sheet, form, LabelIndex(form))
    assert table is not None
    return table


@pytest.mark.parametrize("head", [["Nội dung", "ĐVT", "Số liệu"], ["Nội dung", "ĐVT", "Năm 2016", "Năm 2017"]])
def test_no_header_with_years_stops_the_run(head: Any, tmp_path: Any) -> None:
    campaign = new_campaign(tmp_path, "Đồng Nai")
    book = openpyxl.Workbook()
    book.active.append(head)
    for row in IIA.rows:
        book.active.append([row.full_label, row.unit, 1, 1])
    book.save(campaign.inbox / "x.xlsx")
    assert set(read_returns(campaign).findings["rule"]) & {"H05", "H08", "F10"}


@pytest.mark.parametrize("label", ["+ Số bị cáo bị phạt tù từ 3 - 7 năm", "+ Số bị cáo bị phạt tù từ 7 năm"])
def test_other_figures_in_a_label(label: Any) -> None:
    form = load_form("IA")
    sheet = grid(form, {59: label})
    found = extract(sheet, located(sheet, form), form.indicators)
    assert [c.reading.value for c in found.cells if c.row == 59] == [None] * 5


@pytest.mark.parametrize("label", ["+ Số đối tượng chưa được vay vốn", "+ Số đối tượng không được vay vốn"])
def test_negated_label(label: Any) -> None:
    sheet = grid(IIA, {43: label})
    found = extract(sheet, located(sheet, IIA), IIA.indicators)
    assert [c.reading.value for c in found.cells if c.row == 43] == [None] * 5


def test_title_without_accents_contradicts_file() -> None:
    v = identify(Evidence("", ("UBND XA LONG PHUOC",), "Sheet1", "IIA Long Bình"), IIA, REG)
    assert v.unit is None or (v.unit.name == "Xã Long Phước" and v.findings)


@pytest.mark.parametrize("old", ["UBND phường Long Bình Tân", "UBND xã Bàu Hàm 2"])
def test_former_commune_with_a_longer_name(old: Any) -> None:
    assert REG.named_in(old) == ()


@pytest.mark.parametrize("cell", ["☐ Có", "☒", "-1", "Có?", "x?", "Có - Không", "có, không", "Không - có"])
def test_yes_no_guessed(cell: Any) -> None:
    assert read_cell(cell, YES).state is State.UNREADABLE


@pytest.mark.parametrize("row", [COUNT, MONEY])
@pytest.mark.parametrize("cell", ["#N/A", "Không?", "Không - có"])
def test_count_guessed(cell: Any, row: Any) -> None:
    assert read_cell(cell, row).state is State.UNREADABLE


@pytest.mark.parametrize("cell", ["01.250", "01,250"])
def test_ambiguous_money_with_a_leading_zero(cell: Any) -> None:
    assert [f.rule for f in read_cell(cell, MONEY).findings] == ["F05"]


def test_noise_of_a_formula() -> None:
    assert [f.rule for f in read_cell(0.1 + 0.2, MONEY).findings] == []


def test_constant_column_is_dropped_in_silence() -> None:
    rows = [[r.full_label, r.unit, 5, 1, 2, 3, 4, 5] for r in IIA.rows[20:28]]
    head = ["Nội dung", "ĐVT", "Năm 2020", "Năm 2021", "Năm 2022", "Năm 2023", "Năm 2024", "Năm 2025"]
    cells = (tuple(head), *(tuple(row) for row in rows))
    (found,) = find_columns(Grid("S", True, cells), IIA, LabelIndex(IIA))
    assert found.others == {2: "Năm 2020"}


def test_letterhead_place_and_date() -> None:
    v = identify(
        Evidence("", ("UBND XÃ LỘC THÀNH", "Bình Phước, ngày 20 tháng 8 năm 2025"), "Sheet1", "bieu"), IIA, REG
    )
    assert v.unit is not None
    assert v.unit.name == "Xã Lộc Thành"


def test_file_name_without_accents_contradicts() -> None:
    v = identify(Evidence("", ("UBND XÃ LỘC THÀNH",), "Sheet1", "xa loc ninh"), IIA, REG)
    assert [f.rule for f in v.findings] == ["F14c"]


@pytest.mark.parametrize("text", ["Trong đó:", "1. Công tác chỉ đạo, tổ chức thực hiện"])
def test_knows_headings(text: Any) -> None:
    assert not LabelIndex(IIA).knows(text)


def test_percent_heading_is_a_year() -> None:
    assert year_of("Năm 2021 (%)", IIA) is None


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (["unit_id,name,kind,form", 'X1,"Xã" A,commune,IIA'], 2),
        (["unit_id,name,kind,form", "X1,A,commune,IIA", 'X2,"Xã" B,commune,IIA'], 3),
    ],
)
def test_line_of_a_csv_mistake(lines: Any, line: Any, tmp_path: Any) -> None:
    campaign = new_campaign(tmp_path, "Đồng Nai")
    (campaign.folder / "units.csv").write_text("\n".join(lines))
    with pytest.raises(CampaignError) as caught:
        open_campaign(tmp_path)
    assert caught.value.line == line


@pytest.mark.parametrize("head", ['"unit_id,name,kind,form', '"unit_id"x,name,kind,form'])
def test_quote_in_the_header(head: Any, tmp_path: Any) -> None:
    campaign = new_campaign(tmp_path, "Đồng Nai")
    (campaign.folder / "units.csv").write_text(f"{head}\nX1,A,commune,IIA\n")
    with pytest.raises(CampaignError):
        open_campaign(tmp_path)


@pytest.mark.parametrize(
    "units",
    [
        "unit_id,name,kind,form\nX1,Xã A,commune,IIA\nX2,Xã A,commune,IIA\n",  # one name twice in a form
        "unit_id,name,kind,form,alias\nX1,Xã A,commune,IIA,B\n",  # unknown column, so its aliases are lost
        "unit_id,name,kind,form,name\nX1,Xã A,commune,IIA,Xã B\n",  # column twice
    ],
)
def test_units_csv_accepts(units: Any, tmp_path: Any) -> None:
    campaign = new_campaign(tmp_path, "Đồng Nai")
    (campaign.folder / "units.csv").write_text(units)
    with pytest.raises(CampaignError):
        open_campaign(tmp_path)


@pytest.mark.parametrize("settings", ["deadlines = {commune = 5}", "deadlines.commune = 5"])
def test_line_of_an_inline_deadline(settings: Any, tmp_path: Any) -> None:
    campaign = new_campaign(tmp_path, "Đồng Nai")
    path = campaign.folder / "campaign.toml"
    text = path.read_text()
    path.write_text(settings + "\n" + text[: text.index("[deadlines]")])
    with pytest.raises(CampaignError) as caught:
        open_campaign(tmp_path)
    assert caught.value.line == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.encode("utf-16"),
        lambda t: t.encode() + b"\xff",
        lambda t: ('rows = ["a"]\n' + t[: t.index("[[rows]]")]).encode(),
        lambda t: t.replace('"r6 <= r5"', "5").encode(),
        lambda t: t.replace("r6 <= r5", "r6 in ()").encode(),
    ],
)
def test_form_file_raises_something_else(change: Any, tmp_path: Any) -> None:
    (tmp_path / "f.toml").write_bytes(change(HALF.read_text()))
    with pytest.raises(FormError):
        load_form(tmp_path / "f.toml")


def test_form_file_with_bom(tmp_path: Any) -> None:
    (tmp_path / "f.toml").write_bytes(b"\xef\xbb\xbf" + HALF.read_bytes())
    assert load_form(tmp_path / "f.toml").id == "6T"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("parent = 1", "parent = 9"),
        ("years = [2023]", 'years = "2023"'),
        ("years = [2023]", "years = []"),
        ('label = "Tổng kinh phí"\n', "label = 5\n"),
        ('id = "6T"', "id = 6"),
        ('"commune"', '"xa"'),
    ],
)
def test_form_file_accepts(old: Any, new: Any, tmp_path: Any) -> None:
    (tmp_path / "f.toml").write_text(HALF.read_text().replace(old, new, 1))
    with pytest.raises(FormError):
        load_form(tmp_path / "f.toml")


def test_in_nothing() -> None:
    with pytest.raises(ExpressionError):
        parse("r5 in ()")


def test_new_below_a_file(tmp_path: Any) -> None:
    (tmp_path / "tep").write_text("")
    with pytest.raises(PcmdError):
        new_campaign(tmp_path / "tep" / "x", "Huế")


def test_new_keeps_units(tmp_path: Any) -> None:
    (tmp_path / "units.csv").write_text("danh sách của tôi")
    with contextlib.suppress(CampaignError):
        new_campaign(tmp_path, "Huế")
    assert (tmp_path / "units.csv").read_text() == "danh sách của tôi"


def test_rival_is_another_row() -> None:
    (match,) = align(np.array([[0.76]]), np.zeros((1, 1)), [True]).values()
    assert match.rival != match.place

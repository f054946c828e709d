"""Writing: always the same bytes, whole or not at all, for any campaign."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import openpyxl
import pytest

from pcmd_consolidate import Campaign, Consolidation, Returns, consolidate, read_returns
from pcmd_consolidate.errors import OutputError
from pcmd_consolidate.forms import load_form
from pcmd_consolidate.summary import write_summary
from pcmd_consolidate.units import Registry, Unit
from tests.frames import returns, values
from tests.summary.books import annex_rows, formulas, texts
from tests.summary.inbox import fill_inbox, plain_cells, small_campaign, write_annex

SHORT_FORM = Path(__file__).parent.parent / "data" / "bao-cao-6-thang.toml"


def test_the_same_consolidation_gives_the_same_bytes(consolidation: Consolidation, tmp_path: Path) -> None:
    first, second = (write_summary(consolidation, tmp_path / name) for name in ("first.xlsx", "second.xlsx"))

    assert first.read_bytes() == second.read_bytes()


def test_the_folder_is_made_and_nothing_else_is_left_in_it(consolidation: Consolidation, tmp_path: Path) -> None:
    path = write_summary(consolidation, tmp_path / "ket-qua" / "tong-hop-pcmd.xlsx")

    assert list((tmp_path / "ket-qua").iterdir()) == [path]


@pytest.mark.parametrize("name", ["a.csv", "a.xls", "a.xlsm", "a", ".xlsx"])
def test_a_name_that_is_no_workbooks_is_refused(consolidation: Consolidation, tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match=r"hãy đặt tên kết thúc bằng \.xlsx") as caught:
        consolidation.to_excel(tmp_path / name)

    assert caught.value.path == tmp_path / name
    assert list(tmp_path.iterdir()) == []


def test_the_ending_may_be_in_capitals(consolidation: Consolidation, tmp_path: Path) -> None:
    assert openpyxl.load_workbook(consolidation.to_excel(str(tmp_path / "A.XLSX"))).sheetnames[0] == "Tổng quan"


def test_a_workbook_open_in_excel_is_left_whole(
    consolidation: Consolidation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "tong-hop-pcmd.xlsx"
    path.write_bytes(b"old")

    def locked(*_: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(os, "replace", locked)
    with pytest.raises(OutputError, match="đang mở trong Excel"):
        write_summary(consolidation, path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_the_old_workbook_whole(
    consolidation: Consolidation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "tong-hop-pcmd.xlsx"
    path.write_bytes(b"old")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("xlsxwriter.workbook.ZipFile", full)
    with pytest.raises(OutputError, match="ổ đĩa đã đầy"):
        write_summary(consolidation, path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_has_come_back_yet(tmp_path: Path) -> None:
    result = consolidate(read_returns(small_campaign(tmp_path / "dong-nai")))
    book = openpyxl.load_workbook(write_summary(result, tmp_path / "x.xlsx"))
    shown = openpyxl.load_workbook(tmp_path / "x.xlsx", data_only=True)["Phụ lục IIA"]

    assert book["Phụ lục IIA"]["A6"].value == "(Số liệu của 0/4 đơn vị phải báo cáo; chưa có số liệu của 4 đơn vị)"
    assert book["Nguồn số liệu"].max_row == 3
    assert result.findings["rule"].tolist() == ["B61"], "blocks of the form that no unit of this campaign owns"
    assert all(shown.cell(line, 3).value is None for line in annex_rows(shown, load_form("IIA")).values())


def test_all_is_complete(tmp_path: Path) -> None:
    campaign = small_campaign(tmp_path / "dong-nai")
    form = campaign.form("IIA")
    for seed, unit in enumerate(campaign.registry.of_form("IIA"), start=1):
        write_annex(campaign.inbox / f"{unit.unit_id}.xlsx", form, unit.name, plain_cells(form, seed))
    path = write_summary(consolidate(read_returns(campaign)), tmp_path / "x.xlsx")
    sheet = openpyxl.load_workbook(path)["Phụ lục IIA"]

    assert not any("chưa có số liệu của" in text or "để trống" in text for text in texts(sheet))


def test_no_relative_link_leads_to_another_drive(
    consolidation: Consolidation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def on_another_drive(*_: object) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr("pcmd_consolidate.summary.sources.os.path.relpath", on_another_drive)
    book = openpyxl.load_workbook(write_summary(consolidation, tmp_path / "x.xlsx"))

    assert book["IIA theo đơn vị"]["B5"].value == "Xã Lộc Thành"
    assert book["IIA theo đơn vị"]["B5"].hyperlink is None
    assert book["Tiến độ nộp"]["L4"].value == "2025-08-20/CAT.xlsx"


def test_stocks_are_summed_where_the_campaign_says_so(consolidation: Consolidation, tmp_path: Path) -> None:
    campaign = dataclasses.replace(consolidation.campaign, stock_total="sum")
    result = consolidate(dataclasses.replace(consolidation.returns, campaign=campaign))
    sheet = openpyxl.load_workbook(write_summary(result, tmp_path / "x.xlsx"))["Phụ lục IIA"]
    rows = annex_rows(sheet, campaign.form("IIA"))

    assert str(sheet.cell(rows[52], 8).value).startswith("=IF(COUNT(C")
    assert sheet.cell(rows[14], 8).value == f"=G{rows[14]}"


def one_form(consolidation: Consolidation, **changes: object) -> Campaign:
    """A campaign of one form of our own, filled by two communes."""
    form = dataclasses.replace(load_form(SHORT_FORM), **changes)  # type: ignore[arg-type]
    units = [Unit(f"X{n}", f"Xã {n}", "commune", form.id) for n in (1, 2)]
    return dataclasses.replace(consolidation.campaign, forms=(form,), deadlines={}, registry=Registry(units))


def summed(campaign: Campaign) -> Returns:
    form = campaign.forms[0]
    given = {("X1", row.number, year): 1.0 for row in form.indicators for year in form.years}
    return returns(campaign, values(campaign, form.id, given))


def figures(path: Path, campaign: Campaign, row: int) -> list[object]:
    """The provincial figures of a row, with Tổng cộng."""
    form = campaign.forms[0]
    sheet = openpyxl.load_workbook(path, data_only=True)[form.name]
    line = annex_rows(sheet, form)[row]
    return [sheet.cell(line, 3 + place).value for place in range(len(form.years) + 1)]


def test_a_form_of_one_year(consolidation: Consolidation, tmp_path: Path) -> None:
    campaign = one_form(consolidation)
    path = write_summary(consolidate(summed(campaign)), tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(path)

    assert book.sheetnames[1:3] == ["Biểu 6 tháng", "6T theo đơn vị"]
    assert figures(path, campaign, row=2) == [1, 1]
    assert not any("SUMPRODUCT" in formula for formula in formulas(book).values())


def test_a_form_of_many_years(consolidation: Consolidation, tmp_path: Path) -> None:
    years = tuple(range(2001, 2026))
    campaign = one_form(consolidation, years=years, partial=None)
    path = write_summary(consolidate(summed(campaign)), tmp_path / "x.xlsx")

    assert openpyxl.load_workbook(path)["Biểu 6 tháng"].page_setup.orientation == "landscape"
    assert figures(path, campaign, row=2) == [*[1] * 25, 25]
    assert figures(path, campaign, row=8) == [*[1] * 25, 1]


def test_names_of_forms_become_names_that_excel_allows(consolidation: Consolidation, tmp_path: Path) -> None:
    campaign = one_form(consolidation, name="Tổng quan")
    other = dataclasses.replace(campaign.forms[0], id="6T/b", name="Biểu [2]: tình hình 'kinh phí' các xã, phường")
    units = [*campaign.registry, Unit("X1", "Xã 1", "commune", other.id)]
    campaign = dataclasses.replace(campaign, forms=(*campaign.forms, other), registry=Registry(units))
    path = write_summary(consolidate(summed(campaign)), tmp_path / "x.xlsx")

    assert openpyxl.load_workbook(path).sheetnames[:5] == [
        "Tổng quan", "Tổng quan (2)", "Biểu  2   tình hình 'kinh phí' ", "6T theo đơn vị", "6T b theo đơn vị",
    ]  # fmt: skip


def test_the_order_of_files_changes_nothing(tmp_path: Path) -> None:
    campaign = small_campaign(tmp_path / "dong-nai")
    fill_inbox(campaign)
    read = read_returns(campaign)
    again = dataclasses.replace(read, files=tuple(reversed(read.files)))
    first = write_summary(consolidate(read), campaign.folder / "a.xlsx")
    second = write_summary(consolidate(again), campaign.folder / "b.xlsx")

    assert first.read_bytes() == second.read_bytes()


def test_the_reason_is_told_where_one_of_several_returns_was_chosen(tmp_path: Path) -> None:
    campaign = small_campaign(tmp_path / "dong-nai")
    form = campaign.form("IIA")
    for seed, day in enumerate(("2025-08-20", "2025-08-25"), start=1):
        write_annex(campaign.inbox / day / "Lộc Thành.xlsx", form, "Xã Lộc Thành", plain_cells(form, seed))
    result = consolidate(read_returns(campaign))
    used = result.submissions.set_index("status").loc["on_time"]
    sheet = openpyxl.load_workbook(write_summary(result, tmp_path / "x.xlsx"))["Tiến độ nộp"]
    told = {row[4]: (row[11], row[12]) for row in sheet.iter_rows(min_row=4, values_only=True)}

    assert told["Đúng hạn"] == (used["file"], f"Dùng bản {used['reason']}")
    assert told["Đã có bản mới hơn"][1] is None

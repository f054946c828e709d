"""Several returns of one unit, returns of nobody, and what the officer settles in inbox.csv."""

from __future__ import annotations

import csv
import os
import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from pcmd_consolidate import Campaign, Returns, consolidate, new_campaign, open_campaign, read_returns
from pcmd_consolidate.errors import CampaignError
from pcmd_consolidate.rulings import add_questions
from tests.strangers.annexes import SHAPES, Annex
from tests.summary.inbox import plain_cells, write_annex

LOC_THANH, LOC_THANH_2 = "X25294", "X25280"


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    return new_campaign(tmp_path / "dong-nai", "Đồng Nai")


@pytest.fixture
def annex(campaign: Campaign) -> Annex:
    """A retyped annex of Xã Lộc Thành."""
    return SHAPES["letterhead"](campaign.inbox)


def changed(annex: Annex, path: Path, *, title: str | None = None, first: int | None = None) -> Path:
    """The annex with another title, or another figure in its first cell, saved at another time."""
    book = openpyxl.load_workbook(annex.path)
    sheet = book.active
    for row in sheet.iter_rows():
        for cell in row:
            if title is not None and "LỘC THÀNH" in str(cell.value).upper():
                cell.value = title
            if first is not None and cell.value == annex.truth[2, 2021] and sheet.cell(cell.row, 1).value:
                cell.value, first = first, None
    book.save(path)
    return path


def statuses(returns: Returns) -> dict[str, str]:
    given = returns.submissions[returns.submissions["file"] != ""]
    return dict(zip(given["file"], given["status"], strict=True))


def ask(campaign: Campaign, returns: Returns) -> list[dict[str, str]]:
    path = campaign.folder / "inbox.csv"
    add_questions(path, campaign.rulings, returns.questions)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def answer(campaign: Campaign, lines: list[dict[str, str]]) -> Campaign:
    with (campaign.folder / "inbox.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, lines[0])
        writer.writeheader()
        writer.writerows(lines)
    return open_campaign(campaign.folder)


def test_a_return_of_nobody_is_asked_about_and_then_read(campaign: Campaign, annex: Annex) -> None:
    changed(annex, campaign.inbox / "Loc Thanh.xlsx", title="Đơn vị: ...")
    annex.path.unlink()
    returns = read_returns(campaign)
    assert statuses(returns) == {"Loc Thanh.xlsx": "unidentified"}
    assert len(returns.values) == 0

    lines = ask(campaign, returns)
    assert [(line["file"], line["unit_id"], line["form"]) for line in lines] == [("Loc Thanh.xlsx", "", "IIA")]
    assert "Xã Lộc Thạnh" in lines[0]["question"]
    assert "Xã Lộc Thành" in lines[0]["question"]

    lines[0]["unit_id"] = LOC_THANH
    settled = read_returns(answer(campaign, lines))
    assert statuses(settled) == {"Loc Thanh.xlsx": "late"}
    assert set(settled.values["unit_id"]) == {LOC_THANH}
    assert settled.questions == ()


def test_questions_are_asked_once_and_answers_stay(campaign: Campaign, annex: Annex) -> None:
    changed(annex, campaign.inbox / "Loc Thanh.xlsx", title="Đơn vị: ...")
    first = ask(campaign, read_returns(campaign))
    again = open_campaign(campaign.folder)

    assert ask(again, read_returns(again)) == first


def test_the_return_saved_last_counts_and_says_why(campaign: Campaign, annex: Annex) -> None:
    later = changed(annex, campaign.inbox / "gui lai.xlsx", first=990)
    book = openpyxl.load_workbook(later)
    book.properties.modified = book.properties.modified.replace(year=2030)
    saved = book.properties.modified
    book.save(later)
    _set_saved(later, saved.strftime("%Y-%m-%dT%H:%M:%SZ"))
    returns = read_returns(campaign)

    assert statuses(returns) == {annex.path.name: "superseded", "gui lai.xlsx": "late"}
    line = returns.submissions[returns.submissions["file"] == "gui lai.xlsx"]
    assert line["reason"].item() == "lưu sau cùng"
    changes = returns.resubmissions
    assert changes[["row", "year", "value", "replaced_value", "effect"]].values.tolist() == [
        [2, 2021, 990, annex.truth[2, 2021], 990 - (annex.truth[2, 2021] or 0)]
    ]


def _set_saved(path: Path, stamp: str) -> None:
    """openpyxl always writes the present time; put another one into the document."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["docProps/core.xml"] = re.sub(
        rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp.encode(), parts["docProps/core.xml"]
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def test_what_the_officer_pins_counts(campaign: Campaign, annex: Annex) -> None:
    other = changed(annex, campaign.inbox / "gui lai.xlsx", first=990)
    for path in (other, annex.path):
        _set_saved(path, "2025-08-20T08:00:00Z")
        os.utime(path, (1_755_000_000, 1_755_000_000))
    returns = read_returns(campaign)
    assert set(statuses(returns).values()) == {"undecided"}
    assert len(returns.values) == 0

    lines = ask(campaign, returns)
    assert len(lines) == 2
    next(line for line in lines if line["file"] == annex.path.name)["unit_id"] = LOC_THANH
    pinned = read_returns(answer(campaign, lines))

    assert statuses(pinned) == {annex.path.name: "on_time", "gui lai.xlsx": "superseded"}
    assert pinned.values.query("row == 2 and year == 2021")["value"].item() == annex.truth[2, 2021]
    line = pinned.submissions[pinned.submissions["file"] == annex.path.name]
    assert line["reason"].item() == "theo inbox.csv"


def test_an_identical_copy_counts_once(campaign: Campaign, annex: Annex) -> None:
    shutil.copy2(annex.path, campaign.inbox / "z bản sao.xlsx")
    returns = read_returns(campaign)

    assert statuses(returns) == {annex.path.name: "late", "z bản sao.xlsx": "duplicate"}
    assert consolidate(returns).totals.query("form == 'IIA' and row == 2")["reported"].max() == 1


@pytest.mark.parametrize(
    ("line", "field"),
    [(",Sheet1,X25294,IIA,", "file"), ("a.xlsx,,X99999,,", "unit_id"), ("a.xlsx,,X25294,IA,", "form")],
)
def test_a_mistake_in_inbox_csv_names_line_and_column(campaign: Campaign, line: str, field: str) -> None:
    path = campaign.folder / "inbox.csv"
    path.write_text(f"file,sheet,unit_id,form,question\n{line}\n", encoding="utf-8")

    with pytest.raises(CampaignError) as caught:
        open_campaign(campaign.folder)
    assert (caught.value.path, caught.value.line, caught.value.field) == (path, 2, field)


def test_a_newer_return_with_fewer_figures_is_told_with_how_many_it_drops(campaign: Campaign) -> None:
    form = campaign.form("IIA")
    figures = plain_cells(form, 1)
    left = {key: value for key, value in figures.items() if key not in ((4, 2021), (4, 2022), (55, 2024))}
    write_annex(campaign.inbox / "2025-08-20" / "bieu.xlsx", form, "Xã Lộc Ninh", figures)
    write_annex(campaign.inbox / "2025-08-26" / "bo sung.xlsx", form, "Xã Lộc Ninh", left | {(5, 2021): 7})

    findings = read_returns(campaign).findings

    (told,) = findings.loc[findings["rule"] == "F14g", "message"]
    assert "2025-08-26/bo sung.xlsx [Số liệu]) thiếu 3 số liệu" in told


def test_a_newer_return_with_all_figures_drops_none(campaign: Campaign) -> None:
    form = campaign.form("IIA")
    write_annex(campaign.inbox / "2025-08-20" / "bieu.xlsx", form, "Xã Lộc Ninh", plain_cells(form, 1))
    write_annex(campaign.inbox / "2025-08-26" / "bieu.xlsx", form, "Xã Lộc Ninh", plain_cells(form, 2))

    assert {"F14d", "F14g"} & set(read_returns(campaign).findings["rule"]) == {"F14d"}


# ---- files that cannot be opened ------------------------------------------------------------------------------------


def torn(annex: Annex, path: Path) -> Path:
    path.write_bytes(annex.path.read_bytes()[:3000])
    return path


def names(campaign: Campaign, file: str, unit_id: str) -> Campaign:
    """The officer writes into ``inbox.csv`` who sent a file."""
    lines = ask(campaign, read_returns(campaign))
    return answer(campaign, [line | {"unit_id": unit_id} if line["file"] == file else line for line in lines])


def test_a_torn_file_is_asked_about(campaign: Campaign, annex: Annex) -> None:
    torn(annex, campaign.inbox / "hong.xlsx")
    (line,) = ask(campaign, read_returns(campaign))

    assert (line["file"], line["sheet"], line["unit_id"], line["form"]) == ("hong.xlsx", "", "", "")
    assert line["question"].endswith(
        "Ghi mã đơn vị đã gửi tệp này vào cột unit_id; khi đơn vị có bản khác dùng được, tệp này không còn tính là lỗi."
    )
    assert len(ask(open_campaign(campaign.folder), read_returns(campaign))) == 1, "asked once"


def test_a_torn_file_that_was_resent_is_settled_by_naming_its_sender(campaign: Campaign, annex: Annex) -> None:
    torn(annex, campaign.inbox / "hong.xlsx")
    before = consolidate(read_returns(campaign))
    settled = names(campaign, "hong.xlsx", "X25294")
    result = consolidate(read_returns(settled))
    about = result.findings[result.findings["file"] == "hong.xlsx"]

    assert statuses(before.returns) == {annex.path.name: "late", "hong.xlsx": "rejected"}
    assert statuses(result.returns) == {annex.path.name: "late", "hong.xlsx": "superseded"}
    assert (before.errors, result.errors) == (1, 0)
    assert about[["severity", "rule", "unit_id", "form"]].values.tolist() == [["info", "F14h", "X25294", "IIA"]]
    assert f"đã có {annex.path.name} [" in about["message"].item()
    assert "Không mở được tệp" in about["message"].item()
    assert result.returns.questions == ()
    pd.testing.assert_frame_equal(result.totals, before.totals)


def test_a_torn_file_of_a_unit_that_sent_nothing_else_stays_an_error(campaign: Campaign, annex: Annex) -> None:
    torn(annex, campaign.inbox / "hong.xlsx")
    result = consolidate(read_returns(names(campaign, "hong.xlsx", "X25210")))
    line = result.submissions[result.submissions["file"] == "hong.xlsx"]

    assert line[["unit_id", "status", "errors"]].values.tolist() == [["X25210", "rejected", 1]]
    assert result.submissions.query("unit_id == 'X25210' and status == 'missing'").shape[0] == 1
    assert result.errors == 1


def test_a_named_file_that_cannot_be_read_is_still_listed_in_the_summary(
    campaign: Campaign, annex: Annex, tmp_path: Path
) -> None:
    torn(annex, campaign.inbox / "hong.xlsx")
    result = consolidate(read_returns(names(campaign, "hong.xlsx", "X25210")))
    book = openpyxl.load_workbook(result.to_excel(tmp_path / "tong-hop.xlsx"))
    lines = [[str(cell.value) for cell in row if cell.value is not None] for row in book["Tổng quan"].iter_rows()]

    (told,) = [" ".join(line) for line in lines if "hong.xlsx" in line]
    assert "Không mở được tệp" in told

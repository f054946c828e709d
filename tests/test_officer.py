"""An officer's round by the ten steps of the README: 20 returns, 3 of them broken, up to the signature."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from pcmd_consolidate.campaign import Campaign, open_campaign
from pcmd_consolidate.cli import main
from samples import generate


def pcmd(*args: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(args)
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


def keep_twenty_communes(folder: Path) -> None:
    settings = folder / "campaign.toml"
    settings.write_text(settings.read_text("utf-8").replace('["IA", "IIA"]', '["IIA"]'), encoding="utf-8")
    with (folder / "units.csv").open(encoding="utf-8-sig", newline="") as lines:
        head, *units = csv.reader(lines)
    with (folder / "units.csv").open("w", encoding="utf-8-sig", newline="") as lines:
        csv.writer(lines).writerows([head, *[unit for unit in units if unit[3] == "IIA"][:20]])


def type_in(path: Path, target: Path, campaign: Campaign, figures: dict[tuple[int, int], object]) -> None:
    """Type figures over what stands in a return."""
    book = openpyxl.load_workbook(path)
    sheet = book["Phụ lục IIA"]
    rows = {cell.value: cell.row for cell in sheet["A"] if isinstance(cell.value, int)}
    years, _ = generate.columns_of(sheet, campaign.form("IIA"))
    for (row, year), value in figures.items():
        sheet.cell(rows[row], years[year]).value = value
    book.save(target)


def copy_the_table(path: Path, target: Path) -> None:
    """The table pasted into a new workbook, without the name of the unit and the hidden ids."""
    book = openpyxl.Workbook()
    for row in openpyxl.load_workbook(path)["Phụ lục IIA"].iter_rows():
        for cell in row:
            named = cell.row < 8 and any(word in str(cell.value).upper() for word in ("PHƯỜNG", "XÃ "))
            if cell.value is not None and not named and not str(cell.value).startswith("="):
                book.active.cell(cell.row, cell.column).value = cell.value
    book.save(target)


def test_from_an_empty_folder_to_the_signature(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "dong-nai"
    where = str(folder)
    assert pcmd("new", where, "--province", "đồng nai") == 0
    keep_twenty_communes(folder)
    assert pcmd("handout", where) == 0

    campaign = open_campaign(folder)
    inbox = campaign.inbox / "2025-08-28"
    inbox.mkdir()
    torn, wrong, bare, *_ = (path.rename(inbox / path.name) for path in generate.fill_campaign(campaign, seed=11))
    for path in campaign.inbox.glob("*.xlsx"):
        path.rename(inbox / path.name)
    torn.write_bytes(torn.read_bytes()[:9000])
    type_in(wrong, wrong, campaign, {(23, 2023): "khoảng 12-15", (27, 2022): 500})
    copy_the_table(bare, inbox / "bieu so lieu.xlsx")
    bare.unlink()
    capsys.readouterr()

    assert pcmd("consolidate", where, "--strict") == 3
    assert pcmd("status", where, "--letter") == 0
    assert (
        "18/20 đơn vị đã nộp. Còn 2 đơn vị chưa nộp: Phường Bình Phước; Phường Phước Long." in capsys.readouterr().out
    )
    assert pcmd("feedback", where) == 0

    questions = (folder / "inbox.csv").read_text("utf-8-sig")
    answers = questions.replace(",,IIA,", ",X25217,IIA,").replace(f"{torn.name},,,,", f"{torn.name},,X25195,,")
    (folder / "inbox.csv").write_text(answers, encoding="utf-8-sig")
    again = campaign.inbox / "2025-08-30"
    again.mkdir()
    (marked,) = (folder / "phan-hoi").glob("X25210*.xlsx")
    type_in(marked, again / marked.name, campaign, {(23, 2023): 13, (27, 2022): 0})
    (blank,) = (folder / "phat-hanh").rglob("*X25195*.xlsx")
    unit = campaign.registry.get("X25195", "IIA")
    assert unit is not None
    generate.fill_form(blank, again / "gui lai.xlsx", unit, campaign.form("IIA"), seed=11)
    capsys.readouterr()

    assert pcmd("consolidate", where, "--strict") == 0
    assert pcmd("status", where, "--letter") == 0
    assert capsys.readouterr().out.endswith("Phụ lục IIA: 20/20 đơn vị đã nộp.\n")
    pytest.importorskip("docx", reason="writes the report")
    assert pcmd("report", where) == 0

"""Feedback on the return of a merged commune: its own workbook, marked where it is wrong, comes back right."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pcmd_consolidate import Consolidation, consolidate, open_campaign, read_returns, write_feedback
from tests.merged_books import FORMER, blank_book, cells, lines, made_up_province, recalculated, type_into

MAIN, RED = "Phụ lục IIA", "FFFF9C9C"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Words on the sheet of a former commune, and a figure typed over a sum."""
    campaign = made_up_province(tmp_path / "tinh-mau")
    typed: dict[str, dict[tuple[int, int], object]] = {name: {} for name in FORMER}
    for name in FORMER:
        for row in campaign.form("IIA").indicators:
            answer = "Không" if row.value_type == "yes_no" else 1
            typed[name] |= {(row.number, year): answer for year in campaign.years}
    typed[FORMER[1]][4, 2022] = "nhiều lắm"
    path = blank_book(campaign, tmp_path / "bieu.xlsx")
    type_into(path, {**typed, MAIN: {(2, 2021): 7}})
    recalculated(path, campaign.inbox)
    return campaign.folder


def run(folder: Path) -> Consolidation:
    return consolidate(read_returns(open_campaign(folder)))


def test_the_cells_are_marked_on_their_sheets(folder: Path) -> None:
    first, *_ = write_feedback(run(folder))
    book = openpyxl.load_workbook(first)
    wrong = {MAIN: (2, 4), FORMER[1]: (4, 5)}

    assert book.sheetnames[:4] == ["Cần sửa", MAIN, "Xã, phường cũ", FORMER[0]]
    for name, (number, column) in wrong.items():
        cell = book[name].cell(lines(book[name])[number], column)
        assert cell.fill.fgColor.rgb == RED
        assert cell.comment.text.startswith("LỖI")


def test_the_corrected_workbook_is_the_return(folder: Path, tmp_path: Path) -> None:
    first, *_ = write_feedback(run(folder))
    book = openpyxl.load_workbook(first)
    main, part = book[MAIN], book[FORMER[1]]
    beside = main.cell(lines(main)[2], 5).value
    main.cell(lines(main)[2], 4).value = str(beside).replace("E", "D").replace("DXACT", "EXACT")
    part.cell(lines(part)[4], 5).value = 1
    book.save(tmp_path / "sua.xlsx")
    later = folder / "inbox" / "2025-09-30"
    sent = recalculated(tmp_path / "sua.xlsx", later)
    result = run(folder)
    own = result.values[result.values["unit_id"] == "X1"]

    stored = dict(cells(openpyxl.load_workbook(sent, data_only=True)[MAIN]))
    assert (stored[2, 2021], stored[4, 2022]) == (3, 3)
    assert set(own["file"]) == {"2025-09-30/sua.xlsx"}
    assert own.loc[own["row"].eq(2) & own["year"].eq(2021), "value"].item() == 3
    assert own.loc[own["row"].eq(4) & own["year"].eq(2022), "value"].item() == 3
    assert not {"F19", "F19b", "F19c", "F19d", "E02", "E04"} & set(result.findings["rule"])

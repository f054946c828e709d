"""The summary of a round in which merged communes tell which former communes are in."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from pcmd_consolidate import consolidate, read_returns
from pcmd_consolidate.summary import write_summary
from tests.merged_books import FORMER, blank_book, made_up_province, type_into


def test_progress_says_how_many_former_communes_are_in(tmp_path: Path) -> None:
    campaign = made_up_province(tmp_path / "tinh-mau")
    path = blank_book(campaign, campaign.inbox / "bieu.xlsx")
    type_into(path, {name: {(2, 2021): 1} for name in FORMER[:2]})
    result = consolidate(read_returns(campaign))
    book = openpyxl.load_workbook(write_summary(result, tmp_path / "tong-hop.xlsx"))
    remarks = [row[12].value for row in book["Tiến độ nộp"].iter_rows(min_row=4)]

    assert remarks == ["Mới cộng 2/3 xã cũ", None]
    assert "còn thiếu: Xã Bãi Cát." in " ".join(
        str(row[7].value) for row in book["Lỗi và cảnh báo"].iter_rows(min_row=4)
    )

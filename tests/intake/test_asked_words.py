"""Words that a row asks for, written into its label."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pcmd_consolidate import consolidate, read_returns
from pcmd_consolidate.intake.asked_words import asked_words
from tests.summary.inbox import plain_cells, small_campaign, write_annex

PLANS = "Các Kế hoạch khác (ghi rõ:...)"
MODELS = "Tổng số mô hình được xây dựng, duy trì (nêu rõ mô hình gì?)"


@pytest.mark.parametrize(
    ("typed", "label", "said"),
    [
        ("+ Các Kế hoạch khác (ghi rõ: phòng, chống mua bán người)", PLANS, "phòng, chống mua bán người"),
        ("Các Kế hoạch khác (ghi rõ: Kế hoạch số 12/KH-UBND)", PLANS, "Kế hoạch số 12/KH-UBND"),
        ("Các kế hoạch khác (Ghi rõ): bình đẳng giới", PLANS, "bình đẳng giới"),
        (PLANS, PLANS, ""),
        ("+ Các Kế hoạch khác (ghi rõ:………)", PLANS, ""),
        ("- Tổng số mô hình (nêu rõ mô hình gì? CLB Đồng hành)", MODELS, "CLB Đồng hành"),
        ("- Tổng số mô hình (nêu rõ mô hình gì): 2 CLB", MODELS, "2 CLB"),
        (MODELS, MODELS, ""),
        ("Số cuộc truy quét (ghi rõ nơi)", "Số cuộc truy quét tại địa điểm công cộng", ""),
    ],
)
def test_what_follows_the_words_of_the_form_is_what_the_unit_wrote(typed: str, label: str, said: str) -> None:
    assert asked_words(typed, label) == said


def test_it_is_collected_in_the_summary(tmp_path: Path) -> None:
    campaign = small_campaign(tmp_path / "dong-nai")
    form = campaign.form("IIA")
    path = write_annex(campaign.inbox / "a.xlsx", form, "Xã Lộc Thành", plain_cells(form, 1))
    book = openpyxl.load_workbook(path)
    sheet = book["Số liệu"]
    cell = next(row[0] for row in sheet.iter_rows(max_col=1) if "nêu rõ" in str(row[0].value))
    cell.value = "- Tổng số mô hình được xây dựng, duy trì (nêu rõ mô hình gì? CLB Phụ nữ tự lực)"
    book.save(path)
    summary = consolidate(read_returns(campaign)).to_excel(tmp_path / "x.xlsx")
    page = openpyxl.load_workbook(summary)["Giải trình và ghi chú"]
    lines = [line[:8] for line in page.iter_rows(min_row=4, values_only=True)]

    assert lines == [
        ("Ghi chú", "X01", "Xã Lộc Thành", "IIA", 49, f"- {MODELS}", None, "CLB Phụ nữ tự lực"),
    ]  # fmt: skip

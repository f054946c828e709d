"""A small campaign, and returns as clerks make them: typed line by line, with every cell known by its place.

All figures are made up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from pcmd_consolidate import Campaign, Consolidation, consolidate, open_campaign, read_returns

FORM = Path(__file__).parents[1] / "data" / "bao-cao-6-thang.toml"
ONE_MORE_RULE = """
[[rules]]
id = "T03"
severity = "explain"
expression = "r2 <= 100"
message = "Số cuộc truyền thông nhiều khác thường"
"""
SETTINGS = """
title = "Đợt thử"
province = "Đồng Nai"
forms = ["form.toml"]
years = [2023]
cut_off = 2023-06-30
"""
UNITS = """unit_id,name,kind,form
X1,Xã Đak Lua,commune,6T
X2,Phường Trấn Biên,commune,6T
X3,Xã Phú Lý,commune,6T
"""
LABELS = (
    "1. Truyền thông",
    "- Số cuộc truyền thông về phòng, chống mại dâm",
    "- Số người tham gia các cuộc truyền thông",
    "2. Xử lý vi phạm",
    "- Số người bị xử lý vi phạm hành chính",
    "+ Số chủ chứa, môi giới",
    "3. Nguồn lực",
    "- Số cán bộ làm công tác phòng, chống mại dâm",
    "- Tổng kinh phí",
    "- Có kế hoạch năm về phòng, chống mại dâm",
)
CELLS = {2: "C5", 3: "C6", 5: "C8", 6: "C9", 8: "C11", 9: "C12", 10: "C13"}
"""Line of the form → the cell that it is typed into."""
RIGHT: dict[int, object] = {2: 4, 3: 120, 5: 3, 6: 2, 8: 1, 9: 12.5, 10: "Có"}
"""Figures in which there is nothing to find."""
WRONG = RIGHT | {2: 400, 6: 9, 8: "nhiều lắm"}
"""Line 2 is unlikely (T03), line 6 more than line 5 (T01), line 8 no number (E04)."""
SAVED = dt.datetime(2023, 7, 3, 8, 30)
SAVED_LATER = dt.datetime(2023, 7, 20, 14, 0)


def new_round(folder: Path) -> Path:
    """A campaign of three communes."""
    (folder / "inbox").mkdir(parents=True)
    (folder / "form.toml").write_text(FORM.read_text("utf-8") + ONE_MORE_RULE, encoding="utf-8")
    (folder / "campaign.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "units.csv").write_text(UNITS, encoding="utf-8")
    return folder


def typed(sheet: Worksheet, unit: str, figures: Mapping[int, object]) -> None:
    """Type a return into an empty sheet."""
    sheet.title = "Biểu 6T"
    sheet["A1"] = f"UBND {unit.upper()}"
    sheet["A2"] = "BÁO CÁO CÔNG TÁC PHÒNG, CHỐNG MẠI DÂM"
    for cell, text in zip(("A3", "B3", "C3"), ("Chỉ tiêu", "Đơn vị tính", "6 tháng đầu năm 2023"), strict=True):
        sheet[cell] = text
    for place, label in enumerate(LABELS, start=4):
        sheet.cell(place, 1, label)
    for line, figure in figures.items():
        sheet[CELLS[line]] = figure


def send(path: Path, unit: str, figures: Mapping[int, object]) -> Path:
    """A return, saved."""
    book = openpyxl.Workbook()
    typed(book.active, unit, figures)
    return save(book, path, SAVED)


def save(book: Any, path: Path, saved: dt.datetime) -> Path:
    """Save a workbook as a spreadsheet program does that day: openpyxl would note today."""
    from openpyxl.writer import excel

    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> Clock:
            return cls(saved.year, saved.month, saved.day, saved.hour, saved.minute, tzinfo=tz)

    real = excel.datetime.datetime
    excel.datetime.datetime = Clock
    try:
        book.save(path)
    finally:
        excel.datetime.datetime = real
    return path


def run(folder: Path) -> Consolidation:
    """Read and check everything in the inbox."""
    campaign: Campaign = open_campaign(folder)
    return consolidate(read_returns(campaign))


def told(result: Consolidation, unit_id: str) -> set[tuple[str, str]]:
    """Rule and cell of everything found on a unit, apart from what is said of its several files."""
    own = result.findings[(result.findings["unit_id"] == unit_id) & ~result.findings["rule"].isin(["F14d", "F14f"])]
    return set(zip(own["rule"], own["cell"], strict=True))

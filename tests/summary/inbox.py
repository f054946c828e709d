"""A small campaign and what its units sent, all of it written by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl

from pcmd_consolidate import Campaign, new_campaign
from pcmd_consolidate.campaign import open_campaign
from pcmd_consolidate.forms import Form, Row, ValueType

Cells = Mapping[tuple[int, int], object]
"""Row and year → what the unit wrote."""

UNITS = """\
unit_id,name,kind,form,section,aliases,deadline
S01,Công an tỉnh,department,IA,II.1,,
S04,Sở Giáo dục và Đào tạo,department,IA,II.4,,
X01,Xã Lộc Thành,commune,IIA,,,
X02,Phường Bình Long,commune,IIA,,,
X03,Xã Phú Riềng,commune,IIA,,,
X04,Xã Đak Nhau,commune,IIA,,,
"""
YEARS = (2021, 2022, 2023, 2024, 2025)
FORMULA = '=HYPERLINK("http://example.org";"bấm")'
"""What looks like a formula but was typed as text."""

IN_TIME, LATE = "2025-08-20", "2025-09-10"


def small_campaign(folder: Path) -> Campaign:
    """Two departments, four communes."""
    new_campaign(folder, "Đồng Nai")
    (folder / "units.csv").write_text(UNITS, encoding="utf-8")
    return open_campaign(folder)


def plain_cells(form: Form, seed: int) -> dict[tuple[int, int], object]:
    """A figure for every cell, another one for every seed; Có where the row's number and the seed are even."""
    return {(row.number, year): _plain(row, year, seed) for row in form.indicators for year in form.years}


def _plain(row: Row, year: int, seed: int) -> object:
    if row.value_type is ValueType.YES_NO:
        return "Có" if (row.number + seed) % 2 == 0 else "Không"
    if row.value_type is ValueType.MONEY:
        return seed * 10 + (year - 2020) * 0.25
    return seed * 100 + row.number + (year - 2020)


def write_annex(path: Path, form: Form, unit: str, cells: Cells, without: frozenset[int] = frozenset()) -> Path:
    """A workbook as a unit sends it: the rows of the form with the figures typed in."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Số liệu"
    sheet.append([form.name])
    sheet.append([f"Đơn vị: {unit}"])
    sheet.append([form.headers.label, form.headers.unit, *(f"Năm {year}" for year in form.years), form.headers.total])
    for row in form.rows:
        if row.number in without:
            continue
        sheet.append([row.full_label, row.unit])
        for column, year in enumerate(form.years, start=3):
            cell = sheet.cell(sheet.max_row, column)
            cell.value = cells.get((row.number, year))
            if isinstance(cell.value, str):
                cell.data_type = "s"
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def fill_inbox(campaign: Campaign) -> None:
    """Two communes and a department answer, one of them late; a fourth file is broken."""
    ia, iia = campaign.form("IA"), campaign.form("IIA")
    own = {(r.number, y) for r in ia.indicators_of(("II.1",)) for y in ia.years}
    police = {key: value for key, value in plain_cells(ia, 3).items() if key in own}
    write_annex(campaign.inbox / IN_TIME / "CAT.xlsx", ia, "Công an tỉnh", police)
    write_annex(campaign.inbox / IN_TIME / "Lộc Thành #1 (50%).xlsx", iia, "Xã Lộc Thành", plain_cells(iia, 1))
    second = plain_cells(iia, 2) | {
        (2, 2021): None, (2, 2022): "…", (4, 2021): FORMULA, (4, 2022): "5-7", (55, 2023): "1.234,5",
    }  # fmt: skip
    path = campaign.inbox / LATE / "binh long's.xlsx"
    write_annex(path, iia, "Phường Bình Long", second, without=frozenset({53}))
    (campaign.inbox / "hong.xlsx").write_bytes(b"not a workbook")

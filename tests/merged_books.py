"""Workbooks of merged communes, filled in as a clerk does: on the sheets of the former communes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from pcmd_consolidate import Campaign, open_campaign
from pcmd_consolidate.handout import write_blank
from tests.libreoffice import convert

SETTINGS = """\
title = "Đợt thử (số liệu giả định)"
province = "Tỉnh Mẫu"
forms = ["IIA"]
years = [2021, 2022, 2023, 2024, 2025]
cut_off = 2025-06-30
"""
UNITS = """\
unit_id,name,kind,form,section,aliases,deadline,predecessors
X1,Xã Sông Lam,commune,IIA,,,,Xã Sông Lam; Thị trấn Đò Chè; Xã Bãi Cát
X2,Phường Bãi Cát,commune,IIA,,,,
"""
FORMER = ("Xã Sông Lam", "Thị trấn Đò Chè", "Xã Bãi Cát")
"""The last of them has the name of another unit of the province."""

Typed = Mapping[tuple[int, int], object]
"""Row of the form and year → what is typed."""


def made_up_province(folder: Path) -> Campaign:
    """A province with one merged commune, its units written by hand."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "campaign.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "units.csv").write_text(UNITS, encoding="utf-8")
    (folder / "inbox").mkdir()
    return open_campaign(folder)


def blank_book(campaign: Campaign, path: Path) -> Path:
    """The workbook of the merged commune as it is handed out."""
    unit = campaign.registry.units[0]
    write_blank(campaign.form("IIA"), path, unit, campaign.title, unit.predecessors)
    return path


def lines(sheet: Worksheet) -> dict[int, int]:
    """Number of a row of the form → its row in the sheet."""
    return {cell.value: cell.row for cell in sheet["A"] if isinstance(cell.value, int)}


def cells(sheet: Worksheet) -> Iterator[tuple[tuple[int, int], object]]:
    """Row of the form and year → what stands there."""
    for number, line in lines(sheet).items():
        for column, year in enumerate((2021, 2022, 2023, 2024, 2025), start=4):
            yield (number, year), sheet.cell(line, column).value


def type_into(path: Path, typed: Mapping[str, Typed], target: Path | None = None) -> Path:
    """Type into the sheets of a workbook, by their names; what formulas show is lost, as openpyxl does not compute."""
    book = openpyxl.load_workbook(path)
    for name, values in typed.items():
        sheet = book[name]
        places = lines(sheet)
        for (number, year), value in values.items():
            sheet.cell(places[number], 4 + year - 2021).value = value
    book.save(target or path)
    return target or path


def recalculated(path: Path, folder: Path, suffix: str = "xlsx") -> Path:
    """The workbook as LibreOffice computes and saves it, in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    convert([path], suffix, folder)
    return folder / f"{path.stem}.{suffix}"

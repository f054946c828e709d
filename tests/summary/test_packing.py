"""A workbook holds the parts that xlsxwriter writes, packed in another way."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from pcmd_consolidate.summary.formats import FONT
from pcmd_consolidate.summary.packing import new_workbook


def fill(workbook: Any) -> None:
    workbook.set_properties({"created": dt.datetime(2025, 6, 30)})
    sheet = workbook.add_worksheet("Biểu")
    sheet.write_column(0, 0, [f"dòng {number}" for number in range(3000)])
    sheet.write_url(0, 1, "external:inbox/a.xlsx", string="tệp")
    chart = workbook.add_chart({"type": "column"})
    chart.add_series({"values": "=Biểu!$A$1:$A$3"})
    sheet.insert_chart("D2", chart)
    workbook.add_worksheet("Trống")


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_parts_are_those_of_xlsxwriter(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx", {"default_format_properties": dict(FONT)}) as workbook:
        fill(workbook)
    with new_workbook(tmp_path / "b.xlsx") as workbook:
        fill(workbook)

    assert parts(tmp_path / "b.xlsx") == parts(tmp_path / "a.xlsx")
    assert openpyxl.load_workbook(tmp_path / "b.xlsx")["Biểu"]["A3000"].value == "dòng 2999"


def test_when_it_was_written_is_not_told(tmp_path: Path) -> None:
    with new_workbook(tmp_path / "a.xlsx") as workbook:
        fill(workbook)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        told = {(part.date_time, part.external_attr) for part in archive.infolist()}

    assert [time for time, _ in told] == [(1980, 1, 1, 0, 0, 0)]


def test_what_cannot_be_written_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="khong-co"), new_workbook(tmp_path / "khong-co" / "a.xlsx") as workbook:
        fill(workbook)

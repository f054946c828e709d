"""Streamed sheets hold what xlsxwriter itself would write."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from pcmd_consolidate.summary.formats import BORDER, Formats
from pcmd_consolidate.summary.sheet import Sheet
from pcmd_consolidate.summary.streamed import StreamedSheet, StreamedWorksheet

TEXTS = (
    "Số vụ", " trước", "sau ", "hai\ndòng", "a & b < c > \"d\" 'e'", "_x0041_", "_x005F_", "=1+1", "😀", "\u00a0",
)  # fmt: skip
NUMBERS = (0, -0.0, 12.0, -3, 0.1, 1 / 3, 1234567890123456.0, 1e20, 2.5e-7)


def written(path: Path, kind: type[Sheet], worksheet: Any, lines: Any) -> str:
    """XML of a sheet on which the lines were written in constant memory."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = kind(book.add_worksheet("Trang", worksheet), Formats(book))
        lines(sheet)
    with zipfile.ZipFile(path) as package:
        return package.read("xl/worksheets/sheet1.xml").decode()


def both(folder: Path, lines: Any) -> tuple[str, str]:
    ours = written(folder / "ours.xlsx", StreamedSheet, StreamedWorksheet, lines)
    return ours, written(folder / "theirs.xlsx", Sheet, None, lines)


def mixed(sheet: Sheet) -> None:
    look, other = sheet.formats.of(), sheet.formats.of(BORDER)
    sheet.merged(0, 2, 5, "TIÊU ĐỀ", other)
    for row, text in enumerate(TEXTS, start=1):
        sheet.text(row, 1, text, look)
        sheet.text(row, 3, "", other)
    for row, number in enumerate(NUMBERS, start=20):
        sheet.height(row, 2)
        sheet.number(row, 4, number, other)
        sheet.text(row, 0, "đứng trước", look)
    sheet.link(40, 1, "internal:'Trang'!A1", "dẫn", look, other)
    sheet.date(40, 2, dt.date(2025, 6, 30), other)
    sheet.number(40, 1, 7, look)
    sheet.text(41, 30, "xa", look)


def test_cells_are_those_of_xlsxwriter(tmp_path: Path) -> None:
    ours, theirs = both(tmp_path, mixed)

    assert ours == theirs


@settings(deadline=None, max_examples=30)
@given(texts=st.lists(st.text(max_size=20).filter(lambda text: not text.startswith("<r>")), min_size=1, max_size=5))
def test_texts_are_those_of_xlsxwriter(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    def lines(sheet: Sheet) -> None:
        for column, text in enumerate(texts):
            sheet.text(0, column, text, sheet.formats.of())

    ours, theirs = both(tmp_path_factory.mktemp("texts"), lines)

    assert ours == theirs


LINKS = (
    "external:./../inbox/Xã Một.xlsx#'Biểu IIA'!B5", "external:./../inbox/Xã Một.xlsx#'Biểu IIA'!C5",
    "external:./../inbox/Xã Một.xlsx", "external:./../inbox/a%20b%23c.xlsx#'a#b/c \"d\" & e'!A1",
    "internal:'Lỗi và cảnh báo'!A7", "internal:'a#b'!A1", "external:./a [1].xlsx#'Trang'!A1",
)  # fmt: skip


def test_links_are_those_of_xlsxwriter(tmp_path: Path) -> None:
    def lines(sheet: Sheet) -> None:
        for row, link in enumerate(LINKS):
            sheet.link(row, 0, link, "mở", sheet.formats.of(), sheet.formats.of())
            sheet.link(row, 1, link, "", sheet.formats.of(), sheet.formats.of())

    ours, theirs = both(tmp_path, lines)
    related = [
        zipfile.ZipFile(tmp_path / name).read("xl/worksheets/_rels/sheet1.xml.rels")
        for name in ("ours.xlsx", "theirs.xlsx")
    ]

    assert (ours, related[0]) == (theirs, related[1])


DAYS = (
    dt.date(2025, 6, 30), dt.date(1900, 3, 1), dt.datetime(2025, 8, 28, 14, 7, 33),
    dt.datetime(2025, 8, 28, 23, 59, 59),
)  # fmt: skip


def test_cells_beside_each_other_are_those_written_one_by_one(tmp_path: Path) -> None:
    def at_once(sheet: Any) -> None:
        plain, framed = sheet.formats.of(), sheet.formats.of(BORDER)
        sheet.cells(2, 3, [("x", plain), (5.0, framed), *((day, framed) for day in DAYS)])
        sheet.text(2, 1, "trước", plain)
        sheet.text(3, 0, "", plain)

    def one_by_one(sheet: Any) -> None:
        sheet.text(2, 3, "x", sheet.formats.of())
        sheet.number(2, 4, 5.0, sheet.formats.of(BORDER))
        for column, day in enumerate(DAYS, start=5):
            sheet.date(2, column, day, sheet.formats.of(BORDER))
        sheet.text(2, 1, "trước", sheet.formats.of())
        sheet.text(3, 0, "", sheet.formats.of())

    together = written(tmp_path / "a.xlsx", StreamedSheet, StreamedWorksheet, at_once)
    alone = written(tmp_path / "b.xlsx", StreamedSheet, StreamedWorksheet, one_by_one)

    assert together == alone


def test_a_cell_that_leads_to_a_place_is_that_of_xlsxwriter(tmp_path: Path) -> None:
    def led(sheet: Any) -> None:
        sheet.lead(2, 0, "internal:'Trang'!A1", "")
        sheet.cells(2, 0, [(7, sheet.formats.of())])

    def linked(sheet: Any) -> None:
        sheet.link(2, 0, "internal:'Trang'!A1", "", sheet.formats.of(), sheet.formats.of())
        sheet.number(2, 0, 7, sheet.formats.of())

    ours = written(tmp_path / "a.xlsx", StreamedSheet, StreamedWorksheet, led)

    assert ours == written(tmp_path / "b.xlsx", Sheet, None, linked)


def test_a_text_that_looks_like_the_xml_of_a_cell_stays_a_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    written(path, StreamedSheet, StreamedWorksheet, lambda sheet: sheet.text(0, 0, "<r>5</r>", sheet.formats.of()))

    assert openpyxl.load_workbook(path)["Trang"]["A1"].value == "<r>5</r>"

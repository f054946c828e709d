"""Where the unit's own file cannot be edited, it gets its form filled in with what was read."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pcmd_consolidate import write_feedback
from tests.feedback import desk
from tests.libreoffice import convert


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return desk.new_round(tmp_path / "dot")


def feedback(folder: Path) -> list[Path]:
    return [path for path in write_feedback(desk.run(folder)) if path.suffix == ".xlsx"]


def figures(sheet: Worksheet) -> dict[object, object]:
    """Line number → what stands under the year, by the form's own headings."""
    year = next(c.column for row in sheet.iter_rows() for c in row if c.value == "Năm 2023 (6 tháng đầu năm)")
    return {row[0].value: row[year - 1].value for row in sheet.iter_rows() if isinstance(row[0].value, int)}


def coloured(sheet: Worksheet) -> dict[object, str]:
    """Line number → colour under the year, where there is a comment."""
    return {
        sheet.cell(cell.row, 1).value: cell.fill.fgColor.rgb
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def shown_on_top(book: openpyxl.Workbook) -> str:
    return " ".join(str(row[0].value) for row in book["Cần sửa"].iter_rows(max_row=5) if row[0].value)


FILLED = {1: None, 2: 400, 3: 120, 4: None, 5: 3, 6: 9, 7: None, 8: "nhiều lắm", 9: 12.5, 10: "Có"}


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_another_spreadsheet_format(suffix: str, folder: Path) -> None:
    made = desk.send(folder / "Đak Lua.xlsx", "xã Đak Lua", desk.WRONG)
    convert([made], suffix, folder / "inbox")

    (copy,) = feedback(folder)
    book = openpyxl.load_workbook(copy)
    form = book.worksheets[1]

    assert copy.name == "X1_Xã Đak Lua_phan-hoi_6T.xlsx"
    assert (book.sheetnames[0], form.title) == ("Cần sửa", "Biểu 6 tháng")
    assert figures(form) == FILLED
    assert coloured(form) == {2: "FFF8B878", 6: "FFFF9C9C", 8: "FFFF9C9C"}
    assert f"Tệp đơn vị gửi (Đak Lua.{suffix}) không đánh dấu trực tiếp được" in shown_on_top(book)


def test_it_is_as_old_as_the_file_that_it_stands_for(folder: Path) -> None:
    """Even where a program does not note when it saved it, the day on which it came tells it from the first."""
    word_return(folder / "inbox" / "bao cao.docx", "xã Đak Lua", desk.WRONG | {9: "12,5"})
    document: Any = docx.Document(str(folder / "inbox" / "bao cao.docx"))
    document.core_properties.modified = dt.datetime(2023, 7, 3, 8, 30)
    document.save(folder / "inbox" / "bao cao.docx")

    (copy,) = feedback(folder)

    assert openpyxl.load_workbook(copy).properties.modified == dt.datetime(2023, 7, 3, 8, 30)


def word_return(path: Path, unit: str, typed: dict[int, object]) -> None:
    document: Any = docx.Document()
    document.add_paragraph(f"UBND {unit}")
    table = document.add_table(rows=0, cols=3)
    rows = [("Chỉ tiêu", "Đơn vị tính", "6 tháng đầu năm 2023")]
    rows += [(label, "", str(typed.get(line, ""))) for line, label in enumerate(desk.LABELS, start=1)]
    for texts in rows:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    document.save(path)


def test_a_word_document(folder: Path) -> None:
    word_return(folder / "inbox" / "bao cao.docx", "xã Đak Lua", desk.WRONG | {9: "12,5"})

    (copy,) = feedback(folder)
    form = openpyxl.load_workbook(copy).worksheets[1]

    assert figures(form) == FILLED
    assert set(coloured(form)) >= {2, 6, 8}


def test_a_filled_form_that_comes_back_corrected_settles_everything(folder: Path) -> None:
    word_return(folder / "inbox" / "bao cao.docx", "xã Đak Lua", desk.WRONG | {9: "12,5"})
    (copy,) = feedback(folder)
    book = openpyxl.load_workbook(copy)
    form = book.worksheets[1]
    for row in form.iter_rows():
        if row[0].value in (2, 6, 8):
            cell = next(cell for cell in row if cell.comment)
            cell.value = {2: 40, 6: 2, 8: 1}[row[0].value]
    desk.save(book, folder / "inbox" / "ban sua.xlsx", desk.SAVED_LATER)

    result = desk.run(folder)

    used = result.submissions[result.submissions["unit_id"] == "X1"].set_index("file")
    assert used["status"].to_dict() == {"ban sua.xlsx": "on_time", "bao cao.docx": "superseded"}
    assert desk.told(result, "X1") == set()
    values = result.values[result.values["unit_id"] == "X1"].set_index("row")["value"]
    assert values.to_dict() == {2: 40, 3: 120, 5: 3, 6: 2, 8: 1, 9: 12.5, 10: 1}


@pytest.mark.parametrize("area", ["D20:D1048576", "A20:XFD60"])
def test_a_workbook_with_areas_without_end(area: str, folder: Path) -> None:
    """Merged down to the last row of the sheet: an editor would make a million cells of it."""
    path = desk.send(folder / "inbox" / "dak lua.xlsx", "xã Đak Lua", desk.WRONG)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    merged = f'</sheetData><mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'.encode()
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"</sheetData>", merged)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)

    (copy,) = feedback(folder)

    assert figures(openpyxl.load_workbook(copy).worksheets[1]) == FILLED


def test_a_damaged_file_of_a_known_unit_gets_an_empty_form(folder: Path) -> None:
    (folder / "inbox" / "Biểu 6 tháng xã Phú Lý.xlsx").write_bytes(b"PK\x03\x04 made up")

    (copy,) = feedback(folder)
    book = openpyxl.load_workbook(copy)

    assert copy.name == "X3_Xã Phú Lý_phan-hoi_6T.xlsx"
    assert set(figures(book.worksheets[1]).values()) == {None}
    assert "Không đọc được số liệu từ tệp đơn vị gửi (Biểu 6 tháng xã Phú Lý.xlsx)" in shown_on_top(book)
    (line,) = [row for row in book["Cần sửa"].iter_rows(values_only=True) if isinstance(row[0], int)]
    assert line[1] == "Lỗi"
    assert line[6].startswith("Không mở được tệp (tệp bị hỏng hoặc thiếu)")


def test_a_damaged_file_beside_a_good_return_asks_nothing(folder: Path) -> None:
    (folder / "inbox" / "xã Phú Lý.xlsx").write_bytes(b"PK\x03\x04 made up")
    desk.send(folder / "inbox" / "phu ly lan 2.xlsx", "xã Phú Lý", desk.RIGHT)

    assert feedback(folder) == []


def test_a_file_of_nobody_asks_nobody(folder: Path) -> None:
    (folder / "inbox" / "khong ro.xlsx").write_bytes(b"PK\x03\x04 made up")
    desk.send(folder / "inbox" / "cung khong ro.xlsx", "", desk.WRONG)

    assert feedback(folder) == []


def test_a_raw_text_that_looks_like_a_formula_stays_a_text(folder: Path) -> None:
    word_return(folder / "inbox" / "bao cao.docx", "xã Đak Lua", desk.WRONG | {8: "=2+x", 9: "12,5"})

    (copy,) = feedback(folder)
    form = openpyxl.load_workbook(copy).worksheets[1]

    assert figures(form)[8] == "=2+x"
    assert [c.data_type for row in form.iter_rows() for c in row if c.value == "=2+x"] == ["s"]


def test_a_return_in_an_archive_is_marked_as_any_other(folder: Path) -> None:
    made = desk.send(folder / "Đak Lua.xlsx", "xã Đak Lua", desk.WRONG)
    with zipfile.ZipFile(folder / "inbox" / "gui.zip", "w") as archive:
        archive.write(made, "bieu.xlsx")

    (copy,) = feedback(folder)

    assert openpyxl.load_workbook(copy).sheetnames == ["Cần sửa", "Biểu 6T"]

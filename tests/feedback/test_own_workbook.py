"""The unit's own workbook comes back to it marked, and otherwise as it was."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from pcmd_consolidate import write_feedback
from pcmd_consolidate.errors import OutputError
from tests.feedback import desk

RED, ORANGE = "FFFF9C9C", "FFF8B878"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return desk.new_round(tmp_path / "dot")


def marked(folder: Path) -> openpyxl.Workbook:
    first, *_ = write_feedback(desk.run(folder))
    return openpyxl.load_workbook(first)


def lines(sheet: Worksheet) -> list[tuple[object, ...]]:
    """The numbered lines of the first sheet, in the columns that can be seen."""
    return [row for row in sheet.iter_rows(max_col=8, values_only=True) if isinstance(row[0], int)]


def test_cells_are_coloured_by_severity_and_nothing_else_is(folder: Path) -> None:
    desk.send(folder / "inbox" / "dak lua.xlsx", "xã Đak Lua", desk.WRONG)

    sheet = marked(folder)["Biểu 6T"]

    filled = {cell.coordinate: cell.fill.fgColor.rgb for row in sheet for cell in row if cell.fill.fill_type}
    assert filled == {"C5": ORANGE, "C9": RED, "C11": RED}


def test_a_comment_says_what_is_wrong_what_was_read_and_what_to_do(folder: Path) -> None:
    desk.send(folder / "inbox" / "dak lua.xlsx", "xã Đak Lua", desk.WRONG)

    sheet = marked(folder)["Biểu 6T"]

    comments = {cell.coordinate: cell.comment for row in sheet for cell in row if cell.comment}
    assert set(comments) == {"C5", "C9", "C11"}
    assert {comment.author for comment in comments.values()} == {"PCMD"}
    assert comments["C11"].text == (
        "LỖI (dòng 8, năm 2023)\n"
        "Đơn vị ghi: «nhiều lắm». Chưa đọc được, chưa cộng.\n"
        "Không đọc được số từ «nhiều lắm»; đề nghị chỉ ghi số."
    )
    assert comments["C5"].text.startswith("CẦN GIẢI TRÌNH (dòng 2, năm 2023)\nĐã đọc: 400.\nSố cuộc truyền thông nhiều")


def test_several_findings_on_a_cell_share_a_comment_below_which_the_units_own_stays(folder: Path) -> None:
    book = openpyxl.Workbook()
    desk.typed(book.active, "xã Đak Lua", desk.RIGHT | {6: "09 người"})
    book.active["C9"].comment = Comment("Theo số của công an xã", "Lan")
    desk.save(book, folder / "inbox" / "dak lua.xlsx", desk.SAVED)

    text = marked(folder)["Biểu 6T"]["C9"].comment.text

    assert re.findall(r"^(LỖI|CẢNH BÁO) \(dòng 6, năm 2023\)$", text, re.MULTILINE) == ["LỖI", "CẢNH BÁO"]
    assert text.endswith("— Chú thích của đơn vị —\nTheo số của công an xã")


def test_the_first_sheet_lists_the_findings_the_heaviest_first(folder: Path) -> None:
    desk.send(folder / "inbox" / "dak lua.xlsx", "xã Đak Lua", desk.WRONG)

    book = marked(folder)
    sheet = book.worksheets[0]

    assert (sheet.title, book.active.title) == ("Cần sửa", "Cần sửa")
    listed = lines(sheet)
    assert [line[:2] for line in listed] == [(1, "Lỗi"), (2, "Lỗi"), (3, "Cần giải trình")]
    assert {(line[2], line[3], line[5], line[7]) for line in listed} == {
        ("C9", "6: + Số chủ chứa, môi giới", "9", None),
        ("C11", "8: - Số cán bộ làm công tác phòng, chống mại dâm", "nhiều lắm", None),
        ("C5", "2: - Số cuộc truyền thông về phòng, chống mại dâm", "400", None),
    }
    links = {str(cell.value): cell.hyperlink.location for row in sheet for cell in row if cell.hyperlink}
    assert links == {"C9": "'Biểu 6T'!C9", "C11": "'Biểu 6T'!C11", "C5": "'Biểu 6T'!C5"}


def test_the_first_sheet_can_be_printed_and_typed_into(folder: Path) -> None:
    desk.send(folder / "inbox" / "dak lua.xlsx", "xã Đak Lua", desk.WRONG)

    sheet = marked(folder).worksheets[0]

    header = next(row[0].row for row in sheet.iter_rows() if row[0].value == "TT")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == f"${header}:${header}"
    assert sheet.print_area == f"'Cần sửa'!$A$1:$H${header + 3}"
    assert {cell.font.name for row in sheet for cell in row if cell.value} == {"Times New Roman"}
    assert [sheet.column_dimensions[letter].hidden for letter in "HIS"] == [False, True, True]
    reason = sheet.cell(header + 1, 8)
    assert (reason.protection.locked, reason.alignment.wrap_text) == (False, True)


def test_only_one_sheet_is_selected(folder: Path) -> None:
    """What is typed into a sheet goes into all that are selected with it."""
    desk.send(folder / "inbox" / "dak lua.xlsx", "xã Đak Lua", desk.WRONG)

    book = marked(folder)

    assert [bool(sheet.sheet_view.tabSelected) for sheet in book.worksheets] == [True, False]


def test_everything_else_stays_as_it_was(folder: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    desk.typed(sheet, "xã Đak Lua", desk.WRONG)
    sheet["A5"].font = Font(name="Arial", bold=True)
    sheet["C6"].fill = PatternFill("solid", fgColor="FFCCFFCC")
    sheet["C12"].number_format = "#,##0.0"
    sheet.merge_cells("A1:C1")
    sheet.column_dimensions["A"].width = 61
    sheet.row_dimensions[7].hidden = True
    other = book.create_sheet("Ghi chép")
    other["B2"] = "họp ngày 5/7"
    book.create_sheet("Nháp").sheet_state = "hidden"
    desk.save(book, folder / "inbox" / "dak lua.xlsx", desk.SAVED)

    after = marked(folder)
    copy = after["Biểu 6T"]

    assert after.sheetnames == ["Cần sửa", "Biểu 6T", "Ghi chép", "Nháp"]
    assert [[cell.value for cell in row] for row in copy] == [[cell.value for cell in row] for row in sheet]
    assert (copy["A5"].font.name, copy["A5"].font.bold) == ("Arial", True)
    assert copy["C6"].fill.fgColor.rgb == "FFCCFFCC"
    assert copy["C12"].number_format == "#,##0.0"
    assert [str(area) for area in copy.merged_cells.ranges] == ["A1:C1"]
    assert copy.column_dimensions["A"].width == 61
    assert copy.row_dimensions[7].hidden
    assert after["Ghi chép"]["B2"].value == "họp ngày 5/7"
    assert after["Nháp"].sheet_state == "hidden"


def test_the_returns_are_not_touched(folder: Path) -> None:
    path = desk.send(folder / "inbox" / "dak lua.xlsx", "xã Đak Lua", desk.WRONG)
    before = path.read_bytes(), path.stat().st_mtime_ns

    write_feedback(desk.run(folder))

    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_the_same_returns_give_the_same_bytes(folder: Path) -> None:
    desk.send(folder / "inbox" / "dak lua.xlsx", "xã Đak Lua", desk.WRONG)

    first = {path.name: path.read_bytes() for path in write_feedback(desk.run(folder), folder / "a")}
    second = {path.name: path.read_bytes() for path in write_feedback(desk.run(folder), folder / "b")}

    assert first == second
    assert set(first) == {"X1_Xã Đak Lua_phan-hoi_6T.xlsx", "danh-sach-phan-hoi.csv", "nhac-nop.csv"}


def test_a_return_without_findings_gets_none(folder: Path) -> None:
    desk.send(folder / "inbox" / "dak lua.xlsx", "xã Đak Lua", desk.RIGHT)

    assert [path.name for path in write_feedback(desk.run(folder))] == ["danh-sach-phan-hoi.csv", "nhac-nop.csv"]


def test_it_is_never_written_among_the_returns(folder: Path) -> None:
    with pytest.raises(OutputError, match="nơi chứa các biểu đã nhận"):
        write_feedback(desk.run(folder), folder / "inbox" / "phan-hoi")


# ---- formulas, macros, links ----------------------------------------------------------------------------------------


def with_stored_values(path: Path, values: dict[str, str]) -> None:
    """Give formulas of the first sheet the values that a spreadsheet program would have stored."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    part = "xl/worksheets/sheet1.xml"
    text = parts[part].decode()
    for cell, value in values.items():
        text, count = re.subn(rf'(<c r="{cell}"[^>]*><f>[^<]*</f>)(?:<v ?/>|<v></v>)', rf"\g<1><v>{value}</v>", text)
        assert count == 1
    parts[part] = text.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def test_a_formula_stays_one_and_keeps_its_value(folder: Path) -> None:
    path = desk.send(folder / "inbox" / "dak lua.xlsx", "xã Đak Lua", desk.WRONG | {3: "=60+60"})
    with_stored_values(path, {"C6": "120"})

    copy, *_ = write_feedback(desk.run(folder))

    assert openpyxl.load_workbook(copy)["Biểu 6T"]["C6"].value == "=60+60"
    assert openpyxl.load_workbook(copy, data_only=True)["Biểu 6T"]["C6"].value == 120


def test_a_number_from_another_file_stays_as_a_number(folder: Path) -> None:
    path = desk.send(folder / "inbox" / "dak lua.xlsx", "xã Đak Lua", desk.WRONG | {3: "=[1]Sheet1!$B$2+Khac", 5: 3})
    book = openpyxl.load_workbook(path)
    book.defined_names["Khac"] = DefinedName("Khac", attr_text="[1]Sheet1!$A$1")
    book["Biểu 6T"]["C8"] = "=Khac"
    desk.save(book, path, desk.SAVED)
    with_stored_values(path, {"C6": "120", "C8": "3"})
    _add(path, "xl/externalLinks/externalLink1.xml", b"<externalLink/>")

    copy, *_ = write_feedback(desk.run(folder))
    after = openpyxl.load_workbook(copy)

    assert [after["Biểu 6T"][cell].value for cell in ("C6", "C8")] == [120, 3]
    assert list(after.defined_names) == []
    assert [name for name in zipfile.ZipFile(copy).namelist() if "external" in name] == []


def _add(path: Path, name: str, data: bytes) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, data)


def test_macros_are_left_out(folder: Path) -> None:
    book = openpyxl.Workbook()
    desk.typed(book.active, "xã Đak Lua", desk.WRONG)
    desk.save(book, folder / "thuong.xlsx", desk.SAVED)
    with zipfile.ZipFile(folder / "thuong.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macros = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(plain, macros)
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 made up"
    with zipfile.ZipFile(folder / "inbox" / "dak lua.xlsm", "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)

    copy, *_ = write_feedback(desk.run(folder))

    assert copy.suffix == ".xlsx"
    with zipfile.ZipFile(copy) as archive:
        assert [name for name in archive.namelist() if "vba" in name.lower()] == []
        assert macros not in archive.read("[Content_Types].xml")


def test_what_a_unit_wrote_is_never_computed(folder: Path) -> None:
    book = openpyxl.Workbook()
    desk.typed(book.active, "xã Đak Lua", desk.RIGHT)
    book.active["C9"].value = '=HYPERLINK("http://x.vn")'
    book.active["C9"].data_type = "s"
    desk.save(book, folder / "inbox" / "dak lua.xlsx", desk.SAVED)

    sheet = marked(folder).worksheets[0]

    assert [cell.coordinate for row in sheet for cell in row if cell.data_type == "f"] == []
    assert lines(sheet)[0][5] == '=HYPERLINK("http://x.vn")'


def test_a_workbook_with_returns_of_two_units_is_parted(folder: Path) -> None:
    book = openpyxl.Workbook()
    desk.typed(book.active, "xã Đak Lua", desk.WRONG)
    desk.typed(book.create_sheet(), "phường Trấn Biên", desk.WRONG)
    book.worksheets[1].title = "Tran Bien"
    desk.save(book, folder / "inbox" / "hai don vi.xlsx", desk.SAVED)

    copies = [openpyxl.load_workbook(path) for path in write_feedback(desk.run(folder)) if path.suffix == ".xlsx"]

    assert [copy.sheetnames for copy in copies] == [["Cần sửa", "Biểu 6T"], ["Cần sửa", "Tran Bien"]]
    assert [{line[2] for line in lines(copy.worksheets[0])} for copy in copies] == [{"C5", "C9", "C11"}] * 2

"""Communes whose habits lie in the file: its name, format, sheets and formulas."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from .desk import C_TO_G, HEADS, Annex, Desk
from .wording import without_accents

xlsxwriter: Any = importlib.import_module("xlsxwriter")


def _table(desk: Desk, first: int = 4) -> None:
    desk.heads(first - 1, *HEADS, "Tổng cộng")
    for row, line in enumerate(desk.lines, first):
        desk.line(row, line)


def name_in_file(folder: Path) -> Annex:
    """The commune is named in the file name alone, with accents."""
    desk = Desk("name_in_file", "IIA", "Xã Phước An")
    desk.write("A1", "BIỂU TỔNG HỢP SỐ LIỆU PHÒNG, CHỐNG MẠI DÂM", bold=True, to="G1")
    _table(desk)
    return desk.send(folder, "Phụ lục IIA - xã Phước An.xlsx")


def name_in_plain_file(folder: Path) -> Annex:
    """The ward is named in the file name alone, without accents; nothing above the table."""
    desk = Desk("name_in_plain_file", "IIA", "Phường Phước Bình")
    _table(desk, 2)
    return desk.send(folder, "PLIIA_phuong_phuoc_binh_lan2_final.xlsx")


def ambiguous_file_name(folder: Path) -> Annex:
    """A file name that fits two communes (Loc Thanh); a hidden sheet with an older draft."""
    desk = Desk("ambiguous_file_name", "IIA", "Xã Lộc Thạnh")
    draft = desk.book.create_sheet("Nháp", 0)
    draft.sheet_state = "hidden"
    draft.append(["UBND xã Lộc Thạnh (số liệu cũ, chưa rà)"])
    draft.append(HEADS)
    for line in desk.lines:
        draft.append([line.printed, line.unit, *([3333] * 5 if line.value_type == "count" else [])])
    desk.write("A1", "ỦY BAN NHÂN DÂN XÃ LỘC THẠNH", bold=True)
    _table(desk)
    desk.book.active = 1
    return desk.send(folder, f"{without_accents('Lộc Thạnh')} IIA (moi).xlsx")


def hidden_empty_sheets(folder: Path) -> Annex:
    """Empty sheets around the table, visible, hidden and very hidden; hidden rows in the table."""
    desk = Desk("hidden_empty_sheets", "IIA", "Xã Bom Bo")
    desk.sheet.title = "Sheet3"
    desk.book.create_sheet("Sheet1", 0)
    desk.book.create_sheet("Sheet2", 1).sheet_state = "hidden"
    desk.book.create_sheet("foxz").sheet_state = "veryHidden"
    desk.write("A1", "UBND XÃ BOM BO", bold=True)
    _table(desk)
    for row in range(17, 23):
        desk.sheet.row_dimensions[row].hidden = True
    desk.book.active = 2
    return desk.send(folder, "Bom Bo.xlsx")


def page_sheets(folder: Path) -> Annex:
    """Turned from PDF into Excel: each page a sheet "Table 1", "Table 2" with its own header."""
    desk = Desk("page_sheets", "IIA", "Xã Đồng Tâm")
    desk.book.remove(desk.sheet)
    for page, first in enumerate(range(0, len(desk.lines), 13), 1):
        desk.sheet = desk.book.create_sheet(f"Table {page}")
        if page == 1:
            desk.write("A1", "ỦY BAN NHÂN DÂN XÃ ĐỒNG TÂM", bold=True)
        desk.heads(2, *HEADS, "Tổng cộng")
        for row, line in enumerate(desk.lines[first : first + 13], 3):
            desk.line(row, line)
    return desk.send(folder, "Dong Tam scan_converted.xlsx")


def sheet_per_old_commune(folder: Path) -> Annex:
    """A sheet for each former commune, and last the one that adds them up."""
    desk = Desk("sheet_per_old_commune", "IIA", "Xã Phú Trung")
    desk.sheet.title = "Phước Tân cũ"
    sheets = [desk.sheet, desk.book.create_sheet("Phú Trung cũ")]
    for share, sheet in enumerate(sheets):
        desk.sheet = sheet
        desk.write("A1", f"UBND xã {sheet.title}", bold=True)
        desk.heads(3, *HEADS, "Tổng cộng")
        for row, line in enumerate(desk.lines, 4):
            sheet[f"A{row}"], sheet[f"B{row}"] = line.printed, line.unit
            for year, column in C_TO_G.items() if line.counted else ():
                whole = int(desk.figures[line.number, year])
                part = whole // 3 if share else whole - whole // 3
                sheet[f"{column}{row}"] = "Có" if line.value_type == "yes_no" else part
    desk.sheet = desk.book.create_sheet("Tổng hợp")
    desk.write("A1", "ỦY BAN NHÂN DÂN XÃ PHÚ TRUNG", bold=True)
    _table(desk)
    desk.uncertain |= desk.truth.keys()
    return desk.send(folder, "Phu Trung 3 bieu.xlsx")


def _with_sums(desk: Desk) -> None:
    """Sums as formulas, both down the parts of a line and over the years."""
    desk.write("A1", f"UBND {desk.unit.upper()}", bold=True)
    _table(desk)
    for line in desk.lines:
        row = line.number + 3
        if line.summed:
            desk.sheet[f"H{row}"] = f"=SUM(C{row}:G{row})"
    for column in C_TO_G.values():
        desk.sheet[f"{column}26"] = f"={column}28+{column}29+{column}31"
        desk.sheet[f"{column}33"] = f"={column}35+{column}36+{column}38"
        desk.sheet[f"{column}32"] = f"={column}33+{column}39"
        desk.sheet[f"{column}58"] = f"=SUM({column}60:{column}62)"


def saved_as_xls(folder: Path) -> Annex:
    """Saved as .xls by LibreOffice, sums as formulas."""
    desk = Desk("saved_as_xls", "IIA", "Xã Thống Nhất")
    _with_sums(desk)
    return desk.send(folder, "Thống Nhất 97-2003.xls")


def saved_as_ods(folder: Path) -> Annex:
    """Saved as .ods by LibreOffice, sums as formulas, answers x and numbers with a unit."""
    desk = Desk("saved_as_ods", "IIA", "Phường Hố Nai")
    desk.yes, desk.no = "x", "Không"
    desk.say(4, 2023, f"{desk.figure(4, 2023)} cuộc")
    desk.say(48, 2021, "…", means=None)
    _with_sums(desk)
    return desk.send(folder, "ho nai.ods")


def sums_and_formats(folder: Path) -> Annex:
    """Number formats that show a unit, stored results of formulas, a filter."""
    desk = Desk("sums_and_formats", "IIA", "Xã Bình Minh")
    path = folder / "Binh Minh.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Biểu IIA")
    formats = {
        "count": book.add_format({"num_format": "#,##0"}),
        "money": book.add_format({"num_format": '#,##0.00 "triệu đồng"'}),
        "meetings": book.add_format({"num_format": '0 "cuộc"'}),
    }
    sheet.write("A1", "ỦY BAN NHÂN DÂN XÃ BÌNH MINH")
    sheet.write_row("A3", (*HEADS, "Tổng cộng"))
    sums = {23: "{0}28+{0}29+{0}31", 30: "{0}35+{0}36+{0}38", 55: "SUM({0}60:{0}62)"}
    for row, line in enumerate(desk.lines, 4):
        sheet.write(f"A{row}", line.printed)
        sheet.write(f"B{row}", line.unit)
        shown = formats.get("meetings" if line.unit == "Cuộc" else line.value_type)
        for year, column in C_TO_G.items() if line.counted else ():
            value = desk.typed(line.number, year)
            if line.number in sums:
                formula = "=" + sums[line.number].format(column)
                sheet.write_formula(f"{column}{row}", formula, shown, value)
            else:
                sheet.write(f"{column}{row}", value, shown)
    sheet.autofilter(f"A3:H{3 + len(desk.lines)}")
    sheet.freeze_panes(3, 2)
    book.close()
    return desk.sent(path)

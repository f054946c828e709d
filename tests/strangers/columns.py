"""Communes whose columns are not those of the plan."""

from __future__ import annotations

from pathlib import Path

from .desk import D_TO_H, HEADS, Annex, Desk
from .figures import YEARS
from .wording import replaced


def remarks_column(folder: Path) -> Annex:
    """A column of remarks with figures of its own, and one where no figure belongs."""
    desk = Desk("remarks_column", "IIA", "Xã Long Phước")
    desk.write("A1", "XÃ LONG PHƯỚC", bold=True)
    desk.write("A2", "(sáp nhập từ xã Bàu Cạn và xã Long Phước, huyện Long Thành cũ)", italic=True)
    heads = (*HEADS[:6], "2025 (6 tháng)", "Tổng cộng", "Ghi chú")
    for column, head in zip("ABCDEFGHI", heads, strict=True):
        desk.write(f"{column}4", head, bold=True)
    remarks = {
        4: "Trong đó năm 2024: 05 cuộc lồng ghép",
        7: "3 tin Báo Đồng Nai, 2 tin Đài PT-TH",
        13: "04 kế hoạch",
        19: "Kế hoạch phòng, chống mua bán người",
        49: "Câu lạc bộ phụ nữ phòng, chống tệ nạn xã hội",
        52: "Kiêm nhiệm 100%",
        53: 2,
        55: "Số liệu 2025 tính đến 30/6/2025",
    }
    for row, line in enumerate(desk.lines, 5):
        desk.line(row, line)
        if line.summed:
            desk.sheet[f"H{row}"] = sum(desk.figures[line.number, year] for year in YEARS)
        if line.number in remarks:
            desk.sheet[f"I{row}"] = remarks[line.number]
    desk.sheet["H17"] = 4  # beside "Các chương trình đã lồng ghép": 4 programmes, no line asks it
    return desk.send(folder, "PHU LUC IIA Long Phuoc.xlsx")


def no_unit_column(folder: Path) -> Annex:
    """No column for the unit of measure; some labels carry it in brackets."""
    desk = Desk("no_unit_column", "IIA", "Xã Nam Cát Tiên")
    desk.write("A1", "Đơn vị báo cáo: Xã Nam Cát Tiên, tỉnh Đồng Nai", bold=True, to="F1")
    for column, head in zip("ABCDEF", ("NỘI DUNG", *HEADS[2:]), strict=True):
        desk.write(f"{column}2", head, bold=True)
    for row, line in enumerate(desk.lines, 3):
        note = f" ({line.unit.lower()})" if line.value_type == "money" else ""
        desk.write(f"A{row}", line.printed + note)
        if line.counted:
            desk.fill(row, line.number, dict(zip(YEARS, "BCDEF", strict=True)))
    return desk.send(folder, "Nam Cát Tiên IIA.xlsx")


def unit_after_years(folder: Path) -> Annex:
    """The unit of measure stands after the years, next to the remarks."""
    desk = Desk("unit_after_years", "IIA", "Xã Sông Ray")
    desk.write("A1", "ỦY BAN NHÂN DÂN XÃ SÔNG RAY", bold=True)
    heads = ("Nội dung báo cáo", *range(2021, 2026), "Đvt", "Ghi chú")
    for column, head in zip("ABCDEFGH", heads, strict=True):
        desk.write(f"{column}3", head, bold=True)
    for row, line in enumerate(desk.lines, 4):
        desk.write(f"A{row}", line.printed)
        desk.write(f"G{row}", line.unit)
        if line.counted:
            desk.fill(row, line.number, dict(zip(YEARS, "BCDEF", strict=True)))
    return desk.send(folder, "song ray pcmd.xlsx")


def newest_first(folder: Path) -> Annex:
    """The total first, then the years from 2025 back to 2021."""
    desk = Desk("newest_first", "IIA", "Xã Xuân Lộc")
    desk.write("A1", "UBND XÃ XUÂN LỘC", bold=True, to="B1")
    heads = ("Nội dung", "Đơn vị tính", "Tổng cộng", "6T/2025", *(2024, 2023, 2022, 2021))
    for column, head in zip("ABCDEFGH", heads, strict=True):
        desk.write(f"{column}3", head, bold=True)
    columns = dict(zip(YEARS, "HGFED", strict=True))
    for row, line in enumerate(desk.lines, 4):
        desk.write(f"A{row}", replaced(line.printed, {"- ": "", "+ ": "   "}))
        desk.write(f"B{row}", line.unit)
        if line.counted:
            desk.fill(row, line.number, columns)
        if line.summed:
            desk.sheet[f"C{row}"] = sum(desk.figures[line.number, year] for year in YEARS)
    return desk.send(folder, "IIA_XuanLoc.xlsx")


def extra_year(folder: Path) -> Annex:
    """A column for 2020, which nobody asked for, before 2021, and comparisons after 2025."""
    desk = Desk("extra_year", "IIA", "Xã Phú Lý")
    desk.write("A1", "UBND XÃ PHÚ LÝ", bold=True)
    heads = ("Nội dung", "ĐVT", *(f"Năm {y}" for y in range(2020, 2025)), "Năm 2025 (6 tháng)")
    for column, head in zip("ABCDEFGHI", (*heads, "So sánh 2024/2020 (%)"), strict=True):
        desk.write(f"{column}4", head, bold=True)
    for row, line in enumerate(desk.lines, 5):
        desk.write(f"A{row}", line.printed)
        desk.write(f"B{row}", line.unit)
        if line.counted:
            desk.fill(row, line.number, D_TO_H)
            desk.sheet[f"C{row}"] = "Có" if line.value_type == "yes_no" else 777
            desk.sheet[f"I{row}"] = None if line.value_type == "yes_no" else 88.5
    return desk.send(folder, "Bieu IIA Phu Ly.xlsx")

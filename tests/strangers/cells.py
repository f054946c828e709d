"""Communes that typed more, less or something else than a number into the cells."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from .desk import HEADS, Annex, Desk
from .figures import YEARS
from .wording import dotted


def _send(desk: Desk, folder: Path, file: str, heads: tuple[object, ...] = HEADS) -> Annex:
    desk.write("A1", f"UBND {desk.unit.upper()}", bold=True)
    desk.heads(3, *heads)
    for row, line in enumerate(desk.lines, 4):
        desk.line(row, line)
    return desk.send(folder, file)


def numbers_as_text(folder: Path) -> Annex:
    """Every number a text: 1.250 / 12,5 / 05 / with spaces / with its unit behind it."""
    desk = Desk("numbers_as_text", "IIA", "Xã Phú Riềng")
    behind = {
        4: " cuộc",
        5: " người",
        8: " người",
        52: " đồng chí",
        53: " lượt",
        44: " triệu đồng",
        55: " triệu đồng",
        57: " trđ",
    }
    for line in (line for line in desk.lines if line.summed):
        for year in YEARS:
            value = desk.figure(line.number, year)
            text = dotted(value)
            if line.number == 59:
                text = str(value)  # 12.5, the point of a calculator
            elif line.number == 7:
                text = f" {value} "
            elif line.number in (2, 4, 21, 49):
                text = f"{value:02.0f}"
            desk.say(line.number, year, text + behind.get(line.number, ""))
    desk.say(6, 2023, dotted(desk.figure(6, 2023)).replace(".", " "))
    desk.say(6, 2024, dotted(desk.figure(6, 2024)).replace(".", ","), unsure=True)
    desk.say(10, 2022, f"{desk.figure(10, 2022)}.")
    desk.say(11, 2021, f"{desk.figure(11, 2021)}\xa0")
    return _send(desk, folder, "Phu Rieng so lieu.xlsx")


def words_for_nothing(folder: Path) -> Annex:
    """Không, -, 0 where nothing happened; …, "chưa có số liệu" and blanks where unknown."""
    desk = Desk("words_for_nothing", "IIA", "Xã Minh Đức")
    nothing = ("Không", "-", 0, "ko", "0", "không", "–", "KHÔNG", "00", " - ", "Ko")
    for line in range(21, 38):
        for year in YEARS if desk.counted(line) else ():
            desk.say(line, year, nothing[(line * 3 + year) % len(nothing)], means=0)
    for line, year, text in (
        (21, 2022, "Không có"),
        (23, 2021, "Không phát sinh"),
        (26, 2024, "không có trường hợp nào"),
        (30, 2023, "/"),
        (36, 2025, "O"),
    ):
        desk.say(line, year, text, means=0, unsure=True)
    unknown = ("…", "chưa có số liệu", None, "...", "Chưa có số liệu", "N/A", "chưa thống kê")
    for line in range(39, 49):
        for year in YEARS if desk.counted(line) else ():
            desk.say(line, year, unknown[(line * 2 + year) % len(unknown)], means=None)
    for line, year, text in (
        (39, 2021, "Không có số liệu"),
        (40, 2023, "Không thống kê được"),
        (46, 2025, "Đang rà soát"),
        (48, 2022, "?"),
    ):
        desk.say(line, year, text, means=None, unsure=True)
    return _send(desk, folder, "Minh Duc - PL IIA.xlsx")


def ticks(folder: Path) -> Annex:
    """Có, x, ✓, ko, blanks and plan numbers in the lines of yes or no."""
    desk = Desk("ticks", "IIA", "Phường Chơn Thành")
    answers = {
        14: (("x", 1), ("X", 1), ("✓", 1), ("✔", 1), ("Có", 1)),
        15: (("Không", 0), ("ko", 0), ("K", 0), ("không", 0), ("KHÔNG", 0)),
        16: (("có", 1), ("CÓ", 1), (" Có ", 1), ("Có.", 1), ("C", 1)),
        17: (("x", 1), (None, None), ("x", 1), (None, None), ("…", None)),
        18: ((1, 1), (0, 0), ("1", 1), ("-", 0), ("v", 1)),
    }
    for line, row in answers.items():
        for year, (typed, means) in zip(YEARS, row, strict=True):
            desk.say(line, year, typed, means=means)
    desk.say(19, 2021, "Có (KH số 45/KH-UBND ngày 12/3/2021)", means=1, unsure=True)
    desk.say(19, 2022, 2, means=1, unsure=True)
    desk.say(19, 2023, "Lồng ghép", means=None, unsure=True)
    desk.say(19, 2024, "Có hoặc không", means=None, unsure=True)
    desk.say(19, 2025, "Chưa", means=0, unsure=True)
    return _send(desk, folder, "chon thanh.xlsx")


def notes_in_cells(folder: Path) -> Annex:
    """Notes, ranges, sums of former communes and other scales inside the cells."""
    desk = Desk("notes_in_cells", "IIA", "Xã Cẩm Mỹ")
    meetings = desk.figure(4, 2022)
    trained, borrowers = desk.figure(53, 2022), desk.figure(43, 2025)
    for line, year, typed, means in (
        (4, 2021, f"{desk.figure(4, 2021)} (lồng ghép)", desk.figure(4, 2021)),
        (4, 2022, f"{meetings - 5} + 5", meetings),
        (4, 2023, f"{desk.figure(4, 2023)} cuộc/1.350 lượt người", desk.figure(4, 2023)),
        (4, 2024, "11 cuộc (xã Nhân Nghĩa cũ), 9 cuộc (xã Bảo Bình cũ)", 20),
        (5, 2024, "hơn 2.420", 2420),
        (6, 2021, "khoảng 1500", 1500),
        (7, 2022, "Báo Đồng Nai đăng 3 tin", 3),
        (2, 2023, "KH 56/KH-UBND, QĐ 391/QĐ-UBND", 2),
        (49, 2021, "03 mô hình: 02 CLB, 01 nhóm", 3),
        (49, 2022, "03 mô hình (duy trì từ 2021)", 3),
        (49, 2023, "Mô hình 5 không 3 sạch", 1),
        (52, 2021, "5-7", None),
        (52, 2023, "nt", desk.figure(52, 2023)),
        (52, 2024, "Như năm 2023", desk.figure(52, 2024)),
        (53, 2022, f"{trained}/{desk.figure(52, 2022)}", trained),
        (53, 2023, "100%", desk.figure(53, 2023)),
        (44, 2025, f"{borrowers} người x 25 triệu", borrowers * 25),
        (55, 2023, "1.234", 1234),
        (57, 2023, "1.234", 1234),
        (58, 2023, "0", 0),
        (59, 2023, "0", 0),
        (55, 2024, "0,5 tỷ", 500),
        (57, 2024, "500.000.000 đồng", 500),
        (58, 2024, "0 đồng", 0),
        (59, 2024, "-", 0),
    ):
        desk.say(line, year, typed, means=means, unsure=typed not in ("0", "-"))
    return _send(desk, folder, "Cẩm Mỹ (bản chính thức).xlsx")


def broken_cells(folder: Path) -> Annex:
    """Error values, dates that Excel made of 06/06, a percentage, a negative number, a fraction."""
    desk = Desk("broken_cells", "IIA", "Xã An Phước")
    for line, year, typed in (
        (8, 2022, "#REF!"),
        (8, 2023, "#VALUE!"),
        (23, 2024, "#NAME?"),
        (55, 2021, "#REF!"),
        (59, 2025, "#DIV/0!"),
    ):
        desk.say(line, year, typed, means=None, unsure=True)
    desk.say(25, 2025, -3, means=-3, unsure=True)
    desk.say(26, 2025, 2.5, means=2.5, unsure=True)
    day = dt.datetime(2025, 6, 6)
    desk.say(4, 2025, day, means=6, unsure=True)
    desk.say(53, 2024, dt.datetime(2025, 5, 12), means=None, unsure=True)
    desk.say(53, 2023, 1, means=desk.figure(53, 2023), unsure=True)
    annex = _send(desk, folder, "An Phuoc IIA.xlsx")
    desk.sheet["G7"].number_format = "d-mmm"
    desk.sheet["F56"].number_format = "d/m"
    desk.sheet["E56"].number_format = "0%"
    desk.book.save(annex.path)
    return annex


def in_dong(folder: Path) -> Annex:
    """Money in đồng, as the changed unit of measure says; the annex asks for millions."""
    desk = Desk("in_dong", "IIA", "Phường Long Khánh")
    for line in (44, 55, 57, 58, 59):
        for year in YEARS:
            value = desk.figures[line, year]
            desk.say(line, year, round(value * 1_000_000), unsure=value != 0)
    desk.units |= dict.fromkeys((44, 55, 57, 58, 59), "Đồng")
    return _send(desk, folder, "Long Khanh - bieu IIA.xlsx")


def two_columns_2025(folder: Path) -> Annex:
    """The half year 2025 beside an estimate for the whole of it."""
    desk = Desk("two_columns_2025", "IIA", "Phường Tân Triều")
    desk.uncertain |= {(line, 2025) for line, year in desk.figures if year == 2025}
    for row, line in enumerate(desk.lines, 4):
        if line.summed:
            desk.sheet[f"H{row}"] = round(desk.figures[line.number, 2025] * 2)
    heads = (*HEADS[:6], "6 tháng đầu năm 2025", "Ước thực hiện cả năm 2025")
    return _send(desk, folder, "Tan Trieu.xlsx", heads)


def checkboxes(folder: Path) -> Annex:
    """Made in Google Sheets: TRUE and FALSE from checkboxes, a sheet "Trang tính1"."""
    desk = Desk("checkboxes", "IIA", "Phường Xuân Lập")
    desk.sheet.title = "Trang tính1"
    for line in range(14, 20):
        for year in YEARS:
            ticked = bool(desk.figures[line, year])
            desk.say(line, year, ticked, unsure=not ticked)
    return _send(desk, folder, "Bản sao của Phụ lục IIA - Xuân Lập.xlsx")

"""Departments that returned annex IA: their own block, all blocks, and what lies between."""

from __future__ import annotations

from pathlib import Path

from .desk import C_TO_G, HEADS, Annex, Desk, Line, styles
from .figures import YEARS
from .wording import decomposed, dotted, old_tones, replaced, without_accents

TITLE = "BIỂU TỔNG HỢP SỐ LIỆU TỔNG KẾT CÔNG TÁC PHÒNG, CHỐNG MẠI DÂM GIAI ĐOẠN 2021 - 2025"


def _part(desk: Desk, first: int, last: int) -> tuple[Line, ...]:
    """Lines first to last."""
    return desk.lines[first - 1 : last]


def police(folder: Path) -> Annex:
    """Section I and the block of the police alone, the heading still "1. Công an tỉnh"."""
    desk = Desk("police", "IA", "Công an tỉnh")
    desk.sheet.title = "PC02"
    desk.write("A1", "CÔNG AN TỈNH ĐỒNG NAI\nPHÒNG CẢNH SÁT HÌNH SỰ", bold=True, to="B2")
    desk.write("D1", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, to="H1")
    desk.write("A4", TITLE, bold=True, to="H4")
    desk.write("A6", "Nội dung", bold=True, to="A7")
    desk.write("B6", "Đơn vị tính", bold=True, to="B7")
    desk.write("C6", "Kết quả thực hiện từ năm 2021 đến năm 2025", bold=True, to="G6")
    for year, column in C_TO_G.items():
        desk.write(f"{column}7", f"Năm\n{year}", bold=True)
    desk.write("H6", "Tổng cộng", bold=True, to="H7")
    desk.say(13, 2021, "12 tụ điểm, 03 địa bàn", means=15, unsure=True)
    row = 7
    for row, line in enumerate(_part(desk, 1, 20), 8):
        desk.line(row, line)
        if line.kind == "heading":
            desk.write(f"A{row}", line.label, bold=True, to=f"H{row}")
    desk.box(f"A6:H{row}")
    desk.write(f"E{row + 2}", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", bold=True, to=f"H{row + 2}")
    return desk.send(folder, "CAT_Phu luc IA.xlsx")


def military(folder: Path) -> Annex:
    """The block alone, without section I and without units of measure; name abbreviated."""
    desk = Desk("military", "IA", "Bộ Chỉ huy Quân sự tỉnh")
    desk.write("A1", "BỘ CHỈ HUY QUÂN SỰ TỈNH ĐỒNG NAI", bold=True)
    desk.heads(3, "Nội dung", "", *HEADS[2:])
    desk.units = dict.fromkeys(desk.units, "")
    desk.leave((22, 23))
    for year in (2021, 2022):
        desk.say(26, year, "Không", means=0)
    for row, line in enumerate(_part(desk, 21, 26), 4):
        desk.line(row, line, replaced(line.printed, {"Bộ Chỉ huy Quân sự": "Bộ CHQS"}))
    return desk.send(folder, "BCHQS tinh.xlsx")


def culture(folder: Path) -> Annex:
    """The department under its real, longer name; abbreviations; numbers with their unit."""
    desk = Desk("culture", "IA", "Sở Văn hóa, Thể thao")
    desk.write("A1", "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", bold=True)
    desk.heads(3, *HEADS, "Tổng cộng")
    for year in YEARS:
        desk.say(28, year, f"{dotted(desk.figure(28, year))} cơ sở")
        desk.say(31, year, dotted(desk.figure(31, year)))
    checked = desk.figure(29, 2024)
    desk.say(29, 2024, f"{checked + 60} lượt/{checked} cơ sở", unsure=True)
    shorter = {"cơ sở kinh doanh dịch vụ": "cơ sở KDDV", "phòng, chống mại dâm": "PCMD"}
    for row, line in enumerate(_part(desk, 1, 11) + _part(desk, 27, 33), 4):
        label = "3. Sở VHTTDL" if line.number == 27 else replaced(line.printed, shorter)
        desk.line(row, line, label)
    return desk.send(folder, "So VHTTDL - phu luc IA.xlsx")


def education(folder: Path) -> Annex:
    """All in capitals, years from 2025 back, the block renumbered as 1."""
    desk = Desk("education", "IA", "Sở Giáo dục và Đào tạo")
    desk.write("A1", "UBND TỈNH ĐỒNG NAI\nSỞ GIÁO DỤC VÀ ĐÀO TẠO", bold=True)
    heads = ("NỘI DUNG", "ĐVT", *(f"NĂM {year}" for year in reversed(YEARS)))
    desk.heads(3, *heads)
    for row, line in enumerate(_part(desk, 1, 11) + _part(desk, 34, 37), 4):
        desk.write(f"A{row}", line.printed.upper().replace("4. SỞ", "1. SỞ"))
        desk.write(f"B{row}", line.unit)
        if line.counted:
            desk.fill(row, line.number, dict(zip(YEARS, "GFEDC", strict=True)))
    return desk.send(folder, "SGDĐT phụ lục.xlsx")


def justice(folder: Path) -> Annex:
    """All eleven blocks in the sheet, those of the others left empty."""
    desk = Desk("justice", "IA", "Sở Tư pháp")
    desk.write("A1", "SỞ TƯ PHÁP TỈNH ĐỒNG NAI", bold=True)
    desk.heads(3, *HEADS, "Tổng cộng")
    desk.leave(n for n in range(12, 86) if desk.counted(n) and n not in (39, 40))
    for row, line in enumerate(desk.lines, 4):
        desk.line(row, line)
    return desk.send(folder, "STP gui So Y te - Phu luc IA.xlsx")


def finance(folder: Path) -> Annex:
    """All eleven blocks, zeros typed into those of the others; formulas in none."""
    desk = Desk("finance", "IA", "Sở Tài chính")
    desk.write("A1", "SỞ TÀI CHÍNH", bold=True)
    desk.heads(3, *HEADS, "Tổng cộng")
    for number in (n for n in range(12, 86) if desk.counted(n) and n not in (42, 43)):
        for year in YEARS:
            desk.say(number, year, 0, means=0)
    for year in YEARS:
        money = dotted(desk.figure(43, year))
        desk.say(43, year, money, unsure="." in money and "," not in money)
    for row, line in enumerate(desk.lines, 4):
        desk.line(row, line)
    return desk.send(folder, "STC.xlsx")


def procuracy(folder: Path) -> Annex:
    """Saved as .xls; the block without markers, equal labels told apart only by their place."""
    desk = Desk("procuracy", "IA", "Viện kiểm sát nhân dân tỉnh")
    desk.write("A1", "VIỆN KIỂM SÁT NHÂN DÂN\nTỈNH ĐỒNG NAI", bold=True)
    desk.heads(3, *HEADS[:6], "Năm 2025 (đến 30/6)", "Cộng")
    for row, line in enumerate(_part(desk, 1, 11) + _part(desk, 44, 52), 4):
        desk.line(row, line, line.label)
    return desk.send(folder, "VKSND tinh - PL IA.xls")


def court(folder: Path) -> Annex:
    """Older tone placement, a column TT, "chưa thành viên" put right, the heading reworded."""
    desk = Desk("court", "IA", "Tòa án nhân dân tỉnh")
    desk.write("A1", "TOÀ ÁN NHÂN DÂN TỈNH ĐỒNG NAI", bold=True, to="C1")
    desk.heads(4, "TT", "Nội dung", "Đơn vị", *range(2021, 2025), "6 tháng 2025")
    columns = dict(zip(YEARS, "DEFGH", strict=True))
    for row, line in enumerate(_part(desk, 1, 10) + _part(desk, 53, 64), 5):
        label = old_tones(line.label.replace("chưa thành viên", "chưa thành niên"))
        if line.number == 53:
            label = "II. KẾT QUẢ XÉT XỬ CỦA TOÀ ÁN NHÂN DÂN HAI CẤP"
        desk.sheet[f"A{row}"] = row - 4
        desk.write(f"B{row}", label, bold=not line.counted)
        desk.write(f"C{row}", line.unit)
        if line.counted:
            desk.fill(row, line.number, columns)
    return desk.send(folder, "Toà án tỉnh_Biểu số liệu.xlsx")


def labour_union(folder: Path) -> Annex:
    """Named in the file name alone; no accents, big numbers as text."""
    desk = Desk("labour_union", "IA", "Liên đoàn Lao động tỉnh")
    desk.heads(2, *(without_accents(head) for head in (*HEADS, "Tổng cộng")))
    for year in YEARS:
        desk.say(66, year, dotted(desk.figure(66, year)))
        desk.say(67, year, f"{dotted(desk.figure(67, year))} nguoi")
    for row, line in enumerate(_part(desk, 1, 11) + _part(desk, 65, 67), 3):
        label = "9. LDLD tinh" if line.number == 65 else without_accents(line.printed)
        desk.line(row, line, label)
    return desk.send(folder, "Lien doan Lao dong tinh - phu luc IA.xlsx")


def women(folder: Path) -> Annex:
    """Saved as .ods, decomposed letters, a line of its own, what the other help was in the cell."""
    desk = Desk("women", "IA", "Hội Liên hiệp phụ nữ tỉnh")
    desk.write("A1", decomposed("HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM TỈNH ĐỒNG NAI"), bold=True)
    desk.heads(3, *(decomposed(head) for head in (*HEADS, "Tổng cộng")))
    helped = desk.figure(74, 2022)
    desk.say(74, 2022, decomposed(f"{helped} (tặng quà, thẻ BHYT)"), unsure=True)
    row = 3
    for line in _part(desk, 1, 11) + _part(desk, 68, 76):
        row += 1
        desk.line(row, line, decomposed(line.printed))
        if line.number == 71:
            row += 1
            desk.write(f"A{row}", decomposed("+ Số người bán dâm được hỗ trợ sinh kế"))
            for column in C_TO_G.values():
                desk.sheet[f"{column}{row}"] = 9007
    return desk.send(folder, "Hoi LHPN tinh.ods")


def disease_control(folder: Path) -> Annex:
    """The parent's name above its own; boxes and pieces in one cell; labels in an old font."""
    desk = Desk("disease_control", "IA", "Trung tâm kiểm soát bệnh tật tỉnh, Sở Y tế")
    desk.write("A1", "SỞ Y TẾ ĐỒNG NAI", to="B1")
    desk.write("A2", "TRUNG TÂM KIỂM SOÁT BỆNH TẬT", bold=True, to="B2")
    desk.heads(4, *HEADS, "Ghi chú")
    desk.say(84, 2021, "5.000 cái, 200 hộp", means=None, unsure=True)
    desk.say(84, 2022, f"{dotted(desk.figure(84, 2022))} bao cao su", unsure=True)
    desk.say(78, 2021, "…", means=None)
    desk.say(78, 2022, "chưa có số liệu", means=None)
    for row, line in enumerate(_part(desk, 1, 10) + _part(desk, 77, 85), 5):
        desk.line(row, line)
        desk.sheet[f"A{row}"].font = styles.Font(name="VNI-Times", size=13)
    desk.sheet["H22"] = "Tư vấn, chuyển gửi"
    return desk.send(folder, "CDC Dong Nai_IA.xlsx")

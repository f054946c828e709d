"""Communes that laid the table out in their own way."""

from __future__ import annotations

from pathlib import Path

from .desk import C_TO_G, D_TO_H, HEADS, Annex, Desk, styles
from .figures import YEARS

TITLE = "BIỂU TỔNG HỢP SỐ LIỆU TỔNG KẾT CÔNG TÁC PHÒNG, CHỐNG MẠI DÂM GIAI ĐOẠN 2021 - 2025"


def letterhead(folder: Path) -> Annex:
    """Office letterhead left and right, a two-row header, signature and list of recipients."""
    desk = Desk("letterhead", "IIA", "Xã Lộc Thành")
    desk.sheet.title = "PL IIA"
    desk.write("A1", "ỦY BAN NHÂN DÂN\nXÃ LỘC THÀNH", bold=True, to="B2")
    desk.write("D1", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, to="H1")
    desk.write("D2", "Độc lập - Tự do - Hạnh phúc", bold=True, to="H2")
    desk.write("D3", "Lộc Thành, ngày 28 tháng 8 năm 2025", italic=True, to="H3")
    desk.write("A5", TITLE, bold=True, to="H5")
    desk.write("A6", "(Kèm theo Báo cáo số 112/BC-UBND ngày 28/8/2025)", italic=True, to="H6")
    desk.write("A8", "Nội dung", bold=True, to="A9")
    desk.write("B8", "Đơn vị tính", bold=True, to="B9")
    desk.write("C8", "Kết quả thực hiện", bold=True, to="G8")
    desk.write("H8", "Tổng cộng", bold=True, to="H9")
    for year, column in C_TO_G.items():
        desk.write(f"{column}9", f"Năm {year}", bold=True)
    row = 9
    for row, line in enumerate(desk.lines, 10):
        desk.line(row, line)
        if line.summed:
            desk.sheet[f"H{row}"] = f"=SUM(C{row}:G{row})"
    desk.box(f"A8:H{row}")
    desk.write(f"A{row + 2}", "Nơi nhận:\n- Sở Y tế;\n- TT. Đảng ủy;\n- Lưu: VT.", italic=True)
    desk.write(f"E{row + 2}", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", bold=True, to=f"H{row + 2}")
    desk.write(f"E{row + 7}", "Nguyễn Văn Minh Họa", bold=True, to=f"H{row + 7}")
    return desk.send(folder, "PL IIA bao cao.xlsx")


def after_the_notes(folder: Path) -> Annex:
    """A sheet of notes first, naming former communes that are now other units' names."""
    desk = Desk("after_the_notes", "IIA", "Xã Tân Quan")
    desk.sheet.title = "Thuyết minh"
    notes = (
        "THUYẾT MINH SỐ LIỆU",
        "1. Số liệu cộng từ 4 đơn vị cũ: xã Tân Lợi, xã Phước An, xã Tân Quan, xã Quang Minh.",
        "2. Mốc số liệu: từ 01/01/2021 đến 30/6/2025.",
        "3. Năm 2021 xã Phước An cũ tổ chức 12 cuộc, năm 2022 tổ chức 15 cuộc.",
    )
    for row, note in enumerate(notes, 1):
        desk.sheet.cell(row, 1, note)
    desk.sheet = desk.book.create_sheet("Số liệu")
    desk.write("A1", "UBND xã Tân Quan", bold=True)
    desk.write("A2", "Biểu số liệu phòng, chống mại dâm 2021-2025", bold=True, to="G2")
    for column, head in zip("ABCDEFG", HEADS, strict=True):
        desk.write(f"{column}4", head, bold=True)
    for row, line in enumerate(desk.lines, 5):
        desk.line(row, line)
    return desk.send(folder, "Tan Quan - so lieu PCMD.xlsx")


def page_breaks(folder: Path) -> Annex:
    """The header again after every 15 lines, as at the page breaks of the printed plan."""
    desk = Desk("page_breaks", "IIA", "Phường Trấn Biên")
    desk.write("A1", "PHƯỜNG TRẤN BIÊN - PHỤ LỤC IIA", bold=True, to="H1")
    row, page = 1, 1
    for index, line in enumerate(desk.lines):
        if index % 15 == 0:
            if index:
                page += 1
                desk.sheet[f"H{row + 1}"] = f"Trang {page}"
            row += 2
            for column, head in zip("ABCDEFGH", (*HEADS, "Tổng cộng"), strict=True):
                desk.write(f"{column}{row}", head.replace(" 20", "\n20"), bold=True)
        row += 1
        desk.line(row, line)
    return desk.send(folder, "TRANBIEN_IIA.xlsx")


def own_numbering(folder: Path) -> Annex:
    """A column STT with I, 1, a; years as numbers; 2025 as "6 tháng đầu năm 2025"."""
    desk = Desk("own_numbering", "IIA", "Xã Trảng Bom")
    desk.write("A1", "UBND XÃ TRẢNG BOM", bold=True, to="C1")
    desk.write("A3", "SỐ LIỆU TỔNG KẾT PCMD", bold=True, to="I3")
    heads = ("TT", "Chỉ tiêu", "ĐVT", 2021, 2022, 2023, 2024, "6 tháng đầu năm 2025", "Cộng")
    for column, head in zip("ABCDEFGHI", heads, strict=True):
        desk.write(f"{column}5", head, bold=True)
    romans, minus, plus = iter(["I", "II", "III", "IV", "V", "VI", "VII"]), 0, 0
    for row, line in enumerate(desk.lines, 6):
        label = line.label
        if line.kind == "heading":
            label, mark, minus, plus = label.partition(". ")[2], next(romans), 0, 0
        elif line.marker == "+":
            plus += 1
            mark = "abcdefgh"[plus - 1]
        elif line.kind == "subheading" or line.marker == "*":
            mark = ""
        else:
            minus, plus = minus + 1, 0
            mark = str(minus)
        desk.sheet[f"A{row}"] = int(mark) if mark.isdigit() else mark
        desk.write(f"B{row}", label, bold=line.kind == "heading")
        desk.sheet[f"C{row}"] = line.unit.lower()
        if line.counted:
            desk.fill(row, line.number, D_TO_H)
    return desk.send(folder, "bieu tong ket PCMD 2021-2025.xlsx")


def numbered_columns(folder: Path) -> Annex:
    """A row of column numbers (1) (2) (3) under the header; 2025 as "6 tháng 2025"."""
    desk = Desk("numbered_columns", "IIA", "Phường Phước Long")
    desk.write("A1", "UBND PHƯỜNG PHƯỚC LONG", bold=True, to="B1")
    desk.write("C1", "Phụ lục IIA", italic=True, to="I1")
    heads = ("STT", *HEADS[:6], "6 tháng 2025", "Tổng cộng")
    for number, (column, head) in enumerate(zip("ABCDEFGHI", heads, strict=True), 1):
        desk.write(f"{column}3", head, bold=True)
        desk.write(f"{column}4", f"({number})", italic=True)
    desk.write("I4", "(9)=(4)+...+(8)", italic=True)
    for row, line in enumerate(desk.lines, 5):
        desk.sheet[f"A{row}"] = line.number
        desk.write(f"B{row}", line.printed)
        desk.write(f"C{row}", line.unit)
        if line.counted:
            desk.fill(row, line.number, D_TO_H)
        if line.summed:
            desk.sheet[f"I{row}"] = sum(desk.figures[line.number, year] for year in YEARS)
    desk.box(f"A3:I{4 + len(desk.lines)}")
    return desk.send(folder, "Phước Long_PL2A_gửi SYT.xlsx")


def far_corner(folder: Path) -> Annex:
    """The table begins in column C under a long title block; columns A and B are empty."""
    desk = Desk("far_corner", "IIA", "Xã Thanh Sơn")
    desk.sheet.column_dimensions["A"].width = 2
    desk.sheet.column_dimensions["C"].width = 70
    desk.write("C2", "ĐẢNG ỦY - HĐND - UBND - UBMTTQVN", bold=True)
    desk.write("C3", "ỦY BAN NHÂN DÂN XÃ THANH SƠN", bold=True)
    desk.write("C4", "Số: 45/BC-UBND")
    desk.write("C6", "PHỤ LỤC IIA", bold=True, to="J6")
    desk.write("C7", TITLE, bold=True, to="J8")
    desk.write("C9", "Kỳ báo cáo: 01/01/2021 - 30/6/2025", italic=True, to="J9")
    for column, head in zip("CDEFGHIJ", (*HEADS, "Tổng cộng"), strict=True):
        desk.write(f"{column}12", head.replace("Năm ", "Năm  ").upper(), bold=True)
    for row, line in enumerate(desk.lines, 13):
        desk.write(f"C{row}", line.printed)
        desk.sheet[f"C{row}"].alignment = styles.Alignment(wrap_text=True, indent=2)
        desk.write(f"D{row}", line.unit)
        if line.counted:
            desk.fill(row, line.number, dict(zip(YEARS, "EFGHI", strict=True)))
    return desk.send(folder, "Thanh Son.xlsx")


def foot_total(folder: Path) -> Annex:
    """A row of totals over everything at the foot, headings merged over the width."""
    desk = Desk("foot_total", "IIA", "Xã Tân Phú")
    desk.write("A1", "TỈNH ĐỒNG NAI\nXÃ TÂN PHÚ", bold=True, to="A2")
    for column, head in zip("ABCDEFG", HEADS, strict=True):
        desk.write(f"{column}4", head, bold=True)
    row = 4
    for row, line in enumerate(desk.lines, 5):
        if line.kind == "heading":
            desk.write(f"A{row}", line.label.upper(), bold=True, to=f"G{row}")
            continue
        desk.line(row, line)
    desk.write(f"A{row + 1}", "TỔNG CỘNG", bold=True)
    for year, column in C_TO_G.items():
        whole = sum(desk.figures[key] for key in desk.figures if key[1] == year)
        desk.sheet[f"{column}{row + 1}"] = whole
    desk.write(f"A{row + 3}", "Người lập biểu", bold=True)
    desk.write(f"D{row + 3}", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", bold=True, to=f"G{row + 3}")
    return desk.send(folder, "Tan Phu tong hop.xlsx")

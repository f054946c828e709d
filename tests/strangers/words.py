"""Communes that retyped the labels in their own words, letters and spelling."""

from __future__ import annotations

from pathlib import Path

from .desk import HEADS, Annex, Desk
from .wording import decomposed, old_tones, replaced, without_accents


def glued_markers(folder: Path) -> Annex:
    """Markers glued to the label, made bullets or arrows, or dropped."""
    desk = Desk("glued_markers", "IIA", "Xã Bàu Hàm")
    desk.write("A1", "ỦY BAN NHÂN DÂN XÃ BÀU HÀM", bold=True)
    desk.heads(3, *HEADS, "Tổng cộng")
    ways = ("-{}", "• {}", "{}", "– {}", "+{}", "* {}", "→{}")
    for row, line in enumerate(desk.lines, 4):
        label = ways[row % len(ways)].format(line.label) if line.marker else line.label
        desk.line(row, line, label)
    return desk.send(folder, "Bau Ham - phu luc.xlsx")


def capital_headings(folder: Path) -> Annex:
    """Headings in capitals, numbered I, II, with a blank line before each section."""
    desk = Desk("capital_headings", "IIA", "Xã Hưng Thịnh")
    desk.write("A1", "UBND XÃ HƯNG THỊNH", bold=True)
    desk.heads(3, *HEADS, "Tổng cộng")
    row = 3
    romans = iter(["I", "II", "III", "IV", "V", "VI", "VII"])
    for line in desk.lines:
        row += 1
        label = line.printed
        if line.kind == "heading":
            row += 1
            label = f"{next(romans)}. {line.label.partition('. ')[2].upper()}:"
        desk.line(row, line, label)
    return desk.send(folder, "Hưng Thịnh - PL IIA.xlsx")


def all_capitals(folder: Path) -> Annex:
    """Every word of the sheet in capitals."""
    desk = Desk("all_capitals", "IIA", "Xã Gia Kiệm")
    desk.yes, desk.no = "CÓ", "KHÔNG"
    desk.write("A1", "ỦY BAN NHÂN DÂN XÃ GIA KIỆM", bold=True)
    desk.heads(3, *(head.upper() for head in (*HEADS, "Tổng cộng")))
    for row, line in enumerate(desk.lines, 4):
        desk.line(row, line, line.printed.upper())
        desk.write(f"B{row}", line.unit.upper())
    return desk.send(folder, "GIA KIỆM.xlsx")


def typed_on_a_mac(folder: Path) -> Annex:
    """Every text decomposed (NFD): sheet, labels, answers and file name."""
    desk = Desk("typed_on_a_mac", "IIA", "Xã Đak Nhau")
    desk.yes, desk.no = decomposed("Có"), decomposed("Không")
    desk.sheet.title = decomposed("Phụ lục IIA")
    desk.write("A1", decomposed("ỦY BAN NHÂN DÂN XÃ ĐAK NHAU"), bold=True)
    desk.heads(2, *(decomposed(head) for head in (*HEADS, "Tổng cộng")))
    for row, line in enumerate(desk.lines, 3):
        desk.line(row, line, decomposed(line.printed))
        desk.write(f"B{row}", decomposed(line.unit))
    return desk.send(folder, decomposed("Phụ lục IIA xã Đak Nhau.xlsx"))


def old_typewriter(folder: Path) -> Annex:
    """Older tone placement (hoà, tuý, khoẻ, UỶ), mixed with the newer one."""
    desk = Desk("old_typewriter", "IIA", "Xã Xuân Hòa")
    desk.write("A1", old_tones("ỦY BAN NHÂN DÂN XÃ XUÂN HÒA"), bold=True)
    desk.heads(3, *HEADS, "Tổng cộng")
    for row, line in enumerate(desk.lines, 4):
        label = line.printed if row % 5 == 0 else old_tones(line.printed)
        desk.line(row, line, replaced(label, {"lý": "lí", "sỹ": "sĩ"}))
    return desk.send(folder, old_tones("Xã Xuân Hòa - IIA.xlsx"))


def short_forms(folder: Path) -> Annex:
    """Abbreviations where the annex has full words."""
    desk = Desk("short_forms", "IIA", "Xã Tân Hưng")
    desk.write("A1", "UBND XÃ TÂN HƯNG", bold=True)
    desk.heads(3, "Nội dung", "ĐVT", *HEADS[2:], "TC")
    shorter = {
        "phòng, chống mại dâm": "PCMD",
        "phòng, chống ma túy": "PCMT",
        "cơ sở kinh doanh dịch vụ": "cơ sở KDDV",
        "khu công nghiệp": "KCN",
        "kinh tế - xã hội": "KT-XH",
        "giáo dục nghề nghiệp": "GDNN",
        "học sinh, sinh viên": "HSSV",
        "cán bộ": "CB",
        "vi phạm hành chính": "VPHC",
        "Kế hoạch": "KH",
        "Trung ương": "TW",
    }
    for row, line in enumerate(desk.lines, 4):
        desk.line(row, line, replaced(line.printed, shorter))
    return desk.send(folder, "Tan Hung_PCMD.xlsx")


def full_words(folder: Path) -> Annex:
    """Full words where the annex has abbreviations, and words of daily use."""
    desk = Desk("full_words", "IIA", "Phường Tam Hiệp")
    desk.write("A1", "ỦY BAN NHÂN DÂN PHƯỜNG TAM HIỆP", bold=True)
    desk.heads(3, *HEADS, "Tổng cộng")
    longer = {
        "PCMD": "phòng, chống mại dâm",
        "cơ sở KDDV": "cơ sở kinh doanh dịch vụ",
        "THPT": "trung học phổ thông",
        "phòng, chống": "phòng chống",
        "tờ rơi": "tờ gấp",
        "Trung ương": "trung ương",
        "Tổng kinh phí": "Tổng kinh phí thực hiện",
        "dưới 18 tuổi": "< 18 tuổi",
        "Số phường, xã, đặc khu": "Số xã, phường",
        "Số cuộc": "Tổng số cuộc",
    }
    for row, line in enumerate(desk.lines, 4):
        desk.line(row, line, replaced(line.printed, longer))
    return desk.send(folder, "tamhiep-bieu-2a.xlsx")


def loose_spaces(folder: Path) -> Annex:
    """Spaces before, after and doubled, hard spaces, and line breaks inside labels."""
    desk = Desk("loose_spaces", "IIA", "Xã Định Quán")
    desk.write("A1", "  UBND  XÃ  ĐỊNH QUÁN ", bold=True)
    desk.heads(3, *(head.replace(" ", "\n") for head in (*HEADS, "Tổng cộng")))
    ways = (
        lambda text: f"   {text}  ",
        lambda text: text.replace(" ", "  ", 3),
        lambda text: text.replace(" ", "\xa0", 2) + "\xa0",
        lambda text: text.replace(", ", ",\n", 1) + "\n",
        lambda text: text.replace(", ", " , "),
    )
    for row, line in enumerate(desk.lines, 4):
        desk.line(row, line, ways[row % len(ways)](line.printed))
    return desk.send(folder, "dinh quan  (2).xlsx")


def typing_errors(folder: Path) -> Annex:
    """The small typing errors of a tired evening."""
    desk = Desk("typing_errors", "IIA", "Xã Bù Gia Mập")
    desk.write("A1", "UBND XÃ BÙ GIA MẬP", bold=True)
    desk.heads(3, "Nôi dung", "Đơn vị tinh", *HEADS[2:], "Tổng công")
    errors = {
        "Số người": "Số nguời",
        "Số cuộc": "Số cuôc",
        "tội phạm liên quan": "tội phạm lên quan",
        "truyền thông": "truyền thống",
        "mại dâm tại": "mai dâm tại",
        "Ban hành các": "Ban hành cac",
        "hỗ trợ": "hổ trợ",
        "chủ chứa": "chủ chúa",
        "ngân sách": "ngân sach",
        "lồng ghép": "lồng nghép",
        "đối tượng": "đói tượng",
        "cán bộ": "các bộ",
    }
    for row, line in enumerate(desk.lines, 4):
        desk.line(row, line, replaced(line.printed, errors))
    return desk.send(folder, "Bù Gia Mâp.xlsx")


def no_accents(folder: Path) -> Annex:
    """No accent anywhere, as from an old keyboard."""
    desk = Desk("no_accents", "IIA", "Xã Dầu Giây")
    desk.yes, desk.no = "Co", "Khong"
    desk.write("A1", "UY BAN NHAN DAN XA DAU GIAY", bold=True)
    desk.heads(3, *(without_accents(head) for head in (*HEADS, "Tổng cộng")))
    for row, line in enumerate(desk.lines, 4):
        desk.line(row, line, without_accents(line.printed))
        desk.write(f"B{row}", without_accents(line.unit))
    return desk.send(folder, "phu luc 2a dau giay.xlsx")

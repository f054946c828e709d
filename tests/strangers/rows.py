"""Communes that added, dropped, moved or broke lines."""

from __future__ import annotations

import textwrap
from pathlib import Path

from .desk import C_TO_G, HEADS, Annex, Desk, styles


def own_lines(folder: Path) -> Annex:
    """Lines of the unit's own between the official ones, some under nearly the same words."""
    desk = Desk("own_lines", "IIA", "Phường Long Bình")
    desk.write("A1", "UBND PHƯỜNG LONG BÌNH", bold=True)
    desk.heads(3, *HEADS)
    added = {
        6: ("- Số băng rôn, khẩu hiệu", "Cái", 9001),
        11: ("+ Số người lao động tự do", "Người", 9002),
        19: ("+ Kế hoạch phòng, chống mua bán người", "Có hoặc không", "Có"),
        26: ("+ Số người nước ngoài bán dâm", "Người", 9003),
        32: ("+ Số người nước ngoài bán dâm", "Người", 9004),
        53: ("Số cộng tác viên được tập huấn", "Lượt người", 9005),
        59: ("+ Từ nguồn xã hội hóa", "Triệu đồng", 9006),
    }
    row = 3
    for line in desk.lines:
        row += 1
        desk.line(row, line)
        if line.number in added:
            row += 1
            label, unit, value = added[line.number]
            desk.write(f"A{row}", label, italic=True)
            desk.sheet[f"B{row}"] = unit
            for column in C_TO_G.values():
                desk.sheet[f"{column}{row}"] = value
    return desk.send(folder, "Long Binh phu luc IIA.xlsx")


def lines_left_out(folder: Path) -> Annex:
    """Lines that do not concern the commune are gone, and with them one of two equal labels."""
    desk = Desk("lines_left_out", "IIA", "Xã Phú Vinh")
    desk.write("A1", "XÃ PHÚ VINH", bold=True)
    desk.heads(3, *HEADS)
    gone = {7, 10, 19, 27, 35, 43, 44, 50, 58}
    for row, line in enumerate((x for x in desk.lines if x.number not in gone), 4):
        desk.line(row, line)
    return desk.send(folder, "Phu Vinh IIA.xlsx")


def nothing_of_which(folder: Path) -> Annex:
    """The lines "Trong đó:" left out, a blank line between sections."""
    desk = Desk("nothing_of_which", "IIA", "Phường Bình Long")
    desk.write("A1", "UBND PHƯỜNG BÌNH LONG", bold=True)
    desk.heads(3, *HEADS)
    desk.leave((29,))
    row = 3
    for line in desk.lines:
        if line.label == "Trong đó:":
            continue
        row += 2 if line.kind == "heading" else 1
        desk.line(row, line)
        desk.write(f"A{row}", line.printed.removesuffix(" Trong đó:"))
    return desk.send(folder, "Binh Long pl2a.xlsx")


def swapped_lines(folder: Path) -> Annex:
    """Neighbouring lines typed in another order: sellers before buyers, central before local."""
    desk = Desk("swapped_lines", "IIA", "Phường Bảo Vinh")
    desk.write("A1", "UBND PHƯỜNG BẢO VINH", bold=True)
    desk.heads(3, *HEADS)
    order = list(range(59))
    for first, second in ((4, 6), (25, 26), (45, 46), (57, 58)):
        order[first - 1], order[second - 1] = second - 1, first - 1
    for row, index in enumerate(order, 4):
        desk.line(row, desk.lines[index])
    return desk.send(folder, "Bảo Vinh.xlsx")


def sections_without_headings(folder: Path) -> Annex:
    """The seven section headings left out, indicators one after the other."""
    desk = Desk("sections_without_headings", "IIA", "Xã La Ngà")
    desk.write("A1", "UBND XÃ LA NGÀ", bold=True)
    desk.heads(3, *HEADS)
    for row, line in enumerate((x for x in desk.lines if x.kind != "heading"), 4):
        desk.line(row, line)
    return desk.send(folder, "La Nga 2A.xlsx")


def broken_labels(folder: Path) -> Annex:
    """Copied from the PDF: a long label runs over several rows, figures in its first one."""
    desk = Desk("broken_labels", "IIA", "Xã Xuân Đường")
    desk.write("A1", "UBND XÃ XUÂN ĐƯỜNG", bold=True)
    desk.heads(3, *HEADS)
    row = 4
    for line in desk.lines:
        first, *rest = textwrap.wrap(line.printed, 40)
        desk.line(row, line)
        desk.write(f"A{row}", first)
        for part in rest:
            row += 1
            desk.write(f"A{row}", part)
        row += 1
    return desk.send(folder, "Xuan Duong copy tu PDF.xlsx")


def merged_rows(folder: Path) -> Annex:
    """Every line two rows high, its cells merged vertically; headings merged over the width."""
    desk = Desk("merged_rows", "IIA", "Phường Minh Hưng")
    desk.write("A1", "PHƯỜNG MINH HƯNG", bold=True, to="G1")
    desk.heads(3, *HEADS)
    row = 4
    for line in desk.lines:
        if line.kind == "heading":
            desk.write(f"A{row}", line.label, bold=True, to=f"G{row}")
            row += 1
            continue
        desk.line(row, line)
        for column in "ABCDEFG":
            desk.sheet.merge_cells(f"{column}{row}:{column}{row + 1}")
            desk.sheet[f"{column}{row}"].alignment = styles.Alignment(vertical="center")
        row += 2
    return desk.send(folder, "Minh Hung.xlsx")

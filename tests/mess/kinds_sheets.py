"""Where the table stands, and what stands around it."""

from __future__ import annotations

from random import Random

from .annex import YEARS, form_lines
from .base import tidy
from .description import Beside, Cell, Description, Row
from .kinds_hidden import _flat
from .registry import communes_only, kind

_NAMES = tuple(map(str, YEARS))


@kind("place")
def far_corner(d: Description, rng: Random) -> Description:
    """The table starts at column D or further, some rows down."""
    return d.with_(at=(rng.randint(1, 12), rng.randint(3, 9)))


@kind("place")
def long_letterhead(d: Description, rng: Random) -> Description:
    """Motto, number and date of the letter above the table."""
    motto = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    letter = (
        f"Số: {rng.randint(10, 400)}/BC-UBND",
        f"Đồng Nai, ngày {rng.randint(1, 28)} tháng 8 năm 2025",
        "Kính gửi: Sở Y tế tỉnh Đồng Nai",
    )
    return d.with_(titles=(*d.titles[:1], *motto, *letter, *d.titles[1:]))


@kind("place")
def protected(d: Description, _: Random) -> Description:
    """The sheet protected."""
    return d.with_(protected=True)


@kind("place")
def comments(d: Description, rng: Random) -> Description:
    """Comments on cells."""

    def comment(row: Row) -> Row:
        for name in _NAMES:
            cell = row.cells.get(name)
            if cell and rng.random() < 0.1:
                row = row.put(name, Cell(cell.value, cell.shape, cell.formula, "Số cũ: 45, xem lại"))
        return row

    return d.each_row(comment)


@kind("place")
def other_sheets(d: Description, rng: Random) -> Description:
    """Sheets before and after that are no returns: a cover, a list, empty ones."""
    cover = Beside(
        "Hướng dẫn",
        [["HƯỚNG DẪN GHI BIỂU"], ["1. Ghi số vào cột năm 2021, 2022, 2023, 2024, 2025"]],
        first=rng.random() < 0.5,
    )
    people = Beside("Danh sách", [["STT", "Họ tên", "Năm sinh"], [1, "Nguyễn Văn A", 1990], [2, "Trần Thị B", 2021]])
    return d.with_(beside=(*d.beside, *rng.sample((cover, people, Beside("Sheet2", []), Beside("Sheet3", [])), 2)))


@kind("place", fits=communes_only)
def second_form_below(d: Description, rng: Random) -> Description:
    """The other form in the same sheet, below the first, with its own header."""
    columns = {"label", "measure", *_NAMES}
    head = Row({c: Cell({"label": "Nội dung", "measure": "Đơn vị tính"}.get(c, f"Năm {c}")) for c in columns})
    rows = [Row({}), Row({"label": Cell("Phụ lục IA")}), head]
    for line in form_lines("IA"):
        row = Row({"label": Cell(f"{line.marker} {line.label}".strip()), "measure": Cell(line.measure or None)})
        for name in _NAMES if line.is_indicator else ():
            row = row.put(name, rng.randint(1, 900))
        rows.append(row)
    return d.with_(rows=(*d.rows, *rows))


@kind("place", fits=communes_only)
def second_table_beside(d: Description, rng: Random) -> Description:
    """A small table of the unit's own to the right of the form."""
    names = tuple(f"own{i}" for i in range(4))
    rows = list(d.rows)
    for i in range(min(8, len(rows))):
        values = (
            ("Đơn vị", "Năm 2023", "Năm 2024", "Cộng")
            if not i
            else (f"Ấp {i}", *(rng.randint(1, 90) for _ in range(3)))
        )
        for name, value in zip(names, values, strict=True):
            rows[i] = rows[i].put(name, value)
    return d.with_(columns=(*d.columns, "gap", *names), rows=tuple(rows))


@kind("place", fits=communes_only)
def own_table_below(d: Description, rng: Random) -> Description:
    """A list of the unit's own below the form, with years in its header."""
    rows = [
        Row({}),
        Row(
            {
                "label": Cell("Danh sách cơ sở kinh doanh dịch vụ"),
                "2021": Cell("Năm 2021"),
                "2022": Cell("Năm 2022"),
                "2023": Cell("Năm 2023"),
            }
        ),
    ]
    names = ("Nhà nghỉ Hoa Hồng", "Karaoke Sao Đêm", "Khách sạn Bình Minh")
    rows += [Row({"label": Cell(name), **{y: Cell(rng.randint(1, 40)) for y in _NAMES[:3]}}) for name in names]
    return d.with_(rows=(*d.rows, *rows))


@kind("place")
def old_copy_visible(d: Description, rng: Random) -> Description:
    """A second visible sheet with the same form and other figures: which one counts?"""
    other = Beside(rng.choice(("Bản cũ", "Sheet1 (2)", "Copy")), _flat(tidy(d.sender, rng)), first=rng.random() < 0.5)
    return d.with_(beside=(*d.beside, other)).doubt(d.truth)


@kind("place")
def empty_template_beside(d: Description, rng: Random) -> Description:
    """A second sheet with the blank form."""
    blank = [
        [v if isinstance(v, str) and v not in ("Có", "Không") else None for v in row]
        for row in _flat(tidy(d.sender, rng))
    ]
    titles = len(d.titles[:1])
    blank[0:titles] = [["TÊN ĐƠN VỊ: ................."]]
    return d.with_(beside=(*d.beside, Beside("Mẫu", blank, first=rng.random() < 0.5)))

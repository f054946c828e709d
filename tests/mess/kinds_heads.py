"""Header rows, and the rows that a page brings with it."""

from __future__ import annotations

import datetime as dt
from random import Random

from .annex import YEARS
from .description import Cell, Description, Row
from .kinds_columns import head
from .registry import kind

_NAMES = tuple(map(str, YEARS))


@kind("columns", excludes=("years_as_dates", "header_two_rows"))
def year_headings(d: Description, rng: Random) -> Description:
    """Headings of years as numbers, «2021», «NĂM 2021», «Năm\\n2021», «N2021», «năm 2021 »."""
    way = rng.choice((int, str, "NĂM {}".format, "Năm\n{}".format, "N.{}".format, "năm {} ".format, "Năm{}".format,
                      "Năm: {}".format, "Số liệu năm {}".format, "{}*".format, "Kết quả năm {}".format))  # fmt: skip
    plain = [c for c in d.columns if d.heads[-1].cells.get(c, Cell()).value == f"Năm {c}"]
    return head(d, **{f"_{year}": way(year) for year in plain})


@kind(
    "columns", excludes=("year_headings", "half_year", "half_and_whole", "nine_months", "quarters", "header_two_rows")
)
def years_as_dates(d: Description, _: Random) -> Description:
    """Headings of years as the last days of them, stored as dates."""
    return head(
        d,
        **{
            f"_{c}": Cell(dt.datetime(int(c), *((6, 30) if c == "2025" else (12, 31))), "yyyy")
            for c in d.columns
            if c in _NAMES
        },
    )


@kind("columns")
def other_headings(d: Description, rng: Random) -> Description:
    """Other words in the header: «Chỉ tiêu», «ĐVT», «Tổng số»."""
    label = rng.choice(("Chỉ tiêu", "NỘI DUNG", "Tên chỉ tiêu", "Nội dung báo cáo", "Các chỉ tiêu", "Noi dung", None))
    measure = rng.choice(("ĐVT", "Đơn vị", "Đ.vị tính", "Dvt", "Đơn vị\ntính", "ĐV tính"))
    return head(
        d,
        label=label,
        measure=measure,
        total=rng.choice(("Tổng số", "Cộng", "Tổng", "TỔNG CỘNG", "T.cộng", "Tổng cộng 5 năm")),
    )


@kind("columns", excludes=("years_as_dates", "year_headings"))
def header_two_rows(d: Description, rng: Random) -> Description:
    """«Năm» in one header row, 2021 in the next."""
    above, below = d.heads[-1], d.heads[-1]
    for column in d.columns:
        if column in _NAMES and below.cells.get(column, Cell()).value == f"Năm {column}":
            above, below = above.put(column, "Năm"), below.put(column, rng.choice((int(column), column)))
        else:
            below = below.put(column, None) if column not in _NAMES else below
            above = above if column not in _NAMES else above.put(column, None)
    return d.with_(heads=(*d.heads[:-1], above, below))


@kind("columns")
def header_merged(d: Description, rng: Random) -> Description:
    """«Kết quả thực hiện» merged over the years, the other headings merged over both header rows."""
    years = [c for c in d.columns if c in _NAMES]
    span = d.columns[d.columns.index(years[0]) : d.columns.index(years[-1]) + 1]
    others = [c for c in d.columns if c not in span]
    last = d.heads[-1]
    text = rng.choice(
        ("Kết quả thực hiện", "Kết quả thực hiện từ năm 2021 đến năm 2025", "Số liệu giai đoạn 2021-2025")
    )
    above = Row(
        {years[0]: Cell(text), **{c: last.cells[c] for c in others if c in last.cells}},
        across=((span[0], span[-1]),),
        down=dict.fromkeys(others, 2),
    )
    below = Row({c: last.cells[c] for c in span if c in last.cells})
    return d.with_(heads=(*d.heads[:-1], above, below))


@kind("pages")
def repeated_headers(d: Description, rng: Random) -> Description:
    """The header again at the top of each printed page."""
    rows: list[Row] = []
    step = rng.randint(12, 25)
    for i, row in enumerate(d.rows):
        if i and i % step == 0 and not any(n > i - j for j, r in enumerate(d.rows[:i]) for n in r.down.values()):
            rows += [Row(h.cells, across=h.across) for h in d.heads]
        rows.append(row)
    return d.with_(rows=tuple(rows)) if not d.under else d


@kind("pages")
def column_numbers(d: Description, rng: Random) -> Description:
    """A row that numbers the columns: (1) (2) (3), 1 2 3, A B 1 2, or -1 -2 -3 by Excel's leave."""
    way = rng.choice(("({})", "{}", "int", "-", "A", "[{}]", "({})="))
    cells = {}
    for i, column in enumerate(d.columns, 1):
        number = i - 2 if way == "A" else i
        letter = "AB"[i - 1] if way == "A" and i < 3 else None
        cells[column] = Cell(
            letter or (-number if way == "-" else number if way in ("int", "A") else way.format(number))
        )
    if way == "({})=":
        cells["total"] = Cell("(8)=(3)+...+(7)")
        cells = {c: Cell(f"({i})") if c != "total" else cells[c] for i, c in enumerate(d.columns, 1)}
    return d.with_(rows=(Row(cells), *d.rows), under={(i + 1, c): v for (i, c), v in d.under.items()})


@kind("pages")
def footers(d: Description, rng: Random) -> Description:
    """Signatures, place and date, remarks below the table, with numbers in them."""
    column = rng.choice([c for c in d.columns if c in _NAMES])
    feet = (
        Row({}),
        Row({column: Cell(f"Đồng Nai, ngày {rng.randint(1, 28)} tháng 8 năm 2025")}),
        Row({"label": Cell("NGƯỜI LẬP BIỂU"), column: Cell("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH")}),
        Row({"label": Cell("Ghi chú: số liệu năm 2025 tính đến 30/6/2025"), column: Cell(2025)}),
        Row({"label": Cell("Điện thoại: 0251 3 822 501"), column: Cell("(Đã ký)")}),
        Row({"label": Cell("Nơi nhận:\n- Sở Y tế;\n- Lưu: VT.")}),
    )
    return d.with_(rows=(*d.rows, *rng.sample(feet, rng.randint(2, len(feet)))))


@kind("pages")
def page_numbers(d: Description, rng: Random) -> Description:
    """Page numbers and «Trang 2/3» among the rows."""
    column = rng.choice(d.columns)
    rows = list(d.rows)
    for page in range(1, 3):
        at = len(d.rows) * page // 3
        if not any(n > at - j for j, r in enumerate(rows[:at]) for n in r.down.values()):
            rows.insert(at, Row({column: Cell(rng.choice((page, f"Trang {page}/3", f"- {page} -")))}))
    return d.with_(rows=tuple(rows)) if not d.under else d

"""Columns in another order, added, left out."""

from __future__ import annotations

from random import Random

from .annex import YEARS
from .description import Cell, Description, Row
from .registry import kind

_NAMES = tuple(map(str, YEARS))


def head(d: Description, **texts: object) -> Description:
    """The description with other headings in its last header row."""
    last = d.heads[-1]
    for column, text in texts.items():
        last = last.put(column.lstrip("_"), text)
    return d.with_(heads=(*d.heads[:-1], last))


def add_column(d: Description, name: str, after: str, heading: object) -> Description:
    """The description with an empty column more."""
    at = d.columns.index(after) + 1
    return head(d.with_(columns=(*d.columns[:at], name, *d.columns[at:])), **{f"_{name}": heading})


def fill(d: Description, name: str, rng: Random, most: int = 900) -> Description:
    """The description with invented figures in a column, beside the rows with figures."""
    return d.each_row(lambda row: row.put(name, rng.randint(0, most)) if _has_figures(row) else row)


def _has_figures(row: Row) -> bool:
    return any(year in row.cells for year in _NAMES)


def _order_years(d: Description, order: list[str]) -> Description:
    left = iter(order)
    return d.with_(columns=tuple(next(left) if name in order else name for name in d.columns))


@kind("columns", excludes=("years_shuffled", "header_merged"))
def years_reversed(d: Description, _: Random) -> Description:
    """The newest year first."""
    return _order_years(d, sorted((c for c in d.columns if c in _NAMES), reverse=True))


@kind("columns", excludes=("years_reversed", "header_merged"))
def years_shuffled(d: Description, rng: Random) -> Description:
    """Years in any order."""
    years = [c for c in d.columns if c in _NAMES]
    return _order_years(d, rng.sample(years, len(years)))


@kind("columns")
def gap_columns(d: Description, rng: Random) -> Description:
    """Empty columns between the years."""
    for year in rng.sample(_NAMES, rng.randint(1, 3)):
        if year in d.columns:
            d = add_column(d, f"gap{year}", year, None)
    return d


@kind("columns")
def extra_years(d: Description, rng: Random) -> Description:
    """Years that nobody asked for: 2020, 2026."""
    if rng.random() < 0.7 and "2021" in d.columns:
        before = d.columns[d.columns.index("2021") - 1]
        d = fill(add_column(d, "2020", before, "Năm 2020"), "2020", rng)
    if rng.random() < 0.5 and "2025" in d.columns:
        d = fill(add_column(d, "2026", "2025", rng.choice(("Năm 2026", "KH 2026", "Dự kiến 2026"))), "2026", rng)
    return d


@kind("columns")
def extra_totals(d: Description, rng: Random) -> Description:
    """Further columns of totals: «Tổng 2021-2024», «Bình quân», «So sánh 2024/2023 (%)»."""
    texts = (
        "Tổng 2021-2024", "Bình quân", "Cộng 4 năm", "So sánh 2024/2023 (%)", "Tăng/giảm so với 2023",
        "Lũy kế 2021-2025", "Giai đoạn 2021-2025", "Bình quân/năm", "Trung bình giai đoạn 2021 - 2025",
    )  # fmt: skip
    for i, text in enumerate(rng.sample(texts, rng.randint(1, 3))):
        after = rng.choice(("2024", "2025", d.columns[-1]))
        after = after if after in d.columns else d.columns[-1]
        d = fill(add_column(d, f"sum{i}", after, text), f"sum{i}", rng)
    return d


@kind("columns")
def stt(d: Description, _: Random) -> Description:
    """A column of running numbers before the labels."""
    at = d.columns.index("label")
    numbered = [row.put("stt", i) if row.line else row for i, row in enumerate(d.rows, 1)]
    return head(d.with_(columns=(*d.columns[:at], "stt", *d.columns[at:]), rows=tuple(numbered)), stt="STT")


@kind("columns")
def remarks(d: Description, rng: Random) -> Description:
    """A column Ghi chú, with remarks and numbers in it."""
    texts = ("Theo CA xã", "12 vụ", "Số liệu 6 tháng", 2024, "BC số 35/BC-UBND ngày 12/3/2024", 15)

    def remark(row: Row) -> Row:
        return row.put("note", rng.choice(texts)) if row.line and rng.random() < 0.3 else row

    heading = rng.choice(("Ghi chú", "GHI CHÚ", "Giải trình", "Nguồn số liệu"))
    return add_column(d.each_row(remark), "note", d.columns[-1], heading)


@kind("columns", excludes=("measure_after_years", "money_in_dong_column"))
def measure_missing(d: Description, _: Random) -> Description:
    """No column of units of measure."""
    return d.with_(columns=tuple(c for c in d.columns if c != "measure"))


@kind("columns", excludes=("measure_missing", "header_merged"))
def measure_after_years(d: Description, _: Random) -> Description:
    """The unit of measure after the years."""
    return d.with_(columns=(*(c for c in d.columns if c != "measure"), "measure"))


@kind("columns", excludes=("total_first", "header_merged"))
def total_missing(d: Description, _: Random) -> Description:
    """No column Tổng cộng."""
    return d.with_(columns=tuple(c for c in d.columns if c != "total"))


@kind("columns", excludes=("total_missing", "header_merged"))
def total_first(d: Description, _: Random) -> Description:
    """Tổng cộng before the years."""
    rest = [c for c in d.columns if c != "total"]
    at = next(i for i, c in enumerate(rest) if c in _NAMES)
    return d.with_(columns=(*rest[:at], "total", *rest[at:]))


@kind("columns", excludes=("year_twice", "half_and_whole", "quarters"))
def year_missing(d: Description, rng: Random) -> Description:
    """A year without its column."""
    gone = rng.choice([c for c in d.columns if c in _NAMES])
    left = d.with_(columns=tuple(c for c in d.columns if c != gone))
    return left.forget(key for key in d.truth if key[1] == int(gone))


@kind("columns", excludes=("year_missing", "half_and_whole", "quarters", "hidden_old_year"))
def year_twice(d: Description, rng: Random) -> Description:
    """Two columns of one year with other figures."""
    year = rng.choice([c for c in d.columns if c in _NAMES])
    twice = fill(add_column(d, "again", year, f"Năm {year}"), "again", rng)
    return twice.doubt(key for key in d.truth if key[1] == int(year))


@kind("columns", excludes=("year_twice", "year_missing", "half_year", "quarters", "years_as_dates"))
def half_and_whole(d: Description, rng: Random) -> Description:
    """A column for the half of 2025 and one for the whole year estimated."""
    half = rng.choice(("6 tháng 2025", "2025 (6 tháng)", "6 tháng đầu năm 2025", "6T/2025", "2025\n(đến 30/6/2025)"))
    whole = rng.choice(("Ước cả năm 2025", "Cả năm 2025 (ước)", "Dự kiến năm 2025", "KH 2025", "Ước TH 2025"))
    return fill(add_column(head(d, _2025=half), "whole", "2025", whole), "whole", rng)


@kind("columns", excludes=("half_and_whole", "quarters", "years_as_dates"))
def half_year(d: Description, rng: Random) -> Description:
    """2025 written as its half: «2025 (6 tháng)», «6T đầu năm 2025», «Năm 2025 (đến 30/6)»."""
    texts = (
        "2025 (6 tháng)", "6 tháng 2025", "Năm 2025\n(6 tháng đầu năm)", "6T/2025", "6T đầu năm 2025",
        "Năm 2025 (đến 30/6)", "6 tháng đầu năm 2025", "Đến 30/6/2025", "Từ 01/01/2025 đến 30/6/2025",
        "Sáu tháng đầu năm 2025", "06 tháng năm 2025",
    )  # fmt: skip
    return head(d, _2025=rng.choice(texts))


@kind(
    "columns", excludes=("half_and_whole", "half_year", "year_missing", "year_twice", "header_merged", "years_as_dates")
)
def quarters(d: Description, rng: Random) -> Description:
    """Quarters of 2025 beside the year, or in its place."""
    names = rng.choice((("Quý I/2025", "Quý II/2025"), ("Q1 2025", "Q2 2025"), ("Quý 1 năm 2025", "Quý 2 năm 2025")))
    for i, text in enumerate(reversed(names)):
        d = fill(add_column(d, f"quarter{i}", "2025", text), f"quarter{i}", rng)
    if rng.random() < 0.5:
        return d
    gone = d.with_(columns=tuple(c for c in d.columns if c != "2025"))
    keys = [key for key in d.truth if key[1] == 2025]
    return gone.forget(keys).doubt(keys)


@kind("columns", excludes=("year_missing", "half_and_whole", "half_year", "quarters", "years_as_dates"))
def nine_months(d: Description, rng: Random) -> Description:
    """2025 counted to another day than the one asked for."""
    text = rng.choice(("9 tháng năm 2025", "2025 (đến 30/9)", "Quý I/2025", "Đến 31/8/2025", "7 tháng 2025"))
    return head(d, _2025=text).doubt(key for key in d.truth if key[1] == 2025)


@kind("columns", excludes=("header_merged",))
def plan_and_done(d: Description, rng: Random) -> Description:
    """Beside each year a column of what was planned: «KH 2021 | TH 2021»."""
    for year in (c for c in d.columns if c in _NAMES):
        before = d.columns[d.columns.index(year) - 1]
        d = head(d, **{f"_{year}": f"TH {year}"}) if _is_plain(d, year) else d
        d = fill(add_column(d, f"plan{year}", before, f"KH {year}"), f"plan{year}", rng)
    return d


def _is_plain(d: Description, year: str) -> bool:
    return d.heads[-1].cells.get(year, Cell()).value == f"Năm {year}"

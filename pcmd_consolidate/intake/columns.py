"""Which column holds what: header rows, and the part of each column in the table below them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pcmd_consolidate.forms import Form
from pcmd_consolidate.intake.grid import Grid
from pcmd_consolidate.intake.labels import LabelIndex
from pcmd_consolidate.intake.qualifiers import UNTITLED, qualified
from pcmd_consolidate.intake.years import claims_of, may_name_years, names_part, year_of
from pcmd_consolidate.vietnamese import plain_words, squeeze

_PLANNED = re.compile(r"\b(ke hoach|chi tieu|giao|uoc|so sanh|ty le|kh)\b")
_TITLES = {
    "label": re.compile(r"(noi dung|chi tieu|ten chi tieu|noi dung chi tieu|tieu chi|noi dung bao cao)"),
    "unit": re.compile(r"(don vi tinh|dvt|don vi|dv tinh)"),
    "total": re.compile(r"(tong cong|tong so|tong|cong|luy ke)"),
    "number": re.compile(r"(stt|tt|so tt|so thu tu|ma so)"),
    "line_number": re.compile(r"dong"),
    "check": re.compile(r"kiem tra tu dong"),
    "note": re.compile(r"(ghi chu|giai trinh|ghi chu ghi ro|ghi ro|chu thich|y kien)"),
}


@dataclass(frozen=True)
class Columns:
    """What the columns hold from one header row to the next.

    Attributes:
        header: The header row (the one with the years), from 0.
        end: First row that is no longer below this header.
        years: Year → column.
        disputed: Years that several columns claim → those columns.
        labels: Columns that hold the wording of the rows.
        unit, total, note: Columns of the unit of measure, Tổng cộng and notes.
        line_number: Column of line numbers, headed *Dòng* as in a handed-out workbook.
        check: Column in which a handed-out workbook tells what is to be checked; nothing is read there.
        doubts: Year → what else is written over its figures, where that is not the year's figure as asked for.
        others: Column → heading, for columns that the form does not have.
    """

    header: int
    end: int
    years: Mapping[int, int]
    disputed: Mapping[int, tuple[int, ...]]
    labels: tuple[int, ...]
    unit: int | None = None
    total: int | None = None
    note: int | None = None
    line_number: int | None = None
    check: int | None = None
    doubts: Mapping[int, str] = field(default_factory=dict)
    others: Mapping[int, str] = field(default_factory=dict)


def find_columns(grid: Grid, form: Form, index: LabelIndex) -> tuple[Columns, ...]:
    """The tables of a sheet: one for each header row, in their order; empty where there is no header."""
    headers = _same_table(
        grid, [row for row in rows_with_years(grid, form) if _is_header(grid, row, form, index)], form
    )
    ends = [*headers, len(grid.rows)][1:]
    return tuple(_columns(grid, header, end, form, index) for header, end in zip(headers, ends, strict=True))


def rows_with_years(grid: Grid, form: Form) -> list[int]:
    """The rows that may be headers: they name several of the years asked for."""
    fewest = min(2, len(form.years))
    likely = [row for row, cells in enumerate(grid.rows) if may_name_years(cells, form, fewest)]
    return [row for row in likely if len(claims_of(grid.rows[row], form)) >= fewest]


def _same_table(grid: Grid, headers: list[int], form: Form) -> list[int]:
    """The header rows of the form, without those of smaller tables of the unit's own beside or below it."""
    claims = {header: claims_of(grid.rows[header], form) for header in headers}
    most = max((len(years) for years in claims.values()), default=0)
    columns = {column for years in claims.values() if len(years) == most for cs in years.values() for column in cs}
    return [
        header
        for header, years in claims.items()
        if len(years) == most or all(column in columns for cs in years.values() for column in cs)
    ]


def _is_header(grid: Grid, row: int, form: Form, index: LabelIndex) -> bool:
    cells = grid.rows[row]
    claims = claims_of(cells, form)
    others = [c for c in cells if isinstance(c, str) and year_of(c, form) is None]
    if any(index.knows(text) for text in others):
        return False
    if any(not str(cells[c]).strip(" .0").isdigit() for columns in claims.values() for c in columns):
        return True
    titled = any(_part(grid, row, column) for column in range(grid.width))
    return len(claims) >= min(3, len(form.years)) and (len(form.years) > 1 or titled)


def _columns(grid: Grid, header: int, end: int, form: Form, index: LabelIndex) -> Columns:
    claims = {
        year: [c for column in columns for c in _under(grid, header, end, column)]
        for year, columns in claims_of(grid.rows[header], form).items()
    }
    years = {year: columns[0] for year, columns in claims.items() if len(columns) == 1}
    disputed = {year: tuple(columns) for year, columns in claims.items() if len(columns) != 1}
    taken = {column for columns in claims.values() for column in columns}
    parts = {c: part for c in range(grid.width) if c not in taken and (part := _part(grid, header, c))}
    named = {part: column for column, part in reversed(list(parts.items()))}
    unit = named.get("unit", _unit_column(grid, header, end, taken | set(parts), form))
    free = [
        c
        for c in range(grid.width)
        if c not in taken
        and c != unit
        and parts.get(c) in (None, "label")
        and (_heading(grid, header, c) or not _counts_the_lines(grid, header, end, c))
    ]
    labels = _label_columns(grid, header, end, free, min(taken), index)
    others = {c: _heading(grid, header, c) or UNTITLED for c in free if c not in labels}
    doubts = qualified(grid, header, end, form, years, labels, {**others, **dict.fromkeys(parts, "")})
    disputed |= {year: (years.pop(year),) for year in doubts}
    last = max(taken | {named[part] for part in ("unit", "total", "note") if part in named})
    for column, heading in list(others.items()):
        year = year_of(heading, form)
        settled = year in years and names_part(grid.rows[header][years[year]]) and not names_part(heading)
        if year in years and not settled and not _of_a_table_beside(grid, header, end, column, last, index):
            disputed[year] = (years.pop(year), column)
            del others[column]
    return Columns(
        header=header,
        end=end,
        years=years,
        disputed=disputed,
        doubts=doubts,
        labels=labels,
        unit=unit,
        total=named.get("total"),
        note=named.get("note"),
        line_number=named.get("line_number"),
        check=named.get("check"),
        others=others,
    )


def _of_a_table_beside(grid: Grid, header: int, end: int, column: int, last: int, index: LabelIndex) -> bool:
    """Whether a table of the unit's own begins between the last column of the form and this one, with other labels."""
    for c in range(last + 1, column):
        texts = [row[c] for row in grid.rows[header + 1 : end] if isinstance(row[c], str)]
        if len(texts) > 1 and not any(index.knows(text) for text in texts):
            return True
    return False


def _under(grid: Grid, header: int, end: int, column: int) -> tuple[int, ...]:
    """The columns under a year's heading that hold something.

    A heading merged over several columns (*Kế hoạch*, *Thực hiện*) claims all of them; so does one whose own column is
    headed as a plan: none of them is known to be the year's figure.
    """
    area = next((a for a in grid.merged if a[0] <= header <= a[2] and a[1] <= column <= a[3]), None)
    right = column if area is None else area[3]
    held = [c for c in range(column + 1, right + 1) if any(row[c] is not None for row in grid.rows[header + 1 : end])]
    below = grid.rows[header + 1][column] if header + 1 < len(grid.rows) else None
    planned = isinstance(below, str) and _PLANNED.search(" ".join(plain_words(below))) is not None
    return (column, *held) if held or not planned else (column, column)


def _heading_cells(grid: Grid, header: int, column: int) -> list[str]:
    rows = range(max(0, header - 2), min(len(grid.rows), header + 2))
    cells = [grid.rows[r][column] for r in rows]
    return [squeeze(cell) for cell in cells if isinstance(cell, str) and cell.strip()]


def _part(grid: Grid, header: int, column: int) -> str | None:
    for text in _heading_cells(grid, header, column):
        words = " ".join(plain_words(text))
        for part, pattern in _TITLES.items():
            if pattern.fullmatch(words):
                return part
    return None


def _heading(grid: Grid, header: int, column: int) -> str:
    cell = grid.rows[header][column]
    text = squeeze(cell) if isinstance(cell, str) else "" if cell is None else str(getattr(cell, "text", cell))
    return text or next(iter(_heading_cells(grid, header, column)[:1]), "")


def _unit_column(grid: Grid, header: int, end: int, taken: set[int], form: Form) -> int | None:
    """The column whose cells are mostly units of measure of the form, where no heading says so."""
    known = {plain_words(row.unit_of_measure) for row in form.indicators}
    best, most = None, 2
    for column in range(grid.width):
        if column in taken:
            continue
        hits = sum(
            isinstance(row[column], str) and plain_words(str(row[column])) in known
            for row in grid.rows[header + 1 : end]
        )
        if hits > most:
            best, most = column, hits
    return best


def _label_columns(
    grid: Grid, header: int, end: int, free: list[int], first_year: int, index: LabelIndex
) -> tuple[int, ...]:
    """The column in which most labels of the form stand, with the text columns beside it to the left of the years."""
    known = {
        column: sum(isinstance(row[column], str) and index.knows(row[column]) for row in grid.rows[header:end])
        for column in free
    }
    beside = tuple(c for c in free if c < first_year and not _holds_numbers(grid, header, end, c))
    if not known or not max(known.values()):
        return beside
    main = max(known, key=lambda column: (known[column], -column))
    return (main,) if main > first_year else beside


def _holds_numbers(grid: Grid, header: int, end: int, column: int) -> bool:
    """Whether a column holds numbers rather than words."""
    cells = [row[column] for row in grid.rows[header + 1 : end]]
    numbers = sum(isinstance(cell, int | float) for cell in cells)
    return numbers > sum(isinstance(cell, str) for cell in cells)


def _counts_the_lines(grid: Grid, header: int, end: int, column: int) -> bool:
    """Whether a column without a heading only counts the lines."""
    cells = [row[column] for row in grid.rows[header + 1 : end]]
    numbers = [cell for cell in cells if isinstance(cell, int | float)]
    steps = [b - a == 1 or b == 1 for a, b in itertools.pairwise(numbers)]
    return len(numbers) > 2 and all(steps) and len(set(numbers)) > 1

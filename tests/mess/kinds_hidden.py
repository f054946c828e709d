"""Figures that nobody sees: hidden rows, columns and sheets, merges, formats."""

from __future__ import annotations

import dataclasses
from random import Random

from .annex import COUNT, MONEY, YEARS
from .base import stored, tidy
from .description import Beside, Cell, Description, Key, Row, Said
from .kinds_columns import add_column
from .kinds_rows import own_row
from .registry import kind

_NAMES = tuple(map(str, YEARS))


@kind("hidden", excludes=("vertical_merge_of_figures",))
def hidden_rows(d: Description, rng: Random) -> Description:
    """Rows of the form hidden, with figures in them."""
    lines = sorted({line for line, _ in d.truth})
    chosen = set(rng.sample(lines, min(len(lines) - 1, rng.randint(1, 4))))
    rows = tuple(dataclasses.replace(row, hidden=True) if row.line in chosen else row for row in d.rows)
    return d.with_(rows=rows).doubt(key for key in d.truth if key[0] in chosen)


@kind("rows")
def hidden_own_rows(d: Description, rng: Random) -> Description:
    """Hidden rows of the unit's own, with older figures of the line above."""
    rows: list[Row] = []
    for row in d.rows:
        rows.append(row)
        if row.line and rng.random() < 0.05:
            rows.append(dataclasses.replace(own_row("(số liệu cũ)", "", rng), hidden=True))
    return d.with_(rows=tuple(rows))


@kind("hidden")
def hidden_year(d: Description, rng: Random) -> Description:
    """The column of a year hidden."""
    year = rng.choice([c for c in d.columns if c in _NAMES])
    return d.with_(hidden_columns=d.hidden_columns | {year}).doubt(key for key in d.truth if key[1] == int(year))


@kind("columns", excludes=("year_twice", "year_missing", "quarters"))
def hidden_old_year(d: Description, rng: Random) -> Description:
    """A hidden column with older figures of a year beside the visible one."""
    year = rng.choice([c for c in d.columns if c in _NAMES])
    old = add_column(d, "old", year, f"Năm {year}")

    def change(row: Row) -> Row:
        value = row.cells.get(year, Cell()).value
        return row.put("old", value + rng.randint(1, 9)) if isinstance(value, int | float) else row

    hidden = old.each_row(change).with_(hidden_columns=d.hidden_columns | {"old"})
    return hidden.doubt(key for key in d.truth if key[1] == int(year))


@kind("hidden", excludes=("second_form_below", "only_sheet_hidden"))
def hidden_copy(d: Description, rng: Random) -> Description:
    """A hidden sheet with the same form and other figures."""
    return d.with_(beside=(*d.beside, Beside("Bản nháp", _flat(tidy(d.sender, rng)), hidden=True)))


def _flat(d: Description) -> list[list[object]]:
    rows = [[title] for title in d.titles] + [
        [row.cells.get(column, Cell()).value for column in d.columns] for row in (*d.heads, *d.rows)
    ]
    return [list(row) for row in rows]


@kind("hidden", excludes=("hidden_copy",))
def only_sheet_hidden(d: Description, _: Random) -> Description:
    """The form is in a hidden sheet, a visible one says nothing."""
    cover = Beside("Bìa", [["Kính gửi: Sở Y tế"], ["Xin gửi biểu số liệu"]], first=True)
    return d.with_(beside=(*d.beside, cover), sheet_hidden=True).doubt(d.truth)


@kind("figures")
def invisible_format(d: Description, rng: Random) -> Description:
    """Numbers stored with a format that hides or rescales them: ;;; and 0,"""
    said: dict[Key, Said] = {}
    for key in d.plain_figures(COUNT, MONEY):
        value = d.truth[key]
        if value and rng.random() < 0.15:
            said[key] = Said(Cell(stored(value), rng.choice((";;;", "#,##0,", "0,,", '""'))), value, True)
    return d.say(said)


@kind("hidden", excludes=("row_over_two", "split_rows", "repeated_headers", "hidden_rows"))
def vertical_merge_of_figures(d: Description, rng: Random) -> Description:
    """A figure merged over two lines of the form."""
    asked = {line for line, _ in d.truth}
    pairs = [i for i in range(len(d.rows) - 1) if d.rows[i].line in asked and d.rows[i + 1].line in asked]
    if not pairs:
        return d
    at = rng.choice(pairs)
    year = rng.choice([c for c in d.columns if c in _NAMES])
    rows = list(d.rows)
    rows[at] = dataclasses.replace(rows[at], down={**rows[at].down, year: 2})
    keys = [(row.line or 0, int(year)) for row in rows[at : at + 2]]
    under = {**d.under, (at + 1, year): rows[at + 1].cells.get(year, Cell()).value}
    merged = d.with_(rows=tuple(rows)).forget(keys).doubt(keys)
    return merged.with_(under=under) if rng.random() < 0.5 else merged


@kind("hidden", excludes=("row_over_two", "repeated_headers", "years_shuffled"))
def merge_over_years(d: Description, rng: Random) -> Description:
    """One figure merged over several years, with or without figures under the merge."""
    asked = {line for line, _ in d.truth}
    years = [c for c in d.columns if c in _NAMES]
    first = rng.randrange(len(years) - 1)
    area = d.columns[d.columns.index(years[first]) : d.columns.index(years[first + 1]) + 1]
    places = [i for i, row in enumerate(d.rows) if row.line in asked and row.cells.get(area[0])]
    rows, under, keys = list(d.rows), dict(d.under), []
    for at in rng.sample(places, min(3, len(places))):
        row = rows[at]
        rows[at] = dataclasses.replace(row, across=(*row.across, (area[0], area[-1])))
        if rng.random() < 0.5 and (cell := row.cells.get(area[-1])):
            under[at, area[-1]] = cell.value
        keys += [(row.line or 0, int(c)) for c in area if c in _NAMES]
    return d.with_(rows=tuple(rows), under=under).forget(keys).doubt(keys)


@kind("hidden")
def hidden_note_column(d: Description, rng: Random) -> Description:
    """A hidden column of the unit's own sums between the years."""
    after = rng.choice([c for c in d.columns if c in _NAMES])
    column = add_column(d, "secret", after, None)
    filled = column.each_row(lambda row: row.put("secret", rng.randint(1, 99)) if row.line else row)
    return filled.with_(hidden_columns=d.hidden_columns | {"secret"})

"""From a located table to readings: one for every cell asked for, and a finding for everything that is left over."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pcmd_consolidate.findings import Finding, found
from pcmd_consolidate.forms import OverYears, Row, ValueType
from pcmd_consolidate.intake.asked_words import asked_words
from pcmd_consolidate.intake.grid import Cell, Grid, address
from pcmd_consolidate.intake.locate import Line, Table
from pcmd_consolidate.intake.marks import Mark, MarkKind
from pcmd_consolidate.intake.measures import Measures
from pcmd_consolidate.intake.numbers import read_cell
from pcmd_consolidate.intake.reading import CellReading, Reading, State, StatedTotal
from pcmd_consolidate.intake.settle import settle_money
from pcmd_consolidate.vietnamese import shown, squeeze


@dataclass(frozen=True)
class Extracted:
    """Everything a table says about the rows asked for."""

    cells: Sequence[CellReading]
    totals: tuple[StatedTotal, ...]
    findings: tuple[Finding, ...]


def extract(grid: Grid, table: Table, asked: Sequence[Row]) -> Extracted:
    """Read the cells of the rows asked for.

    Args:
        grid: The sheet.
        table: The form found in it.
        asked: The rows that this unit fills; figures in other rows are findings.
    """
    wanted = {row.number for row in asked}
    lines: dict[int, int] = {}
    findings: list[Finding] = [*_year_findings(grid, table), *_other_columns(grid, table)]
    last = max(table.matches, default=-1)
    for place, line in enumerate(table.lines):
        row = table.row_of(place)
        if row is None or not row.is_indicator or row.number not in wanted:
            findings += left_over(grid, line, row, below=place > last)
        else:
            lines[row.number] = place
            findings += _line_findings(grid, table, place, row)
    cells: list[CellReading] = []
    measures = Measures(grid, table) if table.matches else None
    for row in asked:
        at = lines.get(row.number)
        measure = "" if at is None or measures is None else measures.other(at, row)
        found_cells = row_cells(grid, table, row, at, measure)
        cells += found_cells
        findings += findings_of(grid, None if at is None else table.lines[at], row, found_cells)
    findings += blanks(cell.reading for cell in cells)
    totals = [t for number, place in lines.items() if (t := _stated_total(grid, table, place, table.form.row(number)))]
    return Extracted(tuple(cells), tuple(totals), tuple(findings))


def row_cells(grid: Grid, table: Table, row: Row, place: int | None, measure: str) -> list[CellReading]:
    """The cells of a row.

    Args:
        grid: The sheet.
        table: The form found in it.
        row: The row of the form.
        place: Index of its line; None where it is not there.
        measure: The unit of measure that the sheet states for it, where it is not that of the form.
    """
    if place is None:
        return [CellReading(row.number, year, Reading(State.ABSENT), "") for year in table.form.years]
    line = table.lines[place]
    doubtful = table.matches[place].doubtful
    note = _note(grid, line, row)
    cells = [_cell(grid, line, row, year, doubtful, note, measure) for year in table.form.years]
    return settle_money(cells) if row.value_type is ValueType.MONEY and not doubtful else cells


def _cell(grid: Grid, line: Line, row: Row, year: int, doubtful: bool, note: str, measure: str) -> CellReading:
    column = line.columns.years.get(year)
    if column is None:
        return _without_column(grid, line, row, year)
    value = grid.rows[line.row][column]
    cell = address(line.row, column)
    reading = _as_asked(read_cell(value, row), measure, row)
    merged = _merged_with_others(grid, line, column) if line.row in grid.merged_rows else None
    if merged is not None:
        reading = Reading(State.UNREADABLE, raw=_raw(merged), findings=(found("E03", raw=_raw(merged)),))
    remark = grid.remarks.cells.get((line.row, column))
    if remark is not None and reading.value is not None:
        also = found(remark, raw=reading.raw, value=shown(reading.value))
        reading = dataclasses.replace(reading, findings=(*reading.findings, also))
    if doubtful and reading.state is not State.BLANK:
        reading = Reading(State.UNREADABLE, raw=reading.raw, note=reading.note)
    if note:
        reading = dataclasses.replace(reading, note="; ".join(part for part in (reading.note, note) if part))
    return CellReading(row.number, year, reading, cell)


def _without_column(grid: Grid, line: Line, row: Row, year: int) -> CellReading:
    """A year that has no column, or that several columns claim."""
    disputed = line.columns.disputed.get(year, ())
    raws = [_raw(grid.rows[line.row][c]) for c in disputed if grid.rows[line.row][c] is not None]
    if raws:
        where = address(line.row, disputed[0])
        return CellReading(row.number, year, Reading(State.UNREADABLE, raw=" | ".join(raws)), where)
    return CellReading(row.number, year, Reading(State.ABSENT), "")


def _raw(cell: Cell) -> str:
    if isinstance(cell, float):
        return shown(cell)
    return "" if cell is None else str(getattr(cell, "text", cell))


def _merged_with_others(grid: Grid, line: Line, column: int) -> Cell:
    """What a merged area holds that covers this cell and others; None where there is none."""
    for top, left, bottom, right in grid.merged:
        if top <= line.row <= bottom and left <= column <= right:
            alone = (
                left == right and top == line.row and not any(_has_text(row) for row in grid.rows[top + 1 : bottom + 1])
            )
            return None if alone else grid.rows[top][left]
    return None


def _has_text(cells: Sequence[Cell]) -> bool:
    return any(cell is not None for cell in cells)


def _as_asked(reading: Reading, measure: str, row: Row) -> Reading:
    """A figure stated in another unit of measure than the form's is not read: it may be off by a million."""
    if not measure or not reading.value:
        return reading
    finding = found("F18b", raw=reading.raw, measure=measure, wanted=row.unit_of_measure)
    return Reading(State.UNREADABLE, None, reading.raw, reading.note, (finding,))


def _note(grid: Grid, line: Line, row: Row) -> str:
    """What stands in the column of notes, and what the row asks for in words."""
    note = squeeze(_raw(grid.rows[line.row][line.columns.note])) if line.columns.note is not None else ""
    return "; ".join(part for part in (asked_words(line.label, row.label), note) if part)


def findings_of(grid: Grid, line: Line | None, row: Row, cells: Sequence[CellReading]) -> Iterator[Finding]:
    """What is to be said about the cells of a row, or about its absence."""
    if line is None:
        yield dataclasses.replace(found("F08", row=row.number, label=row.label), row=row.number)
    for cell in cells:
        for finding in cell.reading.findings:
            yield dataclasses.replace(finding, row=row.number, year=cell.year, cell=cell.cell)
    if line is not None and all(cell.reading.state is State.BLANK for cell in cells):
        yield from _only_total(grid, line, row)


def _only_total(grid: Grid, line: Line, row: Row) -> Iterator[Finding]:
    """A row with something under Tổng cộng and nothing in its years."""
    total = None if line.columns.total is None else grid.rows[line.row][line.columns.total]
    if line.columns.total is not None and _is_content(total) and total != 0:
        finding = found("F11b", raw=_raw(total))
        yield dataclasses.replace(finding, row=row.number, cell=address(line.row, line.columns.total))


def _line_findings(grid: Grid, table: Table, place: int, row: Row) -> Iterator[Finding]:
    line, match = table.lines[place], table.matches[place]
    where = address(line.row, line.columns.labels[0]) if line.columns.labels else ""
    if line.row in grid.remarks.hidden_rows:
        yield dataclasses.replace(found("E08", raw=_figures(grid, line)), row=row.number, cell=where)
    if match.repeated:
        finding = found("F08d", raw=_figures(grid, line), row=row.number, label=line.label)
        yield dataclasses.replace(finding, row=row.number, cell=where)
    elif match.rival is not None:
        rival = table.form.rows[match.rival].number
        first, second = sorted((row.number, rival))
        finding = found("F08c", raw=_figures(grid, line), label=line.label, first=first, second=second)
        yield dataclasses.replace(finding, row=row.number, cell=where)
    elif match.moved:
        yield dataclasses.replace(found("F08b", row=row.number, label=row.label), row=row.number, cell=where)


def _figures(grid: Grid, line: Line) -> str:
    """What stands in the columns of the years, for a finding that must not lose it."""
    named = [(str(year), column) for year, column in sorted(line.columns.years.items())]
    if line.columns.total is not None:
        named.append(("Tổng cộng", line.columns.total))
    parts = [(name, grid.rows[line.row][column]) for name, column in named]
    return "; ".join(f"{name}: {_raw(value)}" for name, value in parts if _is_content(value))


def _is_content(cell: Cell) -> bool:
    """Whether a cell holds something that a person put there."""
    return cell is not None and not (isinstance(cell, Mark) and cell.kind is MarkKind.NOT_CALCULATED)


def left_over(grid: Grid, line: Line, row: Row | None, below: bool) -> Iterator[Finding]:
    """A line whose figures are not used: added by the unit, a heading, or in another department's block.

    Below the last line of the form only numbers count: a signature block stands there.
    """
    figures = _figures(grid, line)
    columns = list(line.columns.years.values())
    if not figures or (below and not any(_is_number(grid.rows[line.row][column]) for column in columns)):
        return
    if row is None:
        finding = found("F09", raw=figures, label=line.label)
    elif not row.is_indicator:
        finding = dataclasses.replace(found("F09b", raw=figures, label=row.label), row=row.number)
    else:
        held = columns if line.columns.total is None else [*columns, line.columns.total]
        nothing = all(read_cell(grid.rows[line.row][column], row).value in (0, None) for column in held)
        rule = "B59b" if nothing else "B59"
        finding = dataclasses.replace(found(rule, raw=figures, section=row.section, owner=row.owner), row=row.number)
    cell = f"{address(line.row, min(columns))}:{address(line.row, max(columns))}"
    yield dataclasses.replace(finding, cell=cell)


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float) or (isinstance(cell, str) and cell.strip().isdigit())


def _year_findings(grid: Grid, table: Table) -> Iterator[Finding]:
    """Years without a column of their own, in any part of the sheet that holds rows of the form."""
    parts = {table.lines[place].columns.header: table.lines[place].columns for place in table.matches}
    for year in table.form.years:
        label = table.form.year_label(year)
        if any(part.years.get(year) in grid.remarks.hidden_columns for part in parts.values()):
            yield dataclasses.replace(found("E09", what=f"«{label}»"), year=year)
        disputed = next((p for p in parts.values() if year in p.disputed), None)
        doubted = next((part for part in parts.values() if part.doubts.get(year)), None)
        if doubted is not None:
            where = address(doubted.header, doubted.disputed[year][0])
            yield dataclasses.replace(found("F10d", what=f"«{label}» ({where})", raw=doubted.doubts[year]), year=year)
        elif disputed is not None:
            where = ", ".join(address(disputed.header, column) for column in disputed.disputed[year])
            yield dataclasses.replace(found("F10c", what=f"«{label}» ({where})"), year=year)
        elif not all(year in part.years for part in parts.values()):
            yield dataclasses.replace(found("F10", what=f"«{label}»"), year=year)


def _other_columns(grid: Grid, table: Table) -> Iterator[Finding]:
    """Columns that the form does not have, with everything that stands in them beside rows of the form."""
    contents: dict[tuple[int, str], list[tuple[int, str]]] = {}
    for place in sorted(table.matches):
        line = table.lines[place]
        for column, heading in line.columns.others.items():
            if grid.rows[line.row][column] is not None:
                contents.setdefault((column, heading), []).append((line.row, _raw(grid.rows[line.row][column])))
    for (column, heading), cells in contents.items():
        where = f"{address(cells[0][0], column)}:{address(cells[-1][0], column)}"
        raw = "; ".join(text for _, text in cells)
        yield dataclasses.replace(found("F10b", raw=raw, label=heading), cell=where)


def blanks(readings: Iterable[Reading]) -> Iterator[Finding]:
    """How many cells were left blank."""
    count = sum(reading.state is State.BLANK for reading in readings)
    if count:
        yield found("F07", count=count)


@lru_cache(maxsize=1024)
def summed(row: Row) -> Row:
    """The row as the sum of its years."""
    return dataclasses.replace(row, over_years=OverYears.SUM)


def _stated_total(grid: Grid, table: Table, place: int, row: Row) -> StatedTotal | None:
    line = table.lines[place]
    if line.columns.total is None or row.value_type is ValueType.YES_NO or table.matches[place].doubtful:
        return None
    reading = read_cell(grid.rows[line.row][line.columns.total], summed(row))
    if reading.value is None:
        return None
    return StatedTotal(row.number, reading.value, address(line.row, line.columns.total))

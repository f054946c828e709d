"""From a description to a workbook: placed cells first, then written by one of two programs."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter

from .convert import CONVERTED, convert
from .description import Beside, Cell, Description, Row

Place = tuple[int, int]
"""Row and column, from 0."""
Area = tuple[int, int, int, int]


@dataclass(frozen=True)
class Layout:
    """Everything on the sheet of the return, by place."""

    cells: dict[Place, Cell]
    merged: tuple[Area, ...]
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[int, ...]
    under: dict[Place, object]


def lay_out(description: Description) -> Layout:
    """Give every cell its place."""
    top, left = description.at
    place = {name: left + i for i, name in enumerate(description.columns)}
    cells: dict[Place, Cell] = {}
    merged: list[Area] = []
    hidden: list[int] = []
    under: dict[Place, object] = {}
    for title in description.titles:
        cells[top, left] = Cell(title or None)
        top += 1
    rows = (*description.heads, *description.rows)
    starts = _starts(rows, top)
    for index, row in enumerate(rows):
        at, end = starts[index], starts[index] + row.height - 1
        cells.update({(at, place[name]): cell for name, cell in row.cells.items() if name in place})
        hidden += range(at, end + 1) if row.hidden else ()
        areas = [(at, place[a], end, place[b]) for a, b in row.across if a in place and b in place]
        areas += [(at, place[c], starts[index + n] - 1, place[c]) for c, n in row.down.items() if c in place]
        covered = {column for _, first, _, last in areas for column in range(first, last + 1)}
        if row.height > 1:
            areas += [(at, column, end, column) for column in place.values() if column not in covered]
        merged += [area for area in areas if area[:2] != area[2:]]
        body = index - len(description.heads)
        under.update({(at, place[n]): v for (i, n), v in description.under.items() if i == body and n in place})
    columns = tuple(place[name] for name in description.hidden_columns if name in place)
    return Layout(_uncovered(cells, merged), tuple(merged), tuple(hidden), columns, under)


def _starts(rows: Sequence[Row], top: int) -> list[int]:
    starts = [top]
    for row in rows:
        starts.append(starts[-1] + row.height)
    return starts


def _uncovered(cells: dict[Place, Cell], merged: Iterable[Area]) -> dict[Place, Cell]:
    covered = {
        (r, c)
        for top, left, bottom, right in merged
        for r in range(top, bottom + 1)
        for c in range(left, right + 1)
        if (r, c) != (top, left)
    }
    return {at: cell for at, cell in cells.items() if at not in covered}


def write(description: Description, folder: Path) -> Path:
    """Write a return into a folder; formats of LibreOffice are left as .xlsx to be converted by :func:`write_all`."""
    suffix = "xlsx" if description.suffix in CONVERTED else description.suffix
    path = folder / f"{description.file}.{suffix}"
    layout = lay_out(description)
    if description.suffix in _TEXTS:
        path = path.with_name(f"{description.file}.xls")
        path.write_bytes(_TEXTS[description.suffix](_matrix(layout)))
    elif description.author == "excel" or layout.under or any(c.formula for c in layout.cells.values()):
        _by_excel(description, layout, path)
    else:
        _by_openpyxl(description, layout, path)
    return path


def write_all(descriptions: Sequence[Description], folder: Path) -> list[Path]:
    """Write returns, each into a folder of its own (two of them may have the same file name)."""
    paths = []
    for index, description in enumerate(descriptions):
        own = folder / f"{index:04}"
        own.mkdir(parents=True)
        paths.append(write(description, own))
    return convert(paths, [d.suffix for d in descriptions])


def _by_excel(description: Description, layout: Layout, path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    shapes = {c.shape: book.add_format({"num_format": c.shape}) for c in layout.cells.values() if c.shape}
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for beside in (b for b in description.beside if b.first):
        _add_sheet(book, beside)
    sheet = book.add_worksheet(description.sheet)
    for area in layout.merged:
        sheet.merge_range(*area, "")
    for (row, column), cell in layout.cells.items():
        shape = shapes.get(cell.shape)
        if cell.formula:
            sheet.write_formula(row, column, cell.formula, shape, "" if cell.value is None else cell.value)
        elif isinstance(cell.value, str) and cell.value in ERROR_CODES:
            sheet.write_formula(row, column, "=1/0", shape, cell.value)
        elif isinstance(cell.value, str):
            sheet.write_string(row, column, cell.value, shape)
        elif isinstance(cell.value, dt.date):
            sheet.write_datetime(row, column, cell.value, shape or day)
        elif cell.value is not None:
            sheet.write(row, column, cell.value, shape)
        if cell.comment:
            sheet.write_comment(row, column, cell.comment)
    for (row, column), value in layout.under.items():
        sheet.write(row, column, value)
    for row in layout.hidden_rows:
        sheet.set_row(row, None, None, {"hidden": True})
    for column in layout.hidden_columns:
        sheet.set_column(column, column, None, None, {"hidden": True})
    if description.protected:
        sheet.protect("pcmd")
    for beside in (b for b in description.beside if not b.first):
        _add_sheet(book, beside)
    if description.sheet_hidden:
        next(s for s in book.worksheets() if s is not sheet).activate()
        sheet.hide()
    elif description.beside:
        sheet.activate()
        sheet.set_first_sheet()
    book.close()


def _add_sheet(book: xlsxwriter.Workbook, beside: Beside) -> None:
    sheet = book.add_worksheet(beside.name)
    for r, row in enumerate(beside.rows):
        for c, value in enumerate(row):
            if value is not None:
                sheet.write(r, c, value)
    if beside.hidden:
        sheet.hide()


def _by_openpyxl(description: Description, layout: Layout, path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = description.sheet
    for (row, column), cell in layout.cells.items():
        target = sheet.cell(row + 1, column + 1)
        if isinstance(cell.value, str) and cell.value.startswith("="):
            target.set_explicit_value(cell.value)
        elif cell.value is not None:
            target.value = cell.value
        if cell.shape:
            target.number_format = cell.shape
        if cell.comment:
            target.comment = Comment(cell.comment, "pcmd")
    for top, left, bottom, right in layout.merged:
        sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    for row in layout.hidden_rows:
        sheet.row_dimensions[row + 1].hidden = True
    for column in layout.hidden_columns:
        sheet.column_dimensions[get_column_letter(column + 1)].hidden = True
    sheet.protection.sheet = description.protected
    for place, beside in enumerate(sorted(description.beside, key=lambda b: not b.first)):
        other = book.create_sheet(beside.name, place if beside.first else None)
        for values in beside.rows:
            other.append(list(values))
        other.sheet_state = "hidden" if beside.hidden else "visible"
    if description.sheet_hidden:
        sheet.sheet_state = "hidden"
    book.active = next(i for i, s in enumerate(book.worksheets) if s.sheet_state == "visible")
    book.save(path)


def _matrix(layout: Layout) -> list[list[str]]:
    height = max(row for row, _ in layout.cells) + 1
    width = max(column for _, column in layout.cells) + 1
    matrix = [[""] * width for _ in range(height)]
    for (row, column), cell in layout.cells.items():
        matrix[row][column] = _shown(cell.value)
    return matrix


def _shown(value: object) -> str:
    """A value as Excel with Vietnamese settings shows it."""
    if isinstance(value, float):
        return repr(value).replace(".", ",")
    return "" if value is None else f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else str(value)


def _html(matrix: list[list[str]]) -> bytes:
    rows = "\n".join("<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in row) + "</tr>" for row in matrix)
    page = f'<html><head><meta charset="utf-8"></head><body><table border=1>\n{rows}\n</table></body></html>'
    return page.encode()


def _csv(matrix: list[list[str]]) -> bytes:
    def quoted(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if any(c in text for c in ';"\n') else text

    return "\r\n".join(";".join(map(quoted, row)) for row in matrix).encode("utf-8-sig")


_TEXTS = {"html": _html, "csv": _csv}

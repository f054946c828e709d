"""Cells of a workbook coloured and commented, and made as they were before when the workbook comes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.styles.fills import Fill
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import fromstring, tostring

from pcmd_consolidate.feedback.cases import Point
from pcmd_consolidate.findings import Severity
from pcmd_consolidate.intake.comments import AUTHOR, HEAD, OWN
from pcmd_consolidate.typeset import line_count

COLOURS: Mapping[Severity, str] = {
    Severity.ERROR: "FF9C9C", Severity.EXPLAIN: "F8B878", Severity.WARNING: "FFE36E",
}  # fmt: skip
MOST_RAW = 200
"""Characters of what a unit wrote that are shown."""
_COMMENT_PIXELS, _COMMENT_SIZE, _COMMENT_LINE = 330, 10, 17
_MOST_CELLS = 2_000
"""Cells that are coloured for one finding."""

Spot = tuple[str, str]
"""Name of a sheet and A1 reference of a cell, or of an area, in it."""


@dataclass(frozen=True, slots=True)
class Before:
    """How a cell was filled before it was coloured, so that this can be undone."""

    sheet: str
    cell: str
    fill: str


def mark(book: Workbook, points: Iterable[tuple[Point, Sequence[Spot]]]) -> tuple[Before, ...]:
    """Colour the cells of findings by the heaviest of them, and say in a comment what is wrong.

    Args:
        book: The workbook, which is changed.
        points: The findings, the heaviest first, each with where it stands.

    Returns:
        How the cells were filled before.
    """
    before: dict[Spot, Before] = {}
    texts: dict[Spot, list[str]] = {}
    for point, spots in points:
        cells = [cell for spot in spots for cell in _cells(book, spot)][:_MOST_CELLS]
        for cell in cells:
            spot = (cell.parent.title, cell.coordinate)
            if spot not in before:
                before[spot] = Before(*spot, tostring(cell.fill.to_tree()).decode())
                cell.fill = PatternFill("solid", fgColor=f"FF{COLOURS[point.severity]}")
        if cells:
            texts.setdefault((cells[0].parent.title, cells[0].coordinate), []).append(comment_text(point))
    for (sheet, reference), parts in texts.items():
        _comment(book[sheet][reference], "\n\n".join(parts))
    return tuple(before.values())


def _cells(book: Workbook, spot: Spot) -> Iterator[Any]:
    """The cells of a place; the first of a merged area for any other cell of it."""
    sheet, reference = spot
    if sheet not in book.sheetnames or not isinstance(book[sheet], Worksheet):
        return
    found = book[sheet][reference]
    rows = found if isinstance(found, tuple) else ((found,),)
    for row in rows:
        for cell in row:
            yield _first_of(cell) if isinstance(cell, MergedCell) else cell


def _first_of(cell: MergedCell) -> Any:
    sheet = cell.parent
    area = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
    return sheet.cell(area.min_row, area.min_col)


def comment_text(point: Point) -> str:
    """What is wrong, what was written and read, and what to do."""
    where = [f"dòng {point.row}"] * (point.row is not None) + [f"năm {point.year}"] * (point.year is not None)
    head = point.severity.label.upper() + (f" ({', '.join(where)})" if where else "")
    wrote = f"Đơn vị ghi: «{shortened(point.raw)}»." if point.raw and not point.read.endswith(f": {point.raw}") else ""
    read = f"{point.read}." if point.read else ""
    lines = [head, " ".join(filter(None, (wrote, read))), harmless(point.message)]
    return "\n".join(line for line in lines if line)


def shortened(text: str) -> str:
    """The text without characters that no workbook can hold, cut where it is very long."""
    text = harmless(text)
    return text if len(text) <= MOST_RAW else f"{text[:MOST_RAW]} …"


def harmless(text: str) -> str:
    """The text without characters that no workbook can hold."""
    return str(ILLEGAL_CHARACTERS_RE.sub("", text))


def _comment(cell: Any, text: str) -> None:
    """Put a comment on a cell; what the unit noted there stays below it."""
    if cell.comment is not None:
        text = f"{text}\n\n{OWN}{cell.comment.text}"
    lines = line_count(text, _COMMENT_PIXELS, _COMMENT_SIZE)
    cell.comment = Comment(text, AUTHOR, height=_COMMENT_LINE * (lines + 1), width=_COMMENT_PIXELS)


def unmark(book: Workbook, before: Iterable[Before]) -> None:
    """Take away the colours and comments of an earlier round.

    Args:
        book: The workbook, which is changed.
        before: How the cells were filled.
    """
    for was in before:
        for cell in _cells(book, (was.sheet, was.cell)):
            if is_marked(cell):
                cell.fill = _fill(was.fill)
    for sheet in book.worksheets:
        for cell in cells_of(sheet):
            if cell.comment is not None:
                _uncomment(cell)


def cells_of(sheet: Worksheet) -> list[Any]:
    """The cells that a sheet has; going through its rows would make all those that it does not have."""
    return list(sheet._cells.values())


def is_marked(cell: Any) -> bool:
    """Whether a cell is filled with one of the colours."""
    colour = cell.fill.fgColor
    marked = cell.fill.fill_type == "solid" and colour.type == "rgb"
    return marked and str(colour.rgb)[-6:].upper() in COLOURS.values()


def _uncomment(cell: Any) -> None:
    comment = cell.comment
    if comment.author != AUTHOR and not HEAD.match(comment.text):
        return
    _, found, own = comment.text.partition(OWN)
    cell.comment = Comment(own, "") if found else None
    if is_marked(cell):
        cell.fill = PatternFill()


def _fill(text: str) -> Any:
    """A fill from its description; none where that was tampered with."""
    try:
        return Fill.from_tree(fromstring(text)) or PatternFill()
    except Exception:  # whatever a broken description leads to
        return PatternFill()

"""Where a finding stands: in the unit's own workbook, and in a fresh form."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.utils import get_column_letter

from pcmd_consolidate.feedback.cases import Case, Point
from pcmd_consolidate.feedback.marks import Spot
from pcmd_consolidate.handout.layout import Layout
from pcmd_consolidate.intake.reading import CellReading, State
from pcmd_consolidate.intake.readings import SheetReading

_BLANKS = "F07"
"""The finding that is about all blank cells of a return."""


def own_spots(point: Point, case: Case) -> Sequence[Spot]:
    """Where a finding stands in the workbook that the unit sent."""
    if point.rule == _BLANKS:
        return [(cell.sheet or sheet.sheet, cell.cell) for sheet, cell in _blanks(point, case) if cell.cell]
    return [(point.sheet, point.cell)] if point.cell else []


def fresh_spots(point: Point, case: Case, layout: Layout, sheet: str) -> Sequence[Spot]:
    """Where a finding stands in a form as it is handed out."""
    if point.rule == _BLANKS:
        cells = {(cell.row, cell.year) for _, cell in _blanks(point, case)}
        return [(sheet, _reference(layout, row, layout.years[year])) for row, year in sorted(cells)]
    if point.row is None or point.form not in ("", layout.form.id):
        return []
    if point.year is not None:
        return [(sheet, _reference(layout, point.row, layout.years[point.year]))]
    about_total = point.rule in ("F11", "F11b", "F12")
    return [(sheet, _reference(layout, point.row, layout.total if about_total else layout.label))]


def _blanks(point: Point, case: Case) -> list[tuple[SheetReading, CellReading]]:
    return [
        (sheet, cell)
        for sheet in case.sheets
        if (sheet.form, sheet.sheet) == (point.form, point.sheet)
        for cell in sheet.cells
        if cell.reading.state is State.BLANK
    ]


def _reference(layout: Layout, row: int, column: int) -> str:
    return f"{get_column_letter(column + 1)}{layout.place(layout.form.row(row)) + 1}"

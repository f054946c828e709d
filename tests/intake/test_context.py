"""Lines that the parents above them, or hidden line numbers, tell apart where their labels do not."""

from __future__ import annotations

from collections.abc import Sequence

from pcmd_consolidate.forms import load_form
from pcmd_consolidate.intake.extract import extract
from pcmd_consolidate.intake.grid import Grid
from pcmd_consolidate.intake.labels import LabelIndex
from pcmd_consolidate.intake.locate import locate

IIA = load_form("IIA")
NUMBERS = [row.number for row in IIA.rows]
SWAPPED = [*range(1, 23), *range(30, 36), 29, *range(23, 29), *range(36, 60)]


def sheet(order: Sequence[int], *, line_numbers: Sequence[int | None] | None = None) -> Grid:
    """The form's rows in an order; every figure is its row's own number, answers are Có."""
    head = ("Dòng", "Nội dung", "Đơn vị tính", *(f"Năm {year}" for year in IIA.years))
    rows = []
    for place, number in enumerate(order):
        row = IIA.row(number)
        figure = ("Có" if row.value_type == "yes_no" else number) if row.is_indicator else None
        line = None if line_numbers is None else line_numbers[place]
        rows.append((line, row.full_label, row.unit, *[figure] * 5))
    return Grid("Sheet1", True, (head, *rows))


def read(grid: Grid, *, handed_out: bool = False) -> dict[int, float]:
    """Row → figure of 2021, for the rows that are read."""
    table = locate(grid, IIA, LabelIndex(IIA), handed_out=handed_out)
    assert table is not None
    cells = extract(grid, table, IIA.indicators).cells
    counted = [c for c in cells if c.year == 2021 and c.reading.value is not None]
    return {c.row: float(c.reading.value or 0) for c in counted if IIA.row(c.row).value_type != "yes_no"}


def test_groups_in_the_other_order_are_never_given_to_the_wrong_parent() -> None:
    figures = read(sheet(SWAPPED))

    assert {row: figure for row, figure in figures.items() if row != figure} == {}
    assert {23, 30, 36} <= figures.keys()


def test_groups_in_their_order_are_read() -> None:
    assert read(sheet(NUMBERS)) == {r.number: r.number for r in IIA.indicators if r.value_type != "yes_no"}


def test_line_numbers_tell_the_rows_of_a_handed_out_workbook_in_any_order() -> None:
    order = NUMBERS[::-1]
    figures = read(sheet(order, line_numbers=order), handed_out=True)

    assert figures == {r.number: r.number for r in IIA.indicators if r.value_type != "yes_no"}


def test_line_numbers_that_no_longer_fit_leave_the_lines_in_doubt() -> None:
    """Labels and figures were sorted, the hidden numbers were not."""
    order = sorted(NUMBERS, key=lambda number: IIA.row(number).label)
    figures = read(sheet(order, line_numbers=NUMBERS), handed_out=True)

    assert {row: figure for row, figure in figures.items() if row != figure} == {}


def test_a_column_headed_dong_in_a_workbook_of_the_units_own_says_nothing() -> None:
    figures = read(sheet(NUMBERS, line_numbers=[*range(101, 160)]))

    assert len(figures) == len([r for r in IIA.indicators if r.value_type != "yes_no"])

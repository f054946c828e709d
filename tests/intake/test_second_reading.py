"""Two readings of the same cells, and where they differ."""

from __future__ import annotations

import datetime as dt

from pcmd_consolidate.intake.marks import Mark, MarkKind
from pcmd_consolidate.intake.second_reading import old_differences


def test_cells_of_an_old_workbook_that_two_readers_read_apart() -> None:
    rows: list[list[object]] = [[6.0, "Có", 7.0, dt.date(2021, 6, 6), "", "trái"], [True, 3]]
    cells: dict[tuple[int, int], float | str] = {
        (0, 0): 6.0, (0, 1): "Có", (0, 2): 5.0, (0, 3): 44353.0, (0, 4): "sót", (0, 5): "phải",
        (1, 0): 1.0, (1, 1): 3.0, (2, 0): 9.0,
    }  # fmt: skip

    assert old_differences(cells, rows) == {
        (0, 2): Mark(MarkKind.DIFFERS, "7 / 5"),
        (0, 4): Mark(MarkKind.DIFFERS, " / sót"),
        (0, 5): Mark(MarkKind.DIFFERS, "trái / phải"),
        (2, 0): Mark(MarkKind.DIFFERS, " / 9"),
    }

"""Figures that can be read in two ways, settled by the other years of their row."""

from __future__ import annotations

import dataclasses
import statistics
from collections.abc import Sequence

from pcmd_consolidate.findings import found
from pcmd_consolidate.intake.figures import money_candidates
from pcmd_consolidate.intake.reading import CellReading, State
from pcmd_consolidate.vietnamese import shown


def settle_money(cells: Sequence[CellReading]) -> list[CellReading]:
    """Read ``1.234`` in money where the row's other years leave only one way to read it.

    Both ways are compared with the median of at least two other years; the one within a factor of ten of it is taken
    where the other is more than a factor of fifty away.
    """
    figures = [cell.reading.value for cell in cells if cell.reading.value]
    if len(figures) < 2:
        return list(cells)
    usual = statistics.median(figures)
    return [_settled(cell, usual) for cell in cells]


def _settled(cell: CellReading, usual: float) -> CellReading:
    ambiguous = any(finding.rule == "F05" for finding in cell.reading.findings)
    candidates = money_candidates(cell.reading.raw) if ambiguous else None
    if candidates is None:
        return cell
    near = [value for value in candidates if usual / 10 <= value <= usual * 10]
    far = [value for value in candidates if value > usual * 50 or value < usual / 50]
    if len(near) != 1 or len(far) != 1:
        return cell
    finding = found("F05b", raw=cell.reading.raw, value=shown(near[0]))
    reading = dataclasses.replace(cell.reading, state=State.REPORTED, value=near[0], findings=(finding,))
    return dataclasses.replace(cell, reading=reading)

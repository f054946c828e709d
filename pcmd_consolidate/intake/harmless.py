"""Grids with texts of a bearable length, and findings on what a person does not see or should not trust in them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from pcmd_consolidate.findings import Finding, found
from pcmd_consolidate.intake.grid import Cell, Grid, address
from pcmd_consolidate.limits import MAX_CELL_TEXT

CUT = "… (đã cắt)"
_KEPT = 2_000
"""Characters that are kept of a text that no cell of Excel could hold."""
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LIKE_A_FORMULA = re.compile(r"\s*(?:=\s*[\w+\-(\"'@]|@\w+\()")
_MOST = 20
"""Findings of a kind for one sheet."""


def harmless(grid: Grid) -> Grid:
    """The grid with long texts cut, and with findings on cut, unseen, covered and formula-like texts."""
    findings = [*_in_cells(grid), *_covered(grid)]
    if not findings:
        return grid
    rows = tuple(tuple(map(_shortened, row)) for row in grid.rows)
    return dataclasses.replace(grid, rows=rows, findings=(*grid.findings, *findings))


def _shortened(cell: Cell) -> Cell:
    """A text cut where it is too long; one that shows its figures in another order than it holds them, escaped."""
    if not isinstance(cell, str):
        return cell
    text = cell[:_KEPT] + CUT if len(cell) > MAX_CELL_TEXT else cell
    return _TURNS.sub(lambda found: f"\\u{ord(found[0]):04x}", text) if any(map(str.isdigit, text)) else text


def _in_cells(grid: Grid) -> Iterator[Finding]:
    counts: dict[str, int] = {}
    for row, cells in enumerate(grid.rows):
        for column, cell in enumerate(cells):
            finding = _finding(cell) if isinstance(cell, str) else None
            if finding is not None:
                counts[finding.rule] = counts.get(finding.rule, 0) + 1
                if counts[finding.rule] <= _MOST:
                    yield dataclasses.replace(finding, cell=address(row, column))


def _finding(text: str) -> Finding | None:
    if len(text) > MAX_CELL_TEXT:
        return found("E12", raw=text[:_KEPT] + CUT, count=len(text))
    if unseen := _UNSEEN.findall(text):
        return found("E13", raw=text, shown=", ".join(f"U+{ord(c):04X}" for c in sorted(set(unseen))))
    return found("E14", raw=text) if _LIKE_A_FORMULA.match(text) else None


def _covered(grid: Grid) -> Iterator[Finding]:
    """Cells that hold something under a merged area that shows another cell."""
    count = 0
    for top, left, bottom, right in grid.merged:
        for row in range(top, min(bottom + 1, len(grid.rows))):
            for column in range(left, min(right + 1, grid.width)):
                cell = grid.rows[row][column]
                if cell is not None and (row, column) != (top, left) and count < _MOST:
                    count += 1
                    raw = f"{cell:.15g}" if isinstance(cell, float) else str(getattr(cell, "text", cell))
                    yield dataclasses.replace(found("E11", raw=raw), cell=address(row, column))

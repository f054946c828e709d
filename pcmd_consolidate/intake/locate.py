"""Which row of the form each line of a sheet is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pcmd_consolidate.forms import Form, Row
from pcmd_consolidate.intake.align import Match, align
from pcmd_consolidate.intake.columns import Columns, find_columns
from pcmd_consolidate.intake.context import doubt_by_parents, with_line_numbers
from pcmd_consolidate.intake.grid import Cell, Grid
from pcmd_consolidate.intake.labels import SURE, VERBATIM, LabelIndex, label_words
from pcmd_consolidate.vietnamese import plain_words, squeeze

_LONGEST_BREAK = 6
"""Most lines over which one label may run."""
_MOST_LINES = 3000
"""Lines of a sheet that are held against the form; further ones are left over."""
_COLUMN_NUMBERS = re.compile(r"\(?-?\d{1,2}(?:[.,]0)?\)?\Z")
_LONGEST_NUMBER = 7
"""Characters of the longest of these, *(-12.0)*."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line of a sheet that has a label or figures.

    Attributes:
        row: Its row in the grid, from 0.
        columns: The columns of the table it stands in.
        label: Its wording, as typed, on one line.
        measure: Its unit of measure, as typed.
    """

    row: int
    columns: Columns
    label: str
    measure: str


@dataclass(frozen=True)
class Table:
    """A form found in a sheet.

    Attributes:
        form: The form.
        columns: Column layouts, one for each header row.
        lines: Lines with a label.
        matches: Index of the line → its match with a row of the form.
        beyond: Lines that come after more of them than any form has, and were not looked at.
    """

    form: Form
    columns: tuple[Columns, ...]
    lines: tuple[Line, ...]
    matches: dict[int, Match]
    beyond: tuple[Line, ...] = ()

    def row_of(self, line: int) -> Row | None:
        """The row of the form that a line is, doubtful or not."""
        match = self.matches.get(line)
        return None if match is None else self.form.rows[match.place]


def find_lines(grid: Grid, columns: Sequence[Columns]) -> tuple[Line, ...]:
    """The lines below the header rows that have a label or something in a year's column."""
    headers = {part.header for part in columns}
    lines = []
    for part in columns:
        for row in range(part.header + 1, part.end):
            cells = grid.rows[row]
            label = " ".join(squeeze(c) for c in (cells[i] for i in part.labels) if isinstance(c, str) and c.strip())
            measure = _text(cells[part.unit]) if part.unit is not None else ""
            line = Line(row, part, label, measure)
            if (label or _figures(grid, line)) and row not in headers and not _numbers_the_columns(cells):
                lines.append(line)
    return tuple(lines)


def _figures(grid: Grid, line: Line) -> list[Cell]:
    """What stands in the columns of the years."""
    columns = (*line.columns.years.values(), *(c for cs in line.columns.disputed.values() for c in cs))
    return [cell for column in columns if (cell := grid.rows[line.row][column]) is not None]


def _text(cell: Cell) -> str:
    return squeeze(cell) if isinstance(cell, str) else ""


def _numbers_the_columns(cells: Sequence[Cell]) -> bool:
    """Whether a row only numbers the columns: (1), (2), (3), which Excel may have turned into -1, -2, -3."""
    if any(isinstance(c, str) and len(c) > _LONGEST_NUMBER for c in cells):
        return False
    filled = [c for c in cells if c is not None]
    texts = [str(c) for c in filled if isinstance(c, str | int | float)]
    if len(texts) < 3 or len(texts) < len(filled):
        return False
    codes = [t for t in texts if not re.fullmatch(r"[A-Z]", t)]
    if not all(_COLUMN_NUMBERS.match(t) for t in codes):
        return False
    numbers = [abs(int(float(t.strip("()").replace(",", ".")))) for t in codes]
    return all(b - a == 1 for a, b in itertools.pairwise(numbers))


def score(grid: Grid, index: LabelIndex) -> int:
    """How many different indicators of a form surely have a label in the sheet."""
    known = {
        " ".join(label_words(cell)) for row in grid.rows for cell in row if isinstance(cell, str) and index.knows(cell)
    }
    return len(known)


def locate(grid: Grid, form: Form, index: LabelIndex, *, handed_out: bool = False) -> Table | None:
    """Find a form in a sheet; None where there is no header row with years.

    Args:
        grid: The sheet.
        form: The form.
        index: The form's labels.
        handed_out: Whether the workbook was handed out, so that a column of line numbers is the form's own.
    """
    columns = find_columns(grid, form, index)
    if not columns:
        return None
    lines = find_lines(grid, columns)
    lines, beyond = lines[:_MOST_LINES], lines[_MOST_LINES:]
    if tuple(" ".join(label_words(line.label)) for line in lines if line.label) != index.keys:
        lines = join_broken_labels(grid, lines, index)
    labelled = [i for i, line in enumerate(lines) if line.label]
    keys = {i: " ".join(label_words(lines[i].label)) for i in labelled}
    if tuple(keys.values()) == index.keys:
        matches = {i: Match(place) for place, i in enumerate(labelled)}
    else:
        labels = [lines[i].label for i in labelled]
        evidence = _evidence([lines[i] for i in labelled], form)
        filled = [bool(_figures(grid, lines[i])) for i in labelled]
        found = align(index.likeness(labels), evidence, filled) if labels else {}
        matches = {labelled[i]: match for i, match in found.items()}
    numbers = _line_numbers(grid, lines) if handed_out else {}
    matches = with_line_numbers(doubt_by_parents(matches, form, index.keys), numbers, keys, index.keys)
    return Table(form, columns, lines, matches, beyond)


def _line_numbers(grid: Grid, lines: Sequence[Line]) -> dict[int, int]:
    """The hidden line numbers of a handed-out workbook, beside lines with a label."""
    cells = {
        i: grid.rows[line.row][line.columns.line_number]
        for i, line in enumerate(lines)
        if line.label and line.columns.line_number is not None
    }
    return {i: int(cell) for i, cell in cells.items() if isinstance(cell, int | float)}


def join_broken_labels(grid: Grid, lines: Sequence[Line], index: LabelIndex) -> tuple[Line, ...]:
    """Lines whose label runs on over the next lines, put together.

    Lines are joined where the words of all of them are surely the label of a row, at most one of them has figures, and
    none of those that follow is a label word for word. Where one of them is surely a label by itself, all of them
    together must be one word for word.
    """
    alone = _alike([[line] for line in lines], index)
    windows = [
        window
        for window in _windows(grid, lines)
        if len(window) > 1 and all(alone[line, 1] < VERBATIM for line in window[1:])
    ]
    alike = alone | _alike(windows, index)
    joined: list[Line] = []
    place = 0
    while place < len(lines):
        length = _length_of_label(grid, lines[place : place + _LONGEST_BREAK], alike)
        joined.append(_join(grid, lines[place : place + length]))
        place += length
    return tuple(joined)


def _alike(windows: Sequence[Sequence[Line]], index: LabelIndex) -> dict[tuple[Line, int], float]:
    """First line and number of lines → how much like a label all of them together are."""
    labels = [" ".join(line.label for line in window) for window in windows]
    best = index.likeness(labels).max(axis=1, initial=0) if labels else np.zeros(0)
    return {(window[0], len(window)): score for window, score in zip(windows, best, strict=True)}


def _windows(grid: Grid, lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Each line, by itself and with those after it, as long as at most one of them has figures."""
    filled = [bool(_figures(grid, line)) for line in lines]
    for start in range(len(lines)):
        figures = 0
        for end in range(start, min(start + _LONGEST_BREAK, len(lines))):
            figures += filled[end]
            if end > start and figures > 1:
                break
            yield lines[start : end + 1]


def _length_of_label(grid: Grid, lines: Sequence[Line], alike: dict[tuple[Line, int], float]) -> int:
    """Over how many of these lines the label of the first one runs."""
    first = lines[0]
    if not first.label:
        return 1
    lengths = []
    for length in range(2, len(lines) + 1):
        if any(alike[line, 1] >= VERBATIM or line.columns != first.columns for line in lines[1:length]):
            break
        if sum(bool(_figures(grid, line)) for line in lines[:length]) > 1:
            break
        lengths.append(length)
    longest = max(lengths, key=lambda n: alike[first, n], default=1)
    whole = alike[first, longest]
    if whole < alike[first, 1]:
        return 1
    parts_are_labels = any(alike[line, 1] >= SURE for line in lines[:longest])
    return longest if whole >= (VERBATIM if parts_are_labels else SURE) else 1


def _join(grid: Grid, lines: Sequence[Line]) -> Line:
    if len(lines) == 1:
        return lines[0]
    row = next((line.row for line in lines if _figures(grid, line)), lines[0].row)
    measure = next((line.measure for line in lines if line.measure), "")
    return Line(row, lines[0].columns, " ".join(line.label for line in lines), measure)


def _evidence(lines: Sequence[Line], form: Form) -> npt.NDArray[np.float64]:
    """What the unit of measure says for or against each pair of line and row."""
    wanted = [plain_words(row.unit_of_measure) for row in form.rows]
    evidence = np.zeros((len(lines), len(wanted)))
    for i, line in enumerate(lines):
        measure = plain_words(line.measure)
        if measure:
            evidence[i] = [0.1 if measure == w else -0.1 for w in wanted]
    return evidence

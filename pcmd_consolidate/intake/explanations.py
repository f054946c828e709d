"""The first sheet of a feedback workbook that comes back: what it answers, and the reasons that the unit typed there.

The sheet carries hidden columns that say, for each finding, what it is about. By these it is known again, and is never
taken for a form, although it quotes the form's labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pcmd_consolidate.intake.grid import Grid, address
from pcmd_consolidate.vietnamese import key, squeeze

FEEDBACK_SHEET = "Cần sửa"
"""Name of the sheet."""
REASON_HEADING = "Giải trình của đơn vị"
"""Heading of the column in which the unit types its reasons."""
HIDDEN_HEADINGS = (
    "pcmd:unit_id", "pcmd:form", "pcmd:rule", "pcmd:row", "pcmd:year", "pcmd:file", "pcmd:sheet", "pcmd:here",
)  # fmt: skip
"""Headings of the hidden columns: what a finding is about, the file and sheet that it was found in, and the name of
that sheet in the feedback workbook."""
SEPARATOR = ","
"""Stands between rows, and between years, where a line is about many findings of one kind."""
_MARKER = HIDDEN_HEADINGS[0]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a figure is right although it looks wrong, as the unit says.

    Attributes:
        unit_id, form, rule: What finding it is about.
        row, year: Row and year of the finding; None where it is not about one.
        text: What the unit typed.
        sheet, cell: Where it was typed.
    """

    unit_id: str
    form: str
    rule: str
    row: int | None
    year: int | None
    text: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a feedback workbook says of itself.

    Attributes:
        unit_id: The unit that it was written for.
        sources: Name of a sheet in it → file and sheet of the return that it was made from.
        explanations: The reasons typed in.
    """

    unit_id: str
    sources: Mapping[str, tuple[str, str]]
    explanations: tuple[Explanation, ...]


def is_feedback_sheet(grid: Grid) -> bool:
    """Whether a sheet is the first sheet of a feedback workbook, also where its hidden columns were deleted."""
    if _header(grid) is not None:
        return True
    return grid.sheet == FEEDBACK_SHEET and any(REASON_HEADING in row for row in grid.rows)


def read_answer(grids: Iterable[Grid]) -> Answer | None:
    """What the feedback sheet of a workbook says; None for any other workbook."""
    for grid in grids:
        header = _header(grid)
        if header is not None:
            lines = list(_lines(grid, header))
            unit_id = next((line["pcmd:unit_id"] for _, line in lines if line["pcmd:unit_id"]), "")
            sources = {line["pcmd:here"]: (line["pcmd:file"], line["pcmd:sheet"]) for _, line in lines}
            return Answer(unit_id, sources, tuple(_explanations(grid, header, lines)))
    return None


def _header(grid: Grid) -> int | None:
    """The row that holds the headings of the hidden columns."""
    return next((place for place, row in enumerate(grid.rows) if _MARKER in row), None)


def _lines(grid: Grid, header: int) -> Iterator[tuple[int, dict[str, str]]]:
    """What the hidden columns say, for each row below the header that is about a finding."""
    columns = {str(cell): column for column, cell in enumerate(grid.rows[header])}
    for place in range(header + 1, len(grid.rows)):
        cells = grid.rows[place]
        line = {name: _text(cells[columns[name]]) if name in columns else "" for name in HIDDEN_HEADINGS}
        if line["pcmd:rule"]:
            yield place, line


def _explanations(grid: Grid, header: int, lines: Iterable[tuple[int, dict[str, str]]]) -> Iterator[Explanation]:
    column = _reason_column(grid, header)
    for place, line in lines:
        text = squeeze(_text(grid.rows[place][column]))
        rows, years = (line[name].split(SEPARATOR) for name in ("pcmd:row", "pcmd:year"))
        for row, year in zip(rows, years, strict=False) if text else ():
            yield Explanation(
                unit_id=line["pcmd:unit_id"],
                form=line["pcmd:form"],
                rule=line["pcmd:rule"],
                row=_number(row),
                year=_number(year),
                text=text,
                sheet=grid.sheet,
                cell=address(place, column),
            )


def _reason_column(grid: Grid, header: int) -> int:
    """The column under the heading, or the one before the hidden columns."""
    wanted = key(REASON_HEADING)
    named = [column for column, cell in enumerate(grid.rows[header]) if key(_text(cell)) == wanted]
    return named[0] if named else max(grid.rows[header].index(_MARKER) - 1, 0)


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell == int(cell):
        cell = int(cell)
    return "" if cell is None else str(getattr(cell, "text", cell))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None

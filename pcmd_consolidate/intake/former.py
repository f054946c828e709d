"""The sheets of former communes in a returned workbook, and what it declares of them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pcmd_consolidate.findings import Finding, found
from pcmd_consolidate.forms import Form, Row
from pcmd_consolidate.ids import DECLARATION_MARK, ID_SHEET, PART_MARK, PART_TITLE, TOTAL_MARK
from pcmd_consolidate.intake.accounting import account
from pcmd_consolidate.intake.extract import extract
from pcmd_consolidate.intake.grid import Cell, Grid, address
from pcmd_consolidate.intake.labels import LabelIndex
from pcmd_consolidate.intake.locate import locate
from pcmd_consolidate.intake.reading import CellReading, State
from pcmd_consolidate.intake.years import without_years
from pcmd_consolidate.vietnamese import key, squeeze

_TITLE = re.compile(re.escape(PART_TITLE).replace(r"\{name\}", "(.+)"))
_TITLE_ROWS = 20
"""Rows from the first in which the title of a sheet is looked for."""
_NAME_LINE = 2
"""Row with the name of the former commune."""
_DECLARED = {key("có"): True, key("không"): False}
_NOT_OF_A_PART = ("F07", "F10e")
"""Findings that are about the form as a whole, not about what a former commune adds to it."""


@dataclass(frozen=True)
class FormerSheets:
    """The sheets of a workbook that are about former communes.

    Attributes:
        names: Names of these sheets; empty for a workbook without any.
        parts: Name of the former commune → its sheet.
        declaration: The sheet that tells which of them are in; None where it is gone.
        findings: What is wrong with these sheets, each with its sheet.
    """

    names: frozenset[str]
    parts: Mapping[str, Grid]
    declaration: Grid | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Former:
    """What a workbook says of one former commune.

    Attributes:
        name: Its name.
        sheet: Name of its sheet; empty where that is gone or cannot be read.
        cells: Its figures by row and year.
        declared: Whether the unit says that it is in; None where the workbook does not tell.
    """

    name: str
    sheet: str = ""
    cells: Mapping[tuple[int, int], CellReading] = dataclasses.field(default_factory=dict)
    declared: bool | None = None

    @property
    def is_filled(self) -> bool:
        """Whether anything was written into its sheet."""
        return any(cell.reading.state not in (State.BLANK, State.ABSENT) for cell in self.cells.values())

    @property
    def is_in(self) -> bool:
        """Whether its figures are in."""
        return self.is_filled if self.declared is None else self.declared


@dataclass(frozen=True)
class Formers:
    """What a workbook says of all former communes.

    Attributes:
        all: The former communes, in the order of the declaration.
        findings: What is wrong on their sheets, each with its sheet.
        where: Sheet and cell of the declaration; empty where it is gone.
    """

    all: tuple[Former, ...]
    findings: tuple[Finding, ...]
    where: tuple[str, str] = ("", "")

    @property
    def are_complete(self) -> bool:
        """Whether the sheet of each of them could be read, so that their sum can be told."""
        return bool(self.all) and all(former.sheet for former in self.all)


def former_sheets(grids: Sequence[Grid]) -> FormerSheets:
    """The sheets about former communes.

    In a workbook that was handed out they are known by their titles too, where their hidden column is gone.
    """
    handed_out = any(grid.sheet == ID_SHEET for grid in grids)
    named: dict[str, list[Grid]] = {}
    declarations = [grid for grid in grids if _declaration_row(grid) is not None]
    for grid in grids:
        name = _marked_name(grid) or (_titled_name(grid) if handed_out else None)
        if name is not None:
            named.setdefault(name, []).append(grid)
    originals = {name: min(copies, key=lambda grid: len(grid.sheet)) for name, copies in named.items()}
    names = frozenset(grid.sheet for grid in (*declarations, *(grid for copies in named.values() for grid in copies)))
    return FormerSheets(names, originals, next(iter(declarations), None), tuple(_copies(named, originals)))


def _copies(named: Mapping[str, Sequence[Grid]], originals: Mapping[str, Grid]) -> Iterator[Finding]:
    for name, copies in named.items():
        for grid in copies:
            if grid is not originals[name]:
                yield dataclasses.replace(found("F19e", first=originals[name].sheet), sheet=grid.sheet)


def _marked_name(grid: Grid) -> str | None:
    """Name of the former commune whose sheet this is, by its hidden column."""
    cells = [row[0] if row else None for row in grid.rows[: _NAME_LINE + 1]]
    if len(cells) <= _NAME_LINE or cells[0] != PART_MARK:
        return None
    return squeeze(str(cells[_NAME_LINE] or grid.sheet))


def _titled_name(grid: Grid) -> str | None:
    """The same by the title."""
    texts = (squeeze(cell) for row in grid.rows[:_TITLE_ROWS] for cell in row if isinstance(cell, str))
    return next((titled[1] for text in texts if (titled := _TITLE.fullmatch(text))), None)


def _declaration_row(grid: Grid) -> int | None:
    rows = enumerate(grid.rows[:_TITLE_ROWS])
    return next((place for place, row in rows if row and row[0] == DECLARATION_MARK), None)


def read_formers(sheets: FormerSheets, form: Form, index: LabelIndex, rows: Sequence[Row]) -> Formers:
    """Read the sheets of the former communes and the declaration.

    Args:
        sheets: The sheets.
        form: The form of the unit.
        index: The form's labels.
        rows: The rows that the unit fills.
    """
    declared, where = _declared(sheets.declaration)
    formers: list[Former] = []
    findings = list(sheets.findings)
    for name in dict.fromkeys([*declared, *sheets.parts]):
        former, told = _former(name, sheets.parts.get(name), form, index, rows)
        formers.append(dataclasses.replace(former, declared=declared.get(name)))
        findings += told
    return Formers(tuple(formers), tuple(findings), where)


def _former(
    name: str, grid: Grid | None, form: Form, index: LabelIndex, rows: Sequence[Row]
) -> tuple[Former, list[Finding]]:
    if grid is None:
        return Former(name), []
    table = locate(grid, form, index, handed_out=True)
    if table is None:
        return Former(name), [dataclasses.replace(without_years(grid.rows, form), sheet=grid.sheet)]
    extracted = extract(grid, table, rows)
    told = (*grid.findings, *extracted.findings, *account(grid, table, extracted))
    findings = [dataclasses.replace(f, sheet=grid.sheet) for f in told if f.rule not in _NOT_OF_A_PART]
    cells = {(cell.row, cell.year): cell for cell in extracted.cells}
    return Former(name, grid.sheet, cells), findings


def _declared(grid: Grid | None) -> tuple[dict[str, bool | None], tuple[str, str]]:
    """What the declaration says of each former commune, and where its total stands."""
    start = None if grid is None else _declaration_row(grid)
    if grid is None or start is None:
        return {}, ("", "")
    declared: dict[str, bool | None] = {}
    for place in range(start + 1, len(grid.rows)):
        name = squeeze(str(grid.rows[place][0] or ""))
        if name == TOTAL_MARK:
            return declared, (grid.sheet, address(place, 1))
        if name:
            declared[name] = _answer(grid.rows[place][1:])
    return declared, (grid.sheet, address(start, 1))


def _answer(cells: Iterable[Cell]) -> bool | None:
    """Có or Không in a line of the declaration; None where it was not computed."""
    said = (_DECLARED.get(key(cell)) for cell in cells if isinstance(cell, str))
    return next((answer for answer in said if answer is not None), None)

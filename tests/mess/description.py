"""A return as plain data: what stands in its sheet, and beside it what the unit meant."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .annex import YEARS, Asked, Sender, form_lines

Key = tuple[int, int]
"""Line and year."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it is stored.

    Attributes:
        value: What it holds; for a formula, the stored result (None where there is none).
        shape: Its number format.
        formula: Its formula, with the equals sign.
        comment: A comment on it.
    """

    value: object = None
    shape: str = ""
    formula: str = ""
    comment: str = ""


Cells = Mapping[str, Cell]
"""Name of a column → cell."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the sheet.

    Attributes:
        cells: What stands in it.
        line: The line of the form that it is; None for any other row.
        hidden: Whether it is hidden.
        height: Sheet rows that each of its cells is merged over.
        across: Merged areas: first and last column.
        down: Merged areas: column → rows of the description from this one on.
    """

    cells: Cells
    line: int | None = None
    hidden: bool = False
    height: int = 1
    across: tuple[tuple[str, str], ...] = ()
    down: Mapping[str, int] = field(default_factory=dict)

    def put(self, column: str, value: object) -> Row:
        """The row with another content in a column."""
        cell = value if isinstance(value, Cell) else Cell(value)
        return dataclasses.replace(self, cells={**self.cells, column: cell})

    def text(self, column: str) -> str:
        """The text in a column; empty for anything else."""
        value = self.cells.get(column, Cell()).value
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class Beside:
    """Another sheet of the workbook."""

    name: str
    rows: Sequence[Sequence[object]]
    hidden: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What a unit typed into one cell and what it meant; ``unsure``: not to be read without a finding."""

    cell: object
    means: float | None
    unsure: bool = False


@dataclass(frozen=True, repr=False)
class Description:
    """A return.

    Attributes:
        sender: The unit.
        kinds: Kinds of mess in it.
        titles: Rows above the table, one text each.
        columns: Names of the columns, in their order: ``label``, ``measure``, ``2021``…, ``total``, ``note``, …
        heads: Header rows.
        rows: Rows below them.
        at: First row and first column of the sheet, from 0.
        hidden_columns: Names of hidden columns.
        under: (row index, column) → figure hidden under a merge.
        sheet, file, suffix: Names; the file without its suffix.
        sheet_hidden: Whether the sheet of the return is hidden itself.
        protected: Whether the sheet is protected.
        beside: Other sheets of the workbook.
        author: ``excel`` or ``openpyxl``: which program writes it.
        truth: What the unit meant; None where it gave nothing.
        unsure: Cells that must not be read without a finding.
    """

    sender: Sender
    columns: tuple[str, ...]
    heads: tuple[Row, ...]
    rows: tuple[Row, ...]
    truth: Mapping[Key, float | None]
    unsure: frozenset[Key] = frozenset()
    kinds: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    at: tuple[int, int] = (0, 0)
    hidden_columns: frozenset[str] = frozenset()
    under: Mapping[tuple[int, str], object] = field(default_factory=dict)
    sheet: str = "Sheet1"
    file: str = ""
    suffix: str = "xlsx"
    sheet_hidden: bool = False
    protected: bool = False
    beside: tuple[Beside, ...] = ()
    author: str = "excel"

    def __repr__(self) -> str:
        return f"<return of {self.sender.name}: {' + '.join(self.kinds) or 'no mess'}>"

    @property
    def lines(self) -> Mapping[int, Asked]:
        """Number → line of the form."""
        return {line.number: line for line in form_lines(self.sender.form)}

    def with_(self, **changes: object) -> Description:
        """The description with some of its attributes changed."""
        return dataclasses.replace(self, **changes)  # type: ignore[arg-type]

    def each_row(self, change: Callable[[Row], Row]) -> Description:
        """The description with a change made to every row below the header."""
        return self.with_(rows=tuple(change(row) for row in self.rows))

    def plain_figures(self, *types: str) -> list[Key]:
        """Cells asked for that still hold a plain number, of lines of some types."""
        found = []
        for row in self.rows:
            line = self.lines.get(row.line) if row.line is not None else None
            if line is None or line.type not in types:
                continue
            for year in YEARS:
                key, cell = (line.number, year), row.cells.get(str(year), Cell())
                ready = type(cell.value) in (int, float) and not (cell.formula or cell.shape)
                if ready and key in self.truth and key not in self.unsure:
                    found.append(key)
        return found

    def say(self, said: Mapping[Key, Said]) -> Description:
        """The description with some cells typed in another way."""

        def change(row: Row) -> Row:
            for year in YEARS:
                if row.line is not None and (row.line, year) in said:
                    row = row.put(str(year), said[row.line, year].cell)
            return row

        means = {key: value.means for key, value in said.items()}
        doubtful = {key for key, value in said.items() if value.unsure}
        return self.each_row(change).with_(truth={**self.truth, **means}, unsure=self.unsure | doubtful)

    def doubt(self, keys: Iterable[Key]) -> Description:
        """The description with more cells that must not be read without a finding."""
        return self.with_(unsure=self.unsure | (set(keys) & set(self.truth)))

    def forget(self, keys: Iterable[Key]) -> Description:
        """The description in which cells say nothing any more."""
        return self.with_(truth={**self.truth, **{key: None for key in keys if key in self.truth}})

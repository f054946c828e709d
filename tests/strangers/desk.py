"""What every clerk has on the desk: the lines of the two annexes, an empty workbook, LibreOffice.

Nothing here knows how a return is read. A `Desk` only remembers, while a clerk
types, what each cell was meant to say.
"""

from __future__ import annotations

import csv
import importlib
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .figures import YEARS, figures

# openpyxl carries no types: fetched as Any, this folder is clean under any mypy configuration.
openpyxl: Any = importlib.import_module("openpyxl")
styles: Any = importlib.import_module("openpyxl.styles")

Key = tuple[int, int]
LEFT_AS_IS = object()
C_TO_G = dict(zip(YEARS, "CDEFG", strict=True))
D_TO_H = dict(zip(YEARS, "DEFGH", strict=True))
HEADS = ("Nội dung", "Đơn vị tính", *(f"Năm {year}" for year in YEARS))


@dataclass(frozen=True)
class Line:
    """One line of an annex, as printed in the plan."""

    number: int
    kind: str
    marker: str
    label: str
    unit: str
    value_type: str

    @property
    def printed(self) -> str:
        """Marker and label, as the annex prints them."""
        return f"{self.marker} {self.label}" if self.marker else self.label

    @property
    def counted(self) -> bool:
        """Whether figures stand in this line."""
        return self.kind == "indicator"

    @property
    def summed(self) -> bool:
        """Whether a clerk would put a total beside it."""
        return self.counted and self.value_type != "yes_no"


@dataclass(frozen=True)
class Annex:
    """A workbook that came back, and what its clerk meant.

    Attributes:
        truth: What the clerk meant, by line and year, for every indicator line that stands in the
            workbook; None where the cell was left blank or says that there is no figure. Yes is 1,
            no is 0; a dash and "Không" are 0.
        uncertain: Cells that must not be read without a finding, and never as another number than
            in `truth` (where that is None: as no number at all).
    """

    name: str
    path: Path
    form: str
    unit: str
    truth: Mapping[Key, float | None]
    uncertain: frozenset[Key]


Shape = Callable[[Path], Annex]


def lines(form: str) -> tuple[Line, ...]:
    """Every line of form "IA" or "IIA", in the printed order."""
    path = Path(__file__).with_name(f"lines_{form.lower()}.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Line(int(r["number"]), r["kind"], r["marker"], r["label"], r["unit"], r["value_type"])
            for r in csv.DictReader(file)
        )


class Desk:
    """One clerk filling one annex: the workbook, the invented figures, and what was meant."""

    def __init__(self, name: str, form: str, unit: str) -> None:
        """Open an empty workbook; the figures follow from the name of the shape."""
        self.name, self.form, self.unit = name, form, unit
        self.lines = lines(form)
        self.figures = figures(form, name)
        self.book: Any = openpyxl.Workbook()
        self.sheet: Any = self.book.active
        self.yes, self.no = "Có", "Không"
        self.units = {line.number: line.unit for line in self.lines}
        self.truth: dict[Key, float | None] = {}
        self.uncertain: set[Key] = set()
        self._types = {line.number: line.value_type for line in self.lines}
        self._said: dict[Key, tuple[Any, float | None]] = {}

    def counted(self, line: int) -> bool:
        """Whether figures stand in the line of that number."""
        return self.lines[line - 1].counted

    def figure(self, line: int, year: int) -> int | float:
        """The invented figure of a cell: an int in lines that count, a float in lines of money."""
        value = self.figures[line, year]
        return value if self._types[line] == "money" else int(value)

    def say(
        self,
        line: int,
        year: int,
        typed: object,
        *,
        means: object = LEFT_AS_IS,
        unsure: bool = False,
    ) -> None:
        """Type something else than the bare figure into a cell (None: leave it blank)."""
        meant = self.figures[line, year] if means is LEFT_AS_IS else means
        if typed is None:
            meant = None
        assert meant is None or isinstance(meant, int | float)
        self._said[line, year] = typed, None if meant is None else float(meant)
        if unsure:
            self.uncertain.add((line, year))

    def leave(self, numbers: Iterable[int], years: Iterable[int] = YEARS) -> None:
        """Leave these lines blank."""
        years = tuple(years)
        for number in numbers:
            for year in years:
                self.say(number, year, None)

    def plain(self, line: int, year: int) -> object:
        """What a clerk without habits would type."""
        if self._types[line] == "yes_no":
            return self.yes if self.figures[line, year] else self.no
        return self.figure(line, year)

    def typed(self, line: int, year: int) -> object:
        """What goes into the cell; from here on the cell stands in the annex."""
        assert (line, year) not in self.truth, "a cell is typed once"
        typed, meant = self._said.get((line, year), (self.plain(line, year), self.figures[line, year]))
        self.truth[line, year] = meant
        return typed

    def fill(self, row: int, line: int, columns: Mapping[int, str]) -> None:
        """Type a line's figures into a row; `columns` gives the column letter of each year."""
        for year, column in columns.items():
            value = self.typed(line, year)
            if value is not None:
                self.sheet[f"{column}{row}"] = value

    def heads(self, row: int, *heads: object) -> None:
        """Type the header in columns A, B, C and on."""
        for column, head in zip("ABCDEFGHIJ", heads, strict=False):
            self.write(f"{column}{row}", head, bold=True)

    def line(self, row: int, line: Line, label: str | None = None) -> None:
        """Type a line in the columns of the plan: label in A, unit in B, years in C to G."""
        self.write(f"A{row}", line.printed if label is None else label, bold=not line.counted)
        self.write(f"B{row}", self.units[line.number])
        if line.counted:
            self.fill(row, line.number, C_TO_G)

    def write(self, where: str, value: object, *, bold: bool = False, italic: bool = False, to: str = "") -> None:
        """Write a text; with `to`, centred over the cells merged up to there."""
        cell = self.sheet[where]
        cell.value = value
        cell.font = styles.Font(name="Times New Roman", size=12, bold=bold, italic=italic)
        cell.alignment = styles.Alignment(horizontal="center" if to else None, vertical="center", wrap_text=True)
        if to:
            self.sheet.merge_cells(f"{where}:{to}")

    def box(self, area: str) -> None:
        """Draw thin borders around every cell of an area."""
        side = styles.Side(style="thin")
        for row in self.sheet[area]:
            for cell in row:
                cell.border = styles.Border(left=side, right=side, top=side, bottom=side)

    def send(self, folder: Path, file: str) -> Annex:
        """Save the workbook under that name; the ending decides the format."""
        path = folder / file
        if path.suffix == ".xlsx":
            self.book.save(path)
        else:
            convert(self.book.save, path)
        return self.sent(path)

    def sent(self, path: Path) -> Annex:
        """The annex as it stands in a file already written."""
        assert self._said.keys() <= self.truth.keys(), "a remark was prepared, its line never typed"
        return Annex(self.name, path, self.form, self.unit, dict(self.truth), frozenset(self.uncertain))


def soffice() -> str | None:
    """The LibreOffice command, None where it is not installed."""
    return shutil.which("soffice")


def convert(save: Callable[[Path], object], path: Path) -> None:
    """Save as LibreOffice would save in another format, in a profile of its own."""
    command = soffice()
    if command is None:
        raise FileNotFoundError("soffice (LibreOffice) is not installed")
    with tempfile.TemporaryDirectory(prefix="lo-strangers-") as desk:
        source = Path(desk) / f"{path.stem}.xlsx"
        save(source)
        subprocess.run(
            [
                command,
                f"-env:UserInstallation={(Path(desk) / 'profile').as_uri()}",
                "--headless",
                *("--convert-to", path.suffix[1:]),
                *("--outdir", str(path.parent), str(source)),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
    if not path.exists():
        raise RuntimeError(f"soffice wrote no {path.name}")

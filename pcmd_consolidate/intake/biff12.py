"""What python-calamine does not tell of an .xlsb workbook (MS-XLSB), and its cells as they are read a second time."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree as ET

from pcmd_consolidate.intake.biff12_cells import ROW, Stored, placed, records, stored_cells, wide_string
from pcmd_consolidate.intake.container import target_part
from pcmd_consolidate.intake.number_formats import DATES, PERCENTS, misleading, shows_date
from pcmd_consolidate.intake.references import Area, Place

_FORMAT, _CELL_STYLE, _BEGIN_CELL_STYLES, _END_CELL_STYLES = 44, 47, 617, 618
_SHEET, _MERGED, _COLUMNS, _STRING = 156, 176, 60, 19
_WORKBOOK, _RELATIONS = "xl/workbook.bin", "xl/_rels/workbook.bin.rels"
_STYLES, _STRINGS = "xl/styles.bin", "xl/sharedStrings.bin"
_MOST_COLUMNS = 1000


@dataclass(frozen=True)
class Sheet:
    """What one sheet holds.

    Attributes:
        cells: Row and column, from 0 → every cell that is not blank.
        formats: Index of a cell style → its number format.
        merged: Merged areas as (first row, first column, last row, last column).
        hidden_rows, hidden_columns: Rows and columns that are not to be seen.
    """

    cells: Mapping[Place, Stored]
    formats: tuple[str, ...]
    merged: tuple[Area, ...]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]

    @property
    def errors(self) -> dict[Place, str]:
        """Error values as Excel writes them."""
        return {place: cell.error for place, cell in self.cells.items() if cell.error}

    @property
    def percents(self) -> dict[Place, float]:
        """Numbers that are shown as percentages."""
        return {place: value for place, value, code in self._numbers() if "%" in code}

    @property
    def dates(self) -> dict[Place, float]:
        """Numbers that are shown as dates."""
        return {place: value for place, value, code in self._numbers() if shows_date(code)}

    @property
    def misleading(self) -> frozenset[Place]:
        """Numbers of which a person would read another number, or none."""
        return frozenset(place for place, _, code in self._numbers() if misleading(code))

    @property
    def values(self) -> dict[Place, float | str]:
        """Numbers and texts."""
        return {place: cell.value for place, cell in self.cells.items() if cell.value is not None and cell.value != ""}

    def _numbers(self) -> Iterator[tuple[Place, float, str]]:
        for place, cell in self.cells.items():
            if isinstance(cell.value, float) and cell.style < len(self.formats):
                yield place, cell.value, self.formats[cell.style]


@lru_cache(maxsize=1)
def read_xlsb(content: bytes) -> dict[str, Sheet]:
    """The sheets of a workbook by name.

    Raises:
        RefusedError: A cell stands there twice, or points to a text that is not there.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = set(archive.namelist())
        formats = tuple(_formats(archive.read(_STYLES))) if _STYLES in parts else ()
        strings = tuple(_strings(archive.read(_STRINGS))) if _STRINGS in parts else ()
        targets = {r.get("Id"): r.get("Target", "") for r in ET.fromstring(archive.read(_RELATIONS))}
        named = [
            (name, target_part(targets.get(relation, ""), "xl")) for name, relation in _sheets(archive.read(_WORKBOOK))
        ]
        return {name: _sheet(archive.read(part), formats, strings) for name, part in named if part in parts}


def spans(content: bytes) -> Iterator[tuple[int, int]]:
    """Rows and columns that the cells of each sheet span."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".bin"):
                places = [place for place, (kind, _) in placed(records(archive.read(name))) if kind != ROW]
                yield max((row + 1 for row, _ in places), default=0), max((at + 1 for _, at in places), default=0)


def _sheets(data: bytes) -> Iterator[tuple[str, str]]:
    """Name and relation of each sheet."""
    for kind, payload in records(data):
        if kind == _SHEET:
            relation, end = wide_string(payload, 8)
            name, _ = wide_string(payload, end)
            yield name, relation


def _strings(data: bytes) -> Iterator[str]:
    yield from (wide_string(payload, 1)[0] for kind, payload in records(data) if kind == _STRING)


def _formats(data: bytes) -> Iterator[str]:
    """The number format of each cell style; *General* for built-in ones that are neither percentages nor dates."""
    known = {int(number): code for number, code in PERCENTS.items()} | dict.fromkeys(map(int, DATES), "d")
    within = False
    for kind, payload in records(data):
        if kind == _FORMAT:
            known[struct.unpack_from("<H", payload)[0]] = wide_string(payload, 2)[0]
        elif kind in (_BEGIN_CELL_STYLES, _END_CELL_STYLES):
            within = kind == _BEGIN_CELL_STYLES
        elif kind == _CELL_STYLE and within:
            yield known.get(struct.unpack_from("<H", payload, 2)[0], "General")


def _sheet(data: bytes, formats: tuple[str, ...], strings: tuple[str, ...]) -> Sheet:
    areas = [struct.unpack_from("<4I", payload) for kind, payload in records(data) if kind == _MERGED]
    hidden = frozenset(at for kind, payload in records(data) if kind == _COLUMNS for at in _hidden_columns(payload))
    rows = frozenset(row for (row, _), (kind, p) in placed(records(data)) if kind == ROW and _hides(p))
    cells = stored_cells(placed(records(data)), strings)
    merged = tuple((top, left, bottom, right) for top, bottom, left, right in areas)
    return Sheet(cells, formats, merged, rows, hidden)


def _hides(row: bytes) -> bool:
    """Whether a row is hidden, or has no height."""
    return len(row) > 11 and (row[11] & 0x10 != 0 or row[8:10] == b"\0\0")


def _hidden_columns(payload: bytes) -> range:
    """The columns of a record, where they are hidden or have no width."""
    first, last, width, _, flags = struct.unpack_from("<4IH", payload)
    return range(first, min(last + 1, _MOST_COLUMNS)) if flags & 1 or not width else range(0)

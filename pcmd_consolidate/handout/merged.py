"""The workbook of a commune that was merged from others: a sheet for each of them, and the form that adds them up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from pcmd_consolidate.forms import Form, Row
from pcmd_consolidate.handout.entries import sum_formula, sum_hint
from pcmd_consolidate.handout.form_sheet import FormSheet
from pcmd_consolidate.handout.layout import NOTE_LINES, Layout, lay_out
from pcmd_consolidate.handout.live_checks import LiveChecks
from pcmd_consolidate.handout.styles import Styles
from pcmd_consolidate.ids import CHECK_SHEET, PART_MARK, PART_TITLE
from pcmd_consolidate.units import Unit

DECLARATION_SHEET = "Xã, phường cũ"
"""Name of the sheet that tells which former communes are in."""
SHEET_NAME_LIMIT = 31

_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_RESERVED = ("history", "hướng dẫn", "cần sửa", DECLARATION_SHEET.casefold())
"""Names that Excel or other sheets of the workbook need."""
_NOTE_LENGTH, _MOST_NOTE_LINES = 5000, 18


@dataclass(frozen=True, slots=True)
class Part:
    """A former commune and its sheet.

    Attributes:
        name: Name of the former commune.
        sheet: Name of its sheet.
    """

    name: str
    sheet: str

    def cell(self, row: int, column: int) -> str:
        """Reference of a cell of its sheet from other sheets."""
        return f"{self._quoted}!{xl_rowcol_to_cell(row, column)}"

    def area(self, top: int, left: int, bottom: int, right: int) -> str:
        """Reference of an area of its sheet from other sheets."""
        return f"{self._quoted}!{xl_range(top, left, bottom, right)}"

    @property
    def _quoted(self) -> str:
        return "'" + self.sheet.replace("'", "''") + "'"


def sheet_name(text: str) -> str:
    """A text as the name of a sheet."""
    return " ".join(_NOT_IN_SHEET_NAMES.sub(" ", text).split()).strip("'")[:SHEET_NAME_LIMIT].strip("' ")


def name_parts(predecessors: Iterable[str], main: str) -> tuple[Part, ...]:
    """A sheet for each former commune; no two names are alike, even where capitals do not count."""
    taken = {*_RESERVED, main.casefold()}
    parts = []
    for place, name in enumerate(predecessors, start=1):
        sheet, ending = sheet_name(name) or "Xã", f" ({place})"
        if sheet.casefold() in taken:
            sheet = sheet[: SHEET_NAME_LIMIT - len(ending)].rstrip() + ending
        taken.add(sheet.casefold())
        parts.append(Part(name, sheet))
    return tuple(parts)


def stated(count: str, parts: Sequence[Part]) -> tuple[str, str]:
    """What the form says of the former communes that are in: before and after their number."""
    return f"(Cộng số liệu của {count}", f"/{len(parts)} xã, phường cũ)"


class SumSheet(FormSheet):
    """The form of the merged commune: its figures are formulas over the sheets of the former communes."""

    def __init__(self, book: Workbook, styles: Styles, checks: LiveChecks, parts: Sequence[Part], count: str) -> None:
        super().__init__(book, styles, checks)
        self._parts = parts
        self._count = count

    def _around(self) -> None:
        super()._around()
        before, after = stated("", self._parts)
        formula = f'="{before}"&{self._count}&"{after}"'
        line, first = self._layout.header - 1, self._layout.sides["across"][0]
        value = "".join(stated("0", self._parts))
        self._sheet.write_formula(line, first, formula, self._styles("attached"), value)

    def _entries(self, row: Row) -> None:
        layout, place = self._layout, self._layout.place(row)
        for column in layout.years.values():
            formula = sum_formula(row, [part.cell(place, column) for part in self._parts])
            self._sheet.write_formula(place, column, formula, self._styles("sum", row=row), "")
        first, last = min(layout.years.values()), max(layout.years.values())
        self._sheet.data_validation(place, first, place, last, sum_hint())

    def _note(self, row: Row) -> None:
        super()._note(row)
        place, column = self._layout.place(row), self._layout.note
        said = "&".join(_quoted_note(part, part.cell(place, column)) for part in self._parts)
        self._sheet.write_formula(place, column, f"=MID({said},3,{_NOTE_LENGTH})", self._styles("note"), "")

    def _false_alarms(self, computed: str) -> dict[str, str]:
        notes = xl_range(self._layout.first, self._layout.note, self._layout.last, self._layout.note)
        return super()._false_alarms(computed) | {"formula_unlocked": notes}


def _quoted_note(part: Part, cell: str) -> str:
    name = part.name.replace('"', '""')
    return f'IF({cell}="","","; {name}: "&{cell})'


class PartSheet(FormSheet):
    """The form of one former commune, marked as such in its hidden column."""

    def __init__(self, book: Workbook, styles: Styles, checks: LiveChecks, part: Part) -> None:
        super().__init__(book, styles, checks)
        self._part = part

    def _around(self) -> None:
        super()._around()
        unit = self._layout.unit
        for row, text in enumerate((PART_MARK, unit.unit_id if unit else "", self._part.name)):
            self._sheet.write_string(row, self._layout.line, text)

    def _paper(self) -> None:
        super()._paper()
        self._sheet.set_start_page(1)

    def _footer(self) -> str:
        return f"{super()._footer()} - {self._part.name}"


def part_checks(form: Form, unit: Unit | None, parts: Sequence[Part]) -> tuple[LiveChecks, ...]:
    """Layout and checks of the sheet of each former commune."""
    layouts = [lay_out(form, unit, (PART_TITLE.format(name=part.name), "title")) for part in parts]
    numbered = enumerate(zip(layouts, parts, strict=True), start=1)
    return tuple(LiveChecks(layout, part.sheet, f"{CHECK_SHEET}_{n}") for n, (layout, part) in numbered)


def sum_layout(form: Form, unit: Unit | None, parts: Sequence[Part]) -> Layout:
    """Layout of the form that adds them up."""
    room = min(NOTE_LINES * len(parts), _MOST_NOTE_LINES)
    return lay_out(form, unit, ("".join(stated("0", parts)), "attached"), room)

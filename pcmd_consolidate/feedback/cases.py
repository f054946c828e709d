"""What each unit is told: its return, and the findings that it can do something about, the heaviest first."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pcmd_consolidate.consolidation import Consolidation
from pcmd_consolidate.findings import Severity
from pcmd_consolidate.forms import ValueType
from pcmd_consolidate.intake.reading import Reading, State
from pcmd_consolidate.intake.readings import FileReading, SheetReading
from pcmd_consolidate.rulings import find_ruling
from pcmd_consolidate.standing import likely_senders
from pcmd_consolidate.units import Unit
from pcmd_consolidate.vietnamese import shown

TOLD = (Severity.ERROR, Severity.EXPLAIN, Severity.WARNING)
"""Severities that a unit hears of, the heaviest first."""
_FOR_THE_OFFICER = frozenset({"B60", "B61", "F14c", "F14d", "F14f", "F14h", "H11", "H14", "H15", "H26"})
"""Kinds of findings that only the officer can do something about."""
_SAID = {
    State.BLANK: "Ô để trống",
    State.NOT_AVAILABLE: "Đã đọc: chưa có số liệu",
    State.UNREADABLE: "Chưa đọc được, chưa cộng",
    State.ABSENT: "Không thấy trong biểu",
}


@dataclass(frozen=True, slots=True)
class Point:
    """A finding as the unit is told it.

    Attributes:
        severity, rule, form, row, year, sheet, cell, raw, message, explanation: Those of the finding.
        read: What was read (Vietnamese); empty where the finding is not about one figure.
    """

    severity: Severity
    rule: str
    form: str
    row: int | None
    year: int | None
    sheet: str
    cell: str
    raw: str
    message: str
    explanation: str = ""
    read: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the unit has still to settle it; an error cannot be explained."""
        return self.severity is Severity.ERROR or not self.explanation


@dataclass(frozen=True)
class Case:
    """What one unit is told about one file.

    Attributes:
        unit: The unit.
        forms: Ids of the forms concerned.
        file: The file that it sent.
        points: The findings, the heaviest first and those that it has explained last.
    """

    unit: Unit
    forms: tuple[str, ...]
    file: FileReading
    points: tuple[Point, ...]

    @property
    def sheets(self) -> tuple[SheetReading, ...]:
        """The unit's own sheets in the file."""
        return tuple(s for s in self.file.sheets if s.unit is not None and s.unit.unit_id == self.unit.unit_id)

    def only(self, form: str) -> Case:
        """The case without the findings about other forms."""
        points = tuple(point for point in self.points if point.form in ("", form))
        return dataclasses.replace(self, forms=(form,), points=points)

    def count(self, severity: Severity) -> int:
        """How many findings of a severity are to be settled."""
        return sum(point.severity is severity for point in self.points if point.is_open)


def find_cases(result: Consolidation) -> tuple[Case, ...]:
    """The cases of a round, in the order of its units; none for a unit that has nothing left to settle."""
    files = {file.item.name: file for file in result.returns.files}
    told: dict[tuple[str, str], list[Point]] = {}
    addressees = _Addressees(result)
    read = _readings(result)
    severities = [severity.value for severity in TOLD]
    asked = result.findings["severity"].isin(severities) & result.findings["decision"].eq("")
    findings = result.findings[asked]
    for line in findings.itertuples(index=False):
        place = addressees.of(line) if line.rule not in _FOR_THE_OFFICER else None
        if place is not None and place[1] in files:
            told.setdefault(place, []).append(_point(line, place, read))
    cases = (_case(result, unit_id, files[file], points) for (unit_id, file), points in told.items())
    order = {unit.unit_id: number for number, unit in reversed(list(enumerate(result.campaign.registry)))}
    return tuple(sorted(filter(None, cases), key=lambda case: (order[case.unit.unit_id], case.file.item.name)))


def _case(result: Consolidation, unit_id: str, file: FileReading, points: list[Point]) -> Case | None:
    if not any(point.is_open for point in points):
        return None
    units = {unit.form: unit for unit in result.campaign.registry if unit.unit_id == unit_id}
    held = {sheet.form for sheet in file.sheets if sheet.unit is not None and sheet.unit.unit_id == unit_id}
    missing = set(_missing(result, unit_id))
    forms = tuple(form for form in units if form in held) or tuple(form for form in units if form in missing)[:1]
    if not forms:
        return None
    weight = {severity: place for place, severity in enumerate(TOLD)}
    ordered = sorted(points, key=lambda point: (not point.is_open, weight[point.severity]))
    return Case(units[forms[0]], forms, file, tuple(ordered))


def _missing(result: Consolidation, unit_id: str) -> Iterator[str]:
    """Forms that a unit has not sent."""
    own = result.submissions[(result.submissions["unit_id"] == unit_id) & (result.submissions["status"] == "missing")]
    yield from own["form"]


class _Addressees:
    """Which unit a finding is told to, and about which file."""

    def __init__(self, result: Consolidation) -> None:
        self._campaign = result.campaign
        self._files = {file.item.name: file for file in result.returns.files}
        submissions = result.submissions
        counting = submissions[submissions["status"].isin(["on_time", "late"])]
        self._used = {(line.unit_id, line.form): line.file for line in counting.itertuples(index=False)}
        self._missing = set(submissions.loc[submissions["status"] == "missing", "unit_id"])

    def of(self, line: Any) -> tuple[str, str] | None:
        """Unit id and file; None where no unit is known."""
        if line.unit_id:
            file = line.file or self._used.get((line.unit_id, line.form), "")
            return (line.unit_id, file) if file else None
        file = self._files.get(line.file)
        if file is None:
            return None
        unit_ids = {sheet.unit.unit_id if sheet.unit else "" for sheet in file.sheets} or self._sender(file)
        return (min(unit_ids), line.file) if len(unit_ids) == 1 and "" not in unit_ids else None

    def _sender(self, file: FileReading) -> set[str]:
        """Who sent a file that cannot be read: the officer's word, else its name; only a unit that sent no other."""
        ruling = find_ruling(self._campaign.rulings, file.item.name, "")
        if ruling is not None:
            return {ruling.unit_id}
        return {unit.unit_id for unit in likely_senders(self._campaign, file.item.name, self._missing)}


_Place = tuple[str, str, str, str, int, int]


def _readings(result: Consolidation) -> Mapping[_Place, str]:
    """What was read, by unit, form, file, sheet, row and year."""
    types = {(form.id, row.number): row.value_type for form in result.campaign.forms for row in form.indicators}
    return {
        (sheet.unit.unit_id, sheet.form, file.item.name, cell.sheet or sheet.sheet, cell.row, cell.year): said(
            cell.reading, types[sheet.form, cell.row]
        )
        for file in result.returns.files
        for sheet in file.sheets
        if sheet.unit is not None
        for cell in sheet.cells
    }


def _point(line: Any, place: tuple[str, str], read: Mapping[_Place, str]) -> Point:
    row, year = _given(line.row), _given(line.year)
    return Point(
        severity=Severity(line.severity),
        rule=line.rule,
        form=line.form,
        row=row,
        year=year,
        sheet=line.sheet,
        cell=line.cell,
        raw=line.raw,
        message=line.message,
        explanation=line.explanation,
        read=read.get((place[0], line.form, place[1], line.sheet, row or 0, year or 0), ""),
    )


def _given(number: Any) -> int | None:
    return None if pd.isna(number) else int(number)


def said(reading: Reading, value_type: ValueType | None) -> str:
    """What was read, as a person says it."""
    if reading.value is None:
        return _SAID.get(reading.state, "")
    if value_type is ValueType.YES_NO:
        return f"Đã đọc: {'Có' if reading.value else 'Không'}"
    return f"Đã đọc: {shown(reading.value)}"

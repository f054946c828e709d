"""What the sheets show, looked up from the tables of a consolidation once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from pcmd_consolidate.campaign import Campaign
from pcmd_consolidate.consolidation import Consolidation
from pcmd_consolidate.summary.data_parts import parts_of
from pcmd_consolidate.summary.formats import DECIDED
from pcmd_consolidate.summary.layout import UnitLayout
from pcmd_consolidate.summary.names import SheetNames, sheet_names
from pcmd_consolidate.summary.sources import Sources, find_sources
from pcmd_consolidate.summary.wording import STATUS_WORDS, WITHOUT_DEADLINE
from pcmd_consolidate.units import Unit

_OF_A_UNIT = ("on_time", "late", "missing", "undecided")
"""Statuses that say what became of a unit; the others are about further files."""


_Key = tuple[str, int, int | None]
_MarkKey = tuple[str, str, int, int | None]


@dataclass(frozen=True, slots=True)
class Figure:
    """A provincial figure; ``value`` is None where no unit reported."""

    value: float | None
    reported: int
    partial: int
    expected: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a unit: its status, and the file that is used."""

    status: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """The heaviest finding on a figure of a unit: a key of ``SHADES``, and its place among the findings."""

    shade: str
    place: int


@dataclass(frozen=True)
class Content:
    """What the sheets show.

    Attributes:
        consolidation: The result of the round.
        names: Names of the sheets.
        layouts: Form → positions on the sheet of its units.
        figures: Form, row and year (None for Tổng cộng) → provincial figure.
        answered: Form and unit of every return that is used.
        answers: Form and unit → what became of the unit.
        replaced: Form, unit, row and year of the figures that the officer replaced.
        marks: Form, unit, row and year → heaviest finding; year None for a finding about the whole row.
        sources: Links to the files.
    """

    consolidation: Consolidation
    names: SheetNames
    layouts: Mapping[str, UnitLayout]
    figures: Mapping[_Key, Figure]
    answered: frozenset[tuple[str, str]]
    answers: Mapping[tuple[str, str], Answer]
    replaced: frozenset[tuple[str, str, int, int]]
    marks: Mapping[_MarkKey, Mark]
    sources: Sources

    @property
    def campaign(self) -> Campaign:
        """The round."""
        return self.consolidation.campaign

    def answer(self, unit: Unit) -> Answer:
        """What became of a unit."""
        return self.answers[unit.form, unit.unit_id]

    def status_word(self, status: str, unit: Unit | None) -> str:
        """A status in words; nobody is on time where no deadline is set."""
        if status == "on_time" and (unit is None or self.campaign.deadline(unit) is None):
            return WITHOUT_DEADLINE
        return STATUS_WORDS[status]

    @cached_property
    def _marks_of_units(self) -> Mapping[tuple[str, str], Mapping[tuple[int, int | None], Mark]]:
        marks: dict[tuple[str, str], dict[tuple[int, int | None], Mark]] = defaultdict(dict)
        for (form, unit_id, row, year), mark in self.marks.items():
            marks[form, unit_id][row, year] = mark
        return marks

    def marks_of(self, unit: Unit) -> Mapping[tuple[int, int], Mark]:
        """Row and year → the heaviest finding on the figure, or on the whole of its row."""
        own = self._marks_of_units.get((unit.form, unit.unit_id), {})
        marks = {(row, year): mark for (row, year), mark in own.items() if year is not None}
        for (row, whole), mark in own.items():
            for year in self.campaign.years if whole is None else ():
                marks[row, year] = min(mark, marks.get((row, year), mark), key=lambda one: one.place)
        return marks

    @cached_property
    def _replaced_of_units(self) -> Mapping[tuple[str, str], set[tuple[int, int]]]:
        replaced: dict[tuple[str, str], set[tuple[int, int]]] = defaultdict(set)
        for form, unit_id, row, year in self.replaced:
            replaced[form, unit_id].add((row, year))
        return replaced

    def shades_of(self, unit: Unit, marks: Mapping[tuple[int, int], Mark]) -> Mapping[tuple[int, int], str]:
        """Row and year → key of ``SHADES``, for the figures with these findings and those that were replaced."""
        replaced = self._replaced_of_units.get((unit.form, unit.unit_id), ())
        return {place: mark.shade for place, mark in marks.items()} | dict.fromkeys(replaced, DECIDED)


def gather(consolidation: Consolidation, folder: Path) -> Content:
    """Look up what the sheets of a workbook in ``folder`` show."""
    campaign = consolidation.campaign
    names = sheet_names(campaign, len(parts_of(len(consolidation.values))))
    registry = campaign.registry
    layouts = [UnitLayout(form, registry.of_form(form.id), names.by_unit[form.id]) for form in campaign.forms]
    return Content(
        consolidation=consolidation,
        names=names,
        layouts={layout.form.id: layout for layout in layouts},
        figures=_figures(consolidation.totals),
        answered=frozenset(_tuples(consolidation.values.drop_duplicates(["form", "unit_id"]), "form", "unit_id")),
        answers=_answers(consolidation.submissions, registry),
        replaced=frozenset(
            _tuples(consolidation.values[consolidation.values["decision"].ne("")], "form", "unit_id", "row", "year")
        ),
        marks=_marks(consolidation.findings),
        sources=find_sources((file.item for file in consolidation.returns.files), folder),
    )


def given(number: object) -> int | None:
    """A whole number of a table; None where it has none."""
    return None if pd.isna(number) else int(number)  # type: ignore[call-overload]


def _tuples(table: pd.DataFrame, *columns: str) -> Iterable[tuple[Any, ...]]:
    return zip(*(table[column].tolist() for column in columns), strict=True)


def _figures(totals: pd.DataFrame) -> dict[_Key, Figure]:
    lines = _tuples(totals, "form", "row", "year", "value", "reported", "partial", "expected")
    return {
        (form, row, given(year)): Figure(None if pd.isna(value) else value, reported, partial, expected)
        for form, row, year, value, reported, partial, expected in lines
    }


def _answers(submissions: pd.DataFrame, units: Iterable[Unit]) -> dict[tuple[str, str], Answer]:
    answers = {(unit.form, unit.unit_id): Answer("missing") for unit in units}
    own = submissions[submissions["status"].isin(_OF_A_UNIT)]
    for form, unit_id, status, file in _tuples(own, "form", "unit_id", "status", "file"):
        answers[form, unit_id] = Answer(status, "" if status == "undecided" else file)
    return answers


def _marks(findings: pd.DataFrame) -> dict[_MarkKey, Mark]:
    """The first finding on every figure, open ones before decided ones: they come the heaviest first."""
    open_ones: dict[_MarkKey, Mark] = {}
    decided: dict[_MarkKey, Mark] = {}
    about = findings[findings["row"].notna()]
    lines = _tuples(about, "form", "unit_id", "row", "year", "severity", "decision")
    for place, (form, unit_id, row, year, severity, decision) in zip(about.index, lines, strict=True):
        marks, shade = (decided, DECIDED) if decision else (open_ones, str(severity))
        marks.setdefault((form, unit_id, row, None if year is pd.NA else year), Mark(shade, int(place)))
    return decided | open_ones

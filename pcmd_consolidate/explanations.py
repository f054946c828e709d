"""Reasons that units gave in feedback workbooks, put into a table and beside the findings that they are about."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

import pandas as pd

from pcmd_consolidate.column_types import texts, typed
from pcmd_consolidate.findings import Severity
from pcmd_consolidate.intake.explanations import Explanation
from pcmd_consolidate.intake.readings import FileReading
from pcmd_consolidate.resubmissions import Choice
from pcmd_consolidate.units import Registry

EXPLANATION_COLUMNS = ("unit_id", "unit", "form", "rule", "row", "year", "text", "file", "sheet", "cell")
_ABOUT = ["unit_id", "form", "rule", "row", "year"]

_Subject = tuple[str, str, str, int | None, int | None]


def no_explanations() -> pd.DataFrame:
    """A table of explanations without a line."""
    return _frame([])


def find_explanations(files: Sequence[FileReading], choices: Iterable[Choice], registry: Registry) -> pd.DataFrame:
    """Every reason given, once for each finding that it is about.

    Where several returns of a unit give one, that of the return that counts is taken, else of the one saved last: what
    a unit explained once stays explained when it sends a newer return without it.

    Args:
        files: All files of the inbox.
        choices: Which return of each unit counts.
        registry: The units of the campaign.

    Returns:
        ``unit_id, unit, form, rule, row, year, text, file, sheet, cell``, in the order of units, rows and years.
    """
    standings = _standings(choices)
    taken: dict[_Subject, tuple[Explanation, FileReading]] = {}
    for file in sorted(files, key=lambda file: _age(file, standings), reverse=True):
        for explanation in _of_own_unit(file, registry):
            subject = _subject(explanation)
            if subject not in taken:
                taken[subject] = explanation, file
            elif taken[subject][1] is file:
                taken[subject] = _joined(taken[subject][0], explanation), file
    order = {(unit.unit_id, unit.form): place for place, unit in enumerate(registry)}
    found = sorted(taken.values(), key=lambda pair: _place(pair[0], order))
    return _frame([_record(explanation, file, registry) for explanation, file in found])


def explained(findings: pd.DataFrame, explanations: pd.DataFrame) -> pd.DataFrame:
    """The findings, with the reason that the unit gave for each in the column ``explanation``."""
    reasons = {tuple(map(str, line)): str(text) for *line, text in _lines(explanations, [*_ABOUT, "text"])}
    of_units = findings[findings["unit_id"].isin(explanations["unit_id"])]
    given = texts((reasons.get(tuple(map(str, line)), "") for line in _lines(of_units, _ABOUT)), of_units.index)
    return findings.assign(explanation=given.reindex(findings.index, fill_value=""))


def is_open(findings: pd.DataFrame) -> pd.Series:
    """Which findings are still to be settled: an error cannot be explained by the unit, only decided by the officer."""
    unexplained = findings["explanation"].eq("") | findings["severity"].eq(Severity.ERROR.value)
    return unexplained & findings["decision"].eq("") if "decision" in findings else unexplained


def _lines(frame: pd.DataFrame, columns: list[str]) -> Iterator[tuple[object, ...]]:
    yield from frame[columns].itertuples(index=False, name=None)


def _standings(choices: Iterable[Choice]) -> set[str]:
    """Names of the files that count, or say the same as one that does."""
    chosen = [choice for choice in choices if choice.used is not None]
    used = {choice.used.file.item.name for choice in chosen if choice.used is not None}
    return used | {
        other.file.item.name for choice in chosen for status, other in choice.others if status == "duplicate"
    }


def _age(file: FileReading, standings: set[str]) -> tuple[bool, str, str, str]:
    """The files from the least to the most weighty."""
    item = file.item
    return item.name in standings, file.saved_at, item.received_at.isoformat(), item.name


def _of_own_unit(file: FileReading, registry: Registry) -> Iterator[Explanation]:
    """The reasons in a file, without those written for another unit than the one whose figures it holds."""
    if file.answer is None:
        return
    holders = {sheet.unit.unit_id for sheet in file.sheets if sheet.unit is not None}
    for explanation in file.answer.explanations:
        known = registry.get(explanation.unit_id, explanation.form) is not None
        if known and (not file.sheets or explanation.unit_id in holders):
            yield explanation


def _subject(explanation: Explanation) -> _Subject:
    return explanation.unit_id, explanation.form, explanation.rule, explanation.row, explanation.year


def _joined(first: Explanation, second: Explanation) -> Explanation:
    """Two reasons in one workbook for findings that are told apart by nothing else than their wording."""
    if second.text in first.text.split("; "):
        return first
    return dataclasses.replace(first, text=f"{first.text}; {second.text}")


def _place(explanation: Explanation, order: dict[tuple[str, str], int]) -> tuple[int, int, int, str]:
    unit = order[explanation.unit_id, explanation.form]
    return unit, explanation.row or 0, explanation.year or 0, explanation.rule


def _record(explanation: Explanation, file: FileReading, registry: Registry) -> tuple[object, ...]:
    unit = registry.get(explanation.unit_id, explanation.form)
    assert unit is not None
    return (
        unit.unit_id, unit.name, unit.form, explanation.rule, explanation.row, explanation.year, explanation.text,
        file.item.name, explanation.sheet, explanation.cell,
    )  # fmt: skip


def _frame(records: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame.from_records(records, columns=list(EXPLANATION_COLUMNS))
    return typed(frame.astype({"row": "Int64", "year": "Int64"}))

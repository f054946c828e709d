"""Several returns of one unit for one form: which of them counts."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pcmd_consolidate.findings import Finding, found
from pcmd_consolidate.intake.readings import FileReading, SheetReading
from pcmd_consolidate.units import Unit


@dataclass(frozen=True)
class Return:
    """One form of one unit, in one sheet of one file."""

    file: FileReading
    sheet: SheetReading

    @property
    def unit(self) -> Unit:
        """The unit that sent it."""
        assert self.sheet.unit is not None
        return self.sheet.unit

    @property
    def name(self) -> str:
        """File and sheet, as named to a person."""
        return f"{self.file.item.name} [{self.sheet.sheet}]"


@dataclass(frozen=True)
class Choice:
    """Which return of a unit counts.

    Attributes:
        unit: The unit.
        used: The return that counts; None where that cannot be decided.
        others: The other returns, each with its status.
        reason: Why this return counts, where there was a choice (Vietnamese).
        findings: What a person should know of the choice.
    """

    unit: Unit
    used: Return | None
    others: tuple[tuple[str, Return], ...] = ()
    reason: str = ""
    findings: tuple[Finding, ...] = ()


def choose(returns: Iterable[Return]) -> tuple[Choice, ...]:
    """Choose among the returns of each unit and form."""
    groups: dict[tuple[str, str], list[Return]] = {}
    for returned in sorted(returns, key=lambda r: (not r.sheet.pinned, r.name)):
        groups.setdefault((returned.unit.unit_id, returned.unit.form), []).append(returned)
    return tuple(_choose(group) for group in groups.values())


def _choose(group: Sequence[Return]) -> Choice:
    unit = group[0].unit
    filled = [returned for returned in group if returned.sheet.cells.is_filled] or group  # an empty one says nothing
    empty = [("superseded", returned) for returned in group if returned not in filled]
    distinct: dict[object, list[Return]] = {}
    for returned in filled:
        distinct.setdefault(returned.sheet.cells.content, []).append(returned)
    versions = [copies[0] for copies in distinct.values()]
    copies = [(first, copy) for first, *rest in distinct.values() for copy in rest]
    said = [_on(copy, found("F14f", used=first.name)) for first, copy in copies]
    others = [*(("duplicate", copy) for _, copy in copies), *empty]
    if len(versions) == 1:
        return Choice(unit, versions[0], tuple(others), findings=tuple(said))
    latest = _latest([version for version in versions if version.sheet.pinned] or versions)
    if latest is None:
        names = "; ".join(version.name for version in versions)
        said.append(_on(versions[0], found("F14e", files=names)))
        return Choice(unit, None, (*(("undecided", v) for v in versions), *others), findings=tuple(said))
    used, reason = latest
    rest = [version for version in versions if version is not used]
    names = "; ".join(version.name for version in rest)
    said.append(_on(used, found("F14d", used=used.name, reason=reason, others=names)))
    if dropped := max(_dropped(used, version) for version in rest):
        said.append(_on(used, found("F14g", count=dropped, used=used.name, others=names)))
    return Choice(unit, used, (*(("superseded", v) for v in rest), *others), reason, tuple(said))


def _dropped(used: Return, other: Return) -> int:
    """How many figures of the other return the one that counts does not have."""
    kept = {(cell.row, cell.year) for cell in used.sheet.cells if cell.reading.value is not None}
    return sum(c.reading.value is not None and (c.row, c.year) not in kept for c in other.sheet.cells)


def _latest(versions: Sequence[Return]) -> tuple[Return, str] | None:
    """The version that the officer pinned, else the one saved last by the document's own word, else the last to come.

    None where none of them tells.
    """
    if len(versions) == 1:
        return versions[0], "theo inbox.csv"
    clocks: tuple[tuple[Callable[[Return], str], str], ...] = (
        (lambda r: r.file.saved_at, "lưu sau cùng"),
        (lambda r: r.file.item.received_at.isoformat(), "nhận sau cùng"),
    )
    for clock, reason in clocks:
        times = sorted((clock(version) for version in versions), reverse=True)
        if all(times) and times[0] != times[1]:
            return max(versions, key=clock), reason
    return None


def _on(returned: Return, finding: Finding) -> Finding:
    return dataclasses.replace(
        finding,
        unit_id=returned.unit.unit_id,
        unit=returned.unit.name,
        form=returned.unit.form,
        file=returned.file.item.name,
        sheet=returned.sheet.sheet,
    )


DIFFERENCE_COLUMNS = (
    "unit_id", "unit", "form", "row", "year", "value", "replaced_value", "effect", "file", "replaced_file",
)  # fmt: skip


def differences(choices: Iterable[Choice]) -> list[tuple[object, ...]]:
    """What changed between the return that counts and each one it replaced (``DIFFERENCE_COLUMNS``).

    ``effect`` is what the replacement adds to the sum over the units: a figure that is not there counts as nothing.
    """
    return [
        difference
        for choice in choices
        for status, other in choice.others
        if status == "superseded" and choice.used is not None
        for difference in _differences(choice.used, other)
    ]


def _differences(used: Return, other: Return) -> Iterable[tuple[object, ...]]:
    replaced = {(cell.row, cell.year): cell.reading for cell in other.sheet.cells}
    for cell in used.sheet.cells:
        new, old = cell.reading.value, replaced[cell.row, cell.year].value
        if new != old:
            place = (used.unit.unit_id, used.unit.name, used.unit.form, cell.row, cell.year)
            yield (*place, new, old, round((new or 0) - (old or 0), 6), used.name, other.name)

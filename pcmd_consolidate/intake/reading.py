"""What one cell says, whatever it holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pcmd_consolidate.findings import Finding, found


class State(StrEnum):
    """What became of a cell that was asked for."""

    REPORTED = "reported"
    BLANK = "blank"
    NOT_AVAILABLE = "not_available"
    UNREADABLE = "unreadable"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one cell says.

    Attributes:
        state: What became of it; ``value`` is given exactly where it is ``reported``.
        value: The figure; money in million dong, yes/no as 1 and 0.
        raw: What the unit wrote.
        note: Words that stand beside the figure.
        findings: What a person must look at, without its place.
    """

    state: State
    value: float | None = None
    raw: str = ""
    note: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class CellReading:
    """What the unit says for one row and year, and the sheet and A1 cell in which it says so (empty where absent)."""

    row: int
    year: int
    reading: Reading
    cell: str
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """What the unit wrote under Tổng cộng."""

    row: int
    value: float
    cell: str
    sheet: str = ""


def unreadable(rule: str, raw: str, **details: object) -> Reading:
    """A cell that cannot be read, with the finding that says why."""
    return Reading(State.UNREADABLE, None, raw, "", (found(rule, raw=raw, **details),))

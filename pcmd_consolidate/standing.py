"""Who has answered and with which file, told without any table: what ``pcmd status`` needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from pcmd_consolidate.campaign import Campaign
from pcmd_consolidate.intake.readings import FileReading
from pcmd_consolidate.resubmissions import Choice, Return, choose
from pcmd_consolidate.units import Unit
from pcmd_consolidate.unusable import sender_of

ANSWERED = ("on_time", "late")
PROGRESS_HEADINGS = ("Biểu", "Số đơn vị", "Đã nộp", "Quá hạn", "Chưa nộp")
"""What :class:`Progress` tells, in Vietnamese."""


class Standing(NamedTuple):
    """How a unit, or a file that is of no unit, stands.

    Attributes:
        unit_id, unit, form: The unit; empty where the file is of none.
        status: See ``submissions`` of :class:`~pcmd_consolidate.returns.Returns`.
        file: Name of the file in the inbox; empty where there is none.
        received_at: When it came; None where there is none.
        reason: Why this return of several counts, and when the unit first sent one that this one corrects.
    """

    unit_id: str
    unit: str
    form: str
    status: str
    file: str = ""
    received_at: dt.datetime | None = None
    reason: str = ""


class Progress(NamedTuple):
    """How far a form has come: units asked, and those that answered, answered late, or did not."""

    form: str
    asked: int
    answered: int
    late: int
    missing: int


def choices_among(files: Iterable[FileReading]) -> tuple[Choice, ...]:
    """For each unit and form that answered, which of its returns counts."""
    return choose([Return(file, sheet) for file in files for sheet in file.sheets if sheet.unit is not None])


def standings(campaign: Campaign, files: Sequence[FileReading], choices: Iterable[Choice]) -> Iterator[Standing]:
    """How every unit stands, in the order of the registry, then the files that are of no unit or cannot be read.

    Args:
        campaign: The round.
        files: Every file of the inbox.
        choices: What :func:`choices_among` gave for them.
    """
    used = {(choice.unit.unit_id, choice.unit.form): choice for choice in choices}
    for unit in campaign.registry:
        choice = used.get((unit.unit_id, unit.form))
        if choice is None:
            yield Standing(unit.unit_id, unit.name, unit.form, "missing")
            continue
        if choice.used is not None:
            first = _first_received(choice.used, choice.others)
            reason = "; ".join(filter(None, (choice.reason, _corrected(choice.used, first))))
            yield _with_file(unit, punctuality(campaign, unit, first), choice.used, reason)
        yield from (_with_file(unit, status, other) for status, other in choice.others)
    counting = {key for key, choice in used.items() if choice.used is not None}
    for file in files:
        yield from _without_return(file, campaign, counting)


def _without_return(file: FileReading, campaign: Campaign, counting: set[tuple[str, str]]) -> Iterator[Standing]:
    """What of a file is no return of a unit: sheets of nobody, or all of it."""
    item, sender = file.item, sender_of(file, campaign)
    if sender is not None:
        status = "superseded" if (sender.unit_id, sender.form) in counting else "rejected"
        yield Standing(sender.unit_id, sender.name, sender.form, status, item.name, item.received_at)
        return
    unknown = [("unidentified", sheet.form) for sheet in file.sheets if sheet.unit is None]
    unread = [] if file.sheets else [("skipped" if item.skipped else "rejected", "")]
    for status, form in (*unknown, *unread):
        yield Standing("", "", form, status, item.name, item.received_at)


def likely_senders(campaign: Campaign, name: str, missing: Container[str]) -> tuple[Unit, ...]:
    """Who may have sent a file that cannot be read, by its name; only units that sent no other.

    Args:
        campaign: The round.
        name: Name of the file in the inbox.
        missing: Ids of the units that lack a form.

    Returns:
        The units named, those of one name in each of their forms; empty where one of them has answered.
    """
    stem, registry = PurePosixPath(name).stem, campaign.registry
    named = registry.named_in(stem) or registry.named_in(stem, accents=False)
    return named if all(unit.unit_id in missing for unit in named) else ()


def _with_file(unit: Unit, status: str, returned: Return, reason: str = "") -> Standing:
    item = returned.file.item
    return Standing(unit.unit_id, unit.name, unit.form, status, item.name, item.received_at, reason)


def _first_received(used: Return, others: Iterable[tuple[str, Return]]) -> dt.datetime:
    """When the first return of a unit came in which something was filled in."""
    filled = [other.file.item.received_at for _, other in others if other.sheet.cells.is_filled]
    return min([used.file.item.received_at, *filled])


def _corrected(used: Return, first: dt.datetime) -> str:
    """That the return that counts corrects an earlier one; a unit that corrects on request is not late."""
    day = used.file.item.received_at
    if day.date() == first.date():
        return ""
    return f"nộp lần đầu ngày {first:%d/%m/%Y}, sửa lại ngày {day:%d/%m/%Y}"


def punctuality(campaign: Campaign, unit: Unit, first: dt.datetime) -> str:
    """Whether a unit whose first return came at this time answered ``on_time`` or ``late``."""
    deadline = campaign.deadline(unit)
    return "late" if deadline is not None and first.date() > deadline else "on_time"


def progress(standing: Iterable[tuple[str, str, str]], forms: Iterable[str]) -> tuple[Progress, ...]:
    """How far each form has come, from ``unit_id``, ``form`` and ``status`` of every line."""
    lines = list(standing)
    return tuple(_progress(form, [(unit, status) for unit, of, status in lines if of == form]) for form in forms)


def _progress(form: str, lines: Sequence[tuple[str, str]]) -> Progress:
    of_units = [status for unit, status in lines if unit]
    undecided = len({unit for unit, status in lines if status == "undecided"})
    answered, late, missing = (
        sum(status in wanted for status in of_units) for wanted in (ANSWERED, ("late",), ("missing",))
    )
    return Progress(form, answered + missing + undecided, answered, late, missing)

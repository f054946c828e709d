"""Files from which nothing can be read: whose they are, once the officer has said so in ``inbox.csv``."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from pcmd_consolidate.campaign import Campaign
from pcmd_consolidate.findings import Finding, Severity, found
from pcmd_consolidate.intake.readings import FileReading
from pcmd_consolidate.resubmissions import Choice
from pcmd_consolidate.rulings import Ruling, find_ruling
from pcmd_consolidate.units import Unit

_ASKED = (
    "Ghi mã đơn vị đã gửi tệp này vào cột unit_id; khi đơn vị có bản khác dùng được, tệp này không còn tính là lỗi."
)


def sender_of(file: FileReading, campaign: Campaign) -> Unit | None:
    """The unit that sent a file from which nothing can be read, by the officer's word; None where there is none."""
    ruling = None if file.sheets or file.item.skipped else find_ruling(campaign.rulings, file.item.name, "")
    return None if ruling is None else campaign.registry.get(ruling.unit_id, ruling.form)


def findings_of_files(files: Iterable[FileReading], campaign: Campaign, choices: Iterable[Choice]) -> Iterator[Finding]:
    """What is wrong with files as a whole; settled where the officer named the sender and another file of it counts."""
    used = {(choice.unit.unit_id, choice.unit.form): choice.used for choice in choices}
    for file in files:
        unit = sender_of(file, campaign)
        if unit is None:
            yield from file.findings
            continue
        instead = used.get((unit.unit_id, unit.form))
        for finding in file.findings:
            own = dataclasses.replace(finding, unit_id=unit.unit_id, unit=unit.name, form=unit.form)
            if instead is not None:
                settled = found("F14h", used=instead.name, why=finding.message)
                own = dataclasses.replace(own, rule=settled.rule, severity=settled.severity, message=settled.message)
            yield own


def questions_of_files(files: Iterable[FileReading], campaign: Campaign) -> Iterator[Ruling]:
    """Whose the files are from which an error keeps everything."""
    for file in files:
        errors = [finding.message for finding in file.findings if finding.severity is Severity.ERROR]
        if errors and not file.sheets and sender_of(file, campaign) is None:
            yield Ruling(file.item.name, "", "", "", " ".join([*errors, _ASKED]))

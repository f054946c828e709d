"""Who has not sent, in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.box import SIMPLE
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pcmd_consolidate.campaign import Campaign
from pcmd_consolidate.findings import Severity
from pcmd_consolidate.intake.readings import FileReading
from pcmd_consolidate.standing import PROGRESS_HEADINGS, Progress, Standing, likely_senders, progress

STATUS_REASONS = {"rejected": "không có số liệu nào đọc được", "unidentified": "chưa rõ đơn vị gửi"}
"""Why a file is not used, where no finding says so."""


def print_status(campaign: Campaign, standing: Sequence[Standing], files: Iterable[FileReading]) -> None:
    """Print how far each form has come, who has not sent, and which files could not be used, and why."""
    console = Console(highlight=False)
    lines = [(line.unit_id, line.form, line.status) for line in standing]
    console.print(progress_shown(progress(lines, [form.id for form in campaign.forms])))
    for form in campaign.forms:
        missing = [line.unit for line in standing if line.form == form.id and line.status == "missing"]
        if missing:
            console.print(f"\n{form.name}: {len(missing)} đơn vị chưa nộp")
            for name in missing:
                console.print(f"  - {escape(name)}", soft_wrap=True)
    if unused := list(_unused(campaign, standing, files)):
        console.print(f"\nĐã nhận nhưng chưa dùng được: {len(unused)} tệp")
        for text in unused:
            console.print(f"  - {escape(text)}", soft_wrap=True)


def _unused(campaign: Campaign, standing: Sequence[Standing], files: Iterable[FileReading]) -> Iterator[str]:
    """Files of which nothing, or some sheet, could be used: the unit that the name tells, and the reason."""
    missing = {line.unit_id for line in standing if line.status == "missing"}
    statuses = {line.file: line.status for line in standing if line.status in ("rejected", "unidentified")}
    for file in files:
        if (status := statuses.get(file.item.name)) is None:
            continue
        senders = likely_senders(campaign, file.item.name, missing) if status == "rejected" else ()
        names = "; ".join(dict.fromkeys(unit.name for unit in senders))
        told = f"{file.item.name} (theo tên tệp là của {names})" if names else file.item.name
        unknown = (finding for sheet in file.sheets if sheet.unit is None for finding in sheet.findings)
        reasons = dict.fromkeys(f.message for f in (*file.findings, *unknown) if f.severity is Severity.ERROR)
        yield f"{told}: {next(iter(reasons), STATUS_REASONS[status])}"


def progress_shown(lines: Iterable[Progress]) -> Table:
    """How far each form has come, as a table for the terminal."""
    shown = Table(box=SIMPLE)
    for place, heading in enumerate(PROGRESS_HEADINGS):
        shown.add_column(heading, justify="right" if place else "left")
    for line in lines:
        shown.add_row(*map(str, line))
    return shown

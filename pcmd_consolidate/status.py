"""Who has not sent, in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.box import SIMPLE
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pcmd_consolidate.campaign import Campaign
from pcmd_consolidate.standing import PROGRESS_HEADINGS, Progress, Standing, progress


def print_status(campaign: Campaign, standing: Sequence[Standing]) -> None:
    """Print how far each form has come, and who has not sent."""
    console = Console(highlight=False)
    lines = [(line.unit_id, line.form, line.status) for line in standing]
    console.print(progress_shown(progress(lines, [form.id for form in campaign.forms])))
    for form in campaign.forms:
        missing = [line.unit for line in standing if line.form == form.id and line.status == "missing"]
        if missing:
            console.print(f"\n{form.name}: {len(missing)} đơn vị chưa nộp")
            for name in missing:
                console.print(f"  - {escape(name)}", soft_wrap=True)


def progress_shown(lines: Iterable[Progress]) -> Table:
    """How far each form has come, as a table for the terminal."""
    shown = Table(box=SIMPLE)
    for place, heading in enumerate(PROGRESS_HEADINGS):
        shown.add_column(heading, justify="right" if place else "left")
    for line in lines:
        shown.add_row(*map(str, line))
    return shown

"""How results show themselves to a person: in a notebook and in the terminal."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence
from html import escape
from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.markup import escape as escape_markup

from pcmd_consolidate.campaign import Campaign
from pcmd_consolidate.consolidation import Consolidation
from pcmd_consolidate.explanations import is_open
from pcmd_consolidate.findings import Severity
from pcmd_consolidate.returns import Returns
from pcmd_consolidate.standing import PROGRESS_HEADINGS, progress
from pcmd_consolidate.status import progress_shown


def progress_table(submissions: pd.DataFrame, forms: list[str]) -> pd.DataFrame:
    """How far a round has come: one line per form, columns in Vietnamese."""
    lines = submissions[["unit_id", "form", "status"]].itertuples(index=False, name=None)
    return pd.DataFrame.from_records(list(progress(lines, forms)), columns=list(PROGRESS_HEADINGS))


def severity_counts(findings: pd.DataFrame) -> dict[str, int]:
    """Number of findings of each severity that are still open, under its Vietnamese name."""
    counts = findings.loc[is_open(findings), "severity"].value_counts()
    return {severity.label: int(counts.get(severity.value, 0)) for severity in Severity}


def _form_ids(returns: Returns) -> list[str]:
    return [form.id for form in returns.campaign.forms]


@functools.singledispatch
def as_html(result: object) -> str:
    """A campaign, returns or a consolidation in a notebook."""
    raise TypeError(type(result))


@as_html.register
def _(campaign: Campaign) -> str:
    asked = Counter(unit.form for unit in campaign.registry)
    forms = "".join(
        f"<li>{escape(form.name)}: {len(form.indicators)} chỉ tiêu, {asked[form.id]} đơn vị</li>"
        for form in campaign.forms
    )
    years = f"{campaign.years[0]}-{campaign.years[-1]}" if len(campaign.years) > 1 else str(campaign.years[0])
    until = f"{campaign.cut_off:%d/%m/%Y}"
    return f"{_heading(campaign)}<ul>{forms}</ul><p>Số liệu các năm {years}, tính đến hết ngày {until}</p>"


@as_html.register
def _(returns: Returns) -> str:
    table = progress_table(returns.submissions, _form_ids(returns)).to_html(index=False, border=0)
    unusable = _unusable(returns.submissions)
    files = f"<p>Chưa dùng được {len(unusable)} tệp: {escape('; '.join(unusable))}</p>" if unusable else ""
    return f"{_heading(returns.campaign)}{table}{files}"


@as_html.register
def _(result: Consolidation) -> str:
    counts = " · ".join(f"{escape(name)}: <b>{count}</b>" for name, count in severity_counts(result.findings).items())
    return f"{as_html(result.returns)}<p>Phát hiện: {counts}</p>"


@functools.singledispatch
def as_line(result: object) -> str:
    """A campaign, returns or a consolidation in one line."""
    raise TypeError(type(result))


@as_line.register
def _(campaign: Campaign) -> str:
    return f"<Campaign «{campaign.title} – {campaign.province}»: {len(campaign.registry)} đơn vị>"


@as_line.register
def _(returns: Returns) -> str:
    return f"<Returns: {_answered(returns)}>"


@as_line.register
def _(result: Consolidation) -> str:
    counts = ", ".join(f"{name} {count}" for name, count in severity_counts(result.findings).items())
    return f"<Consolidation: {_answered(result.returns)}; {counts}>"


def _answered(returns: Returns) -> str:
    table = progress_table(returns.submissions, _form_ids(returns))
    return ", ".join(f"{form} {done}/{asked}" for form, asked, done, *_ in table.itertuples(index=False, name=None))


def _heading(campaign: Campaign) -> str:
    return f"<p><b>{escape(campaign.title)} – {escape(campaign.province)}</b></p>"


def _unusable(submissions: pd.DataFrame) -> list[str]:
    unusable = submissions["status"].isin(["unidentified", "rejected", "undecided"])
    return sorted(set(submissions.loc[unusable, "file"]))


def print_result(result: Consolidation, paths: Sequence[Path]) -> None:
    """End of a run in the terminal: a short table, the findings, and where the outputs are."""
    console = Console(highlight=False)
    lines = result.submissions[["unit_id", "form", "status"]].itertuples(index=False, name=None)
    console.print(progress_shown(progress(lines, _form_ids(result.returns))))
    console.print("Phát hiện: " + " · ".join(f"{n}: {c}" for n, c in severity_counts(result.findings).items()))
    if files := _unusable(result.submissions):
        console.print(f"Chưa dùng được {len(files)} tệp: {escape_markup('; '.join(files))}")
    console.print(f"Kết quả: {escape_markup(str(paths[0]))}", soft_wrap=True)

"""How results show themselves to a person: in a notebook and in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.markup import escape as escape_markup

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


def consolidation_html(result: Consolidation) -> str:
    """A consolidation in a notebook: progress and number of findings."""
    table = progress_table(result.submissions, _form_ids(result.returns)).to_html(index=False, border=0)
    counts = " · ".join(f"{escape(name)}: <b>{count}</b>" for name, count in severity_counts(result.findings).items())
    return f"<p><b>{escape(result.campaign.title)} – {escape(result.campaign.province)}</b></p>{table}<p>{counts}</p>"


def print_result(result: Consolidation, paths: Sequence[Path]) -> None:
    """End of a run in the terminal: a short table, the findings, and where the outputs are."""
    console = Console(highlight=False)
    lines = result.submissions[["unit_id", "form", "status"]].itertuples(index=False, name=None)
    console.print(progress_shown(progress(lines, _form_ids(result.returns))))
    console.print("Phát hiện: " + " · ".join(f"{n}: {c}" for n, c in severity_counts(result.findings).items()))
    unusable = result.submissions["status"].isin(["unidentified", "rejected", "undecided"])
    if unusable.any():
        files = sorted(set(result.submissions.loc[unusable, "file"]))
        console.print(f"Chưa dùng được {len(files)} tệp: {escape_markup('; '.join(files))}")
    console.print(f"Kết quả: {escape_markup(str(paths[0]))}", soft_wrap=True)

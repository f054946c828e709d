"""All returns of a campaign, read and put into tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from pcmd_consolidate.campaign import Campaign
from pcmd_consolidate.cell_tables import stated_totals_table, values_table
from pcmd_consolidate.column_types import SEVERITY, typed
from pcmd_consolidate.explanations import explained, find_explanations, is_open, no_explanations
from pcmd_consolidate.findings import FINDING_COLUMNS, Finding, Severity
from pcmd_consolidate.intake.readings import FileReading
from pcmd_consolidate.read_inbox import Progress, look_into
from pcmd_consolidate.readings_cache import ReadingCache
from pcmd_consolidate.resubmissions import DIFFERENCE_COLUMNS, Choice, differences
from pcmd_consolidate.rulings import Ruling
from pcmd_consolidate.shown import Shown
from pcmd_consolidate.standing import Standing, choices_among, standings
from pcmd_consolidate.unusable import findings_of_files, questions_of_files

SUBMISSION_COLUMNS = (
    "unit_id", "unit", "form", "status", "file", "received_at", "errors", "explains", "warnings", "reason",
)  # fmt: skip

_WHERE = ("unit_id", "form", "file")
_COUNTED = {"errors": Severity.ERROR, "explains": Severity.EXPLAIN, "warnings": Severity.WARNING}


@dataclass(frozen=True, repr=False, eq=False)
class Returns(Shown):
    """What came back, read but not yet checked.

    Columns of one name are of one type in every table: see :mod:`~pcmd_consolidate.column_types`.

    Attributes:
        campaign: The round.
        files: Every file of the inbox.
        values: One line per unit that has answered × row asked × year (``VALUE_COLUMNS``; ``value`` float64, money in
            million dong, yes/no as 1 and 0, given exactly where ``state`` is ``reported``).
        stated_totals: What units wrote under Tổng cộng: ``unit_id, form, row, value, file, sheet, cell``.
        findings: What intake found (``FINDING_COLUMNS``).
        submissions: One line per unit and form asked, and one per further file (``SUBMISSION_COLUMNS``); ``status`` is
            ``on_time``, ``late``, ``missing``, ``undecided``, ``superseded``, ``duplicate``, ``unidentified``,
            ``rejected`` or ``skipped`` (left there by Office or an operating system). A unit is ``late`` if its first
            readable return was; ``received_at`` is that of the file in the line, for a unit the one that
            counts; ``reason`` says why this return of several counts, and when it corrected another.
        resubmissions: What changed between the return that counts and each one it replaced (``DIFFERENCE_COLUMNS``).
        inbox: The folder that was read.
        questions: What the officer is asked to settle in ``inbox.csv``.
        explanations: The reasons that units typed into feedback workbooks (``EXPLANATION_COLUMNS``); the findings that
            they are about carry them in ``explanation``.
    """

    campaign: Campaign
    files: tuple[FileReading, ...]
    values: pd.DataFrame
    stated_totals: pd.DataFrame
    findings: pd.DataFrame
    submissions: pd.DataFrame
    resubmissions: pd.DataFrame
    inbox: Path
    questions: tuple[Ruling, ...] = ()
    explanations: pd.DataFrame = field(default_factory=no_explanations)


def read_returns(
    campaign: Campaign,
    inbox: str | Path | None = None,
    *,
    jobs: int | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
    cache: ReadingCache | None = None,
) -> Returns:
    """Read every file of the inbox.

    Args:
        campaign: The round.
        inbox: Folder to read; the campaign's own where None. Never written to.
        jobs: Number of worker processes; None for as many as pay on this machine. They are kept for the next call, and
            end with this process.
        executor: Has files read by its processes, on this machine or others; the library's own worker processes where
            None. The bytes of the files travel with the calls. What it loses is read by the library's own workers, with
            an :class:`~pcmd_consolidate.elsewhere.ExecutorWarning`.
        progress: Called after each file; see :func:`~pcmd_consolidate.progress.progress_bar`.
        cache: Readings of an earlier run (:func:`~pcmd_consolidate.readings_cache.open_cache`), so that only files that
            changed are read; the readings of this run are kept there.

    Raises:
        CampaignError: The inbox does not exist, or the cache is that of another round.
        NoWorkerError: No worker process can be started.
    """
    looked = look_into(campaign, inbox, cache)
    files = looked.read(jobs=jobs, executor=executor, progress=progress)
    return assemble(campaign, files, looked.folder)


def assemble(campaign: Campaign, files: Sequence[FileReading], inbox: Path) -> Returns:
    """Put readings into tables: choose among several returns of one unit, and see who is missing."""
    choices = choices_among(files)
    used = {(c.unit.unit_id, c.unit.form): c for c in choices}
    found = [
        *findings_of_files(files, campaign, choices),
        *(finding for file in files for sheet in file.sheets if sheet.unit is None for finding in sheet.findings),
        *(finding for choice in choices for finding in choice.findings),
        *(f for choice in choices if choice.used is not None for f in choice.used.sheet.findings),
    ]
    explanations = find_explanations(files, choices, campaign.registry)
    findings = explained(findings_frame(found), explanations)
    ordered = [used[key] for unit in campaign.registry if (key := (unit.unit_id, unit.form)) in used]
    answered = [choice.used for choice in ordered if choice.used is not None]
    return Returns(
        campaign=campaign,
        files=tuple(files),
        values=values_table(answered),
        stated_totals=stated_totals_table(answered),
        findings=findings,
        submissions=count_findings(_submissions(standings(campaign, files, choices)), findings),
        resubmissions=_resubmissions(ordered),
        inbox=inbox,
        questions=(*_questions(files, choices), *questions_of_files(files, campaign)),
        explanations=explanations,
    )


def _resubmissions(choices: Iterable[Choice]) -> pd.DataFrame:
    frame = pd.DataFrame.from_records(differences(choices), columns=list(DIFFERENCE_COLUMNS))
    numbers = dict.fromkeys(["value", "replaced_value", "effect"], "float64")
    return typed(frame.astype({"row": "int64", "year": "int64", **numbers}))


def _questions(files: Sequence[FileReading], choices: Iterable[Choice]) -> Iterator[Ruling]:
    for file in files:
        for sheet in file.sheets:
            if sheet.unit is None:
                asked = "; ".join(f.message for f in sheet.findings if f.rule.startswith("F14"))
                yield Ruling(file.item.name, sheet.sheet, "", sheet.form, asked)
    for choice in choices:
        for status, other in choice.others:
            if status == "undecided":
                asked = f"{choice.unit.name} gửi nhiều bản; ghi {choice.unit.unit_id} vào cột unit_id của bản được dùng"
                yield Ruling(other.file.item.name, other.sheet.sheet, "", choice.unit.form, asked)


def findings_frame(found: Iterable[Finding]) -> pd.DataFrame:
    """Findings as a table (``FINDING_COLUMNS``), the heaviest first."""
    return as_findings(pd.DataFrame.from_records([f.as_record() for f in found], columns=list(FINDING_COLUMNS)))


def as_findings(*frames: pd.DataFrame) -> pd.DataFrame:
    """Findings put together, of proper types, in the order in which they are shown.

    The order is the same whatever the order in which they were found.
    """
    numbers = {"row": "Int64", "year": "Int64"}
    plain = [
        pd.DataFrame({name: f[name].astype(numbers[name]) if name in numbers else _words(f[name]) for name in f})
        for f in frames
    ]
    frame = pd.concat(plain, ignore_index=True).astype({"severity": SEVERITY})
    by = ["severity", "form", "unit_id", "row", "year", "file", "sheet", "cell", "rule", "message"]
    return typed(frame.sort_values(by, kind="stable", ignore_index=True))


def _words(column: pd.Series) -> pd.Series:
    """A column of words as texts, empty where there is none."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype(column.cat.categories.dtype)
    return column.fillna("") if column.dtype == "str" else column.astype(object).fillna("").map(str).astype("str")


def _submissions(lines: Iterable[Standing]) -> pd.DataFrame:
    frame = pd.DataFrame.from_records(list(lines), columns=[*SUBMISSION_COLUMNS[:6], "reason"])
    return typed(frame.astype({"received_at": "datetime64[s]"}))


def count_findings(submissions: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """Submissions with the number of findings on each that are still open: ``errors``, ``explains``, ``warnings``."""
    about = findings[is_open(findings)]
    counts = Counter(zip(*(about[name].tolist() for name in (*_WHERE, "severity")), strict=True))
    lines = list(zip(*(submissions[name].tolist() for name in _WHERE), strict=True))
    counted = submissions.copy()
    for column, severity in _COUNTED.items():
        counted[column] = [
            sum(counts[unit_id, of, file, severity.value] for of in {form, ""}) if file else 0
            for unit_id, form, file in lines
        ]
    return counted[list(SUBMISSION_COLUMNS)]

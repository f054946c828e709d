"""From values to provincial totals."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from pcmd_consolidate.campaign import Campaign
from pcmd_consolidate.checks import check, weighed
from pcmd_consolidate.checks.comparisons import compare, comparison_findings
from pcmd_consolidate.checks.stake import by_stake
from pcmd_consolidate.column_types import typed
from pcmd_consolidate.cube import Cube, cube
from pcmd_consolidate.deciding import accepted, replaced
from pcmd_consolidate.decisions import Decision, Fallen
from pcmd_consolidate.errors import OutputError, StrictError
from pcmd_consolidate.explanations import explained, is_open
from pcmd_consolidate.findings import Finding, Severity, found
from pcmd_consolidate.forms import GATHERED, OverYears, Row, ValueType
from pcmd_consolidate.returns import Returns, as_findings, count_findings, findings_frame
from pcmd_consolidate.shown import Shown
from pcmd_consolidate.standing import progress

TOTAL_COLUMNS = ("form", "row", "year", "value", "reported", "partial", "expected")
_DECIMALS = 6


@dataclass(frozen=True, repr=False, eq=False)
class Consolidation(Shown):
    """The result of a round.

    Columns of one name are of one type in every table: see :mod:`~pcmd_consolidate.column_types`.

    Attributes:
        campaign: The round.
        totals: One line per form row × year, and one with ``year`` missing for Tổng cộng (``TOTAL_COLUMNS``).
            ``value``: float64, NaN where no unit reported; yes/no rows count the units that answered Có. ``reported``:
            units that reported it, for the Tổng cộng of a flow those that reported every year. ``partial``: units that
            reported some of the years only. ``expected``: units asked.
        values: See :class:`~pcmd_consolidate.returns.Returns`; with one more column ``decision``, the words of the
            officer's decision where it replaced the value.
        findings: Everything a person must look at, the heaviest first (``FINDING_COLUMNS``, ``decision``, and
            ``stake``: the share of a provincial figure that it can change).
        submissions: See :class:`~pcmd_consolidate.returns.Returns`.
        returns: What was read.
        comparisons: Figures of departments and communes held against one another, see
            :func:`~pcmd_consolidate.checks.comparisons.compare`.
        decisions: Decisions of the officer that are in force.
        fallen: Decisions that stood before this run and no longer do, and why.
    """

    campaign: Campaign
    totals: pd.DataFrame
    values: pd.DataFrame
    findings: pd.DataFrame
    submissions: pd.DataFrame
    returns: Returns
    comparisons: pd.DataFrame
    decisions: tuple[Decision, ...] = ()
    fallen: tuple[Fallen, ...] = ()

    @property
    def errors(self) -> int:
        """How many findings are errors that the officer has not accepted."""
        return int((self.findings["severity"].eq(Severity.ERROR.value) & is_open(self.findings)).sum())

    @property
    def restored(self) -> tuple[Decision, ...]:
        """Decisions in force that an earlier run had found no longer standing."""
        stood = {decision.about for decision in self.campaign.decisions if decision.kind is not None}
        return tuple(decision for decision in self.decisions if decision.about not in stood)

    @property
    def lacking(self) -> tuple[str, ...]:
        """What keeps the summary from being signed (Vietnamese); empty where nothing does.

        Errors that are open, units that have not answered, and units of whose returns none could be chosen.
        """
        lines = self.submissions[["unit_id", "form", "status"]].itertuples(index=False, name=None)
        names = {form.id: form.name for form in self.campaign.forms}
        told = [f"{self.errors} lỗi chưa giải quyết"] if self.errors else []
        for form, asked, answered, _, missing in progress(lines, names):
            if missing:
                told.append(f"{missing} đơn vị chưa nộp {names[form]}")
            if undecided := asked - answered - missing:
                told.append(f"{undecided} đơn vị gửi {names[form]} nhiều bản, chưa rõ dùng bản nào")
        return tuple(told)

    def raise_unless_ready(self) -> Consolidation:
        """This consolidation, if it can be signed: no error is open, and every unit asked has answered.

        Raises:
            StrictError: Something is lacking, see :attr:`lacking`.
        """
        if self.lacking:
            raise StrictError(self.errors, self.lacking)
        return self

    def raise_for_errors(self) -> Consolidation:
        """This consolidation, if no finding is an error.

        Raises:
            StrictError: A finding is an error.
        """
        if self.errors:
            raise StrictError(self.errors)
        return self

    def to_excel(self, path: str | Path) -> Path:
        """Write the provincial summary workbook.

        Args:
            path: The workbook; its name ends in ``.xlsx``.

        Raises:
            OutputError: The name has another ending, or the workbook cannot be written, for example because it is open
                in Excel.
        """
        from pcmd_consolidate.summary import write_summary

        if Path(path).suffix.lower() != ".xlsx":
            raise OutputError(Path(path), "kết quả là tệp Excel; hãy đặt tên kết thúc bằng .xlsx")
        return write_summary(self, Path(path))

    def to_parquet(self, folder: str | Path) -> tuple[Path, ...]:
        """Write the tables as Parquet, their types kept: what repeats (units, forms, files, states) as categories.

        The types of a file are the same in every round, also where a table is empty (categories then are none). Parquet
        knows no whole seconds: ``received_at`` is in milliseconds. Needs pyarrow (``pip install pyarrow``).

        Args:
            folder: Made where it does not exist.

        Returns:
            Paths of ``totals.parquet``, ``values.parquet``, ``findings.parquet``, ``submissions.parquet``,
            ``resubmissions.parquet`` and ``comparisons.parquet``.

        Raises:
            OutputError: pyarrow is not installed, or a file cannot be written; all files are then the old ones.
        """
        from pcmd_consolidate.tables import write_parquet

        return write_parquet(self, Path(folder))


def consolidate(returns: Returns) -> Consolidation:
    """Check the returns and add them up.

    Rows that every unit fills are summed over the units; rows in a block with an owner are taken from the owner. Tổng
    cộng sums flows over the years and takes the last year of stocks and of yes/no rows (``stock_total = "sum"`` in
    ``campaign.toml`` restores the literal sum for stocks).

    Args:
        returns: What :func:`~pcmd_consolidate.returns.read_returns` gave.
    """
    campaign = returns.campaign
    values, replacing, outdated = replaced(returns.values, campaign)
    cubes = [cube(values, form) for form in campaign.forms]
    totals = typed(pd.concat([form_totals(of_form, campaign) for of_form in cubes], ignore_index=True))
    comparisons = compare(totals, values, campaign)
    of_province = findings_frame([*_block_owners(campaign), *comparison_findings(comparisons)])
    of_units = check(cubes, returns.stated_totals)
    checked = (weighed(found, campaign.rule_changes) for found in (of_units, of_province))
    reasoned = explained(as_findings(returns.findings, *checked), returns.explanations)
    weightiest_first = by_stake(reasoned, cubes, totals)
    findings, accepting, gone = accepted(weightiest_first, campaign, replacing, set(values["unit_id"].unique()))
    return Consolidation(
        campaign=campaign,
        totals=totals,
        values=values,
        findings=findings,
        submissions=count_findings(returns.submissions, findings),
        returns=returns,
        comparisons=comparisons,
        decisions=(*replacing, *accepting),
        fallen=(*outdated, *gone),
    )


def form_totals(of_form: Cube, campaign: Campaign) -> pd.DataFrame:
    """Totals of one form, in the order of its rows (``TOTAL_COLUMNS``)."""
    form = of_form.form
    figures = of_form.spread(of_form.column("value").astype("float64"), math.nan)
    reported = ~np.isnan(figures)
    asked = Counter(
        number
        for sections, units in Counter(unit.sections for unit in campaign.registry.of_form(form.id)).items()
        for row in form.indicators_of(sections)
        for number in [row.number] * units
    )
    records: list[tuple[object, ...]] = []
    for at, row in enumerate(form.indicators):
        expected = asked[row.number]
        for year, given, there in zip(form.years, figures[:, at].T, reported[:, at].T, strict=True):
            records.append((form.id, row.number, year, exact_sum(given[there]), int(there.sum()), 0, expected))
        if sums_years(row, campaign):
            some, every = reported[:, at].any(axis=1).sum(), reported[:, at].all(axis=1).sum()
            total = exact_sum(figures[:, at][reported[:, at]])
            records.append((form.id, row.number, pd.NA, total, int(every), int(some - every), expected))
        else:
            *_, (_, _, _, last, units, _, _) = records
            records.append((form.id, row.number, pd.NA, last, units, 0, expected))
    frame = pd.DataFrame.from_records(records, columns=list(TOTAL_COLUMNS))
    whole = dict.fromkeys(["row", "reported", "partial", "expected"], "int64")
    return frame.astype({**whole, "year": "Int64", "value": "float64"})


def sums_years(row: Row, campaign: Campaign) -> bool:
    """Whether Tổng cộng of a row is the sum of its years."""
    if row.over_years is OverYears.LAST:
        return campaign.stock_total == "sum" and row.value_type is not ValueType.YES_NO and not row.counts_units
    return True


def exact_sum(figures: np.ndarray) -> float:
    """Sum to the last digit, whatever the order of the figures; NaN where there are none."""
    return round(math.fsum(figures.tolist()), _DECIMALS) if len(figures) else math.nan


def _block_owners(campaign: Campaign) -> Iterator[Finding]:
    """Blocks that several units own, and blocks that none does; provinces fill every block."""
    for form in campaign.forms:
        if form.respondent == GATHERED:
            continue
        owners = {
            section: [unit.name for unit in campaign.registry.of_form(form.id) if section in unit.sections]
            for section in form.sections
        }
        for section, names in owners.items():
            if len(names) > 1:
                yield found("B60", section=section, owners=", ".join(names))
        if orphans := campaign.registry.unowned(form):
            yield found("B61", form=form.name, sections=", ".join(orphans))

"""Provincial figures of departments and communes held against one another (C, X): set side by side, never added."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from pcmd_consolidate.campaign import Campaign
from pcmd_consolidate.column_types import typed
from pcmd_consolidate.findings import Finding
from pcmd_consolidate.forms.cross import RELATIONS, UNITS, Comparison, Side, cross_checks
from pcmd_consolidate.vietnamese import shown

COMPARISON_COLUMNS = (
    "rule", "severity", "year", "cumulative", "left", "left_value", "left_reported", "left_expected", "relation",
    "right", "right_value", "right_reported", "right_expected", "difference", "percent", "verdict", "message",
    "weightiest",
)  # fmt: skip
VERDICTS = {
    "agrees": "Khớp",
    "differs": "Lệch",
    "open": "Chưa kết luận (chưa đủ đơn vị)",
    "beside": "Chỉ đặt cạnh nhau",
    "missing": "Chưa có số liệu",
}
"""What a comparison comes to → the words an official reads."""
_DECIMALS = 6
_WEIGHTIEST = 5
"""Units that are named as those which weigh most."""


@dataclass(frozen=True, slots=True)
class _Sum:
    """A side of a comparison in one year: its value, and how many units it holds of how many."""

    value: float
    reported: int
    expected: int

    @property
    def complete(self) -> bool:
        return self.reported >= self.expected


def compare(totals: pd.DataFrame, values: pd.DataFrame, campaign: Campaign) -> pd.DataFrame:
    """Hold provincial figures against one another.

    Args:
        totals: Provincial totals (``TOTAL_COLUMNS``).
        values: The values table, to name the units that weigh most.
        campaign: The round.

    Returns:
        One line per comparison and year (``COMPARISON_COLUMNS``). ``left_value``, ``right_value``: float64, money in
        million dong, sums over the years so far where ``cumulative``; ``difference``: left less right; ``percent``:
        the difference in per cent of the right side; ``reported`` of ``expected``: units in each side; ``verdict``: a
        key of ``VERDICTS``; ``weightiest``: the units with the largest figures on the left.
    """
    forms = {form.id: form for form in campaign.forms}
    known = totals.dropna(subset="year").set_index(["form", "row", "year"])[["value", "reported", "expected"]]
    cells = {key: _Sum(*line) for key, line in zip(known.index, known.itertuples(index=False), strict=True)}
    cells |= {
        (form.id, UNITS, year): _Sum(len(units), len(units), len(units))
        for form in campaign.forms
        for units in [campaign.registry.of_form(form.id)]
        for year in form.years
    }
    comparable = list(cross_checks().comparable(forms))
    by_unit = _by_unit(values, comparable)
    records = [
        _record(comparison, year, years, cells, by_unit)
        for comparison in comparable
        for years in [campaign.years]
        for year in years
    ]
    frame = pd.DataFrame.from_records(records, columns=list(COMPARISON_COLUMNS))
    numbers = dict.fromkeys(["left_value", "right_value", "difference", "percent"], "float64")
    return typed(frame.astype({"year": "int64", **numbers}))


def _by_unit(values: pd.DataFrame, comparisons: Iterable[Comparison]) -> Mapping[object, pd.Series]:
    """Form, row and year → the figure of each unit, for the left sides of these comparisons."""
    wanted = {(term.form, term.row) for comparison in comparisons for term in comparison.left.terms}
    asked = pd.MultiIndex.from_frame(values[["form", "row"]]).isin(list(wanted))
    reported = values[asked].dropna(subset="value")
    groups = reported.groupby(["form", "row", "year"], observed=True)
    return {key: group.set_index("unit")["value"] for key, group in groups}


def _record(
    comparison: Comparison,
    year: int,
    years: Sequence[int],
    cells: Mapping[object, _Sum],
    by_unit: Mapping[object, pd.Series],
) -> tuple[object, ...]:
    so_far = [y for y in years if y <= year] if comparison.cumulative else [year]
    left, right = (_sum(side, so_far, cells) for side in (comparison.left, comparison.right))
    difference = round(left.value - right.value, _DECIMALS)
    percent = 100 * difference / right.value if right.value else math.nan
    verdict = _verdict(comparison, left, right)
    weightiest = _weightiest(comparison.left, so_far, by_unit) if verdict in ("differs", "open") else ""
    return (
        comparison.id, str(comparison.severity), year, comparison.cumulative,
        str(comparison.left), left.value, left.reported, left.expected, RELATIONS[comparison.relation],
        str(comparison.right), right.value, right.reported, right.expected,
        difference, percent, verdict, comparison.message, weightiest,
    )  # fmt: skip


def _sum(side: Side, years: Iterable[int], cells: Mapping[object, _Sum]) -> _Sum:
    """A side over some years; it holds as many units as the term that holds the fewest of those asked."""
    parts = [(term.sign, cells[term.form, term.row, year]) for year in years for term in side.terms]
    value = round(math.fsum(sign * part.value for sign, part in parts), _DECIMALS)
    thinnest = min((part for _, part in parts), key=lambda part: part.reported - part.expected)
    return _Sum(value, thinnest.reported, thinnest.expected)


def _verdict(comparison: Comparison, left: _Sum, right: _Sum) -> str:
    if math.isnan(left.value) or math.isnan(right.value):
        return "missing"
    if comparison.relation == "beside":
        return "beside"
    differs = _differs(comparison, left.value, right.value)
    if left.complete and right.complete:
        return "differs" if differs else "agrees"
    exceeds = comparison.relation == "at_most" and right.complete and left.value - right.value > comparison.margin
    return "differs" if exceeds else "open"


def _differs(comparison: Comparison, left: float, right: float) -> bool:
    over = {"at_most": left - right, "at_least": right - left, "about": 0.0}[comparison.relation]
    apart = abs(left - right)
    allowed = math.inf if comparison.within is None else comparison.within * max(abs(left), abs(right))
    return over > comparison.margin + 1e-6 or apart > max(allowed, comparison.margin) + 1e-6


def _weightiest(side: Side, years: Iterable[int], by_unit: Mapping[object, pd.Series]) -> str:
    parts = [
        term.sign * by_unit[key]
        for year in years
        for term in side.terms
        if (key := (term.form, term.row, year)) in by_unit
    ]
    if not parts:
        return ""
    sums = pd.concat(parts).groupby(level=0, observed=True).sum().sort_index()
    shares = sums.sort_values(key=abs, ascending=False, kind="stable")
    return "; ".join(f"{unit}: {shown(round(value, 6))}" for unit, value in shares.head(_WEIGHTIEST).items() if value)


def comparison_findings(compared: pd.DataFrame) -> Iterator[Finding]:
    """A finding for every comparison that does not hold."""
    comparisons = {comparison.id: comparison for comparison in cross_checks().comparisons}
    for line in compared[compared["verdict"] == "differs"].itertuples(index=False):
        comparison = comparisons[line.rule]
        period = f"từ {compared['year'].min()} đến {line.year}" if line.cumulative else f"năm {line.year}"
        message = (
            f"{line.message}: {period}, {line.left} = {shown(line.left_value)}, {line.right} = "
            f"{shown(line.right_value)}. Xem trang Đối chiếu."
        )
        first = comparison.left.terms[0]
        yield Finding(comparison.severity, line.rule, message, form=first.form, row=first.row, year=line.year)

"""The targets of the programme measured against the provincial figures (T)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from pcmd_consolidate.campaign import Campaign
from pcmd_consolidate.forms import PartialYear
from pcmd_consolidate.forms.cross import Side
from pcmd_consolidate.forms.targets import Target, TargetKind, targets_of

TARGET_COLUMNS = (
    "target", "year", "half_year", "figure", "base", "value", "threshold", "reported", "expected", "verdict", "note",
)  # fmt: skip
TARGET_VERDICTS = {
    "met": "Đạt",
    "not_met": "Chưa đạt",
    "open": "Chưa đủ số liệu",
    "half_year": "Mới có số liệu nửa năm",
    "shown": "Chỉ nêu số liệu",
}
"""What a target comes to → the words an official reads."""

_DECIMALS = 6
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class _Measured:
    """What was measured in a year, and from how many units of how many; ``sure`` whatever the others will report."""

    value: float
    figure: float
    base: float
    reported: int
    expected: int
    note: str = ""
    sure: str = ""

    @property
    def complete(self) -> bool:
        return self.reported >= self.expected


@dataclass(frozen=True, slots=True)
class _Figures:
    """Provincial figures and their units.

    Attributes:
        totals: Form, row and year → figure, units that reported it, units asked.
        counted: Target of which units are counted → year → units with a figure above 0, units that are known.
        years: The years asked for.
    """

    totals: Mapping[object, tuple[float, int, int]]
    counted: Mapping[str, Mapping[int, tuple[int, int]]]
    years: tuple[int, ...]

    def of(self, side: Side, years: tuple[int, ...]) -> tuple[float, int, int]:
        """A sum of rows over years: value, units that reported of units asked."""
        parts = [(term.sign, self.totals[term.form, term.row, year]) for year in years for term in side.terms]
        value = round(math.fsum(sign * part[0] for sign, part in parts), _DECIMALS)
        _, reported, expected = min((part for _, part in parts), key=lambda part: part[1] - part[2])
        return value, reported, expected


def measure_targets(totals: pd.DataFrame, values: pd.DataFrame, campaign: Campaign) -> pd.DataFrame:
    """Measure every target in every year.

    Args:
        totals: Provincial totals (``TOTAL_COLUMNS``).
        values: The values table, to count units.
        campaign: The round.

    Returns:
        One line per target and year (``TARGET_COLUMNS``). ``half_year``: whether the year is not a full one.
        ``figure``, ``base``: float64, what ``value`` was made of. ``value``: per cent, for ``monthly`` the figure
        itself; NaN where it cannot be told. ``threshold``: what ``value`` must reach in that year, NaN where the
        target is only shown. ``reported`` of ``expected``: units. ``verdict``: a key of ``TARGET_VERDICTS``; a
        half year is never found short of the target of a full one. ``note``: why (Vietnamese).
    """
    known = totals.dropna(subset="year").set_index(["form", "row", "year"])[["value", "reported", "expected"]]
    cells = dict(zip(known.index, known.itertuples(index=False, name=None), strict=True))
    forms = {form.id: form for form in campaign.forms}
    targets = tuple(targets_of(forms))
    counted = {target.id: _counts(target, values) for target in targets if target.kind is TargetKind.UNITS}
    figures = _Figures(cells, counted, campaign.years)
    records = [
        _record(target, year, figures, forms[target.terms[0].form].partial)
        for target in targets
        for year in campaign.years
    ]
    frame = pd.DataFrame.from_records(records, columns=list(TARGET_COLUMNS))
    numbers = dict.fromkeys(["figure", "base", "value", "threshold"], "float64")
    return frame.astype({**numbers, "half_year": "bool"})


def _record(target: Target, year: int, figures: _Figures, until: PartialYear | None) -> tuple[object, ...]:
    half = until if until is not None and until.year == year else None
    measured = _MEASURES[target.kind](target, year, figures)
    threshold = math.nan if target.threshold is None else target.threshold * _times(target, half)
    verdict, note = _verdict(target, measured, threshold, half, last=year == figures.years[-1])
    return (
        target.id, year, half is not None, measured.figure, measured.base, measured.value, threshold,
        measured.reported, measured.expected, verdict, measured.note or note,
    )  # fmt: skip


def _times(target: Target, half: PartialYear | None) -> int:
    """How many times the threshold must be reached in a year."""
    if target.kind is not TargetKind.MONTHLY:
        return 1
    return _MONTHS if half is None else half.until.month


def _verdict(
    target: Target, measured: _Measured, threshold: float, half: PartialYear | None, *, last: bool
) -> tuple[str, str]:
    if math.isnan(measured.value):
        return "open", "Chưa có số liệu"
    units = "" if measured.complete else f"Mới có số liệu của {measured.reported}/{measured.expected} đơn vị"
    if math.isnan(threshold):
        return "shown", units
    if target.kind is TargetKind.SO_FAR and not last:
        return "shown", "Số cộng dồn; chỉ kết luận ở năm cuối"
    verdict = measured.sure or ("met" if measured.value >= threshold else "not_met")
    if not (measured.complete or measured.sure):
        return "open", units
    if half is not None and target.kind is not TargetKind.MONTHLY:
        verdict = verdict if verdict == "met" and target.kind is not TargetKind.GROWTH else "half_year"
    if verdict == "met" and target.kind is TargetKind.SO_FAR:
        return "shown", "Đạt điều kiện cần, chưa đủ để kết luận"
    return verdict, _why(verdict, target, half) or units


def _why(verdict: str, target: Target, half: PartialYear | None) -> str:
    if half is None:
        return ""
    if verdict == "half_year":
        return f"Mới có số liệu {half.label}, chưa so được với chỉ tiêu cả năm"
    if target.kind is TargetKind.MONTHLY:
        return f"Số liệu {half.label}: mức phải đạt tính cho {half.until.month} tháng"
    return f"Đạt ngay trong {half.label}"


def _counts(target: Target, values: pd.DataFrame) -> dict[int, tuple[int, int]]:
    """Year → units with a figure above 0 in one of the rows of a target, units of which it is known whether they have.

    It is known of those that have one, and of those that have a figure in each of the rows.
    """
    rows = [term.row for term in target.figure.terms]
    own = values[values["row"].isin(rows)]
    own = own[own["form"].eq(target.figure.terms[0].form)]
    of_units = own.groupby(["year", "unit_id"], observed=True)["value"]
    have = of_units.max() > 0
    known = have | (of_units.count() == len(rows))
    by_year = pd.DataFrame({"have": have, "known": known}).groupby(level="year").sum()
    return {int(year): (int(yes), int(told)) for year, yes, told in by_year.itertuples(name=None)}


def _units(target: Target, year: int, figures: _Figures) -> _Measured:
    _, _, expected = figures.of(target.figure, (year,))
    yes, known = figures.counted[target.id].get(year, (0, 0))
    share = 100 * yes / known if known else math.nan
    return _Measured(share, yes, known, known, expected, sure=_sure(target.threshold, yes, known, expected))


def _sure(threshold: float | None, yes: int, known: int, expected: int) -> str:
    """The verdict that no unit still missing can change, if there is one."""
    if threshold is None or not known:
        return ""
    if 100 * yes >= threshold * expected:
        return "met"
    return "not_met" if 100 * (yes + expected - known) < threshold * expected else ""


def _monthly(target: Target, year: int, figures: _Figures) -> _Measured:
    value, reported, expected = figures.of(target.figure, (year,))
    return _Measured(value, value, math.nan, reported, expected)


def _share(target: Target, year: int, figures: _Figures) -> _Measured:
    return _of_base(target, year, figures, (year,))


def _so_far(target: Target, year: int, figures: _Figures) -> _Measured:
    return _of_base(target, year, figures, tuple(y for y in figures.years if y <= year))


def _of_base(target: Target, year: int, figures: _Figures, years: tuple[int, ...]) -> _Measured:
    base = target.base or target.figure
    return _divided(figures.of(target.figure, years), figures.of(base, (year,)), 0.0, "Mẫu số bằng 0")


def _growth(target: Target, year: int, figures: _Figures) -> _Measured:
    now = figures.of(target.figure, (year,))
    if year - 1 not in figures.years:
        return _Measured(math.nan, now[0], math.nan, *now[1:], note="Không có số liệu năm trước để so sánh")
    before = figures.of(target.figure, (year - 1,))
    return _divided(now, before, 100.0, "Năm trước bằng 0")


_Part = tuple[float, int, int]


def _divided(above: _Part, below: _Part, less: float, note: str) -> _Measured:
    """One figure in per cent of another, less some per cent; it holds as many units as the thinner of them."""
    _, reported, expected = min(above, below, key=lambda part: part[1] - part[2])
    value = round(100 * above[0] / below[0] - less, _DECIMALS) if below[0] else math.nan
    return _Measured(value, above[0], below[0], reported, expected, note="" if below[0] else note)


_MEASURES = {
    TargetKind.UNITS: _units,
    TargetKind.MONTHLY: _monthly,
    TargetKind.SHARE: _share,
    TargetKind.SO_FAR: _so_far,
    TargetKind.GROWTH: _growth,
}

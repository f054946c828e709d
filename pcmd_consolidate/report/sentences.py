"""Provincial figures put into sentences: half a year and missing units are always named."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from pcmd_consolidate.campaign import Campaign
from pcmd_consolidate.consolidation import sums_years
from pcmd_consolidate.forms import Form, Row, ValueType


@dataclass(frozen=True, slots=True)
class Figure:
    """A provincial figure; NaN where no unit reported."""

    value: float
    reported: int
    expected: int

    @property
    def known(self) -> bool:
        """Whether any unit reported."""
        return not math.isnan(self.value)


@dataclass(frozen=True)
class Figures:
    """The provincial figures of one form.

    Attributes:
        form: The form.
        campaign: The round.
        cells: Row and year (None for Tổng cộng) → figure.
    """

    form: Form
    campaign: Campaign
    cells: Mapping[tuple[int, int | None], Figure]

    @classmethod
    def of(cls, totals: pd.DataFrame, form: Form, campaign: Campaign) -> Figures:
        """Look up the figures of a form in the provincial totals (``TOTAL_COLUMNS``)."""
        own = totals.loc[totals["form"] == form.id, ["row", "year", "value", "reported", "expected"]]
        lines = own.itertuples(index=False, name=None)
        cells = {(row, None if pd.isna(year) else int(year)): Figure(*rest) for row, year, *rest in lines}
        return cls(form, campaign, cells)

    def period(self, year: int) -> str:
        """A year as it is called in a sentence; half a year is always called so."""
        partial = self.form.partial
        return f"{partial.label} {year}" if partial is not None and partial.year == year else f"năm {year}"

    def units(self, row: int) -> str:
        """How many units hold a row's figures where some are missing; else empty."""
        counts = [self.cells[row, year].reported for year in self.form.years]
        expected = self.cells[row, self.form.years[0]].expected
        if min(counts) >= expected:
            return ""
        among = dict.fromkeys((min(counts), max(counts)))
        return " đến ".join(f"{count}/{expected}" for count in among)


def sentence(figures: Figures, number: int) -> str | None:
    """A row's figures in a sentence; None where no unit reported any."""
    row = figures.form.row(number)
    by_year = {year: figures.cells[number, year] for year in figures.form.years}
    if not any(figure.known for figure in by_year.values()):
        return None
    listed = "; ".join(f"{figures.period(year)}: {_told(figure)}" for year, figure in by_year.items())
    units = figures.units(number)
    missing = f" (mới có số liệu của {units} đơn vị)" if units else ""
    return f"{subject(figures.form, row)} - {listed}{_together(figures, row)}{missing}."


def subject(form: Form, row: Row) -> str:
    """What a row is about: a part is named with its whole, a yes/no row by what is counted, with its unit."""
    label = _plain(row)
    above = None if row.parent is None else form.row(row.parent)
    if above is not None and not above.is_indicator and _plain(above) == "Trong đó" and above.parent is not None:
        above = form.row(above.parent)
    if above is not None and above.is_indicator:
        label = f"{_plain(above)} - {label[:1].lower()}{label[1:]}"
    if row.value_type is ValueType.YES_NO:
        return f"Số đơn vị lồng ghép, trả lời Có: {label}"
    return f"{label} ({row.unit_of_measure.lower()})" if row.unit_of_measure else label


def _plain(row: Row) -> str:
    return row.label.removesuffix(" Trong đó:").rstrip(" .:")


def written(value: float) -> str:
    """A number as an official writes it: full stops between thousands, decimals after a comma."""
    text = f"{value:,.3f}".rstrip("0").rstrip(".")
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def _told(figure: Figure) -> str:
    return written(figure.value) if figure.known else "chưa có số liệu"


def _together(figures: Figures, row: Row) -> str:
    """The sum over the period; a level at a point in time has none."""
    total = figures.cells[row.number, None]
    if not sums_years(row, figures.campaign) or row.value_type is ValueType.YES_NO or not total.known:
        return ""
    return f"; cộng cả kỳ: {written(total.value)}"

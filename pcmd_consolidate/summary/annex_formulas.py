"""Live formulas of the provincial figures, over the sheet that has one line for each unit."""

from __future__ import annotations

from pcmd_consolidate.forms import Row, ValueType
from pcmd_consolidate.summary.layout import UnitLayout

_DECIMALS = 6


def year_figure(layout: UnitLayout, row: Row, year: int) -> str:
    """The sum over the units (of the units that answered Có); nothing where no unit reported."""
    return _sum_of(row, layout.range(row.number, year))


def summed_total(row: Row, first: str, last: str) -> str:
    """Tổng cộng of a row whose years are summed."""
    return _sum_of(row, f"{first}:{last}")


def last_total(last: str) -> str:
    """Tổng cộng of a row whose last year counts."""
    return f"={last}"


def reporting(layout: UnitLayout, row: Row, year: int) -> str:
    """How many units reported a row in a year."""
    return f"=COUNT({layout.range(row.number, year)})"


def reporting_all(layout: UnitLayout, row: Row) -> str:
    """How many units reported a row in every one of several years."""
    return f"=SUMPRODUCT({'*'.join(_numbers(layout, row))})"


def reporting_some(layout: UnitLayout, row: Row, all_years: str) -> str:
    """How many units reported a row in some of the years only; ``all_years`` has those that did in all."""
    return f"=SUMPRODUCT(--({'+'.join(_numbers(layout, row))}>0))-{all_years}"


def _numbers(layout: UnitLayout, row: Row) -> list[str]:
    return [f"ISNUMBER({layout.range(row.number, year)})" for year in layout.form.years]


def _sum_of(row: Row, cells: str) -> str:
    total = f"SUM({cells})"
    if row.value_type is ValueType.MONEY:
        total = f"ROUND({total},{_DECIMALS})"
    return f'=IF(COUNT({cells})=0,"",{total})'

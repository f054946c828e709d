"""Totals: which figures are added, and how many units stand behind each."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from pcmd_consolidate import Campaign, Consolidation, consolidate, new_campaign, open_campaign, read_returns
from pcmd_consolidate.errors import StrictError
from pcmd_consolidate.outputs import write_outputs
from tests import frames

SAMPLE = Path(__file__).parent.parent / "samples" / "dong-nai"
COMMUNES = ("X26020", "X25294", "X25280")


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    return new_campaign(tmp_path / "dong-nai", "Đồng Nai")


def total(result: Consolidation, form: str, row: int, year: int | None) -> tuple[float, int, int, int]:
    """Value, units that reported, units that reported in part, units asked."""
    table = result.totals
    same_year = table["year"].isna() if year is None else table["year"].eq(year).fillna(False)
    line = table[(table["form"] == form) & (table["row"] == row) & same_year]
    return tuple(line[["value", "reported", "partial", "expected"]].iloc[0])


def test_a_flow_is_summed_over_communes_and_over_years(campaign: Campaign) -> None:
    given = {
        (unit, 4, year): 10 * place + year - 2020 for place, unit in enumerate(COMMUNES) for year in campaign.years
    }
    result = consolidate(frames.returns(campaign, frames.values(campaign, "IIA", given)))

    assert total(result, "IIA", 4, 2021) == (0 + 1 + 10 + 1 + 20 + 1, 3, 0, 95)
    assert total(result, "IIA", 4, None) == (5 * 30 + 3 * 15, 3, 0, 95)


def test_a_stock_takes_the_last_year(campaign: Campaign) -> None:
    given = {(unit, 52, year): year - 2020 for unit in COMMUNES for year in campaign.years}
    result = consolidate(frames.returns(campaign, frames.values(campaign, "IIA", given)))

    assert total(result, "IIA", 52, None) == (15, 3, 0, 95)


def test_stock_total_sum_restores_the_literal_sum(campaign: Campaign) -> None:
    settings = campaign.folder / "campaign.toml"
    settings.write_text(settings.read_text("utf-8").replace('stock_total = "last"', 'stock_total = "sum"'), "utf-8")
    literal = open_campaign(campaign.folder)
    given = {(unit, row, year): 1 for unit in COMMUNES for row in (14, 52) for year in campaign.years}
    result = consolidate(frames.returns(literal, frames.values(literal, "IIA", given)))

    assert total(result, "IIA", 52, None) == (15, 3, 0, 95)
    assert total(result, "IIA", 14, None) == (3, 3, 0, 95), "Có/Không still counts the units of the last year"


def test_yes_counts_the_units_that_answer_yes(campaign: Campaign) -> None:
    given = {("X26020", 14, 2021): 1, ("X25294", 14, 2021): 0, ("X26020", 14, 2025): 1, ("X25294", 14, 2025): 1}
    result = consolidate(frames.returns(campaign, frames.values(campaign, "IIA", given)))

    assert total(result, "IIA", 14, 2021) == (1, 2, 0, 95)
    assert total(result, "IIA", 14, None) == (2, 2, 0, 95)


def test_blank_is_not_zero(campaign: Campaign) -> None:
    given = {("X26020", 4, 2021): None, ("X25294", 4, 2021): 3}
    result = consolidate(frames.returns(campaign, frames.values(campaign, "IIA", given)))

    assert total(result, "IIA", 4, 2021) == (3, 1, 0, 95)
    assert total(result, "IIA", 4, None) == (3, 0, 1, 95)
    value, reported, *_ = total(result, "IIA", 4, 2022)
    assert math.isnan(value)
    assert reported == 0


def test_section_one_is_summed_over_departments_and_a_block_is_its_owners(campaign: Campaign) -> None:
    given = {("S01", 3, 2021): 2, ("S06", 3, 2021): 5, ("S01", 14, 2021): 7, ("S06", 42, 2021): 1.5}
    result = consolidate(frames.returns(campaign, frames.values(campaign, "IA", given)))

    assert total(result, "IA", 3, 2021) == (7, 2, 0, 11)
    assert total(result, "IA", 14, 2021) == (7, 1, 0, 1)
    assert total(result, "IA", 42, 2021) == (1.5, 1, 0, 1)


def test_money_is_summed_to_the_last_digit(campaign: Campaign) -> None:
    units = [unit.unit_id for unit in campaign.registry.of_form("IIA")]
    given = {(unit, 55, 2021): 0.1 for unit in units}
    result = consolidate(frames.returns(campaign, frames.values(campaign, "IIA", given)))

    assert total(result, "IIA", 55, 2021)[0] == 9.5


def test_the_callers_frames_are_not_changed(campaign: Campaign) -> None:
    returns = frames.returns(campaign, frames.values(campaign, "IIA", {("X26020", 4, 2021): 1}))
    before = returns.values.copy(deep=True)
    consolidate(returns)

    pd.testing.assert_frame_equal(returns.values, before)


@pytest.fixture(scope="module")
def sample() -> Consolidation:
    return consolidate(read_returns(open_campaign(SAMPLE)))


def test_totals_equal_an_independent_recomputation(sample: Consolidation, tmp_path: Path) -> None:
    """From values.csv with nothing but the standard library and exact decimals."""
    paths = {path.name: path for path in write_outputs(sample, tmp_path)}
    with paths["values.csv"].open(encoding="utf-8-sig", newline="") as file:
        lines = [line for line in csv.DictReader(file) if line["state"] == "reported"]
    sums: dict[tuple[str, int, int], Decimal] = defaultdict(Decimal)
    reports: dict[tuple[str, int, int], int] = defaultdict(int)
    for line in lines:
        place = (line["form"], int(line["row"]), int(line["year"]))
        sums[place] += Decimal(line["value"])
        reports[place] += 1

    assert len(lines) > 3000
    stocks = {"IA": {5, 6, 13, 22, 23, 28, 31, 35, 66, 78, 79}, "IIA": {*range(14, 20), 39, 40, 48, 49, 50, 52}}
    for line in sample.totals.itertuples():
        years = (
            [line.year] if not pd.isna(line.year) else [2025] if line.row in stocks[line.form] else range(2021, 2026)
        )
        places = [(line.form, line.row, year) for year in years if (line.form, line.row, year) in sums]
        if not places:
            assert math.isnan(line.value)
        else:
            assert line.value == float(sum(sums[place] for place in places))
        if not pd.isna(line.year):
            assert line.reported == reports[line.form, line.row, line.year]


def test_errors_are_raised_on_request_only(sample: Consolidation, campaign: Campaign) -> None:
    assert sample.errors > 0
    with pytest.raises(StrictError) as caught:
        sample.raise_for_errors()
    assert caught.value.errors == sample.errors
    clean = consolidate(frames.returns(campaign, frames.values(campaign, "IIA", {("X26020", 2, 2021): 1})))
    assert clean.raise_for_errors() is clean

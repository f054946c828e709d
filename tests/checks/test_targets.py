"""The targets of the programme: what is measured, and when it may be judged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest

from pcmd_consolidate import Campaign
from pcmd_consolidate.checks.targets import TARGET_COLUMNS, measure_targets
from pcmd_consolidate.forms.targets import all_targets
from tests import frames

Figures = Mapping[tuple[str, int, int], float]
"""Form, row and year → provincial figure."""


def totals(campaign: Campaign, figures: Figures, reported: int = 95) -> pd.DataFrame:
    """Provincial totals; every other figure is missing."""
    lines = [
        (form.id, row.number, year, figures.get((form.id, row.number, year), float("nan")), n, 0, expected)
        for form in campaign.forms
        for n, expected in [(reported, 95) if form.id == "IIA" else (1, 1)]
        for row in form.indicators
        for year in form.years
    ]
    return pd.DataFrame(lines, columns=["form", "row", "year", "value", "reported", "partial", "expected"])


def line(campaign: Campaign, target: str, year: int, figures: Figures, reported: int = 95) -> Any:
    no_values = frames.values(campaign, "IIA", {})
    measured = measure_targets(totals(campaign, figures, reported), no_values, campaign)
    return measured.set_index(["target", "year"]).loc[(target, year)]


def counted(campaign: Campaign, target: str, year: int, given: frames.Given) -> Any:
    measured = measure_targets(totals(campaign, {}), frames.values(campaign, "IIA", given), campaign)
    return measured.set_index(["target", "year"]).loc[(target, year)]


def communes(campaign: Campaign, year: int, yes: int, no: int) -> dict[tuple[str, int, int], float | None]:
    """So many communes that held a meeting (row 4) or printed leaflets (row 6), and so many that did neither."""
    units = [unit.unit_id for unit in campaign.registry.of_form("IIA")]
    given: dict[tuple[str, int, int], float | None] = {}
    for place, unit in enumerate(units[: yes + no]):
        given[unit, 4, year] = 0
        given[unit, 6, year] = 12 if place < yes else 0
    return given


def test_every_target_has_a_line_for_every_year(campaign: Campaign) -> None:
    measured = measure_targets(totals(campaign, {}), frames.values(campaign, "IIA", {}), campaign)

    assert tuple(measured.columns) == TARGET_COLUMNS
    assert len(measured) == 14 * 5
    assert set(measured["verdict"]) == {"open"}
    assert set(measured.loc[measured["half_year"], "year"]) == {2025}


def test_all_are_known_from_the_press_only_until_the_decision_is_at_hand() -> None:
    assert {target.published for target in all_targets()} == {False}
    assert all(target.source for target in all_targets())


@pytest.mark.parametrize(
    ("informed", "value", "verdict"), [(5_999, 59.99, "not_met"), (6_000, 60, "met"), (9_000, 90, "met")]
)
def test_a_share_is_measured_in_per_cent(campaign: Campaign, informed: float, value: float, verdict: str) -> None:
    found = line(campaign, "T4", 2024, {("IA", 66, 2024): 10_000, ("IA", 67, 2024): informed})

    assert (found["value"], found["threshold"], found["verdict"]) == (value, 60, verdict)


def test_half_a_year_is_never_found_short_of_a_full_one(campaign: Campaign) -> None:
    found = line(campaign, "T4", 2025, {("IA", 66, 2025): 10_000, ("IA", 67, 2025): 3_500})

    assert (found["value"], found["verdict"]) == (35, "half_year")
    assert found["note"] == "Mới có số liệu 6 tháng đầu năm, chưa so được với chỉ tiêu cả năm"


def test_half_a_year_that_reaches_it_has_reached_it(campaign: Campaign) -> None:
    found = line(campaign, "T4", 2025, {("IA", 66, 2025): 10_000, ("IA", 67, 2025): 6_500})

    assert (found["verdict"], found["note"]) == ("met", "Đạt ngay trong 6 tháng đầu năm")


@pytest.mark.parametrize(
    ("year", "times", "threshold", "verdict"),
    [(2024, 11, 12, "not_met"), (2024, 12, 12, "met"), (2025, 5, 6, "not_met"), (2025, 6, 6, "met")],
)
def test_once_a_month_is_six_times_in_half_a_year(
    campaign: Campaign, year: int, times: float, threshold: float, verdict: str
) -> None:
    found = line(campaign, "T2", year, {("IA", 33, year): times})

    assert (found["value"], found["threshold"], found["verdict"]) == (times, threshold, verdict)


def test_a_share_of_some_communes_is_left_open(campaign: Campaign) -> None:
    figures = {("IIA", 9, 2023): 800.0, ("IA", 31, 2023): 1_000.0}
    found = line(campaign, "T3", 2023, figures, reported=58)

    assert (found["value"], found["verdict"]) == (80, "open")
    assert (found["reported"], found["expected"], found["note"]) == (58, 95, "Mới có số liệu của 58/95 đơn vị")


def test_no_establishments_give_no_share(campaign: Campaign) -> None:
    found = line(campaign, "T6", 2022, {("IA", 28, 2022): 0, ("IA", 29, 2022): 0})

    assert pd.isna(found["value"])
    assert (found["verdict"], found["note"]) == ("open", "Mẫu số bằng 0")


def test_establishments_checked_are_added_up_and_judged_in_the_last_year(campaign: Campaign) -> None:
    checked = dict(zip(((("IA", 29, year)) for year in range(2021, 2026)), (10, 20, 30, 20, 10), strict=True))
    enough = checked | {("IA", 28, year): 90 for year in range(2021, 2026)}
    short = checked | {("IA", 28, year): 120 for year in range(2021, 2026)}

    assert [line(campaign, "T6b", year, short)["value"] for year in (2022, 2024, 2025)] == [25, 66.666667, 75]
    assert line(campaign, "T6b", 2024, short)["verdict"] == "shown"
    assert line(campaign, "T6b", 2025, short)["verdict"] == "half_year"
    assert line(campaign, "T6b", 2025, enough)["note"] == "Đạt điều kiện cần, chưa đủ để kết luận"


@pytest.mark.parametrize(("before", "now", "growth", "verdict"), [(200, 206, 3, "met"), (200, 205, 2.5, "not_met")])
def test_growth_is_told_against_the_year_before(
    campaign: Campaign, before: float, now: float, growth: float, verdict: str
) -> None:
    found = line(campaign, "T7", 2023, {("IIA", 29, 2022): before, ("IIA", 29, 2023): now})

    assert (found["value"], found["verdict"]) == (growth, verdict)


def test_growth_needs_a_year_before_and_a_full_year(campaign: Campaign) -> None:
    figures = {("IIA", 29, 2021): 50.0, ("IIA", 29, 2024): 50.0, ("IIA", 29, 2025): 60.0}

    first, last = (line(campaign, "T7", year, figures) for year in (2021, 2025))
    assert (first["verdict"], first["note"]) == ("open", "Không có số liệu năm trước để so sánh")
    assert (last["value"], last["verdict"]) == (20, "half_year"), "half a year against a full one says nothing"


@pytest.mark.parametrize(
    ("yes", "no", "verdict"),
    [(67, 28, "met"), (66, 29, "not_met"), (67, 0, "met"), (0, 29, "not_met"), (40, 5, "open"), (66, 28, "open")],
)
def test_communes_that_did_something(campaign: Campaign, yes: int, no: int, verdict: str) -> None:
    """70% of 95 communes are 67; what the missing ones cannot change is said before they answer."""
    found = counted(campaign, "T1", 2024, communes(campaign, 2024, yes, no))

    assert (found["figure"], found["reported"], found["expected"], found["verdict"]) == (yes, yes + no, 95, verdict)


def test_a_commune_that_left_one_of_the_rows_blank_is_counted_only_where_the_other_tells(campaign: Campaign) -> None:
    first, second = (unit.unit_id for unit in campaign.registry.of_form("IIA")[:2])
    given = {(first, 4, 2024): 3, (first, 6, 2024): None, (second, 4, 2024): 0, (second, 6, 2024): None}

    found = counted(campaign, "T1", 2024, given)
    assert (found["figure"], found["reported"]) == (1, 1)


def test_what_is_set_for_provinces_is_only_shown(campaign: Campaign) -> None:
    first, second = (unit.unit_id for unit in campaign.registry.of_form("IIA")[:2])
    found = counted(campaign, "T8c", 2024, {(first, 16, 2024): 1, (second, 16, 2024): 0})

    assert (found["value"], found["verdict"]) == (50, "shown")
    assert found["note"] == "Mới có số liệu của 2/95 đơn vị"

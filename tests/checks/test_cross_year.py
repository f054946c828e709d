from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pcmd_consolidate import Campaign
from pcmd_consolidate.checks.cross_year import over_years
from pcmd_consolidate.checks.unlikely import MOST_FOR_A_UNIT
from pcmd_consolidate.cube import cube
from pcmd_consolidate.forms.cross import cross_checks
from tests import frames

EXAMPLES = tomllib.loads(Path(__file__).with_name("examples.toml").read_text(encoding="utf-8"))["years"]
YEARS = (2021, 2022, 2023, 2024, 2025)

Figures = list[float | str]


def told(campaign: Campaign, given: frames.Given, rule: str = "") -> list[tuple[str, int | None, int | None]]:
    broken = over_years(cube(frames.values(campaign, "IIA", given), campaign.form("IIA")))
    return [(b.unit_id, b.row, b.year) for b in broken if b.rule.startswith(rule)]


def one_row(unit_id: str, row: int, figures: Figures) -> dict[tuple[str, int, int], float | None]:
    return {
        (unit_id, row, year): None if value == "" else float(value) for year, value in zip(YEARS, figures, strict=True)
    }


def of(part: str) -> list[tuple[str, Figures]]:
    return [(rule, figures) for rule, example in EXAMPLES.items() for figures in example[part]]


@pytest.mark.parametrize(("rule", "figures"), of("passes"))
def test_figures_that_are_likely(campaign: Campaign, rule: str, figures: Figures) -> None:
    unit_id = campaign.registry.of_form("IIA")[0].unit_id

    assert told(campaign, one_row(unit_id, EXAMPLES[rule]["row"], figures), rule) == []


@pytest.mark.parametrize(
    ("rule", "figures", "year"),
    [
        (rule, figures, year)
        for rule, example in EXAMPLES.items()
        for figures, year in zip(example["fails"], example["year"], strict=True)
    ],
)
def test_figures_that_are_unlikely(campaign: Campaign, rule: str, figures: Figures, year: int) -> None:
    unit_id, row = campaign.registry.of_form("IIA")[0].unit_id, EXAMPLES[rule]["row"]

    assert told(campaign, one_row(unit_id, row, figures), rule) == [(unit_id, row, year)]


def test_every_check_of_years_has_examples() -> None:
    elsewhere = {"D05", "D10"}

    assert set(EXAMPLES) | elsewhere == set(cross_checks().years)


def test_a_column_copied_from_the_year_before(campaign: Campaign) -> None:
    first, second = (unit.unit_id for unit in campaign.registry.of_form("IIA")[:2])
    rows = [row.number for row in campaign.form("IIA").indicators if row.value_type == "count"][:12]
    copied = {(first, row, year): float(row) for row in rows for year in (2024, 2025)}
    other = {(second, row, year): float(row + year - 2020) for row in rows for year in (2024, 2025)}

    assert told(campaign, copied | other, "D05") == [(first, None, None)]


def test_a_unit_unlike_the_others_of_its_type_and_size(campaign: Campaign) -> None:
    communes = [unit.unit_id for unit in campaign.registry.of_form("IIA") if unit.name.startswith("Xã")][:12]
    sizes = {unit_id: 1 + place for place, unit_id in enumerate(communes)}
    usual = {(u, row, 2023): float(size * row) for u, size in sizes.items() for row in (4, 5, 6, 7, 8, 9, 10)}
    odd = communes[4], 7, 2023

    assert told(campaign, usual, "D10") == []
    assert told(campaign, {**usual, odd: 4000.0}, "D10") == [odd]


def test_seven_figures_say_nothing_of_what_is_usual(campaign: Campaign) -> None:
    communes = [unit.unit_id for unit in campaign.registry.of_form("IIA") if unit.name.startswith("Xã")][:7]
    given = {(unit_id, row, 2023): 10.0 for unit_id in communes for row in (4, 5, 6)}

    assert told(campaign, {**given, (communes[0], 4, 2023): 9000.0}, "D10") == []


def test_a_unit_is_asked_for_ten_figures_the_most_unlikely_first(campaign: Campaign) -> None:
    unit_id = campaign.registry.of_form("IIA")[0].unit_id
    rows = [row.number for row in campaign.form("IIA").indicators if row.value_type == "count"][:14]
    given = {
        key: value
        for place, row in enumerate(rows)
        for key, value in one_row(unit_id, row, [10, 10, 500 + 100 * place, 10, 5]).items()
        if row not in (39, 40, 48, 49, 50, 52)
    }

    found = told(campaign, given, "D01")

    assert found == [(unit_id, row, 2023) for row in sorted(rows, reverse=True)[:MOST_FOR_A_UNIT]]


def test_half_a_year_is_called_so(campaign: Campaign) -> None:
    unit_id = campaign.registry.of_form("IIA")[0].unit_id
    values = frames.values(campaign, "IIA", one_row(unit_id, 4, [30, 28, 35, 31, 47]))

    messages = [b.message for b in over_years(cube(values, campaign.form("IIA"))) if b.rule == "D02"]

    assert messages == [
        "6 tháng đầu năm 2025 ghi 47, lớn hơn mọi năm đủ 12 tháng trước đó (cao nhất 35). "
        "Đề nghị kiểm tra và sửa lại, hoặc giải trình."
    ]

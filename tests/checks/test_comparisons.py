from __future__ import annotations

import tomllib
from pathlib import Path

import pandas as pd
import pytest

from pcmd_consolidate import Campaign
from pcmd_consolidate.checks.comparisons import compare, comparison_findings
from pcmd_consolidate.forms.cross import Side, Term, cross_checks, parse_side
from tests import frames

EXAMPLES = tomllib.loads(Path(__file__).with_name("examples.toml").read_text(encoding="utf-8"))["comparisons"]
BESIDE = {"X17", "X18", "X18b", "X21b", "X25", "X26"}
"""Figures that are only set side by side."""


def totals(
    campaign: Campaign, figures: dict[Term, float], year: int = 2021, reported: dict[str, int] | None = None
) -> pd.DataFrame:
    """Provincial totals of one year; every other figure is missing."""
    given = {(term.form, term.row, year): value for term, value in figures.items()}
    lines = []
    for form in campaign.forms:
        expected = 95 if form.id == "IIA" else 1
        for row in form.indicators:
            for y in form.years:
                value = given.get((form.id, row.number, y), float("nan"))
                lines.append((form.id, row.number, y, value, (reported or {}).get(form.id, expected), 0, expected))
    columns = ["form", "row", "year", "value", "reported", "partial", "expected"]
    return pd.DataFrame(lines, columns=columns)


def sides(rule: str, left: float, right: float) -> dict[Term, float]:
    """Figures that make the two sides: everything in the first term."""
    comparison = next(c for c in cross_checks().comparisons if c.id == rule)
    found: dict[Term, float] = {}
    for side, value in ((comparison.left, left), (comparison.right, right)):
        first, *others = side.terms
        found |= {Term(first.form, first.row): value} | {Term(t.form, t.row): 0.0 for t in others}
    return found


def verdict(campaign: Campaign, table: pd.DataFrame, rule: str, year: int = 2021) -> str:
    compared = compare(table, frames.values(campaign, "IIA", {}), campaign)
    return str(compared.loc[compared["rule"].eq(rule) & compared["year"].eq(year), "verdict"].item())


@pytest.mark.parametrize("rule", EXAMPLES)
def test_figures_that_agree(campaign: Campaign, rule: str) -> None:
    assert verdict(campaign, totals(campaign, sides(rule, *EXAMPLES[rule]["passes"])), rule) == "agrees"


@pytest.mark.parametrize("rule", EXAMPLES)
def test_figures_that_differ(campaign: Campaign, rule: str) -> None:
    assert verdict(campaign, totals(campaign, sides(rule, *EXAMPLES[rule]["fails"])), rule) == "differs"


@pytest.mark.parametrize("rule", sorted(BESIDE))
def test_figures_of_other_extent_are_only_set_side_by_side(campaign: Campaign, rule: str) -> None:
    assert verdict(campaign, totals(campaign, sides(rule, 1, 900)), rule) == "beside"


def test_every_comparison_has_examples() -> None:
    assert {c.id for c in cross_checks().comparisons} == {*EXAMPLES, *BESIDE}


def test_years_are_added_up_where_cases_take_years(campaign: Campaign) -> None:
    begun, charged = Term("IA", 17), Term("IA", 45)
    first, second = totals(campaign, {begun: 10, charged: 4}), totals(campaign, {begun: 2, charged: 8}, year=2022)
    table = first.assign(value=first["value"].fillna(second["value"]))

    assert [verdict(campaign, table, "C01", year) for year in (2021, 2022)] == ["agrees", "agrees"]


def test_communes_that_are_missing_leave_it_open(campaign: Campaign) -> None:
    table = totals(campaign, sides("X03", 60, 100), reported={"IIA": 58})

    assert verdict(campaign, table, "X03") == "open"


def test_what_exceeds_already_differs_whoever_is_missing(campaign: Campaign) -> None:
    table = totals(campaign, sides("X15", 600, 500), reported={"IIA": 58})

    assert verdict(campaign, table, "X15") == "differs"


def test_a_missing_side_is_not_compared(campaign: Campaign) -> None:
    assert verdict(campaign, totals(campaign, {Term("IIA", 21): 5}), "X01") == "missing"


def test_the_units_that_weigh_most_are_named(campaign: Campaign) -> None:
    small, large, middle = campaign.registry.of_form("IIA")[:3]
    given = {(small.unit_id, 21, 2021): 2, (large.unit_id, 21, 2021): 90, (middle.unit_id, 21, 2021): 30}
    compared = compare(
        totals(campaign, sides("X01", 122, 100)), frames.values(campaign, "IIA", given), campaign
    ).set_index(["rule", "year"])

    line = compared.loc[("X01", 2021)]
    assert line["weightiest"] == f"{large.name}: 90; {middle.name}: 30; {small.name}: 2"
    assert (line["difference"], line["percent"]) == (22, 22)


def test_a_difference_is_a_finding_with_both_figures(campaign: Campaign) -> None:
    table = totals(campaign, sides("X06", 30, 12))

    (finding,) = comparison_findings(compare(table, frames.values(campaign, "IIA", {}), campaign))

    assert (finding.rule, finding.form, finding.row, finding.year) == ("X06", "IIA", 28, 2021)
    assert finding.message == (
        "Chủ chứa, môi giới bị xử lý hình sự: tổng các xã lệch số của Công an tỉnh: năm 2021, "
        "IIA.28 - IIA.35 = 30, IA.19 = 12. Xem trang Đối chiếu."
    )


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("IIA.21", (Term("IIA", 21),)),
        ("IIA.28 - IIA.35", (Term("IIA", 28), Term("IIA", 35, -1))),
        ("IA.5 + IA.6", (Term("IA", 5), Term("IA", 6))),
        ("IIA.units", (Term("IIA", 0),)),
    ],
)
def test_a_side_is_a_sum_of_rows(text: str, terms: tuple[Term, ...]) -> None:
    assert parse_side(text) == Side(terms)
    assert str(parse_side(text)) == text


@pytest.mark.parametrize("text", ["IIA", "IIA.21 IIA.22", "IIA.21 * 2", "21"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a sum of rows"):
        parse_side(text)

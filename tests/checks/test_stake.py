from __future__ import annotations

import dataclasses

import pytest

from pcmd_consolidate import Campaign, Consolidation, consolidate
from pcmd_consolidate.findings import Finding, Severity
from pcmd_consolidate.returns import findings_frame
from tests import frames


def result(campaign: Campaign, *findings: Finding) -> Consolidation:
    one, two, three = (unit.unit_id for unit in campaign.registry.of_form("IIA")[:3])
    given = {(one, 4, 2021): 80, (two, 4, 2021): 20, (three, 4, 2021): None, (one, 4, 2022): 5, (two, 4, 2022): 0}
    returns = frames.returns(campaign, frames.values(campaign, "IIA", given))
    return consolidate(dataclasses.replace(returns, findings=findings_frame(findings)))


def finding(campaign: Campaign, place: int | None, severity: Severity, row: int | None, year: int | None) -> Finding:
    unit_id = "" if place is None else campaign.registry.of_form("IIA")[place].unit_id
    form = "" if place is None else "IIA"
    return Finding(severity, f"T{place}{row}{year}", "", unit_id=unit_id, form=form, row=row, year=year)


@pytest.mark.parametrize(
    ("place", "row", "year", "severity", "stake"),
    [
        (0, 4, 2021, Severity.WARNING, 0.8),
        (1, 4, 2021, Severity.WARNING, 0.2),
        (1, 4, 2022, Severity.WARNING, 0.0),
        (2, 4, 2021, Severity.WARNING, 0.3333),  # one more beside the two that reported
        (1, 4, None, Severity.WARNING, 0.2),  # the year that weighs most
        (0, None, None, Severity.ERROR, 1.0),
        (0, None, None, Severity.WARNING, 0.0),
        (None, None, None, Severity.ERROR, 1.0),
    ],
)
def test_what_is_at_stake(
    campaign: Campaign, place: int | None, row: int | None, year: int | None, severity: Severity, stake: float
) -> None:
    asked = finding(campaign, place, severity, row, year)
    findings = result(campaign, asked).findings

    assert findings.loc[findings["rule"] == asked.rule, "stake"].tolist() == [stake]


def test_the_heaviest_come_first_and_errors_before_all(campaign: Campaign) -> None:
    small = finding(campaign, 1, Severity.WARNING, 4, 2021)
    large = finding(campaign, 0, Severity.WARNING, 4, 2021)
    error = finding(campaign, 1, Severity.ERROR, 4, 2022)

    rules = result(campaign, small, large, error).findings["rule"]

    assert [rule for rule in rules if rule.startswith("T")] == [error.rule, large.rule, small.rule]


def test_the_years_of_one_rule_in_one_row_stand_together_in_their_order(campaign: Campaign) -> None:
    """Years 2021 to 2025 weigh 0.2, 0.9, 0.1, 0.3 and 0.5 of the province; another row of the same unit weighs 0.6."""
    one, two = (unit.unit_id for unit in campaign.registry.of_form("IIA")[:2])
    shares = {2021: 20, 2022: 90, 2023: 10, 2024: 30, 2025: 50}
    given = {(one, 4, year): share for year, share in shares.items()} | {(one, 5, 2021): 60, (two, 5, 2021): 40}
    given |= {(two, 4, year): 100 - share for year, share in shares.items()}
    told = [Finding(Severity.WARNING, "T1", "", unit_id=one, form="IIA", row=4, year=year) for year in shares]
    told.append(Finding(Severity.WARNING, "T1", "", unit_id=one, form="IIA", row=5, year=2021))
    told.append(Finding(Severity.WARNING, "T2", "", unit_id=one, form="IIA", row=4, year=2022))
    told.append(Finding(Severity.WARNING, "T3", "", unit_id=two, form="IIA", row=4, year=2023))
    returns = frames.returns(campaign, frames.values(campaign, "IIA", given))
    findings = consolidate(dataclasses.replace(returns, findings=findings_frame(told))).findings
    shown = findings.loc[findings["rule"].isin(["T1", "T2", "T3"]), ["rule", "row", "year"]].values.tolist()

    assert [(rule, row, year) for rule, row, year in shown if (rule, row) == ("T1", 4)] == [
        ("T1", 4, year) for year in (2021, 2022, 2023, 2024, 2025)
    ]
    place = shown.index(["T1", 4, 2021])
    assert shown[place : place + 5] == [["T1", 4, year] for year in shares]
    assert shown[-1] == ["T1", 5, 2021]

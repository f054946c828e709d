from __future__ import annotations

from pcmd_consolidate import Campaign, consolidate
from tests import frames

TOTAL, LOCAL = 55, 57  # Tổng kinh phí; từ ngân sách của địa phương


def told(campaign: Campaign, given: frames.Given) -> list[tuple[str, int, int, str]]:
    findings = consolidate(frames.returns(campaign, frames.values(campaign, "IIA", given))).findings
    found = findings[findings["rule"] == "F18c"][["unit_id", "row", "year", "message"]]
    return list(found.itertuples(index=False, name=None))


def test_a_sum_in_thousands_of_dong_stands_out_among_the_other_units(campaign: Campaign) -> None:
    units = [unit.unit_id for unit in campaign.registry.of_form("IIA")[:10]]
    given = {(unit_id, TOTAL, 2023): 40.0 + place for place, unit_id in enumerate(units)}
    odd = units[3]

    (found,) = told(campaign, {**given, (odd, TOTAL, 2023): 43_000.0})

    assert found[:3] == (odd, TOTAL, 2023)
    assert "Kinh phí 43000 triệu đồng gấp hơn 300 lần mức thường thấy (45,5 triệu đồng)" in found[3]


def test_a_sum_in_thousands_of_dong_stands_out_among_the_units_own(campaign: Campaign) -> None:
    unit_id = campaign.registry.of_form("IIA")[0].unit_id
    given = {(unit_id, row, year): 12.0 for row in (TOTAL, LOCAL) for year in (2021, 2022, 2023)}

    found = told(campaign, {**given, (unit_id, LOCAL, 2024): 12_500.0})

    assert [line[:3] for line in found] == [(unit_id, LOCAL, 2024)]


def test_few_figures_say_nothing_of_what_is_usual(campaign: Campaign) -> None:
    unit_id = campaign.registry.of_form("IIA")[0].unit_id

    assert told(campaign, {(unit_id, TOTAL, 2021): 1.0, (unit_id, TOTAL, 2022): 9_000.0}) == []


def test_large_but_not_out_of_scale(campaign: Campaign) -> None:
    units = [unit.unit_id for unit in campaign.registry.of_form("IIA")[:10]]
    given = {(unit_id, TOTAL, 2023): 40.0 for unit_id in units}

    assert told(campaign, {**given, (units[0], TOTAL, 2023): 4_000.0}) == []

from __future__ import annotations

from pcmd_consolidate import Campaign, consolidate
from tests import frames


def told(campaign: Campaign, given: frames.Given) -> list[tuple[str, str, str]]:
    findings = consolidate(frames.returns(campaign, frames.values(campaign, "IIA", given))).findings
    twins = findings[findings["rule"] == "F15"]
    return list(twins[["unit_id", "file", "message"]].itertuples(index=False, name=None))


def figures(unit_id: str, start: int = 3, rows: tuple[int, ...] = (4, 5, 6)) -> dict[tuple[str, int, int], float]:
    return {(unit_id, row, year): start + row * (year - 2000) for row in rows for year in (2021, 2022)}


def units(campaign: Campaign) -> tuple[str, str]:
    first, second = campaign.registry.of_form("IIA")[:2]
    return first.unit_id, second.unit_id


def test_two_units_with_the_same_figures_are_told_of_each_other(campaign: Campaign) -> None:
    one, other = units(campaign)
    names = {unit.unit_id: unit.name for unit in campaign.registry}

    found = told(campaign, {**figures(one), **figures(other), (one, 7, 2021): 0, (other, 8, 2021): None})

    message = "Mọi số liệu khác 0 giống hệt {}; có thể đã dùng tệp của nhau. Đề nghị kiểm tra lại."
    assert sorted(found) == sorted(
        [(one, f"{one}.xlsx", message.format(names[other])), (other, f"{other}.xlsx", message.format(names[one]))]
    )


def test_one_other_figure_makes_them_different(campaign: Campaign) -> None:
    one, other = units(campaign)

    assert told(campaign, {**figures(one), **figures(other), (other, 7, 2021): 1}) == []


def test_the_same_figures_in_another_year_are_not_the_same(campaign: Campaign) -> None:
    one, other = units(campaign)
    later = {(other, row, year + 1): value for (_, row, year), value in figures(one).items()}

    assert told(campaign, {**figures(one), **later}) == []


def test_few_figures_and_answers_prove_nothing(campaign: Campaign) -> None:
    one, other = units(campaign)
    answers = {(unit, row, 2021): 1.0 for unit in (one, other) for row in range(14, 20)}

    assert told(campaign, {**figures(one, rows=(4,)), **figures(other, rows=(4,)), **answers}) == []

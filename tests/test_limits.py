"""Limits that a campaign sets hold wherever its files are read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pcmd_consolidate import Campaign, new_campaign, read_returns
from pcmd_consolidate.campaign import open_campaign
from pcmd_consolidate.limits import Limits, limited, limits_now
from tests.hostile import book
from tests.hostile.case import good


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    campaign = new_campaign(tmp_path / "dong-nai", "Đồng Nai")
    (campaign.inbox / "bieu.xlsx").write_bytes(book.packed(good()))
    return campaign


def with_limits(campaign: Campaign, lines: str) -> Campaign:
    with (campaign.folder / "campaign.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"\n[limits]\n{lines}\n")
    return open_campaign(campaign.folder)


def test_a_campaign_that_sets_none_has_the_usual_ones(campaign: Campaign) -> None:
    assert campaign.limits == Limits()
    assert (campaign.limits.max_bytes, campaign.limits.max_sheets) == (20_000_000, 200)


def test_those_in_the_comments_of_a_new_campaign_are_the_usual_ones(campaign: Campaign) -> None:
    path = campaign.folder / "campaign.toml"
    text = path.read_text(encoding="utf-8")
    before, head, of_limits = text.partition("# [limits]")
    opened, count = re.subn(r"(?m)^# (?=\[limits\]|\w+ = )", "", head + of_limits)
    path.write_text(before + opened, encoding="utf-8")

    assert count == 1 + len(Limits.__dataclass_fields__)
    assert open_campaign(campaign.folder).limits == Limits()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("max_bytes = 500", "MB"),
        ("max_parts = 5", "6 phần"),
        ("max_inflated = 5000", "giải nén"),
        ("max_filled = 100", "quá nhiều ô"),
    ],
)
def test_the_limits_of_a_campaign_reach_its_workers(lines: str, said: str, campaign: Campaign) -> None:
    assert read_returns(campaign).values["state"].astype(str).unique().tolist() == ["reported"]

    returns = read_returns(with_limits(campaign, lines))

    assert len(returns.values) == 0
    (message,) = returns.findings.loc[returns.findings["rule"] == "H04", "message"]
    assert said in message


def test_limits_hold_for_a_while() -> None:
    with limited(Limits(max_sheets=3)):
        assert limits_now().max_sheets == 3
    assert limits_now().max_sheets == 200

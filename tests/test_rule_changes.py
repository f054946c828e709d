from __future__ import annotations

from pathlib import Path

import pytest

from pcmd_consolidate import Campaign, Consolidation, consolidate, new_campaign, open_campaign
from pcmd_consolidate.errors import CampaignError
from tests import frames

OWN = """
[[rules]]
form = "IIA"
id = "R01"
severity = "error"
expression = "r21 + r22 <= 200"
message = "Số cuộc truy quét, triệt phá trong năm vượt 200"
"""


def change(rule: str, severity: str, reason: str = "Tỉnh đã xác minh") -> str:
    return f'[[changes]]\nrule = "{rule}"\nseverity = "{severity}"\nreason = "{reason}"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return new_campaign(tmp_path / "dong-nai", "Đồng Nai").folder


def with_rules(folder: Path, text: str) -> Campaign:
    (folder / "rules.toml").write_text(text, encoding="utf-8")
    return open_campaign(folder)


def checked(campaign: Campaign, given: dict[tuple[int, int], float]) -> Consolidation:
    unit_id = campaign.registry.of_form("IIA")[0].unit_id
    cells = {(unit_id, row, year): value for (row, year), value in given.items()}
    return consolidate(frames.returns(campaign, frames.values(campaign, "IIA", cells)))


def told(result: Consolidation, rule: str) -> list[tuple[str, int, int]]:
    found = result.findings[result.findings["rule"] == rule]
    return list(found[["severity", "row", "year"]].itertuples(index=False, name=None))


def test_a_rule_of_the_campaigns_own(folder: Path) -> None:
    campaign = with_rules(folder, OWN)

    assert told(checked(campaign, {(21, 2022): 150, (22, 2022): 51}), "R01") == [("error", 21, 2022)]
    assert told(checked(campaign, {(21, 2022): 150, (22, 2022): 50}), "R01") == []


def test_a_rule_switched_off(folder: Path) -> None:
    broken = {(9, 2022): 20.0, (8, 2022): 10.0}

    assert told(checked(open_campaign(folder), broken), "A01") == [("error", 9, 2022)]
    assert told(checked(with_rules(folder, change("A01", "off")), broken), "A01") == []


def test_a_rule_weighed_otherwise(folder: Path) -> None:
    campaign = with_rules(folder, change("A01", "explain"))

    assert told(checked(campaign, {(9, 2022): 20, (8, 2022): 10}), "A01") == [("explain", 9, 2022)]


@pytest.mark.parametrize(("severity", "expected"), [("off", []), ("info", [("info", 4, 2024)])])
def test_checks_outside_the_forms_too(folder: Path, severity: str, expected: list[tuple[str, int, int]]) -> None:
    leap = {(4, 2021): 10.0, (4, 2022): 10.0, (4, 2023): 11.0, (4, 2024): 900.0}

    assert told(checked(open_campaign(folder), leap), "D01") == [("explain", 4, 2024)]
    assert told(checked(with_rules(folder, change("D01", severity)), leap), "D01") == expected


def test_the_reason_is_kept(folder: Path) -> None:
    (kept,) = with_rules(folder, change("A09", "off", "Họp trực tuyến")).rule_changes

    assert (kept.rule, kept.severity, kept.reason) == ("A09", None, "Họp trực tuyến")


def test_the_forms_that_are_handed_out_have_the_same_rules(folder: Path) -> None:
    campaign = with_rules(folder, OWN + change("A01", "off"))

    rules = {rule.id for rule in campaign.form("IIA").rules}
    assert ("R01" in rules, "A01" in rules, "A02" in rules) == (True, False, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[rules]\n", "sai cú pháp"),
        ("[rule]\nA01 = 1\n", "chỉ có [[rules]] và [[changes]]"),
        (OWN.replace('message = "Số', 'note = "Số'), "phải có đủ"),
        (OWN + 'why = "x"\n', "không có mục này"),
        (OWN.replace("IIA", "IX"), "không có biểu «IX»"),
        (OWN.replace("r22 <=", "r22 <"), None),
        (OWN.replace("r21 + r22 <= 200", "r21 +"), "R01"),
        (OWN.replace("r21", "r20"), "dòng 20 không có chỉ tiêu"),
        (OWN.replace("R01", "A01"), "A01"),
        (OWN.replace('"error"', '"fatal"'), "«fatal» không dùng được"),
        (change("A01", "loud"), "«loud» không dùng được"),
        (change("Z99", "off"), "không có quy tắc này"),
        (change("E04", "off"), "không đổi được"),
        (change("A01", "off", ""), "phải có đủ"),
        (change("A01", "off", "  "), "phải có đủ"),
        (change("A01", "off") + change("A01", "info"), "được đổi hai lần"),
        ("rules = 3\n", "[[rules]]"),
        (OWN.replace("R01", "C01"), "đã dùng cho một quy tắc khác"),
        (OWN.replace("R01", "E04"), "đã dùng cho một quy tắc khác"),
    ],
)
def test_mistakes_name_the_file_and_the_rule(folder: Path, text: str, said: str | None) -> None:
    if said is None:
        assert with_rules(folder, text).rule_changes == ()
        return
    with pytest.raises(CampaignError) as caught:
        with_rules(folder, text)
    assert said in str(caught.value)
    assert "rules.toml" in str(caught.value)

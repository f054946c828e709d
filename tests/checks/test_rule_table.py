"""RULES.md: every rule that the package knows, and every line of the programme's catalogue."""

from __future__ import annotations

from pathlib import Path

from pcmd_consolidate import checks
from pcmd_consolidate.checks.rule_table import NOT_CHECKED, markdown, rule_lines
from pcmd_consolidate.findings import CATALOGUE
from pcmd_consolidate.forms import load_form
from pcmd_consolidate.forms.cross import cross_checks
from pcmd_consolidate.forms.targets import all_targets

PAGE = Path(checks.__file__).with_name("RULES.md")
CATALOGUE_OF_THE_PROGRAMME = Path(__file__).parents[1] / "data" / "rule_catalogue.txt"


def test_the_page_is_that_of_the_rules() -> None:
    assert PAGE.read_text(encoding="utf-8") == markdown()


def test_no_rule_is_missing_from_the_page() -> None:
    known = {rule.id for form in ("IA", "IIA") for rule in load_form(form).rules}
    known |= {*CATALOGUE, *cross_checks().years, *(c.id for c in cross_checks().comparisons)}
    known |= {target.id for target in all_targets()}

    assert {line.rule for line in rule_lines()} == known
    assert all(f"\n| {rule} | " in PAGE.read_text(encoding="utf-8") for rule in known)


def test_every_line_of_the_catalogue_is_checked_or_says_why_not() -> None:
    catalogue = CATALOGUE_OF_THE_PROGRAMME.read_text(encoding="utf-8").split()

    assert len(catalogue) == 193
    assert set(catalogue) - {line.rule for line in rule_lines()} == set(NOT_CHECKED)


def test_no_two_rules_share_an_id() -> None:
    ids = [line.rule for line in rule_lines()]

    assert len(ids) == len(set(ids))

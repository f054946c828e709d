"""``rules.toml``: rules that a campaign adds, switches off or weighs otherwise, each with the reason.

::

    [[rules]]
    form = "IIA"
    id = "R01"
    severity = "explain"
    expression = "r21 + r22 <= 200"
    message = "Số cuộc truy quét, triệt phá trong năm vượt 200"

    [[changes]]
    rule = "A09"
    severity = "off"
    reason = "Tỉnh tổ chức các hội nghị trực tuyến rất đông người"
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pcmd_consolidate.errors import CampaignError, RuleError
from pcmd_consolidate.findings import CATALOGUE, Severity
from pcmd_consolidate.forms import Form, Rule, with_rules
from pcmd_consolidate.forms.cross import cross_checks
from pcmd_consolidate.hand_edited import read_text

RULES_FILE = "rules.toml"
OFF = "off"
_OF_TOTALS = {"F11", "F12", "F15", "F18c"}
"""Checks outside the form files that no value depends on."""
_RULE_FIELDS = ("form", "id", "severity", "expression", "message")
_CHANGE_FIELDS = ("rule", "severity", "reason")


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that the campaign switches off or weighs otherwise.

    Attributes:
        rule: Id of the rule.
        severity: Its severity in this campaign; None where it is switched off.
        reason: Why (as the office wrote it).
    """

    rule: str
    severity: Severity | None
    reason: str


def read_rules_file(path: Path, forms: Sequence[Form]) -> tuple[tuple[Form, ...], tuple[RuleChange, ...]]:
    """The forms with the campaign's rules, and what it changes; as they are where there is no file.

    Args:
        path: ``rules.toml``.
        forms: The campaign's forms.

    Raises:
        CampaignError: The file has a mistake; names the rule.
    """
    if not path.exists():
        return tuple(forms), ()
    try:
        data = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise CampaignError(path, f"tệp viết sai cú pháp ({error})") from error
    if unknown := set(data) - {"rules", "changes"}:
        raise CampaignError(path, "chỉ có [[rules]] và [[changes]]", field=min(unknown))
    for table, lines in data.items():
        if not isinstance(lines, list):
            raise CampaignError(path, f"phải viết dưới dạng [[{table}]]", field=table)
    added = [_fields(path, given, _RULE_FIELDS, "rules") for given in data.get("rules", ())]
    others = {*CATALOGUE, *cross_checks().years, *(check.id for check in cross_checks().comparisons)}
    if clash := others & {given["id"] for given in added}:
        raise CampaignError(path, "mã này đã dùng cho một quy tắc khác", field=min(clash))
    known = {rule.id for form in forms for rule in form.rules} | {given["id"] for given in added}
    known |= (others - set(CATALOGUE)) | _OF_TOTALS
    changes = tuple(_change(path, given, known) for given in data.get("changes", ()))
    if twice := [c.rule for place, c in enumerate(changes) if c.rule in {other.rule for other in changes[:place]}]:
        raise CampaignError(path, "quy tắc này được đổi hai lần", field=twice[0])
    return tuple(_changed_form(path, form, added, changes) for form in _named(path, forms, added)), changes


def _fields(path: Path, given: Any, fields: Sequence[str], table: str) -> Mapping[str, str]:
    """A table with just these fields, all of them words."""
    if not isinstance(given, dict) or not all(
        isinstance(given.get(field), str) and given[field].strip() for field in fields
    ):
        raise CampaignError(path, f"mỗi [[{table}]] phải có đủ: {', '.join(fields)} (ghi trong ngoặc kép)")
    if unknown := set(given) - set(fields):
        raise CampaignError(path, f"không có mục này; các mục: {', '.join(fields)}", field=min(unknown))
    return given


def _change(path: Path, given: Any, known: set[str]) -> RuleChange:
    fields = _fields(path, given, _CHANGE_FIELDS, "changes")
    if fields["rule"] not in known:
        message = "không có quy tắc này, hoặc số liệu phụ thuộc vào nó nên không đổi được"
        raise CampaignError(path, message, field=fields["rule"])
    severity = None if fields["severity"] == OFF else _severity(path, fields["severity"], fields["rule"])
    return RuleChange(fields["rule"], severity, fields["reason"])


def _severity(path: Path, text: str, rule: str) -> Severity:
    try:
        return Severity(text)
    except ValueError as error:
        words = ", ".join([*(severity.value for severity in Severity), OFF])
        raise CampaignError(path, f"severity «{text}» không dùng được; chỉ có: {words}", field=rule) from error


def _named(path: Path, forms: Sequence[Form], added: Iterable[Mapping[str, str]]) -> Sequence[Form]:
    ids = [form.id for form in forms]
    for given in added:
        if given["form"] not in ids:
            raise CampaignError(path, f"đợt này không có biểu «{given['form']}»", field=given["id"])
    return forms


def _changed_form(path: Path, form: Form, added: Iterable[Mapping[str, str]], changes: Iterable[RuleChange]) -> Form:
    own = [
        Rule(given["id"], _severity(path, given["severity"], given["id"]), given["expression"], given["message"])
        for given in added
        if given["form"] == form.id
    ]
    severities = {change.rule: change.severity for change in changes}
    weighed = [(rule, severities.get(rule.id, rule.severity)) for rule in (*form.rules, *own)]
    rules = [dataclasses.replace(rule, severity=severity) for rule, severity in weighed if severity is not None]
    try:
        return with_rules(form, rules)
    except RuleError as error:
        raise CampaignError(path, str(error), field=error.rule) from error

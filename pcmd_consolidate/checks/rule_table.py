"""The table of every rule, ``RULES.md``, made from the rules themselves."""

from __future__ import annotations

import string
from collections.abc import Iterator
from dataclasses import dataclass

from pcmd_consolidate.findings import CATALOGUE, Severity
from pcmd_consolidate.forms import BUILT_IN, Form, load_form
from pcmd_consolidate.forms.cross import RELATIONS, cross_checks
from pcmd_consolidate.forms.rules import parse
from pcmd_consolidate.forms.targets import Target, all_targets

NOT_CHECKED = {
    "F13": "Tổng cộng of a yes/no row is not asked for: the summary counts the units that answer Có.",
    "F16": "Not a finding: who has not answered stands in submissions.csv, and n of the units beside every total.",
    "F17": "Not a finding: a late return has the status `late`; the cut-off stands in the heading of the year.",
    "D08": "Not a check but a setting: `unusual_years` in cross.toml, which D01 and D03 leave out.",
    "D09": "A matter of headings: half a year is called so wherever its figures stand.",
}
"""Lines of the catalogue of the programme that are not checked, and why."""

_CORRECT = "sửa số liệu rồi gửi lại, hoặc giải trình"
_IN_THE_SENTENCE = "như câu báo nêu"
_TO_DO = {
    Severity.ERROR: "sửa số liệu rồi gửi lại",
    Severity.EXPLAIN: _CORRECT,
    Severity.WARNING: "xem lại; sửa nếu sai",
    Severity.INFO: "không phải làm gì",
}
_HEAD = """# Rules

Every check, its severity, what must hold and the sentence that a unit reads. Made by
`python -m pcmd_consolidate.checks`; a test holds it against the rules.

- **A, B** hold in one unit and one year; they stand in `forms/iia.toml` and `forms/ia.toml`, and become a pandera
  check, a formula in the blank workbook and a sentence. A campaign adds its own in `rules.toml`, switches rules off
  there or weighs them otherwise, with the reason.
- **C, X** hold provincial figures against one another, **D** a unit's years against each other and against other units;
  they stand in `forms/cross.toml`.
- **T** are targets of the programme, measured on the provincial figures on the sheet «Chỉ tiêu», never findings; they
  stand in `forms/targets.toml`.
- **F, E, H** are told while a file is read: how a figure is written, where it stands, what is wrong with the file. They
  cannot be switched off, because what counts depends on them, except F11, F12, F15 and F18c.
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table."""

    rule: str
    severity: Severity
    form: str
    rows: str
    expression: str
    sentence: str
    to_do: str


def rule_lines() -> Iterator[Line]:
    """Every rule: of the forms, across years and forms, of files and cells."""
    for form_id in BUILT_IN:
        yield from _of_form(load_form(form_id))
    for comparison in cross_checks().comparisons:
        terms = [*comparison.left.terms, *comparison.right.terms]
        forms = dict.fromkeys(term.form for term in terms)
        limits = _limits(within=comparison.within, margin=comparison.margin or None)
        relation = f"{comparison.left} {RELATIONS[comparison.relation]} {comparison.right}{limits}"
        summed = " (years added up)" if comparison.cumulative else ""
        rows = ", ".join(str(term) for term in terms)
        severity = comparison.severity
        yield Line(
            comparison.id, severity, ", ".join(forms), rows, relation + summed, comparison.message, _TO_DO[severity]
        )
    for check in cross_checks().years.values():
        yield Line(
            check.id, check.severity, "IA, IIA", "", _limits(**check.limits).strip(" ()"), check.message, _CORRECT
        )
    yield from map(_of_target, all_targets())
    for kind in CATALOGUE.values():
        yield Line(kind.rule, kind.severity, "", "", "", kind.message, _IN_THE_SENTENCE)


def _of_form(form: Form) -> Iterator[Line]:
    for rule in form.rules:
        rows = ", ".join(map(str, parse(rule.expression).rows))
        yield Line(rule.id, rule.severity, form.id, rows, rule.expression, rule.message, _TO_DO[rule.severity])


def _of_target(target: Target) -> Line:
    forms = ", ".join(dict.fromkeys(term.form for term in target.terms))
    rows = ", ".join(map(str, target.terms))
    reached = "" if target.threshold is None else f" >= {target.threshold:g}"
    severity = Severity.INFO
    expression = f"{target.kind}: {target.expression}{reached}"
    return Line(target.id, severity, forms, rows, expression, target.sentence, _TO_DO[severity])


def _limits(**limits: float | None) -> str:
    given = ", ".join(f"{name} {value:g}" for name, value in limits.items() if value is not None)
    return f" ({given})" if given else ""


def markdown() -> str:
    """The whole page."""
    lines = [
        _HEAD,
        "| Id | Severity | Form | Lines | What must hold | Sentence | What the unit does |",
        "|---" * 7 + "|",
    ]
    lines += [_row(line) for line in rule_lines()]
    lines += ["", "## Not checked", "", "| Id | Why |", "|---|---|"]
    lines += [f"| {rule} | {why} |" for rule, why in NOT_CHECKED.items()]
    return "\n".join(lines) + "\n"


def _row(line: Line) -> str:
    expression = f"`{line.expression}`" if line.expression else ""
    cells = (line.rule, line.severity.value, line.form, line.rows, expression, _shown(line.sentence), line.to_do)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _shown(sentence: str) -> str:
    """A sentence with the names of its places in italics."""
    parts = string.Formatter().parse(sentence)
    return "".join(text + (f"*{name}*" if name else "") for text, name, _, _ in parts)

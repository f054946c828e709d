"""A form as a province fills it for the level above: with the figures of its own units, added up."""

from __future__ import annotations

import dataclasses

from pcmd_consolidate.findings import Severity
from pcmd_consolidate.forms.model import GATHERED, MONEY_LIMIT, Form, Row, Rule, ValueType

_MONEY_LIMIT = 100 * MONEY_LIMIT
_ANSWERS = "Số đơn vị trả lời Có"


def gathered(form: Form) -> Form:
    """The same form, filled by provinces.

    A *Có hoặc không* row holds the number of units that answered Có. Rules that hold of one unit only are left out; the
    others ask for a reason at most, because the figures of a province may be those of different units in each row.
    """
    return dataclasses.replace(
        form,
        respondent=GATHERED,
        rows=tuple(map(_row, form.rows)),
        rules=tuple(_rule(rule) for rule in form.rules if not rule.of_one),
    )


def _row(row: Row) -> Row:
    if row.value_type is ValueType.YES_NO:
        return dataclasses.replace(row, value_type=ValueType.COUNT, unit=_ANSWERS, counts_units=True)
    return dataclasses.replace(row, money_limit=_MONEY_LIMIT)


def _rule(rule: Rule) -> Rule:
    return dataclasses.replace(rule, severity=Severity.EXPLAIN) if rule.severity is Severity.ERROR else rule

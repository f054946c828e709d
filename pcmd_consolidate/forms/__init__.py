"""What is asked: forms, their rows and their rules, read from data files."""

from pcmd_consolidate.forms.load import BUILT_IN, load_form, with_rules
from pcmd_consolidate.forms.model import (
    GATHERED,
    LARGEST,
    MONEY_LIMIT,
    RESPONDENTS,
    Form,
    Headers,
    OverFormers,
    OverYears,
    PartialYear,
    Row,
    RowKind,
    Rule,
    ValueType,
)  # fmt: skip

__all__ = [
    "BUILT_IN",
    "GATHERED",
    "LARGEST",
    "MONEY_LIMIT",
    "RESPONDENTS",
    "Form",
    "Headers",
    "OverFormers",
    "OverYears",
    "PartialYear",
    "Row",
    "RowKind",
    "Rule",
    "ValueType",
    "load_form",
    "with_rules",
]

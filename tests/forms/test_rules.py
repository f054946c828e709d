"""The language of the rules, and what every rule of the forms says of the returns in rule_examples.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pcmd_consolidate.forms import load_form
from pcmd_consolidate.forms.rules import Expression, ExpressionError, parse
from tests.forms.expressions import ARITHMETIC, ARROWS, BLANKS, COMPARISONS, LOGIC, NOT_APPLICABLE, ROUNDING

EXAMPLES = tomllib.loads(Path(__file__).with_name("rule_examples.toml").read_text(encoding="utf-8"))
RULES = [(form_id, rule.id) for form_id in ("IA", "IIA") for rule in load_form(form_id).rules]


def columns(numbers: Sequence[int], figures: Mapping[str, float], noted: Sequence[str] = ()) -> dict[str, Any]:
    """One line of a return; rows that are not given are blank."""
    held: dict[str, Any] = {}
    for n in numbers:
        held[f"r{n}"] = np.array([figures.get(f"r{n}", np.nan)], dtype=np.float64)
        held[f"blank{n}"] = np.array([f"r{n}" not in figures])
        held[f"noted{n}"] = np.array([f"r{n}" in noted])
    return held


def holds(expression: Expression | str, figures: Mapping[str, float], noted: Sequence[str] = ()) -> bool:
    parsed = parse(expression) if isinstance(expression, str) else expression
    verdicts = parsed.holds(columns(parsed.rows, figures, noted))
    assert verdicts.shape == (1,)
    return bool(verdicts[0])


# ---- the language ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "figures", "expected"), [*COMPARISONS, *ARITHMETIC, *LOGIC, *ARROWS, *BLANKS, *ROUNDING]
)
def test_an_expression_says(expression: str, figures: Mapping[str, float], expected: bool) -> None:
    assert expected == holds(expression, figures)


@pytest.mark.parametrize(("expression", "figures"), NOT_APPLICABLE)
def test_a_rule_is_not_broken_where_it_is_not_applicable(expression: str, figures: Mapping[str, float]) -> None:
    assert holds(expression, figures)
    assert holds(f"not ({expression})", figures)  # nor is its opposite


@pytest.mark.parametrize(
    ("noted", "expected"),
    [(["r1"], True), ([], False), (["r2"], False)],
)
def test_a_written_note_is_asked_for(noted: list[str], expected: bool) -> None:
    assert expected == holds("r1 > 0 -> noted(r1)", {"r1": 1, "r2": 1}, noted)


def test_many_returns_are_judged_at_once() -> None:
    held = {"r1": np.array([1.0, 3.0, np.nan, 2.0]), "r2": np.array([2.0, 2.0, 2.0, np.nan])}

    assert parse("r1 <= r2").holds(held).tolist() == [True, False, True, True]


def test_columns_are_left_as_they_are() -> None:
    held = columns([1, 2], {"r1": 1})
    before = {name: column.copy() for name, column in held.items()}

    parse("or0(r1) / or0(r2) > 7 -> blank(r2)").holds(held)

    assert [name for name in held if not np.array_equal(before[name], held[name], equal_nan=name[0] == "r")] == []


@pytest.mark.parametrize(
    ("expression", "rows"),
    [
        ("r25 + r26 + r28 <= r23", (25, 26, 28, 23)),
        ("r5 > 0 -> r4 > 0", (5, 4)),
        ("blank(r8) -> or0(r9) + or0(r8) == 0", (8, 9)),
        ("r10 in (0, 1) and noted(r2)", (10, 2)),
        ("1 == 1", ()),
    ],
)
def test_rows_are_told_in_the_order_in_which_they_are_written(expression: str, rows: tuple[int, ...]) -> None:
    assert rows == parse(expression).rows


WRONG = {
    "": "cú pháp",
    "r1 =< r2": "cú pháp",
    "r1 <= ": "cú pháp",
    "r1 <= r2; r3": "cú pháp",
    "r1 <= r2)": "thừa dấu đóng ngoặc",
    "(r1 <= r2": "thiếu dấu đóng ngoặc",
    "r1 > 0 -> r2 > 0 -> r3 > 0": "một dấu ->",
    "r1 > 0 <-> r2 > 0 -> r3 > 0": "một dấu ->",
    "r1 > 0 ->": "điều kiện",
    "-> r1 > 0": "điều kiện",
    "r1": "điều kiện",
    "r1 + r2": "điều kiện",
    "not r1": "điều kiện",
    "r1 > 0 and r2": "điều kiện",
    "r1 -> r2": "điều kiện",
    "r1 > 0 if r2 > 0 else r3 > 0": "điều kiện",
    "a1 > 0": "không phải là số dòng",
    "r0 > 0": "không phải là số dòng",
    "r01 > 0": "không phải là số dòng",
    "blank(5)": "điều kiện",
    "blank(r1 + r2)": "điều kiện",
    "blank(r1) == 1": "không phải là một số",
    "or0(r1 + 1) == 0": "không phải là một số",
    "or0(r1)": "điều kiện",
    "sum(r1) > 0": "không phải là một số",
    "r1 ** 2 > 0": "không phải là một số",
    "r1 % 2 == 0": "không phải là một số",
    "r1 > True": "không phải là một số",
    "r1 > 'x'": "không phải là một số",
    "r1.real > 0": "không phải là một số",
    "r1 in r2": "so sánh",
    "r1 not in (0, 1)": "so sánh",
    "r1 is r2": "so sánh",
    "__import__('os')": "điều kiện",
}


@pytest.mark.parametrize(("expression", "told"), WRONG.items())
def test_what_is_not_in_the_language_is_refused(expression: str, told: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(expression)

    assert told in str(caught.value)


# ---- the rules of the forms -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("form_id", "rule"), RULES)
def test_a_rule_has_examples_of_passing_and_failing(form_id: str, rule: str) -> None:
    examples = EXAMPLES[form_id].get(rule, {})

    assert [bool(examples.get(verdict)) for verdict in ("pass", "fail")] == [True, True]


def test_every_example_is_of_a_rule() -> None:
    assert set(RULES) == {(form_id, rule) for form_id, rules in EXAMPLES.items() for rule in rules}
    assert {"pass", "fail", "not_applicable"} == {v for rules in EXAMPLES.values() for e in rules.values() for v in e}


def judged(form_id: str, rule: str, text: str, verdict: str) -> list[tuple[Mapping[str, Any], bool]]:
    """The examples of a rule under one verdict, each with what the expression says of it."""
    expression = parse(text)
    examples: Sequence[Mapping[str, Any]] = EXAMPLES[form_id][rule].get(verdict, ())
    figures = [{name: float(value) for name, value in e.items() if name != "noted"} for e in examples]
    return [(e, holds(expression, f, e.get("noted", ()))) for e, f in zip(examples, figures, strict=True)]


@pytest.mark.parametrize(("form_id", "rule"), RULES)
def test_a_rule_says_of_its_examples_what_was_reasoned(form_id: str, rule: str) -> None:
    text = next(r.expression for r in load_form(form_id).rules if r.id == rule)

    assert [example for example, held in judged(form_id, rule, text, "pass") if not held] == []
    assert [example for example, held in judged(form_id, rule, text, "fail") if held] == []
    assert [example for example, held in judged(form_id, rule, text, "not_applicable") if not held] == []


@pytest.mark.parametrize(("form_id", "rule"), RULES)
def test_a_rule_that_is_not_applicable_is_silent_both_ways(form_id: str, rule: str) -> None:
    opposite = next(f"not ({r.expression})" for r in load_form(form_id).rules if r.id == rule)

    assert [example for example, held in judged(form_id, rule, opposite, "not_applicable") if not held] == []


@pytest.mark.parametrize(("form_id", "rule"), RULES)
def test_the_examples_speak_of_the_rows_of_the_rule_and_of_no_other_form(form_id: str, rule: str) -> None:
    form = load_form(form_id)
    rows = {row.number for row in form.indicators}
    named = {
        int(name[1:])
        for examples in EXAMPLES[form_id][rule].values()
        for example in examples
        for name in (*example, *example.get("noted", ()))
        if name != "noted"
    }

    assert set() == named - rows
    assert set(parse(next(r.expression for r in form.rules if r.id == rule)).rows) <= named


@pytest.mark.parametrize(("form_id", "rule"), RULES)
def test_a_rule_has_a_sentence_of_its_own(form_id: str, rule: str) -> None:
    messages = [r.message for r in load_form(form_id).rules]
    own = next(r.message for r in load_form(form_id).rules if r.id == rule)

    assert messages.count(own) == 1
    assert own[0].isupper()
    assert not own.endswith(".")  # the checks add the figures and what to do

"""Formulas say what the expressions say: LibreOffice computes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from pcmd_consolidate.errors import RuleError
from pcmd_consolidate.findings import Severity
from pcmd_consolidate.forms import Rule, ValueType, load_form
from pcmd_consolidate.forms.formulas import figure_formula, holds_formula, typed_formula
from pcmd_consolidate.forms.rules import ExpressionError, parse
from tests.forms.expressions import ARITHMETIC, ARROWS, BLANKS, COMPARISONS, LOGIC, NOT_APPLICABLE, ROUNDING, UNREAD
from tests.forms.test_rules import EXAMPLES
from tests.libreoffice import convert

Asked = tuple[str, Mapping[str, float], Sequence[str], bool]
"""Expression, figures, rows with a note, and whether it holds."""

SAID: list[Asked] = [
    *((e, f, (), held) for e, f, held in [*COMPARISONS, *ARITHMETIC, *LOGIC, *ARROWS, *BLANKS, *ROUNDING]),
    *((e, f, (), True) for e, f in NOT_APPLICABLE),
    *((f"not ({e})", f, (), True) for e, f in NOT_APPLICABLE),
    ("r1 > 0 -> noted(r1)", {"r1": 1}, ("r1",), True),
    ("r1 > 0 -> noted(r1)", {"r1": 1}, (), False),
    ("1 / (r1 / r2) - (r3 - r4) * -2 == 5", {"r1": 1, "r2": 3, "r3": 4, "r4": 3}, (), True),
    ("r1 - (r2 - r3) - r4 == 6", {"r1": 10, "r2": 5, "r3": 2, "r4": 1}, (), True),
    ("r1 / (r2 * r3) == 2", {"r1": 12, "r2": 3, "r3": 2}, (), True),
    ("(r1 > 0 <-> r2 > 0) <-> r3 > 0", {"r1": 1, "r2": 0, "r3": 0}, (), True),
    ("abs(-r1) - -r2 == 5", {"r1": 2, "r2": 3}, (), True),
]  # fmt: skip


def examples() -> list[Asked]:
    """The examples of every rule of both forms."""
    asked: list[Asked] = []
    for form_id, rules in EXAMPLES.items():
        texts = {rule.id: rule.expression for rule in load_form(form_id).rules}
        for rule, verdicts in rules.items():
            for verdict, lines in verdicts.items():
                for line in lines:
                    figures = {name: float(value) for name, value in line.items() if name != "noted"}
                    asked.append((texts[rule], figures, line.get("noted", ()), verdict != "fail"))
    return asked


def computed(asked: Sequence[Asked], folder: Path) -> list[object]:
    """What LibreOffice makes of the formulas: figures in even columns, notes in odd ones, the formula in column A."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line, (text, figures, noted, _) in enumerate(asked, start=1):

        def figure(number: int, line: int = line) -> str:
            return str(sheet.cell(line, 2 * number).coordinate)

        def note(number: int, line: int = line) -> str:
            return str(sheet.cell(line, 2 * number + 1).coordinate)

        expression = parse(text)
        sheet.cell(line, 1).value = f"={holds_formula(expression, figure, note)}"
        for number in expression.rows:
            held = figures.get(f"r{number}")
            sheet[figure(number)].value = '=""' if held is None else "?" if held != held else held
            sheet[note(number)].value = "Có ghi" if f"r{number}" in noted else None
    (folder / "recalculated").mkdir()
    book.save(folder / "formulas.xlsx")
    convert([folder / "formulas.xlsx"], "xlsx", folder / "recalculated")
    recalculated = openpyxl.load_workbook(folder / "recalculated" / "formulas.xlsx", data_only=True).worksheets[0]
    return [recalculated.cell(line, 1).value for line in range(1, len(asked) + 1)]


def test_formulas_say_what_the_expressions_say(tmp_path: Path) -> None:
    asked = [*SAID, *examples()]
    verdicts = computed(asked, tmp_path)

    assert len(asked) > 500
    assert [(case, said) for case, said in zip(asked, verdicts, strict=True) if said is not case[3]] == []


TYPED = [  # type of the row, what is typed, what it means: a number, nothing, or unknown
    *((ValueType.COUNT, typed, 0) for typed in (0, "0", "-", "–", "Không", "KHÔNG", " - ", 1e-12)),
    *((ValueType.COUNT, typed, 12) for typed in (12, 12.0, "12", " 12 ", "012", "12\xa0", 12 + 1e-10)),
    *(
        (ValueType.COUNT, typed, "?")
        for typed in ("…", "...", "12 cuộc", "1.250", "5-7", "?", "*", "-5", -5, 2.5, True)
    ),
    *((ValueType.COUNT, typed, "?") for typed in (10**15, "1000000000000000", "=1/0", "Có", "12%", "1e3")),
    *((ValueType.COUNT, typed, "") for typed in (None, " ", "\xa0", "\n", '=""')),
    *((ValueType.MONEY, typed, 12.5) for typed in (12.5,)),
    *((ValueType.MONEY, typed, 99999.999) for typed in (99999.999,)),
    *((ValueType.MONEY, typed, 350) for typed in ("350", 350)),
    *((ValueType.MONEY, typed, 0) for typed in ("-", "không")),
    *((ValueType.MONEY, typed, "?") for typed in (100000, "100000", -0.5, "12.5", "12,5", "1.234", False, "…")),
    *((ValueType.YES_NO, typed, 1) for typed in ("Có", "có", "CÓ", "x", "X", 1, True, "1", " Có ")),
    *((ValueType.YES_NO, typed, 0) for typed in ("Không", "không", "-", 0, False, "0")),
    *((ValueType.YES_NO, typed, "?") for typed in ("…", 2, 0.5, "có thể", "?")),
    *((ValueType.YES_NO, typed, "") for typed in (None, " ")),
]


def test_what_is_typed_means_what_the_guide_says(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line, (value_type, typed, _) in enumerate(TYPED, start=1):
        sheet.cell(line, 1).value = typed
        sheet.cell(line, 2).value = f"={typed_formula(f'A{line}')}"
        sheet.cell(line, 3).value = f"={figure_formula(value_type, f'B{line}')}"
    (tmp_path / "recalculated").mkdir()
    book.save(tmp_path / "typed.xlsx")
    convert([tmp_path / "typed.xlsx"], "xlsx", tmp_path / "recalculated")
    meant = openpyxl.load_workbook(tmp_path / "recalculated" / "typed.xlsx", data_only=True).worksheets[0]

    said = [meant.cell(line, 3).value for line in range(1, len(TYPED) + 1)]
    pairs = [(case, "" if value is None else value) for case, value in zip(TYPED, said, strict=True)]
    assert [(case, value) for case, value in pairs if value != case[2]] == []


def test_a_formula_that_excel_cannot_take_is_refused() -> None:
    long = " + ".join(f"r{n}" for n in range(1, 200)) + " >= 0"
    deep = "not (" * 70 + "r1 > 0" + ")" * 70
    wide = " or ".join(f"r{n} > 0" for n in range(1, 300))

    for text in (long, deep, wide):
        with pytest.raises(ExpressionError, match="quá dài đối với Excel"):
            holds_formula(parse(text), lambda n: f"'{'x' * 31}'!XFD{n}", lambda n: f"A{n}")


def test_a_form_with_such_a_rule_is_refused(tmp_path: Path) -> None:
    source = Path(load_form.__code__.co_filename).with_name("iia.toml").read_text(encoding="utf-8")
    deep = "not (" * 70 + "r2 > 0" + ")" * 70
    rule = f'\n[[rules]]\nid = "Z01"\nseverity = "warning"\nexpression = "{deep}"\nmessage = "Sâu quá"\n'
    (tmp_path / "bieu.toml").write_text(source + rule, encoding="utf-8")

    with pytest.raises(RuleError, match="quá dài đối với Excel"):
        load_form(tmp_path / "bieu.toml")


def test_an_unknown_figure_is_not_a_blank_one() -> None:
    assert UNREAD != UNREAD
    rule = Rule("Z01", Severity.WARNING, "blank(r2) -> r4 > 0", "")
    form = replace(load_form("IIA"), rules=(rule,))

    assert parse(form.rules[0].expression).compared == {4}

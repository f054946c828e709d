"""Rules as Excel formulas: the second compiler of the expressions of :mod:`pcmd_consolidate.forms.rules`.

Three kinds of formulas, which only use functions that Excel 2010 and LibreOffice both know:

* :func:`typed_formula` gives what was typed into a cell, without spaces around words;
* :func:`figure_formula` says what it means: a number, ``""`` where it was left blank, or :data:`UNKNOWN`;
* :func:`holds_formula` says whether a rule holds, or is not applicable, over cells that hold such figures.

A text that the blank form does not allow is :data:`UNKNOWN`, even where intake can make out a number in it
(*12 cuộc*): the rules that compare it keep silent in the workbook. Digits stored as text are a number.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

from pcmd_consolidate.forms.model import MONEY_LIMIT, ValueType
from pcmd_consolidate.forms.rules import TOLERANCE, Expression, ExpressionError, row_number

Reference = Callable[[int], str]
"""Number of a row → A1 reference of a cell."""

UNKNOWN = "?"
"""What stands for something typed that is neither a number nor nothing."""

LONGEST, DEEPEST, _MOST_ARGUMENTS = 8100, 60, 255
"""Characters and levels of brackets of a formula, arguments of a function: what Excel takes, less ``=IF()``."""

_MOST_DIGITS = 15
_TICK, _NO_TICK = "✓", "☐"
_ZERO_WORDS, _YES_WORDS = ("-", "–", "—", "Không", "Ko"), ("Có", "x", "1", "01", _TICK)
_NO_WORDS = (*_ZERO_WORDS, "0", "00", _NO_TICK)
_OPERATORS = {ast.Add: ("+", 1), ast.Sub: ("-", 1), ast.Mult: ("*", 2), ast.Div: ("/", 2)}
_ATOM = 3
"""Precedence of what needs no brackets."""
_QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'')


def holds_formula(expression: Expression, figure: Reference, note: Reference) -> str:
    """The formula that is TRUE where :meth:`~pcmd_consolidate.forms.rules.Expression.holds` is.

    Args:
        expression: What must hold.
        figure: Where the figure of a row stands, as :func:`figure_formula` gives it.
        note: Where the note of a row stands, as typed.

    Returns:
        The formula, without ``=``.

    Raises:
        ExpressionError: The formula would be longer or deeper than Excel can take.
    """
    compiled = _Compilation(figure, note)
    truth = compiled.logical(expression.tree)
    for divisor in reversed(list(compiled.divisors)):
        truth = f"IF(ABS({divisor})<={_number(TOLERANCE)},TRUE,{truth})"
    return _within_limits(_where(compiled.known_conditions(), truth))


def typed_formula(cell: str) -> str:
    """The formula of what was typed into a cell: a number as it is, words without spaces around them.

    Args:
        cell: A1 reference of the cell.

    Returns:
        The formula, without ``=``; ``""`` where the cell is empty, signs for a tick and for none.
    """
    ticked = f'IF({cell},"{_TICK}","{_NO_TICK}")'
    typed = f"IF(ISLOGICAL({cell}),{ticked},IF(ISTEXT({cell}),{_trimmed(cell)},{cell}))"
    return f'IF(ISBLANK({cell}),"",IF(ISERROR({cell}),"{UNKNOWN}",{typed}))'


def figure_formula(value_type: ValueType | None, typed: str) -> str:
    """The formula of what a cell means: a number, ``""`` where it was left blank, else :data:`UNKNOWN`.

    Args:
        value_type: Type of the figures of the row.
        typed: A1 reference of what was typed, as :func:`typed_formula` gives it.

    Returns:
        The formula, without ``=``.
    """
    said = _yes_no_text(typed) if value_type is ValueType.YES_NO else _figure_text(typed, value_type)
    return f'IF(ISNUMBER({typed}),{_accepted(value_type, typed)},IF({typed}="","",{said}))'


def _accepted(value_type: ValueType | None, cell: str) -> str:
    """A number, where a row of that type can hold it."""
    if value_type is ValueType.YES_NO:
        return _if_all([f"OR({cell}=0,{cell}=1)"], cell)
    if value_type is ValueType.MONEY:
        return _if_all([f"{cell}>=0", f"{cell}<{MONEY_LIMIT}"], cell)
    whole, noise = f"ROUND({cell},0)", f"MAX({_number(1e-9)},ABS({cell})*{_number(1e-11)})"
    return _if_all([f"{whole}>=0", f"{cell}<1E+{_MOST_DIGITS}", f"ABS({cell}-{whole})<={noise}"], whole)


def _figure_text(text: str, value_type: ValueType | None) -> str:
    """What a text in a row of figures means: nothing, a number where it is all digits, else unknown."""
    value = f"VALUE({text})"
    fits = [f'TEXT({value},REPT("0",LEN({text})))={text}']
    fits += [f"{value}<{MONEY_LIMIT}"] if value_type is ValueType.MONEY else []
    number = f'IF(LEN({text})>{_MOST_DIGITS},"{UNKNOWN}",IF(ISERROR({value}),"{UNKNOWN}",{_if_all(fits, value)}))'
    return f"IF({_one_of(text, _ZERO_WORDS)},0,{number})"


def _if_all(conditions: list[str], value: str) -> str:
    return f'IF({_joined("AND", conditions)},{value},"{UNKNOWN}")'


def _yes_no_text(text: str) -> str:
    return f'IF({_one_of(text, _YES_WORDS)},1,IF({_one_of(text, _NO_WORDS)},0,"{UNKNOWN}"))'


def _one_of(text: str, words: tuple[str, ...]) -> str:
    return "OR(" + ",".join(f'{text}="{word}"' for word in words) + ")"


def _trimmed(cell: str) -> str:
    return f'TRIM(CLEAN(SUBSTITUTE({cell},"\xa0"," ")))'


def _where(conditions: list[str], truth: str) -> str:
    if not conditions:
        return truth
    return f"IF({_joined('AND', conditions)},{truth},TRUE)"


def _joined(function: str, parts: list[str]) -> str:
    if len(parts) > _MOST_ARGUMENTS:
        raise ExpressionError(f"quá dài đối với Excel (trên {_MOST_ARGUMENTS} vế)")
    return parts[0] if len(parts) == 1 else f"{function}({','.join(parts)})"


def _number(value: float) -> str:
    return repr(value).upper()


def _within_limits(formula: str) -> str:
    depth = deepest = 0
    for character in _QUOTED.sub("", formula):
        depth += (character == "(") - (character == ")")
        deepest = max(deepest, depth)
    if len(formula) >= LONGEST or deepest > DEEPEST:
        raise ExpressionError(f"quá dài đối với Excel (trên {LONGEST} ký tự hoặc {DEEPEST} cấp ngoặc)")
    return formula


class _Compilation:
    """One walk over a tree; remembers what must be known and what must not be 0 for a rule to be applicable."""

    def __init__(self, figure: Reference, note: Reference) -> None:
        self._figure, self._note = figure, note
        self._compared: dict[str, None] = {}
        self._or_blank: dict[str, None] = {}
        self.divisors: dict[str, None] = {}

    def known_conditions(self) -> list[str]:
        """Conditions under which every figure compared is known."""
        cells = list(self._compared)
        counted = [f"{_joined('COUNT', cells)}={len(cells)}" if len(cells) > 1 else f"ISNUMBER({c})" for c in cells[:1]]
        return [*counted, *(f'{cell}<>"{UNKNOWN}"' for cell in self._or_blank if cell not in self._compared)]

    def logical(self, node: ast.expr) -> str:
        match node:
            case ast.BoolOp(op=operator, values=values):
                return _joined("AND" if isinstance(operator, ast.And) else "OR", [self.logical(v) for v in values])
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return f"NOT({self.logical(operand)})"
            case ast.Call(func=ast.Name(id="implies"), args=[condition, result]):
                return f"OR(NOT({self.logical(condition)}),{self.logical(result)})"
            case ast.Call(func=ast.Name(id="same"), args=[left, right]):
                return f"(({self.logical(left)})=({self.logical(right)}))"
            case ast.Call(func=ast.Name(id="blank"), args=[ast.Name(id=row)]):
                return f'{self._figure(row_number(row))}=""'
            case ast.Call(func=ast.Name(id="noted"), args=[ast.Name(id=row)]):
                return f'IFERROR({_trimmed(self._note(row_number(row)))}<>"",TRUE)'
            case ast.Compare(left=left, ops=operators, comparators=rights):
                pairs = zip([left, *rights], operators, rights, strict=False)
                return _joined("AND", [self._compare(*pair) for pair in pairs])
        raise ExpressionError(f"«{ast.unparse(node)}» không phải là một điều kiện")

    def _compare(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> str:
        if isinstance(operator, ast.In) and isinstance(right, ast.Tuple):
            return _joined("OR", [self._compare(left, ast.Eq(), choice) for choice in right.elts])
        difference = f"{self._bracketed(left, 1)}-{self._bracketed(right, 2)}"
        limit = _number(TOLERANCE)
        forms = {
            ast.Eq: f"ABS({difference})<={limit}", ast.NotEq: f"ABS({difference})>{limit}",
            ast.Lt: f"{difference}<-{limit}", ast.LtE: f"{difference}<={limit}",
            ast.Gt: f"{difference}>{limit}", ast.GtE: f"{difference}>=-{limit}",
        }  # fmt: skip
        if type(operator) not in forms:
            raise ExpressionError("phép so sánh không được hỗ trợ")
        return forms[type(operator)]

    def _numeric(self, node: ast.expr) -> tuple[str, int]:
        """The formula of a number, and how tightly it holds together."""
        match node:
            case ast.Constant(value=int() | float() as value):
                return _number(value), _ATOM
            case ast.Name(id=row):
                cell = self._figure(row_number(row))
                self._compared[cell] = None
                return cell, _ATOM
            case ast.Call(func=ast.Name(id="or0"), args=[ast.Name(id=row)]):
                cell = self._figure(row_number(row))
                self._or_blank[cell] = None
                return f"N({cell})", _ATOM
            case ast.Call(func=ast.Name(id="abs"), args=[operand]):
                return f"ABS({self._numeric(operand)[0]})", _ATOM
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return f"(-{self._bracketed(operand, _ATOM)})", _ATOM
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _OPERATORS:
                return self._binary(left, operator, right)
        raise ExpressionError(f"«{ast.unparse(node)}» không phải là một số")

    def _binary(self, left: ast.expr, operator: ast.operator, right: ast.expr) -> tuple[str, int]:
        sign, tightness = _OPERATORS[type(operator)]
        first, second = self._bracketed(left, tightness), self._bracketed(right, tightness + 1)
        if isinstance(operator, ast.Div):
            self.divisors[second] = None
        return f"{first}{sign}{second}", tightness

    def _bracketed(self, node: ast.expr, tightness: int) -> str:
        text, own = self._numeric(node)
        return text if own >= tightness else f"({text})"

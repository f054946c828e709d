"""Rules as expressions over row numbers, and their compiler.

An expression says what must hold between the figures of one unit and one year::

    r25 + r26 + r28 <= r23
    r5 > 0 -> r4 > 0
    r40 == 0 -> or0(r42) + or0(r43) == 0

======================  ====================================================================================
``r25``                 figure of row 25 (Có = 1, Không = 0)
``+ - * /``, numbers    arithmetic; ``abs(x)``
``== != < <= > >=``     comparison, also chained; a difference of at most :data:`TOLERANCE` is none
``x in (0, 1)``         one of
``and or not``          logic
``a -> b``, ``a <-> b`` implication, equivalence: weakest, one at each level of brackets
``blank(r8)``           the cell was left blank
``or0(r8)``             the figure, or 0 where the cell was left blank
``noted(r19)``          the unit wrote a note there
======================  ====================================================================================

A rule is *not applicable*, and never broken, where a figure that it compares was not reported or a division is by
zero: blank is not 0 unless the rule says so with ``or0`` or ``blank``.

:meth:`Expression.holds` evaluates an expression with NumPy; :mod:`pcmd_consolidate.forms.formulas` writes it as a
formula of Excel.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[Any]
TOLERANCE = 5e-7
"""What two figures may differ by and still be the same: half of the sixth decimal."""
_ROW = re.compile(r"r([1-9]\d*)\Z")
_ARROWS = ("<->", "->")
_COMPARISONS: dict[type[ast.cmpop], Callable[[Column], Column]] = {
    ast.Eq: lambda difference: np.abs(difference) <= TOLERANCE,
    ast.NotEq: lambda difference: np.abs(difference) > TOLERANCE,
    ast.Lt: lambda difference: difference < -TOLERANCE,
    ast.LtE: lambda difference: difference <= TOLERANCE,
    ast.Gt: lambda difference: difference > TOLERANCE,
    ast.GtE: lambda difference: difference >= -TOLERANCE,
}


def _divide(left: Column, right: Column) -> Column:
    return np.where(np.abs(right) <= TOLERANCE, np.nan, np.divide(left, right))


_ARITHMETIC: dict[type[ast.operator], Callable[[Column, Column], Column]] = {
    ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply, ast.Div: _divide,
}  # fmt: skip


class ExpressionError(ValueError):
    """An expression says something outside the language (message in Vietnamese)."""


@dataclass(frozen=True)
class Expression:
    """A parsed expression.

    Attributes:
        text: As written.
        tree: Python syntax tree in which ``a -> b`` stands as ``implies(a, b)`` and ``a <-> b`` as ``same(a, b)``;
            compilers to other languages walk the same tree.
    """

    text: str
    tree: ast.expr

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """Numbers of the rows it speaks of, in the order in which they are first written."""
        names = (n for n in ast.walk(self.tree) if isinstance(n, ast.Name) and _ROW.match(n.id))
        placed = sorted(names, key=lambda n: (n.lineno, n.col_offset))
        return tuple(dict.fromkeys(int(n.id[1:]) for n in placed))

    @cached_property
    def compared(self) -> frozenset[int]:
        """Numbers of the rows without whose figures it is not applicable."""
        return frozenset(_compared(self.tree))

    def holds(self, columns: Mapping[str, Column]) -> npt.NDArray[np.bool_]:
        """Evaluate the expression over many units and years at once.

        Args:
            columns: Arrays of one length: ``r25`` (float, NaN where not reported), and where the expression asks for
                them ``blank25`` and ``noted25`` (bool).

        Returns:
            True where the relation holds or is not applicable.
        """
        evaluation = _Evaluation(columns)
        with np.errstate(divide="ignore", invalid="ignore"):
            truth = evaluation.logical(self.tree)
        return np.asarray(truth | evaluation.not_applicable, dtype=np.bool_)


def _compared(node: ast.AST) -> Iterator[int]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id not in ("blank", "noted"):
            yield from (number for argument in node.args for number in _compared(argument))
    elif isinstance(node, ast.Name):
        yield row_number(node.id)
    else:
        yield from (number for child in ast.iter_child_nodes(node) for number in _compared(child))


def parse(text: str) -> Expression:
    """Parse an expression.

    Raises:
        ExpressionError: The text is not in the language.
    """
    try:
        tree = ast.parse(_desugar(text), mode="eval").body
    except SyntaxError as error:
        raise ExpressionError("viết sai cú pháp") from error
    expression = Expression(text, tree)
    expression.holds({f"{p}{n}": np.zeros(0) for n in expression.rows for p in ("r", "blank", "noted")})
    return expression


def _desugar(text: str) -> str:
    """Write arrows as function calls, so that Python's parser can read the expression."""
    flat, groups = _without_brackets(text)
    for arrow, name in zip(_ARROWS, ("same", "implies"), strict=True):
        left, found, right = flat.partition(arrow)
        if found:
            if any(other in right for other in _ARROWS):
                raise ExpressionError("mỗi cấp ngoặc chỉ được có một dấu -> hoặc <->")
            flat = f"{name}(({left.strip()}), ({right.strip()}))"
            break
    for mark, inner in groups.items():
        flat = flat.replace(mark, f"({_desugar(inner)})")
    return flat.strip()


def _without_brackets(text: str) -> tuple[str, dict[str, str]]:
    """Replace each outermost pair of brackets by a mark; marks and what stood inside them."""
    flat, depth, start = "", 0, 0
    groups: dict[str, str] = {}
    for position, character in enumerate(text):
        if character == "(":
            if depth == 0:
                start = position + 1
            depth += 1
        elif character == ")":
            depth -= 1
            if depth < 0:
                raise ExpressionError("thừa dấu đóng ngoặc")
            if depth == 0:
                mark = f"\x00{len(groups)}\x00"
                groups[mark] = text[start:position]
                flat += mark
        elif depth == 0:
            flat += character
    if depth:
        raise ExpressionError("thiếu dấu đóng ngoặc")
    return flat, groups


class _Evaluation:
    """One walk over a tree with NumPy; remembers where something compared was not known."""

    def __init__(self, columns: Mapping[str, Column]) -> None:
        self._columns = columns
        self.not_applicable: Column = np.zeros((), dtype=np.bool_)

    def logical(self, node: ast.expr) -> Column:
        match node:
            case ast.BoolOp(op=operator, values=values):
                connect = np.logical_and if isinstance(operator, ast.And) else np.logical_or
                return functools.reduce(connect, [self.logical(value) for value in values])
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return np.logical_not(self.logical(operand))
            case ast.Call(func=ast.Name(id="implies"), args=[condition, result]):
                return np.logical_or(np.logical_not(self.logical(condition)), self.logical(result))
            case ast.Call(func=ast.Name(id="same"), args=[left, right]):
                return np.equal(self.logical(left), self.logical(right))
            case ast.Call(func=ast.Name(id="blank" | "noted" as name), args=[ast.Name(id=row)]):
                return self._columns[f"{name}{row_number(row)}"].astype(np.bool_)
            case ast.Compare(left=left, ops=operators, comparators=rights):
                pairs = zip([left, *rights], operators, rights, strict=False)
                return functools.reduce(np.logical_and, [self._compare(*pair) for pair in pairs])
        raise ExpressionError(f"«{ast.unparse(node)}» không phải là một điều kiện")

    def numeric(self, node: ast.expr) -> Column:
        match node:
            case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
                return np.asarray(value, dtype=np.float64)
            case ast.Name(id=row):
                return self._columns[f"r{row_number(row)}"]
            case ast.Call(func=ast.Name(id="or0"), args=[ast.Name(id=row)]):
                number = row_number(row)
                blank = self._columns[f"blank{number}"].astype(np.bool_)
                return np.where(blank, 0.0, self._columns[f"r{number}"])
            case ast.Call(func=ast.Name(id="abs"), args=[operand]):
                return np.abs(self.numeric(operand))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return np.negative(self.numeric(operand))
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _ARITHMETIC:
                return _ARITHMETIC[type(operator)](self.numeric(left), self.numeric(right))
        raise ExpressionError(f"«{ast.unparse(node)}» không phải là một số")

    def _compare(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> Column:
        if isinstance(operator, ast.In) and isinstance(right, ast.Tuple) and right.elts:
            choices = [self._compare(left, ast.Eq(), choice) for choice in right.elts]
            return functools.reduce(np.logical_or, choices)
        if type(operator) not in _COMPARISONS:
            raise ExpressionError("phép so sánh không được hỗ trợ")
        difference = self.numeric(left) - self.numeric(right)
        self.not_applicable = self.not_applicable | ~np.isfinite(difference)
        return _COMPARISONS[type(operator)](difference)


def row_number(name: str) -> int:
    """The number of a row from its name.

    Raises:
        ExpressionError: It is no name of a row.
    """
    matched = _ROW.match(name)
    if matched is None:
        raise ExpressionError(f"«{name}» không phải là số dòng (ví dụ r25)")
    return int(matched[1])

"""In-year rules as one pandera schema a form, run once over all units and years."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import partial

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaError, SchemaErrors

from pcmd_consolidate.checks.place import Broken
from pcmd_consolidate.cube import cube
from pcmd_consolidate.forms import Form, Rule, ValueType
from pcmd_consolidate.forms.rules import Expression, parse
from pcmd_consolidate.intake.reading import State
from pcmd_consolidate.vietnamese import shown

_VALUE_CHECKS = {
    ValueType.COUNT: pa.Check(lambda s: s.isna() | ((s >= 0) & (s % 1 == 0)), name="F01", n_failure_cases=1),
    ValueType.MONEY: pa.Check(lambda s: s.isna() | (s >= 0), name="F02", n_failure_cases=1),
    ValueType.YES_NO: pa.Check(lambda s: s.isna() | s.isin([0, 1]), name="F03", n_failure_cases=1),
}


def wide(values: pd.DataFrame, form: Form) -> pd.DataFrame:
    """The values of a form with one line per unit and year.

    Returns:
        Index ``(unit_id, year)``; columns ``r2`` … (float64, NaN where not reported), ``blank2`` … and ``noted2`` …
        (bool) for every indicator.
    """
    of_form = cube(values, form)
    index = pd.MultiIndex.from_product([of_form.units, of_form.years], names=["unit_id", "year"])

    def spread(column: pd.Series, prefix: str, empty: object) -> pd.DataFrame:
        table = of_form.spread(column, empty).transpose(0, 2, 1).reshape(len(index), len(of_form.rows))
        return pd.DataFrame(table, index, [f"{prefix}{number}" for number in of_form.rows])

    blank = spread(of_form.column("state").eq(State.BLANK.value), "blank", False)
    noted = spread(of_form.column("note").ne(""), "noted", False)
    figures = spread(of_form.column("value").astype("float64"), "r", math.nan)
    return pd.concat([figures, blank, noted], axis=1)


def schema(form: Form) -> pa.DataFrameSchema:
    """The pandera schema of a form: types of its figures, and one check per rule."""
    columns = {
        f"r{row.number}": pa.Column(float, _VALUE_CHECKS[row.value_type], nullable=True)
        for row in form.indicators
        if row.value_type is not None
    }
    checks = [
        pa.Check(partial(_holds, expression=parse(rule.expression)), name=rule.id, ignore_na=False, n_failure_cases=1)
        for rule in form.rules
    ]
    return pa.DataFrameSchema(columns, checks=checks)


def _holds(frame: pd.DataFrame, expression: Expression) -> pd.Series:
    names = (f"{prefix}{number}" for number in expression.rows for prefix in ("r", "blank", "noted"))
    columns = {name: frame[name].to_numpy() for name in names}
    return pd.Series(expression.holds(columns), index=frame.index)


def broken_rules(values: pd.DataFrame, form: Form) -> Iterator[Broken]:
    """Every rule of a form that a unit breaks in a year.

    Args:
        values: The values table.
        form: The form whose rules are checked.
    """
    frame = wide(values, form)
    if frame.empty:
        return
    try:
        schema(form).validate(frame, lazy=True)
    except SchemaErrors as errors:
        for error in errors.schema_errors:
            yield from _of_check(error, form, frame)


def _of_check(error: SchemaError, form: Form, frame: pd.DataFrame) -> Iterator[Broken]:
    rule = next((rule for rule in form.rules if rule.id == getattr(error.check, "name", "")), None)
    if rule is None:
        raise TypeError(f"values table is not of the expected types: {error}") from error
    rows = parse(rule.expression).rows
    broken = frame.loc[~error.check_output.to_numpy(dtype=bool), [f"r{number}" for number in rows]]
    for (unit_id, year), *figures in broken.itertuples(name=None):
        yield Broken(rule.id, rule.severity, form.id, unit_id, rows[0], int(year), _sentence(rule, rows, figures))


def _sentence(rule: Rule, rows: Sequence[int], figures: Sequence[float]) -> str:
    """The rule's message with the figures that break it."""
    told = "; ".join(f"dòng {number} = {_told(figure)}" for number, figure in zip(rows, figures, strict=True))
    return f"{rule.message} ({told}). Đề nghị kiểm tra và sửa lại, hoặc giải trình."


def _told(value: float) -> str:
    return "trống" if pd.isna(value) else shown(float(value))

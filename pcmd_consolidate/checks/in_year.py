"""In-year rules as one pandera schema a form, run once over all units and years."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaError, SchemaErrors

from pcmd_consolidate.checks.place import Broken
from pcmd_consolidate.cube import Cube
from pcmd_consolidate.forms import Form, Rule, ValueType
from pcmd_consolidate.forms.rules import Expression, parse
from pcmd_consolidate.intake.reading import State
from pcmd_consolidate.vietnamese import shown

_VALUE_CHECKS = {
    ValueType.COUNT: pa.Check(lambda s: s.isna() | ((s >= 0) & (s % 1 == 0)), name="F01", n_failure_cases=1),
    ValueType.MONEY: pa.Check(lambda s: s.isna() | (s >= 0), name="F02", n_failure_cases=1),
    ValueType.YES_NO: pa.Check(lambda s: s.isna() | s.isin([0, 1]), name="F03", n_failure_cases=1),
}


def wide(of_form: Cube) -> pd.DataFrame:
    """The values of a form with one line per unit and year, the years of a unit together.

    Returns:
        Columns ``r2`` … (float64, NaN where not reported), ``blank2`` … and ``noted2`` … (bool) for every indicator.
    """
    units, rows, years = of_form.shape

    def spread(column: pd.Series, prefix: str, empty: object) -> pd.DataFrame:
        table = of_form.spread(column, empty).transpose(0, 2, 1).reshape(units * years, rows)
        return pd.DataFrame(table, columns=[f"{prefix}{number}" for number in of_form.rows])

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


def broken_rules(of_form: Cube) -> Iterator[Broken]:
    """Every rule of a form that a unit breaks in a year.

    Args:
        of_form: The values of the form.
    """
    frame = wide(of_form)
    if frame.empty:
        return
    try:
        schema(of_form.form).validate(frame, lazy=True)
    except SchemaErrors as errors:
        for error in errors.schema_errors:
            yield from _of_check(error, of_form, frame)


def _of_check(error: SchemaError, of_form: Cube, frame: pd.DataFrame) -> Iterator[Broken]:
    form = of_form.form
    rule = next((rule for rule in form.rules if rule.id == getattr(error.check, "name", "")), None)
    if rule is None:
        raise TypeError(f"values table is not of the expected types: {error}") from error
    rows = parse(rule.expression).rows
    broken = frame.loc[~error.check_output.to_numpy(dtype=bool), [f"r{number}" for number in rows]]
    at_unit, at_year = np.divmod(broken.index, len(of_form.years))
    units, years = of_form.units[at_unit].tolist(), of_form.years[at_year].tolist()
    for unit_id, year, figures in zip(units, years, broken.to_numpy().tolist(), strict=True):
        yield Broken(rule.id, rule.severity, form.id, unit_id, rows[0], year, _sentence(rule, rows, figures))


def _sentence(rule: Rule, rows: Sequence[int], figures: Sequence[float]) -> str:
    """The rule's message with the figures that break it."""
    told = "; ".join(f"dòng {number} = {_told(figure)}" for number, figure in zip(rows, figures, strict=True))
    return f"{rule.message} ({told}). Đề nghị kiểm tra và sửa lại, hoặc giải trình."


def _told(value: float) -> str:
    return "trống" if math.isnan(value) else shown(float(value))

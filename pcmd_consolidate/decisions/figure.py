"""The figure that the officer puts in place of a unit's: plainly a number of its row, or none at all."""

from __future__ import annotations

import math
import re

from pcmd_consolidate.forms import LARGEST, Row, ValueType
from pcmd_consolidate.vietnamese import key, shown

_ANSWERS = {key(text): answer for answer, texts in ((1.0, ("Có", "1")), (0.0, ("Không", "0"))) for text in texts}
_WHOLE, _DECIMAL = re.compile(r"[0-9]+"), re.compile(r"[0-9]+(,[0-9]{1,2})?")
_WANTED = {
    ValueType.YES_NO: "Có hoặc Không",
    ValueType.MONEY: "số tiền (triệu đồng), không có dấu chấm hay chữ, ví dụ 1234 hoặc 1,5",
    ValueType.COUNT: "số nguyên không âm, không có dấu chấm hay chữ, ví dụ 12",
}


def plain_figure(typed: object, row: Row) -> float | None:
    """The figure that was typed, if it is plainly one that the row can hold; None where it can be read in two ways."""
    if isinstance(typed, bool):
        return float(typed) if row.value_type is ValueType.YES_NO else None
    if isinstance(typed, str):
        text = typed.strip()
        if row.value_type is ValueType.YES_NO:
            return _ANSWERS.get(key(text))
        pattern = _DECIMAL if row.value_type is ValueType.MONEY else _WHOLE
        return _held(float(text.replace(",", ".")), row) if pattern.fullmatch(text) else None
    return _held(float(typed), row) if isinstance(typed, int | float) else None


def _held(value: float, row: Row) -> float | None:
    """A number, if the row can hold it."""
    if not math.isfinite(value) or not 0 <= value < LARGEST:
        return None
    if row.value_type is ValueType.YES_NO:
        return value if value in (0, 1) else None
    if row.value_type is ValueType.MONEY:
        return value if value < row.money_limit else None
    return value if value == int(value) else None


def wanted(row: Row) -> str:
    """What is to be typed for a row."""
    return _WANTED[row.value_type or ValueType.COUNT]


def written(typed: object) -> str:
    """What was typed, as a Vietnamese writes it."""
    return shown(typed) if isinstance(typed, int | float) and not isinstance(typed, bool) else str(typed)

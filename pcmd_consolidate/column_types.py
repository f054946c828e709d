"""Types of the columns of the public tables: a column of one name has one type in all of them.

===================================================================  ==================================================
column                                                               type
===================================================================  ==================================================
``unit_id``, ``unit``, ``form``, ``file``, ``replaced_file``,        category; those that the table holds, sorted as
``sheet``, ``rule``, ``status``, ``relation``, ``verdict``           texts are
``state``                                                            category; all five
``severity``                                                         ordered category, from ``error`` to ``info``
``row``, ``year``                                                    int64; Int64 where one may be missing
figures and shares                                                   float64, NaN where missing
numbers of units and findings                                        int64
``received_at``                                                      datetime64[s]
other words (``cell``, ``raw``, ``note``, ``message`` and others)    str; where pandas is older than 3, it holds texts
                                                                     as objects
===================================================================  ==================================================

No text is ever missing: where there is none, it is empty. ``cell`` is an address and no category: it is put together
and taken apart rather than counted. Ids are categories although they are many, because a country has hundreds of
thousands of lines; with pandas 2, say ``observed=True`` where tables are grouped by several columns.
A part of a table keeps the categories of the whole (``cat.remove_unused_categories()`` drops them).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from pcmd_consolidate.findings import Severity
from pcmd_consolidate.intake.reading import State

STATE = pd.CategoricalDtype([state.value for state in State])
SEVERITY = pd.CategoricalDtype([severity.value for severity in Severity], ordered=True)
_OWN = {"state": STATE, "severity": SEVERITY}
_REPEATING = ("unit_id", "unit", "form", "file", "replaced_file", "sheet", "rule", "status", "relation", "verdict")


def typed(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its words as categories and texts, whatever they were; numbers and times are left as they are."""
    words = {name: column for name, column in table.items() if _holds_words(column)}
    repeating = {name: category(column) for name, column in words.items() if name in _REPEATING}
    own = {name: column.astype(_OWN[str(name)]) for name, column in words.items() if name in _OWN}
    others = {name: column.astype("str") for name, column in words.items() if name not in (*_REPEATING, *_OWN)}
    return table.assign(**repeating, **own, **others)


def _holds_words(column: pd.Series) -> bool:
    return bool(column.dtype == object or pd.api.types.is_string_dtype(column))


def texts(words: Iterable[str], index: pd.Index | None = None) -> pd.Series:
    """A column of texts."""
    return pd.Series(list(words), index=index, dtype="str")


def category(words: Iterable[str]) -> pd.Categorical:
    """A column of texts that repeat."""
    return pd.Categorical(words.astype("str") if isinstance(words, pd.Series) else texts(words))


def repeated(words: Sequence[str], times: Sequence[int]) -> pd.Categorical:
    """A column in which each text stands several times in a row."""
    once = category(words)
    return pd.Categorical.from_codes(np.repeat(once.codes, times), dtype=once.dtype)

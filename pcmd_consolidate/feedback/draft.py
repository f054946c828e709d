"""A workbook that is to become feedback, and where in it the findings stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook

from pcmd_consolidate.feedback.cases import Point
from pcmd_consolidate.feedback.marks import Spot
from pcmd_consolidate.feedback.stored import Values


@dataclass(frozen=True)
class Draft:
    """A workbook opened to be marked.

    Attributes:
        book: The workbook.
        values: What its formulas had as values.
        spots: Where a finding stands in it.
        sheets: Name of a sheet in the return → name of the sheet in this workbook that stands for it.
        notice: What the unit must know of this workbook; may be empty.
    """

    book: Workbook
    values: Values
    spots: Callable[[Point], Sequence[Spot]]
    sheets: Mapping[str, str]
    notice: str = ""

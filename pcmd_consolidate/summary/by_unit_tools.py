"""What helps to read the sheets *… theo đơn vị*: columns that fold away, and a heat map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from xlsxwriter.utility import xl_range, xl_range_abs

from pcmd_consolidate.forms import Form, ValueType
from pcmd_consolidate.summary import layout as at
from pcmd_consolidate.summary.content import Content
from pcmd_consolidate.summary.layout import UnitLayout
from pcmd_consolidate.summary.sheet import Sheet

MOST_PIECES = 500
"""Ranges of a column beyond which it has no heat map: most of its figures carry the colour of a finding."""

_DEEPEST = 7
_PALE, _FULL = "#FFFFFF", "#B4A0D6"
_NEARLY_ALL = 0.9
"""Share of a column's figures that have less than the full colour, so that one large figure does not pale the rest."""

Levels = Mapping[int, int]
"""Row of the form → how deep its columns stand in the outline."""


def outline_levels(form: Form) -> Levels:
    """How deep the columns of each row stand.

    The first row of a section stays in sight; the others fold away under it, and parts fold away under their whole.
    """
    levels: dict[int, int] = {}
    sections: set[str] = set()
    for row in form.indicators:
        whole = levels.get(row.parent) if row.parent is not None else None
        levels[row.number] = int(row.section in sections) if whole is None else min(whole + 1, _DEEPEST)
        sections.add(row.section)
    return levels


def write_heat_map(sheet: Sheet, content: Content, layout: UnitLayout) -> None:
    """Colour the figures of each row and year by their size, where no finding colours them."""
    coloured = _coloured(content, layout)
    for (number, _), column in layout.columns.items():
        if layout.form.row(number).value_type is ValueType.YES_NO:
            continue
        pieces = list(_pieces(coloured[column], layout.last_line))
        if not pieces or len(pieces) > MOST_PIECES:
            continue
        figures = xl_range_abs(at.FIRST_UNIT, column, layout.last_line, column)
        scale = {
            "type": "2_color_scale",
            "min_type": "num", "min_value": 0, "min_color": _PALE,
            "max_type": "formula", "max_value": f"=MAX(1,PERCENTILE({figures},{_NEARLY_ALL}))", "max_color": _FULL,
            "multi_range": " ".join(xl_range(first, column, last, column) for first, last in pieces),
        }  # fmt: skip
        first, last = pieces[0]
        sheet.raw.conditional_format(first, column, last, column, scale)


def _coloured(content: Content, layout: UnitLayout) -> Mapping[int, set[int]]:
    """Column → lines of the figures that have the colour of a finding or of a decision."""
    lines: dict[int, set[int]] = defaultdict(set)
    for form, unit_id, number, year in (*content.marks, *content.replaced):
        if form == layout.form.id and unit_id in layout.lines:
            for one in layout.form.years if year is None else (year,):
                column = layout.columns.get((number, one))
                if column is not None:
                    lines[column].add(layout.lines[unit_id])
    return lines


def _pieces(without: set[int], last_line: int) -> Iterable[tuple[int, int]]:
    """First and last lines of the units between these lines."""
    start = at.FIRST_UNIT
    for line in (*sorted(without), last_line + 1):
        if start < line:
            yield start, line - 1
        start = line + 1

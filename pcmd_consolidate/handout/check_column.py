"""The column Kiểm tra, beside the paper: what is to be checked in each row, and two counters above it."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from pcmd_consolidate.findings import Severity
from pcmd_consolidate.handout.live_checks import LiveChecks
from pcmd_consolidate.handout.styles import Styles

CHECK_HEADING = "Kiểm tra\n(tự động)"
"""Intake knows the column by these words."""

_PIXELS = 640
_COUNTERS = 0
"""Row of the first counter."""


class CheckColumn:
    """Writes the column; its texts run on to the right, where nothing stands."""

    def __init__(self, sheet: Worksheet, styles: Styles, checks: LiveChecks) -> None:
        self._sheet = sheet
        self._styles = styles
        self._checks = checks

    def write(self) -> None:
        """Write the column."""
        layout = self._checks.layout
        self._sheet.set_column_pixels(layout.check, layout.check, _PIXELS)
        for line, (formula, value) in enumerate(self._checks.counters(), start=_COUNTERS):
            self._sheet.write_formula(line, layout.check, formula, self._styles("counter"), value)
        top, heading = layout.header, self._styles("check_header")
        self._sheet.merge_range(top, layout.check, top + 1, layout.check, CHECK_HEADING, heading)
        for row in layout.form.rows:
            shown = self._checks.shown(row.number)
            if shown is not None:
                self._sheet.write_formula(layout.place(row), layout.check, shown[0], self._styles("check"), shown[1])
        self._colour()

    def _colour(self) -> None:
        layout = self._checks.layout
        first = xl_rowcol_to_cell(layout.first, layout.check)
        error = Severity.ERROR.label
        self._colour_where(layout.first, layout.last, f'=LEFT({first},{len(error)})="{error}"', "error")
        self._colour_where(layout.first, layout.last, f"=LEN({first})>0", "doubt")
        counter = xl_rowcol_to_cell(_COUNTERS + 1, layout.check)
        self._colour_where(_COUNTERS + 1, _COUNTERS + 1, f"=ISNUMBER(VALUE(LEFT({counter},1)))", "doubt")

    def _colour_where(self, first: int, last: int, condition: str, style: str) -> None:
        column = self._checks.layout.check
        options = {"type": "formula", "criteria": condition, "format": self._styles(style), "stop_if_true": True}
        self._sheet.conditional_format(first, column, last, column, options)

"""The look of the summary: named properties, put together into formats of xlsxwriter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pcmd_consolidate.findings import Severity
from pcmd_consolidate.summary.heights import TEXT_SIZE
from pcmd_consolidate.typeset import FONT as TYPEFACE

Props = Mapping[str, object]

FONT: Props = {"font_name": TYPEFACE, "font_family": 1, "font_scheme": "none", "font_size": TEXT_SIZE}
BASE: Props = {**FONT, "valign": "vcenter"}

BOLD: Props = {"bold": True}
ITALIC: Props = {"italic": True}
CENTRE: Props = {"align": "center"}
RIGHT: Props = {"align": "right"}
WRAP: Props = {"text_wrap": True}
TOP: Props = {"valign": "top"}
SMALL: Props = {"font_size": 9}
LARGE: Props = {"font_size": 14}
BORDER: Props = {"border": 1, "border_color": "#A6A6A6"}
BLACK_BORDER: Props = {"border": 1}
SHRINK: Props = {"shrink": True}
QUOTED: Props = {"quote_prefix": True}
"""For what a unit wrote: it stays text even when its cell is edited."""

LINK: Props = {"font_color": "#0563C1", "underline": 1}
FAINT: Props = {"font_color": "#7F7F7F"}
HEADING: Props = {"bold": True, "bg_color": "#DDE6F0", "align": "center", "text_wrap": True}
MISSING: Props = {"bg_color": "#F2F2F2", "font_color": "#7F7F7F"}
NOT_ASKED: Props = {"bg_color": "#D9D9D9"}
INCOMPLETE: Props = {"bg_color": "#FFE699"}
EMPTY: Props = {"bg_color": "#F8CBAD"}

SEVERITY: dict[Severity, Props] = {
    Severity.ERROR: {"bg_color": "#FFC7CE"},
    Severity.EXPLAIN: {"bg_color": "#FCD5B4"},
    Severity.WARNING: {"bg_color": "#FFF2CC"},
    Severity.INFO: {"bg_color": "#DDEBF7"},
}

DECIDED = "decided"
SHADES: Mapping[str, Props] = {**{str(s): props for s, props in SEVERITY.items()}, DECIDED: {"bg_color": "#C6E0B4"}}
"""Severity of an open finding on a figure, or that it is decided → look of the figure."""

COUNT = "#,##0"
MONEY = "#,##0.###"
YES_NO = '"Có";;"Không"'
UNITS = '#,##0" đv"'
OFF_BORDER = "_)"
"""At the end of a pattern: the figure stands off the border by the width of a bracket, however it is shrunk."""

DATE = "dd/mm/yyyy"
DATE_TIME = "dd/mm/yyyy hh:mm"


class Formats:
    """Formats of one workbook, each made once."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def of(self, *parts: Props) -> Any:
        """The format that has the properties of all parts, the later ones outweighing the earlier."""
        return self.bare(BASE, *parts)

    def bare(self, *parts: Props) -> Any:
        """A format that has these properties only, for conditional formats."""
        props: dict[str, object] = {}
        for part in parts:
            props.update(part)
        key = tuple(sorted(props.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(props)
        return self._made[key]


def number_format(pattern: str) -> Props:
    """The property that shows numbers by a pattern."""
    return {"num_format": pattern}


def shown_length(value: float) -> int:
    """How many characters a figure fills, with at most three decimals."""
    return len(f"{value:,.3f}".rstrip("0").rstrip("."))

"""How cells look, by name."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from pcmd_consolidate.forms import Row, ValueType
from pcmd_consolidate.handout.layout import BODY, SMALL, TINY
from pcmd_consolidate.handout.letterhead import LARGE, TITLE
from pcmd_consolidate.typeset import FONT

_INPUT, _CLOSED, _HEADING, _HEADER = "#FFFBE0", "#EDEDED", "#F5F5F5", "#E4E4E4"
_LINE, _FAINT = "#7F7F7F", "#8C8C8C"
_WHOLE_NUMBER = 3
"""Excel's own number for ``#,##0``; as a text, a conditional format would give it the number of another."""
_BOXED = {"border": 1, "border_color": _LINE}
_CENTRED = {"align": "center", "text_wrap": True}
TYPEFACE = {"font_name": FONT, "font_family": 1, "font_scheme": "none"}
"""The font, and that it is not to follow the theme of the workbook."""
_BASE = {**TYPEFACE, "font_size": BODY, "valign": "vcenter"}
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": TITLE, **_CENTRED},
    "attached": {"italic": True, "font_size": LARGE, **_CENTRED},
    "centred": {"font_size": LARGE, **_CENTRED, "valign": "top"},
    "body": {"bold": True, "font_size": LARGE, **_CENTRED, "valign": "top"},
    "motto": {"bold": True, "font_size": LARGE, "underline": 1, **_CENTRED, "valign": "top"},
    "unit_input": {"bold": True, "font_size": LARGE, "bg_color": _INPUT, "locked": False, **_CENTRED, **_BOXED},
    "date_input": {"italic": True, "font_size": LARGE, "bg_color": _INPUT, "locked": False, **_CENTRED},
    "name_input": {"bold": True, "font_size": LARGE, "bg_color": _INPUT, "locked": False, **_CENTRED},
    "header": {
        "bold": True, "font_size": SMALL, "align": "center", "text_wrap": True, "bg_color": _HEADER, **_BOXED,
    },
    "line": {"font_color": _FAINT, "align": "center"},
    "chapter": {"bold": True, "text_wrap": True, "bg_color": _HEADER, **_BOXED},
    "heading": {"bold": True, "text_wrap": True, "bg_color": _HEADING, **_BOXED},
    "subheading": {"italic": True, "text_wrap": True, **_BOXED},
    "label": {"text_wrap": True, **_BOXED},
    "measure": {"align": "center", "text_wrap": True, **_BOXED},
    "input": {"bg_color": _INPUT, "locked": False, **_BOXED},
    "total": {"bold": True, **_BOXED},
    "sum": dict(_BOXED),
    "link": {"font_color": "#0563C1", "underline": 1, "align": "center", **_BOXED},
    "declared": {"bg_color": _INPUT, "locked": False, **_CENTRED, **_BOXED},
    "note": {"font_size": SMALL, "text_wrap": True, "bg_color": _INPUT, "locked": False, **_BOXED},
    "empty": dict(_BOXED),
    "whole_money": {"num_format": _WHOLE_NUMBER},
    "check_header": {"italic": True, "font_size": SMALL, "align": "center", "text_wrap": True, "font_color": _FAINT},
    "counter": {"bold": True, "font_size": SMALL},
    "check": {"font_size": TINY},
    "error": {"font_color": "#9C0006", "bg_color": "#FFC7CE"},
    "doubt": {"font_color": "#7F4F00", "bg_color": "#FFEB9C"},
    "guide_title": {"bold": True, "font_size": LARGE, "align": "center", "text_wrap": True},
    "guide_subtitle": {"italic": True, "align": "center", "text_wrap": True},
    "guide_heading": {"bold": True, "bg_color": _HEADING, **_BOXED},
    "guide_term": {"bold": True, "text_wrap": True, "valign": "top", **_BOXED},
    "guide_text": {"text_wrap": True, "valign": "top", **_BOXED},
}  # fmt: skip
_CHANGES_ONLY = ("whole_money", "error", "doubt")
"""Styles of conditional formats: what they change, and nothing else."""
_CLOSED_BLOCK = {"bg_color": _CLOSED, "font_color": _FAINT}
_FIGURES: dict[ValueType | None, dict[str, Any]] = {
    ValueType.COUNT: {"num_format": _WHOLE_NUMBER, "align": "right", "shrink": True},
    ValueType.MONEY: {"num_format": "#,##0.###", "align": "right", "shrink": True},
    ValueType.YES_NO: {"align": "center"},
}  # fmt: skip


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[object, ...], Format] = {}

    def __call__(self, name: str, *, closed: bool = False, indent: int = 0, row: Row | None = None) -> Format:
        """The format of that name.

        Args:
            name: Name of the style.
            closed: Whether the cell stands in a block of another unit.
            indent: Indent of the cell.
            row: The row whose figures it holds.
        """
        value_type = row.value_type if row is not None else None
        key = (name, closed, indent, value_type)
        if key not in self._made:
            base = {} if name in _CHANGES_ONLY else _BASE
            properties = base | _STYLES[name] | _FIGURES.get(value_type, {})
            properties |= {"indent": indent} if indent else {}
            properties |= _CLOSED_BLOCK if closed else {}
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

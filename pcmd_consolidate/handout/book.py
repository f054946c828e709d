"""A workbook to hand out: form, guide, and two hidden sheets: one checks, by the other it is known again."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from pcmd_consolidate.forms import Form
from pcmd_consolidate.handout.check_sheet import write_checks
from pcmd_consolidate.handout.form_sheet import FormSheet
from pcmd_consolidate.handout.guide import write_guide
from pcmd_consolidate.handout.layout import BODY, lay_out
from pcmd_consolidate.handout.live_checks import LiveChecks
from pcmd_consolidate.handout.styles import TYPEFACE, Styles
from pcmd_consolidate.ids import ID_SHEET
from pcmd_consolidate.units import Unit

_CREATED = dt.datetime(2000, 1, 1)
"""Always the same, so that the same form gives the same bytes; older than any return."""
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_SHEET_NAME_LIMIT = 31


def workbook(form: Form, unit: Unit | None, campaign_title: str) -> bytes:
    """The bytes of a workbook to hand out.

    Args:
        form: The form.
        unit: The unit that fills it in; None for a template.
        campaign_title: Title of the reporting round; may be empty.
    """
    content = io.BytesIO()
    with Workbook(content, _options()) as book:
        book.set_properties({"title": form.name, "subject": campaign_title, "created": _CREATED})
        styles, layout = Styles(book), lay_out(form, unit)
        name = _NOT_IN_SHEET_NAMES.sub(" ", form.name)[:_SHEET_NAME_LIMIT]
        checks = LiveChecks(layout, name)
        FormSheet(book, styles, checks).write()
        write_guide(book, styles, layout, campaign_title)
        write_checks(book, checks)
        _write_ids(book, form, unit, name)
    return content.getvalue()


def _options() -> dict[str, Any]:
    """Options of xlsxwriter, made anew for each workbook: it writes into what it is given."""
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        # digits of this font and size are 8 pixels wide in every program, so columns are as wide as laid out
        "default_format_properties": {**TYPEFACE, "font_size": BODY},
        "default_column_width": 72,
        "default_row_height": 21,
    }


def _write_ids(book: Workbook, form: Form, unit: Unit | None, sheet_name: str) -> None:
    unit_id = unit.unit_id if unit else ""
    ids = {"form": form.id, "version": form.version, "unit_id": unit_id, "sheet": sheet_name}
    sheet: Worksheet = book.add_worksheet(ID_SHEET)
    for row, (key, value) in enumerate(ids.items()):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, value)
    sheet.protect()
    sheet.very_hidden()

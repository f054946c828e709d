"""A workbook to hand out: form, guide, and two hidden sheets: one checks, by the other it is known again."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from pcmd_consolidate.forms import Form
from pcmd_consolidate.handout.check_sheet import write_checks
from pcmd_consolidate.handout.declaration import Declaration
from pcmd_consolidate.handout.form_sheet import FormSheet
from pcmd_consolidate.handout.guide import write_guide
from pcmd_consolidate.handout.layout import BODY, lay_out
from pcmd_consolidate.handout.live_checks import LiveChecks
from pcmd_consolidate.handout.merged import (
    Part,
    PartSheet,
    SumSheet,
    name_parts,
    part_checks,
    sheet_name,
    sum_layout,
)
from pcmd_consolidate.handout.styles import TYPEFACE, Styles
from pcmd_consolidate.ids import ID_SHEET
from pcmd_consolidate.units import Unit

_CREATED = dt.datetime(2000, 1, 1)
"""Always the same, so that the same form gives the same bytes; older than any return."""


def workbook(form: Form, unit: Unit | None, campaign_title: str, predecessors: Sequence[str] = ()) -> bytes:
    """The bytes of a workbook to hand out.

    Args:
        form: The form.
        unit: The unit that fills it in; None for a template.
        campaign_title: Title of the reporting round; may be empty.
        predecessors: Former communes; where there are several, each has a sheet, and the form adds them up.
    """
    content = io.BytesIO()
    with Workbook(content, _options()) as book:
        book.set_properties({"title": form.name, "subject": campaign_title, "created": _CREATED})
        styles, name = Styles(book), sheet_name(form.name)
        parts = name_parts(predecessors, name) if len(predecessors) > 1 else ()
        checks = _write_merged(book, styles, form, unit, parts) if parts else _write_form(book, styles, form, unit)
        write_guide(book, styles, checks[0].layout, campaign_title, predecessors if parts else ())
        for checked in checks:
            write_checks(book, checked)
        _write_ids(book, form, unit, name)
    return content.getvalue()


def _write_form(book: Workbook, styles: Styles, form: Form, unit: Unit | None) -> tuple[LiveChecks, ...]:
    checks = LiveChecks(lay_out(form, unit), sheet_name(form.name))
    sheet = FormSheet(book, styles, checks)
    sheet.write()
    sheet.activate()
    return (checks,)


def _write_merged(
    book: Workbook, styles: Styles, form: Form, unit: Unit | None, parts: Sequence[Part]
) -> tuple[LiveChecks, ...]:
    """The form that adds up, the declaration, and a sheet for each former commune; it opens on the first to fill."""
    checks = LiveChecks(sum_layout(form, unit, parts), sheet_name(form.name))
    of_parts = part_checks(form, unit, parts)
    declaration = Declaration(of_parts[0].layout, parts)
    SumSheet(book, styles, checks, parts, declaration.count).write()
    declaration.write(book, styles)
    sheets = [PartSheet(book, styles, own, part) for own, part in zip(of_parts, parts, strict=True)]
    for sheet in sheets:
        sheet.write()
    sheets[0].activate()
    return (checks, *of_parts)


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

"""The hidden sheet by which the level above knows the summary again."""

from __future__ import annotations

from typing import Any

from pcmd_consolidate.excel_text import cell_text
from pcmd_consolidate.forms import Form
from pcmd_consolidate.ids import Annex, summary_ids
from pcmd_consolidate.summary.annex_lead import layout_of
from pcmd_consolidate.summary.content import Content


def write_ids(worksheet: Any, content: Content) -> None:
    """Write the sheet."""
    annexes = [_annex(content, form) for form in content.campaign.forms]
    for line, (key, value) in enumerate(summary_ids(content.campaign.province, annexes).items()):
        worksheet.write_string(line, 0, key)
        worksheet.write_string(line, 1, cell_text(value))
    worksheet.very_hidden()


def _annex(content: Content, form: Form) -> Annex:
    units = content.campaign.registry.of_form(form.id)
    return Annex(
        form=form.id,
        sheet=content.names.annex[form.id],
        columns=layout_of(content, form).total + 1,
        answered=sum((form.id, unit.unit_id) in content.answered for unit in units),
        expected=len(units),
    )

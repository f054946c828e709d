"""Links to provincial figures, from the sheets that compare them."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell

from pcmd_consolidate.forms.cross import UNITS, Term
from pcmd_consolidate.summary.annex_layout import LABEL
from pcmd_consolidate.summary.annex_lead import layout_of
from pcmd_consolidate.summary.content import Content
from pcmd_consolidate.summary.names import quoted


class AnnexLinks:
    """Links to the rows of the sheets *Phụ lục …*."""

    def __init__(self, content: Content) -> None:
        self._sheets = content.names.annex
        self._layouts = {form.id: layout_of(content, form) for form in content.campaign.forms}

    def url(self, term: Term) -> str | None:
        """Link to the row of a provincial figure; None where it is no row of the campaign's forms."""
        if term.form not in self._layouts or term.row == UNITS:
            return None
        layout = self._layouts[term.form]
        line = layout.line(layout.form.row(term.row))
        return f"internal:{quoted(self._sheets[term.form])}!{xl_rowcol_to_cell(line, LABEL)}"

"""The provincial summary workbook, ``tong-hop-pcmd.xlsx``: one module for each kind of sheet.

``content`` looks everything up once, ``layout`` and ``annex_layout`` say where it stands, and the other
modules write.
"""

from __future__ import annotations

import datetime as dt
import io
import tempfile
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from pcmd_consolidate.consolidation import Consolidation
from pcmd_consolidate.excel_text import cell_text
from pcmd_consolidate.files import written_whole
from pcmd_consolidate.ids import ID_SHEET
from pcmd_consolidate.summary.annex import write_annex
from pcmd_consolidate.summary.by_unit import write_by_unit
from pcmd_consolidate.summary.comparison_list import write_comparisons
from pcmd_consolidate.summary.content import Content, gather
from pcmd_consolidate.summary.data_table import write_data
from pcmd_consolidate.summary.decision_list import write_decisions
from pcmd_consolidate.summary.explanation_list import write_explanations
from pcmd_consolidate.summary.finding_list import write_findings
from pcmd_consolidate.summary.formats import FONT, Formats
from pcmd_consolidate.summary.id_sheet import write_ids
from pcmd_consolidate.summary.overview import write_overview
from pcmd_consolidate.summary.progress import write_progress
from pcmd_consolidate.summary.resubmission_list import write_resubmissions
from pcmd_consolidate.summary.sheet import Sheet
from pcmd_consolidate.summary.target_list import write_targets
from pcmd_consolidate.summary.value_list import write_values

__all__ = ["write_summary"]


def write_summary(consolidation: Consolidation, path: Path) -> Path:
    """Write the provincial summary workbook.

    The same consolidation gives the same bytes. The workbook appears whole or not at all.

    Args:
        consolidation: The result of the round.
        path: The workbook to write. Links to the returns are relative to its folder.

    Returns:
        ``path``.

    Raises:
        OutputError: The workbook cannot be written; an older one is left whole.
    """
    content = gather(consolidation, path.parent)
    with written_whole(path) as beside, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        try:
            _write_workbook(content, beside, scratch)
        except FileCreateError as error:
            raise OSError(*error.args) from error
    return path


def _write_workbook(content: Content, path: Path, scratch: str) -> None:
    packed = io.BytesIO()
    workbook = xlsxwriter.Workbook(packed, {"tmpdir": scratch, "default_format_properties": dict(FONT)})
    try:
        _fill(workbook, content)
        workbook.close()
    finally:
        for worksheet in workbook.worksheets():
            if worksheet.row_data_fh is not None:
                worksheet.row_data_fh.close()
    path.write_bytes(packed.getbuffer())


def _fill(workbook: Any, content: Content) -> None:
    workbook.set_properties(_properties(content))
    formats = Formats(workbook)
    names = content.names
    write_overview(_add_sheet(workbook, formats, names.overview), content, workbook.add_chart)
    for form, layout in content.layouts.items():
        write_annex(_add_sheet(workbook, formats, names.annex[form]), content, layout)
    for layout in content.layouts.values():
        write_by_unit(_add_sheet(workbook, formats, layout.sheet, streamed=True), content, layout)
    write_targets(_add_sheet(workbook, formats, names.targets, streamed=True), content)
    write_progress(_add_sheet(workbook, formats, names.progress, streamed=True), content)
    write_findings(_add_sheet(workbook, formats, names.findings, streamed=True), content)
    write_comparisons(_add_sheet(workbook, formats, names.comparisons, streamed=True), content)
    write_explanations(_add_sheet(workbook, formats, names.explanations, streamed=True), content)
    write_decisions(_add_sheet(workbook, formats, names.decisions, streamed=True), content)
    write_resubmissions(_add_sheet(workbook, formats, names.resubmissions, streamed=True), content)
    write_data([_add_sheet(workbook, formats, name, streamed=True) for name in names.data], content)
    write_values(_add_sheet(workbook, formats, names.sources, streamed=True), content)
    write_ids(workbook.add_worksheet(ID_SHEET), content)


def _add_sheet(workbook: Any, formats: Formats, name: str, *, streamed: bool = False) -> Sheet:
    """Add a sheet; a streamed one is kept on disk and must be written from top to bottom."""
    workbook.constant_memory = streamed
    sheet = Sheet(workbook.add_worksheet(name), formats)
    workbook.constant_memory = False
    return sheet


def _properties(content: Content) -> dict[str, object]:
    campaign = content.campaign
    created = dt.datetime.combine(campaign.cut_off, dt.time())
    return {"title": cell_text(campaign.title), "subject": cell_text(campaign.province), "created": created}

"""The provincial summary workbook, ``tong-hop-pcmd.xlsx``: one module for each kind of sheet.

``content`` looks everything up once, ``layout`` and ``annex_layout`` say where it stands, and the other
modules write.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

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
from pcmd_consolidate.summary.formats import Formats
from pcmd_consolidate.summary.id_sheet import write_ids
from pcmd_consolidate.summary.overview import write_overview
from pcmd_consolidate.summary.packing import new_workbook
from pcmd_consolidate.summary.progress import write_progress
from pcmd_consolidate.summary.resubmission_list import write_resubmissions
from pcmd_consolidate.summary.sheet import Sheet
from pcmd_consolidate.summary.streamed import add_streamed
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
    with written_whole(path) as beside, new_workbook(beside) as workbook:
        _fill(workbook, content)
    return path


def _fill(workbook: Any, content: Content) -> None:
    workbook.set_properties(_properties(content))
    formats = Formats(workbook)
    names = content.names
    write_overview(Sheet(workbook.add_worksheet(names.overview), formats), content, workbook.add_chart)
    for form, layout in content.layouts.items():
        write_annex(Sheet(workbook.add_worksheet(names.annex[form]), formats), content, layout)
    for layout in content.layouts.values():
        write_by_unit(add_streamed(workbook, formats, layout.sheet), content, layout)
    write_targets(add_streamed(workbook, formats, names.targets), content)
    write_progress(add_streamed(workbook, formats, names.progress), content)
    write_findings(add_streamed(workbook, formats, names.findings), content)
    write_comparisons(add_streamed(workbook, formats, names.comparisons), content)
    write_explanations(add_streamed(workbook, formats, names.explanations), content)
    write_decisions(add_streamed(workbook, formats, names.decisions), content)
    write_resubmissions(add_streamed(workbook, formats, names.resubmissions), content)
    write_data([add_streamed(workbook, formats, name) for name in names.data], content)
    write_values(add_streamed(workbook, formats, names.sources), content)
    write_ids(workbook.add_worksheet(ID_SHEET), content)


def _properties(content: Content) -> dict[str, object]:
    campaign = content.campaign
    created = dt.datetime.combine(campaign.cut_off, dt.time())
    return {"title": cell_text(campaign.title), "subject": cell_text(campaign.province), "created": created}

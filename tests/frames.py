"""Values tables written by hand, for stages that need no files."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import pandas as pd

from pcmd_consolidate import Campaign, Returns
from pcmd_consolidate.cell_tables import VALUE_COLUMNS
from pcmd_consolidate.resubmissions import DIFFERENCE_COLUMNS
from pcmd_consolidate.returns import SUBMISSION_COLUMNS, findings_frame

Given = Mapping[tuple[str, int, int], float | None]
"""(unit id, row, year) → figure, or None for a cell left blank."""


def values(campaign: Campaign, form: str, given: Given, notes: Iterable[tuple[str, int]] = ()) -> pd.DataFrame:
    """A values table of one form; notes stand at (unit id, row)."""
    names = {unit.unit_id: unit.name for unit in campaign.registry.of_form(form)}
    records = [
        (
            unit_id, names[unit_id], form, row, year, math.nan if value is None else float(value),
            "blank" if value is None else "reported", "", "có ghi" if (unit_id, row) in set(notes) else "",
            f"{unit_id}.xlsx", form, f"{chr(64 + year - 2018)}{row}",
        )
        for (unit_id, row, year), value in given.items()
    ]  # fmt: skip
    return pd.DataFrame.from_records(records, columns=list(VALUE_COLUMNS))


def returns(campaign: Campaign, *tables: pd.DataFrame, stated: pd.DataFrame | None = None) -> Returns:
    """Returns that hold these values and nothing else."""
    no_totals = pd.DataFrame(columns=["unit_id", "form", "row", "value", "file", "sheet", "cell"])
    return Returns(
        campaign=campaign,
        files=(),
        values=pd.concat(tables, ignore_index=True),
        stated_totals=no_totals if stated is None else stated,
        findings=findings_frame([]),
        submissions=pd.DataFrame(columns=list(SUBMISSION_COLUMNS)),
        resubmissions=pd.DataFrame(columns=list(DIFFERENCE_COLUMNS)),
        inbox=campaign.inbox,
    )

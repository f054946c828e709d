"""Where a broken check stands: from unit, row and year to file, sheet and cell, in one place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from pcmd_consolidate.findings import FINDING_COLUMNS, Severity


@dataclass(frozen=True, slots=True)
class Broken:
    """A check that a unit's figures do not pass.

    ``year`` is None where it is about Tổng cộng, ``row`` too where it is about the whole return.
    """

    rule: str
    severity: Severity
    form: str
    unit_id: str
    row: int | None
    year: int | None
    message: str


def place(broken: Iterable[Broken], values: pd.DataFrame, stated_totals: pd.DataFrame) -> pd.DataFrame:
    """Broken checks as findings.

    Args:
        broken: What did not pass.
        values: The values table, for what is about a year.
        stated_totals: The totals that units wrote, for what is about Tổng cộng.

    Returns:
        Findings with unit, file, sheet, A1 cell and raw text (``FINDING_COLUMNS``).
    """
    records = [(b.rule, str(b.severity), b.form, b.unit_id, b.row, b.year, b.message) for b in broken]
    frame = pd.DataFrame.from_records(
        records, columns=["rule", "severity", "form", "unit_id", "row", "year", "message"]
    ).astype({"row": "Int64", "year": "Int64", "unit_id": values["unit_id"].dtype, "form": values["form"].dtype})
    units = values[["unit_id", "unit"]].drop_duplicates("unit_id")
    in_year = frame[frame["year"].notna()].merge(
        values[["unit_id", "form", "row", "year", "file", "sheet", "cell", "raw"]],
        on=["unit_id", "form", "row", "year"], how="left",
    )  # fmt: skip
    whole = frame[frame["row"].isna()].merge(
        values[["unit_id", "form", "file", "sheet"]].drop_duplicates(["unit_id", "form"]).assign(cell="", raw=""),
        on=["unit_id", "form"], how="left",
    )  # fmt: skip
    totals = frame[frame["year"].isna() & frame["row"].notna()].merge(
        stated_totals[["unit_id", "form", "row", "file", "sheet", "cell"]].assign(raw=""),
        on=["unit_id", "form", "row"], how="left",
    )  # fmt: skip
    placed = pd.concat([part for part in (in_year, totals, whole) if len(part)]) if len(frame) else in_year
    return placed.merge(units, on="unit_id", how="left").reindex(columns=list(FINDING_COLUMNS))

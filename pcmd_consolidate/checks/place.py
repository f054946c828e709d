"""Where a broken check stands: from unit, row and year to file, sheet and cell, in one place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from pcmd_consolidate.column_types import typed
from pcmd_consolidate.cube import Cube
from pcmd_consolidate.findings import FINDING_COLUMNS, Severity


class Broken(NamedTuple):
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


def place(broken: Iterable[Broken], cubes: Iterable[Cube], stated_totals: pd.DataFrame) -> pd.DataFrame:
    """Broken checks as findings.

    Args:
        broken: What did not pass.
        cubes: The values of every form, for what is about a year.
        stated_totals: The totals that units wrote, for what is about Tổng cộng.

    Returns:
        Findings with unit, file, sheet, A1 cell and raw text (``FINDING_COLUMNS``).
    """
    frame = pd.DataFrame.from_records(list(broken), columns=Broken._fields).astype({"row": "Int64", "year": "Int64"})
    frame["severity"] = list(map(str, frame["severity"]))
    parts = []
    for of_form in cubes:
        own = frame[frame["form"] == of_form.form.id]
        if len(own):
            in_return = _in_return(own, of_form)
            parts.append(_at_totals(in_return, stated_totals[stated_totals["form"] == of_form.form.id]))
    placed = pd.concat(parts) if parts else frame
    return typed(placed.reindex(columns=list(FINDING_COLUMNS)))


def _in_return(broken: pd.DataFrame, of_form: Cube) -> pd.DataFrame:
    """With the unit, file and sheet of the return; with cell and raw text where it is about a figure of a year."""
    figures = of_form.find(broken["unit_id"], broken["row"].fillna(0), broken["year"].fillna(0))
    returns = of_form.firsts[of_form.units.get_indexer(broken["unit_id"])]
    lines = of_form.values[["unit", "file", "sheet", "cell", "raw"]].iloc[np.where(figures < 0, returns, figures)]
    placed = broken.assign(**{name: column.to_numpy(dtype=object) for name, column in lines.items()})
    placed.loc[figures < 0, ["cell", "raw"]] = ""
    return placed


def _at_totals(broken: pd.DataFrame, stated: pd.DataFrame) -> pd.DataFrame:
    """With the cell of Tổng cộng where it is about that."""
    of_total = broken["year"].isna() & broken["row"].notna()
    written = stated.drop_duplicates(["unit_id", "row"]).set_index(["unit_id", "row"])
    cells = (
        written[["file", "sheet", "cell"]]
        .astype(object)
        .reindex(pd.MultiIndex.from_frame(broken.loc[of_total, ["unit_id", "row"]].astype({"row": "int64"})))
    )
    placed = broken.copy()
    placed.loc[of_total, list(cells)] = cells.to_numpy()
    return placed

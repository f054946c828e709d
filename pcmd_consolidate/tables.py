"""The tables of a round as Parquet files."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from pcmd_consolidate.consolidation import Consolidation
from pcmd_consolidate.errors import OutputError
from pcmd_consolidate.files import written_together

_REPEATING = (
    "unit_id", "unit", "form", "file", "replaced_file", "sheet", "rule", "status", "relation", "verdict",
)  # fmt: skip


def write_parquet(result: Consolidation, folder: Path) -> tuple[Path, ...]:
    """See :meth:`~pcmd_consolidate.consolidation.Consolidation.to_parquet`."""
    if find_spec("pyarrow") is None:
        what = 'chưa cài pyarrow để ghi tệp Parquet; hãy cài bằng lệnh: pip install "pcmd-consolidate[parquet]"'
        raise OutputError(folder, what)
    tables = {
        "totals": result.totals,
        "values": result.values,
        "findings": result.findings,
        "submissions": result.submissions,
        "resubmissions": result.returns.resubmissions,
        "comparisons": result.comparisons,
    }
    paths = tuple(folder / f"{name}.parquet" for name in tables)
    with written_together(paths) as besides:
        for beside, table in zip(besides, tables.values(), strict=True):
            compact(table).to_parquet(beside, engine="pyarrow", index=False)
    return paths


def compact(table: pd.DataFrame) -> pd.DataFrame:
    """The table with no column of Python objects: texts as texts, texts that repeat as categories."""
    texts = [name for name in table if table[name].dtype == object or pd.api.types.is_string_dtype(table[name])]
    typed = table.astype(dict.fromkeys(texts, "str"))
    return typed.astype({name: "category" for name in texts if name in _REPEATING})

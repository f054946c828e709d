"""The tables of a round as Parquet files."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd

from pcmd_consolidate.consolidation import Consolidation
from pcmd_consolidate.errors import OutputError
from pcmd_consolidate.files import written_together


def write_parquet(result: Consolidation, folder: Path) -> tuple[Path, ...]:
    """See :meth:`~pcmd_consolidate.consolidation.Consolidation.to_parquet`."""
    if find_spec("pyarrow") is None:
        what = "chưa cài pyarrow để ghi tệp Parquet; hãy cài bằng lệnh: pip install pyarrow"
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
            table.to_parquet(beside, engine="pyarrow", index=False, schema=_schema(table))
    return paths


def _schema(table: pd.DataFrame) -> object:
    """The types of the columns in the file, the same whatever the table holds, and where it holds nothing."""
    arrow = import_module("pyarrow")
    return arrow.schema([(name, _arrow_type(column.dtype, arrow)) for name, column in table.items()])


def _arrow_type(kind: Any, arrow: Any) -> Any:
    if isinstance(kind, pd.CategoricalDtype):
        return arrow.dictionary(arrow.int32(), arrow.string(), bool(kind.ordered))
    if pd.api.types.is_datetime64_dtype(kind):
        return arrow.timestamp("ms")
    if pd.api.types.is_string_dtype(kind):
        return arrow.large_string()
    return arrow.from_numpy_dtype(getattr(kind, "numpy_dtype", kind))

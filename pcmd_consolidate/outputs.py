"""Everything that a run writes: the summary workbook, four CSV tables and a manifest."""

from __future__ import annotations

import dataclasses
import io
import json
import re
from importlib import metadata
from pathlib import Path
from typing import TextIO

import numpy as np
import pandas as pd

import pcmd_consolidate
from pcmd_consolidate.consolidation import Consolidation
from pcmd_consolidate.errors import OutputError
from pcmd_consolidate.excel_text import cell_text
from pcmd_consolidate.files import written_together
from pcmd_consolidate.locks import one_run

SUMMARY_FILE = "tong-hop-pcmd.xlsx"
_PACKAGES = ("numpy", "openpyxl", "pandas", "pandera", "python-calamine", "rapidfuzz", "xlrd", "xlsxwriter")

_LINES_AT_ONCE = 100_000
_NEEDS_QUOTES = re.compile('[,"\r\n]')


def write_outputs(result: Consolidation, out: str | Path | None = None) -> tuple[Path, ...]:
    """Write all outputs of a run.

    Args:
        result: The consolidation.
        out: Folder to write to; ``ket-qua`` in the campaign's folder where None. Made where it does not exist.

    Returns:
        Paths of ``tong-hop-pcmd.xlsx``, ``values.csv``, ``findings.csv``, ``submissions.csv``, ``resubmissions.csv``
        and ``manifest.json``.

    Raises:
        OutputError: An output cannot be written, or the folder is in the inbox; all outputs are then the old ones.
        BusyError: Another run works on the campaign, or is writing there.
    """
    folder = Path(out) if out is not None else result.campaign.folder / "ket-qua"
    if folder.resolve().is_relative_to(result.returns.inbox.resolve()):
        raise OutputError(folder, "không ghi kết quả vào nơi chứa các biểu đã nhận; hãy chọn thư mục khác")
    tables = {
        "values": result.values,
        "findings": result.findings,
        "submissions": result.submissions,
        "resubmissions": result.returns.resubmissions,
    }
    names = (SUMMARY_FILE, *(f"{name}.csv" for name in tables), "manifest.json")
    paths = tuple(folder / name for name in names)
    with one_run(result.campaign.folder), written_together(paths) as (summary, *others, listed):
        result.to_excel(summary)
        for beside, table in zip(others, tables.values(), strict=True):
            with beside.open("w", encoding="utf-8-sig", newline="") as file:
                _write_csv(table, file)
        listed.write_text(manifest(result), encoding="utf-8", newline="")
    return paths


def csv_text(table: pd.DataFrame) -> str:
    """A table as CSV that Excel opens: whole numbers without ``.0``, no text that Excel would take for a formula.

    Characters that cannot be seen are shown escaped, and texts are cut where a cell of Excel ends.
    """
    text = io.StringIO(newline="")
    _write_csv(table, text)
    return text.getvalue()


def _write_csv(table: pd.DataFrame, file: TextIO) -> None:
    file.write(",".join(map(_quoted, table.columns)) + "\r\n")
    for start in range(0, len(table), _LINES_AT_ONCE):
        part = table.iloc[start : start + _LINES_AT_ONCE]
        lines = zip(*(_written(part[column]) for column in table.columns), strict=True)
        file.write("\r\n".join(map(",".join, lines)) + "\r\n")


def _quoted(text: str) -> str:
    """A text as a field of a CSV table."""
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text


def _written(column: pd.Series) -> list[str]:
    """A column as fields; each value that it holds is written once."""
    codes, uniques = pd.factorize(column, use_na_sentinel=False)
    values = uniques.tolist()
    if pd.api.types.is_datetime64_dtype(column):
        texts = ["" if pd.isna(value) else f"{value:%Y-%m-%dT%H:%M:%S}" for value in values]
    elif pd.api.types.is_numeric_dtype(column):
        texts = [_number(value) for value in values]
    else:
        texts = [_quoted(_harmless(cell_text(str(value)))) for value in values]
    written: list[str] = np.array([*texts, ""], dtype=object)[codes].tolist()
    return written


def _number(value: float) -> str:
    if pd.isna(value):
        return ""
    return str(int(value)) if value == int(value) else repr(float(value))


def _harmless(text: str) -> str:
    """The text, with an apostrophe before it where Excel would compute it."""
    if text[:1] in ("=", "@", "\t") or (text[:1] in ("+", "-") and len(text) > 1):
        return f"'{text}"
    return text


def manifest(result: Consolidation) -> str:
    """What went into a run, as JSON: hash of every input, versions and settings; the same for the same input."""
    campaign = result.campaign
    files = [file for file in result.returns.files if not file.item.skipped]
    content = {
        "library": {"pcmd-consolidate": pcmd_consolidate.__version__},
        "packages": {name: metadata.version(name) for name in _PACKAGES},
        "campaign": {
            "title": campaign.title,
            "province": campaign.province,
            "forms": {form.id: form.version for form in campaign.forms},
            "years": list(campaign.years),
            "cut_off": campaign.cut_off.isoformat(),
            "deadlines": {kind: day.isoformat() for kind, day in campaign.deadlines.items()},
            "stock_total": campaign.stock_total,
            "units": len(campaign.registry),
        },
        "settings": dataclasses.asdict(campaign.limits),
        "inputs": [{"file": file.item.name, "sha256": file.sha256} for file in files],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"

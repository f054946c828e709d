"""Everything that a run writes: the summary workbook, four CSV tables and a manifest."""

from __future__ import annotations

import dataclasses
import json
from importlib import metadata
from pathlib import Path

import pcmd_consolidate
from pcmd_consolidate.consolidation import Consolidation
from pcmd_consolidate.csv_tables import written_meanwhile
from pcmd_consolidate.errors import OutputError
from pcmd_consolidate.files import written_together
from pcmd_consolidate.locks import one_run

SUMMARY_FILE = "tong-hop-pcmd.xlsx"
_PACKAGES = ("numpy", "openpyxl", "pandas", "pandera", "python-calamine", "rapidfuzz", "xlrd", "xlsxwriter")


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
        with written_meanwhile(dict(zip(others, tables.values(), strict=True))):
            result.to_excel(summary)
        listed.write_text(manifest(result), encoding="utf-8", newline="")
    return paths


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

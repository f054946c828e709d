"""The package's stages import one way, and nothing of it names what it must not."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "pcmd_consolidate"
STAGES = (
    "errors", "shown", "progress", "vietnamese", "typeset", "ids", "excel_text", "locks", "stamps", "files",
    "file_names", "findings", "limits", "forms", "hand_edited", "unit_names", "units", "units_file", "rulings",
    "rule_changes", "decisions", "plan", "campaign", "double_click", "start", "handout", "worker_side", "turns",
    "watch", "workers", "intake", "elsewhere", "cache_file", "readings_cache", "read_inbox", "last_run",
    "resubmissions", "unusable", "standing", "status", "column_types", "explanations", "letter", "cell_tables",
    "returns", "given", "from_frames", "cube", "checks", "deciding", "consolidation", "display", "summary", "report",
    "csv_tables", "outputs", "tables", "register", "feedback", "cli", "__main__",
)  # fmt: skip
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def stage(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_stages(path: Path) -> set[str]:
    """Stages that a module imports when it is itself imported."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("pcmd_consolidate."):
            found.add(node.module.split(".")[1])
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_stage_imports_only_earlier_stages(path: Path) -> None:
    own = STAGES.index(stage(path))
    later = {name for name in imported_stages(path) if STAGES.index(name) > own}

    assert later == set()


def test_the_order_would_notice_an_import_that_runs_back(tmp_path: Path) -> None:
    backwards = tmp_path / "units.py"
    backwards.write_text("from pcmd_consolidate.summary import write_summary\n")

    assert {name for name in imported_stages(backwards) if STAGES.index(name) > STAGES.index("units")} == {"summary"}


@pytest.mark.parametrize("module", ["intake.read", "elsewhere"])
def test_reading_a_file_needs_no_pandas(module: str) -> None:
    """Worker processes import only this."""
    code = f"import sys, pcmd_consolidate.{module}; print('pandas' in sys.modules, 'pandera' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["False", "False"]


def test_public_names_exist_and_are_sorted() -> None:
    import pcmd_consolidate

    assert list(pcmd_consolidate.__all__) == sorted(pcmd_consolidate.__all__)
    assert all(getattr(pcmd_consolidate, name) is not None for name in pcmd_consolidate.__all__)
    assert callable(pcmd_consolidate.consolidate)


def test_there_are_about_a_dozen_public_names() -> None:
    import pcmd_consolidate

    assert pcmd_consolidate.__all__ == [
        "Campaign", "Consolidation", "PcmdError", "Returns", "campaign_from_frames", "consolidate", "new_campaign",
        "open_campaign", "progress_bar", "read_returns", "returns_from_values", "write_feedback", "write_handout",
        "write_outputs",
    ]  # fmt: skip


def test_modules_stay_small() -> None:
    long = {path.name: lines for path in MODULES if (lines := len(path.read_text("utf-8").splitlines())) > 280}

    assert long == {}

"""LibreOffice as another program that opens, recalculates and saves workbooks."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest


def convert(paths: Sequence[Path], suffix: str, folder: Path) -> None:
    """Open workbooks and save them in a format, in a folder; the test is skipped where LibreOffice is missing."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                program, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", suffix,
                "--outdir", str(folder), *map(str, paths),
            ],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip
    missing = [path.stem for path in paths if not (folder / f"{path.stem}.{suffix}").exists()]
    assert not missing, f"LibreOffice did not convert {missing}"

"""Formats that LibreOffice saves, many files at a time."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

CONVERTED = frozenset({"xls", "ods"})


def convert(paths: Sequence[Path], suffixes: Sequence[str]) -> list[Path]:
    """Convert those workbooks whose suffix asks for it; without LibreOffice they stay .xlsx."""
    program = shutil.which("soffice")
    result = list(paths)
    for suffix in CONVERTED if program else ():
        chosen = [i for i, wanted in enumerate(suffixes) if wanted == suffix]
        if chosen and program:
            saved = _saved(program, [paths[i] for i in chosen], suffix)
            for i, path in zip(chosen, saved, strict=True):
                result[i] = path
    return result


def _saved(program: str, paths: list[Path], suffix: str) -> list[Path]:
    with tempfile.TemporaryDirectory() as scratch:
        work, out = Path(scratch, "in"), Path(scratch, "out")
        work.mkdir()
        for number, path in enumerate(paths):
            shutil.move(path, work / f"{number}.xlsx")
        subprocess.run(
            [
                program, f"-env:UserInstallation=file://{scratch}/profile", "--headless", "--convert-to", suffix,
                "--outdir", str(out), *(str(work / f"{number}.xlsx") for number in range(len(paths))),
            ],
            check=True, capture_output=True, timeout=600,
        )  # fmt: skip
        targets = [path.with_suffix(f".{suffix}") for path in paths]
        for number, target in enumerate(targets):
            shutil.move(out / f"{number}.{suffix}", target)
    return targets

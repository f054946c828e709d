"""Fresh virtual environments, and what is built to be installed in them."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

PROJECT = Path(__file__).parent.parent.parent


def run(*command: str | Path, **more: str) -> str:
    """Run a command away from this project's own surroundings; its output.

    Raises:
        RuntimeError: It failed; says what it said.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(part) for part in command], env=kept | more, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def fresh_environment(folder: Path) -> Path:
    """Make a virtual environment without anything; its Python."""
    run(sys.executable, "-m", "venv", folder)
    return folder / ("Scripts" if os.name == "nt" else "bin") / "python"


def build(out: Path, kinds: Iterable[str] = ("wheel", "sdist")) -> list[Path]:
    """Build wheel and sdist with the build backend at hand."""
    for kind in kinds:
        code = f"import hatchling.build as b; b.build_{kind}({str(out)!r})"
        out.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=True, capture_output=True)
    return sorted(out.iterdir())


def lower_bounds() -> list[str]:
    """The oldest version of each requirement that ``pyproject.toml`` allows, and of those of Word and Parquet."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    return [
        requirement.replace(">=", "==")
        for requirement in (*project["dependencies"], *extras["word"], *extras["parquet"])
    ]

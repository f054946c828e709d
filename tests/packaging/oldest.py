"""Run the core of the tests with the oldest versions that ``pyproject.toml`` allows.

    python -m tests.packaging.oldest [FOLDER]

Needs a network (or a local index). The environment is made in FOLDER, and kept there, where one is given.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.packaging.environments import PROJECT, fresh_environment, lower_bounds, run

CORE = (
    "forms", "checks", "handout", "feedback", "report", "summary", "test_campaign.py", "test_cli.py",
    "test_cli_language.py", "test_column_types.py", "test_consolidation.py", "test_decisions.py", "test_display.py",
    "test_from_frames.py", "test_outputs.py", "test_resubmissions.py", "test_round_trip.py",
)  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(name) / "oldest"
        python = fresh_environment(folder)
        tools = ("pytest", "pytest-xdist", "hypothesis", "nbclient", "nbformat", "ipykernel")
        run(python, "-m", "pip", "install", "--quiet", *lower_bounds(), *tools)
        print("\n".join(lower_bounds()), flush=True)
        tests = [f"tests/{part}" for part in CORE]
        own = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        done = subprocess.run([python, "-m", "pytest", "-q", *tests], cwd=PROJECT, env=own, check=False)
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()

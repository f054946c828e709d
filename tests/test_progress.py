"""A progress bar where someone looks at it, and nowhere else."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from pcmd_consolidate import progress_bar

SOURCE = str(Path(__file__).parent.parent)
CODE = """\
import pcmd_consolidate as pcmd
with pcmd.progress_bar("Đọc thử") as told:
    for done in range(1, 251):
        told(done, 250)
"""


def test_it_is_silent_where_nobody_looks(capfd: pytest.CaptureFixture[str]) -> None:
    with progress_bar() as told:
        told(1, 2)

    assert capfd.readouterr() == ("", "")


def test_a_terminal_sees_how_far_it_is() -> None:
    pty = pytest.importorskip("pty", reason="no terminals of this kind here")
    parent, child = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": SOURCE, "TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen([sys.executable, "-c", CODE], stderr=child, env=environment) as process:
        os.close(child)
        seen = io.BytesIO()
        try:
            while piece := os.read(parent, 4096):
                seen.write(piece)
        except OSError:  # the other end is closed
            pass
        assert process.wait() == 0
    os.close(parent)

    assert "Đọc thử" in seen.getvalue().decode("utf-8")
    assert "250/250" in seen.getvalue().decode("utf-8")


def test_a_notebook_shows_one_bar_that_grows() -> None:
    notebook: Any = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CODE)])  # type: ignore[no-untyped-call]
    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": SOURCE}}).execute()
    outputs = notebook.cells[0]["outputs"]

    assert len(outputs) == 1
    assert outputs[0]["data"]["text/html"] == 'Đọc thử <progress value="250" max="250"></progress> 250/250'

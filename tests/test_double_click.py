"""The scripts for Windows that a new campaign comes with."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pcmd_consolidate import new_campaign
from pcmd_consolidate.cli import app

COMMANDS = {
    "phat-bieu.bat": "handout",
    "tong-hop.bat": "consolidate",
    "phan-hoi.bat": "feedback",
    "chua-nop.bat": "status",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return new_campaign(tmp_path / "Đợt 1 (thử) & nháp", "Huế").folder


def test_a_new_campaign_has_a_script_for_each_step(folder: Path) -> None:
    assert {path.name for path in folder.glob("*.bat")} == set(COMMANDS)


@pytest.mark.parametrize(("name", "command"), COMMANDS.items())
def test_a_script_runs_its_command_on_its_own_folder(name: str, command: str, folder: Path) -> None:
    lines = (folder / name).read_bytes().decode("ascii").split("\r\n")

    assert lines[0] == "@echo off"
    assert "chcp 65001 >nul" in lines
    assert f'"%PYTHON%" -m pcmd_consolidate {command} "%~dp0."' in lines
    assert [line for line in lines if ".venv" in line] == [
        f'if exist "%~dp0{place}.venv\\Scripts\\python.exe" set "PYTHON=%~dp0{place}.venv\\Scripts\\python.exe"'
        for place in ("..\\..\\", "..\\", "")  # the nearest counts
    ]
    assert lines[-2:] == ["pause", ""]
    assert command in app.commands


@pytest.mark.parametrize("name", COMMANDS)
def test_a_script_names_no_place_of_this_machine(name: str, folder: Path) -> None:
    assert not re.search(r"[A-Za-z]:\\|/tmp|/home", (folder / name).read_text("ascii"))


def test_what_a_script_calls_runs(folder: Path) -> None:
    """``%~dp0.`` is the script's folder, a separator and a full stop."""
    command = [sys.executable, "-m", "pcmd_consolidate", "status", f"{folder}/."]

    done = subprocess.run(command, capture_output=True, check=False, text=True, encoding="utf-8")

    assert (done.returncode, done.stderr) == (0, "")
    assert "Phụ lục IIA: 40 đơn vị chưa nộp" in done.stdout


@pytest.mark.skipif(shutil.which("cmd.exe") is None, reason="needs Windows")
def test_a_double_click(folder: Path) -> None:
    command = ["cmd.exe", "/c", str(folder / "chua-nop.bat")]

    done = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)

    assert "Phụ lục IIA: 40 đơn vị chưa nộp" in done.stdout.decode("utf-8")

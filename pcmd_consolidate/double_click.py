"""Scripts that run the main commands on a campaign's folder by a double click, on Windows.

They hold no path of the machine they were written on, so the folder may be moved or copied.
"""

from __future__ import annotations

from pathlib import Path

SCRIPTS = {
    "phat-bieu.bat": "handout",
    "tong-hop.bat": "consolidate",
    "phan-hoi.bat": "feedback",
    "chua-nop.bat": "status",
}
"""Name of a script → the command it runs."""

_SCRIPT = """\
@echo off
setlocal
chcp 65001 >nul
set "PYTHON=py"
where py >nul 2>nul || set "PYTHON=python"
if exist "%~dp0.venv\\Scripts\\python.exe" set "PYTHON=%~dp0.venv\\Scripts\\python.exe"
if exist "%~dp0..\\.venv\\Scripts\\python.exe" set "PYTHON=%~dp0..\\.venv\\Scripts\\python.exe"
"%PYTHON%" -m pcmd_consolidate {command} "%~dp0."
echo.
pause
"""


def write_scripts(folder: Path) -> None:
    """Write the scripts into a campaign's folder, as Windows reads them (plain letters, CRLF)."""
    for name, command in SCRIPTS.items():
        (folder / name).write_text(_SCRIPT.format(command=command), encoding="ascii", newline="\r\n")

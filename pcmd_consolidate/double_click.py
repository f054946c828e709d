"""Scripts that run the main commands on a campaign's folder by a double click, on Windows.

They hold no path of the machine they were written on, so the folder may be moved or copied.
"""

from __future__ import annotations

from pathlib import Path

_ABOVE = ("..\\..\\", "..\\", "")
"""Where the virtual environment may be, seen from the campaign's folder; the last that is there counts."""
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
{environments}
"%PYTHON%" -m pcmd_consolidate {command} "%~dp0."
echo.
pause
"""


def write_scripts(folder: Path) -> None:
    """Write the scripts into a campaign's folder, as Windows reads them (plain letters, CRLF)."""
    pythons = [f"%~dp0{above}.venv\\Scripts\\python.exe" for above in _ABOVE]
    environments = "\n".join(f'if exist "{python}" set "PYTHON={python}"' for python in pythons)
    for name, command in SCRIPTS.items():
        script = _SCRIPT.format(command=command, environments=environments)
        (folder / name).write_text(script, encoding="ascii", newline="\r\n")

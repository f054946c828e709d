"""Everything that the README tells to run is run, and says what the README says it does."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from pcmd_consolidate.cli import app
from pcmd_consolidate.double_click import SCRIPTS

PROJECT = Path(__file__).parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```\n", README, re.MULTILINE | re.DOTALL)
INLINE = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```\n", "", README, flags=re.MULTILINE | re.DOTALL))
SHELL = [text for kind, text in BLOCKS if kind == "sh"]
SNIPPETS = [
    (text, BLOCKS[place + 1][1] if BLOCKS[place + 1][0] == "text" else "")
    for place, (kind, text) in enumerate(BLOCKS)
    if kind == "python"
]
CALLS = [call for call in dict.fromkeys(INLINE) if call.startswith("pcmd ") and len(call.split()) > 2]
STEPS = re.findall(r"`(pcmd [^`]+)`", README.partition("### Mười bước")[2].partition("### ")[0])


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project as it is handed on."""
    left = (".git", ".venv*", "__pycache__", ".*_cache", ".pcmd", "ket-qua", "phan-hoi", "phat-hanh", "*.egg-info")
    return Path(
        shutil.copytree(PROJECT, tmp_path_factory.mktemp("readme") / "pcmd", ignore=shutil.ignore_patterns(*left))
    )


def surroundings(copy: Path) -> dict[str, str]:
    """The shell of a user who has the requirements at hand, so that nothing is fetched, and ``pcmd`` on the path."""
    tools = copy.parent / "tools"
    tools.mkdir(exist_ok=True)
    for name, call in {
        "pcmd": "-m pcmd_consolidate",
        "pytest": "-m pytest",
        "ruff": "-m ruff",
        "mypy": "-m mypy",
    }.items():
        script = tools / name
        script.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {call} "$@"\n')
        script.chmod(0o755)
    (tools / "python3").unlink(missing_ok=True)
    (tools / "python3").symlink_to(sys.executable)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTEST", "PCMD"))}
    return {
        **kept,
        "PATH": os.pathsep.join([str(tools), os.environ["PATH"]]),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(copy), *site_folders()])),
        "PIP_NO_INDEX": "1",
        "PIP_NO_BUILD_ISOLATION": "0",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PYTEST_ADDOPTS": "tests/test_vietnamese.py",
    }


def site_folders() -> Iterator[str]:
    yield sysconfig.get_path("purelib")
    yield from filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))


def ran(command: str, copy: Path) -> str:
    done = subprocess.run(
        ["bash", "-euc", command], cwd=copy, env=surroundings(copy), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_has_what_a_newcomer_looks_for() -> None:
    assert (len(SHELL), len(SNIPPETS), len(STEPS)) == (4, 3, 8)
    assert re.findall(r"^## (.+)", README, re.MULTILINE) == [
        "Try it", "In Python", "Command line", "Hướng dẫn nhanh", "What it writes", "What it does with what it reads",
        "One level up", "What it reads", "More machines", "Speed", "Limits", "Where to change what", "Contributing",
    ]  # fmt: skip
    assert re.findall(r"^(\d+)\. \*\*", README, re.MULTILINE) == [str(step) for step in range(1, 11)]


@pytest.mark.skipif(os.name == "nt", reason="for bash")
@pytest.mark.parametrize("command", [block for block in SHELL if "install" in block])
def test_the_commands_that_install(command: str, copy: Path) -> None:
    for requirement in ("hatchling", "editables", "matplotlib", "pyarrow", "docx"):
        pytest.importorskip(requirement, reason="nothing is fetched")
    shutil.rmtree(copy / ".venv", ignore_errors=True)
    # what is at hand already is not installed again, and so brings no .venv/bin/pytest
    said = ran(command.replace(".venv/bin/pytest", ".venv/bin/python -m pytest"), copy)

    assert "Successfully installed pcmd" in said
    if "consolidate" in command:
        assert (copy / "samples" / "dong-nai" / "ket-qua" / "tong-hop-pcmd.xlsx").is_file()
    else:
        assert re.search(r"\d+ passed", said)


@pytest.mark.skipif(os.name == "nt", reason="for bash")
@pytest.mark.parametrize("block", [block for block in SHELL if "install" not in block and "mypy" not in block])
def test_the_other_commands(block: str, copy: Path) -> None:
    said = ran(block, copy)

    assert "Usage: pcmd" in said
    assert "Phụ lục IIA: 15/95 đơn vị đã nộp, trong đó 2 đơn vị nộp quá hạn. Còn 80 đơn vị chưa nộp: " in said


def test_the_checks_are_those_of_the_project() -> None:
    block = next(block for block in SHELL if "mypy" in block)
    project = (PROJECT / ".ci" / "run").read_text(encoding="utf-8")

    assert [line for line in re.split(r" && |\n", block) if line and "pytest" not in line] == [
        "ruff check .", "ruff format --check .", "mypy",
    ]  # fmt: skip
    assert all(f".venv/bin/{check}" in project for check in ("ruff check .", "ruff format --check .", "mypy"))


@pytest.mark.parametrize(("snippet", "output"), SNIPPETS, ids=lambda text: text.split("\n")[0])
def test_the_snippets_print_what_they_are_said_to(snippet: str, output: str, copy: Path) -> None:
    here = snippet.replace('Client("tcp://scheduler:8786")', "Client(processes=False, dashboard_address=None)")
    strict = ["-W", "error"] if here == snippet else []
    done = subprocess.run(
        [sys.executable, *strict, "-c", here],
        cwd=copy, env=surroundings(copy), capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip

    assert done.stderr == ""
    assert [line.rstrip() for line in done.stdout.splitlines()] == [line.rstrip() for line in output.splitlines()]


@pytest.mark.parametrize("call", CALLS)
def test_every_call_that_is_mentioned_is_a_call(call: str) -> None:
    _, name, *args = shlex.split(call.replace("\\", "/"))

    assert app.commands[name].make_context(name, args)


def test_the_ten_steps_can_be_taken(tmp_path: Path, copy: Path) -> None:
    pytest.importorskip("docx", reason="writes the report")
    for call in dict.fromkeys(STEPS):
        done = subprocess.run(
            [sys.executable, "-m", "pcmd_consolidate", *shlex.split(call)[1:]],
            cwd=tmp_path, env=surroundings(copy), capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        nobody_has_answered = done.stderr.startswith("Chưa thể trình ký: còn ")
        assert done.returncode == (3 if "--strict" in call else 0), call
        assert nobody_has_answered if "--strict" in call else done.stderr == "", call
    written = {path.name for path in (tmp_path / "dong-nai").iterdir()}

    assert {"phat-hanh", "inbox", "ket-qua", "phan-hoi", "so-quyet-dinh.xlsx", *SCRIPTS} <= written


def test_windows_is_told_the_same() -> None:
    lines = next(text for kind, text in BLOCKS if kind == "bat").splitlines()
    table = dict(re.findall(r"^\| `([\w-]+\.bat)` \| `pcmd (\w+) dong-nai`", README, re.MULTILINE))

    assert lines[:2] == ["py -m venv .venv", r".venv\Scripts\pip install .[word]"]
    assert lines[2].removeprefix(".venv\\Scripts\\") in STEPS
    assert table == SCRIPTS


def test_every_option_that_is_mentioned_exists() -> None:
    options = {name for command in (app, *app.commands.values()) for p in command.params for name in p.opts}
    named = {option for text in INLINE for option in re.findall(r"(?<![\w-])--[a-z]+", text)}

    assert named - options - {"--predecessors"} == set()


@pytest.mark.parametrize(
    "path", sorted({p for p in INLINE if re.fullmatch(r"(pcmd_consolidate|samples|tests)/\S+", p)})
)
def test_every_file_that_is_mentioned_is_there(path: str) -> None:
    assert list(PROJECT.glob(path)) or "ket-qua" in path


def test_the_picture_is_there_and_small() -> None:
    (picture,) = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)

    assert (PROJECT / picture).read_bytes().startswith(b"\x89PNG")
    assert (PROJECT / picture).stat().st_size < 200_000


def test_every_public_name_is_documented_and_typed() -> None:
    import inspect

    import pcmd_consolidate

    for name in pcmd_consolidate.__all__:
        thing = getattr(pcmd_consolidate, name)
        assert inspect.getdoc(thing), name
        if inspect.isfunction(thing):
            assert set(thing.__annotations__) >= {*inspect.signature(thing).parameters, "return"}, name


def test_a_command_is_a_command() -> None:
    assert all(isinstance(command, click.Command) for command in app.commands.values())

"""The command line in two languages, on a terminal and off it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from pcmd_consolidate import new_campaign
from pcmd_consolidate.cli import app, main
from pcmd_consolidate.cli.english import ENGLISH

SOURCE = str(Path(__file__).parent.parent)
VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]")
NAMES = ("Cần sửa",)  # what an English page quotes


@pytest.fixture(autouse=True)
def no_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PCMD_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


def said(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stopped:
        main(list(args))
    out, err = capsys.readouterr()
    assert isinstance(stopped.value.code, int)
    return stopped.value.code, out, err


@pytest.mark.parametrize("call", [["--lang", "en", "--help"], ["--help", "--lang", "en"], ["--lang=en", "-h"]])
def test_help_in_english(call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, *call)

    assert (code, err) == (0, "")
    assert out.startswith("Usage: pcmd [OPTIONS] COMMAND [...]\n")
    assert "handout      Write a blank workbook for each unit, to be handed out." in out


@pytest.mark.parametrize("name", [None, *app.commands])
def test_every_help_page_is_english_throughout(name: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = said(capsys, *([name] if name else []), "--help", "--lang", "en")
    left = out
    for quoted in NAMES:
        left = left.replace(quoted, "")

    # the example names a province
    assert VIETNAMESE.findall(left.replace("Đồng Nai", "")) == []
    assert not re.search(r"\b(THU_MUC|TUY_CHON|TEN|TEP|NGAY|LENH)\b", out)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", app.commands)
def test_every_help_page_has_an_example_that_can_be_called(
    name: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = said(capsys, name, "--help", "--lang", language)
    example = re.search(r"(?:Ví dụ|Example): (pcmd .*)", out)

    assert example is not None
    assert app.commands[name].make_context(name, re.findall(r'"[^"]*"|\S+', example[1])[2:]) is not None


def test_every_text_of_a_help_page_is_said_in_english() -> None:
    options = [p.help for c in (app, *app.commands.values()) for p in c.params if isinstance(p, click.Option)]
    texts = {app.help, *(c.help for c in app.commands.values()), *options}

    assert {text for text in texts if text} - set(ENGLISH) == set()


@pytest.mark.parametrize(
    ("surroundings", "first"),
    [
        ({}, "Cách dùng"),
        ({"LANG": "C.UTF-8"}, "Cách dùng"),
        ({"LANG": "vi_VN.UTF-8"}, "Cách dùng"),
        ({"LANG": "en_GB.UTF-8"}, "Usage"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "vi_VN.UTF-8"}, "Cách dùng"),
        ({"LANG": "en_GB.UTF-8", "PCMD_LANG": "vi"}, "Cách dùng"),
        ({"PCMD_LANG": "en"}, "Usage"),
        ({"PCMD_LANG": "fr"}, "Cách dùng"),
    ],
)
def test_the_language_of_the_surroundings(
    surroundings: dict[str, str], first: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)

    assert said(capsys, "--help")[1].startswith(f"{first}: pcmd")


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (["tong-hop"], "Error: There is no such command; the commands are: new, handout,"),
        (["status", "dot", "--sai"], "Error: There is no option --sai. See: pcmd status --help\n"),
        (["status"], "Error: The argument FOLDER is missing. See: pcmd status --help\n"),
        (["new", "moi"], "Error: The option --province is missing. See: pcmd new --help\n"),
        (["new", "moi", "--province"], "Error: The option --province has no value, or one too many."),
        (
            ["consolidate", "dot", "--jobs", "hai"],
            "Error: The value «hai» of --jobs cannot be used: it must be a whole number from 1 to 64. See:",
        ),
        (["status", "a", "b"], "Error: Too many or wrong arguments. A path with spaces needs quotation marks."),
    ],
)
def test_a_wrong_call_is_told_in_english(call: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, *call, "--lang", "en")

    assert (code, out) == (2, "")
    assert err.startswith(told)


@pytest.mark.parametrize("call", [["--lang", "fr", "--help"], ["--help", "--lang"], ["--lang=", "--help"]])
def test_a_language_that_is_not_spoken(call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, *call)
    value = "fr" if "fr" in call else ""

    assert (code, out) == (2, "")
    assert err == f"Lỗi: Giá trị «{value}» của --lang không hợp lệ: chọn vi, en. Xem hướng dẫn: pcmd --help\n"


def test_a_value_out_of_bounds_is_told_what_is_meant(capsys: pytest.CaptureFixture[str]) -> None:
    _, _, err = said(capsys, "feedback", "dot", "--today", "31/12/2025")

    assert "của --today không hợp lệ: phải ghi dạng năm-tháng-ngày, ví dụ 2025-08-30." in err


# ---- faults of the program ------------------------------------------------------------------------------------------


def test_a_fault_of_the_program_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("chia cho 0")

    monkeypatch.setattr("pcmd_consolidate.campaign.open_campaign", broken)
    code, out, err = said(capsys, "status", "dot")
    kept = Path(err.rsplit(": ", 1)[1].strip())

    assert (code, out) == (1, "")
    assert err.startswith("Lỗi: Chương trình gặp lỗi ngoài dự kiến (ZeroDivisionError: chia cho 0).")
    assert "ZeroDivisionError: chia cho 0" in kept.read_text(encoding="utf-8")
    kept.unlink()


# ---- terminals ------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return new_campaign(tmp_path / "hue", "Huế").folder


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "LANG")}
    return {**kept, "PYTHONPATH": SOURCE, "TERM": "xterm-256color", **more}


def on_a_terminal(*args: str, **more: str) -> str:
    pty = pytest.importorskip("pty", reason="no terminals of this kind here")
    parent, child = pty.openpty()
    command = [sys.executable, "-m", "pcmd_consolidate", *args]
    with subprocess.Popen(command, stdout=child, stderr=child, env=environment(**more)) as process:
        os.close(child)
        read = b""
        try:
            while piece := os.read(parent, 4096):
                read += piece
        except OSError:  # the other end is closed
            pass
        process.wait()
    os.close(parent)
    return read.decode("utf-8")


def test_a_mistake_is_red_on_a_terminal_only() -> None:
    piped = subprocess.run(
        [sys.executable, "-m", "pcmd_consolidate", "sai"], capture_output=True, env=environment(), check=False
    )

    assert "\x1b[31m" in on_a_terminal("sai")
    assert "\x1b" not in on_a_terminal("sai", NO_COLOR="1")
    assert b"\x1b" not in piped.stderr + piped.stdout


def test_status_has_no_escapes_in_a_pipe(folder: Path) -> None:
    piped = subprocess.run(
        [sys.executable, "-m", "pcmd_consolidate", "status", str(folder)],
        capture_output=True, env=environment(), check=True,
    )  # fmt: skip

    assert b"\x1b" not in piped.stdout + piped.stderr


# ---- start and completion -------------------------------------------------------------------------------------------


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom pcmd_consolidate.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('pandas', 'numpy', 'pandera', 'openpyxl', 'rich', 'lxml') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment(), check=True)

    assert done.stdout.splitlines()[-1] == "[]"


def test_a_shell_completes_commands() -> None:
    asked = {"_PCMD_COMPLETE": "zsh_complete", "COMP_WORDS": "pcmd ha", "COMP_CWORD": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "pcmd_consolidate"],
        capture_output=True,
        text=True,
        env=environment(**asked),
        check=False,
    )

    assert done.stdout.splitlines()[:2] == ["plain", "handout"]


def test_what_is_wrong_with_a_round_is_told_in_one_language(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    _, _, err = said(capsys, "status", str(tmp_path / "nope"), "--lang", "en")

    assert err.startswith(f"Lỗi: {tmp_path / 'nope'}: không có thư mục này")

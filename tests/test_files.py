"""Files that appear whole or not at all, whatever happens meanwhile."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pcmd_consolidate import files
from pcmd_consolidate.errors import BusyError, OutputError
from pcmd_consolidate.files import JOURNAL, written_together, written_whole
from pcmd_consolidate.locks import LOCK, locked

SOURCE = str(Path(__file__).parent.parent)
NAMES = ("a.csv", "b.csv", "c.xlsx")


def put(folder: Path, words: str) -> None:
    with written_together([folder / name for name in NAMES]) as besides:
        for beside in besides:
            beside.write_text(words)


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted(folder.iterdir())}


def test_all_are_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    put(tmp_path, "old")
    put(tmp_path, "new")

    assert contents(tmp_path) == dict.fromkeys(NAMES, "new")


def test_a_fault_while_writing_leaves_the_old_ones(tmp_path: Path) -> None:
    put(tmp_path, "old")

    def fill_the_disk() -> None:
        with written_together([tmp_path / name for name in NAMES]) as besides:
            besides[0].write_text("new")
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OutputError, match="ổ đĩa đã đầy"):
        fill_the_disk()

    assert contents(tmp_path) == dict.fromkeys(NAMES, "old")


@pytest.mark.parametrize("failing", NAMES)
def test_a_file_that_is_open_elsewhere_leaves_the_old_ones(
    tmp_path: Path, failing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "old")
    replace = os.replace

    def refuse(source: str | Path, target: str | Path) -> None:
        if Path(target).name == failing and not Path(source).name.endswith(".old"):
            raise PermissionError(errno.EACCES, "locked")
        replace(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OutputError, match=f"{failing}.*đóng lại"):
        put(tmp_path, "new")

    assert contents(tmp_path) == dict.fromkeys(NAMES, "old")


def test_what_a_killed_run_had_begun_to_put_in_place_is_finished(tmp_path: Path) -> None:
    put(tmp_path, "old")
    (tmp_path / "a.csv").write_text("new")
    for name in NAMES[1:]:
        (tmp_path / f".{name}-x").write_text("new")
    (tmp_path / JOURNAL).write_text(json.dumps([[".a.csv-x", "a.csv"], *([f".{n}-x", n] for n in NAMES[1:])]))

    files.finish_interrupted(tmp_path, [tmp_path / name for name in NAMES])

    assert contents(tmp_path) == dict.fromkeys(NAMES, "new")


@pytest.mark.parametrize("noted", ["", "{", "[1]", '{"a": 1}', "null", "[" * 100_000, '[["a"]]'])
def test_a_damaged_note_of_a_killed_run_stops_nothing(noted: str, tmp_path: Path) -> None:
    (tmp_path / JOURNAL).write_text(noted)
    put(tmp_path, "new")

    assert contents(tmp_path) == dict.fromkeys(NAMES, "new")


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    (tmp_path / ".a-abc.csv").write_text("half")
    put(tmp_path, "new")

    assert contents(tmp_path) == dict.fromkeys(NAMES, "new")


def test_a_second_run_declines(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(BusyError, match="một lượt chạy khác"):
        put(tmp_path, "new")
    put(tmp_path, "new")

    assert contents(tmp_path) == dict.fromkeys(NAMES, "new")


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    code = (
        "import sys, time, pathlib\nfrom pcmd_consolidate.locks import locked\n"
        f"with locked(pathlib.Path({str(tmp_path)!r})):\n    print('held', flush=True)\n    time.sleep(60)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": SOURCE}
    )
    with process:
        yield process
        process.kill()


def test_the_lock_of_a_killed_run_does_not_stay(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(BusyError):
        put(tmp_path, "new")
    holder.kill()
    holder.wait()
    assert (tmp_path / LOCK).exists()

    put(tmp_path, "new")

    assert contents(tmp_path) == dict.fromkeys(NAMES, "new")


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_a_run_killed_at_any_point_leaves_the_old_files_or_the_new(tmp_path: Path) -> None:
    put(tmp_path, "0")
    code = (
        "import sys, pathlib, itertools\nfrom pcmd_consolidate.files import written_together\n"
        f"paths = [pathlib.Path({str(tmp_path)!r}) / n for n in {NAMES!r}]\nprint('go', flush=True)\n"
        "for i in itertools.count(1):\n    with written_together(paths) as besides:\n"
        "        for beside in besides:\n            beside.write_text(str(i) * 2000)"
    )
    rng = random.Random(1)
    for _ in range(12):
        process = subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": SOURCE}
        )
        with process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(rng.uniform(0, 0.1))
            process.send_signal(signal.SIGKILL)
        with locked(tmp_path):
            files.finish_interrupted(tmp_path, [tmp_path / name for name in NAMES])
        found = {(tmp_path / name).read_text() for name in NAMES}
        assert len(found) == 1, {text[:20] for text in found}
        assert sorted(os.listdir(tmp_path)) == list(NAMES)


def test_a_single_file_needs_no_lock(tmp_path: Path) -> None:
    with locked(tmp_path), written_whole(tmp_path / "a.csv") as beside:
        beside.write_text("new")

    assert (tmp_path / "a.csv").read_text() == "new"

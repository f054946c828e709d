"""Worker processes that die, hang or eat, and what becomes of the calls beside them."""

from __future__ import annotations

import functools
import math
import operator
import os
import pickle
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pcmd_consolidate import new_campaign, read_returns
from pcmd_consolidate import workers as workers_module
from pcmd_consolidate.errors import NoWorkerError, WorkerError, WorkerMemoryError, WorkerTimeoutError
from pcmd_consolidate.workers import GuardedExecutor, InProcessExecutor, sensible_jobs

SOURCE = str(Path(__file__).parent.parent)


@pytest.fixture(scope="module")
def workers() -> Iterator[GuardedExecutor]:
    with GuardedExecutor(2, seconds=4.0, memory=300_000_000) as executor:
        yield executor


def test_results_come_back_in_their_order(workers: GuardedExecutor) -> None:
    assert list(workers.map(math.factorial, range(6))) == [1, 1, 2, 6, 24, 120]


def test_calls_take_further_arguments(workers: GuardedExecutor) -> None:
    assert workers.submit(int, "ff", base=16).result() == 255


def test_what_a_function_raises_is_raised(workers: GuardedExecutor) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        workers.submit(int, "a").result()


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
def test_a_worker_that_dies_costs_its_own_call(workers: GuardedExecutor, how: signal.Signals) -> None:
    calls = [workers.submit(math.factorial, 4), workers.submit(signal.raise_signal, how)]
    calls += [workers.submit(math.factorial, 5) for _ in range(6)]

    with pytest.raises(WorkerError, match=f"-{int(how)}"):
        calls.pop(1).result()
    assert [call.result() for call in calls] == [24, 120, 120, 120, 120, 120, 120]


def test_a_worker_that_ends_itself_costs_its_own_call(workers: GuardedExecutor) -> None:
    with pytest.raises(WorkerError):
        workers.submit(os._exit, 0).result()
    assert workers.submit(math.factorial, 3).result() == 6


def test_a_worker_that_hangs_is_ended(workers: GuardedExecutor) -> None:
    began = time.monotonic()
    with pytest.raises(WorkerTimeoutError, match="4 giây"):
        workers.submit(time.sleep, 60).result()
    assert time.monotonic() - began < 20
    assert workers.submit(math.factorial, 3).result() == 6


@pytest.mark.parametrize("done_before", [0, 1])
def test_a_worker_that_nobody_ends_ends_itself(done_before: int) -> None:
    serve = "from pcmd_consolidate import worker_side; worker_side._GRACE = 0.5; worker_side.serve(0.5, 10**9, [])"
    calls: list[tuple[object, int]] = [(math.factorial, 3)] * done_before + [(time.sleep, 60)]
    pieces = [pickle.dumps(part) for function, argument in calls for part in (function, ((argument,), {}))]
    sent = b"".join(struct.pack("<Q", len(piece)) + piece for piece in pieces)
    began = time.monotonic()

    done = subprocess.run([sys.executable, "-c", serve], input=sent, capture_output=True, cwd=SOURCE, timeout=30)

    assert done.returncode != 0
    assert time.monotonic() - began < 15
    assert (pickle.dumps(("returned", 6), pickle.HIGHEST_PROTOCOL) in done.stdout) is bool(done_before)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system keeps no limit of memory")
def test_a_worker_that_eats_is_refused(workers: GuardedExecutor) -> None:
    with pytest.raises(WorkerMemoryError):
        workers.submit(operator.mul, b"x", 2_000_000_000).result()
    assert workers.submit(math.factorial, 3).result() == 6


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system keeps no limit of memory")
def test_a_call_too_large_for_its_share_is_made_again_alone() -> None:
    with GuardedExecutor(4, seconds=20, memory=600_000_000) as executor:
        calls = [executor.submit(eval, f"len(bytes({size}))") for size in (200_000_000, 1, 200_000_000, 500_000_000)]
        assert [call.result() for call in calls[:3]] == [200_000_000, 1, 200_000_000]
        with pytest.raises(WorkerMemoryError):
            calls[3].result()
        assert executor.submit(math.factorial, 3).result() == 6


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system keeps no limit of memory")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_call_may_need_as_much_whatever_the_number_of_workers(jobs: int) -> None:
    with GuardedExecutor(jobs) as executor:
        assert executor.submit(eval, "len(bytes(350_000_000))").result() == 350_000_000
        with pytest.raises(WorkerMemoryError):
            executor.submit(eval, "len(bytes(500_000_000))").result()


def test_what_a_library_prints_does_no_harm(workers: GuardedExecutor) -> None:
    assert workers.submit(os.write, 1, b"noise").result() == 5
    assert workers.submit(print, "noise").result() is None
    assert workers.submit(math.factorial, 3).result() == 6


def test_other_functions_may_follow_each_other(workers: GuardedExecutor) -> None:
    results = [workers.submit(functools.partial(operator.add, n), 1).result() for n in range(20)]

    assert results == list(range(1, 21))


def test_a_script_without_a_guard_of_its_main_part_can_use_workers(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import math\nfrom pcmd_consolidate.workers import GuardedExecutor\n"
        "with GuardedExecutor(1) as e:\n    print(list(e.map(math.factorial, [3, 4])))\n"
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": SOURCE},
    )

    assert done.stdout == "[6, 24]\n"


def test_workers_end_with_the_process_that_started_them() -> None:
    code = (
        "import os, sys\nfrom pcmd_consolidate.workers import GuardedExecutor\n"
        "e = GuardedExecutor(1, seconds=1)\nprint(e.submit(os.getpid).result(), flush=True)\nos._exit(0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": SOURCE},
    )
    deadline = time.monotonic() + 10
    while _alive(int(done.stdout)) and time.monotonic() < deadline:
        time.sleep(0.05)

    assert not _alive(int(done.stdout))


def _alive(process: int) -> bool:
    state = Path(f"/proc/{process}/stat")
    if state.parent.parent.exists() and not state.exists():
        return False
    try:
        return state.read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_worker_that_reads_returns_loads_no_pandas() -> None:
    with GuardedExecutor(1, preload=("pcmd_consolidate.intake.read",)) as executor:
        loaded = executor.submit(eval, "sorted(__import__('sys').modules)").result()

    assert "pcmd_consolidate.intake.read" in loaded
    assert {"pandas", "pandera", "openpyxl", "xlsxwriter"}.isdisjoint(loaded)


def test_in_process() -> None:
    executor = InProcessExecutor()

    assert list(executor.map(math.factorial, range(4))) == [1, 1, 2, 6]
    assert isinstance(executor.submit(int, "a").exception(), ValueError)


def test_few_files_start_few_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 16)
    assert [sensible_jobs(files) for files in (0, 1, 24, 25, 60, 5000)] == [1, 1, 1, 2, 3, 4]
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert sensible_jobs(5000) == 2


def test_workers_that_cannot_be_started_are_told_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with GuardedExecutor(2) as executor:
        calls = [executor.submit(math.factorial, 3) for _ in range(4)]
        for call in calls:
            with pytest.raises(NoWorkerError, match="Không mở được tiến trình"):
                call.result(20)


def test_a_worker_is_started_once_that_is_possible(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with GuardedExecutor(1) as executor:
        with pytest.raises(NoWorkerError):
            executor.submit(math.factorial, 3).result(20)
        monkeypatch.undo()
        assert executor.submit(math.factorial, 3).result(20) == 6


def test_nothing_is_read_where_no_worker_can_be_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    campaign = new_campaign(tmp_path / "dot", "Đồng Nai")
    (campaign.inbox / "bieu.csv").write_text("1;2", encoding="utf-8")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(workers_module, "_shared", [])
    with pytest.raises(NoWorkerError):
        read_returns(campaign)

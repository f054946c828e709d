"""Returns read by executors of another make: the same to the byte, whatever becomes of their processes."""

from __future__ import annotations

import functools
import logging
import multiprocessing
import os
import pickle
import shutil
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import distributed

    from tests.hostile import containers, sheets

from pcmd_consolidate import Campaign, consolidate, elsewhere, open_campaign, read_returns
from pcmd_consolidate.csv_tables import csv_text
from pcmd_consolidate.elsewhere import Elsewhere, ExecutorWarning, order_of
from pcmd_consolidate.errors import WorkerError
from pcmd_consolidate.intake.inbox import find_all
from pcmd_consolidate.intake.read_all import Read, read_all, read_within
from pcmd_consolidate.readings_cache import CACHE_FILE, open_cache
from pcmd_consolidate.workers import GuardedExecutor, InProcessExecutor
from tests.hostile.case import CASES
from tests.spoilt_reading import read_or_fail

assert containers
assert sheets

SAMPLE = Path(__file__).parent.parent / "samples" / "dong-nai"
FROM_STRANGERS = ("hai-phan-trung-ten.xlsx", "cat-nua.xlsx", "rong.xlsx", "phan-ten-rong.zip", "bom-150MB.xlsx")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such signals")


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """The sample, and what strangers send."""
    folder = tmp_path_factory.mktemp("campaign") / "dong-nai"
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("ket-qua", ".pcmd"))
    for name in FROM_STRANGERS:
        CASES[name].put(folder / "inbox" / name)
    return open_campaign(folder)


def told(campaign: Campaign, **given: Any) -> str:
    """Both tables that everything else is derived from, as they are written."""
    result = consolidate(read_returns(campaign, **given))
    return csv_text(result.values) + csv_text(result.findings)


@pytest.fixture(scope="module")
def expected(campaign: Campaign) -> str:
    return told(campaign, jobs=1)


@pytest.fixture(scope="module")
def cluster() -> Iterator[distributed.Client]:
    """Two processes that know nothing of each other's files."""
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=logging.CRITICAL
        ) as cluster,
        distributed.Client(cluster) as connected,
    ):
        yield connected


@pytest.fixture
def client(cluster: distributed.Client) -> distributed.Client:
    """The cluster, once all of it is up."""
    cluster.wait_for_workers(2, timeout=60)
    return cluster


def processes(client: distributed.Client) -> list[int]:
    return sorted(client.run(os.getpid).values())


class Disturbed(Executor):
    """Another executor, to which something happens in the middle."""

    def __init__(self, executor: Executor, happens: Callable[[], object]) -> None:
        self._executor = executor
        self._happens = happens
        self._calls = 0

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:
        self._calls += 1
        if self._calls == 2:
            self._happens()
        return self._executor.submit(*args, **kwargs)


def killing(process: int) -> Callable[[], object]:
    return functools.partial(os.kill, process, signal.SIGKILL)


def test_two_workers(campaign: Campaign, expected: str) -> None:
    assert told(campaign, jobs=2) == expected
    assert expected.count("\r\n") > 2_000


def test_dask_with_and_without_the_cache(campaign: Campaign, expected: str, client: distributed.Client) -> None:
    (campaign.folder / CACHE_FILE).unlink(missing_ok=True)
    assert told(campaign, executor=client.get_executor()) == expected
    assert told(campaign, executor=client.get_executor(), cache=open_cache(campaign)) == expected
    assert (campaign.folder / CACHE_FILE).exists()
    assert told(campaign, executor=client.get_executor(), cache=open_cache(campaign)) == expected
    assert told(campaign, jobs=2, cache=open_cache(campaign)) == expected


def test_a_machine_of_dask_goes_down(campaign: Campaign, expected: str, client: distributed.Client) -> None:
    before = processes(client)
    assert told(campaign, executor=Disturbed(client.get_executor(), killing(before[0]))) == expected
    assert before[0] not in processes(client)


def test_dask_is_told_to_stop(campaign: Campaign, expected: str, client: distributed.Client) -> None:
    executor = client.get_executor()
    stop = functools.partial(executor.shutdown, wait=False)
    with pytest.warns(ExecutorWarning, match="CancelledError|after shutdown"):
        assert told(campaign, executor=Disturbed(executor, stop)) == expected


def test_a_pool_of_processes(campaign: Campaign, expected: str) -> None:
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert told(campaign, executor=pool) == expected


def test_a_pool_that_breaks(campaign: Campaign, expected: str) -> None:
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        kill_one = killing(pool.submit(os.getpid).result())
        with pytest.warns(ExecutorWarning, match="BrokenProcessPool"):
            assert told(campaign, executor=Disturbed(pool, kill_one)) == expected


def test_threads(campaign: Campaign, expected: str) -> None:
    with ThreadPoolExecutor(2) as pool:
        assert told(campaign, executor=pool) == expected
        inside = {pool.submit(os.getpid).result()}
    assert inside == {os.getpid()}


NAMES = ("a", "b", "dies", "falls", "raises", "z")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    for name in NAMES:
        (tmp_path / name).write_bytes(name.encode())
    return tmp_path


def spoilt(inbox: Path, executor: Executor) -> dict[str, str]:
    """What was read of each file, or the rule and words of its finding."""
    read = functools.partial(read_or_fail, spared=os.getpid())
    with GuardedExecutor(1) as here:
        readings = list(read_all(find_all(inbox), read, Elsewhere(executor, lambda: here)))
    assert [reading.item.name for reading in readings] == list(NAMES)
    return {
        r.item.name: r.saved_at + "".join(f"{f.rule} {f.message.rpartition('(')[2].rstrip(').')}" for f in r.findings)
        for r in readings
    }


SPOILT = {
    "a": "a",
    "b": "b",
    "dies": "H30 mã kết thúc -9",
    "falls": "falls",
    "raises": "H30 ValueError: nothing to read",
    "z": "z",
}


def test_files_that_end_processes_of_dask(inbox: Path, client: distributed.Client) -> None:
    """One ends what reads it, one the process beyond, each time anew, until dask gives it up."""
    with pytest.warns(ExecutorWarning, match="KilledWorker"):
        assert spoilt(inbox, client.get_executor()) == SPOILT


def test_files_that_end_processes_of_a_pool(inbox: Path) -> None:
    with (
        ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool,
        pytest.warns(ExecutorWarning, match="BrokenProcessPool"),
    ):
        assert spoilt(inbox, pool) == SPOILT


class Cancelling(ThreadPoolExecutor):
    """Cancels every second call."""

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        self.calls = getattr(self, "calls", 0) + 1
        if self.calls % 2:
            return super().submit(fn, *args, **kwargs)
        future: Future[Any] = Future()
        future.cancel()
        return future


def test_calls_that_are_cancelled(campaign: Campaign, expected: str) -> None:
    with Cancelling(2) as pool, pytest.warns(ExecutorWarning, match="CancelledError"):
        assert told(campaign, executor=pool) == expected


class Spoiling(Executor):
    """Reads here, and gives back something else."""

    def __init__(self, spoil: Callable[[list[Any], list[Any]], object]) -> None:
        self._spoil = spoil
        self._before: list[Any] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        readings = fn(*args, **kwargs)
        future.set_result(self._spoil(readings, self._before or readings[::-1]))
        self._before = readings
        return future


CHANGED: dict[str, Callable[[list[Any], list[Any]], object]] = {
    "those of another call": lambda _, before: before,
    "in another order": lambda readings, _: readings[::-1] if len(readings) > 1 else None,
    "too few": lambda readings, _: readings[:-1],
    "too many": lambda readings, _: [*readings, *readings],
    "nothing in them": lambda readings, _: [None] * len(readings),
    "a text": lambda *_: "xong",
    "nothing": lambda *_: None,
    "of other bytes": lambda readings, _: [replace(reading, sha256="0" * 64) for reading in readings],
}


@pytest.mark.parametrize("how", CHANGED)
def test_what_comes_back_must_be_what_was_asked_for(
    how: str, campaign: Campaign, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elsewhere, "_FILES", 3)
    with pytest.warns(ExecutorWarning, match="các tệp bị gián đoạn được đọc lại"):
        assert told(campaign, executor=Spoiling(CHANGED[how])) == expected


class Failing(Executor):
    """Takes calls and fails in all of them."""

    def __init__(self) -> None:
        self.calls = 0

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        self.calls += 1
        future: Future[Any] = Future()
        future.set_exception(ModuleNotFoundError("No module named 'pcmd_consolidate'"))
        return future


def test_an_executor_that_only_fails_is_given_no_more(tmp_path: Path) -> None:
    for number in range(1500):
        (tmp_path / f"{number:04}").write_bytes(b"%d" % number)
    failing = Failing()
    reading = read_all(
        find_all(tmp_path), functools.partial(read_or_fail, spared=0), Elsewhere(failing, InProcessExecutor)
    )
    with pytest.warns(ExecutorWarning, match="No module named") as warned:
        readings = list(reading)

    assert [reading.saved_at for reading in readings] == [str(number) for number in range(1500)]
    assert failing.calls < 60
    assert len(warned) == 1


class Watching(ThreadPoolExecutor):
    """Knows how many bytes of each order were sent."""

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        self.sent = [*getattr(self, "sent", []), len(pickle.dumps(fn))]
        return super().submit(fn, *args, **kwargs)


def reader(campaign: Campaign) -> Read:
    return functools.partial(read_within, campaign.limits, forms=campaign.forms, registry=campaign.registry)


def test_forms_and_units_travel_once_to_each_process(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    read, item = reader(campaign), find_all(campaign.inbox)[0]
    content = item.path.read_bytes()
    with Watching(1) as pool, GuardedExecutor(1) as here:
        there = Elsewhere(pool, lambda: here)
        readings = [there.submit(read, item, content).result() for _ in range(3)]
        monkeypatch.setattr(elsewhere, "_readers", {})  # as in a process that has just started
        readings += [there.submit(read, item, content).result() for _ in range(2)]

    assert [size > 1000 for size in pool.sent] == [True, False, False, False, True, False]
    assert max(pool.sent[1:3]) < 250
    assert pool.sent[0] < 20_000
    assert readings == [readings[0]] * 5


def test_a_process_that_never_had_a_reader_says_so(campaign: Campaign) -> None:
    order = order_of(functools.partial(read_or_fail, spared=0))
    item = find_all(campaign.inbox)[0]

    assert replace(order, packed=b"")([(item, b"")]) is None
    assert order([(item, b"a"), (item, b"")]) == [read_or_fail(item, b"a", 0), read_or_fail(item, b"", 0)]
    assert replace(order, packed=b"")([(item, b"b")]) == [read_or_fail(item, b"b", 0)]


def test_another_version_there_reads_nothing(campaign: Campaign) -> None:
    order = replace(order_of(reader(campaign)), version="0.0.9")

    with pytest.raises(WorkerError, match=r"0\.0\.9"):
        order([(find_all(campaign.inbox)[0], b"")])


@pytest.fixture
def short_of_all(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Workers with less time and memory than usual."""
    monkeypatch.setattr(elsewhere, "_idle", idle := type(elsewhere._idle)())
    monkeypatch.setattr(elsewhere, "GuardedExecutor", functools.partial(GuardedExecutor, seconds=4, memory=300_000_000))
    yield
    while idle:
        idle.pop().shutdown()


@pytest.mark.usefixtures("short_of_all")
@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("hangs", "H31"),
        pytest.param("eats", "H32", marks=pytest.mark.skipif(sys.platform != "linux", reason="no limit of memory")),
    ],
)
def test_time_and_memory_are_limited_there_too(name: str, rule: str, tmp_path: Path) -> None:
    (tmp_path / name).touch()
    read = functools.partial(read_or_fail, spared=os.getpid())
    with ThreadPoolExecutor(1) as pool:
        (reading,) = read_all(find_all(tmp_path), read, Elsewhere(pool, InProcessExecutor))

    assert [finding.rule for finding in reading.findings] == [rule]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes do not fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_process_that_forks_has_workers_of_its_own(campaign: Campaign, expected: str) -> None:
    with ThreadPoolExecutor(1) as pool:
        assert told(campaign, executor=pool) == expected
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as forks:
        assert told(campaign, executor=forks) == expected

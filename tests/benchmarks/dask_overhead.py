"""When do more machines pay? Reading by the library's own workers, and by Dask on this same machine, in turns.

    python -m tests.benchmarks.dask_overhead [--returns 332,1000] [--rounds 5] [--folder /tmp/pcmd-dask]

A cluster of processes on one machine has no more processors than the library's own workers: what it takes longer is
what Dask costs. Where files are refused at once, for their parts, the time is that of their travel: this much no
number of machines takes away. Prints a table: the least wall time of several rounds, by processes that have read before
(the start of the cluster is not in it).
"""

from __future__ import annotations

import argparse
import functools
import logging
import os
import pickle
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import distributed

from pcmd_consolidate import Campaign, open_campaign
from pcmd_consolidate.elsewhere import Elsewhere
from pcmd_consolidate.intake.inbox import find_all
from pcmd_consolidate.intake.read_all import read_all, read_within
from pcmd_consolidate.limits import Limits
from pcmd_consolidate.read_inbox import look_into
from pcmd_consolidate.workers import shared_workers
from tests.benchmarks import returned


class Weighing(Executor):
    """Passes calls on, and adds up what the functions called weigh, pickled."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self.sent = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.sent += len(pickle.dumps(fn))
        return self._executor.submit(fn, *args, **kwargs)


def campaign_of(folder: Path, returns: int) -> Campaign:
    """A country of so many returns, made where it is not there yet."""
    made = folder / str(returns)
    if made.exists():
        return open_campaign(made)
    return returned.country(made, communes=returns)


def seconds(read: Callable[[], object]) -> float:
    began = time.perf_counter()
    read()
    return time.perf_counter() - began


def least(measures: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """The least time of each, taken in turns, after a first round that does not count."""
    for measure in measures:
        measure()
    taken = [[seconds(measure) for measure in measures] for _ in range(rounds)]
    return [min(of_one) for of_one in zip(*taken, strict=True)]


def travel(campaign: Campaign, client: distributed.Client) -> None:
    """Have every file refused by Dask's processes."""
    tight = functools.partial(read_within, Limits(max_parts=1), forms=campaign.forms, registry=campaign.registry)
    there = Elsewhere(client.get_executor(), lambda: shared_workers(1))
    refused = list(read_all(find_all(campaign.inbox), tight, there))
    assert all(reading.findings for reading in refused)


def read(campaign: Campaign, *, jobs: int | None = None, executor: Executor | None = None) -> None:
    """Look into the inbox and read it."""
    look_into(campaign).read(jobs=jobs, executor=executor)


def line(campaign: Campaign, client: distributed.Client, rounds: int) -> str:
    """A line of the table."""
    jobs = len(client.ncores())
    own = functools.partial(read, campaign, jobs=jobs)
    dask = functools.partial(read, campaign, executor=client.get_executor())
    of_own, of_dask, of_travel = least([own, dask, functools.partial(travel, campaign, client)], rounds)
    returns = len(campaign.registry)
    weighing = Weighing(client.get_executor())
    read(campaign, executor=weighing)
    figures = (
        f"{of_own:.2f} | {of_dask:.2f} | {of_dask / of_own:.2f} | {of_travel:.2f} | {of_travel / returns * 1000:.1f}"
    )
    return f"| {returns:,} | {figures} | {weighing.sent / returns / 1000:.1f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--returns", default="332,1000")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "pcmd-dask")
    given = parser.parse_args()
    print(
        "| returns | own workers, s | Dask, s | ratio | travel alone, s | for each return, ms | orders for each, KB |"
    )
    print("|---:|---:|---:|---:|---:|---:|---:|")
    cores = os.cpu_count() or 1
    began = time.perf_counter()
    with (
        distributed.LocalCluster(
            n_workers=cores, threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        started = time.perf_counter() - began
        for returns in map(int, given.returns.split(",")):
            print(line(campaign_of(given.folder, returns), client, given.rounds), flush=True)
    print(f"\nStart of a cluster of {cores} processes: {started:.1f} s")


if __name__ == "__main__":
    main()

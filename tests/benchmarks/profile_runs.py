"""Where the time goes: the ten functions that take most of a run, as a table.

    python -m tests.benchmarks.profile_runs [--folder /tmp/speed] [--publish]

Needs pyinstrument. The inboxes are those of ``tests.benchmarks.speed``. A run is ``pcmd consolidate`` as if for the
first time; reading is that of one process, without workers, so that all of it is seen. Other packages are counted
whole; the standard library counts as whoever calls it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import functools
import platform
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import Any

from pyinstrument import Profiler

import pcmd_consolidate as pcmd
from pcmd_consolidate.cli import app
from pcmd_consolidate.read_inbox import look_into
from pcmd_consolidate.workers import InProcessExecutor
from tests.benchmarks import returned
from tests.benchmarks.speed import as_new, made, put_between

PACKAGE = Path(pcmd.__file__).parent
TOP = 10


def consolidate(folder: Path) -> None:
    as_new(folder)
    app.main(["consolidate", str(folder)], standalone_mode=False)


def read(folder: Path) -> None:
    look_into(pcmd.open_campaign(folder)).read(executor=InProcessExecutor())


def own_times(work: Callable[[], object]) -> dict[str, float]:
    """Seconds that each function of ours, and each other package, takes itself."""
    with Profiler(interval=0.002) as profiler:
        work()
    assert profiler.last_session is not None
    times: dict[str, float] = defaultdict(float)
    for name, seconds in _frames(profiler.last_session.root_frame(), "Python"):
        times[name] += seconds
    return times


def _frames(frame: Any, caller: str) -> Iterator[tuple[str, float]]:
    path = Path(frame.file_path or "")
    ours = path.is_relative_to(PACKAGE)
    package = next((after for before, after in pairwise(path.parts) if before == "site-packages"), "")
    name = f"`{path.relative_to(PACKAGE)}` {frame.function}" if ours else package or caller
    children = list(frame.children)
    yield name, frame.time - sum(child.time for child in children)
    for child in children:
        yield from _frames(child, name)


def table(what: str, times: dict[str, float]) -> str:
    whole = sum(times.values())
    lines = [
        f"| {name} | {seconds:.2f} | {seconds / whole:.0%} |"
        for name, seconds in sorted(times.items(), key=itemgetter(1), reverse=True)[:TOP]
    ]
    return "\n".join([f"**{what}**, {whole:.1f} s:\n", "| function | s | share |", "|---|---:|---:|", *lines, ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "pcmd-speed")
    parser.add_argument("--publish", action="store_true")
    given = parser.parse_args()
    province = made(given.folder, "province", returned.province)
    tenth = made(given.folder, "tenth", functools.partial(returned.country, communes=332))
    country = made(given.folder, "country", functools.partial(returned.country, communes=3321))
    tables = [
        table("Reading 332 returns in one process", own_times(functools.partial(read, tenth))),
        table("Province, 106 returns, whole run", own_times(functools.partial(consolidate, province))),
        table("Country, 3,321 returns, whole run", own_times(functools.partial(consolidate, country))),
    ]
    machine = f"{dt.date.today()}, {platform.system()} {platform.machine()}, Python {platform.python_version()}."
    print(machine, *tables, sep="\n\n")
    if given.publish:
        put_between("profile", "\n\n".join([machine, *tables]))


if __name__ == "__main__":
    main()

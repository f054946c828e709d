"""How fast: ratios to the floor, each taken in one interleaved run, as a table.

    python -m tests.benchmarks.speed [--rounds 5] [--only province,country,...] [--folder /tmp/speed] [--publish]
    python -m tests.benchmarks.speed --only ten_rounds   (makes the inbox of 33,210 returns first)

The **floor** of a round is what no program can do without: importing pandas, pandera, xlsxwriter and python-calamine,
python-calamine reading all cells of the same files, and xlsxwriter writing as many cells as the summary workbook of the
round holds (as many texts of the same mean length, as many numbers, each with a border), in one process. Every figure
is a median of the wall times of fresh processes, taken in turns.
"""

from __future__ import annotations

import argparse
import compileall
import datetime as dt
import functools
import itertools
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineWorkbook

import pcmd_consolidate
from pcmd_consolidate.decisions import DECISIONS_FILE
from tests.benchmarks import programs, returned, retyped

README = Path(__file__).parent / "README.md"


@dataclass(frozen=True)
class Line:
    """One ratio: what, the two times in seconds, and the most that the ratio may be; None where nothing is asked."""

    what: str
    ours: float
    other: float
    most: float | None
    against: str

    @property
    def ratio(self) -> float:
        return self.ours / self.other

    def __str__(self) -> str:
        figures = f"| {self.what} | {self.against} | {self.ours:.2f} | {self.other:.2f} | {self.ratio:.3g} |"
        if self.most is None:
            return f"{figures} | |"
        return f"{figures} {self.most:g} | {'met' if self.ratio <= self.most else '**missed**'} |"


def timed(code: str, *arguments: object) -> float:
    """Wall time of a program in a fresh process, in seconds; what it prints instead, where it prints a number."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], check=True, capture_output=True, text=True
    )
    took = time.perf_counter() - began
    return float(done.stdout) if re.fullmatch(r"[\d.]+\s*", done.stdout) else took


def pcmd(*arguments: object) -> float:
    """Wall time of the command line in a fresh process, in seconds."""
    return timed("from pcmd_consolidate.cli import main; main()", *arguments)


def medians(rounds: int, *measures: Callable[[], float]) -> list[float]:
    """The median of each measure, all of them taken in turns."""
    taken = [[measure() for measure in measures] for _ in range(rounds)]
    return [statistics.median(of_one) for of_one in zip(*taken, strict=True)]


def as_new(folder: Path) -> None:
    """Take away everything that a run leaves in a campaign's folder."""
    for left in (folder / "ket-qua", folder / ".pcmd"):
        shutil.rmtree(left, ignore_errors=True)
    (folder / DECISIONS_FILE).unlink(missing_ok=True)


def first_run(folder: Path) -> float:
    """``pcmd consolidate`` as if for the first time."""
    as_new(folder)
    return pcmd("consolidate", folder)


def floor(folder: Path) -> Callable[[], float]:
    """The floor of a campaign that was consolidated."""
    texts = numbers = letters = 0
    book = CalamineWorkbook.from_path(str(folder / "ket-qua" / "tong-hop-pcmd.xlsx"))
    for place in range(len(book.sheet_names)):
        for cells in book.get_sheet_by_index(place).to_python():
            words = [cell for cell in cells if isinstance(cell, str) and cell]
            texts, letters = texts + len(words), letters + sum(map(len, words))
            numbers += sum(not isinstance(cell, str) for cell in cells)
    print(f"{folder.name}: {texts} texts of {letters // texts} letters, {numbers} numbers", file=sys.stderr)
    out = folder / "floor.xlsx"
    return functools.partial(timed, programs.FLOOR, folder / "inbox", texts, numbers, letters // texts, out)


def province(base: Path, rounds: int) -> Iterator[Line]:
    """A province: 106 returns."""
    folder = made(base, "province", returned.province)
    first_run(folder)
    ours, least = medians(rounds, functools.partial(first_run, folder), floor(folder))
    yield Line("106 returns, `pcmd consolidate`, all outputs", ours, least, 2.0, "floor")


def country(base: Path, rounds: int) -> Iterator[Line]:
    """The country: 3,321 returns; a tenth of them; and once more, with one return changed, and with none."""
    folder = made(base, "country", functools.partial(returned.country, communes=3321))
    tenth = made(base, "tenth", functools.partial(returned.country, communes=332))
    first_run(folder)
    measures: tuple[Callable[[], float], ...] = (
        functools.partial(first_run, folder),
        functools.partial(_changed_run, folder, itertools.count()),
        functools.partial(pcmd, "consolidate", folder),
        functools.partial(_reading_of_a_changed_run, folder, itertools.count(2000)),
        functools.partial(_changed_reading, folder, itertools.count(1000)),
        functools.partial(first_run, tenth),
        floor(folder),
        functools.partial(timed, programs.NAIVE, tenth / "inbox"),
    )
    first, changed, unchanged, within, read_again, small, least, naive = medians(rounds, *measures)
    ten_times = naive * 3321 / 332
    yield Line("3,321 returns, `pcmd consolidate`, all outputs", first, least, 1.6, "floor")
    yield Line("the same", first, ten_times, 1 / 6, "`pandas.read_excel` with openpyxl: 332 of them, times ten")
    yield Line("the same", first, small, 11, "332 returns")
    yield Line("once more, one return changed", changed, first, 0.5, "first run")
    yield Line("looking and reading in that run", within, first, 0.03, "first run")
    yield Line("the same by itself, its worker started for it", read_again, first, None, "first run")
    yield Line("once more, nothing changed", unchanged, first, 0.1, "first run")
    yield Line("memory of all processes, MB", peak(folder), 1, 1024, "1 MB")


def ten_rounds(base: Path, rounds: int) -> Iterator[Line]:  # noqa: ARG001 - one run, of some minutes
    """As many returns as ten countries have, in a single run."""
    folder = made(base, "ten", functools.partial(returned.country, communes=33210))
    began = time.perf_counter()
    yield Line("33,210 returns: memory of all processes, MB", peak(folder), 1, 2560, "1 MB")
    print(f"33,210 returns: {time.perf_counter() - began:.0f} s", file=sys.stderr)


def _change(folder: Path, number: int) -> None:
    """Change the bytes of one return, not its figures."""
    with zipfile.ZipFile(min((folder / "inbox").rglob("*.xlsx")), "a") as archive:
        archive.comment = str(number).encode()


def _changed_run(folder: Path, numbers: Iterator[int]) -> float:
    _change(folder, next(numbers))
    return pcmd("consolidate", folder)


def _reading_of_a_changed_run(folder: Path, numbers: Iterator[int]) -> float:
    _change(folder, next(numbers))
    return timed(programs.READING_OF_A_RUN, folder)


def reading(base: Path, rounds: int) -> Iterator[Line]:
    """Reading with guards and workers, per core."""
    folder = made(base, "country", functools.partial(returned.country, communes=3321))
    cores = os.cpu_count() or 1
    ours, calamine = medians(
        rounds,
        functools.partial(timed, programs.OURS_READING, folder, cores),
        functools.partial(timed, programs.READ, folder / "inbox"),
    )
    yield Line(f"reading 3,321 returns, seconds × {cores} cores", ours * cores, calamine, 1.5, "python-calamine")


def _changed_reading(folder: Path, numbers: Iterator[int]) -> float:
    timed(programs.CACHED_READING, folder)
    _change(folder, next(numbers))
    return timed(programs.CACHED_READING, folder)


def alignment(base: Path, rounds: int) -> Iterator[Line]:
    """Retyped annexes, which need the alignment."""
    typed = made(base, "retyped", functools.partial(retyped.province, returns=95))
    handed = made(base, "handed-out", functools.partial(returned.country, communes=95))
    both: list[Callable[[], float]] = [
        functools.partial(timed, programs.OURS_READING, folder, 1) for folder in (typed, handed)
    ]
    ours, other = medians(rounds, *both)
    yield Line("reading 95 retyped annexes", ours, other, 3.0, "reading 95 handed-out workbooks")


def commands(base: Path, rounds: int) -> Iterator[Line]:
    """Commands that need no figures."""
    folder = made(base, "province", returned.province)
    pandas = functools.partial(timed, "import pandas")
    runs: list[Callable[[], float]] = [
        functools.partial(pcmd, "--help"),
        functools.partial(pcmd, "status", folder),
        pandas,
    ]
    usage, standing, imported = medians(rounds, *runs)
    yield Line("`pcmd --help`", usage, imported, 1.5, "`import pandas`")
    yield Line("`pcmd status`, 106 units", standing, imported, 1.5, "`import pandas`")


PARTS: Mapping[str, Callable[[Path, int], Iterator[Line]]] = {
    part.__name__: part for part in (province, country, reading, alignment, commands, ten_rounds)
}
_USUAL = ("province", "country", "reading", "alignment", "commands")


def made(base: Path, name: str, make: Callable[[Path], object]) -> Path:
    """A folder of inputs, made where it is not there yet."""
    folder = base / name
    if not folder.exists():
        make(folder)
    return folder


def peak(folder: Path) -> float:
    """Most memory that a first run and its workers held together, in MB."""
    as_new(folder)
    code = "from pcmd_consolidate.cli import main; main()"
    process = subprocess.Popen([sys.executable, "-c", code, "consolidate", str(folder)], stdout=subprocess.DEVNULL)
    most = 0.0
    ended = threading.Event()
    while process.poll() is None:
        most = max(most, _memory(process.pid))
        ended.wait(0.05)
    return most


def _memory(pid: int) -> float:
    """Memory of a process and its children, in MB; what they share is counted once."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        own = int(re.search(r"Pss:\s+(\d+)", rollup)[1]) / 1024  # type: ignore[index]
        return own + sum(_memory(int(child)) for child in children.read_text(encoding="ascii").split())
    except (OSError, TypeError):
        return 0.0


def busy_and_stolen() -> tuple[int, int]:
    """How long the processors have been busy, and how long others had them meanwhile (Linux; in its own unit)."""
    try:
        told = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()
    except OSError:
        return 1, 0
    user, nice, system, _, _, interrupts, soft, stolen, *_ = map(int, told[1:])
    return user + nice + system + interrupts + soft + stolen, stolen


def publish(lines: Sequence[Line], rounds: int, stolen: float) -> None:
    """Put the table into the README."""
    today, machine = dt.date.today(), f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    head = f"{today}, {machine}, Python {platform.python_version()}, medians of {rounds}"
    head += f"; the host gave {stolen:.0%} of the busy time to others.\n\n"
    table = "| what | against | s | s | ratio | at most | |\n|---|---|---:|---:|---:|---:|---|\n"
    put_between("speed", head + table + "\n".join(map(str, lines)))


def put_between(name: str, text: str) -> None:
    """Put text between two marks of the README."""
    whole = README.read_text(encoding="utf-8")
    before, begin, rest = whole.partition(f"<!-- {name}: begin -->\n")
    _, end, after = rest.partition(f"<!-- {name}: end -->")
    README.write_text(f"{before}{begin}{text}\n{end}{after}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default=",".join(_USUAL))
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "pcmd-speed")
    parser.add_argument("--publish", action="store_true")
    given = parser.parse_args()
    compileall.compile_dir(Path(pcmd_consolidate.__file__).parent, quiet=1)  # as pip does, also for the other packages
    lines, (busy, stolen) = [], busy_and_stolen()
    for name in given.only.split(","):
        for line in PARTS[name](given.folder, given.rounds):
            print(line, flush=True)
            lines.append(line)
    share = (busy_and_stolen()[1] - stolen) / max(busy_and_stolen()[0] - busy, 1)
    print(f"the host gave {share:.0%} of the busy time to others", file=sys.stderr)
    if given.publish:
        publish(lines, given.rounds, share)


if __name__ == "__main__":
    main()

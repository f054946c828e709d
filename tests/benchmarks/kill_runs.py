"""Kill whole runs at random points, and see that each leaves the old outputs or the new ones, never half.

``python -m tests.benchmarks.kill_runs --kills 100 --seed 1``. The inbox changes before every run, so that old and new
outputs differ; the run is killed after a random time, most often while it writes. A run that is killed between two of
the renames leaves a journal, and the next run finishes it: such leavings are counted apart.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pcmd_consolidate import new_campaign
from pcmd_consolidate.files import JOURNAL, finish_interrupted
from pcmd_consolidate.locks import locked
from tests.hostile import book
from tests.hostile.case import good

_RUN = """
import sys
import pcmd_consolidate as pcmd
campaign = pcmd.open_campaign(sys.argv[1])
result = pcmd.consolidate(pcmd.read_returns(campaign))
print("read", flush=True)
pcmd.write_outputs(result)
"""
TABLES = ("values.csv", "findings.csv", "submissions.csv")


def change(inbox: Path, number: int) -> None:
    """Put another return into the inbox."""
    sheet = good()[book.SHEET].replace(b"<v>21</v>", f"<v>{number + 100}</v>".encode())
    (inbox / "bieu.xlsx").write_bytes(book.packed(good() | {book.SHEET: sheet}))
    os.utime(inbox / "bieu.xlsx", (1_700_000_000, 1_700_000_000))


def state(folder: Path) -> str:
    """``old`` or ``new`` outputs by their manifest, ``half`` where they do not belong together."""
    if not folder.exists() or not (folder / "manifest.json").exists():
        return "none" if not folder.exists() or not any(folder.glob("*.csv")) else "half"
    inputs = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["inputs"]
    figure = (folder / "values.csv").read_text(encoding="utf-8-sig").splitlines()[1].split(",")[5]
    expected = hashlib.sha256(_return(int(figure) - 100)).hexdigest()
    return figure if inputs[0]["sha256"] == expected else "half"


def _return(number: int) -> bytes:
    sheet = good()[book.SHEET].replace(b"<v>21</v>", f"<v>{number + 100}</v>".encode())
    return book.packed(good() | {book.SHEET: sheet})


def kill_runs(kills: int, seed: int) -> collections.Counter[str]:
    """Kill so many runs; what each left."""
    rng = random.Random(seed)
    counts: collections.Counter[str] = collections.Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = new_campaign(Path(name) / "dong-nai", "Đồng Nai").folder
        command = [sys.executable, "-c", _RUN, str(folder)]
        change(folder / "inbox", 0)
        subprocess.run(command, check=True, capture_output=True)
        began = time.monotonic()
        subprocess.run(command, check=True, capture_output=True)
        whole = time.monotonic() - began
        out, before = folder / "ket-qua", state(folder / "ket-qua")
        for number in range(1, kills + 1):
            change(folder / "inbox", number)
            _kill(command, rng, whole)
            journal = (out / JOURNAL).exists()
            if journal:
                with locked(out):
                    finish_interrupted(out, [])
            after = state(out)
            kind = "old" if after == before else "new" if after == str(number + 100) else f"HALF {after}"
            counts[f"{kind}, finished by the next run" if journal else kind] += 1
            before = after
            if number % 10 == 0:
                print(number, dict(counts), flush=True)
    return counts


def _kill(command: list[str], rng: random.Random, whole: float) -> None:
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    with process:
        assert process.stdout is not None
        if rng.random() < 0.75:
            process.stdout.readline()
            time.sleep(rng.uniform(0, 0.5 * whole))
        else:
            time.sleep(rng.uniform(0, whole))
        process.kill()


def main() -> None:
    """Kill runs and print what they left."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    began = time.monotonic()
    for kind, count in sorted(kill_runs(args.kills, args.seed).items()):
        print(f"| {kind} | {count} |")
    print(f"{args.kills} kills, seed {args.seed}, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()

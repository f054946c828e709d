"""Scores of the intake over generated returns: ``python -m tests.benchmarks.intake_scores --returns 2000 --jobs 2``.

Every return is generated from the seed, put with others into an inbox, and read by the public API. The scores per kind
of mess go into ``README.md`` beside this file. The command fails where a value is silently wrong.
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import os
import platform
import sys
import tempfile
import time
import traceback
import unicodedata
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pcmd_consolidate as pcmd
from tests.benchmarks.scoring import LOST, MISSED, READ, SILENT, WRONG, Outcome, Tally, judge
from tests.mess import KINDS, Description, compatible, messy, senders, write_all

README = Path(__file__).with_name("README.md")
_BEGIN, _END = "<!-- scores: begin -->", "<!-- scores: end -->"
_BATCH = 90


@dataclass
class Scores:
    """Scores of all kinds and overall, with a few examples of what went wrong."""

    overall: Tally = field(default_factory=Tally)
    kinds: dict[str, Tally] = field(default_factory=dict)
    alone: dict[str, Tally] = field(default_factory=dict)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def add(self, description: Description, outcomes: Sequence[Outcome]) -> None:
        self.overall.add(outcomes)
        for name in description.kinds:
            self.kinds.setdefault(name, Tally()).add(outcomes)
        if len(description.kinds) == 1:
            self.alone.setdefault(description.kinds[0], Tally()).add(outcomes)
        for kind in (SILENT, WRONG, LOST, MISSED):
            chosen = [o for o in outcomes if o.kind == kind][:3]
            label = f"{kind} {'+'.join(description.kinds)}"
            for o in chosen:
                self.examples.setdefault(label, []).append(_example(description, o))

    def crash(self, description: Description) -> None:
        """Count a return that made the package raise: all of it is missed."""
        certain = [
            key for key, value in description.truth.items() if value is not None and key not in description.unsure
        ]
        self.add(description, [Outcome(MISSED, key, True, description.truth[key], None, "CRASH") for key in certain])

    def merge(self, other: Scores) -> None:
        self.overall.merge(other.overall)
        for mine, theirs in ((self.kinds, other.kinds), (self.alone, other.alone)):
            for name, tally in theirs.items():
                mine.setdefault(name, Tally()).merge(tally)
        for label, texts in other.examples.items():
            self.examples.setdefault(label, []).extend(texts)


def _example(description: Description, o: Outcome) -> str:
    label = next((r.text("label") for r in description.rows if r.line == o.key[0]), "(no such row)")
    cell = next((r.cells.get(str(o.key[1])) for r in description.rows if r.line == o.key[0]), None)
    holds = None if cell is None else cell.value
    return (
        f"{description.sender.name}: line {o.key[0]} {o.key[1]} ({label!r:.60}) holds {holds!r}, means {o.truth}"
        f"{'' if o.certain else ' (uncertain)'}; read {o.read} [{o.state}] raw {o.raw!r} at {o.cell}"
    )


@dataclass(frozen=True)
class Plan:
    """The kinds of one return, and the seed of its figures."""

    kinds: tuple[str, ...]
    seed: int


def plans(count: int, seed: int) -> list[Plan]:
    """Returns to generate: each kind in its turn comes first, alone or with up to three others."""
    rng = Random(seed)
    names = sorted(KINDS)
    order: list[str] = []
    while len(order) < count:
        order += rng.sample(names, len(names))
    return [
        Plan((first, *rng.sample(names, rng.choice((0, 0, 1, 2, 3)))), rng.randrange(2**32)) for first in order[:count]
    ]


def batches(wanted: Sequence[Plan]) -> Iterator[list[tuple[str, Plan]]]:
    """Plans with the units that they befall, no unit twice in a batch."""
    rng = Random(len(wanted))
    batch: dict[str, Plan] = {}
    for plan in wanted:
        fitting = [s.name for s in senders() if KINDS[plan.kinds[0]].fits(s)]
        communes = [n for n in fitting if n.startswith(("Xã", "Phường"))]
        pool = communes if communes and rng.random() < 0.85 else fitting
        free = [name for name in pool if name not in batch]
        if not free or len(batch) >= _BATCH:
            yield list(batch.items())
            batch, free = {}, pool
        batch[rng.choice(free)] = plan
    yield list(batch.items())


def score_batch(batch: Sequence[tuple[str, Plan]]) -> Scores:
    """Generate, write, read and judge the returns of one inbox."""
    units = {sender.name: sender for sender in senders()}
    descriptions = [messy(units[name], compatible(p.kinds, units[name]), Random(p.seed)) for name, p in batch]
    scores = Scores()
    with tempfile.TemporaryDirectory() as scratch:
        campaign = pcmd.new_campaign(Path(scratch, "campaign"), "Đồng Nai")
        inbox = Path(scratch, "inbox")
        paths = write_all(descriptions, inbox)
        read: list[tuple[Path, pcmd.Returns | None]]
        try:
            read = [(inbox, pcmd.read_returns(campaign, inbox))] * len(paths)
        except Exception:  # a bad return must be a finding; find out which one it is
            read = [(path.parent, _read_alone(campaign, path)) for path in paths]
        for description, path, (folder, result) in zip(descriptions, paths, read, strict=True):
            name = _shown(path, folder)
            if result is None:
                scores.crash(description)
            else:
                of_file = [table[table["file"] == name] for table in (result.values, result.findings)]
                scores.add(description, judge(description, *of_file))
    return scores


def _read_alone(campaign: pcmd.Campaign, path: Path) -> pcmd.Returns | None:
    try:
        return pcmd.read_returns(campaign, path.parent)
    except Exception:
        traceback.print_exc(limit=-2)
        return None


def _shown(path: Path, inbox: Path) -> str:
    return unicodedata.normalize("NFC", path.relative_to(inbox).as_posix())


def run(count: int, seed: int, jobs: int) -> Scores:
    """Scores of so many returns."""
    total = Scores()
    work = list(batches(plans(count, seed)))
    if jobs <= 1:
        for batch in work:
            total.merge(score_batch(batch))
        return total
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as executor:
        for scores in executor.map(score_batch, work):
            total.merge(scores)
    return total


_COLUMNS = (
    "kind", "what", "returns", "certain cells", "read", "missed", "recall", "recall alone", "silent wrong",
    "wrong, told", "lost in silence",
)  # fmt: skip


def _line(name: str, says: str, tally: Tally, alone: Tally | None = None) -> str:
    got = tally.outcomes
    by_itself = f"{alone.recall:.2%}" if alone else ""
    return (
        f"| {name} | {says} | {tally.returns} | {tally.certain} | {got[READ]} | {tally.certain - got[READ]} "
        f"| {tally.recall:.2%} | {by_itself} | {got[SILENT]} | {got[WRONG]} | {got[LOST]} |"
    )


def table(scores: Scores) -> str:
    """The scores as a Markdown table."""
    lines = [f"| {' | '.join(_COLUMNS)} |", "|---|---|" + "---:|" * 9, _line("**all**", "", scores.overall)]
    lines += [
        _line(
            f"`{name}`",
            KINDS[name].says.replace("|", "\\|").replace("\n", " "),
            scores.kinds[name],
            scores.alone.get(name),
        )
        for name in sorted(scores.kinds)
    ]
    return "\n".join(lines)


def _machine() -> str:
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def publish(scores: Scores, seed: int, seconds: float) -> None:
    """Put the scores into README.md."""
    text = README.read_text(encoding="utf-8")
    head, _, rest = text.partition(_BEGIN)
    _, _, tail = rest.partition(_END)
    said = (
        f"{scores.overall.returns:,} returns of {len(scores.kinds)} kinds, seed {seed}; "
        f"{dt.date.today():%Y-%m-%d}, {_machine()}, {seconds:.0f} s."
    )
    README.write_text(f"{head}{_BEGIN}\n{said}\n\n{table(scores)}\n{_END}{tail}", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--returns", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--examples", type=Path, help="write what went wrong into this file")
    parser.add_argument("--no-publish", action="store_true", help="leave README.md alone")
    options = parser.parse_args(arguments)
    start = time.perf_counter()
    scores = run(options.returns, options.seed, options.jobs)
    print(table(scores))
    if not options.no_publish:
        publish(scores, options.seed, time.perf_counter() - start)
    if options.examples:
        text = "\n".join(f"{label}\n  " + "\n  ".join(found) for label, found in sorted(scores.examples.items()))
        options.examples.write_text(text + "\n", encoding="utf-8")
    return 1 if scores.overall.outcomes[SILENT] else 0


if __name__ == "__main__":
    sys.exit(main())

"""Spoil good returns at random, bytes and XML: does intake fall, hang, or read a wrong figure?

Run it again with ``python -m tests.benchmarks.fuzz_intake --mutants 20000 --seed 1``; the same seed gives the same
mutants. A figure that differs from the unspoilt truth counts as *changed* where a reader of another make (openpyxl,
xlrd) finds the same figure in the same cell: then the spoiling changed the figure itself, which nobody can see. It
counts as *silently wrong* where that reader finds another one. There is none for .xlsb and .ods: of these, figures are
judged where the checksums of the container, or the mark-up alone, are hit.
"""

from __future__ import annotations

import argparse
import collections
import datetime as dt
import functools
import io
import math
import random
import re
import subprocess
import tempfile
import time
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import xlrd

from pcmd_consolidate import new_campaign
from pcmd_consolidate.intake.inbox import Item
from pcmd_consolidate.intake.read import read_content
from pcmd_consolidate.intake.read_all import reading_of
from pcmd_consolidate.intake.reading import State
from pcmd_consolidate.intake.readings import FileReading
from pcmd_consolidate.workers import GuardedExecutor
from tests.hostile import book
from tests.hostile.case import UNIT, form, good
from tests.hostile.others import good_ods
from tests.intake.xlsb_book import Sheet, write_xlsb

Mutate = Callable[[bytes, random.Random], bytes]
_WHEN = dt.datetime(2025, 8, 20, 8)
_INSERTED = (
    b"<!-- -->", b"<?x y?>", b"<![CDATA[]]>", b"<a/>", b" ", b"\n", b"&#32;", b"<v>7</v>", b"</c>", b"<c>", b"\0",
    b"\xff",
)  # fmt: skip
_VALUES = (b'""', b'"-1"', b'"999999999"', b'"e"')


@dataclass(frozen=True)
class Mutant:
    """A spoilt return: the format, how it was spoilt, and its bytes."""

    suffix: str
    how: str
    content: bytes


def seeds(folder: Path) -> dict[str, bytes]:
    """A good return in each format."""
    xlsx = book.packed(good())
    path = folder / "good.xlsx"
    path.write_bytes(xlsx)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = ["soffice", "--headless", profile, "--convert-to", "xls:MS Excel 97", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active.iter_rows()]
    xlsb = write_xlsb(folder / "good.xlsb", [Sheet("Biểu", rows)]).read_bytes()
    return {"xlsx": xlsx, "xls": (folder / "good.xls").read_bytes(), "xlsb": xlsb, "ods": good_ods()}


def _bytes(content: bytes, rng: random.Random) -> bytes:
    """Some bytes changed, a piece cut out, doubled or moved, or the end cut off."""
    spoilt = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        at = rng.randrange(len(spoilt))
        match rng.randrange(7):
            case 0:
                spoilt[at] ^= 1 << rng.randrange(8)
            case 1:
                spoilt[at] = rng.choice((0, 1, 0x7F, 0x80, 0xFE, 0xFF))
            case 2:
                spoilt[at : at + 4] = rng.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\0\0\0\x80"))
            case 3:
                del spoilt[at : at + rng.randrange(1, 64)]
            case 4:
                spoilt[at:at] = spoilt[at : at + rng.randrange(1, 64)]
            case 5:
                spoilt[at:at] = rng.randbytes(rng.randrange(1, 16))
            case _:
                if rng.random() < 0.1:
                    del spoilt[at:]
        if not spoilt:
            return b"\0"
    return bytes(spoilt)


def _marks(content: bytes, rng: random.Random) -> bytes:
    """XML spoilt in its mark-up alone: something put in, a tag doubled, removed or renamed, quotes and prefixes."""
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        tags = list(re.finditer(rb"<[^<>]*>", content))
        if not tags:
            return content
        tag = rng.choice(tags)
        start, end = tag.span()
        match rng.randrange(8):
            case 0:
                content = content[:end] + rng.choice(_INSERTED) + content[end:]
            case 1:
                content = content[:start] + content[end:]
            case 2:
                content = content[:end] + tag[0] + content[end:]
            case 3:
                content = content[:start] + tag[0].replace(b'"', b"'") + content[end:]
            case 4:
                content = content[:start] + re.sub(rb"^(</?)", rb"\1x:", tag[0]) + content[end:]
            case 5:
                content = content[:start] + re.sub(rb' [\w:]+="[^"]*"', b"", tag[0], count=1) + content[end:]
            case 6:
                other = rng.choice(tags)
                content = content[:start] + other[0] + content[end:]
            case _:
                content = content[:start] + re.sub(rb'"[^"]*"', rng.choice(_VALUES), tag[0], count=1) + content[end:]
    return content


def _inside(change: Mutate, parts: str) -> Mutate:
    """Spoil one part of a package and pack it anew, so that sizes and checksums fit."""

    def mutate(content: bytes, rng: random.Random) -> bytes:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            contents = {name: archive.read(name) for name in archive.namelist()}
        name = rng.choice([name for name in contents if re.fullmatch(parts, name) and contents[name]])
        return book.packed(contents | {name: change(contents[name], rng)})

    return mutate


HOW: dict[str, dict[str, Mutate]] = {
    "xlsx": {
        "bytes": _bytes,
        "bytes of a part": _inside(_bytes, r".*\.(xml|rels)"),
        "mark-up": _inside(_marks, r".*sheet1\.xml"),
        "mark-up of any part": _inside(_marks, r".*\.(xml|rels)"),
    },
    "xls": {"bytes": _bytes},
    "xlsb": {"bytes": _bytes, "bytes of a part": _inside(_bytes, r".*\.bin")},
    "ods": {"bytes": _bytes, "mark-up": _inside(_marks, r"content\.xml")},
}
UNJUDGED = {("xlsb", "bytes of a part")}
"""Where a byte may be a figure's and no reader of another make is at hand."""


def mutants(count: int, seed: int, originals: dict[str, bytes]) -> Iterator[Mutant]:
    """So many mutants, the formats in turn."""
    ways = [(suffix, how) for suffix, all_ways in HOW.items() for how in all_ways]
    for number in range(count):
        rng = random.Random(f"{seed}-{number}")
        suffix, how = ways[number % len(ways)]
        yield Mutant(suffix, how, HOW[suffix][how](originals[suffix], rng))


def outcome(mutant: Mutant, reading: FileReading) -> str:
    """What became of a mutant, in a word or two."""
    rules = {finding.rule for finding in reading.findings}
    for rule, words in {"H31": "hung, replaced", "H32": "out of memory, replaced"}.items():
        if rule in rules:
            return words
    if "H30" in rules:
        died = any("mã kết thúc" in finding.message for finding in reading.findings)
        return "worker died, replaced" if died else "fault of ours"
    sheets = [sheet for sheet in reading.sheets if sheet.unit is not None]
    if not sheets:
        return "refused with a finding" if rules or any(s.findings for s in reading.sheets) else "SILENT"
    kinds = {_judged(mutant, sheet.sheet, cell) for sheet in sheets for cell in sheet.cells}
    return next(kind for kind in ("SILENTLY WRONG", "figure changed", "read") if kind in kinds | {"read"})


def _judged(mutant: Mutant, sheet: str, cell: object) -> str:
    reading = cell.reading  # type: ignore[attr-defined]
    true = book.truth(form())[cell.row, cell.year]  # type: ignore[attr-defined]
    if reading.state is not State.REPORTED or reading.value == true or (mutant.suffix, mutant.how) in UNJUDGED:
        return "read"
    if mutant.suffix not in ("xlsx", "xls"):
        return "SILENTLY WRONG"
    other = _other_reading(mutant, sheet, cell.cell)  # type: ignore[attr-defined]
    same = isinstance(other, int | float) and math.isclose(other, reading.value, abs_tol=1e-9)
    return "figure changed" if same or str(other) == reading.raw else "SILENTLY WRONG"


def _other_reading(mutant: Mutant, sheet: str, cell: str) -> object:
    try:
        if mutant.suffix == "xlsx":
            return openpyxl.load_workbook(io.BytesIO(mutant.content), data_only=True)[sheet][cell].value
        found = openpyxl.utils.cell.coordinate_from_string(cell)
        column = openpyxl.utils.cell.column_index_from_string(found[0]) - 1
        workbook = xlrd.open_workbook(file_contents=mutant.content, logfile=io.StringIO())
        return workbook.sheet_by_name(sheet).cell_value(found[1] - 1, column)
    except Exception as error:
        return error


def fuzz(count: int, seed: int, jobs: int, keep: Path | None) -> collections.Counter[tuple[str, str, str]]:
    """Read mutants by workers and count what became of them: format, way, outcome."""
    counts: collections.Counter[tuple[str, str, str]] = collections.Counter()
    with tempfile.TemporaryDirectory() as name, GuardedExecutor(jobs, seconds=20) as workers:
        campaign = new_campaign(Path(name) / "dong-nai", "Đồng Nai")
        assert any(UNIT.casefold() == unit.name.casefold() for unit in campaign.registry)
        read = functools.partial(read_content, forms=campaign.forms, registry=campaign.registry)
        waiting: collections.deque[tuple[int, Mutant, object]] = collections.deque()
        for number, mutant in enumerate(mutants(count, seed, seeds(Path(name)))):
            item = Item(Path(f"{number}.{mutant.suffix}"), f"{number}.{mutant.suffix}", _WHEN)
            waiting.append((number, mutant, (item, workers.submit(read, item, mutant.content))))
            while len(waiting) > (4 * jobs if number < count - 1 else 0):
                _take(*waiting.popleft(), counts, keep)  # type: ignore[arg-type]
            if number % 1000 == 999:
                print(dt.datetime.now().isoformat(" ", "seconds"), number + 1, flush=True)
    return counts


def _take(
    number: int,
    mutant: Mutant,
    submitted: tuple[Item, object],
    counts: collections.Counter[tuple[str, str, str]],
    keep: Path | None,
) -> None:
    said = outcome(mutant, reading_of(*submitted))  # type: ignore[arg-type]
    counts[mutant.suffix, mutant.how, said] += 1
    if keep is not None and (said.isupper() or "died" in said or "hung" in said or "ours" in said or "memory" in said):
        keep.mkdir(exist_ok=True, parents=True)
        (keep / f"{said.replace(' ', '-')}-{number}.{mutant.suffix}").write_bytes(mutant.content)


def main() -> None:
    """Fuzz and print the counts as a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutants", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="folder for the mutants that did harm")
    args = parser.parse_args()
    warnings.simplefilter("ignore")
    began = time.monotonic()
    counts = fuzz(args.mutants, args.seed, args.jobs, args.keep)
    print("| format | spoilt | outcome | mutants |\n|---|---|---|---:|")
    for (suffix, how, said), count in sorted(counts.items()):
        print(f"| .{suffix} | {how} | {said} | {count} |")
    print(f"\n{sum(counts.values())} mutants, seed {args.seed}, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()

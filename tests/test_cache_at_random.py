"""Whatever becomes of files and cache between two runs, a run with the cache reads what one without it does."""

from __future__ import annotations

import os
import random
import time
import zipfile
from pathlib import Path

import pytest

from pcmd_consolidate import open_campaign, stamps
from pcmd_consolidate.read_inbox import look_into
from pcmd_consolidate.readings_cache import CACHE_FILE, open_cache
from pcmd_consolidate.workers import InProcessExecutor
from tests.hostile import book
from tests.hostile.case import UNIT, good
from tests.small import small_campaign

NAMES = ("a.xlsx", "2025-08-28/b.xlsx", "c.zip", "Xã Xuân Lộc.xlsx")
STEPS = 25


def returned(figure: int) -> bytes:
    """A good return of made-up figures, of a size that does not depend on the figure."""
    sheet = good()[book.SHEET].replace(b"<v>21</v>", f"<v>{figure}</v>".encode())
    return book.packed(good() | {book.SHEET: sheet}, zipfile.ZIP_STORED)


RETURNS = tuple(map(returned, (21, 34, 55)))
OTHERS = (b"PK\x03\x04 nothing", b"", b"a;b;c\n1;2;3\n")


class Change:
    """Changes of an inbox and a cache, drawn at random."""

    def __init__(self, inbox: Path, cache: Path, draw: random.Random) -> None:
        self.inbox, self.cache, self.draw = inbox, cache, draw

    def one(self) -> None:
        """Make one of them."""
        changes = (self.rewrite, self.write, self.remove, self.move, self.pack, self.flip, self.spoil)
        (change,) = self.draw.choices(changes, weights=(6, 3, 1, 1, 1, 1, 1))
        change()

    def some(self) -> Path:
        path = self.inbox / self.draw.choice(NAMES)
        path.parent.mkdir(exist_ok=True)
        return path

    def write(self) -> None:
        path = self.some()
        path.write_bytes(self.draw.choice(RETURNS * 2 + OTHERS))

    def rewrite(self) -> None:
        """Other content, with the times of before."""
        path = self.some()
        if path.exists():
            before = path.stat()
            path.write_bytes(self.draw.choice(RETURNS))
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    def remove(self) -> None:
        self.some().unlink(missing_ok=True)

    def move(self) -> None:
        path, to = self.some(), self.some()
        if path.exists():
            os.replace(path, to)

    def pack(self) -> None:
        with zipfile.ZipFile(self.some(), "w") as archive:
            for number in range(self.draw.randint(1, 3)):
                archive.writestr(f"{number}.xlsx", self.draw.choice(RETURNS))

    def flip(self) -> None:
        self._flip(self.some())

    def spoil(self) -> None:
        """Harm the cache."""
        if self.draw.random() < 0.5:
            self._flip(self.cache)
        elif self.cache.exists():
            content = self.cache.read_bytes()
            self.cache.write_bytes(content[: self.draw.randrange(len(content))])

    def _flip(self, path: Path) -> None:
        if path.exists() and (content := bytearray(path.read_bytes())):
            content[self.draw.randrange(len(content))] ^= 1 << self.draw.randrange(8)
            path.write_bytes(content)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_cache_changes_nothing(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(seed)
    campaign = small_campaign(tmp_path / "dot", UNIT)
    change = Change(campaign.inbox, campaign.folder / CACHE_FILE, draw)
    kept = 0
    for _ in range(STEPS):
        monkeypatch.setattr(stamps, "SETTLED_NS", draw.choice([0, 2_000_000_000]))
        for _ in range(draw.choice([0, 1, 1, 2])):
            change.one()
        time.sleep(0.02)  # a system notes times in steps of a few milliseconds
        opened = open_campaign(campaign.folder)
        looked = look_into(opened, cache=open_cache(opened))
        if draw.random() < 0.2:
            change.spoil()  # while the run is under way
        kept += sum(bool(look.sha256) for look in looked.looks)

        assert looked.read(executor=InProcessExecutor()) == look_into(opened).read(executor=InProcessExecutor())
    assert kept > STEPS, "the cache was of use"

"""What was read before, so that a file that has not changed is not read again.

A reading is kept under the hash of its file's content, its name in the inbox, and everything else that it depends on:
forms, units, settled questions, limits, and the version of this library. A cache that is damaged, of another version or
not to be opened counts as empty; it may be deleted at any time. What a run has read is added as a part of its own, so
that a run that reads one file of thousands keeps one.
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
import time
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pcmd_consolidate
from pcmd_consolidate.cache_file import (
    Content,
    DamagedError,
    Head,
    Key,
    Stamp,
    key_of,
    pack,
    read_head,
    read_parts,
    read_readings,
    write_file,
)
from pcmd_consolidate.campaign import Campaign
from pcmd_consolidate.errors import OutputError
from pcmd_consolidate.intake.guard import read_bytes
from pcmd_consolidate.intake.inbox import Item
from pcmd_consolidate.intake.readings import FileReading
from pcmd_consolidate.intake.word_tables import is_available

CACHE_FILE = Path(".pcmd") / "da-doc.cache"
"""The cache in a campaign's folder."""
_MOST_PARTS = 20
"""Parts after which all readings are put into one."""
_SETTLED_NS = 2_000_000_000
"""A file that changed less than this before it was looked at may have changed again unseen."""
_NOT_KEPT = ("H30", "H31", "H32")
"""Findings that say nothing of the file: a worker's death, its time, its memory."""
_SOURCES = (".py", ".toml", ".csv")
"""Endings of the library's own files that readings depend on."""


@dataclass(frozen=True, slots=True)
class Look:
    """A file of the inbox, looked at before it is read.

    Attributes:
        item: The file.
        stamp: What the file system says of it; empty where it cannot be asked.
        asked_ns: When it was asked, in nanoseconds.
        sha256: Hash of its content, where that is what was read before; else empty.
    """

    item: Item
    stamp: Stamp = ()
    asked_ns: int = 0
    sha256: str = ""


@dataclass(frozen=True)
class ReadingCache:
    """The readings of a campaign's files from an earlier run.

    Attributes:
        campaign: The round.
        path: The file that holds them.
        head: What it holds.
    """

    campaign: Campaign
    path: Path
    head: Head

    @property
    def depends_on(self) -> str:
        """Fingerprint of what every reading depends on."""
        return self.head.depends_on

    def is_for(self, campaign: Campaign) -> bool:
        """Whether readings of a campaign would be those that are kept here."""
        return campaign is self.campaign or fingerprint(campaign) == self.depends_on

    def look(self, items: Iterable[Item]) -> Iterator[Look]:
        """Look at files, to see which of them are as they were."""
        for item in items:
            stamp, asked = stamp_of(item.path), time.time_ns()
            sha256, before, asked_before = self.head.seen.get(key_of(item), ("", (), 0))
            same = bool(stamp) and stamp == before and _is_settled(stamp, asked_before)
            if sha256 and not same and not (stamp and sha256 == _hashed(item)):
                sha256 = ""
            yield Look(item, stamp, asked_before if same else asked, sha256)

    def readings(self, looks: Sequence[Look]) -> dict[int, FileReading]:
        """The readings of those files that are as they were, by their places among the looks."""
        unchanged = {(key_of(look.item), look.sha256): place for place, look in enumerate(looks) if look.sha256}
        known = self._load() if unchanged else ()
        found = ((unchanged.get((key, content[0])), content) for key, content in known)
        return {place: FileReading(looks[place].item, *content) for place, content in found if place is not None}

    def _load(self) -> Sequence[tuple[Key, Content]]:
        try:
            return read_readings(self.path, self.head)
        except DamagedError:
            return ()

    def save(self, looks: Sequence[Look], readings: Sequence[FileReading], known: Container[int]) -> None:
        """Keep the readings of a run; where they cannot be written, the next run reads again.

        Args:
            looks: The files, as they were looked at before they were read.
            readings: What was read of them.
            known: The places of those whose readings came from here.
        """
        kept = [place for place, look in enumerate(looks) if look.stamp and _may_be_kept(readings[place])]
        fresh = [place for place in kept if place not in known]
        lines = ((looks[place], readings[place]) for place in kept)
        seen = {key_of(look.item): (reading.sha256, look.stamp, look.asked_ns) for look, reading in lines}
        if seen == self.head.seen and not fresh:
            return
        try:
            whole = len(fresh) * 2 > len(kept) or len(self.head.parts) >= _MOST_PARTS
            before, added = ((), kept) if whole else (tuple(read_parts(self.path, self.head)), fresh)
            part = [pack([readings[place] for place in added])] if added else []
            write_file(self.path, self.depends_on, seen, (*before, *part))
        except (OSError, DamagedError, OutputError):
            return


def open_cache(campaign: Campaign) -> ReadingCache:
    """The cache of a campaign; an empty one where there is none, or none that can be used."""
    path, depends_on = campaign.folder / CACHE_FILE, fingerprint(campaign)
    nothing = Head(depends_on, {}, (), 0)
    try:
        head = read_head(path)
    except DamagedError:
        head = nothing
    return ReadingCache(campaign, path, head if head.depends_on == depends_on else nothing)


def fingerprint(campaign: Campaign) -> str:
    """What a reading depends on besides its file, as a hash."""
    forms = [dataclasses.replace(form, rules=(), attached_to="") for form in campaign.forms]
    settled = [ruling for ruling in campaign.rulings if ruling.unit_id]
    packages = [metadata.version(name) for name in ("python-calamine", "openpyxl", "xlrd", "lxml", "rapidfuzz")]
    words = (pcmd_consolidate.__version__, _sources(), packages, is_available())
    written = repr((words, forms, campaign.registry.units, campaign.limits, settled))
    return hashlib.sha256(written.encode()).hexdigest()


def _sources() -> tuple[int, int]:
    """Number and last change of the library's own files: one under development changes without a new version."""
    folder = Path(pcmd_consolidate.__file__).parent
    times = [path.stat().st_mtime_ns for path in folder.rglob("*") if path.suffix in _SOURCES]
    return len(times), max(times)


def stamp_of(path: Path) -> Stamp:
    """What the file system says of a file; empty where it cannot be asked."""
    try:
        told = path.lstat()
    except OSError:
        return ()
    return told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino, told.st_mode


def _is_settled(stamp: Stamp, asked_ns: int) -> bool:
    """Whether a file with the stamp of before must be the file of before.

    Only POSIX systems note every change of a file in a time that programs cannot set.
    """
    return os.name == "posix" and max(stamp[1:3]) + _SETTLED_NS < asked_ns


def _hashed(item: Item) -> str:
    content = read_bytes(item.path, item.member)
    return hashlib.sha256(content).hexdigest() if isinstance(content, bytes) else ""


def _may_be_kept(reading: FileReading) -> bool:
    return bool(reading.sha256) and not any(finding.rule in _NOT_KEPT for finding in reading.findings)

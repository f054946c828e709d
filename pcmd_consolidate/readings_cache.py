"""What was read before, so that a file that has not changed is not read again.

A reading is kept under the hash of its file's content, its name in the inbox, and everything else that it depends on:
forms, units, settled questions, limits, and the version of this library. A cache that is damaged, of another version or
not to be opened counts as empty; it may be deleted at any time. What a run has read is added as a part of its own, so
that a run that reads one file of thousands keeps one.
"""

from __future__ import annotations

import dataclasses
import hashlib
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
    Seen,
    add_to_file,
    key_of,
    read_head,
    read_readings,
    write_file,
)
from pcmd_consolidate.campaign import Campaign
from pcmd_consolidate.errors import OutputError
from pcmd_consolidate.intake.guard import read_bytes
from pcmd_consolidate.intake.inbox import Item
from pcmd_consolidate.intake.readings import FileReading
from pcmd_consolidate.intake.word_tables import is_available
from pcmd_consolidate.stamps import is_settled

CACHE_FILE = Path(".pcmd") / "da-doc.cache"
"""The cache in a campaign's folder."""
_MOST_PARTS = 20
"""Parts after which all readings are put into one."""
_NOT_KEPT = ("H30", "H31", "H32")
"""Findings that say nothing of the file: a worker's death, its time, its memory."""
_UNSEEN: Seen = ("", (), 0)
_SOURCES = (".py", ".toml", ".csv")
"""Endings of the library's own files that readings depend on."""


@dataclass(frozen=True, slots=True)
class Look:
    """A file of the inbox, looked at before it is read.

    Attributes:
        item: The file.
        asked_ns: When its stamp was asked for, or shortly before, in nanoseconds.
        sha256: Hash of its content, where that is what was read before; else empty.
    """

    item: Item
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

    def look(self, items: Iterable[Item], asked_ns: int) -> Iterator[Look]:
        """Look at files, to see which of them are as they were.

        Args:
            items: The files.
            asked_ns: When the first of them was looked for, in nanoseconds.
        """
        for item in items:
            sha256, before, asked_before = self.head.seen.get(key_of(item), _UNSEEN)
            same = bool(item.stamp) and item.stamp == before and is_settled(before, asked_before)
            if sha256 and not same and not (item.stamp and sha256 == _hashed(item)):
                sha256 = ""
            yield Look(item, asked_before if same else asked_ns, sha256)

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
        kept = [place for place, look in enumerate(looks) if look.item.stamp and _may_be_kept(readings[place])]
        fresh = [place for place in kept if place not in known]
        lines = ((looks[place], readings[place]) for place in kept)
        seen = {key_of(look.item): (reading.sha256, look.item.stamp, look.asked_ns) for look, reading in lines}
        if seen == self.head.seen and not fresh:
            return
        try:
            if len(fresh) * 2 > len(kept) or len(self.head.parts) >= _MOST_PARTS:
                write_file(self.path, self.depends_on, seen, [readings[place] for place in kept])
            else:
                add_to_file(self.path, self.head, seen, [readings[place] for place in fresh])
        except (OSError, OutputError):
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


def _hashed(item: Item) -> str:
    content = read_bytes(item.path, item.member)
    return hashlib.sha256(content).hexdigest() if isinstance(content, bytes) else ""


def _may_be_kept(reading: FileReading) -> bool:
    return bool(reading.sha256) and not any(finding.rule in _NOT_KEPT for finding in reading.findings)

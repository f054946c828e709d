"""What was read before, so that a file that has not changed is not read again.

A reading is kept under the hash of its file's content, its name in the inbox, and everything else that it depends on:
forms, units, settled questions, limits, and the version of this library. A cache that is damaged, of another version or
not to be opened counts as empty; it may be deleted at any time.

The file holds plain readings only: whatever else it may have been made to hold is not loaded. What a run has read is
added as a part of its own, so that a run that reads one file of thousands keeps one.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import io
import os
import pickle
import time
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

import pcmd_consolidate
from pcmd_consolidate.campaign import Campaign
from pcmd_consolidate.errors import OutputError
from pcmd_consolidate.files import written_lightly
from pcmd_consolidate.findings import Finding, Severity
from pcmd_consolidate.intake import cells, explanations, totals
from pcmd_consolidate.intake.guard import read_bytes
from pcmd_consolidate.intake.inbox import Item
from pcmd_consolidate.intake.readings import FileReading, SheetReading
from pcmd_consolidate.intake.word_tables import is_available
from pcmd_consolidate.units import Unit

CACHE_FILE = Path(".pcmd") / "da-doc.cache"
"""The cache in a campaign's folder."""
_MAGIC = b"pcmd readings 3\n"
_MOST_PARTS = 20
"""Parts after which all readings are put into one."""
_SETTLED_NS = 2_000_000_000
"""A file that changed less than this before it was looked at may have changed again unseen."""
_NOT_KEPT = ("H30", "H31", "H32")
"""Findings that say nothing of the file: a worker's death, its time, its memory."""
_PLAIN: Mapping[tuple[str, str], Any] = {
    (kind.__module__, kind.__qualname__): kind
    for kind in (
        Finding, Severity, SheetReading, Unit, dt.date, explanations.Answer, explanations.Explanation,
        cells.unpacked_cells, cells.shared_places, totals.unpacked_totals,
    )
}  # fmt: skip
_CONTENT = tuple(field.name for field in dataclasses.fields(FileReading) if field.name != "item")
"""What is kept of a reading; the file it is of is the one that is found in the inbox."""

_Key = tuple[str, int | None]
"""Name of a file in the inbox, and its place in the archive that holds it."""
_Stamp = tuple[int, ...]
"""What the file system says of a file: size, times, number."""
_Part = tuple[int, bytes]
"""Length and hash of readings that were kept together."""


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
    stamp: _Stamp = ()
    asked_ns: int = 0
    sha256: str = ""


@dataclass(frozen=True)
class ReadingCache:
    """The readings of a campaign's files from an earlier run.

    Attributes:
        path: The file that holds them.
        depends_on: Fingerprint of what every reading depends on.
        kept: What is known of each file: hash, stamp, and when it was asked.
        start: Where in the file the readings begin.
        parts: The readings, those of the last run last.
    """

    path: Path
    depends_on: str
    kept: Mapping[_Key, tuple[str, _Stamp, int]] = field(default_factory=dict)
    start: int = 0
    parts: tuple[_Part, ...] = ()

    def look(self, items: Iterable[Item]) -> Iterator[Look]:
        """Look at files, to see which of them are as they were."""
        for item in items:
            stamp, asked = stamp_of(item.path), time.time_ns()
            sha256, before, asked_before = self.kept.get(_key(item), ("", (), 0))
            same = bool(stamp) and stamp == before and _is_settled(stamp, asked_before)
            if sha256 and not same and not (stamp and sha256 == _hashed(item)):
                sha256 = ""
            yield Look(item, stamp, asked_before if same else asked, sha256)

    def readings(self, looks: Sequence[Look]) -> dict[int, FileReading]:
        """The readings of those files that are as they were, by their places among the looks."""
        unchanged = {(_key(look.item), look.sha256): place for place, look in enumerate(looks) if look.sha256}
        known = self._load() if unchanged else ()
        found = ((unchanged.get((key, sha256)), (sha256, *rest)) for key, sha256, *rest in known)
        return {place: FileReading(looks[place].item, *content) for place, content in found if place is not None}

    def _load(self) -> Sequence[tuple[Any, ...]]:
        """The keys of files, each with the content of its reading (``_CONTENT``)."""
        try:
            return [kept for part in self._payloads() for kept in _unpickled(part)]
        except Exception:  # whatever is wrong with it, it counts as empty
            return ()

    def _payloads(self) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            file.seek(self.start)
            for length, digest in self.parts:
                payload = file.read(length)
                if hashlib.sha256(payload).digest() != digest:
                    raise ValueError("damaged")
                yield payload

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
        entries = {_key(look.item): (reading.sha256, look.stamp, look.asked_ns) for look, reading in lines}
        if entries == self.kept and not fresh:
            return
        try:
            whole = len(fresh) * 2 > len(kept) or len(self.parts) >= _MOST_PARTS
            before, added = ((), kept) if whole else (tuple(self._payloads()), fresh)
            part = [_pickled([_kept(readings[place]) for place in added])] if added else []
            self._write((*before, *part), entries)
        except (OSError, ValueError, OutputError):
            return

    def _write(self, parts: Sequence[bytes], entries: Mapping[_Key, tuple[str, _Stamp, int]]) -> None:
        told = tuple((len(part), hashlib.sha256(part).digest()) for part in parts)
        head = _pickled((self.depends_on, told, entries))
        self.path.parent.mkdir(exist_ok=True)
        with written_lightly(self.path) as beside, beside.open("wb") as file:
            file.writelines((_MAGIC, len(head).to_bytes(8, "little"), head, *parts))


def open_cache(campaign: Campaign) -> ReadingCache:
    """The cache of a campaign; an empty one where there is none, or none that can be used."""
    path, depends_on = campaign.folder / CACHE_FILE, fingerprint(campaign)
    try:
        with path.open("rb") as file:
            magic, size = file.read(len(_MAGIC)), int.from_bytes(file.read(8), "little")
            head = file.read(size) if magic == _MAGIC and size <= path.stat().st_size else b""
        made_for, parts, kept = _unpickled(head)
    except Exception:  # whatever is wrong with it, it counts as empty
        return ReadingCache(path, depends_on)
    if made_for != depends_on:
        return ReadingCache(path, depends_on)
    return ReadingCache(path, depends_on, kept, len(_MAGIC) + 8 + len(head), parts)


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
    times = [path.stat().st_mtime_ns for path in Path(pcmd_consolidate.__file__).parent.rglob("*.py")]
    return len(times), max(times)


def _key(item: Item) -> _Key:
    return item.name, item.member


def stamp_of(path: Path) -> _Stamp:
    """What the file system says of a file; empty where it cannot be asked."""
    try:
        told = path.lstat()
    except OSError:
        return ()
    return told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino, told.st_mode


def _is_settled(stamp: _Stamp, asked_ns: int) -> bool:
    """Whether a file with the stamp of before must be the file of before.

    Only POSIX systems note every change of a file in a time that programs cannot set.
    """
    return os.name == "posix" and max(stamp[1:3]) + _SETTLED_NS < asked_ns


def _hashed(item: Item) -> str:
    content = read_bytes(item.path, item.member)
    return hashlib.sha256(content).hexdigest() if isinstance(content, bytes) else ""


def _kept(reading: FileReading) -> tuple[object, ...]:
    return (_key(reading.item), *(getattr(reading, name) for name in _CONTENT))


def _may_be_kept(reading: FileReading) -> bool:
    return bool(reading.sha256) and not any(finding.rule in _NOT_KEPT for finding in reading.findings)


class _Unpickler(pickle.Unpickler):
    """Loads plain readings, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        try:
            return _PLAIN[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name}") from None


def _pickled(content: object) -> bytes:
    return pickle.dumps(content, pickle.HIGHEST_PROTOCOL)


def _unpickled(content: bytes) -> Any:
    return _Unpickler(io.BytesIO(content)).load()

"""The file in which readings are kept: a head that says of what, then readings in parts; each under its hash.

It holds plain readings only: whatever else it may have been made to hold is not loaded.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import io
import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pcmd_consolidate.files import written_lightly
from pcmd_consolidate.findings import Finding, Severity
from pcmd_consolidate.intake import cells, explanations, totals
from pcmd_consolidate.intake.inbox import Item
from pcmd_consolidate.intake.readings import FileReading, SheetReading
from pcmd_consolidate.stamps import Stamp
from pcmd_consolidate.units import Unit

Key = tuple[str, int | None, str]
"""Name of a file in the inbox, its place in the archive that holds it, and what in its name cannot be seen."""
Seen = tuple[str, Stamp, int]
"""What is known of a file: hash of its content, stamp, and when it was asked, in nanoseconds."""
Part = tuple[int, bytes]
"""Length and hash of readings that were kept together."""
Content = tuple[Any, ...]
"""What is kept of a reading: its fields, but for the file it is of, which is the one that is found in the inbox."""

_MAGIC = b"pcmd readings 4\n"
_HASH = hashlib.sha256().digest_size
_FIELDS = tuple(field.name for field in dataclasses.fields(FileReading) if field.name != "item")
_PLAIN: Mapping[tuple[str, str], Any] = {
    (kind.__module__, kind.__qualname__): kind
    for kind in (
        Finding, Severity, SheetReading, Unit, dt.date, explanations.Answer, explanations.Explanation,
        cells.unpacked_cells, cells.unpacked_places, totals.unpacked_totals,
    )
}  # fmt: skip


class DamagedError(Exception):
    """The file is none, is of another version, or does not hold what it says."""


@dataclass(frozen=True)
class Head:
    """What the file says of itself.

    Attributes:
        depends_on: Fingerprint of what every reading depends on.
        seen: What is known of each file.
        parts: The readings, those of the last run last.
        start: Where in the file they begin.
    """

    depends_on: str
    seen: Mapping[Key, Seen]
    parts: tuple[Part, ...]
    start: int


def key_of(item: Item) -> Key:
    """What a file goes by."""
    return item.name, item.member, item.strange


def read_head(path: Path) -> Head:
    """The head of the file.

    Raises:
        DamagedError: It cannot be used.
    """
    try:
        if not path.is_file():
            raise DamagedError
        with path.open("rb") as file:
            magic, size = file.read(len(_MAGIC)), int.from_bytes(file.read(8), "little")
            if magic != _MAGIC or size > path.stat().st_size:
                raise DamagedError
            digest, written = file.read(_HASH), file.read(size)
            depends_on, parts, seen = _unpickled(written, digest)
            start = file.tell()
        fits = isinstance(depends_on, str) and all(isinstance(n, int) and isinstance(d, bytes) for n, d in parts)
        fits = fits and all(map(_is_seen, seen.items()))
    except Exception as error:  # whatever is wrong with it
        raise DamagedError from error
    if not fits:
        raise DamagedError
    return Head(depends_on, seen, tuple(parts), start)


def _is_seen(entry: tuple[Any, Any]) -> bool:
    (name, member, strange), (sha256, stamp, asked) = entry
    texts = all(isinstance(text, str) for text in (name, strange, sha256))
    return texts and isinstance(member, int | None) and isinstance(stamp, tuple) and isinstance(asked, int)


def read_readings(path: Path, head: Head) -> list[tuple[Key, Content]]:
    """All readings of the file.

    Raises:
        DamagedError: They are not those of which its head tells.
    """
    try:
        with path.open("rb") as file:
            file.seek(head.start)
            parts = [_unpickled(file.read(length), digest) for length, digest in head.parts]
        readings = [(key, tuple(content)) for part in parts for key, *content in part]
        fits = all(_is_content(content) for _, content in readings)
    except Exception as error:  # whatever is wrong with it
        raise DamagedError from error
    if not fits:
        raise DamagedError
    return readings


def _is_content(content: Content) -> bool:
    sha256, saved_at, sheets, findings, answer = content
    return (
        isinstance(sha256, str)
        and isinstance(saved_at, str)
        and all(isinstance(sheet, SheetReading) for sheet in sheets)
        and all(isinstance(finding, Finding) for finding in findings)
        and isinstance(answer, explanations.Answer | None)
    )


def write_file(path: Path, depends_on: str, seen: Mapping[Key, Seen], readings: Sequence[FileReading]) -> None:
    """Write the file anew; its folder is made where there is none.

    Raises:
        OSError, OutputError: It cannot be written; an older one is left whole.
    """
    path.parent.mkdir(exist_ok=True)
    part = _packed(readings)
    _write(path, (depends_on, (_told(part),), seen), part)


def add_to_file(path: Path, head: Head, seen: Mapping[Key, Seen], readings: Sequence[FileReading]) -> None:
    """Write the file with readings added to those that it holds.

    These are not looked into: where they are damaged, they are so in the new file, whose head tells of what they were.

    Raises:
        OSError, OutputError: It cannot be read or written; an older one is left whole.
    """
    with path.open("rb") as file:
        file.seek(head.start)
        before = file.read(sum(length for length, _ in head.parts))
    part = _packed(readings) if readings else b""
    parts = (*head.parts, _told(part)) if readings else head.parts
    _write(path, (head.depends_on, parts, seen), before, part)


def _packed(readings: Sequence[FileReading]) -> bytes:
    return _pickled([(key_of(r.item), *(getattr(r, name) for name in _FIELDS)) for r in readings])


def _told(part: bytes) -> Part:
    return len(part), hashlib.sha256(part).digest()


def _write(path: Path, head: tuple[str, Sequence[Part], Mapping[Key, Seen]], *parts: bytes) -> None:
    packed = _pickled(head)
    with written_lightly(path) as beside, beside.open("wb") as file:
        file.writelines((_MAGIC, len(packed).to_bytes(8, "little"), hashlib.sha256(packed).digest(), packed, *parts))


class _Unpickler(pickle.Unpickler):
    """Loads plain readings, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        try:
            return _PLAIN[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name}") from None


def _pickled(content: object) -> bytes:
    return pickle.dumps(content, pickle.HIGHEST_PROTOCOL)


def _unpickled(written: bytes, digest: bytes) -> Any:
    if hashlib.sha256(written).digest() != digest:
        raise DamagedError
    return _Unpickler(io.BytesIO(written)).load()

"""Finding the files of an inbox."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pcmd_consolidate.intake import archive
from pcmd_consolidate.limits import limits_now
from pcmd_consolidate.stamps import Stamp, stamp_of

_NOT_RETURNS = {".ds_store", "thumbs.db", "desktop.ini"}
_WORKBOOKS = {".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"}
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_DATED = re.compile(r"(20\d\d)-(\d\d)-(\d\d)\b")

_Parts = tuple[str, ...]
"""Names of the folders inside the inbox that lead to a file, and its own."""


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the inbox.

    Attributes:
        path: Where it is.
        name: Its path inside the inbox, with forward slashes, in NFC.
        received_at: When it came: the day of the nearest folder whose name begins with a date (*2025-08-28*), else the
            time of the file.
        member: Its place in the directory of the .zip at ``path``; None for a file of its own. Its name is then that of
            the .zip, a slash and its name there.
        skipped: Whether Office or an operating system left it there (``~$…``, ``Thumbs.db``): it is not read.
        strange: What in its name cannot be seen or read, as shown in ``name``; empty where there is nothing.
        stamp: What the file system said of ``path`` when it was found.
    """

    path: Path
    name: str
    received_at: dt.datetime
    member: int | None = None
    skipped: bool = False
    strange: str = ""
    stamp: Stamp = ()


def find_files(inbox: Path) -> tuple[Item, ...]:
    """The files of an inbox that are read, in the order of their names."""
    return tuple(item for item in find_all(inbox) if not item.skipped)


def find_all(inbox: Path) -> tuple[Item, ...]:
    """Every file of an inbox, its sub-folders and its .zip archives, in the order of their names.

    Links, pipes, folders that cannot be opened and folders with the name of a workbook are among them.
    """
    return tuple(sorted(_items(inbox), key=lambda item: (item.name, os.fspath(item.path))))


def _items(inbox: Path) -> Iterator[Item]:
    limits = limits_now()
    for path, parts in _paths(inbox):
        name, strange = _shown("/".join(parts) or ".")
        stamp, skipped = stamp_of(path), _is_left_behind(parts)
        item = Item(path, name, _received_at(stamp, parts), skipped=skipped, strange=strange, stamp=stamp)
        members = () if skipped else archive.members(path, stamp, limits.max_bytes, limits.max_inflated)
        inside = [_inside(item, member) for member in members]
        if all(member.skipped for member in inside):
            yield item
        yield from inside


def _inside(item: Item, member: archive.Member) -> Item:
    left = _is_left_behind(PurePosixPath(member.name).parts)
    return dataclasses.replace(item, name=f"{item.name}/{member.name}", member=member.index, skipped=left)


def _paths(inbox: Path) -> Iterator[tuple[Path, _Parts]]:
    """Everything in a folder but its ordinary sub-folders, with its place there; links are not followed."""
    folders: list[tuple[Path, _Parts]] = [(inbox, ())]
    while folders:
        folder, above = folders.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            yield folder, above
            continue
        for entry in entries:
            place = (folder / entry.name, (*above, entry.name))
            if not entry.is_dir(follow_symlinks=False):
                yield place
                continue
            folders.append(place)
            if place[0].suffix.casefold() in _WORKBOOKS:
                yield place


def _is_left_behind(parts: _Parts) -> bool:
    """Whether Office or an operating system left the file there."""
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    return hidden or any(part.startswith("~$") or part.casefold() in _NOT_RETURNS for part in parts[-1:])


def _shown(place: str) -> tuple[str, str]:
    """A place in the inbox as it is shown, and what was strange in it.

    Bytes that are not UTF-8, control characters and marks that turn the direction of writing are shown escaped.
    """
    if place.isprintable():
        return unicodedata.normalize("NFC", place), ""
    text = os.fsencode(place).decode("utf-8", "backslashreplace")
    text = unicodedata.normalize("NFC", text)
    strange = re.findall(r"[\udc80-\udcff]", place) + _UNSEEN.findall(text)
    return _UNSEEN.sub(_escaped, text), ", ".join(f"U+{ord(char):04X}" for char in sorted(set(strange)))


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _received_at(stamp: Stamp, parts: _Parts) -> dt.datetime:
    for part in reversed(parts[:-1]):
        if found := _DATED.match(part):
            try:
                return dt.datetime(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                continue
    try:
        return dt.datetime.fromtimestamp(stamp[1] // 1_000_000_000)
    except (IndexError, OSError, OverflowError, ValueError):
        return dt.datetime(1970, 1, 1)

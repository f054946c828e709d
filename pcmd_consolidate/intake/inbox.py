"""Finding the files of an inbox."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath

from pcmd_consolidate.intake import archive, guard

_NOT_RETURNS = {".ds_store", "thumbs.db", "desktop.ini"}
_DATED = re.compile(r"(20\d\d)-(\d\d)-(\d\d)\b")


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
    """

    path: Path
    name: str
    received_at: dt.datetime
    member: int | None = None


def find_files(inbox: Path) -> tuple[Item, ...]:
    """Every file of an inbox, its sub-folders and its .zip archives, in the order of their names.

    Files that Office and operating systems leave behind (``~$…``, ``Thumbs.db``) are passed over.
    """
    return tuple(sorted(_items(inbox), key=lambda item: item.name))


def _items(inbox: Path) -> Iterator[Item]:
    for path in inbox.rglob("*"):
        relative = path.relative_to(inbox)
        if path.is_dir() or _is_left_behind(relative):
            continue
        item = Item(path, _shown(relative), _received_at(path, relative))
        inside = [
            dataclasses.replace(item, name=f"{item.name}/{member.name}", member=member.index)
            for member in archive.members(path, guard.MAX_BYTES, guard.MAX_INFLATED)
            if not _is_left_behind(PurePosixPath(member.name))
        ]
        yield from inside or [item]


def _is_left_behind(path: PurePath) -> bool:
    """Whether Office or an operating system left the file there."""
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in path.parts)
    return hidden or path.name.startswith("~$") or path.name.casefold() in _NOT_RETURNS


def _shown(relative: Path) -> str:
    """The path as text; bytes that are not UTF-8 are shown escaped."""
    text = relative.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return unicodedata.normalize("NFC", text)


def _received_at(path: Path, relative: Path) -> dt.datetime:
    for part in reversed(relative.parts[:-1]):
        if found := _DATED.match(part):
            try:
                return dt.datetime(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                continue
    return dt.datetime.fromtimestamp(path.lstat().st_mtime).replace(microsecond=0)

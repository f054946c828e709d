"""Finding the files of an inbox."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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
    """

    path: Path
    name: str
    received_at: dt.datetime


def find_files(inbox: Path) -> tuple[Item, ...]:
    """Every file of an inbox and its sub-folders, in the order of their names.

    Files that Office and operating systems leave behind (``~$…``, ``Thumbs.db``) are passed over.
    """
    return tuple(sorted(_items(inbox), key=lambda item: item.name))


def _items(inbox: Path) -> Iterator[Item]:
    for path in inbox.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(inbox).parts)
        if path.is_dir() or hidden or path.name.startswith("~$") or path.name.casefold() in _NOT_RETURNS:
            continue
        relative = path.relative_to(inbox)
        yield Item(path, _shown(relative), _received_at(path, relative))


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

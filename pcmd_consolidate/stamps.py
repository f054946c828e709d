"""What the file system says of a file, by which one sees that it has not changed."""

from __future__ import annotations

import os
from pathlib import Path

Stamp = tuple[int, ...]
"""Size, times of the last change of content and of anything (nanoseconds), number, mode; empty where it is not told."""
SETTLED_NS = 2_000_000_000
"""A file that changed less than this before it was asked about may have changed again unseen."""


def stamp_of(path: Path) -> Stamp:
    """The stamp of a file; of a link itself, not of what it leads to."""
    try:
        told = os.lstat(path)
    except (OSError, ValueError):
        return ()
    return told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino, told.st_mode


def is_settled(stamp: Stamp, asked_ns: int) -> bool:
    """Whether a file that has the stamp it had at a time must be the file of then.

    Only POSIX systems note every change of a file in a time that programs cannot set.
    """
    return os.name == "posix" and max(stamp[1:3]) + SETTLED_NS < asked_ns

"""Names of workbooks for units: safe on every system, and no two alike."""

from __future__ import annotations

import re
from collections.abc import Iterable

STEM_LIMIT = 100
"""Characters of a name without its suffix."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')


def clean(part: str) -> str:
    """A part of a name without what Windows forbids, with single spaces."""
    return " ".join(_FORBIDDEN.sub(" ", part).split())


def distinct_workbooks(stems: Iterable[str]) -> tuple[str, ...]:
    """A name for a workbook of each stem; numbered where they are alike, even if only capitals differ."""
    taken: set[str] = set()
    names = []
    for stem in stems:
        place = 1
        while (name := f"{stem}.xlsx" if place == 1 else f"{stem} ({place}).xlsx").casefold() in taken:
            place += 1
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)

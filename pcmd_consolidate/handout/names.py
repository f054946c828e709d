"""Names of the files handed out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from pcmd_consolidate.units import Unit

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_STEM_LIMIT = 100


def file_names(units: Iterable[Unit]) -> tuple[str, ...]:
    """A file name for each unit, safe on Windows; no two are alike, even where capitals do not count."""
    taken: set[str] = set()
    names = []
    for unit in units:
        stem, place = _stem(unit), 1
        while (name := f"{stem}.xlsx" if place == 1 else f"{stem} ({place}).xlsx").casefold() in taken:
            place += 1
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def _stem(unit: Unit) -> str:
    parts = [_FORBIDDEN.sub(" ", part) for part in (unit.form, unit.unit_id, unit.name)]
    stem = unicodedata.normalize("NFC", "_".join(" ".join(part.split()) for part in parts))
    return stem[:_STEM_LIMIT].rstrip(". ")

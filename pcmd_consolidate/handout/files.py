"""Names of the files handed out, and writing them whole or not at all."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from pcmd_consolidate.errors import OutputError
from pcmd_consolidate.units import Unit

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_STEM_LIMIT = 100
_IN_USE = "không ghi được tệp này; tệp đang mở trong Excel? Hãy đóng tệp rồi làm lại"


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


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there.

    Raises:
        OutputError: It cannot be written; the file that was there, if any, is left as it was.
    """
    beside = path.with_name(f"~{path.name}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        os.replace(beside, path)
    except OSError as error:
        _remove(beside)
        raise OutputError(path, f"{_IN_USE} ({error.strerror})") from error


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return

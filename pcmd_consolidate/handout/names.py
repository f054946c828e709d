"""Names of the files handed out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from pcmd_consolidate.file_names import STEM_LIMIT, clean, distinct_workbooks
from pcmd_consolidate.units import Unit


def file_names(units: Iterable[Unit]) -> tuple[str, ...]:
    """A file name for each unit, safe on Windows; no two are alike, even where capitals do not count."""
    return distinct_workbooks(map(_stem, units))


def _stem(unit: Unit) -> str:
    stem = unicodedata.normalize("NFC", "_".join(clean(part) for part in (unit.form, unit.unit_id, unit.name)))
    return stem[:STEM_LIMIT].rstrip(". ")

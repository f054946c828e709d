"""Names of feedback workbooks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from pcmd_consolidate.feedback.cases import Case

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_STEM_LIMIT = 100


def feedback_names(cases: Iterable[Case]) -> tuple[str, ...]:
    """A name for each workbook: unit id, unit and forms; safe on Windows, and no two are alike.

    It is never that of the form handed out: the corrected workbook does not push the first return out of the inbox.
    """
    taken: set[str] = set()
    names = []
    for case in cases:
        stem, place = _stem(case), 1
        while (name := f"{stem}.xlsx" if place == 1 else f"{stem} ({place}).xlsx").casefold() in taken:
            place += 1
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def _stem(case: Case) -> str:
    parts = [_clean(part) for part in (case.unit.unit_id, case.unit.name)]
    end = f"_phan-hoi_{_clean('+'.join(case.forms))}"
    stem = unicodedata.normalize("NFC", "_".join(parts))
    return stem[: _STEM_LIMIT - len(end)].rstrip(". ") + end


def _clean(part: str) -> str:
    return " ".join(_FORBIDDEN.sub(" ", part).split())

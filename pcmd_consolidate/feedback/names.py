"""Names of feedback workbooks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from pcmd_consolidate.feedback.cases import Case
from pcmd_consolidate.file_names import STEM_LIMIT, clean, distinct_workbooks


def feedback_names(cases: Iterable[Case]) -> tuple[str, ...]:
    """A name for each workbook: unit id, unit and forms; safe on Windows, and no two are alike.

    It is never that of the form handed out: the corrected workbook does not push the first return out of the inbox.
    """
    return distinct_workbooks(map(_stem, cases))


def _stem(case: Case) -> str:
    end = f"_phan-hoi_{clean('+'.join(case.forms))}"
    stem = unicodedata.normalize("NFC", "_".join(clean(part) for part in (case.unit.unit_id, case.unit.name)))
    return stem[: STEM_LIMIT - len(end)].rstrip(". ") + end

"""A line of the register of decisions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pcmd_consolidate.vietnamese import key

DECISIONS_FILE = "so-quyet-dinh.xlsx"
COLUMNS = {
    "kind": "Quyết định",
    "value": "Số liệu thay",
    "reason": "Lý do",
    "person": "Người quyết định",
    "severity": "Mức độ",
    "unit_id": "Mã đơn vị",
    "unit": "Đơn vị",
    "form": "Biểu",
    "row": "Dòng",
    "label": "Chỉ tiêu",
    "year": "Năm",
    "rule": "Mã",
    "message": "Vấn đề",
    "raw": "Đơn vị ghi",
}
"""Field of a line → heading of its column; the officer fills the first four."""
WHY = "Vì sao hết hiệu lực"
"""Heading of one more column for decisions that no longer stand."""


class Kind(StrEnum):
    """What is decided."""

    ACCEPT = "accept"
    REPLACE = "replace"


WORDS = {Kind.ACCEPT: "Chấp nhận", Kind.REPLACE: "Thay số liệu"}
"""What is decided → the word the officer chooses."""
KINDS = {key(word): kind for kind, word in WORDS.items()}
"""The word, however it is written → what is decided."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A line of the register that the officer has written in.

    Attributes:
        line: Its row in the sheet, from 1.
        kind: What is decided; None while nothing is chosen.
        value: The figure in place of the unit's, as typed; None where there is none.
        reason, person: Why, and who decided.
        unit_id, form, rule, row, year: What it is about; None where the finding has no row or year.
        message, raw: The finding and what the unit wrote when it was decided: the decision stands as long as they do.
    """

    line: int
    kind: Kind | None
    value: object
    reason: str
    person: str
    unit_id: str
    form: str
    rule: str
    row: int | None
    year: int | None
    message: str
    raw: str

    @property
    def place(self) -> tuple[object, ...]:
        """The figure that it is about."""
        return self.unit_id, self.form, self.row, self.year

    @property
    def about(self) -> tuple[object, ...]:
        """The very finding that it is about: place, sentence and what the unit wrote."""
        return self.rule, self.unit_id, self.form, self.row, self.year, self.message, self.raw

    @property
    def words(self) -> str:
        """The decision, its reason and who took it, as an official reads it."""
        chosen = WORDS[self.kind] if self.kind else ""
        return f"{chosen}: {self.reason} ({self.person})"


@dataclass(frozen=True, slots=True)
class Fallen:
    """A decision that no longer stands, and why."""

    decision: Decision
    why: str

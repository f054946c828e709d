"""What was read: one form of a sheet, one file."""

from __future__ import annotations

from dataclasses import dataclass

from pcmd_consolidate.findings import Finding
from pcmd_consolidate.intake.cells import Cells
from pcmd_consolidate.intake.explanations import Answer
from pcmd_consolidate.intake.inbox import Item
from pcmd_consolidate.intake.totals import Totals
from pcmd_consolidate.units import Unit


@dataclass(frozen=True)
class SheetReading:
    """One form found in one sheet.

    Attributes:
        sheet: Name of the sheet.
        form: Id of the form.
        unit: The unit that sent it; None where that could not be told.
        cells: A reading of every cell asked for.
        totals: The figures that the unit wrote under Tổng cộng.
        findings: What is wrong, with its place.
        pinned: Whether the officer settled whose return it is.
    """

    sheet: str
    form: str
    unit: Unit | None
    cells: Cells
    totals: Totals
    findings: tuple[Finding, ...]
    pinned: bool = False


@dataclass(frozen=True)
class FileReading:
    """One file of the inbox.

    Attributes:
        item: The file.
        sha256: Hash of its bytes; empty where it could not be read.
        saved_at: When the document says it was last saved (ISO text); empty where it does not.
        sheets: The forms found in it.
        findings: What is wrong with the file as a whole.
        answer: What its feedback sheet says; None where it has none.
    """

    item: Item
    sha256: str
    saved_at: str = ""
    sheets: tuple[SheetReading, ...] = ()
    findings: tuple[Finding, ...] = ()
    answer: Answer | None = None

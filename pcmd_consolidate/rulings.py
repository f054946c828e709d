"""``inbox.csv``: what the officer settles about returns that the machine cannot settle.

Each line names a sheet of a file in the inbox and the unit and form that it belongs to. A line with a unit is a ruling:
it outweighs everything that the return says of itself, and pins that return where the unit has sent several. Of a file
that cannot be read it says who sent it: once another return of that unit counts, the file is settled. A line without a
unit is an open question, put there by the run that met it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pcmd_consolidate.errors import CampaignError
from pcmd_consolidate.files import written_whole
from pcmd_consolidate.hand_edited import read_table
from pcmd_consolidate.units import Registry

RULINGS_FILE = "inbox.csv"
_COLUMNS = ("file", "sheet", "unit_id", "form", "question")


@dataclass(frozen=True, slots=True)
class Ruling:
    """A line of ``inbox.csv``.

    Attributes:
        file: Name of the file, relative to the inbox.
        sheet: Name of the sheet; empty for every sheet of the file.
        unit_id: The unit that sent it; empty while the question is open.
        form: The form that it is; may be left empty where the unit fills only one.
        question: What the machine could not settle.
    """

    file: str
    sheet: str
    unit_id: str
    form: str
    question: str = ""


def read_rulings(path: Path, registry: Registry) -> tuple[Ruling, ...]:
    """Read ``inbox.csv``; empty where there is none.

    Raises:
        CampaignError: A line names a unit or form that does not exist; names line and column.
    """
    if not path.exists():
        return ()
    return tuple(_ruling(path, line, cells, registry) for line, cells in read_table(path, _COLUMNS, required=4))


def _ruling(path: Path, line: int, cells: Mapping[str, str], registry: Registry) -> Ruling:
    ruling = Ruling(**cells)
    if not ruling.file:
        raise CampaignError(path, "không được để trống", line=line, field="file")
    if not ruling.unit_id:
        return ruling
    forms = [unit.form for unit in registry if unit.unit_id == ruling.unit_id]
    if not forms:
        raise CampaignError(path, f"units.csv không có đơn vị mã «{ruling.unit_id}»", line=line, field="unit_id")
    form = ruling.form or (forms[0] if len(forms) == 1 else "")
    if form not in forms:
        raise CampaignError(path, f"đơn vị này chỉ nộp {', '.join(forms)}", line=line, field="form")
    return Ruling(ruling.file, ruling.sheet, ruling.unit_id, form, ruling.question)


def find_ruling(rulings: Iterable[Ruling], file: str, sheet: str) -> Ruling | None:
    """The ruling on a sheet: one that names it, else one on its whole file."""
    settled = [r for r in rulings if r.unit_id and r.file == file]
    return next((r for r in settled if r.sheet == sheet), next((r for r in settled if not r.sheet), None))


def add_questions(path: Path, rulings: Iterable[Ruling], questions: Iterable[Ruling]) -> int:
    """Add open questions to ``inbox.csv``; what the officer wrote there stays.

    Args:
        path: The file; made where it does not exist and there is a question.
        rulings: What the file says now.
        questions: What the last run could not settle.

    Returns:
        How many questions were added.

    Raises:
        OutputError: The file cannot be written, for example because it is open in Excel.
    """
    known = list(rulings)
    asked = {(r.file, r.sheet) for r in known}
    new = [question for question in questions if (question.file, question.sheet) not in asked]
    if new:
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(_COLUMNS)
        writer.writerows([r.file, r.sheet, r.unit_id, r.form, r.question] for r in [*known, *new])
        with written_whole(path) as beside:
            beside.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
    return len(new)

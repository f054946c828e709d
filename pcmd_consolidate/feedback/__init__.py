"""Feedback to the units: each unit's own workbook, marked, with a first sheet that says what to correct."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pcmd_consolidate.consolidation import Consolidation
from pcmd_consolidate.csv_tables import csv_text
from pcmd_consolidate.errors import OutputError
from pcmd_consolidate.feedback.book import feedback_books
from pcmd_consolidate.feedback.cases import find_cases
from pcmd_consolidate.feedback.letters import LIST_FILE, REMINDERS_FILE, feedback_list, reminders
from pcmd_consolidate.feedback.names import feedback_names
from pcmd_consolidate.files import written_together
from pcmd_consolidate.locks import one_run

FEEDBACK_FOLDER = "phan-hoi"

__all__ = ["FEEDBACK_FOLDER", "write_feedback"]


def write_feedback(
    result: Consolidation, out: str | Path | None = None, *, today: dt.date | None = None
) -> tuple[Path, ...]:
    """Write a workbook for each return with something to correct or explain, and two tables.

    The workbook is the unit's own, its cells coloured and commented, or a fresh form filled in with what was read where
    the unit's own cannot be edited. Its first sheet lists the findings; reasons that the unit types there are read when
    the workbook comes back. The returns themselves are never written to.

    Args:
        result: The consolidation.
        out: Folder to write to; ``phan-hoi`` in the campaign's folder where None. Made where it does not exist.
        today: The day on which the letters are written and from which they count what is overdue. The cut-off date of
            the campaign where None, so that the same input gives the same files on any day; ``pcmd feedback`` counts
            from the day on which it is run, as ``today=datetime.date.today()`` does.

    Returns:
        The workbooks, then ``danh-sach-phan-hoi.csv`` (a line for each of them) and ``nhac-nop.csv`` (a letter for each
        unit that has not sent).

    Raises:
        OutputError: A file cannot be written, or the folder is in the inbox; all files are then the old ones.
        BusyError: Another run works on the campaign, or is writing there.
    """
    campaign = result.campaign
    folder = Path(out) if out is not None else campaign.folder / FEEDBACK_FOLDER
    if folder.resolve().is_relative_to(result.returns.inbox.resolve()):
        raise OutputError(folder, "không ghi phản hồi vào nơi chứa các biểu đã nhận; hãy chọn thư mục khác")
    cases = find_cases(result)
    books = [book for case in cases for book in feedback_books(case, campaign)]
    names = feedback_names(case for case, _ in books)
    told = dict(zip(names, (case for case, _ in books), strict=True))
    tables = {
        LIST_FILE: feedback_list(told, campaign),
        REMINDERS_FILE: reminders(result, cases, today or campaign.cut_off),
    }
    contents = {name: content for name, (_, content) in zip(names, books, strict=True)}
    contents |= {name: ("\ufeff" + csv_text(table)).encode() for name, table in tables.items()}
    paths = tuple(folder / name for name in contents)
    with one_run(campaign.folder), written_together(paths) as besides:
        for beside, content in zip(besides, contents.values(), strict=True):
            beside.write_bytes(content)
    return paths

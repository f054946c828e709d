"""One feedback workbook, from a case to bytes."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.worksheet import Worksheet

from pcmd_consolidate.campaign import Campaign
from pcmd_consolidate.feedback.cases import Case
from pcmd_consolidate.feedback.draft import Draft
from pcmd_consolidate.feedback.first_sheet import MARK_HEADINGS, write_first_sheet
from pcmd_consolidate.feedback.fresh_book import fill_fresh
from pcmd_consolidate.feedback.lines import lines_of
from pcmd_consolidate.feedback.marks import Before, cells_of, mark, unmark
from pcmd_consolidate.feedback.own_book import open_own
from pcmd_consolidate.feedback.package import to_bytes
from pcmd_consolidate.intake.explanations import FEEDBACK_SHEET
from pcmd_consolidate.intake.grid import Format
from pcmd_consolidate.intake.guard import open_file
from pcmd_consolidate.limits import limited


def feedback_books(case: Case, campaign: Campaign) -> Iterator[tuple[Case, bytes]]:
    """The workbooks for a case: the unit's own, marked, or a fresh form for each of its forms.

    Args:
        case: The case.
        campaign: The round.

    Returns:
        The workbooks, each with the part of the case that it is about.
    """
    item = case.file.item
    with limited(campaign.limits):
        opened = open_file(item.path, item.member, item.name)
    own = _own(case, opened.content, campaign) if opened.format is Format.XLSX and case.sheets else None
    if own is not None:
        yield case, own
        return
    for form in case.forms:
        part = case.only(form)
        if any(point.is_open for point in part.points):
            yield part, _written(part, fill_fresh(part, campaign), campaign)


def _own(case: Case, content: bytes, campaign: Campaign) -> bytes | None:
    """The unit's own workbook, marked; None where it cannot be edited."""
    try:
        draft = open_own(case, content)
        return None if draft is None else _written(case, draft, campaign)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except Exception:  # whatever a strange workbook leads to: a fresh form serves as well
        return None


def _written(case: Case, draft: Draft, campaign: Campaign) -> bytes:
    book = draft.book
    _undo_earlier_round(book)
    before = mark(book, ((point, draft.spots(point)) for point in case.points if point.is_open))
    sheet = book.create_sheet(FEEDBACK_SHEET, 0)
    names = ", ".join(campaign.form(form).name for form in case.forms)
    title = f"{case.unit.name} – {names} – {campaign.title}"
    write_first_sheet(sheet, case, title, draft.notice, lines_of(case, draft, campaign), before)
    _show_first(book)
    book.calculation = book.calculation or CalcProperties()
    book.calculation.fullCalcOnLoad = True
    return to_bytes(book, draft.values)


def _undo_earlier_round(book: Workbook) -> None:
    """Take away the first sheet, the colours and the comments of an earlier round."""
    for sheet in book.worksheets:
        headings = [cell for cell in cells_of(sheet) if cell.value in MARK_HEADINGS]
        if len(headings) == len(MARK_HEADINGS):
            places = {cell.value: cell.column for cell in headings}
            unmark(book, list(_before(sheet, headings[0].row, [places[heading] for heading in MARK_HEADINGS])))
            book.remove(sheet)


def _before(sheet: Worksheet, header: int, columns: list[int]) -> Iterator[Before]:
    for row in range(header + 1, sheet.max_row + 1):
        name, cell, fill = (str(sheet.cell(row, column).value or "") for column in columns)
        if name and cell:
            yield Before(name, cell, fill)


def _show_first(book: Workbook) -> None:
    """Open the workbook on its first sheet, with no other sheet selected along with it."""
    views = [sheet.views for sheet in book.worksheets]
    views += [sheet.sheetViews for sheet in book.chartsheets if sheet.sheetViews is not None]
    for view in [view for shown in views for view in shown.sheetView]:
        view.tabSelected = False
    book.active = 0
    book.worksheets[0].sheet_view.tabSelected = True
    for view in book.views:
        view.firstSheet = 0

"""What a process remembers of the handed-out workbooks that it has read, so that it reads the next ones faster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from weakref import WeakKeyDictionary

from pcmd_consolidate.forms import Form
from pcmd_consolidate.ids import ID_SHEET
from pcmd_consolidate.intake.align import Match
from pcmd_consolidate.intake.grid import Format, Grid
from pcmd_consolidate.intake.guard import Opened
from pcmd_consolidate.intake.known_layout import KnownLayout, learn
from pcmd_consolidate.intake.locate import Table
from pcmd_consolidate.intake.measures import Measures
from pcmd_consolidate.intake.package import RefusedError
from pcmd_consolidate.intake.pages import Pages
from pcmd_consolidate.intake.readings import SheetReading
from pcmd_consolidate.intake.recognise import Recognised, recognise
from pcmd_consolidate.intake.scan import scan_book
from pcmd_consolidate.units import Registry

_MOST = 4
"""Layouts of a form that are remembered: every program that saves it leaves its own."""
_OF_FIGURES = ("F07",)
"""Findings without a cell that tell of figures, not of the layout."""


_known: WeakKeyDictionary[Form, list[KnownLayout]] = WeakKeyDictionary()
"""The layouts of each form that this process has seen, the newest first."""


def recalled(opened: Opened, forms: Sequence[Form], registry: Registry) -> Recognised | None:
    """A workbook that is like one that was read before; None where it is not, or has to be read with more care."""
    layouts = [known for form in forms for known in _known.get(form, ())]
    if opened.format is not Format.XLSX or not layouts:
        return None
    try:
        book = scan_book(opened.content)
    except RefusedError:
        return None
    if ID_SHEET not in book.sheets:
        return None
    found = (recognise(book, known, registry) for known in layouts)
    return next((recognised for recognised in found if recognised is not None), None)


def remember(opened: Opened, pages: Pages, table: Table, read: SheetReading, ids: Mapping[str, str]) -> None:
    """Remember the layout of a workbook that was read, if it is the form as it was handed out."""
    if opened.format is not Format.XLSX or read.unit is None or read.unit.unit_id != ids.get("unit_id"):
        return
    if not _as_handed_out(pages.grid, table) or len(pages.starts) > 1:
        return
    if any(not finding.cell and finding.rule not in _OF_FIGURES for finding in read.findings):
        return
    known = learn(scan_book(opened.content), pages.grid, table, read.unit)
    if known is not None:
        layouts = _known.setdefault(table.form, [])
        layouts.insert(0, known)
        del layouts[_MOST:]


def _as_handed_out(grid: Grid, table: Table) -> bool:
    """Whether a sheet holds the form, word for word and nothing else."""
    columns = table.columns[0]
    if len(table.columns) > 1 or columns.disputed or columns.doubts or columns.others or columns.line_number is None:
        return False
    whole = len(table.matches) == len(table.form.rows) and set(columns.years) == set(table.form.years)
    if not whole or any(match != Match(match.place) for match in table.matches.values()):
        return False
    if grid.findings or grid.remarks.cells or grid.title:
        return False
    measures = Measures(grid, table)
    return not any(measures.other(place, table.form.rows[match.place]) for place, match in table.matches.items())


def is_known(form: Form) -> bool:
    """Whether this process remembers any layout of a form."""
    return bool(_known.get(form))


def forget() -> None:
    """Remember nothing, as in a new process."""
    _known.clear()

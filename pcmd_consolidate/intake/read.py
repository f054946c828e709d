"""One file of the inbox, read: what every cell that was asked for says, and what is wrong with it.

Nothing here needs pandas, so that worker processes start quickly.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Iterator, Sequence

from pcmd_consolidate.findings import Finding, found
from pcmd_consolidate.forms import Form
from pcmd_consolidate.ids import ID_SHEET, is_check_sheet
from pcmd_consolidate.intake.container import BROKEN, archive_of, beginning
from pcmd_consolidate.intake.explanations import Answer, is_feedback_sheet, read_answer
from pcmd_consolidate.intake.formats import misnamed, read_sheets
from pcmd_consolidate.intake.former import former_sheets
from pcmd_consolidate.intake.grid import Format, Grid, UnreadableError
from pcmd_consolidate.intake.guard import inspect, read_bytes
from pcmd_consolidate.intake.identify import hidden_ids
from pcmd_consolidate.intake.inbox import Item
from pcmd_consolidate.intake.labels import label_index
from pcmd_consolidate.intake.locate import Table, locate, score
from pcmd_consolidate.intake.pages import Pages, join_pages
from pcmd_consolidate.intake.parts import FEWEST_LABELS, parts_of
from pcmd_consolidate.intake.read_sheet import read_known_sheet, read_sheet
from pcmd_consolidate.intake.readings import FileReading
from pcmd_consolidate.intake.recall import recalled, remember
from pcmd_consolidate.intake.summaries import own_grids
from pcmd_consolidate.intake.years import without_years
from pcmd_consolidate.rulings import Ruling, find_ruling
from pcmd_consolidate.units import Registry
from pcmd_consolidate.vietnamese import squeeze

_NEARLY = 0.8
"""Share of the most labels from which another form fits nearly as well."""
_MOST_ABOUT = 100_000
"""Bytes of what a document says of itself that are looked at."""


def read_file(item: Item, forms: Sequence[Form], registry: Registry, rulings: Sequence[Ruling] = ()) -> FileReading:
    """Read one file of the inbox.

    Args:
        item: The file.
        forms: The forms of the campaign.
        registry: The units of the campaign.
        rulings: What the officer settled about the sheets of the inbox.

    Returns:
        Its readings and findings; a file that cannot be read gives a finding, never an exception.
    """
    return read_content(item, read_bytes(item.path, item.member), forms, registry, rulings)


def read_content(
    item: Item, content: bytes | Finding, forms: Sequence[Form], registry: Registry, rulings: Sequence[Ruling] = ()
) -> FileReading:
    """Read one file of the inbox whose bytes are at hand, or whose bytes could not be had (a finding says why)."""
    named = () if not item.strange else (found("H26", raw=item.strange),)
    if isinstance(content, Finding):
        return FileReading(item, "", findings=_in_file(item, (content, *named)))
    opened = inspect(content, item.name, nested=item.member is not None)
    sha256 = hashlib.sha256(content).hexdigest()
    if opened.finding is not None or opened.format is None:
        findings = () if opened.finding is None else (opened.finding,)
        return FileReading(item, sha256, findings=_in_file(item, (*findings, *named)))
    remarks = (*_misnamed(item, opened.format), *opened.remarks, *named)
    saved_at = _saved_at(opened.content, opened.format)
    ruled = any(ruling.file == item.name for ruling in rulings)
    if not ruled and (known := recalled(opened, forms, registry)) is not None:
        sheet = read_known_sheet(item, known, registry)
        return FileReading(item, sha256, saved_at, (sheet,), _in_file(item, remarks))
    try:
        grids = read_sheets(opened.content, opened.format)
    except UnreadableError as error:
        return FileReading(item, sha256, findings=_in_file(item, (error.finding, *named)))
    ids, answer, former = hidden_ids(grids), read_answer(grids), former_sheets(grids)
    grids = own_grids(grids, ids)
    unit_id = ids.get("unit_id", "") or (answer.unit_id if answer else "")
    settled = {grid.sheet: _settled(rulings, item.name, grid.sheet, answer) for grid in grids}
    indexes = {form: label_index(form) for form in forms}
    found_forms = [
        (Pages(part, pages.starts), _find_form(part, _forms_of(settled[pages.sheet], forms), ids.get("form", "")))
        for pages in join_pages([g for g in grids if _may_hold_a_form(g) and g.sheet not in former.names], indexes)
        for part in parts_of(pages.grid, indexes)
    ]
    tables = [(pages, t) for pages, t in found_forms if isinstance(t, Table) and pages.grid.visible]
    sheets = tuple(
        read_sheet(item, pages, table, {**ids, "unit_id": unit_id}, registry, settled[pages.sheet], former)
        for pages, table in tables
    )
    unused = [finding for pages, table in found_forms for finding in _unused(pages.grid, table)]
    if not sheets and not unused:
        unused = [found("H05")]
    if len(sheets) == 1 and not unused and not ruled and answer is None and ids and not former.names:
        remember(opened, *tables[0], sheets[0], ids)
    return FileReading(item, sha256, saved_at, sheets, _in_file(item, (*unused, *remarks)), answer)


def _misnamed(item: Item, kind: Format) -> tuple[Finding, ...]:
    finding = misnamed(item.name, kind)
    return () if finding is None else (finding,)


def _may_hold_a_form(grid: Grid) -> bool:
    return grid.sheet != ID_SHEET and not is_check_sheet(grid.sheet) and not is_feedback_sheet(grid)


def _settled(rulings: Sequence[Ruling], file: str, sheet: str, answer: Answer | None) -> Ruling | None:
    """The ruling on a sheet; a corrected feedback workbook stands under that on the return it was made from."""
    own = find_ruling(rulings, file, sheet)
    if own is None and answer is not None and sheet in answer.sources:
        return find_ruling(rulings, *answer.sources[sheet])
    return own


def _forms_of(ruling: Ruling | None, forms: Sequence[Form]) -> Sequence[Form]:
    """The forms that a sheet may be."""
    return forms if ruling is None else [form for form in forms if form.id == ruling.form]


def _unused(grid: Grid, table: Table | Finding | None) -> Iterator[Finding]:
    """Why a sheet that seems to hold a form is not read."""
    if isinstance(table, Finding):
        yield dataclasses.replace(table, sheet=grid.sheet)
    elif table is not None and not grid.visible:
        yield dataclasses.replace(found("H09"), sheet=grid.sheet)


def _in_file(item: Item, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(dataclasses.replace(f, file=item.name) for f in findings)


def _find_form(grid: Grid, forms: Sequence[Form], hidden_form: str) -> Table | Finding | None:
    """The form that a sheet holds: the one of which it has by far the most labels (half of them, for a short form).

    Where several forms fit nearly as well, the hidden ids or the form's name in the sheet decide.
    """
    scores = {form: score(grid, label_index(form)) for form in forms}
    most = max(scores.values())
    likely = [f for f in forms if scores[f] >= max(_NEARLY * most, min(FEWEST_LABELS, (len(f.indicators) + 1) // 2))]
    if len(likely) > 1:
        text = squeeze(" ".join(grid.texts)).casefold()
        named = [f for f in likely if hidden_form == f.id] or [f for f in likely if f.name.casefold() in text]
        if len(named) != 1:
            return found("H06", what=", ".join(form.name for form in likely))
        likely = named
    if not likely:
        return None
    table = locate(grid, likely[0], label_index(likely[0]), handed_out=bool(hidden_form))
    return table or without_years(grid.rows, likely[0])


def _saved_at(content: bytes, kind: Format) -> str:
    """When a document says that it was last saved."""
    part, pattern = {
        Format.ODS: ("meta.xml", rb"<dc:date>([^<]+)</dc:date>"),
    }.get(kind, ("docProps/core.xml", rb"<dcterms:modified[^>]*>([^<]+)</dcterms:modified>"))
    if kind is Format.XLS:
        return ""
    try:
        matched = re.search(pattern, beginning(content, archive_of(content).getinfo(part), _MOST_ABOUT))
    except BROKEN:
        return ""
    return matched[1].decode("ascii", "replace")[:19] if matched else ""

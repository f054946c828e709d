"""One file of the inbox, read: what every cell that was asked for says, and what is wrong with it.

Nothing here needs pandas, so that worker processes start quickly.
"""

from __future__ import annotations

import dataclasses
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from pcmd_consolidate.findings import Finding, found
from pcmd_consolidate.forms import Form, Row
from pcmd_consolidate.ids import CHECK_SHEET, ID_SHEET, PLACE
from pcmd_consolidate.intake.accounting import account
from pcmd_consolidate.intake.container import BROKEN
from pcmd_consolidate.intake.explanations import Answer, is_feedback_sheet, read_answer
from pcmd_consolidate.intake.extract import extract
from pcmd_consolidate.intake.formats import misnamed, read_sheets
from pcmd_consolidate.intake.grid import Format, Grid, UnreadableError
from pcmd_consolidate.intake.guard import inspect, read_bytes
from pcmd_consolidate.intake.identify import Evidence, Verdict, hidden_ids, identify
from pcmd_consolidate.intake.inbox import Item
from pcmd_consolidate.intake.labels import LabelIndex
from pcmd_consolidate.intake.locate import Table, locate, score
from pcmd_consolidate.intake.pages import Pages, join_pages
from pcmd_consolidate.intake.parts import FEWEST_LABELS, parts_of
from pcmd_consolidate.intake.qualifiers import says_otherwise
from pcmd_consolidate.intake.reading import CellReading, StatedTotal
from pcmd_consolidate.intake.summaries import coverage, own_grids
from pcmd_consolidate.rulings import Ruling, find_ruling
from pcmd_consolidate.units import Registry, Unit
from pcmd_consolidate.vietnamese import squeeze

_NEARLY = 0.8
"""Share of the most labels from which another form fits nearly as well."""


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
    cells: tuple[CellReading, ...]
    totals: tuple[StatedTotal, ...]
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
    sha256 = hashlib.sha256(opened.content).hexdigest() if opened.content else ""
    if opened.finding is not None or opened.format is None:
        findings = () if opened.finding is None else (opened.finding,)
        return FileReading(item, sha256, findings=_in_file(item, (*findings, *named)))
    try:
        grids = read_sheets(opened.content, opened.format)
    except UnreadableError as error:
        return FileReading(item, sha256, findings=_in_file(item, (error.finding, *named)))
    ids, answer = hidden_ids(grids), read_answer(grids)
    grids = own_grids(grids, ids)
    unit_id = ids.get("unit_id", "") or (answer.unit_id if answer else "")
    settled = {grid.sheet: _settled(rulings, item.name, grid.sheet, answer) for grid in grids}
    indexes = {form: _index(form) for form in forms}
    found_forms = [
        (Pages(part, pages.starts), _find_form(part, _forms_of(settled[pages.sheet], forms), ids.get("form", "")))
        for pages in join_pages([grid for grid in grids if _may_hold_a_form(grid)], indexes)
        for part in parts_of(pages.grid, indexes)
    ]
    sheets = tuple(
        _sheet(item, pages, table, {**ids, "unit_id": unit_id}, registry, settled[pages.sheet])
        for pages, table in found_forms
        if isinstance(table, Table) and pages.grid.visible
    )
    unused = [finding for pages, table in found_forms for finding in _unused(pages.grid, table)]
    if not sheets and not unused:
        unused = [found("H05")]
    if misnaming := misnamed(item.name, opened.format):
        unused.append(misnaming)
    unused += [*opened.remarks, *named]
    saved_at = _saved_at(opened.content, opened.format)
    return FileReading(item, sha256, saved_at, sheets, _in_file(item, unused), answer)


def _may_hold_a_form(grid: Grid) -> bool:
    return grid.sheet not in (CHECK_SHEET, ID_SHEET) and not is_feedback_sheet(grid)


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
    scores = {form: score(grid, _index(form)) for form in forms}
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
    table = locate(grid, likely[0], _index(likely[0]), handed_out=bool(hidden_form))
    return table or found("H08", form=likely[0].name)


def _sheet(
    item: Item, pages: Pages, table: Table, ids: Mapping[str, str], registry: Registry, ruling: Ruling | None
) -> SheetReading:
    grid = pages.grid
    top = min((table.lines[place].columns.header for place in table.matches), default=table.columns[0].header)
    title = [*grid.title, *_title(grid, top, _index(table.form))]
    path = PurePosixPath(item.name)
    folder = " / ".join(path.parent.parts)
    evidence = Evidence(ids["unit_id"], tuple(title), grid.sheet, path.stem, folder, ids.get(PLACE, ""))
    if ruling is None:
        verdict = identify(evidence, table.form, registry)
    else:
        verdict = Verdict(registry.get(ruling.unit_id, table.form.id))
    rows: tuple[Row, ...] = table.form.indicators
    if verdict.unit is not None:
        rows = table.form.indicators_of(verdict.unit.sections)
    extracted = extract(grid, table, rows)
    unit_id, unit = (verdict.unit.unit_id, verdict.unit.name) if verdict.unit else ("", "")
    findings = tuple(
        dataclasses.replace(pages.at_home(f), unit_id=unit_id, unit=unit, form=table.form.id, file=item.name)
        for f in (
            *grid.findings,
            *_of_its_name(grid, table.form),
            *coverage(grid.sheet, ids),
            *verdict.findings,
            *extracted.findings,
            *account(grid, table, extracted, pages.name_of),
        )
    )
    return SheetReading(
        sheet=grid.sheet,
        form=table.form.id,
        unit=verdict.unit,
        cells=tuple(map(pages.at_home, extracted.cells)),
        totals=tuple(map(pages.at_home, extracted.totals)),
        findings=findings,
        pinned=ruling is not None,
    )


def _of_its_name(grid: Grid, form: Form) -> Iterator[Finding]:
    """A sheet called *Kế hoạch* or *Quý I* may not hold what was done in whole years."""
    if says_otherwise(grid.sheet) and not any(says_otherwise(text) for text in (form.name, *form.title)):
        yield found("F10e", raw=grid.sheet)


def _title(grid: Grid, top: int, index: LabelIndex) -> Iterator[str]:
    """Texts above a table, of rows without numbers and labels: a table above it is no title."""
    for row in grid.rows[:top]:
        texts = [cell for cell in row if isinstance(cell, str)]
        if not any(isinstance(cell, float) for cell in row) and not any(index.knows(text) for text in texts):
            yield from texts


@lru_cache(maxsize=16)
def _index(form: Form) -> LabelIndex:
    """The form's labels, prepared once."""
    return LabelIndex(form)


def _saved_at(content: bytes, kind: Format) -> str:
    """When a document says that it was last saved."""
    part, pattern = {
        Format.ODS: ("meta.xml", rb"<dc:date>([^<]+)</dc:date>"),
    }.get(kind, ("docProps/core.xml", rb"<dcterms:modified[^>]*>([^<]+)</dcterms:modified>"))
    if kind is Format.XLS:
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            matched = re.search(pattern, archive.read(part))
    except BROKEN:
        return ""
    return matched[1].decode("ascii", "replace")[:19] if matched else ""

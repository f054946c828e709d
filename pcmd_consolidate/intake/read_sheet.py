"""A form that was found in a sheet, read: whose it is, what it says, and what is wrong with it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from pcmd_consolidate.findings import Finding, found
from pcmd_consolidate.forms import Form
from pcmd_consolidate.ids import PLACE
from pcmd_consolidate.intake.accounting import account
from pcmd_consolidate.intake.extract import Extracted, extract
from pcmd_consolidate.intake.extract_known import extract_known, rows_asked
from pcmd_consolidate.intake.former import FormerSheets
from pcmd_consolidate.intake.former_sums import compare
from pcmd_consolidate.intake.grid import Grid
from pcmd_consolidate.intake.identify import Evidence, Verdict, identify
from pcmd_consolidate.intake.inbox import Item
from pcmd_consolidate.intake.labels import LabelIndex, label_index
from pcmd_consolidate.intake.locate import Table
from pcmd_consolidate.intake.pages import Pages
from pcmd_consolidate.intake.qualifiers import says_otherwise
from pcmd_consolidate.intake.readings import SheetReading
from pcmd_consolidate.intake.recognise import Recognised
from pcmd_consolidate.intake.summaries import coverage
from pcmd_consolidate.intake.totals import Totals
from pcmd_consolidate.rulings import Ruling
from pcmd_consolidate.units import Registry


def read_sheet(
    item: Item,
    pages: Pages,
    table: Table,
    ids: Mapping[str, str],
    registry: Registry,
    ruling: Ruling | None,
    former: FormerSheets,
) -> SheetReading:
    """Read a form that was found in a sheet, or in several that are its pages.

    Args:
        item: The file.
        pages: The sheet.
        table: The form in it.
        ids: What the hidden sheet of the workbook says; ``unit_id`` is empty where it names no unit.
        registry: The units of the campaign.
        ruling: What the officer settled about the sheet.
        former: The sheets of former communes in the workbook.
    """
    grid = pages.grid
    if ruling is None:
        verdict = identify(_evidence(item, grid, table, ids), table.form, registry)
    else:
        verdict = Verdict(registry.get(ruling.unit_id, table.form.id))
    asked = rows_asked(table.form, None if verdict.unit is None else verdict.unit.sections)
    comparison = compare(former, table.form, asked, label_index(table.form))
    grid = comparison.filled(grid, table)
    extracted = comparison.settled(extract(grid, table, asked))
    also = (*coverage(grid.sheet, ids), *account(grid, table, extracted, pages.name_of))
    read = _read(item, pages, table, verdict, extracted, also, pinned=ruling is not None)
    return dataclasses.replace(read, findings=(*read.findings, *_signed(comparison.findings, item, table, verdict)))


def read_known_sheet(item: Item, known: Recognised, registry: Registry) -> SheetReading:
    """Read the form of a workbook that is like one that was read before: every cell of it is accounted for."""
    table, grid = known.layout.table, known.grid
    pages = Pages(grid, ((0, grid.sheet),))
    verdict = identify(_evidence(item, grid, table, {"unit_id": known.unit_id}), table.form, registry)
    extracted = extract_known(known, verdict.unit)
    return _read(item, pages, table, verdict, extracted, ())


def _evidence(item: Item, grid: Grid, table: Table, ids: Mapping[str, str]) -> Evidence:
    top = min((table.lines[place].columns.header for place in table.matches), default=table.columns[0].header)
    title = (*grid.title, *_title(grid, top, label_index(table.form)))
    path = PurePosixPath(item.name)
    folder = " / ".join(path.parent.parts)
    return Evidence(ids["unit_id"], title, grid.sheet, path.stem, folder, ids.get(PLACE, ""))


def _read(
    item: Item,
    pages: Pages,
    table: Table,
    verdict: Verdict,
    extracted: Extracted,
    also: tuple[Finding, ...],
    *,
    pinned: bool = False,
) -> SheetReading:
    grid = pages.grid
    named = _of_its_name(grid, table.form)
    found_here = (*grid.findings, *named, *verdict.findings, *extracted.findings, *also)
    findings = _signed(map(pages.at_home, found_here), item, table, verdict)
    return SheetReading(
        sheet=grid.sheet,
        form=table.form.id,
        unit=verdict.unit,
        cells=pages.cells_at_home(extracted.cells),
        totals=Totals.of(map(pages.at_home, extracted.totals)),
        findings=findings,
        pinned=pinned,
    )


def _signed(findings: Iterable[Finding], item: Item, table: Table, verdict: Verdict) -> tuple[Finding, ...]:
    """Findings with file, form and unit."""
    unit_id, name = (verdict.unit.unit_id, verdict.unit.name) if verdict.unit else ("", "")
    return tuple(
        dataclasses.replace(f, unit_id=unit_id, unit=name, form=table.form.id, file=item.name) for f in findings
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

"""Nothing is lost: what stands in the area of a form is a value, or a finding tells of it."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from random import Random

import openpyxl
import pytest
from openpyxl.utils.cell import range_boundaries

from pcmd_consolidate import Campaign, new_campaign
from pcmd_consolidate.findings import Finding
from pcmd_consolidate.intake import read_sheet
from pcmd_consolidate.intake.accounting import _area
from pcmd_consolidate.intake.extract import Extracted, extract
from pcmd_consolidate.intake.inbox import find_files
from pcmd_consolidate.intake.read import read_file
from pcmd_consolidate.intake.readings import FileReading
from tests.hostile import book
from tests.hostile.case import good
from tests.mess import KINDS, messy, senders, write


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    return new_campaign(tmp_path_factory.mktemp("campaign") / "dong-nai", "Đồng Nai")


def read_one(campaign: Campaign, folder: Path) -> FileReading:
    (item,) = find_files(folder)
    return read_file(item, campaign.forms, campaign.registry)


def lost(reading: FileReading) -> list[Finding]:
    return [finding for sheet in reading.sheets for finding in sheet.findings if finding.rule == "H35"]


def put(folder: Path, more: str, row: int = 6) -> None:
    """The good return with something more at the end of a row."""
    sheet = good()[book.SHEET].decode()
    start = sheet.index(f'<row r="{row}">')
    end = sheet.index("</row>", start)
    spoilt = sheet[:end] + more + sheet[end:]
    (folder / "bieu.xlsx").write_bytes(book.packed(good() | {book.SHEET: spoilt.encode()}))


def test_a_good_return_loses_nothing(campaign: Campaign, tmp_path: Path) -> None:
    (tmp_path / "bieu.xlsx").write_bytes(book.packed(good()))

    assert lost(read_one(campaign, tmp_path)) == []


def test_a_figure_beside_the_table_is_told_once(campaign: Campaign, tmp_path: Path) -> None:
    put(tmp_path, book.number("K6", 4711))

    reading = read_one(campaign, tmp_path)
    told = [(f.rule, f.cell, f.raw) for sheet in reading.sheets for f in sheet.findings if "4711" in f.raw]
    assert told == [("F10b", "K6:K6", "4711")]
    assert lost(reading) == []


@pytest.mark.parametrize(
    ("rows", "raw"),
    [
        ((2,), "C6: 21; D6: 22; E6: 23; F6: 24; G6: 25"),
        ((2, 4, 5, 6, 7), "C6: 21; D6: 22; "),
    ],
)
def test_a_reading_that_forgets_lines_is_noticed(
    rows: tuple[int, ...], raw: str, campaign: Campaign, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bieu.xlsx").write_bytes(book.packed(good()))

    def forget(*args: object) -> Extracted:
        extracted = extract(*args)  # type: ignore[arg-type]
        return dataclasses.replace(extracted, cells=tuple(c for c in extracted.cells if c.row not in rows))

    monkeypatch.setattr(read_sheet, "extract", forget)

    (finding,) = lost(read_one(campaign, tmp_path))
    assert (finding.severity, finding.raw.startswith(raw)) == ("warning", True)
    assert f"Còn {5 * len(rows)} ô" in finding.message
    assert finding.raw.endswith("; … và 5 ô khác") == (len(rows) == 5)


@pytest.mark.parametrize("name", [name for name in sorted(KINDS) if not name.startswith("saved_as")])
def test_no_figure_of_a_messy_return_is_lost(name: str, campaign: Campaign, tmp_path: Path) -> None:
    able = [sender for sender in senders() if KINDS[name].fits(sender)]
    path = write(messy(able[len(name) % len(able)], [name], Random(11)), tmp_path)
    reading = read_one(campaign, tmp_path)
    if path.suffix != ".xlsx" or not reading.sheets:
        assert reading.sheets or reading.findings
        return
    workbook = openpyxl.load_workbook(path, data_only=True)
    for sheet in reading.sheets:
        told = {cell.cell for cell in sheet.cells} | {total.cell for total in sheet.totals} | _told(sheet.findings)
        rows = [int(re.sub(r"\D", "", cell.cell)) for cell in sheet.cells if cell.cell]
        for line in workbook[sheet.sheet].iter_rows(min(rows), max(rows)):
            numbers = [c for c in line if isinstance(c.value, int | float) and not isinstance(c.value, bool)]
            silent = {c.coordinate: c.value for c in numbers if c.coordinate not in told}
            years = {value for value in silent.values() if value in campaign.years}
            assert len(silent) <= 1 or years == set(silent.values()), (name, silent)


def _told(findings: tuple[Finding, ...]) -> set[str]:
    """Names of cells that findings stand at, or name."""
    told: set[str] = set()
    for finding in findings:
        told |= set(re.findall(r"\b[A-Z]{1,2}\d+\b", finding.raw)) if finding.rule == "H35" else set()
        if finding.cell:
            left, top, right, bottom = range_boundaries(finding.cell)
            told |= {
                openpyxl.utils.get_column_letter(c) + str(r)
                for r in range(top, bottom + 1)
                for c in range(left, right + 1)
            }
        if "Tổng cộng:" in finding.raw and finding.cell:
            row = re.sub(r"\D", "", finding.cell.partition(":")[0])
            told |= {openpyxl.utils.get_column_letter(c) + row for c in range(1, 30)}
    return told


@pytest.mark.parametrize(
    ("name", "cells"),
    [("B2", [(1, 1)]), ("B2:C2", [(1, 1), (1, 2)]), ("XFH5", []), ("XFH1:XFH3", []), ("", []), ("Biểu 1", [])],
)
def test_a_place_that_no_sheet_has_is_none(name: str, cells: list[tuple[int, int]]) -> None:
    assert list(_area(name)) == cells

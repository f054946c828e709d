"""Many more lines than a form has: read in time that grows no faster than they do, and none of them lost."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pcmd_consolidate import new_campaign
from pcmd_consolidate.intake.inbox import find_files
from pcmd_consolidate.intake.read import read_file
from tests.hostile import book
from tests.hostile.case import UNIT, form, good

LINES = 20_000


@pytest.mark.parametrize("label", ["", "Số hộ thôn"])
def test_many_lines_below_the_form(label: str, tmp_path: Path) -> None:
    sheet = good()[book.SHEET].decode()
    lines = "".join(
        f'<row r="{row}">{book.text(f"A{row}", label) if label else ""}{book.number(f"C{row}", 4711)}</row>'
        for row in range(101, 101 + LINES)
    )
    inbox = tmp_path / "nhan"
    inbox.mkdir()
    content = book.packed(good() | {book.SHEET: sheet.replace("</sheetData>", f"{lines}</sheetData>").encode()})
    (inbox / "bieu.xlsx").write_bytes(content)
    campaign = new_campaign(tmp_path / "dong-nai", "Đồng Nai")
    (item,) = find_files(inbox)
    began = time.process_time()

    (read,) = read_file(item, campaign.forms, campaign.registry).sheets

    assert time.process_time() - began < 10
    assert read.unit is not None
    assert read.unit.name.upper() == UNIT
    assert {(c.row, c.year): c.reading.value for c in read.cells} == book.truth(form())
    own = [finding for finding in read.findings if finding.rule == "F09"]
    (rest,) = [finding for finding in read.findings if finding.rule == "H35"]
    counted = int(rest.message.split()[1])
    assert len(own) + counted // (2 if label else 1) == LINES

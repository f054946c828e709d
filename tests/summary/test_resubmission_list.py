"""The sheet of what changed between several returns of a unit."""

from __future__ import annotations

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pcmd_consolidate import consolidate, read_returns
from pcmd_consolidate.summary import write_summary
from tests.summary.inbox import plain_cells, small_campaign, write_annex

FIRST = {(4, 2021): 12, (4, 2022): 30, (55, 2023): 40.5, (14, 2021): "Có"}
SECOND = {(4, 2021): 15, (4, 2022): None, (55, 2023): 38.25, (14, 2021): "Không"}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Worksheet:
    campaign = small_campaign(tmp_path_factory.mktemp("again") / "dong-nai")
    form = campaign.form("IIA")
    for folder, cells in (("2025-08-20", FIRST), ("2025-08-26", SECOND)):
        write_annex(campaign.inbox / folder / "phú riềng.xlsx", form, "Xã Phú Riềng", plain_cells(form, 2) | cells)
    path = write_summary(consolidate(read_returns(campaign)), campaign.folder / "tong-hop-pcmd.xlsx")
    return openpyxl.load_workbook(path)["Bản gửi lại"]


def test_every_change_is_a_line_with_its_effect(page: Worksheet) -> None:
    lines = [row[3:9] for row in page.iter_rows(min_row=4, values_only=True)]

    assert [(row, year, new, old, effect) for row, _, year, new, old, effect in lines] == [
        (4, 2021, 15, 12, 3),
        (4, 2022, "(không có)", 30, -30),
        (14, 2021, 0, 1, -1),
        (55, 2023, 38.25, 40.5, -2.25),
    ]
    assert {row[:3] for row in page.iter_rows(min_row=4, values_only=True)} == {("X03", "Xã Phú Riềng", "IIA")}


def test_both_files_are_named(page: Worksheet) -> None:
    named = {row[9:11] for row in page.iter_rows(min_row=4, values_only=True)}

    assert named == {("2025-08-26/phú riềng.xlsx [Số liệu]", "2025-08-20/phú riềng.xlsx [Số liệu]")}

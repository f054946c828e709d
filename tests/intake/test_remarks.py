"""What is not to be seen in a workbook: it is read, and said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from pcmd_consolidate import Campaign, Returns, new_campaign, read_returns
from pcmd_consolidate.intake.remarks import misleading
from tests.strangers.annexes import SHAPES, Annex


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    return new_campaign(tmp_path / "dong-nai", "Đồng Nai")


@pytest.fixture
def annex(campaign: Campaign) -> Annex:
    return SHAPES["letterhead"](campaign.inbox)


def edited(campaign: Campaign, annex: Annex, edit: Callable[[Any, Any], None]) -> Returns:
    """Returns after a change to the sheet; ``edit`` gets the sheet and the cell of row 4, 2021."""
    before = read_returns(campaign).values.query("row == 4 and year == 2021")["cell"].item()
    book = openpyxl.load_workbook(annex.path)
    edit(book.active, book.active[before])
    book.save(annex.path)
    return read_returns(campaign)


def hide_row(sheet: Any, cell: Any) -> None:
    sheet.row_dimensions[cell.row].hidden = True


def hide_column(sheet: Any, cell: Any) -> None:
    sheet.column_dimensions[cell.column_letter].hidden = True


def hide_figure(_sheet: Any, cell: Any) -> None:
    cell.number_format = ";;;"


@pytest.mark.parametrize(
    ("edit", "rule", "row", "year"),
    [(hide_row, "E08", 4, None), (hide_column, "E09", None, 2021), (hide_figure, "E07", 4, 2021)],
)
def test_what_is_hidden_is_read_with_a_finding(
    edit: Callable[[Any, Any], None], rule: str, row: int | None, year: int | None, campaign: Campaign, annex: Annex
) -> None:
    returns = edited(campaign, annex, edit)

    value = returns.values.query("row == 4 and year == 2021")["value"].item()
    assert value == annex.truth[4, 2021]
    found = returns.findings[returns.findings["rule"] == rule]
    assert len(found) == 1
    assert [None if pd.isna(place) else int(place) for place in (found["row"].item(), found["year"].item())] == [
        row,
        year,
    ]


@pytest.mark.parametrize("number_format", [";;;", '""', "#,##0,", "0,,", '#,##0,"k"'])
def test_formats_that_hide_or_scale(number_format: str) -> None:
    assert misleading(number_format)


@pytest.mark.parametrize(
    "number_format",
    ["General", "0", "#,##0", "#,##0.0", '0" người"', "@", "dd/mm/yyyy", "#,##0;[Red]-#,##0", "_-* #,##0_-"],
)
def test_formats_that_show_the_number(number_format: str) -> None:
    assert not misleading(number_format)

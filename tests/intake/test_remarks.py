"""What is not to be seen in a workbook: it is read, and said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from pcmd_consolidate import Campaign, Returns, new_campaign, read_returns
from pcmd_consolidate.intake.grid import Format, Grid, read_grids
from pcmd_consolidate.intake.number_formats import misleading
from tests.libreoffice import convert
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


def scale_figure(_sheet: Any, cell: Any) -> None:
    cell.number_format = "#,##0,"


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


@pytest.mark.parametrize("number_format", [
        ";;;", '""', "#,##0,", "0,,", '#,##0,"k"', '[>=1000]#,##0,"k";0', '[<1000]0;0,"k"',
        '0" nghìn"', '0 "Ngàn"', '#,##0" tỷ đồng"', '0.0" tỉ"', '0" trăm"', "[$nghìn-42A] 0", 'General" nghìn"',
        '0" nghi\u0300n"', '0"00"', '"1"0', "0\\0", '0".000"', '0" 000"', '"-"0', "\\-0", "-0", '"- "#,##0', "\u22120",
    ],
)  # fmt: skip
def test_formats_that_hide_or_scale(number_format: str) -> None:
    assert misleading(number_format)


@pytest.mark.parametrize(
    "number_format",
    [
        "General", "0", "#,##0", "#,##0.0", '0" người"', "@", "dd/mm/yyyy", "#,##0;[Red]-#,##0", "_-* #,##0_-",
        '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', '0;"-"0', "[<0]-0;0", '[=0]"";0', '[=0]"-";#,##0', "0;-0;;@", "0.00",
        '#,##0" triệu đồng"', '0" tỉnh"', "[$₫-42A] #,##0", "dd\\-mm\\-yyyy", "[h]:mm", "[h]", "# ?/?", "# ?/16", "0%",
        "0.00E+00", '0"m2"', '"a;b"0', "[$-42A]d/m/yyyy", "00-00", '0_);"("0")"',
    ],
)  # fmt: skip
def test_formats_that_show_the_number(number_format: str) -> None:
    assert not misleading(number_format)


@pytest.fixture(scope="module")
def saved_by_libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Grid:
    """21000 in each cell of column B, in the format named beside it, saved as .ods."""
    folder = tmp_path_factory.mktemp("ods")
    book = openpyxl.Workbook()
    for row, code in enumerate([*HIDE_OR_SCALE_IN_ODS, *SHOW_IN_ODS], start=1):
        book.active.cell(row, 1, code)
        book.active.cell(row, 2, 21_000).number_format = code
    book.save(folder / "so.xlsx")
    convert([folder / "so.xlsx"], "ods", folder)
    (grid,) = read_grids((folder / "so.ods").read_bytes(), Format.ODS)
    return grid


HIDE_OR_SCALE_IN_ODS = ("#,##0,", "0,,", ";;;", '""', '0"00"', '0" nghìn"', '"-"0', '[>=1000]#,##0,"k";0')
SHOW_IN_ODS = ("0", "#,##0;[Red]-#,##0", "_-* #,##0_-;-* #,##0_-", '0" người"', "# ?/?", "0.0")


def test_formats_of_an_ods_that_hide_or_scale(saved_by_libreoffice: Grid) -> None:
    told = {saved_by_libreoffice.rows[row][0]: kind for (row, _), kind in saved_by_libreoffice.remarks.cells.items()}

    assert told == dict.fromkeys(HIDE_OR_SCALE_IN_ODS, "E07")
    assert {row[1] for row in saved_by_libreoffice.rows} == {21_000}


def test_a_figure_that_an_ods_hides_is_read_with_a_finding(campaign: Campaign, annex: Annex) -> None:
    edited(campaign, annex, scale_figure)
    convert([annex.path], "ods", campaign.inbox)
    annex.path.unlink()

    returns = read_returns(campaign)

    assert returns.values.query("row == 4 and year == 2021")["value"].item() == annex.truth[4, 2021]
    lines = returns.findings[returns.findings["rule"] == "E07"]
    assert lines[["row", "year"]].to_numpy().tolist() == [[4, 2021]]

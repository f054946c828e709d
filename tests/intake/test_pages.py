"""A form cut into one sheet for each printed page: every address is that of the page."""

from __future__ import annotations

import dataclasses

import openpyxl
import pytest

from pcmd_consolidate import Campaign, Returns, new_campaign, read_returns
from pcmd_consolidate.forms import load_form
from pcmd_consolidate.intake import read_sheet
from pcmd_consolidate.intake.extract import Extracted, extract
from pcmd_consolidate.intake.inbox import find_files
from pcmd_consolidate.intake.read import read_file

FORM = load_form("IIA")
HEAD = ["Nội dung", "Đơn vị tính", "Năm 2021", "Năm 2022", "Năm 2023", "Năm 2024", "Năm 2025"]


@pytest.fixture
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    return new_campaign(tmp_path_factory.mktemp("campaign") / "dong-nai", "Đồng Nai")


def put(campaign: Campaign, second: dict[str, object]) -> None:
    """A return whose lines 30 and on stand on the sheet ``Table 2``, below its own header; line n says 100 + n."""
    book = openpyxl.Workbook()
    book.active.title = "Table 1"
    book.active.append(["UBND XÃ BÙ GIA MẬP"])
    book.active.append(HEAD)
    book.create_sheet("Table 2").append(HEAD)
    for row in FORM.rows:
        answer = "Có" if row.unit_of_measure == "Có hoặc không" else 100 + row.number
        sheet = book["Table 1" if row.number < 30 else "Table 2"]
        sheet.append([row.full_label, row.unit_of_measure, *([answer] * 5 if row.is_indicator else [])])
    for name, value in second.items():
        book["Table 2"][name] = value
    book.save(campaign.inbox / "bieu.xlsx")


def found(returns: Returns, rule: str) -> list[tuple[str, str, str]]:
    lines = returns.findings[returns.findings["rule"] == rule]
    return list(lines[["sheet", "cell", "raw"]].itertuples(index=False, name=None))


def test_values_have_the_addresses_of_their_pages(campaign: Campaign) -> None:
    put(campaign, {})

    values = read_returns(campaign).values.query("year == 2022")

    at = {row: (sheet, cell) for row, sheet, cell in values[["row", "sheet", "cell"]].itertuples(index=False)}
    assert (at[4], at[35]) == (("Table 1", "D6"), ("Table 2", "D7"))


def test_a_text_like_a_formula_is_told_at_its_place_on_the_second_page(campaign: Campaign) -> None:
    put(campaign, {})
    book = openpyxl.load_workbook(campaign.inbox / "bieu.xlsx")
    book["Table 2"]["D7"].value = "=1+1"
    book["Table 2"]["D7"].data_type = "s"
    book.save(campaign.inbox / "bieu.xlsx")

    assert found(read_returns(campaign), "E14") == [("Table 2", "D7", "=1+1")]


def test_a_stray_cell_is_told_with_its_own_page(campaign: Campaign) -> None:
    put(campaign, {"XFD1048576": 9})

    returns = read_returns(campaign)

    assert found(returns, "H36") == [("Table 2", "", "XFD1048576: 9")]
    assert returns.values["state"].astype(str).unique().tolist() == ["reported"]


def test_cells_that_a_reading_forgets_are_named_with_their_page(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(campaign, {})

    def forget(*args: object) -> Extracted:
        extracted = extract(*args)  # type: ignore[arg-type]
        return dataclasses.replace(extracted, cells=tuple(c for c in extracted.cells if c.row not in (4, 35)))

    monkeypatch.setattr(read_sheet, "extract", forget)
    (item,) = find_files(campaign.inbox)
    (sheet,) = read_file(item, campaign.forms, campaign.registry).sheets

    (raw,) = [finding.raw for finding in sheet.findings if finding.rule == "H35"]
    assert raw.split("; ") == [
        *(f"Table 1!{letter}6: 104" for letter in "CDEFG"),
        *(f"Table 2!{letter}7: 135" for letter in "CDEFG"),
    ]

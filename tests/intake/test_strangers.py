"""Annexes retyped by units in workbooks of their own: nothing is read wrongly in silence."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest

from pcmd_consolidate import Campaign, Returns, new_campaign, read_returns
from tests.strangers.annexes import NEED_SOFFICE, SHAPES, Annex, soffice

# Cells that a careful clerk could read and we do not yet; every one of them has a finding.
NOT_YET_READ = {
    "full_words": 15,  # other words than the form's: tờ gấp for tờ rơi, an added thực hiện, xã before phường
    "finance": 300,  # zeros typed in the blocks of other departments, which are not asked of it
}


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    return new_campaign(tmp_path_factory.mktemp("dong-nai"), "Đồng Nai")


def received(shape: str, campaign: Campaign, folder: Path) -> tuple[Annex, Returns]:
    if shape in NEED_SOFFICE and soffice() is None:
        pytest.skip("LibreOffice is not installed")
    annex = SHAPES[shape](folder)
    return annex, read_returns(campaign, folder)


def read_values(returns: Returns, annex: Annex) -> dict[tuple[int, int], float]:
    own = returns.values[(returns.values["unit"] == annex.unit) & (returns.values["form"] == annex.form)]
    return {(int(r), int(y)): float(v) for r, y, v in zip(own["row"], own["year"], own["value"], strict=True)}


def has_finding(returns: Returns, cell: tuple[int, int], annex: Annex) -> bool:
    """Whether a finding speaks of that row and year, of its whole row, or of its year."""
    findings = returns.findings[returns.findings["form"].isin([annex.form, ""])]
    row, year = cell
    about_row = (findings["row"] == row) | findings["row"].isna()
    about_year = (findings["year"] == year) | findings["year"].isna()
    return bool((about_row & about_year).fillna(False).any())


@pytest.mark.parametrize("shape", SHAPES)
def test_no_figure_is_read_wrongly_in_silence(shape: str, campaign: Campaign, tmp_path: Path) -> None:
    annex, returns = received(shape, campaign, tmp_path)
    values = read_values(returns, annex)

    others = returns.values[returns.values["unit"] != annex.unit]
    assert others["value"].notna().sum() == 0, "figures given to another unit"
    for cell, value in values.items():
        if math.isnan(value):
            continue
        meant = annex.truth.get(cell)
        if cell in annex.uncertain:
            assert value == meant, (cell, value, meant)
            assert has_finding(returns, cell, annex), cell
        else:
            assert value == meant, (cell, value, meant)


@pytest.mark.parametrize("shape", SHAPES)
def test_what_a_clerk_could_read_is_read_and_the_rest_is_found(shape: str, campaign: Campaign, tmp_path: Path) -> None:
    annex, returns = received(shape, campaign, tmp_path)
    values = read_values(returns, annex)

    certain = {cell for cell, meant in annex.truth.items() if meant is not None and cell not in annex.uncertain}
    missed = {cell for cell in certain if math.isnan(values.get(cell, math.nan))}

    assert len(missed) == NOT_YET_READ.get(shape, 0)
    assert all(has_finding(returns, cell, annex) for cell in missed)


def test_every_value_is_traced_to_the_cell_it_came_from(campaign: Campaign, tmp_path: Path) -> None:
    annex, returns = received("letterhead", campaign, tmp_path)
    sheets = pd.read_excel(annex.path, sheet_name=None, header=None, engine="openpyxl")

    reported = returns.values[returns.values["state"] == "reported"]
    assert len(reported) == len([v for v in annex.truth.values() if v is not None])
    for line in reported.itertuples():
        column = ord(line.cell[0]) - ord("A")
        original = sheets[line.sheet].iat[int(line.cell[1:]) - 1, column]
        assert str(original) == line.raw or float(original) == line.value

"""Whatever is typed into a handed-out workbook comes out of the consolidation, exactly."""

from __future__ import annotations

import math
import random
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pcmd_consolidate import Campaign, Returns, consolidate, new_campaign, read_returns, write_handout
from pcmd_consolidate.units import Registry, Unit
from tests import strategies
from tests.filling import fill
from tests.libreoffice import convert
from tests.strategies import Cells

ASKED = ("S01", "S06", "X26020", "X25294", "X25280")


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    return new_campaign(tmp_path_factory.mktemp("dong-nai"), "Đồng Nai")


@pytest.fixture(scope="module")
def blanks(campaign: Campaign, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    few = Registry(unit for unit in campaign.registry if unit.unit_id in ASKED)
    paths = write_handout(replace(campaign, registry=few), tmp_path_factory.mktemp("phat-hanh"))
    return {unit.unit_id: path for unit, path in zip(few, paths, strict=True)}


def unit_of(campaign: Campaign, unit_id: str) -> Unit:
    return next(unit for unit in campaign.registry if unit.unit_id == unit_id)


def read_back(returns: Returns, unit: Unit) -> Cells:
    own = returns.values[returns.values["unit_id"] == unit.unit_id]
    return {
        (row, year): None if math.isnan(value) else value
        for row, year, value in zip(own["row"], own["year"], own["value"], strict=True)
    }


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
@pytest.mark.parametrize("unit_id", ["S01", "X25294"])
def test_any_figures_come_back(
    unit_id: str,
    campaign: Campaign,
    blanks: dict[str, Path],
    tmp_path_factory: pytest.TempPathFactory,
    data: st.DataObject,
) -> None:
    unit = unit_of(campaign, unit_id)
    form = campaign.form(unit.form)
    cells = data.draw(strategies.returned(form, form.indicators_of(unit.sections)))
    inbox = tmp_path_factory.mktemp("inbox")
    fill(blanks[unit_id], inbox / "bieu gui lai.xlsx", form, cells)

    returns = read_returns(campaign, inbox)

    assert read_back(returns, unit) == cells
    totals = consolidate(returns).totals.dropna(subset="year").set_index(["form", "row", "year"])
    own = totals.loc[form.id].reindex(list(cells))
    assert own["reported"].tolist() == [int(value is not None) for value in cells.values()]
    assert own["value"].fillna(-1).tolist() == [-1 if value is None else value for value in cells.values()]


@pytest.fixture(scope="module")
def filled(campaign: Campaign, blanks: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An inbox with five returns of seeded figures, some cells left blank."""
    inbox = tmp_path_factory.mktemp("five")
    rng = random.Random(5)
    for unit_id in ASKED:
        unit = unit_of(campaign, unit_id)
        form = campaign.form(unit.form)
        cells: Cells = {}
        for row in form.indicators_of(unit.sections):
            for year in form.years:
                value = (
                    rng.randint(0, 1)
                    if row.value_type == "yes_no"
                    else rng.randint(0, 5000) / (4 if row.value_type == "money" else 1)
                )
                cells[row.number, year] = None if rng.random() < 0.1 else float(value)
        fill(blanks[unit_id], inbox / f"{unit_id}.xlsx", form, cells)
    return inbox


def results(campaign: Campaign, inbox: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    result = consolidate(read_returns(campaign, inbox))
    return result.totals, result.values.drop(columns=["file", "raw"])


def test_a_resave_by_libreoffice_changes_nothing(campaign: Campaign, filled: Path, tmp_path: Path) -> None:
    convert(sorted(filled.iterdir()), "xlsx", tmp_path)

    for before, after in zip(results(campaign, filled), results(campaign, tmp_path), strict=True):
        pd.testing.assert_frame_equal(before, after)


def test_the_order_and_names_of_files_change_nothing(campaign: Campaign, filled: Path, tmp_path: Path) -> None:
    for place, path in enumerate(sorted(filled.iterdir(), reverse=True)):
        folder = tmp_path / f"ngay {place % 2}"
        folder.mkdir(exist_ok=True)
        shutil.copy2(path, folder / f"{place} biểu.xlsx")

    for before, after in zip(results(campaign, filled), results(campaign, tmp_path), strict=True):
        pd.testing.assert_frame_equal(before, after)


def test_worker_processes_change_nothing(campaign: Campaign, filled: Path) -> None:
    one, two = read_returns(campaign, filled), read_returns(campaign, filled, jobs=2)

    pd.testing.assert_frame_equal(one.values, two.values)
    pd.testing.assert_frame_equal(one.findings, two.findings)
    pd.testing.assert_frame_equal(one.submissions, two.submissions)

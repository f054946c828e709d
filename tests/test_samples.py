"""The samples run, and say what they are said to say."""

from __future__ import annotations

import csv
import math
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from pcmd_consolidate import Consolidation, consolidate, new_campaign, open_campaign, read_returns
from samples import generate

SAMPLES = Path(__file__).parent.parent / "samples"


@pytest.fixture(scope="module")
def narratives() -> Consolidation:
    return consolidate(read_returns(open_campaign(SAMPLES / "bao-cao-thuc")))


def facts() -> list[dict[str, str]]:
    with (SAMPLES / "bao-cao-thuc" / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("fact", facts(), ids=lambda f: f"{f['unit_id']}-{f['form']}.{f['row']}-{f['year']}")
def test_every_real_figure_is_read_with_its_sentence(fact: dict[str, str], narratives: Consolidation) -> None:
    meant = {"Có": 1.0, "Không": 0.0, "350 lượt người": 350.0, "20 cơ sở": 20.0, ">=1": math.nan, ">=2": math.nan}
    expected = meant[fact["entry"]] if fact["entry"] in meant else float(fact["entry"])
    line = narratives.values[
        (narratives.values["unit_id"] == fact["unit_id"])
        & (narratives.values["form"] == fact["form"])
        & (narratives.values["row"] == int(fact["row"]))
        & (narratives.values["year"] == int(fact["year"]))
    ]

    assert line["value"].item() == pytest.approx(expected, abs=0, nan_ok=True)
    assert line["raw"].item() == fact["entry"]
    assert fact["sentence"] in line["note"].item()


def test_nothing_else_is_read_from_the_real_reports(narratives: Consolidation) -> None:
    assert int((narratives.values["state"] != "blank").sum()) == len(facts())


def test_the_sample_province() -> None:
    result = consolidate(read_returns(open_campaign(SAMPLES / "dong-nai")))

    assert result.submissions["status"].value_counts().to_dict() == {"missing": 88, "on_time": 16, "late": 2}
    assert "SỐ LIỆU GIẢ ĐỊNH" in result.campaign.title


def test_the_generator_fills_all_units_without_an_error(tmp_path: Path) -> None:
    campaign = new_campaign(tmp_path / "dong-nai", "Đồng Nai")
    written = generate.fill_campaign(campaign, seed=7)
    result = consolidate(read_returns(campaign))

    assert len(written) == 106
    assert result.errors == 0
    assert result.values["state"].eq("reported").all()
    assert (result.totals["reported"] == result.totals["expected"]).all()


def test_the_notebook_runs() -> None:
    notebook: Any = nbformat.read(SAMPLES / "tong_hop.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(SAMPLES)}}).execute()

    written = notebook.cells[-1]["outputs"][0]["data"]["text/plain"]
    assert "tong-hop-pcmd.xlsx" in written

"""The samples run, and say what they are said to say."""

from __future__ import annotations

import csv
import math
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from pcmd_consolidate import Consolidation, consolidate, new_campaign, open_campaign, read_returns
from pcmd_consolidate.units import Registry
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
    whole = new_campaign(tmp_path / "dong-nai", "Đồng Nai")
    communes = [unit for unit in whole.registry if unit.kind == "commune"]
    campaign = replace(whole, registry=Registry([*whole.registry.of_form("IA"), *communes[:20]]))
    written = generate.fill_campaign(campaign, seed=7)
    result = consolidate(read_returns(campaign))

    assert len(written) == 31
    assert result.errors == 0
    assert result.values["state"].eq("reported").all()
    assert (result.totals["reported"] == result.totals["expected"]).all()


@pytest.fixture(scope="module")
def notebook() -> Any:
    """The notebook, run where it lies."""
    pytest.importorskip("matplotlib", reason="draws the charts")
    notebook: Any = nbformat.read(SAMPLES / "tong_hop.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(SAMPLES)}}).execute()
    return notebook


def outputs(notebook: Any, kind: str) -> list[str]:
    found = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return [output["data"][kind] for output in found if kind in output.get("data", {})]


def test_the_notebook_shows_tables_and_charts(notebook: Any) -> None:
    pages = "".join(outputs(notebook, "text/html"))

    assert len(outputs(notebook, "image/png")) == 3
    assert "Phụ lục IIA: 47 chỉ tiêu, 95 đơn vị" in pages
    assert '<progress value="18" max="18"></progress> 18/18' in pages
    assert "Số cuộc truyền thông, tuyên truyền" in pages


def test_the_notebook_traces_a_figure_and_writes_all_outputs(notebook: Any) -> None:
    printed = [o["text"] for c in notebook.cells for o in c.get("outputs", ()) if o["output_type"] == "stream"]

    assert len(printed) == 1  # nothing is said on the error stream
    assert re.fullmatch(r"Cộng các dòng trên: (\d+); trong bảng tổng hợp: \1\n", printed[0])
    assert "'ket-qua/tong-hop-pcmd.xlsx'" in notebook.cells[-1]["outputs"][0]["data"]["text/plain"]
    assert "'so-quyet-dinh.xlsx'" in notebook.cells[-1]["outputs"][0]["data"]["text/plain"]

"""Files that ask for much memory: parent and workers together stay below 1 GB, and nothing is lost."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest

from pcmd_consolidate import new_campaign
from tests.benchmarks.peak_memory import GREEDY, peak_of_run, put_greedy

from . import book
from .case import good


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system keeps no limit of memory")
def test_all_processes_together_stay_below_one_gigabyte(tmp_path: Path) -> None:
    campaign = new_campaign(tmp_path / "dong-nai", "Đồng Nai")
    put_greedy(campaign.inbox)
    (campaign.inbox / "bieu.xlsx").write_bytes(book.packed(good()))

    peak, _ = peak_of_run(campaign.folder, jobs=2)

    assert 100_000_000 < peak < 1_000_000_000
    with (campaign.folder / "ket-qua" / "findings.csv").open(encoding="utf-8-sig") as file:
        rules = {(line["file"], line["rule"]) for line in csv.DictReader(file)}
    for copy in range(GREEDY):
        assert {rule for file, rule in rules if file == f"{copy}-chu-rat-nhieu.xlsx"} & {"H04", "H30", "H32"}
        assert {rule for file, rule in rules if file == f"{copy}-chu-nhieu.xlsx"}
        assert not {rule for file, rule in rules if file == f"{copy}-so-nhieu.xlsx"} & {"H30", "H31", "H32"}

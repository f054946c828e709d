"""Other rounds, set up as ``samples/dot-khac/README.md`` says: no code is changed."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

import pcmd_consolidate as pcmd
from pcmd_consolidate.campaign import open_campaign
from pcmd_consolidate.forms import load_form
from pcmd_consolidate.units import Registry
from samples import generate
from tests.filling import fill
from tests.test_readme import surroundings

PROJECT = Path(__file__).parent.parent
PAGE = (PROJECT / "samples" / "dot-khac" / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```\n", PAGE, re.MULTILINE | re.DOTALL)
COMMANDS = [text for kind, text in BLOCKS if kind == "sh"]
HALF_YEAR, YEAR, FIVE_YEARS = (text for kind, text in BLOCKS if kind == "toml")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="for bash")

NGA_BAY = {
    2: 226, 3: 142, 4: 4, 5: 10, 6: 70, 7: 15, 8: 0, 9: 0, 11: 1, 12: 1, 13: 20, 14: 350, 15: 500, 16: 50, 17: 80,
    19: 70, 20: 0, 21: 0,
}  # fmt: skip
"""Figures of a town's report on the first half of 2023, which gives no amount of money."""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the commands are typed: a folder that has the samples."""
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "samples").symlink_to(PROJECT / "samples")
    return tmp_path / "work"


def run(commands: Iterable[str], place: Path) -> str:
    environment = surroundings(place) | {"PYTHONPATH": str(PROJECT)}
    said = ""
    for command in commands:
        done = subprocess.run(
            ["bash", "-euc", command], cwd=place, env=environment, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
        said += done.stdout
    return said


def returned(campaign: pcmd.Campaign, unit_id: str, year: int, figures: Mapping[int, float]) -> None:
    form = campaign.forms[0]
    blank = next((campaign.folder / "phat-hanh").rglob(f"*{unit_id}*.xlsx"))
    fill(blank, campaign.inbox / blank.name, form, {(row, year): value for row, value in figures.items()})


def totals(result: pcmd.Consolidation, year: int) -> dict[int, float]:
    own = result.totals[result.totals["year"] == year]
    return dict(zip(own["row"], own["value"], strict=True))


def test_the_half_year(place: Path) -> None:
    run(COMMANDS[:1], place)
    folder = place / "bao-cao-6-thang"
    (folder / "campaign.toml").write_text(HALF_YEAR, encoding="utf-8")
    said = run(COMMANDS[1:3], place)
    campaign = open_campaign(folder)
    returned(campaign, "X25195", 2026, NGA_BAY)
    returned(campaign, "X26020", 2026, {**NGA_BAY, 17: 300, 23: 12.5})
    result = pcmd.consolidate(pcmd.read_returns(campaign))

    assert "Đã ghi 95 biểu" in said
    assert campaign.forms[0].year_label(2026) == "Năm 2026 (6 tháng đầu năm)"
    assert {row: totals(result, 2026)[row] for row in (2, 14, 23)} == {2: 452, 14: 700, 23: 12.5}
    assert result.findings.loc[result.findings["severity"] == "error", ["rule", "unit_id", "row"]].values.tolist() == [
        ["K02", "X26020", 17]
    ]


def test_the_year_is_the_same_form_with_another_cut_off(place: Path) -> None:
    run(COMMANDS[:2], place)
    folder = place / "bao-cao-6-thang"
    (folder / "campaign.toml").write_text(YEAR, encoding="utf-8")
    campaign = open_campaign(folder)
    pcmd.write_handout(replace(campaign, registry=Registry(u for u in campaign.registry if u.unit_id == "X25195")))
    returned(campaign, "X25195", 2026, {**NGA_BAY, 14: 800})
    result = pcmd.consolidate(pcmd.read_returns(campaign))

    assert campaign.forms[0].year_label(2026) == "Năm 2026"
    assert totals(result, 2026)[14] == 800
    assert int(result.submissions["status"].eq("missing").sum()) == 94


def test_the_units_are_the_communes_alone(place: Path) -> None:
    run(COMMANDS[:2], place)
    with (place / "bao-cao-6-thang" / "units.csv").open(encoding="utf-8-sig", newline="") as lines:
        forms = [line["form"] for line in csv.DictReader(lines)]

    assert forms == ["DK"] * 95


@pytest.fixture
def five_years(place: Path) -> pcmd.Campaign:
    run([COMMANDS[3]], place)
    folder = place / "tong-ket-2030"
    (folder / "campaign.toml").write_text(FIVE_YEARS, encoding="utf-8")
    return open_campaign(folder)


def test_the_next_five_years(five_years: pcmd.Campaign, place: Path) -> None:
    assert "Đã ghi 106 biểu" in run([COMMANDS[4]], place)
    generate.fill_campaign(five_years, seed=5, unit_ids={"S04", "X25195"})
    result = pcmd.consolidate(pcmd.read_returns(five_years))
    path, *_ = pcmd.write_outputs(result)
    book = openpyxl.load_workbook(path)
    words = {name: [str(c.value) for row in book[name].iter_rows() for c in row if c.value] for name in book.sheetnames}

    assert result.errors == 0
    assert sorted(result.totals["year"].dropna().unique()) == [2026, 2027, 2028, 2029, 2030]
    assert result.values.loc[result.values["unit_id"] == "X25195", "state"].eq("reported").all()
    assert any("GIAI ĐOẠN 2026 - 2030" in text for text in words["Phụ lục IA"])
    assert any("2026 đến năm 2030" in text for text in words["Phụ lục IA"])
    told = [text for name, texts in words.items() for text in texts if re.search(r"202[1-5]\b", text)]
    assert told == []


def test_a_form_of_the_old_years_is_not_added(five_years: pcmd.Campaign, tmp_path: Path) -> None:
    old = pcmd.new_campaign(tmp_path / "cu", "Đồng Nai")
    (path,) = generate.fill_campaign(old, seed=5, unit_ids={"X25195"})
    path.replace(five_years.inbox / path.name)
    result = pcmd.consolidate(pcmd.read_returns(five_years))

    assert not result.values["state"].eq("reported").any()
    assert len(result.findings)


# ---- extends --------------------------------------------------------------------------------------------------------


def test_a_form_that_extends_another_holds_what_differs(tmp_path: Path) -> None:
    (tmp_path / "f.toml").write_text(
        'extends = "IIA"\nname = "Biểu mới"\nyears = [2031]\n[headers]\ntotal = "Cộng"\n', encoding="utf-8"
    )
    form, base = load_form(tmp_path / "f.toml"), load_form("IIA")

    assert (form.id, form.name, form.years, form.partial) == ("IIA", "Biểu mới", (2031,), None)
    assert (form.headers.total, form.headers.label) == ("Cộng", base.headers.label)
    assert (form.rows, form.rules) == (base.rows, base.rules)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('extends = "IB"', "extends phải là IA hoặc IIA"),
        ('extends = "IIA"\ntitel = ["A"]', "không có mục «titel»; các mục có thể thay: id, version, name"),
        ('extends = "IIA"\nyears = ["một"]', "years phải là danh sách năm"),
    ],
)
def test_a_mistake_in_what_extends_is_named(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "f.toml").write_text(text, encoding="utf-8")

    with pytest.raises(pcmd.PcmdError, match=told):
        load_form(tmp_path / "f.toml")

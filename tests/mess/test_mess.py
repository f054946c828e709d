"""The generator itself, and over random kinds: no silent wrong."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from python_calamine import CalamineWorkbook

import pcmd_consolidate as pcmd
from tests.benchmarks.intake_scores import Plan, Scores, batches, score_batch
from tests.benchmarks.scoring import SILENT, judge

from . import KINDS, YEARS, compatible, messy, senders, write
from .annex import form_lines
from .convert import CONVERTED
from .numerals import grouped, in_words
from .strategies import Recipe, recipes

_NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""A recipe is short enough as it is."""


def test_there_are_kinds_enough_and_each_says_what_it_is() -> None:
    assert len(KINDS) >= 40
    assert not [name for name, kind in KINDS.items() if not kind.says]


def test_the_units_are_those_of_the_province() -> None:
    assert len({s.name for s in senders()}) == 95 + 11
    assert {len(s.numbers) for s in senders() if s.form == "IIA"} == {47}


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_kind_is_reproducible_keeps_the_cells_and_changes_something(name: str) -> None:
    changed = False
    for seed in range(12):
        sender = next(s for s in (*senders()[seed * 7 :], *senders()) if KINDS[name].fits(s))
        spoilt, again = (messy(sender, [name], Random(seed)) for _ in range(2))
        tidy = messy(sender, [], Random(seed))
        assert spoilt == again
        assert spoilt.truth.keys() == tidy.truth.keys()
        assert spoilt.unsure <= spoilt.truth.keys()
        changed |= spoilt.with_(kinds=()) != tidy
        if changed and seed:
            break
    assert changed


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_kind_can_be_written(name: str, tmp_path: Path) -> None:
    sender = next(s for s in senders() if KINDS[name].fits(s))
    path = write(messy(sender, [name], Random(3)), tmp_path)
    assert path.stat().st_size > 1000
    if path.suffix == ".xlsx":
        assert CalamineWorkbook.from_path(str(path)).sheet_names


def test_kinds_that_exclude_each_other_are_not_laid_together() -> None:
    sender = senders()[0]
    assert compatible(["years_reversed", "years_shuffled", "stt", "stt"], sender) == ("years_reversed", "stt")
    assert compatible(["answers", "stt"], senders()[-1]) == ("stt",)


def test_numbers_in_words() -> None:
    said = {0: "không", 10: "mười", 15: "mười lăm", 21: "hai mươi mốt", 105: "một trăm linh năm"}
    said |= {1004: "một nghìn không trăm linh bốn", 2300: "hai nghìn ba trăm"}
    assert {n: in_words(n) for n in said} == said
    assert grouped(12345678, ".") == "12.345.678"


def test_a_tidy_return_says_the_whole_form() -> None:
    tidy = messy(senders()[0], [], Random(1))
    assert [row.line for row in tidy.rows] == [line.number for line in form_lines("IIA")]
    assert len(tidy.truth) == 47 * len(YEARS)
    assert not tidy.unsure


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign's folder."""
    return pcmd.new_campaign(tmp_path_factory.mktemp("campaign") / "dong-nai", "Đồng Nai").folder


def test_each_kind_alone_is_never_silently_wrong() -> None:
    local = [name for name in sorted(KINDS) if name not in ("saved_as_xls", "saved_as_ods")]
    wanted = [Plan((name,), seed) for seed, name in enumerate(local)]
    scores = Scores()
    for batch in batches(wanted):
        scores.merge(score_batch(batch))
    assert {name: tally.outcomes[SILENT] for name, tally in scores.kinds.items() if tally.outcomes[SILENT]} == {}
    assert set(scores.kinds) == set(local)


@settings(max_examples=40, deadline=None, phases=_NO_SHRINKING, suppress_health_check=[HealthCheck.too_slow])
@given(recipe=recipes())
def test_no_value_is_silently_wrong(folder: Path, recipe: Recipe) -> None:
    description = recipe.cook()
    with tempfile.TemporaryDirectory() as inbox:
        if description.suffix in CONVERTED:
            description = description.with_(suffix="xlsx")
        write(description, Path(inbox))
        result = pcmd.read_returns(pcmd.open_campaign(folder), inbox)
    wrong = [o for o in judge(description, result.values, result.findings) if o.kind == SILENT]
    assert not wrong, wrong[:3]

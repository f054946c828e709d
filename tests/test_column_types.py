"""The types of the public tables, column by column."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import pcmd_consolidate as pcmd
from pcmd_consolidate.csv_tables import csv_text

SAMPLE = Path(__file__).parent.parent / "samples" / "dong-nai"
STR = "str" if pd.__version__ >= "3" else "object"
VALUES = {
    "unit_id": "category", "unit": "category", "form": "category", "row": "int64", "year": "int64",
    "value": "float64", "state": "category", "raw": STR, "note": STR, "file": "category", "sheet": "category",
    "cell": STR,
}  # fmt: skip
FINDINGS = {
    "severity": "category", "rule": "category", "unit_id": "category", "unit": "category", "form": "category",
    "row": "Int64", "year": "Int64", "file": "category", "sheet": "category", "cell": STR, "raw": STR,
    "message": STR, "explanation": STR,
}  # fmt: skip
SUBMISSIONS = {
    "unit_id": "category", "unit": "category", "form": "category", "status": "category", "file": "category",
    "received_at": "datetime64[s]", "errors": "int64", "explains": "int64", "warnings": "int64", "reason": STR,
}  # fmt: skip
TOTALS = {
    "form": "category", "row": "int64", "year": "Int64", "value": "float64", "reported": "int64", "partial": "int64",
    "expected": "int64",
}  # fmt: skip
STATED = {
    "unit_id": "category", "form": "category", "row": "int64", "value": "float64", "file": "category",
    "sheet": "category", "cell": STR,
}  # fmt: skip
RESUBMISSIONS = {
    "unit_id": "category", "unit": "category", "form": "category", "row": "int64", "year": "int64",
    "value": "float64", "replaced_value": "float64", "effect": "float64", "file": "category",
    "replaced_file": "category",
}  # fmt: skip
EXPLANATIONS = {
    "unit_id": "category", "unit": "category", "form": "category", "rule": "category", "row": "Int64",
    "year": "Int64", "text": STR, "file": "category", "sheet": "category", "cell": STR,
}  # fmt: skip
COMPARISONS = {
    "rule": "category", "severity": "category", "year": "int64", "cumulative": "bool", "left": STR,
    "left_value": "float64", "left_reported": "int64", "left_expected": "int64", "relation": "category", "right": STR,
    "right_value": "float64", "right_reported": "int64", "right_expected": "int64", "difference": "float64",
    "percent": "float64", "verdict": "category", "message": STR, "weightiest": STR,
}  # fmt: skip


def types(table: pd.DataFrame) -> dict[str, str]:
    return {str(name): str(kind) for name, kind in table.dtypes.items()}


def all_types(result: pcmd.Consolidation) -> dict[str, dict[str, str]]:
    tables = {
        "read values": result.returns.values,
        "stated totals": result.returns.stated_totals,
        "read findings": result.returns.findings,
        "read submissions": result.returns.submissions,
        "resubmissions": result.returns.resubmissions,
        "explanations": result.returns.explanations,
        "totals": result.totals,
        "values": result.values,
        "findings": result.findings,
        "submissions": result.submissions,
        "comparisons": result.comparisons,
    }
    return {name: types(table) for name, table in tables.items()}


EXPECTED = {
    "read values": VALUES,
    "stated totals": STATED,
    "read findings": FINDINGS,
    "read submissions": SUBMISSIONS,
    "resubmissions": RESUBMISSIONS,
    "explanations": EXPLANATIONS,
    "totals": TOTALS,
    "values": VALUES | {"decision": STR},
    "findings": FINDINGS | {"stake": "float64", "decision": STR},
    "submissions": SUBMISSIONS,
    "comparisons": COMPARISONS,
}


@pytest.fixture(scope="module")
def sample() -> pcmd.Consolidation:
    return pcmd.consolidate(pcmd.read_returns(pcmd.open_campaign(SAMPLE)))


def test_every_table_of_a_round_is_typed(sample: pcmd.Consolidation) -> None:
    assert all_types(sample) == EXPECTED


def test_a_round_without_returns_has_the_same_types(tmp_path: Path) -> None:
    campaign = pcmd.new_campaign(tmp_path / "dong-nai", "Đồng Nai")

    assert all_types(pcmd.consolidate(pcmd.read_returns(campaign))) == EXPECTED


def test_vocabularies_are_whole_and_in_their_order(sample: pcmd.Consolidation) -> None:
    assert sample.values["state"].cat.categories.tolist() == [
        "reported", "blank", "not_available", "unreadable", "absent",
    ]  # fmt: skip
    assert sample.submissions["status"].value_counts().to_dict() == {"missing": 88, "on_time": 16, "late": 2}
    assert sample.findings["severity"].cat.categories.tolist() == ["error", "explain", "warning", "info"]
    assert sample.findings["severity"].cat.ordered
    assert sample.comparisons["severity"].cat.ordered


def test_no_word_is_missing(sample: pcmd.Consolidation) -> None:
    words = {
        (table, name)
        for table, kinds in EXPECTED.items()
        for name, kind in kinds.items()
        if kind in ("category", STR) and table in ("values", "findings", "submissions", "totals", "comparisons")
    }

    assert [(table, name) for table, name in sorted(words) if getattr(sample, table)[name].isna().any()] == []


def test_tables_fit_the_habits_of_pandas(sample: pcmd.Consolidation) -> None:
    """Queries, groups, merges with an ordinary frame, and words put together."""
    values = sample.values
    ward = values.query("unit_id == 'X26020' and form == 'IIA' and year == 2021")
    areas = pd.DataFrame({"unit_id": ["X26020", "X99999"], "area": [10.0, 20.0]})
    merged = values.merge(areas, on="unit_id")
    severe = sample.findings[sample.findings["severity"] < "warning"]

    assert ward["unit"].unique().tolist() == ["Phường Long Bình"]
    assert values.groupby("form", observed=True)["row"].nunique()["IIA"] == 47
    assert (len(merged), merged["area"].unique().tolist()) == (47 * 5, [10.0])
    assert set(severe["severity"]) == {"error", "explain"}
    assert ward["unit_id"].str.cat(ward["cell"], sep="!").iloc[0].startswith("X26020!")


KINDS = {
    "texts": {"unit_id": "str", "form": "str"},
    "objects": {"unit_id": object, "form": object, "row": object, "year": object},
    "strings": {"unit_id": "string", "form": "string"},
    "categories": {"unit_id": "category", "form": "category", "row": "category", "year": "category"},
    "nullable": {"row": "Int64", "year": "Int64", "value": "Float64"},
    "floats": {"row": "float64", "year": "float64", "value": "float32"},
}
SETTINGS = {
    "title": "Đợt thử",
    "province": "Đồng Nai",
    "forms": ["IIA"],
    "years": [2024],
    "cut_off": dt.date(2024, 12, 31),
}


@pytest.mark.parametrize("kinds", KINDS.values(), ids=KINDS)
def test_frames_of_any_types_are_taken(kinds: dict[str, object], tmp_path: Path) -> None:
    units = pd.DataFrame({"unit_id": ["X1", "X2"], "name": ["Xã Một", "Xã Hai"], "kind": "commune", "form": "IIA"})
    figures = pd.DataFrame({"unit_id": ["X1", "X2"], "form": "IIA", "row": 4, "year": 2024, "value": [12.0, np.nan]})
    of_units = {name: kind for name, kind in kinds.items() if name in units and kind != "category"}
    categories = "category" if "category" in kinds.values() else "str"
    campaign = pcmd.campaign_from_frames(SETTINGS, units.astype(of_units).astype({"kind": categories}), tmp_path)
    result = pcmd.consolidate(pcmd.returns_from_values(campaign, figures.astype(kinds)))

    assert csv_text(result.values.query("row == 4")).splitlines()[1:] == [
        "X1,Xã Một,IIA,4,2024,12,reported,12,,bảng số liệu,,,",
        "X2,Xã Hai,IIA,4,2024,,blank,,,bảng số liệu,,,",
    ]
    assert types(result.values) == VALUES | {"decision": STR}

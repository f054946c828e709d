"""A round made from frames alone."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest

import pcmd_consolidate as pcmd
from pcmd_consolidate.errors import CampaignError, OutputError, ValuesError

HALF_YEAR = Path(__file__).parent / "data" / "bao-cao-6-thang.toml"
SETTINGS = {
    "title": "Đợt thử",
    "province": "Đồng Nai",
    "forms": [str(HALF_YEAR)],
    "years": [2023],
    "cut_off": dt.date(2023, 6, 30),
    "deadlines": {"commune": dt.date(2023, 8, 30)},
}
UNITS = pd.DataFrame(
    {
        "unit_id": ["X1", "X2", "X3"],
        "name": ["Xã Đak Lua", "Phường Trấn Biên", "Xã Phú Lý"],
        "kind": "commune",
        "form": "6T",
        "deadline": [None, None, dt.date(2023, 9, 30)],
    }
)
ROWS = (2, 3, 5, 6, 8, 9, 10)


@pytest.fixture
def campaign(tmp_path: Path) -> pcmd.Campaign:
    return pcmd.campaign_from_frames(SETTINGS, UNITS, tmp_path)


def figures(**units: list[float | None]) -> pd.DataFrame:
    """The figures of each unit, row by row."""
    return pd.DataFrame(
        [
            {"unit_id": unit, "row": row, "year": 2023, "value": value}
            for unit, values in units.items()
            for row, value in zip(ROWS, values, strict=False)
        ]
    )


def total(result: pcmd.Consolidation, row: int) -> float:
    totals = result.totals
    return float(totals.loc[(totals["row"] == row) & (totals["year"] == 2023), "value"].item())


def test_a_consolidation_needs_no_files(campaign: pcmd.Campaign) -> None:
    given = figures(X1=[4, 120, 3, 2, 1, 12.5, 1], X2=[6, 300, None, 1, 2, 7.5, 0])
    result = pcmd.consolidate(pcmd.returns_from_values(campaign, given))

    assert {row: total(result, row) for row in ROWS} == {2: 10, 3: 420, 5: 3, 6: 3, 8: 3, 9: 20, 10: 1}
    assert result.submissions[["unit_id", "status"]].values.tolist() == [
        ["X1", "on_time"], ["X2", "on_time"], ["X3", "missing"],
    ]  # fmt: skip
    assert list(campaign.folder.iterdir()) == []


def test_states_are_inferred(campaign: pcmd.Campaign) -> None:
    values = pcmd.returns_from_values(campaign, figures(X1=[4, None])).values

    assert values[["row", "state", "raw"]].values.tolist() == [
        [2, "reported", "4"], [3, "blank", ""], *([row, "absent", ""] for row in (5, 6, 8, 9, 10)),
    ]  # fmt: skip


def test_states_and_places_that_are_given_are_kept(campaign: pcmd.Campaign) -> None:
    given = figures(X1=[4, None]).assign(
        state=[None, "not_available"], raw=["bốn", "…"], file="he-thong.db", sheet="bảng 1", cell=["C4", None]
    )
    values = pcmd.returns_from_values(campaign, given).values.head(2)

    assert values[["state", "raw", "file", "sheet", "cell"]].values.tolist() == [
        ["reported", "bốn", "he-thong.db", "bảng 1", "C4"],
        ["not_available", "…", "he-thong.db", "bảng 1", ""],
    ]


def test_rules_are_checked(campaign: pcmd.Campaign) -> None:
    result = pcmd.consolidate(pcmd.returns_from_values(campaign, figures(X1=[4, 120, 3, 9, 1, 12.5, 1])))
    broken = result.findings[result.findings["rule"] == "T01"]

    assert broken[["unit_id", "row", "file"]].values.tolist() == [["X1", 6, "bảng số liệu"]]
    assert result.submissions.loc[0, "errors"] == 1


def test_the_time_of_receipt_decides_what_is_late(campaign: pcmd.Campaign) -> None:
    times = {"X1": "2023-08-30 23:00", "X2": "2023-08-31", "X3": "2023-09-30"}
    given = figures(X1=[1], X2=[1], X3=[1])
    given = given.assign(received_at=pd.to_datetime(given["unit_id"].map(times), format="mixed"))
    submissions = pcmd.returns_from_values(campaign, given).submissions

    assert submissions["status"].tolist() == ["on_time", "late", "on_time"]
    assert submissions["received_at"].tolist()[0] == pd.Timestamp("2023-08-30 23:00")


def test_the_summary_and_the_csv_tables_are_written(campaign: pcmd.Campaign, tmp_path: Path) -> None:
    result = pcmd.consolidate(pcmd.returns_from_values(campaign, figures(X1=[4, 120, 3, 9, 1, 12.5, 1])))
    written = pcmd.write_outputs(result)
    _, reminders = pcmd.write_feedback(result, tmp_path / "phan-hoi", today=dt.date(2023, 10, 1))
    sheet = openpyxl.load_workbook(written[0])["Dữ liệu"]

    assert [path.exists() for path in written] == [True] * 6
    assert 120 in [cell.value for row in sheet.iter_rows() for cell in row]
    assert "Phường Trấn Biên" in reminders.read_text("utf-8-sig")


def test_what_was_read_from_files_can_be_given_again() -> None:
    campaign = pcmd.open_campaign(Path(__file__).parent.parent / "samples" / "dong-nai")
    read = pcmd.consolidate(pcmd.read_returns(campaign))
    again = pcmd.consolidate(pcmd.returns_from_values(campaign, read.values))

    pd.testing.assert_frame_equal(again.totals, read.totals)
    pd.testing.assert_frame_equal(again.values, read.values)


def test_the_table_given_is_left_as_it_is(campaign: pcmd.Campaign) -> None:
    given = figures(X1=[4, 120], X2=[6, None])
    before = given.copy(deep=True)
    pcmd.returns_from_values(campaign, given)

    pd.testing.assert_frame_equal(given, before)


@pytest.mark.parametrize("shuffle", [1, 2])
def test_the_order_of_lines_does_not_matter(campaign: pcmd.Campaign, shuffle: int) -> None:
    given = figures(X1=[4, 120, 3, 2, 1, 12.5, 1], X2=[6, 300, None, 1, 2, 7.5, 0])
    mixed = given.sample(frac=1, random_state=shuffle)

    pd.testing.assert_frame_equal(
        pcmd.returns_from_values(campaign, mixed).values, pcmd.returns_from_values(campaign, given).values
    )


NUMBERS = {
    "int64": pd.array([4, 120], dtype="int64"),
    "Int64": pd.array([4, 120], dtype="Int64"),
    "float32": pd.array([4, 120], dtype="float32"),
    "objects": np.array([4, np.float64(120)], dtype=object),
}


@pytest.mark.parametrize("numbers", NUMBERS.values(), ids=NUMBERS)
def test_any_dtype_of_numbers_will_do(campaign: pcmd.Campaign, numbers: Any) -> None:
    values = pcmd.returns_from_values(campaign, figures(X1=[0, 0]).assign(value=numbers)).values

    assert values["value"].head(2).tolist() == [4.0, 120.0]


def one(**changed: object) -> pd.DataFrame:
    return pd.DataFrame([{"unit_id": "X1", "form": "6T", "row": 2, "year": 2023, "value": 4, **changed}], index=["ba"])


WRONG = {
    "text": (one(value="1.234"), "value", "phải là số, không phải chữ «1.234»"),
    "no number": (one(value=math.inf), "value", "«inf» không phải là số đếm"),
    "negative": (one(value=-1), "value", "«-1.0» không phải là số đếm (nguyên, không âm)"),
    "part of a count": (one(value=1.5), "value", "«1.5» không phải là số đếm"),
    "in dong": (one(row=9, value=100_000), "value", "không phải là số tiền tính bằng triệu đồng"),
    "no yes or no": (one(row=10, value=2), "value", "không phải là 1 (Có) hoặc 0 (Không)"),
    "stranger": (one(unit_id="X9"), "unit_id", "đợt báo cáo không có đơn vị «X9» nộp biểu này"),
    "nobody": (one(unit_id=None), "unit_id", "không được để trống"),
    "other form": (one(form="IIA"), "form", "đợt báo cáo không có biểu «IIA»; chỉ có 6T"),
    "other year": (one(year=2022), "year", "năm 2022 không thuộc đợt báo cáo"),
    "heading": (one(row=1), "row", "dòng 1 không phải là chỉ tiêu mà đơn vị này phải báo cáo"),
    "row in words": (one(row="hai"), "row", "phải là số, không phải chữ «hai»"),
    "part of a row": (one(row=2.5), "row", "phải là số nguyên"),
    "no row": (one(row=None), "row", "phải là số nguyên"),
    "unknown state": (one(state="có"), "state", "không có trạng thái «có»; chỉ nhận reported, blank"),
    "figure that is blank": (one(state="blank"), "state", "«blank» trái với cột value"),
    "no figure reported": (one(value=None, state="reported"), "state", "«reported» trái với cột value"),
    "truth as a count": (one(value=True), "value", "True và False chỉ dùng cho chỉ tiêu Có hoặc không"),
    "truth as money": (one(row=9, value=np.False_), "value", "True và False chỉ dùng cho chỉ tiêu Có hoặc không"),
    "too large for a count": (one(value=1e15), "value", "không phải là số đếm"),
}


@pytest.mark.parametrize(("given", "column", "told"), WRONG.values(), ids=WRONG)
def test_a_mistake_names_column_and_line(campaign: pcmd.Campaign, given: pd.DataFrame, column: str, told: str) -> None:
    with pytest.raises(ValuesError) as caught:
        pcmd.returns_from_values(campaign, given)

    assert (caught.value.column, caught.value.line) == (column, 1)
    assert type(caught.value.line) is int
    assert str(caught.value).startswith(f"Bảng số liệu, cột «{column}», dòng 1: ")
    assert told in str(caught.value)


def test_lines_are_counted_from_1_whatever_the_index(campaign: pcmd.Campaign) -> None:
    given = pd.concat([one(), one(row=3), one()])
    with pytest.raises(ValuesError, match="cột «row», dòng 3: đơn vị, dòng 2 và năm này đã có ở trên") as caught:
        pcmd.returns_from_values(campaign, given)

    assert caught.value.line == 3


def test_true_and_false_answer_yes_or_no(campaign: pcmd.Campaign) -> None:
    given = pd.DataFrame({"unit_id": ["X1", "X2"], "row": 10, "year": 2023, "value": [True, False]})

    assert pcmd.returns_from_values(campaign, given).values.query("row == 10")["value"].tolist() == [1.0, 0.0]


@pytest.mark.parametrize("given", [None, [{"unit_id": "X1"}], "số liệu.csv"])
def test_what_is_no_table_is_told_what_is_wanted(campaign: pcmd.Campaign, given: Any) -> None:
    with pytest.raises(TypeError, match=f"values phải là pandas.DataFrame, không phải {type(given).__name__}"):
        pcmd.returns_from_values(campaign, given)
    with pytest.raises(TypeError, match=f"units phải là pandas.DataFrame, không phải {type(given).__name__}"):
        pcmd.campaign_from_frames(SETTINGS, given)
    with pytest.raises(TypeError, match=f"settings phải là dict, không phải {type(given).__name__}"):
        pcmd.campaign_from_frames(given, UNITS)


def test_columns_of_units_are_as_strict_as_those_of_values() -> None:
    with pytest.raises(CampaignError, match="units, mục «kind»: thiếu cột này; phải có: unit_id, name, kind, form"):
        pcmd.campaign_from_frames(SETTINGS, UNITS.drop(columns="kind"))
    with pytest.raises(CampaignError, match=r"units, mục «huyện»: không có cột này; .* chỉ nhận: section, aliases"):
        pcmd.campaign_from_frames(SETTINGS, UNITS.assign(huyện="Tân Phú"))
    with pytest.raises(CampaignError, match="units, mục «name»: cột này có hai lần"):
        pcmd.campaign_from_frames(SETTINGS, pd.concat([UNITS, UNITS[["name"]]], axis=1))


def test_a_column_of_values_that_is_there_twice_is_named(campaign: pcmd.Campaign) -> None:
    with pytest.raises(ValuesError, match="cột «value»: cột này có hai lần"):
        pcmd.returns_from_values(campaign, pd.concat([one(), one()[["value"]]], axis=1))


RECEIVED = {
    "date": (dt.date(2023, 8, 31), "2023-08-31"),
    "datetime": (dt.datetime(2023, 8, 30, 23, 59), "2023-08-30 23:59"),
    "day as text": (" 2023-08-31 ", "2023-08-31"),
    "minutes as text": ("2023-08-30 23:00", "2023-08-30 23:00"),
    "seconds as text": ("2023-08-30T23:00:05.25", "2023-08-30 23:00:05"),
    "numpy": (np.datetime64("2023-08-31T01:00"), "2023-08-31 01:00"),
    "evening in London": (pd.Timestamp("2023-08-30 18:00", tz="UTC"), "2023-08-31 01:00"),
    "zone as text": ("2023-08-30T18:00:00Z", "2023-08-31 01:00"),
    "zone of Vietnam": (dt.datetime(2023, 8, 30, 9, tzinfo=dt.timezone(dt.timedelta(hours=7))), "2023-08-30 09:00"),
}


@pytest.mark.parametrize(("given", "clock"), RECEIVED.values(), ids=RECEIVED)
def test_a_time_of_receipt_is_read_as_clocks_in_vietnam_show_it(
    campaign: pcmd.Campaign, given: object, clock: str
) -> None:
    submission = pcmd.returns_from_values(campaign, one(received_at=given)).submissions.iloc[0]

    assert submission["received_at"] == pd.Timestamp(clock)
    assert submission["status"] == ("late" if clock >= "2023-08-31" else "on_time")


@pytest.mark.parametrize("nothing", [None, math.nan, pd.NaT, pd.NA, ""])
def test_a_time_of_receipt_that_is_missing_is_in_time(campaign: pcmd.Campaign, nothing: object) -> None:
    submission = pcmd.returns_from_values(campaign, one(received_at=nothing)).submissions.iloc[0]

    assert (submission["received_at"], submission["status"]) == (pd.NaT, "on_time")


@pytest.mark.parametrize(
    "given", ["05/08/2025", "8/5/2025", "hôm qua", "2025-08-32", "20250805", "2025-8-5", 20250805, 45874.0, True]
)
def test_a_time_of_receipt_is_never_guessed(campaign: pcmd.Campaign, given: object) -> None:
    with pytest.raises(ValuesError) as caught:
        pcmd.returns_from_values(campaign, one(received_at=given))

    assert (caught.value.column, caught.value.line) == ("received_at", 1)
    assert str(caught.value).startswith(f"Bảng số liệu, cột «received_at», dòng 1: «{given}» không rõ là ngày nào")
    assert "hãy ghi ngày (date, datetime) hoặc chữ dạng năm-tháng-ngày, ví dụ 2025-08-05" in str(caught.value)


def test_every_time_of_receipt_is_looked_at(campaign: pcmd.Campaign) -> None:
    given = pd.concat([one(received_at="2023-08-30"), one(row=3, received_at="30/8/2023")])
    with pytest.raises(ValuesError, match="cột «received_at», dòng 2: «30/8/2023»"):
        pcmd.returns_from_values(campaign, given)


def test_a_round_and_its_results_can_be_keys_and_compared(campaign: pcmd.Campaign) -> None:
    returns = pcmd.returns_from_values(campaign, one())
    result = pcmd.consolidate(returns)

    assert {campaign: 1, returns: 2, result: 3}[campaign] == 1
    assert result != pcmd.consolidate(returns)
    assert campaign != pcmd.campaign_from_frames(SETTINGS, UNITS)


def test_a_missing_and_an_unknown_column_are_named(campaign: pcmd.Campaign) -> None:
    with pytest.raises(ValuesError, match="cột «year»: thiếu cột này; phải có: unit_id, form, row, year, value"):
        pcmd.returns_from_values(campaign, one().drop(columns="year"))
    with pytest.raises(ValuesError, match="cột «sate»: không có cột này"):
        pcmd.returns_from_values(campaign, one(sate="blank"))


def test_rows_of_another_department_are_refused(tmp_path: Path) -> None:
    settings = {**SETTINGS, "forms": ["IA"], "years": [2021], "cut_off": dt.date(2021, 12, 31)}
    units = pd.DataFrame(
        [{"unit_id": "S03", "name": "Sở Văn hóa", "kind": "department", "form": "IA", "section": "II.3"}]
    )
    campaign = pcmd.campaign_from_frames(settings, units, tmp_path)

    with pytest.raises(ValuesError, match="dòng 35 không phải là chỉ tiêu mà đơn vị này phải báo cáo"):
        pcmd.returns_from_values(campaign, one(unit_id="S03", form="IA", row=35, year=2021))


@pytest.mark.parametrize(
    ("settings", "units", "told"),
    [
        ({"years": []}, {}, "mục «years»: phải là danh sách năm khác nhau"),
        ({"cut_off": "30/6/2023"}, {}, "mục «cut_off»: phải là ngày"),
        ({"province": None}, {}, "mục «province»: phải là chữ"),
        ({"forms": ["IB"]}, {}, "không có biểu này"),
        ({}, {"kind": "xã"}, "units, dòng 1, mục «kind»: «xã» không hợp lệ"),
        ({}, {"name": "Xã Một"}, "units, dòng 2, mục «name»: tên «Xã Một» đã có ở dòng trên"),
    ],
)
def test_a_mistake_in_settings_or_units_is_named(settings: Any, units: Any, told: str) -> None:
    with pytest.raises(CampaignError, match=told):
        pcmd.campaign_from_frames({**SETTINGS, **settings}, UNITS.assign(**units))


# ---- Parquet --------------------------------------------------------------------------------------------------------


def test_parquet_keeps_types(campaign: pcmd.Campaign, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="optional")
    result = pcmd.consolidate(pcmd.returns_from_values(campaign, figures(X1=[4, 120, 3, 9, 1, 12.5, 1])))
    paths = result.to_parquet(tmp_path / "parquet")
    tables = {path.stem: pd.read_parquet(path) for path in paths}

    assert list(tables) == ["totals", "values", "findings", "submissions", "resubmissions", "comparisons"]
    assert tables["totals"].dtypes[["form", "row", "year", "value"]].astype(str).tolist() == [
        "category", "int64", "Int64", "float64",
    ]  # fmt: skip
    assert tables["values"]["state"].tolist() == ["reported"] * 7
    assert tables["totals"]["value"].tolist() == result.totals["value"].tolist()


def test_parquet_files_of_two_rounds_are_of_the_same_types(campaign: pcmd.Campaign, tmp_path: Path) -> None:
    """A round with findings, and one in which nobody has answered and nothing is found."""
    parquet = pytest.importorskip("pyarrow.parquet", reason="optional")
    nothing = pcmd.returns_from_values(campaign, figures(X1=[4]).head(0))
    one_finding = pcmd.consolidate(pcmd.returns_from_values(campaign, figures(X1=[4, 120, 3, 9, 1, 12.5, 1])))
    full = one_finding.to_parquet(tmp_path / "full")
    empty = pcmd.consolidate(nothing).to_parquet(tmp_path / "empty")

    assert [parquet.read_table(path).num_rows for path in empty] == [14, 0, 0, 3, 0, 0]
    for one_file, other in zip(full, empty, strict=True):
        assert parquet.read_schema(one_file).equals(parquet.read_schema(other))
        assert "null" not in map(str, parquet.read_schema(other).types)
        kinds = pd.read_parquet(one_file).dtypes.astype(str).to_dict()
        assert kinds == pd.read_parquet(other).dtypes.astype(str).to_dict()


def test_parquet_gives_back_what_was_in_memory(campaign: pcmd.Campaign, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="optional")
    given = figures(X1=[4, 120, 3, 9, 1, 12.5, 1]).assign(received_at=dt.datetime(2023, 8, 30, 16, 30))
    result = pcmd.consolidate(pcmd.returns_from_values(campaign, given))
    tables = {path.stem: pd.read_parquet(path) for path in result.to_parquet(tmp_path)}
    in_seconds = tables["submissions"].astype({"received_at": "datetime64[s]"})

    pd.testing.assert_frame_equal(tables["values"], result.values)
    pd.testing.assert_frame_equal(tables["findings"], result.findings)
    pd.testing.assert_frame_equal(tables["totals"], result.totals)
    pd.testing.assert_frame_equal(in_seconds, result.submissions)
    assert tables["values"]["state"].cat.categories.tolist() == [
        "reported", "blank", "not_available", "unreadable", "absent",
    ]  # fmt: skip
    assert tables["findings"]["severity"].cat.ordered


def test_without_pyarrow_it_is_said_what_to_install(
    campaign: pcmd.Campaign, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pcmd_consolidate.tables.find_spec", lambda _: None)
    result = pcmd.consolidate(pcmd.returns_from_values(campaign, figures(X1=[4])))

    with pytest.raises(OutputError, match=r"pip install pyarrow$"):
        result.to_parquet(tmp_path)

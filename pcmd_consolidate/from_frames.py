"""A round without files: units and figures from DataFrames, for other sources than returned workbooks.

Figures are taken as they are: a text is never turned into a number here, because ``1.234`` means two things.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from pcmd_consolidate.campaign import Campaign, checked_settings, forms_as_filled, forms_asked
from pcmd_consolidate.cell_tables import VALUE_COLUMNS
from pcmd_consolidate.column_types import typed
from pcmd_consolidate.errors import ValuesError
from pcmd_consolidate.forms import LARGEST, ValueType
from pcmd_consolidate.given import faulty_columns, frame_given, point_in_time, unit_lines
from pcmd_consolidate.intake.reading import State
from pcmd_consolidate.limits import Limits
from pcmd_consolidate.returns import Returns, assemble, count_findings
from pcmd_consolidate.standing import punctuality
from pcmd_consolidate.units import Registry, Unit
from pcmd_consolidate.units_file import units_of
from pcmd_consolidate.vietnamese import shown

REQUIRED = ("unit_id", "form", "row", "year", "value")
OPTIONAL = ("state", "raw", "note", "file", "sheet", "cell", "received_at")
_PASSED_OVER = ("unit", "decision")
_KEY = ["unit_id", "form", "row", "year"]
_TEXTS = ("raw", "note", "file", "sheet", "cell")
_SOURCE = "bảng số liệu"
_UNITS = Path("units")
_NO_TIME = (
    "«{}» không rõ là ngày nào; hãy ghi ngày (date, datetime) hoặc chữ dạng năm-tháng-ngày, "
    "ví dụ 2025-08-05 hoặc 2025-08-05 16:30"
)


def campaign_from_frames(settings: Mapping[str, Any], units: pd.DataFrame, folder: str | Path = ".") -> Campaign:
    """A round of which nothing is on disk.

    Args:
        settings: What ``campaign.toml`` would hold: ``title``, ``province``, ``forms`` (``"IA"``, ``"IIA"`` or the
            path of a form file), ``years``, ``cut_off`` (date), and if need be ``deadlines``, ``stock_total``,
            ``limits``, ``plan``.
        units: One line per unit, with the columns of ``units.csv``: ``unit_id``, ``name``, ``kind`` (``commune``,
            ``department`` or ``province``), ``form``, and if need be ``section``, ``aliases``, ``deadline``,
            ``predecessors``; no others.
        folder: Where outputs are written unless told otherwise, and against which paths of forms are taken.

    Raises:
        CampaignError: A setting or a unit has a mistake; names the setting, or the column and the line (counted from 1,
            whatever the index says).
        TypeError: ``settings`` is no mapping, or ``units`` no DataFrame.
    """
    if not isinstance(settings, Mapping):
        raise TypeError(f"settings phải là dict, không phải {type(settings).__name__}")
    path = Path(folder) / "settings"
    checked = checked_settings(path, "", dict(settings))
    asked = forms_asked(path, "", checked)
    registry = Registry(units_of(_UNITS, unit_lines(_UNITS, frame_given("units", units)), asked))
    return Campaign(
        folder=Path(folder),
        title=checked["title"],
        province=checked["province"],
        forms=forms_as_filled(asked, registry, _UNITS),
        cut_off=checked["cut_off"],
        deadlines=checked.get("deadlines", {}),
        stock_total=checked.get("stock_total", "last"),
        registry=registry,
        limits=Limits(**checked.get("limits", {})),
    )


def returns_from_values(campaign: Campaign, values: pd.DataFrame) -> Returns:
    """Returns made of a table of figures, to be handed to :func:`~pcmd_consolidate.consolidation.consolidate`.

    Units with at least one line have answered. What is asked of them and has no line is ``absent``; a line whose
    ``value`` is missing is ``blank``, unless ``state`` says otherwise. Figures must be such as the form can hold:
    counts are whole and not negative, money is in million dong and below 100,000, yes/no is 1 or 0; of a province,
    money is below 10,000,000, and yes/no rows hold the number of its units that answered Có.

    Args:
        campaign: The round.
        values: One line per unit × row × year. Columns ``unit_id``, ``form`` (may be left out where the round has one
            form only), ``row`` (line number in the form), ``year``, ``value`` (number, missing where none); and if need
            be ``state`` (see :class:`~pcmd_consolidate.intake.reading.State`), ``raw``, ``note``, ``file``, ``sheet``,
            ``cell`` (where the figure comes from), ``received_at`` (when the unit answered; in time where missing;
            date, datetime or ISO text, see :func:`~pcmd_consolidate.given.point_in_time`; a time with a zone is put
            into that of Vietnam). Columns ``unit`` and ``decision`` are passed over, as in
            ``Consolidation.values``; others are refused. The table itself is left as it is.

    Returns:
        Returns as :func:`~pcmd_consolidate.returns.read_returns` gives them, without files: everything can be written
        from them but feedback workbooks, for which there is nothing to mark.

    Raises:
        ValuesError: A column is missing or unknown, or holds what cannot be; names the column and the first line,
            counted from 1, whatever the index says.
        TypeError: ``values`` is no DataFrame.
    """
    given = _given(campaign, frame_given("values", values))
    answered = set(given[["unit_id", "form"]].itertuples(index=False, name=None))
    units = [unit for unit in campaign.registry if (unit.unit_id, unit.form) in answered]
    asked = _asked(campaign, units)
    _refuse_others(campaign, given, asked)
    table = asked.merge(given, on=_KEY, how="left", validate="one_to_one")
    nothing = assemble(campaign, (), campaign.inbox)
    read = _values(table)
    submissions = _submissions(campaign, nothing.submissions, given, read)
    return dataclasses.replace(nothing, values=read, submissions=count_findings(submissions, nothing.findings))


def _given(campaign: Campaign, values: pd.DataFrame) -> pd.DataFrame:
    if "form" not in values and len(campaign.forms) == 1:
        values = values.assign(form=campaign.forms[0].id)
    given = values.drop(columns=[column for column in _PASSED_OVER if column in values])
    for column, fault in faulty_columns(given.columns, REQUIRED, OPTIONAL):
        raise ValuesError(column, fault)
    for column in ("unit_id", "form"):
        _refuse(given, column, given[column].isna(), "không được để trống")
        given[column] = given[column].astype(str)
    for column in ("row", "year"):
        whole = _numbers(given, column)
        _refuse(given, column, ~(whole % 1 == 0), "phải là số nguyên")
        given[column] = whole.astype("int64")
    truths = [isinstance(cell, bool | np.bool_) for cell in given["value"]]
    given = given.assign(value=_numbers(given, "value"), truth=truths)
    if "received_at" in given:
        given["received_at"] = _times(given)
    return _stated(given).reset_index(drop=True)


def _times(given: pd.DataFrame) -> pd.Series:
    times = [point_in_time(cell) for cell in given["received_at"]]
    _refuse(given, "received_at", pd.Series([time is None for time in times]), _NO_TIME)
    return pd.Series(times, index=given.index, dtype="datetime64[s]")


def _numbers(table: pd.DataFrame, column: str) -> pd.Series:
    """A column of numbers, missing ones NaN; what is no number is refused, never converted."""
    cells = table[column].astype(object) if table[column].dtype == "category" else table[column]
    if not pd.api.types.is_numeric_dtype(cells) or pd.api.types.is_complex_dtype(cells):
        number = cells.map(lambda cell: isinstance(cell, int | float | np.number | np.bool_)) | cells.isna()
        _refuse(table, column, ~number.astype(bool), "phải là số, không phải chữ «{}»")
    return cells.astype("Float64").astype("float64") if cells.isna().any() else cells.astype("float64")


def _stated(given: pd.DataFrame) -> pd.DataFrame:
    there = given["value"].notna()
    default = np.where(there, State.REPORTED.value, State.BLANK.value)
    state = given["state"].astype(object).where(given["state"].notna(), default) if "state" in given else default
    stated = given.assign(state=state)
    known = [member.value for member in State]
    _refuse(stated, "state", ~stated["state"].isin(known), f"không có trạng thái «{{}}»; chỉ nhận {', '.join(known)}")
    contradicts = stated["state"].eq(State.REPORTED.value) != there
    _refuse(stated, "state", contradicts, "«{}» trái với cột value: có số khi và chỉ khi trạng thái là reported")
    return stated


def _asked(campaign: Campaign, units: list[Unit]) -> pd.DataFrame:
    """What is asked of these units: one line per row × year, with the type of the row and the limit of its money."""
    records = [
        (unit.unit_id, unit.form, row.number, year, unit.name, row.value_type, row.money_limit)
        for unit in units
        for row in campaign.form(unit.form).indicators_of(unit.sections)
        for year in campaign.years
    ]
    columns = [*_KEY, "unit", "value_type", "money_limit"]
    return pd.DataFrame.from_records(records, columns=columns).astype({"row": "int64", "year": "int64"})


def _refuse_others(campaign: Campaign, given: pd.DataFrame, asked: pd.DataFrame) -> None:
    """Refuse lines that nothing asks for, that are there twice, or that no form can hold."""
    forms = {form.id for form in campaign.forms}
    known = {(unit.unit_id, unit.form) for unit in campaign.registry}
    units = pd.Series(list(zip(given["unit_id"], given["form"], strict=True)), index=given.index)
    _refuse(given, "form", ~given["form"].isin(forms), f"đợt báo cáo không có biểu «{{}}»; chỉ có {', '.join(forms)}")
    _refuse(given, "unit_id", ~units.isin(known), "đợt báo cáo không có đơn vị «{}» nộp biểu này")
    _refuse(given, "year", ~given["year"].isin(campaign.years), f"năm {{}} không thuộc đợt báo cáo {campaign.years}")
    matched = given[[*_KEY, "truth"]].merge(asked, on=_KEY, how="left")
    _refuse(given, "row", matched["value_type"].isna(), "dòng {} không phải là chỉ tiêu mà đơn vị này phải báo cáo")
    _refuse(given, "row", given.duplicated(_KEY), "đơn vị, dòng {} và năm này đã có ở trên")
    _refuse(given, "value", matched["truth"] & matched["value_type"].ne(ValueType.YES_NO), _NO_NUMBER)
    for value_type, (holds, message) in _HOLDS.items():
        wrong = (
            matched["value_type"].eq(value_type)
            & given["value"].notna()
            & ~holds(given["value"], matched["money_limit"])
        )
        _refuse(given, "value", wrong, message)


_NO_NUMBER = "phải là số; True và False chỉ dùng cho chỉ tiêu Có hoặc không"
_HOLDS: dict[ValueType, tuple[Callable[[pd.Series, pd.Series], pd.Series], str]] = {
    ValueType.COUNT: (
        lambda v, _: (v >= 0) & (v % 1 == 0) & (v < LARGEST),
        "«{}» không phải là số đếm (nguyên, không âm)",
    ),
    ValueType.MONEY: (lambda v, limit: (v >= 0) & (v < limit), "«{}» không phải là số tiền tính bằng triệu đồng"),
    ValueType.YES_NO: (lambda v, _: v.isin([0, 1]), "«{}» không phải là 1 (Có) hoặc 0 (Không)"),
}


def _refuse(table: pd.DataFrame, column: str, wrong: pd.Series, message: str) -> None:
    places = np.flatnonzero(wrong.to_numpy(dtype=bool, na_value=True))
    if len(places):
        first = table.iloc[places[0]]
        more = f" ({len(places)} dòng như vậy)" if len(places) > 1 else ""
        raise ValuesError(column, message.format(first[column]) + more, line=int(places[0]) + 1)


def _values(table: pd.DataFrame) -> pd.DataFrame:
    """A values table (``VALUE_COLUMNS``) of its proper types."""
    there = table["state"].notna()
    figures = [shown(value) if value == value else "" for value in table["value"]]
    defaults = {"raw": pd.Series(figures, dtype=object), "file": there.map({True: _SOURCE, False: ""})}
    filled = {name: _filled(table, name, defaults.get(name, "")) for name in _TEXTS}
    state = table["state"].where(there, State.ABSENT.value)
    return typed(table.assign(**filled, state=state)[list(VALUE_COLUMNS)])


def _filled(table: pd.DataFrame, column: str, default: pd.Series | str) -> pd.Series | str:
    return table[column].astype(object).where(table[column].notna(), default) if column in table else default


def _submissions(campaign: Campaign, nothing: pd.DataFrame, given: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    """Who has answered, by the lines of the table; the file that is named first stands for the return."""
    files = dict(_firsts(values[values["state"] != State.ABSENT.value], "file"))
    received = dict(_firsts(given, "received_at")) if "received_at" in given else {}
    keys = list(zip(nothing["unit_id"], nothing["form"], strict=True))
    times = [received.get(key, pd.NaT) for key in keys]
    statuses = [
        _punctuality(campaign, key, time) if key in files else "missing" for key, time in zip(keys, times, strict=True)
    ]
    names = [files.get(key, "") for key in keys]
    return typed(nothing.assign(status=statuses, file=names, received_at=pd.Series(times, dtype="datetime64[s]")))


def _firsts(table: pd.DataFrame, column: str) -> Iterator[tuple[tuple[str, str], Any]]:
    first = table.drop_duplicates(["unit_id", "form"])
    yield from zip(zip(first["unit_id"], first["form"], strict=True), first[column], strict=True)


def _punctuality(campaign: Campaign, key: tuple[str, str], received: pd.Timestamp) -> str:
    unit = campaign.registry.get(*key)
    return "on_time" if unit is None or pd.isna(received) else punctuality(campaign, unit, received)

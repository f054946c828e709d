"""What is given in place of files: frames with the columns they must have, and points in time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from pcmd_consolidate.errors import CampaignError
from pcmd_consolidate.units_file import UNIT_COLUMNS

VIETNAM = dt.timezone(dt.timedelta(hours=7))
"""The time in Vietnam (Asia/Ho_Chi_Minh), the same all the year."""

_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?\Z")


def frame_given(name: str, given: object) -> pd.DataFrame:
    """The frame that was given as an argument of that name.

    Raises:
        TypeError: It is no DataFrame.
    """
    if not isinstance(given, pd.DataFrame):
        raise TypeError(f"{name} phải là pandas.DataFrame, không phải {type(given).__name__}")
    return given


def faulty_columns(
    header: Iterable[object], required: Sequence[str], optional: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Columns that are missing, unknown or there twice, each with what is wrong."""
    names = [str(name) for name in header]
    for name in required:
        if name not in names:
            yield name, f"thiếu cột này; phải có: {', '.join(required)}"
    for place, name in enumerate(names):
        if name not in (*required, *optional):
            yield name, f"không có cột này; ngoài các cột phải có, chỉ nhận: {', '.join(optional)}"
        if name in names[:place]:
            yield name, "cột này có hai lần"


def unit_lines(path: Path, units: pd.DataFrame) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines of a table of units as those of ``units.csv``, counted from 1.

    Raises:
        CampaignError: A column is missing, unknown or there twice; names ``path`` and the column.
    """
    for column, fault in faulty_columns(units.columns, UNIT_COLUMNS[:4], UNIT_COLUMNS[4:]):
        raise CampaignError(path, fault, field=column)
    texts = {
        name: [_as_text(cell) for cell in units[name]] if name in units else [""] * len(units) for name in UNIT_COLUMNS
    }
    for place, cells in enumerate(zip(*texts.values(), strict=True), start=1):
        yield place, dict(zip(texts, cells, strict=True))


def _as_text(cell: object) -> str:
    if isinstance(cell, dt.datetime):
        return "" if pd.isna(cell) else cell.date().isoformat()
    return "" if is_missing(cell) else str(cell).strip()


def is_missing(cell: object) -> bool:
    """Whether a cell of a frame holds nothing."""
    return cell is None or cell is pd.NA or cell != cell


def point_in_time(cell: object) -> pd.Timestamp | None:
    """A date or a time as the clock shows it in Vietnam, ``NaT`` where there is none.

    A date is taken from its first minute on. A time with a zone is put into that of Vietnam.

    Args:
        cell: A date, a datetime, or text: ``2025-08-05``, ``2025-08-05 16:30``, ``2025-08-05T16:30:00+07:00``.

    Returns:
        None for anything else: ``05/08/2025`` is May in some countries and August in others.
    """
    if is_missing(cell) or (isinstance(cell, str) and not cell.strip()):
        return pd.NaT
    if isinstance(cell, str):
        return _from_text(cell.strip())
    if not isinstance(cell, dt.date | np.datetime64):
        return None
    time = pd.Timestamp(cell)
    return time if time.tzinfo is None else time.tz_convert(VIETNAM).tz_localize(None)


def _from_text(text: str) -> pd.Timestamp | None:
    if not _ISO.match(text):
        return None
    try:
        return point_in_time(dt.datetime.fromisoformat(text))
    except ValueError:
        return None

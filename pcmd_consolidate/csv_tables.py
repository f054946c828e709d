"""The tables of a run as CSV that Excel opens.

Whole numbers have no ``.0``, no text is one that Excel would take for a formula, characters that cannot be seen are
shown escaped, and texts are cut where a cell of Excel ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd

from pcmd_consolidate.errors import NoWorkerError, WorkerError
from pcmd_consolidate.excel_text import cell_text
from pcmd_consolidate.files import flush
from pcmd_consolidate.workers import GuardedExecutor

_NEEDS_QUOTES = re.compile('[,"\r\n]')
_LINES_AT_ONCE = 100_000
_WORTH_A_PROCESS = 300_000
"""Lines that take longer to write than another process takes to start."""


def csv_text(table: pd.DataFrame) -> str:
    """A table as CSV."""
    return _head(table) + "".join(map(_lines, _parts(table)))


@contextmanager
def written_meanwhile(tables: Mapping[Path, pd.DataFrame]) -> Iterator[None]:
    """Write tables, UTF-8 with BOM, while the block runs; very long ones by a process of their own.

    Raises:
        OSError: A table cannot be written.
    """
    if sum(map(len, tables.values())) < _WORTH_A_PROCESS:
        yield
        _write(tables, append_lines)
        return
    with ThreadPoolExecutor(1) as beside:
        written = beside.submit(_write_elsewhere, tables)
        yield
        written.result()


def _write(tables: Mapping[Path, pd.DataFrame], append: Callable[[Path, pd.DataFrame], object]) -> None:
    for path, table in tables.items():
        path.write_text(_head(table), encoding="utf-8-sig", newline="")
        for part in _parts(table):
            append(path, part)


def _write_elsewhere(tables: Mapping[Path, pd.DataFrame]) -> None:
    """The same, with the lines made and put onto the disk by a process that is handed one part after the other."""
    with GuardedExecutor(1, preload=[__name__]) as other:
        try:
            _write(tables, lambda path, part: other.submit(append_lines, path, part).result())
            for path in tables:
                other.submit(flush, path).result()
        except (NoWorkerError, WorkerError):  # whatever it has written is written anew
            _write(tables, append_lines)


def append_lines(path: Path, part: pd.DataFrame) -> None:
    """Add lines to a table that is begun."""
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write(_lines(part))


def _head(table: pd.DataFrame) -> str:
    return ",".join(map(_quoted, table.columns)) + "\r\n"


def _parts(table: pd.DataFrame) -> Iterator[pd.DataFrame]:
    for start in range(0, len(table), _LINES_AT_ONCE):
        yield table.iloc[start : start + _LINES_AT_ONCE]


def _lines(part: pd.DataFrame) -> str:
    columns = (_written(part[column]) for column in part.columns)
    return "\r\n".join(map(",".join, zip(*columns, strict=True))) + "\r\n"


def _quoted(text: str) -> str:
    """A text as a field of a CSV table."""
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text


def _written(column: pd.Series) -> list[str]:
    """A column as fields; each value that it holds is written once."""
    codes, uniques = pd.factorize(column, use_na_sentinel=False)
    values = uniques.tolist()
    if pd.api.types.is_datetime64_dtype(column):
        texts = ["" if pd.isna(value) else f"{value:%Y-%m-%dT%H:%M:%S}" for value in values]
    elif pd.api.types.is_numeric_dtype(column):
        texts = [_number(value) for value in values]
    else:
        texts = [_quoted(_harmless(cell_text(str(value)))) for value in values]
    written: list[str] = np.array([*texts, ""], dtype=object)[codes].tolist()
    return written


def _number(value: float) -> str:
    if pd.isna(value):
        return ""
    return str(int(value)) if value == int(value) else repr(float(value))


def _harmless(text: str) -> str:
    """The text, with an apostrophe before it where Excel would compute it."""
    if text[:1] in ("=", "@", "\t") or (text[:1] in ("+", "-") and len(text) > 1):
        return f"'{text}"
    return text

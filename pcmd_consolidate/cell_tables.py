"""The cells of returns as tables, one line for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import chain
from operator import attrgetter
from typing import Any

import numpy as np
import pandas as pd

from pcmd_consolidate.column_types import STATE, category, repeated, texts
from pcmd_consolidate.intake.cells import Cells, Places
from pcmd_consolidate.resubmissions import Return

VALUE_COLUMNS = (
    "unit_id", "unit", "form", "row", "year", "value", "state", "raw", "note", "file", "sheet", "cell",
)  # fmt: skip
_whole = partial(np.fromiter, dtype="int64")
_OF_PLACES: Mapping[str, tuple[Callable[[Places], Iterable[Any]], Callable[[Iterable[Any]], Any]]] = {
    "row": (attrgetter("rows"), _whole), "year": (attrgetter("years"), _whole),
    "sheet": (attrgetter("sheets"), category), "cell": (attrgetter("cells"), texts),
}  # fmt: skip
"""Column → what of places stands in it, and how it is made."""


def values_table(answered: Iterable[Return]) -> pd.DataFrame:
    """The cells of the returns that count (``VALUE_COLUMNS``), one return after the other."""
    returned = list(answered)
    cells = [used.sheet.cells for used in returned]
    lengths = [len(of_one) for of_one in cells]
    codes = np.frombuffer(b"".join(of_one.states for of_one in cells), dtype="uint8")
    at = _places([of_one.places for of_one in cells], "row", "year", "sheet", "cell")
    columns = {
        "unit_id": repeated([used.unit.unit_id for used in returned], lengths),
        "unit": repeated([used.unit.name for used in returned], lengths),
        "form": repeated([used.sheet.form for used in returned], lengths),
        "row": at["row"],
        "year": at["year"],
        "value": np.concatenate([np.zeros(0), *(np.frombuffer(of_one.values) for of_one in cells)]),
        "state": pd.Categorical.from_codes(codes.astype("int8"), dtype=STATE),
        "raw": texts(chain.from_iterable(of_one.raws for of_one in cells)),
        "note": texts(chain.from_iterable(map(_notes, cells))),
        "file": repeated([used.file.item.name for used in returned], lengths),
        "sheet": at["sheet"],
        "cell": at["cell"],
    }
    return pd.DataFrame(columns)[list(VALUE_COLUMNS)]


def stated_totals_table(answered: Iterable[Return]) -> pd.DataFrame:
    """What units wrote under Tổng cộng: ``unit_id, form, row, value, file, sheet, cell``."""
    returned = list(answered)
    totals = [used.sheet.totals for used in returned]
    lengths = [len(of_one) for of_one in totals]
    at = _places([of_one.places for of_one in totals], "row", "sheet", "cell")
    columns = {
        "unit_id": repeated([used.unit.unit_id for used in returned], lengths),
        "form": repeated([used.sheet.form for used in returned], lengths),
        "row": at["row"],
        "value": np.concatenate([np.zeros(0), *(np.frombuffer(of_one.values) for of_one in totals)]),
        "file": repeated([used.file.item.name for used in returned], lengths),
        "sheet": at["sheet"],
        "cell": at["cell"],
    }
    return pd.DataFrame(columns)


def _places(of_returns: Sequence[Places], *names: str) -> pd.DataFrame:
    """Where all cells of returns stand, one return after the other.

    Returns of one layout share its places, which are put into columns once.

    Args:
        of_returns: The places of each return.
        names: The columns, of ``row, year, sheet, cell``.
    """
    layouts = list({id(places): places for places in of_returns}.values())
    once = {
        name: make(chain.from_iterable(map(take, layouts)))
        for name, (take, make) in zip(names, map(_OF_PLACES.__getitem__, names), strict=True)
    }
    ends = np.cumsum([len(places.rows) for places in layouts])
    lines = {id(places): np.arange(end - len(places.rows), end) for places, end in zip(layouts, ends, strict=True)}
    wanted = np.concatenate([np.zeros(0, dtype="int64"), *(lines[id(places)] for places in of_returns)])
    return pd.DataFrame(once).take(wanted).reset_index(drop=True)


def _notes(cells: Cells) -> list[str]:
    notes = [""] * len(cells)
    for place, note in cells.notes.items():
        notes[place] = note
    return notes

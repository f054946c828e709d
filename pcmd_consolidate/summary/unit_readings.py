"""The values of each unit, looked up in the table when they are asked for: a country has too many to hold twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from pcmd_consolidate.intake.reading import State

Readings = Mapping[tuple[int, int], tuple[State, float]]
"""Row and year → state and value."""

_STATES = {state.value: state for state in State}


class UnitReadings(Mapping[tuple[str, str], Readings]):
    """Form and unit → its readings.

    Args:
        values: The values table.
    """

    def __init__(self, values: pd.DataFrame) -> None:
        ordered = values[["form", "unit_id", "row", "year", "state", "value"]]
        self._spans = _spans(ordered)
        if self._spans is None:
            ordered = ordered.sort_values(["form", "unit_id"], kind="stable", ignore_index=True)
            self._spans = _spans(ordered)
        assert self._spans is not None
        self._rows, self._years = ordered["row"].to_numpy(), ordered["year"].to_numpy()
        self._values = ordered["value"].to_numpy(dtype="float64")
        states = ordered["state"].astype("category")
        self._states = [_STATES[name] for name in states.cat.categories]
        self._codes = states.cat.codes.to_numpy()

    def __getitem__(self, key: tuple[str, str]) -> Readings:
        first, end = self._spans[key]  # type: ignore[index]
        places = zip(self._rows[first:end].tolist(), self._years[first:end].tolist(), strict=True)
        states = (self._states[code] for code in self._codes[first:end].tolist())
        return dict(zip(places, zip(states, self._values[first:end].tolist(), strict=True), strict=True))

    def __contains__(self, key: object) -> bool:
        return key in self._spans  # type: ignore[operator]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._spans)  # type: ignore[arg-type]

    def __len__(self) -> int:
        return len(self._spans)  # type: ignore[arg-type]


def _spans(values: pd.DataFrame) -> dict[tuple[str, str], tuple[int, int]] | None:
    """Form and unit → first line and the line after the last; None where the lines of one are not together."""
    if values.empty:
        return {}
    forms, units = values["form"].to_numpy(dtype=object), values["unit_id"].to_numpy(dtype=object)
    changes = np.flatnonzero((forms[1:] != forms[:-1]) | (units[1:] != units[:-1])) + 1
    starts = [0, *changes.tolist()]
    spans = {
        (str(forms[first]), str(units[first])): (first, end)
        for first, end in zip(starts, [*starts[1:], len(values)], strict=True)
    }
    return spans if len(spans) == len(starts) else None

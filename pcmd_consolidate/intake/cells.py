"""The cells of a return by column, so that thousands of returns take little room and travel fast between processes."""

from __future__ import annotations

import math
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import overload

from pcmd_consolidate.intake.reading import CellReading, Reading, State

_STATES = tuple(State)
_CODES = {state: code for code, state in enumerate(_STATES)}
_END = "\0"
"""Stands between texts that are kept as one; no workbook holds it."""
_Texts = str | tuple[str, ...]
"""Texts as one, or one by one where that end stands in them."""
_Packed = tuple[bytes, bytes, _Texts, _Texts]
_NOTHING = {_CODES[State.BLANK], _CODES[State.ABSENT]}


@dataclass(frozen=True, slots=True)
class Places:
    """Where the cells of a return stand; returns of one layout share theirs.

    Attributes:
        rows: Rows of the form.
        years: Their years.
        cells: A1 cells; empty where there is none.
        sheets: Names of their sheets.
        packed: All of them, as they travel.
    """

    rows: tuple[int, ...]
    years: tuple[int, ...]
    cells: tuple[str, ...]
    sheets: tuple[str, ...]
    packed: _Packed = field(repr=False, compare=False)

    def __reduce__(self) -> tuple[object, ...]:
        return unpacked_places, self.packed


@lru_cache(maxsize=256)
def shared_places(
    rows: tuple[int, ...], years: tuple[int, ...], cells: tuple[str, ...], sheets: tuple[str, ...]
) -> Places:
    """The places; the same object for the same layout."""
    packed = array("i", rows).tobytes(), array("i", years).tobytes(), _joined(cells), _joined(sheets)
    return Places(rows, years, cells, sheets, packed)


@lru_cache(maxsize=256)
def unpacked_places(rows: bytes, years: bytes, cells: _Texts, sheets: _Texts) -> Places:
    """Places as they were before they travelled; the same object for the same layout."""
    numbers = array("i", rows), array("i", years)
    return shared_places(
        tuple(numbers[0]), tuple(numbers[1]), *(_separate(texts, len(numbers[0])) for texts in (cells, sheets))
    )


@dataclass(frozen=True, slots=True, eq=False)
class Cells(Sequence[CellReading]):
    """A sequence of cell readings; what is to be found fault with in them is with the return.

    Attributes:
        places: Where they stand.
        values: Their figures; NaN where there is none.
        states: For each of them the place of its state in :class:`State`.
        texts: What the unit wrote, as one text, which is taken apart when it is asked for; or one by one.
        notes: Place in the sequence → words that stand beside the figure.
    """

    places: Places
    values: array[float]
    states: bytes
    texts: _Texts
    notes: Mapping[int, str]

    @classmethod
    def of(cls, cells: Iterable[CellReading], sheet: str = "") -> Cells:
        """The cells of a return; ``sheet`` is that of those that name none."""
        if isinstance(cells, Cells):
            return cells
        given = tuple(cells)
        places = shared_places(
            tuple(cell.row for cell in given),
            tuple(cell.year for cell in given),
            tuple(cell.cell for cell in given),
            tuple(cell.sheet or sheet for cell in given),
        )
        return cls.at(places, [cell.reading for cell in given])

    @classmethod
    def at(cls, places: Places, readings: Sequence[Reading]) -> Cells:
        """The cells of a return, from what stands in each of its places."""
        return cls(
            places,
            array("d", [math.nan if reading.value is None else reading.value for reading in readings]),
            bytes([_CODES[reading.state] for reading in readings]),
            _joined([reading.raw for reading in readings]),
            {place: reading.note for place, reading in enumerate(readings) if reading.note},
        )

    @property
    def raws(self) -> tuple[str, ...]:
        """What the unit wrote."""
        return _separate(self.texts, len(self.states))

    @property
    def is_filled(self) -> bool:
        """Whether anything was written into the return."""
        return bool(set(self.states) - _NOTHING)

    @property
    def content(self) -> tuple[object, ...]:
        """What the return says, wherever it stands."""
        return self.places.rows, self.places.years, self.states, self.values.tobytes(), self.texts

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Cells):
            return NotImplemented
        return (self.places, self.content, self.notes) == (other.places, other.content, other.notes)

    def __hash__(self) -> int:
        return hash(self.content)

    def __len__(self) -> int:
        return len(self.states)

    @overload
    def __getitem__(self, place: int) -> CellReading: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[CellReading, ...]: ...

    def __getitem__(self, place: int | slice) -> CellReading | tuple[CellReading, ...]:
        raws = self.raws
        if isinstance(place, slice):
            return tuple(self._cell(i, raws) for i in range(len(self))[place])
        return self._cell(range(len(self))[place], raws)

    def __iter__(self) -> Iterator[CellReading]:
        raws = self.raws
        return (self._cell(place, raws) for place in range(len(self)))

    def _cell(self, place: int, raws: Sequence[str]) -> CellReading:
        state = _STATES[self.states[place]]
        value = self.values[place] if state is State.REPORTED else None
        reading = Reading(state, value, raws[place], self.notes.get(place, ""))
        at = self.places
        return CellReading(at.rows[place], at.years[place], reading, at.cells[place], at.sheets[place])

    def __reduce__(self) -> tuple[object, ...]:
        return unpacked_cells, (self.places, self.values.tobytes(), self.states, self.texts, self.notes)


def unpacked_cells(places: Places, values: bytes, states: bytes, texts: _Texts, notes: Mapping[int, str]) -> Cells:
    """Cells as they were before they travelled."""
    return Cells(places, array("d", values), states, texts, notes)


def _joined(texts: Sequence[str]) -> _Texts:
    together = _END.join(texts)
    return together if together.count(_END) == len(texts) - 1 else tuple(texts)


def _separate(texts: _Texts, count: int) -> tuple[str, ...]:
    if isinstance(texts, tuple):
        return texts
    return tuple(map(sys.intern, texts.split(_END))) if count else ()

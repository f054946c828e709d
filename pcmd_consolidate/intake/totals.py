"""What a unit wrote under Tổng cộng, by column, as :class:`~pcmd_consolidate.intake.cells.Cells` are kept."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from pcmd_consolidate.intake.cells import Places, shared_places
from pcmd_consolidate.intake.reading import StatedTotal


@dataclass(frozen=True, slots=True, eq=False)
class Totals(Sequence[StatedTotal]):
    """A sequence of stated totals.

    Attributes:
        places: Where they stand.
        values: Their figures.
    """

    places: Places
    values: array[float]

    @classmethod
    def of(cls, totals: Iterable[StatedTotal]) -> Totals:
        """Those of a return."""
        given = tuple(totals)
        places = shared_places(
            tuple([total.row for total in given]),
            (),
            tuple([total.cell for total in given]),
            tuple([total.sheet for total in given]),
        )
        return cls(places, array("d", [total.value for total in given]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Totals) and (self.places, self.values) == (other.places, other.values)

    def __hash__(self) -> int:
        return hash((self.places, self.values.tobytes()))

    def __len__(self) -> int:
        return len(self.values)

    @overload
    def __getitem__(self, place: int) -> StatedTotal: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[StatedTotal, ...]: ...

    def __getitem__(self, place: int | slice) -> StatedTotal | tuple[StatedTotal, ...]:
        return tuple(self)[place]

    def __iter__(self) -> Iterator[StatedTotal]:
        return map(StatedTotal, self.places.rows, self.values, self.places.cells, self.places.sheets)

    def __reduce__(self) -> tuple[object, ...]:
        return unpacked_totals, (self.places, self.values.tobytes())


def unpacked_totals(places: Places, values: bytes) -> Totals:
    """Totals as they were before they travelled."""
    return Totals(places, array("d", values))

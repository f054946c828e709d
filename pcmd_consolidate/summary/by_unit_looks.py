"""How the figures of a unit look: what a cell holds, and the heaviest finding on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any

from pcmd_consolidate.findings import Severity
from pcmd_consolidate.summary import formats as look


class Cell(Enum):
    """What a cell holds: its sign, its legend, its properties."""

    WHOLE = ("", "", look.number_format(look.COUNT))
    FRACTION = ("", "", look.number_format(look.MONEY))
    YES_NO = ("", "", {**look.number_format(look.YES_NO), **look.RIGHT})
    BLANK = ("", "ô trống: để trống", look.CENTRE)
    NOT_AVAILABLE = ("…", "…: chưa có số liệu", look.CENTRE)
    UNREADABLE = ("?", "?: không đọc được", look.CENTRE)
    ABSENT = ("x", "x: thiếu dòng", look.CENTRE)
    MISSING = ("", "chưa nộp", look.MISSING)
    NOT_ASKED = ("", "không phải báo cáo", look.NOT_ASKED)

    def __init__(self, sign: str, legend: str, props: look.Props) -> None:
        self.sign = sign
        self.legend = legend
        self.props = props

    __hash__ = object.__hash__


@dataclass(frozen=True, slots=True)
class NameLooks:
    """Formats of the columns before the figures."""

    order: Any
    link: Any
    text: Any


class CellLooks:
    """Formats of the cells of a unit."""

    def __init__(self, formats: look.Formats) -> None:
        self._formats = formats
        self._made: dict[tuple[Cell, str | None, bool], Any] = {}

    def of(self, cell: Cell, shade: str | None, first: bool) -> Any:
        """The format of a cell; the first year of a row has a line before it."""
        key = (cell, shade, first)
        if key not in self._made:
            colour: look.Props = {} if shade is None else look.SHADES[shade]
            edge: look.Props = {"left": 2, "left_color": "#7F7F7F"} if first else {}
            self._made[key] = self._formats.of(look.BORDER, cell.props, colour, edge)
        return self._made[key]

    @cached_property
    def answered(self) -> NameLooks:
        """The formats of the name of a unit that has answered."""
        return self._names({})

    @cached_property
    def missing(self) -> NameLooks:
        """The formats of the name of a unit that has not."""
        return self._names(look.MISSING)

    def _names(self, shade: look.Props) -> NameLooks:
        return NameLooks(
            order=self._formats.of(look.BORDER, look.CENTRE, shade),
            link=self._formats.of(look.BORDER, shade, look.LINK),
            text=self._formats.of(look.BORDER, shade),
        )

    def legend(self) -> Iterator[tuple[str, Any]]:
        """Texts of the legend, each in the look that it explains."""
        small = (look.BORDER, look.SMALL, look.CENTRE)
        for cell in Cell:
            if cell.legend:
                yield cell.legend, self._formats.of(*small, cell.props)
        for severity in Severity:
            yield severity.label, self._formats.of(*small, look.SEVERITY[severity])
        yield "đã quyết định", self._formats.of(*small, look.SHADES[look.DECIDED])

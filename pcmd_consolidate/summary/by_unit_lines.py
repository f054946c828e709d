"""The lines of the sheets *… theo đơn vị*: of a million cells, those that are alike are made once."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pcmd_consolidate.forms import ValueType
from pcmd_consolidate.summary import layout as at
from pcmd_consolidate.summary.by_unit_looks import Cell, CellLooks
from pcmd_consolidate.summary.content import Content, Mark
from pcmd_consolidate.summary.finding_list import finding_url
from pcmd_consolidate.summary.layout import UnitLayout
from pcmd_consolidate.summary.streamed import StreamedSheet, content_xml, styled
from pcmd_consolidate.summary.unit_figures import UnitFigures, unit_figures
from pcmd_consolidate.units import Unit

_Place = tuple[int, int]
"""Row of the form and year."""


class _Kind(NamedTuple):
    """What the cells of a column look like: whether they hold Có or Không, whether they begin a row of the form."""

    yes_no: bool
    first: bool


class _Cells(dict[int, str]):
    """Code → cell in the XML of the sheet, for columns of a kind and one shade; made when it is first asked for."""

    def __init__(self, figures: UnitFigures, looks: CellLooks, kind: _Kind, shade: str | None) -> None:
        super().__init__()
        self._figures, self._looks, self._kind, self._shade = figures, looks, kind, shade

    def __missing__(self, code: int) -> str:
        cell, shown = self._figures.of(code)
        if self._kind.yes_no and not isinstance(shown, str):
            cell = Cell.YES_NO
        self[code] = styled(content_xml(shown), self._looks.of(cell, self._shade, self._kind.first))
        return self[code]


@dataclass(frozen=True, slots=True)
class _Lines:
    """What is needed to write the line of a unit.

    Attributes:
        kinds: Kind of every column.
        cells: Kind and shade → its cells.
        plain: The cells of every column without a shade.
    """

    sheet: StreamedSheet
    content: Content
    layout: UnitLayout
    looks: CellLooks
    figures: UnitFigures
    kinds: Sequence[_Kind]
    cells: Callable[[_Kind, str | None], _Cells]
    plain: Sequence[_Cells]


def write_lines(sheet: StreamedSheet, content: Content, layout: UnitLayout, looks: CellLooks) -> None:
    """Write the lines of all units."""
    figures = unit_figures(content.consolidation.values, layout)
    cells = functools.cache(functools.partial(_Cells, figures, looks))
    kinds = tuple(_kinds(layout))
    lines = _Lines(sheet, content, layout, looks, figures, kinds, cells, [cells(kind, None) for kind in kinds])
    for order, (unit, codes) in enumerate(zip(layout.units, figures.codes, strict=True), start=1):
        _write_line(lines, order, unit, codes.tolist())


def _kinds(layout: UnitLayout) -> Iterator[_Kind]:
    for number, year in layout.columns:
        yes_no = layout.form.row(number).value_type is ValueType.YES_NO
        yield _Kind(yes_no, first=year == layout.form.years[0])


def _write_line(lines: _Lines, order: int, unit: Unit, codes: Sequence[int]) -> None:
    sheet, content = lines.sheet, lines.content
    line = lines.layout.lines[unit.unit_id]
    answer = content.answer(unit)
    name = lines.looks.answered if (unit.form, unit.unit_id) in content.answered else lines.looks.missing
    sheet.number(line, at.ORDER, order, name.order)
    sheet.link(line, at.UNIT, content.sources.url(answer.file), unit.name, name.link, name.text)
    sheet.text(line, at.STATUS, content.status_word(answer.status, unit), name.text)
    marks = content.marks_of(unit)
    sheet.raw.put_run(line, at.FIRST_FIGURE, _shaded(lines, codes, content.shades_of(unit, marks)))
    _link_marked(lines, line, codes, marks)


def _shaded(lines: _Lines, codes: Sequence[int], shades: Mapping[_Place, str]) -> list[str]:
    """The cells of a unit."""
    cells = [of[code] for of, code in zip(lines.plain, codes, strict=True)]
    for place, shade in shades.items():
        if (column := lines.layout.columns.get(place)) is not None:
            there = column - at.FIRST_FIGURE
            cells[there] = lines.cells(lines.kinds[there], shade)[codes[there]]
    return cells


def _link_marked(lines: _Lines, line: int, codes: Sequence[int], marks: Mapping[_Place, Mark]) -> None:
    """Have the figures with a finding lead to it."""
    columns = lines.layout.columns
    for place in sorted(marks.keys() & columns.keys(), key=columns.__getitem__):
        url = finding_url(lines.content, marks[place].place)
        if url is not None:
            shown = lines.figures.of(codes[columns[place] - at.FIRST_FIGURE])[1]
            lines.sheet.lead(line, columns[place], url, shown if isinstance(shown, str) else "")

"""Sheets written from top to bottom: of each cell only its XML is made, and only one row is held in memory.

A country has millions of cells. xlsxwriter takes each through a dozen calls, but most hold what many others hold as
well: here the XML of a text or a number is made once and remembered, and a row goes to the disk in one piece.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from html import escape
from typing import Any, NamedTuple

from xlsxwriter.url import Url
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from pcmd_consolidate.excel_text import cell_text
from pcmd_consolidate.summary.formats import Formats
from pcmd_consolidate.summary.sheet import Sheet, plain_number

_EPOCH = dt.datetime(1899, 12, 30)
_INSIDE = "internal:"


def text_xml(text: str) -> str:
    """What stands behind the place and the format of a cell with a text."""
    return _string_xml(text) if text else "/>"


@lru_cache(maxsize=65536)
def _string_xml(text: str) -> str:
    shown = cell_text(text)
    kept = ' xml:space="preserve"' if shown != shown.strip() else ""
    coded = escape(Worksheet._escape_control_characters(shown) if "_x" in shown else shown, quote=False)
    return f' t="inlineStr"><is><t{kept}>{coded}</t></is></c>'


@lru_cache(maxsize=65536)
def number_xml(value: float) -> str:
    """What stands behind the place and the format of a cell with a number."""
    return f"><v>{plain_number(value):.16G}</v></c>"


def content_xml(shown: str | float | dt.date) -> str:
    """What stands behind the place and the format of a cell with a text, a number, a day or a time."""
    if isinstance(shown, str):
        return text_xml(shown)
    return number_xml(_serial(shown) if isinstance(shown, dt.date) else shown)


@lru_cache(maxsize=4096)
def _serial(day: dt.date) -> float:
    """A day or a time as Excel counts them, in days."""
    time = day if isinstance(day, dt.datetime) else dt.datetime.combine(day, dt.time())
    return (time - _EPOCH) / dt.timedelta(days=1)


def styled(xml: str, look: Any) -> str:
    """What stands behind the place of a cell."""
    style = look.xf_index if look.xf_index is not None else look._get_xf_index()
    return f'" s="{style}"{xml}'


def _xml(row: int, column: int, xml: str, look: Any) -> str:
    return f"{_head(column)}{row + 1}{styled(xml, look)}"


@cache
def _name(column: int) -> str:
    name: str = xl_col_to_name(column)
    return name


@cache
def _head(column: int) -> str:
    """What stands before the line of a cell."""
    return f'<c r="{_name(column)}'


@cache
def _heads(first: int, number: int) -> list[str]:
    """The same, for cells beside each other."""
    return [_head(column) for column in range(first, first + number)]


class Link(NamedTuple):
    """Where a cell leads: the XML behind its place, and the file, if it is one."""

    xml: str
    file: str


def _link(url: str, text: str) -> Link:
    """The link of a cell that shows a text."""
    if url.startswith(_INSIDE):
        return Link(f' location="{_attribute(url.removeprefix(_INSIDE))}" display="{_attribute(text)}"', "")
    file, _, anchor = url.partition("#")
    place = anchor.replace("/", "\\")
    return Link(f' location="{_attribute(place)}"' if place else "", _target(file))


@lru_cache(maxsize=4096)
def _target(file: str) -> str:
    target: str = Url(file)._target()
    return target


def _attribute(text: str) -> str:
    return escape(text, quote=False).replace('"', "&quot;").replace("\n", "&#xA;")


class StreamedWorksheet(Worksheet):  # type: ignore[misc]
    """A worksheet in constant memory that also takes cells as XML."""

    def put(self, row: int, column: int, xml: str, look: Any) -> None:
        """Write a cell."""
        if row > self.previous_row:
            self._write_single_row(row)
        self.table[row][column] = xml, look

    def put_run(self, row: int, first: int, cells: Sequence[str]) -> None:
        """Write cells beside each other, each as :func:`styled` gives it."""
        if row > self.previous_row:
            self._write_single_row(row)
        self._check_dimensions(row, first + len(cells) - 1)
        parts = [str(row + 1)] * (3 * len(cells))
        parts[::3], parts[2::3] = _heads(first, len(cells)), cells
        self.table[row][first] = "".join(parts)

    def lead(self, row: int, column: int, link: Link) -> None:
        """Have a cell lead to a place, whatever is written into it."""
        self.hyperlinks[row][column] = link

    def _write_single_row(self, current_row_num: int = 0) -> None:
        row = self.previous_row
        cells = self.table[row]
        if cells:
            columns = sorted(cells)
            self._check_dimensions(row, columns[0])
            self._check_dimensions(row, columns[-1])
            if all(cells[column].__class__ is tuple for column in columns):
                self.table[row] = {columns[0]: "".join([_xml(row, column, *cells[column]) for column in columns])}
        super()._write_single_row(current_row_num)

    def _write_hyperlinks(self) -> None:
        if not self.hyperlinks:
            return
        self._xml_start_tag("hyperlinks")
        for row, links in sorted(self.hyperlinks.items()):
            for column, link in sorted(links.items()):
                related = ""
                if link.file:
                    self.rel_count += 1
                    self.external_hyper_links.append(["/hyperlink", link.file, "External"])
                    related = f' r:id="rId{self.rel_count}"'
                self.fh.write(f'<hyperlink ref="{_name(column)}{row + 1}"{related}{link.xml}/>')
        self._xml_end_tag("hyperlinks")

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        if cell.__class__ is str:
            self.fh.write(cell)
        elif cell.__class__ is tuple:
            self.fh.write(_xml(row, col, *cell))
        else:
            super()._write_cell(row, col, cell)


class StreamedSheet(Sheet):
    """A sheet on a :class:`StreamedWorksheet`."""

    def _write_link(self, row: int, column: int, url: str, text: str, look: Any) -> None:
        self.raw.put(row, column, _string_xml(text), look)
        self.raw.lead(row, column, _link(url, text))

    def text(self, row: int, column: int, text: str, look: Any) -> None:
        """Write a text, never as a formula."""
        self.raw.put(row, column, text_xml(text), look)

    def number(self, row: int, column: int, value: float, look: Any) -> None:
        """Write a number."""
        self.raw.put(row, column, number_xml(value), look)

    def cells(self, row: int, first: int, cells: Iterable[tuple[str | float | dt.date, Any]]) -> None:
        """Write texts, numbers and days beside each other, each with its look."""
        self.raw.put_run(row, first, [styled(content_xml(shown), look) for shown, look in cells])

    def lead(self, row: int, column: int, url: str | None, text: str) -> bool:
        """Have a cell that shows a text lead to a place, as long as the sheet may have further links.

        Returns:
            Whether it leads there.
        """
        if url is None or not self._take_link():
            return False
        self.raw.lead(row, column, _link(url, cell_text(text)))
        return True


def add_streamed(workbook: Any, formats: Formats, name: str) -> StreamedSheet:
    """Add a sheet that is kept on disk and must be written from top to bottom."""
    workbook.constant_memory = True
    worksheet = workbook.add_worksheet(name, StreamedWorksheet)
    workbook.constant_memory = False
    return StreamedSheet(worksheet, formats)

"""The fast reader's cells against those of the scan, or of a second reader: where the two differ, neither is taken."""

from __future__ import annotations

import datetime as dt
import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pcmd_consolidate.intake.marks import Mark, MarkKind
from pcmd_consolidate.intake.references import Place
from pcmd_consolidate.intake.scan import Book
from pcmd_consolidate.intake.sheet_xml import Scanned, as_number
from pcmd_consolidate.intake.usual_cells import Raw

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SPACES = re.compile(r"\s+")


def differences(book: Book, sheet: Scanned, rows: Sequence[Sequence[object]]) -> dict[Place, Mark]:
    """Cells that the two readings do not agree on.

    Numbers are always compared; texts where the workbook is not written in the usual dialect.
    """
    texts = not sheet.plain or b"<!" in book.parts.get("xl/sharedStrings.xml", b"")
    return dict(_differences(book, sheet, rows, texts))


def old_cells(content: bytes) -> dict[str, dict[Place, float | str]]:
    """Numbers and texts of an .xls workbook by sheet, as a second reader (xlrd) reads them."""
    import xlrd

    book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO())
    return {sheet.name: dict(_old_cells(sheet)) for sheet in book.sheets()}


def _old_cells(sheet: Any) -> Iterator[tuple[Place, float | str]]:
    import xlrd

    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE) or (
                cell.ctype == xlrd.XL_CELL_TEXT and cell.value
            ):
                yield (row, column), cell.value


def old_differences(cells: Mapping[Place, float | str], rows: Sequence[Sequence[object]]) -> dict[Place, Mark]:
    """Cells of an .xls sheet that the two readers do not agree on."""
    width = len(rows[0]) if rows else 0
    read = {(r, c): rows[r][c] if r < len(rows) and c < width else "" for r, c in cells}
    return {
        place: Mark(MarkKind.DIFFERS, f"{_shown(read[place])} / {_shown(said)}")
        for place, said in cells.items()
        if not _same(said, read[place])
    }


def _same(said: float | str, read: object) -> bool:
    if isinstance(said, str):
        return _plain(said) == _plain(str(read))
    if isinstance(read, bool) or not isinstance(read, int | float):
        return isinstance(read, bool | dt.date | dt.time | dt.timedelta)
    return read == said or (math.isnan(read) and math.isnan(said))


def _differences(
    book: Book, sheet: Scanned, rows: Sequence[Sequence[object]], texts: bool
) -> Iterator[tuple[Place, Mark]]:
    width = len(rows[0]) if rows else 0
    for (row, column), raw in sheet.cells.items():
        read = rows[row][column] if row < len(rows) and column < width else ""
        if raw.kind == "n" and raw.style in book.dates and _is_no_date(raw, read):
            yield (row, column), Mark(MarkKind.DATE, raw.value or "")
        elif raw.odd or (not _same_number(raw, read) if raw.kind == "n" else texts and not _same_text(book, raw, read)):
            said = raw.value if raw.text is None else raw.text
            yield (row, column), Mark(MarkKind.DIFFERS, f"{_shown(read)} / {_told(raw, said)}")


def _is_no_date(raw: Raw, read: object) -> bool:
    """Whether a number in a format of dates is none to the fast reader, or before the first day."""
    number = as_number(raw.value) if raw.value else None
    return number is not None and (number < 0 or isinstance(read, int | float))


def _told(raw: Raw, said: str | None) -> str:
    """What a cell says, or that it says no number where it is one by its type."""
    no_number = raw.kind == "n" and raw.text is None and bool(said) and as_number(str(said)) is None
    return "không phải số" if no_number else _shown(said)


def _shown(value: object) -> str:
    return f"{value:.15g}" if isinstance(value, float) else "" if value is None else str(value).strip()


def _same_number(raw: Raw, read: object) -> bool:
    if not raw.value:
        return read == "" or raw.text is not None
    number = as_number(raw.value)
    if number is not None and math.isinf(number):
        return not isinstance(read, int | float) or not math.isfinite(read)
    if isinstance(read, dt.date | dt.time | dt.timedelta):
        return number is not None
    if isinstance(read, bool) or not isinstance(read, int | float):
        return False
    return number == read if number is not None else not math.isfinite(read)


def _same_text(book: Book, raw: Raw, read: object) -> bool:
    match raw.kind:
        case "s":
            said = book.strings[int(raw.value)] if raw.value else ""
        case "inlineStr":
            said = raw.text or ""
        case "str":
            said = raw.value or ""
        case _:
            return True
    return _plain(said) == _plain(str(read))


def _plain(text: str) -> str:
    return _SPACES.sub(" ", _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)).strip()

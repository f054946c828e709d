"""Any file that is read, as plain grids of cells in Unicode, so that everything after it is written once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from pcmd_consolidate.findings import Finding, found
from pcmd_consolidate.intake.delimited import read_delimited
from pcmd_consolidate.intake.grid import Format, Grid, UnreadableError, read_grids
from pcmd_consolidate.intake.harmless import harmless
from pcmd_consolidate.intake.html_tables import read_html
from pcmd_consolidate.intake.legacy_text import to_unicode
from pcmd_consolidate.intake.plain_text import decode
from pcmd_consolidate.intake.word_tables import read_word

_SUFFIXES = {
    Format.XLSX: (".xlsx", ".xlsm", ".xltx", ".xltm"),
    Format.XLSB: (".xlsb",),
    Format.XLS: (".xls", ".xlt"),
    Format.ODS: (".ods", ".ots"),
    Format.DOCX: (".docx", ".docm", ".dotx", ".dotm"),
    Format.HTML: (".html", ".htm"),
    Format.TEXT: (".csv", ".tsv", ".txt", ".tab"),
}
_NAMES = {
    Format.XLSX: "bảng tính Excel (.xlsx)",
    Format.XLSB: "bảng tính Excel nhị phân (.xlsb)",
    Format.XLS: "bảng tính Excel 97-2003 (.xls)",
    Format.ODS: "bảng tính OpenDocument (.ods)",
    Format.DOCX: "văn bản Word (.docx)",
    Format.HTML: "trang web (HTML)",
    Format.TEXT: "văn bản có dấu ngăn cách (CSV)",
}


def read_sheets(content: bytes, kind: Format) -> tuple[Grid, ...]:
    """The sheets of a workbook, or the tables of a document, in their order; old text converted to Unicode.

    Raises:
        UnreadableError: The file is damaged or in a form that the readers do not know.
    """
    readers: dict[Format, Callable[[bytes], tuple[Grid, ...]]] = {
        Format.DOCX: read_word,
        Format.HTML: lambda bytes_: read_html(_text(bytes_)),
        Format.TEXT: lambda bytes_: read_delimited(_text(bytes_)),
    }
    if kind not in readers:
        grids = read_grids(content, kind)
    else:
        try:
            grids = readers[kind](content)
        except UnreadableError:
            raise
        except Exception as error:  # whatever a parser makes of a broken document
            raise UnreadableError("nội dung bị hỏng") from error
    return tuple(harmless(to_unicode(grid)) for grid in grids)


def _text(content: bytes) -> str:
    text = decode(content)
    if text is None:
        raise UnreadableError("nội dung bị hỏng")
    return text


def misnamed(name: str, kind: Format) -> Finding | None:
    """A finding where the suffix of a file's name promises something else than its content is."""
    suffix = PurePosixPath(name).suffix
    if suffix.casefold() in _SUFFIXES[kind]:
        return None
    return found("H12", suffix=suffix or "không có", real=_NAMES[kind])

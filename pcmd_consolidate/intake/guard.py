"""Before any parser: what a file is, by its content, and whether it may be opened."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path

from pcmd_consolidate.findings import Finding, found
from pcmd_consolidate.intake.grid import Format

MAX_BYTES = 20_000_000
"""Largest file that is opened."""
MAX_INFLATED = 200_000_000
"""Largest sum of the declared sizes of the parts of a zip container."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_KINDS = {
    b"%PDF": "tệp PDF", b"\xff\xd8\xff": "tệp ảnh", b"\x89PNG": "tệp ảnh", b"Rar!": "tệp nén .rar",
    b"7z\xbc\xaf": "tệp nén .7z", b"{\\rtf": "văn bản .rtf",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opened:
    """A file read once: its bytes and format, or the finding that says why it is not opened."""

    content: bytes = b""
    format: Format | None = None
    finding: Finding | None = None


def open_file(path: Path) -> Opened:
    """Read a file of the inbox if it is a spreadsheet that may be opened."""
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            return Opened(finding=found("H01", what="không phải tệp thường"))
        if status.st_size > MAX_BYTES:
            return Opened(finding=found("H04", what=f"{status.st_size / 1e6:.0f} MB"))
        content = path.read_bytes()
    except OSError as error:
        return Opened(finding=found("H02", what=error.strerror or "lỗi đọc tệp"))
    return inspect(content)


def inspect(content: bytes) -> Opened:
    """Tell what the bytes of a file are."""
    if not content:
        return Opened(content, finding=found("H02", what="tệp rỗng"))
    if content.startswith(_OLE):
        return _inspect_ole(content)
    if content.startswith(_ZIP):
        return _inspect_zip(content)
    for magic, what in _KINDS.items():
        if content.startswith(magic):
            return Opened(content, finding=found("H01", what=what))
    if re.match(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|\?xml)", content[:200], re.IGNORECASE):
        return Opened(content, finding=found("H01", what="trang HTML hoặc XML lưu thành tệp bảng tính"))
    return Opened(content, finding=found("H01", what="không nhận ra loại tệp"))


def _inspect_ole(content: bytes) -> Opened:
    """An OLE container: an .xls workbook, an encrypted workbook, or a Word document."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return Opened(content, finding=found("H03"))
    if "WordDocument".encode("utf-16-le") in content:
        return Opened(content, finding=found("H01", what="văn bản Word .doc"))
    return Opened(content, Format.XLS)


def _inspect_zip(content: bytes) -> Opened:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        return Opened(content, finding=found("H02", what="tệp bị hỏng hoặc thiếu"))
    inflated = sum(part.file_size for part in parts)
    if inflated > MAX_INFLATED:
        return Opened(content, finding=found("H04", what=f"giải nén thành {inflated / 1e6:.0f} MB"))
    if "xl/workbook.xml" in names:
        return Opened(content, Format.XLSX)
    if "xl/workbook.bin" in names:
        return Opened(content, Format.XLSB)
    if "content.xml" in names:
        return Opened(content, Format.ODS)
    what = "văn bản Word .docx" if "word/document.xml" in names else "tệp nén .zip"
    return Opened(content, finding=found("H01", what=what))

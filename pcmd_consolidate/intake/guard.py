"""Before any parser: what a file is, by its content, and whether it may be opened."""

from __future__ import annotations

import dataclasses
import errno
import os
import re
import stat
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pcmd_consolidate.findings import Finding, found
from pcmd_consolidate.intake import unread
from pcmd_consolidate.intake.active import active_content
from pcmd_consolidate.intake.archive import is_document, read_member, refusal
from pcmd_consolidate.intake.comments import commented
from pcmd_consolidate.intake.container import BROKEN, archive_of
from pcmd_consolidate.intake.container import refusal as document_refusal
from pcmd_consolidate.intake.grid import Format
from pcmd_consolidate.intake.plain_text import decode
from pcmd_consolidate.intake.unread import Kind
from pcmd_consolidate.intake.word_tables import is_available
from pcmd_consolidate.limits import limits_now

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_HTML = re.compile(
    r"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype html|(?:html|head|meta|style|body|table|div|center|font|p)\b)",
    re.IGNORECASE | re.DOTALL,
)
_MANIFEST = "META-INF/manifest.xml"
_STREAMS: Mapping[str, Format | Kind | str] = {
    "EncryptedPackage": "H03", "Workbook": Format.XLS, "Book": Format.XLS, "WordDocument": unread.DOC,
    "PowerPoint Document": unread.PRESENTATION, "__properties_version1.0": unread.MAIL,
}  # fmt: skip
_PARTS: Mapping[str, Format | Kind] = {
    "xl/workbook.xml": Format.XLSX, "xl/workbook.bin": Format.XLSB, "word/document.xml": Format.DOCX,
    "content.xml": Format.ODS, "ppt/presentation.xml": unread.PRESENTATION, "Index/Document.iwa": unread.APPLE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opened:
    """A file read once: its bytes and format, or the finding that says why it is not opened.

    Attributes:
        content: Its bytes.
        format: What it is; None where it is not opened.
        finding: Why it is not opened.
        remarks: What a person must know of it all the same.
    """

    content: bytes = b""
    format: Format | None = None
    finding: Finding | None = None
    remarks: tuple[Finding, ...] = ()


def open_file(path: Path, member: int | None = None, name: str = "") -> Opened:
    """Read a file of the inbox, or a member of an archive there, if it is of a format that may be opened.

    Args:
        path: The file.
        member: Place of the member in the directory of an archive; None for the file itself.
        name: The name it goes by; that of the file where empty.
    """
    content = read_bytes(path, member)
    if isinstance(content, Finding):
        return Opened(finding=content)
    return inspect(content, name or path.name, nested=member is not None)


def read_bytes(path: Path, member: int | None = None) -> bytes | Finding:
    """The bytes of a file of the inbox, or of a member of an archive there, or why they are not read.

    The file is opened once; what is asked of it, is asked of the open file, so that nothing can be put in its place.
    """
    most = limits_now().max_bytes
    try:
        with open(path, "rb", opener=_open_regular) as file:
            size = os.fstat(file.fileno()).st_size
            content = file.read(size + 1) if size <= most else b""
            if len(content) > size:  # it has grown meanwhile
                content += file.read(most + 1 - len(content))
    except _NotRegularError as error:
        return found("H01", what=str(error), ask="đề nghị kiểm tra thư mục nhận")
    except (OSError, ValueError) as error:
        return found("H02", what=_REASONS.get(getattr(error, "errno", None) or 0, "lỗi đọc tệp"))
    if max(size, len(content)) > most:
        return found("H04", what=f"{max(size, len(content)) / 1e6:.0f} MB")
    return content if member is None else read_member(content, member, most)


_REASONS = {
    errno.EACCES: "không có quyền đọc", errno.EPERM: "không có quyền đọc", errno.ENOENT: "tệp không còn ở đó",
    errno.EIO: "lỗi đọc đĩa", errno.ENAMETOOLONG: "đường dẫn quá dài",
}  # fmt: skip


_LINK, _NOT_REGULAR = "liên kết tới nơi khác, không phải tệp", "không phải tệp thường"


class _NotRegularError(Exception):
    """A link, a folder, a pipe, a device."""


def _open_regular(path: str, flags: int) -> int:
    """Open a regular file, without waiting for anything and without following a link."""
    kind = os.lstat(path).st_mode
    if stat.S_ISLNK(kind):
        raise _NotRegularError(_LINK)
    if not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):
        raise _NotRegularError(_NOT_REGULAR)
    handle = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise _NotRegularError(_NOT_REGULAR)
    return handle


def inspect(content: bytes, name: str = "", *, nested: bool = False) -> Opened:
    """Tell what the bytes of a file are.

    Args:
        content: The bytes.
        name: The name of the file, which is asked only where the bytes do not tell.
        nested: Whether it is a member of an archive.
    """
    if not content:
        return Opened(content, finding=found("H02", what="tệp rỗng"))
    if content.startswith(_OLE):
        return _opened(content, _inspect_ole(content), name)
    if content.startswith(_ZIP):
        return _inspect_zip(content, name, nested)
    kind = unread.by_bytes(content)
    return _opened(content, kind, name) if kind is not None else _inspect_text(content, name)


def _opened(content: bytes, what: Format | Kind | str | None, name: str) -> Opened:
    """The outcome for a format, for a kind that is not read, or for a finding."""
    if what is Format.DOCX and not is_available():
        what = "H11"
    if isinstance(what, Format):
        return Opened(content, what)
    if isinstance(what, str):
        return Opened(content, finding=found(what))
    return Opened(content, finding=(what or unread.by_name(name)).finding())


def _inspect_text(content: bytes, name: str) -> Opened:
    """A web page, text with separators, or neither."""
    text = decode(content[: limits_now().max_text])
    if text is None:
        return _opened(content, None, name)
    html = _HTML.match(text) or ("<table" in text and "<td" in text)
    kind = Format.HTML if html else unread.by_words(text) or Format.TEXT
    if isinstance(kind, Format) and len(content) > limits_now().max_text:
        return Opened(content, finding=found("H04", what=f"{len(content) / 1e6:.0f} MB văn bản"))
    return _opened(content, kind, name)


def _inspect_ole(content: bytes) -> Format | Kind | str | None:
    """An OLE container: what the first of its streams that says anything says; others may be embedded objects."""
    sector_size = 1 << min(content[30], 12)
    directory = (int.from_bytes(content[48:52], "little") + 1) * sector_size
    places = {stream: content.find(stream.encode("utf-16-le"), directory) for stream in _STREAMS}
    first = min((stream for stream in places if places[stream] >= 0), key=places.__getitem__, default=None)
    return None if first is None else _STREAMS[first]


def _beginning(archive: zipfile.ZipFile, part: str, most: int = 100) -> bytes:
    with archive.open(part) as stream:
        return stream.read(most)


def _inspect_zip(content: bytes, name: str, nested: bool) -> Opened:
    try:
        archive = archive_of(content)
        parts = archive.infolist()
        names = [part.filename for part in parts]
        mimetype = _beginning(archive, "mimetype") if "mimetype" in names else b""
        manifest = _beginning(archive, _MANIFEST, 200_000) if _MANIFEST in names else b""
    except BROKEN:
        return Opened(content, finding=found("H02", what="tệp bị hỏng hoặc thiếu"))
    if not is_document(names):
        return Opened(content, finding=_why_not_unpacked(parts, nested))
    if b":encryption-data" in manifest:
        return Opened(content, finding=found("H03"))
    if b"opendocument.text" in mimetype:
        return _opened(content, unread.ODT, name)
    opened = _opened(content, next((_PARTS[part] for part in _PARTS if part in names), None), name)
    if opened.format is None:
        return opened
    if (refused := document_refusal(content, parts)) is not None:
        return Opened(content, finding=refused)
    inflated = sum(part.file_size for part in parts)
    if inflated > limits_now().max_inflated:
        return Opened(content, finding=found("H04", what=f"giải nén thành {inflated / 1e6:.0f} MB"))
    remarks = commented(content, parts) if opened.format is Format.XLSX else ()
    return dataclasses.replace(opened, remarks=(*active_content(content, names), *remarks))


def _why_not_unpacked(parts: list[zipfile.ZipInfo], nested: bool) -> Finding:
    """Why the members of an archive are not read one by one, as those of other archives are."""
    if nested:
        return found("H14")
    return refusal(parts, limits_now().max_inflated) or found("H15", what="tệp nén .zip không có biểu nào bên trong")

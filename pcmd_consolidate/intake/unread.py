"""Kinds of files that units send and that are not read: what each is called, and what to ask the unit for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from pcmd_consolidate.findings import Finding, found

_SEND_EXCEL = "đề nghị đơn vị gửi lại bằng tệp Excel"
_NOT_A_SCAN = "không đọc được số trong ảnh; đề nghị đơn vị gửi tệp Excel đã dùng để in"
_PDF = "đề nghị đơn vị gửi tệp Excel hoặc Word đã dùng để tạo tệp PDF này"
_SAVE_AS_EXCEL = "đề nghị đơn vị mở bằng Excel, chọn Lưu thành loại «Excel Workbook (.xlsx)» rồi gửi lại"
_SAVE_AS_DOCX = (
    "đề nghị đơn vị mở bằng Word, chọn Lưu thành loại «Word Document (.docx)» rồi gửi lại, hoặc gửi tệp Excel"
)
_UNPACK = "đề nghị giải nén rồi cho các biểu bên trong vào thư mục nhận (tệp nén .zip thì mở được)"
_ATTACHMENT = "đề nghị mở thư, lưu tệp đính kèm vào thư mục nhận"
_DOWNLOAD = (
    "tệp này chỉ là đường dẫn, không có số liệu; đề nghị đơn vị mở trên Google, chọn Tệp > Tải xuống > "
    "Microsoft Excel (.xlsx) rồi gửi tệp tải về"
)
_LINK = "tệp này chỉ là đường dẫn, không có số liệu; đề nghị đơn vị gửi chính tệp Excel"
_EXPORT = "đề nghị đơn vị chọn Tệp > Xuất sang > Excel rồi gửi tệp đã xuất"
_COMPLETE = "đề nghị tải lại hoặc xin đơn vị gửi lại tệp đầy đủ"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is not read.

    Attributes:
        what: What it is called.
        ask: What to ask the unit for, or to do.
    """

    what: str
    ask: str = _SEND_EXCEL

    def finding(self) -> Finding:
        """The finding that says so."""
        return found("H01", what=self.what, ask=self.ask)


UNKNOWN = Kind("không nhận ra loại tệp")
DOC = Kind("văn bản Word đời cũ .doc", _SAVE_AS_DOCX)
ODT = Kind("văn bản .odt", _SAVE_AS_DOCX)
PRESENTATION = Kind("tệp trình chiếu PowerPoint")
OLD_EXCEL = Kind("bảng tính Excel đời rất cũ", _SAVE_AS_EXCEL)
MAIL = Kind("thư điện tử", _ATTACHMENT)
APPLE = Kind("bảng tính Numbers hoặc văn bản Pages của Apple", _EXPORT)
_IMAGE = Kind("tệp ảnh", _NOT_A_SCAN)
_RAR, _7Z = Kind("tệp nén .rar", _UNPACK), Kind("tệp nén .7z", _UNPACK)
_OTHER_ARCHIVE = Kind("tệp nén", _UNPACK)
_RTF = Kind("văn bản .rtf", _SAVE_AS_DOCX)
_WEB_ARCHIVE = Kind("trang web .mht", _SAVE_AS_EXCEL)
_XML_SHEET = Kind("tệp dạng XML", _SAVE_AS_EXCEL)
_GOOGLE = Kind("lối tắt tới Google Trang tính hoặc Tài liệu", _DOWNLOAD)
_SHORTCUT = Kind("lối tắt", _LINK)
_UNFINISHED = Kind("tệp tải về dở dang", _COMPLETE)
_PROGRAM = Kind("chương trình chạy máy (có thể là mã độc)", "đừng mở tệp này; đề nghị hỏi lại đơn vị")

_MAGIC = (
    (b"%PDF", Kind("tệp PDF", _PDF)),
    (b"\xff\xd8\xff", _IMAGE), (b"\x89PNG", _IMAGE), (b"GIF8", _IMAGE), (b"II*\0", _IMAGE), (b"MM\0*", _IMAGE),
    (b"RIFF", _IMAGE), (b"\0\0\0\x18ftyp", _IMAGE), (b"\0\0\0\x1cftyp", _IMAGE), (b"\0\0\0 ftyp", _IMAGE),
    (b"Rar!", _RAR), (b"7z\xbc\xaf", _7Z), (b"\x1f\x8b", _OTHER_ARCHIVE), (b"BZh", _OTHER_ARCHIVE),
    (b"{\\rtf", _RTF), (b"L\0\0\0\x01\x14\x02\0", _SHORTCUT), (b"MZ", _PROGRAM),
    (b"\x09\x08", OLD_EXCEL), (b"\x09\x04", OLD_EXCEL), (b"\x09\x02", OLD_EXCEL), (b"\x09\x00", OLD_EXCEL),
)  # fmt: skip
_WORDS = (
    (re.compile(r"\s*\{.{0,500}\"(?:doc_id|url|resource_id)\"", re.DOTALL), _GOOGLE),
    (re.compile(r"\s*\[InternetShortcut\]", re.IGNORECASE), _SHORTCUT),
    (re.compile(r"(?:[\w-]+:.*\n(?:[ \t].*\n)*)*(?:Subject|Received):", re.IGNORECASE), MAIL),
    (re.compile(r"(?:From|MIME-Version):", re.IGNORECASE), _WEB_ARCHIVE),
    (re.compile(r"\s*<\?xml(?!.{0,1000}<html)", re.IGNORECASE | re.DOTALL), _XML_SHEET),
)  # fmt: skip
_NAMES = {
    ".pdf": _MAGIC[0][1], ".doc": DOC, ".dot": DOC, ".rtf": _RTF, ".odt": ODT, ".ppt": PRESENTATION,
    ".pptx": PRESENTATION, ".rar": _RAR, ".7z": _7Z, ".gz": _OTHER_ARCHIVE, ".tar": _OTHER_ARCHIVE,
    ".tgz": _OTHER_ARCHIVE, ".jpg": _IMAGE, ".jpeg": _IMAGE, ".png": _IMAGE, ".heic": _IMAGE, ".heif": _IMAGE,
    ".bmp": _IMAGE, ".gif": _IMAGE, ".tif": _IMAGE, ".tiff": _IMAGE, ".webp": _IMAGE, ".eml": MAIL, ".msg": MAIL,
    ".gsheet": _GOOGLE, ".gdoc": _GOOGLE, ".gslides": _GOOGLE, ".url": _SHORTCUT, ".lnk": _SHORTCUT,
    ".webloc": _SHORTCUT, ".numbers": APPLE, ".pages": APPLE, ".mht": _WEB_ARCHIVE, ".mhtml": _WEB_ARCHIVE,
    ".crdownload": _UNFINISHED, ".part": _UNFINISHED, ".download": _UNFINISHED, ".exe": _PROGRAM, ".scr": _PROGRAM,
}  # fmt: skip


def by_bytes(content: bytes) -> Kind | None:
    """The kind that the first bytes of a file tell; None where they tell none."""
    return next((kind for magic, kind in _MAGIC if content.startswith(magic)), None)


def by_words(text: str) -> Kind | None:
    """The kind that the beginning of a text tells; None where it tells none."""
    return next((kind for pattern, kind in _WORDS if pattern.match(text[:20_000])), None)


def by_name(name: str) -> Kind:
    """The kind that a name tells, where content cannot."""
    return _NAMES.get(PurePosixPath(name).suffix.casefold(), UNKNOWN)

"""Files that are not read: each is named, with what to ask the unit for."""

from __future__ import annotations

import email.message
import io
import zipfile

import pytest

from pcmd_consolidate.intake.guard import inspect

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def stream(*names: str) -> bytes:
    """An OLE container with these streams in its directory."""
    return OLE + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in names)


def package(*parts: tuple[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts:
            made.writestr(name, content)
    return out.getvalue()


def mail() -> bytes:
    message = email.message.EmailMessage()
    message["Received"] = "from xa.gov.vn"
    message["Subject"] = "Gửi biểu"
    message.set_content("Kính gửi Sở Y tế")
    return bytes(message)


TYPES = ("[Content_Types].xml", "<Types/>")
KINDS = {
    "pdf": (b"%PDF-1.7", "", "tệp PDF", "Excel hoặc Word đã dùng"),
    "scan": (b"\xff\xd8\xff\xe0", "", "tệp ảnh", "gửi tệp Excel đã dùng để in"),
    "heic": (b"\0\0\0\x18ftypheic", "", "tệp ảnh", "Excel"),
    "rar": (b"Rar!\x1a\x07\x00", "", ".rar", "giải nén"),
    "7z": (b"7z\xbc\xaf'\x1c", "", ".7z", "giải nén"),
    "doc": (stream("Root Entry", "WordDocument"), "", ".doc", ".docx"),
    "doc with a workbook in it": (stream("Root Entry", "WordDocument", "Workbook"), "", ".doc", ".docx"),
    "ppt": (stream("PowerPoint Document"), "", "PowerPoint", "Excel"),
    "msg": (stream("Root Entry", "__properties_version1.0"), "", "thư điện tử", "lưu tệp đính kèm"),
    "msg by name": (stream("Root Entry", "?"), "thu.msg", "thư điện tử", "lưu tệp đính kèm"),
    "other OLE": (stream("Root Entry", "?"), "x.bin", "không nhận ra", "Excel"),
    "eml": (mail(), "thu.eml", "thư điện tử", "lưu tệp đính kèm"),
    "mht": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", "bieu.xls", ".mht", ".xlsx"),
    "rtf": (b"{\\rtf1\\ansi", "", ".rtf", ".docx"),
    "XML of Excel 2003": (b'<?xml version="1.0"?>\n<Workbook xmlns="urn:x">', "bieu.xls", "XML", ".xlsx"),
    "Excel 4": (b"\x09\x04\x06\x00\x00\x00\x10\x00", "bieu.xls", "rất cũ", ".xlsx"),
    "gsheet": (b'{"url": "https://docs.google.com/open?id=1", "doc_id": "1"}', "bieu.gsheet", "Google", "Tải xuống"),
    "url": (b"[InternetShortcut]\r\nURL=https://x", "bieu.url", "lối tắt", "chính tệp Excel"),
    "lnk": (b"L\0\0\0\x01\x14\x02\0", "bieu.xlsx.lnk", "lối tắt", "chính tệp Excel"),
    "odt": (package(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "")), "", ".odt", ".docx"),
    "pptx": (package(TYPES, ("ppt/presentation.xml", "")), "", "PowerPoint", "Excel"),
    "numbers": (package(("Index/Document.iwa", "")), "bieu.numbers", "Numbers", "Xuất sang"),
    "other package": (package(TYPES, ("visio/document.xml", "")), "a.vsdx", "không nhận ra", "Excel"),
    "download": (bytes(range(256)), "bieu.xlsx.crdownload", "dở dang", "tải lại"),
    "exe": (b"MZ\x90\0", "bieu.xlsx.exe", "mã độc", "đừng mở"),
    "unknown": (bytes(range(256)), "bieu.xlsx", "không nhận ra", "Excel"),
}


@pytest.mark.parametrize(("content", "name", "what", "ask"), KINDS.values(), ids=KINDS)
def test_it_is_named_with_what_to_ask_for(content: bytes, name: str, what: str, ask: str) -> None:
    opened = inspect(content, name)

    assert opened.format is None
    assert opened.finding is not None
    assert opened.finding.rule == "H01"
    assert (what in opened.finding.message, ask in opened.finding.message) == (True, True), opened.finding.message


def test_content_outweighs_the_name() -> None:
    opened = inspect(b"%PDF-1.7", "bieu.msg")

    assert opened.finding is not None
    assert "PDF" in opened.finding.message


def test_a_workbook_that_holds_a_word_document_is_a_workbook() -> None:
    assert inspect(stream("Root Entry", "Workbook", "MBD1", "WordDocument")).finding is None

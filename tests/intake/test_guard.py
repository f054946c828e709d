from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest

from pcmd_consolidate.intake.grid import Format
from pcmd_consolidate.intake.guard import inspect, open_file, read_bytes
from pcmd_consolidate.limits import Limits, limited

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def archive(*names: str, content: bytes = b"<x/>") -> bytes:
    """A zip container that holds these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        for name in names:
            parts.writestr(name, content)
    return out.getvalue()


def workbook() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (workbook(), Format.XLSX),
        (archive("[Content_Types].xml", "xl/workbook.xml"), Format.XLSX),
        (archive("[Content_Types].xml", "xl/workbook.bin"), Format.XLSB),
        (archive("mimetype", "content.xml"), Format.ODS),
        (OLE + "Workbook".encode("utf-16-le"), Format.XLS),
        (archive("[Content_Types].xml", "word/document.xml"), Format.DOCX),
        (b"<html><table><tr><td>1</td></tr></table></html>", Format.HTML),
        (b"\r\n <!DOCTYPE html><html>", Format.HTML),
        (b"\xef\xbb\xbf<table>", Format.HTML),
        (b"STT,Noi dung,Nam 2021\r\n1,a,2\r\n", Format.TEXT),
    ],
)
def test_spreadsheets_are_known_by_their_content(content: bytes, expected: Format) -> None:
    opened = inspect(content)

    assert (opened.format, opened.finding, opened.content) == (expected, None, content)


NOT_OPENED = {
    "pdf": (b"%PDF-1.7\n%\xe2\xe3", "H01", "tệp PDF"),
    "jpeg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "H01", "tệp ảnh"),
    "png": (b"\x89PNG\r\n\x1a\n", "H01", "tệp ảnh"),
    "rar": (b"Rar!\x1a\x07\x00", "H01", ".rar"),
    "7z": (b"7z\xbc\xaf'\x1c", "H01", ".7z"),
    "rtf": (b"{\\rtf1\\ansi", "H01", ".rtf"),
    "zip": (archive("bieu.xlsx"), "H15", ".zip"),
    "empty zip": (archive("a/"), "H15", ".zip"),
    "doc": (OLE + "WordDocument".encode("utf-16-le"), "H01", ".doc"),
    "xml": (b'<?xml version="1.0"?><Workbook>', "H01", "XML"),
    "other": (bytes(range(256)), "H01", "không nhận ra"),
    "encrypted": (OLE + "EncryptedPackage".encode("utf-16-le"), "H03", "mật khẩu"),
    "nothing": (b"", "H02", "rỗng"),
    "broken off": (workbook()[:-40], "H02", "bị hỏng"),
    "first bytes only": (b"PK\x03\x04", "H02", "bị hỏng"),
}


@pytest.mark.parametrize(("content", "rule", "told"), NOT_OPENED.values(), ids=NOT_OPENED)
def test_what_is_not_opened(content: bytes, rule: str, told: str) -> None:
    opened = inspect(content)

    assert opened.format is None
    assert opened.finding is not None
    assert (opened.finding.rule, told in opened.finding.message) == (rule, True)


def test_the_name_of_a_file_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "bieu.xlsx").write_bytes(b"%PDF-1.7")
    (tmp_path / "bieu.pdf").write_bytes(workbook())

    assert open_file(tmp_path / "bieu.xlsx").format is None
    assert open_file(tmp_path / "bieu.pdf").format is Format.XLSX


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    content = workbook()
    (tmp_path / "bieu.xlsx").write_bytes(content)

    assert open_file(tmp_path / "bieu.xlsx").content == content


def test_parts_that_inflate_too_far() -> None:
    content = archive("xl/workbook.xml", "xl/a.xml", content=bytes(1000))
    with limited(Limits(max_inflated=2000)):
        within = inspect(content)
    with limited(Limits(max_inflated=1999)):
        beyond = inspect(content)

    assert (within.format, within.finding) == (Format.XLSX, None)
    assert beyond.format is None
    assert beyond.finding is not None
    assert beyond.finding.rule == "H04"


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    path.write_bytes(workbook())
    with limited(Limits(max_bytes=path.stat().st_size)):
        within = open_file(path)
    with limited(Limits(max_bytes=path.stat().st_size - 1)):
        beyond = open_file(path)

    assert within.format is Format.XLSX
    assert (beyond.format, beyond.content) == (None, b"")
    assert beyond.finding is not None
    assert beyond.finding.rule == "H04"


@pytest.mark.parametrize(("most", "expected"), [(100, b"x" * 30), (20, b"")])
def test_a_file_that_grows_while_it_is_read_is_read_whole_or_not_at_all(
    most: int, expected: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"x" * 30)
    asked = os.fstat

    def smaller(handle: int) -> os.stat_result:
        told = tuple(asked(handle))
        return os.stat_result((*told[:6], 10, *told[7:]))

    monkeypatch.setattr(os, "fstat", smaller)
    with limited(Limits(max_bytes=most)):
        content = read_bytes(tmp_path / "a.xlsx")

    assert (content if isinstance(content, bytes) else b"") == expected
    assert isinstance(content, bytes) or content.rule == "H04"


@pytest.mark.parametrize(("make", "rule"), [("nothing", "H02"), ("folder", "H01"), ("link", "H01"), ("pipe", "H01")])
def test_what_is_no_file_is_not_read(make: str, rule: str, tmp_path: Path) -> None:
    (tmp_path / "target.xlsx").write_bytes(workbook())
    path = tmp_path / "bieu.xlsx"
    if make == "folder":
        path.mkdir()
    elif make == "link":
        path.symlink_to(tmp_path / "target.xlsx")
    elif make == "pipe":
        os.mkfifo(path)

    opened = open_file(path)

    assert (opened.format, opened.content) == (None, b"")
    assert opened.finding is not None
    assert opened.finding.rule == rule

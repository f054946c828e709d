"""The parts of a document in a zip container that are read, each inflated once and found to be what it says."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from pcmd_consolidate.findings import Finding, found
from pcmd_consolidate.intake.container import archive_of, packed
from pcmd_consolidate.limits import limits_now

Parts = Mapping[str, bytes]

_READ = re.compile(
    r"\[Content_Types\]\.xml|_rels/.*|(?:content|styles)\.xml|xl/(?!theme/|media/|drawings/|embeddings/|printerSettings/|charts/|"
    r"activeX/|ctrlProps/|customProperty|vbaProject|comments|worksheets/_rels/|threadedComments/|persons/).*\.(?:xml|rels|bin)|"
    r"xl/_rels/workbook\.(?:xml|bin)\.rels|word/.*\.(?:xml|rels)",
    re.DOTALL,
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_DEEP = ("depth", "nested")
_SHEETS = "xl/worksheets/sheet"


class RefusedError(Exception):
    """A document is not read; ``finding`` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class Package(Mapping[str, bytes]):
    """The parts of a document, each inflated when it is first asked for, and found to be what the directory says.

    Asking for one raises :class:`RefusedError` where it is not.
    """

    def __init__(self, content: bytes, parts: Iterable[zipfile.ZipInfo]) -> None:
        self._content = content
        self._listed = {part.filename: part for part in parts}
        self._read: dict[str, bytes] = {}

    def __getitem__(self, name: str) -> bytes:
        if name not in self._read:
            data = _inflated(self._content, self._listed[name])
            if name.endswith((".xml", ".rels")):
                _check_markup(name, data)
            self._read[name] = data
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._listed

    def __iter__(self) -> Iterator[str]:
        return iter(self._listed)

    def __len__(self) -> int:
        return len(self._listed)


def read_parts(content: bytes) -> Package:
    """The parts of a document that are read; those that hold sheets of .xlsx when they are asked for.

    Raises:
        RefusedError: A part is not what the directory says, too large, or has a DTD.
    """
    wanted = [part for part in archive_of(content).infolist() if _READ.fullmatch(part.filename)]
    if sum(part.file_size for part in wanted) > limits_now().max_inflated:
        raise RefusedError(found("H04", what="giải nén quá lớn"))
    package = Package(content, wanted)
    for part in wanted:
        if not part.filename.startswith(_SHEETS):
            package[part.filename]
    return package


def _inflated(content: bytes, part: zipfile.ZipInfo) -> bytes:
    """The content of a part, if size and checksum are the declared ones."""
    if part.file_size > limits_now().max_part:
        raise RefusedError(found("H04", what=f"{part.filename}: {part.file_size / 1e6:.0f} MB"))
    raw = packed(content, part)
    if part.compress_type == zipfile.ZIP_STORED:
        data, whole = raw, len(raw) == part.file_size
    else:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            data = inflater.decompress(raw, part.file_size + 1)
        except zlib.error as error:
            raise RefusedError(found("H18", what=f"{part.filename} bị hỏng")) from error
        whole = inflater.eof and not inflater.unused_data and len(data) == part.file_size
    if not whole or zlib.crc32(data) != part.CRC:
        raise RefusedError(found("H18", what=f"{part.filename} không đúng kích thước đã khai"))
    return data


def _check_markup(name: str, data: bytes) -> None:
    """Refuse a DTD, whatever the encoding, an encoding that no program writes, and more tags than any form has."""
    utf16 = data.startswith(_UTF16)
    if utf16:
        data = data.decode("utf-16", "replace").encode()
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise RefusedError(found("H21", what=name))
    if utf16:
        raise RefusedError(found("H18", what=f"{name} ghi bằng bảng mã UTF-16"))
    if len(data) > 4 * limits_now().max_elements and data.count(b"<") > limits_now().max_elements:
        raise RefusedError(found("H04", what=f"{name} có quá nhiều thẻ"))


def parsed(parts: Parts, name: str) -> etree._Element:
    """A part as an XML tree, without comments and processing instructions.

    Raises:
        RefusedError: It is too deep, or no XML.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        return etree.fromstring(parts[name], parser)
    except etree.XMLSyntaxError as error:
        deep = any(word in str(error).casefold() for word in _DEEP)
        raise RefusedError(found("H22", what=name) if deep else found("H02", what="nội dung bị hỏng")) from error

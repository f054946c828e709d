"""A .zip of returns: its files are read where they are, one by one; nothing is ever unpacked onto the disk."""

from __future__ import annotations

import io
import re
import stat
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pcmd_consolidate.findings import Finding, found
from pcmd_consolidate.intake.container import BROKEN
from pcmd_consolidate.stamps import Stamp

MAX_MEMBERS = 200
"""Most files that an archive may hold."""
_DOCUMENTS = ("[content_types].xml", "xl/workbook.xml", "mimetype", "content.xml", "index/document.iwa", "index.apxl")
"""Parts by which a zip container is a document rather than an archive."""
_NOT_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f]")
_UTF8 = 0x800
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its place in the directory, and its name made harmless."""

    index: int
    name: str


def is_document(names: Sequence[str]) -> bool:
    """Whether a zip container with these parts is one document (a workbook, say), not an archive of files."""
    return any(name.casefold() in _DOCUMENTS for name in names)


def members(path: Path, stamp: Stamp, most_bytes: int, most_inflated: int) -> tuple[Member, ...]:
    """The files of an archive of returns; empty where the file is none, or is refused.

    Args:
        path: The file.
        stamp: What the file system says of it.
        most_bytes: Largest file that is looked into.
        most_inflated: Most bytes that the files of an archive may hold together.
    """
    if not stamp or stamp[0] > most_bytes or not stat.S_ISREG(stamp[-1]):
        return ()
    try:
        with io.FileIO(path) as file:
            return _members(file, most_inflated) if _may_be_archive(file.read(64)) else ()
    except BROKEN:
        return ()


def _may_be_archive(start: bytes) -> bool:
    """A cheap look at the name of the first part, which spares most workbooks the reading of their directory."""
    return start.startswith(b"PK\x03\x04") and not start[30:].startswith(
        (b"[Content_Types].xml", b"_rels/", b"docProps/")
    )


def _members(file: io.FileIO, most_inflated: int) -> tuple[Member, ...]:
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
    if is_document([part.filename for part in parts]) or refusal(parts, most_inflated) is not None:
        return ()
    return tuple(_named(parts))


def refusal(parts: Sequence[zipfile.ZipInfo], most_inflated: int) -> Finding | None:
    """Why an archive is not opened; None where it may be."""
    count = sum(1 for part in parts if _is_file(part))
    inflated = sum(part.file_size for part in parts)
    if count > MAX_MEMBERS:
        return found("H15", what=f"có {count} tệp, nhiều hơn {MAX_MEMBERS}")
    if inflated > most_inflated:
        return found("H04", what=f"giải nén thành {inflated / 1e6:.0f} MB")
    return None if count else found("H15", what="tệp nén .zip không có tệp nào bên trong")


def _is_file(part: zipfile.ZipInfo) -> bool:
    return bool(part.filename) and not part.is_dir() and bool(harmless(_decoded(part)))


def _named(parts: Sequence[zipfile.ZipInfo]) -> Iterator[Member]:
    """Members with names that differ from each other."""
    seen: Counter[str] = Counter()
    for index, part in enumerate(parts):
        if _is_file(part):
            name = harmless(_decoded(part))
            seen[name] += 1
            path = PurePosixPath(name)
            yield Member(index, name if seen[name] == 1 else str(path.with_stem(f"{path.stem} ({seen[name]})")))


def harmless(name: str) -> str:
    """A name without anything that leads out of its folder: a drive, a root, ``..``, control characters."""
    parts = _NOT_IN_A_NAME.sub("", name.replace("\\", "/")).split("/")
    kept = [part for part in parts if part.strip(" .") and not re.fullmatch(r"[A-Za-z]:", part)]
    return unicodedata.normalize("NFC", "/".join(kept))


def _decoded(part: zipfile.ZipInfo) -> str:
    """The name of a part; names that are not marked as UTF-8 are that all the same, or windows-1258."""
    if part.flag_bits & _UTF8 or part.filename.isascii():
        return part.filename
    try:
        raw = part.filename.encode("cp437")
    except UnicodeEncodeError:
        return part.filename
    for encoding in ("utf-8", "cp1258"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return part.filename


def read_member(content: bytes, index: int, most_bytes: int) -> bytes | Finding:
    """The bytes of a member of an archive, or the finding that says why it is not read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            part = archive.infolist()[index]
            if part.flag_bits & _ENCRYPTED:
                return found("H03")
            if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                return found("H02", what="phần này của tệp nén được nén theo kiểu lạ")
            with archive.open(part) as stream:
                inside = stream.read(most_bytes + 1)
    except BROKEN:
        return found("H02", what="phần này của tệp nén bị hỏng hoặc nén theo kiểu lạ")
    return found("H04", what=f"hơn {most_bytes / 1e6:.0f} MB") if len(inside) > most_bytes else inside

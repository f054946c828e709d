"""The directory of a zip container, looked through before anything in it is inflated.

A directory can lie: the same name twice (every program reads another one), parts that overlap, sizes that are not
those of the content. What Excel would never write is not opened.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from pcmd_consolidate.findings import Finding, found
from pcmd_consolidate.limits import limits_now

BROKEN = (
    zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, KeyError, IndexError, OSError,
    zlib.error, lzma.LZMAError, struct.error,
)  # fmt: skip
"""What reading a broken container may raise."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1 | 0x40
_HEAD = 30


@lru_cache(maxsize=1)  # several look into one file, one after another
def archive_of(content: bytes) -> zipfile.ZipFile:
    """A zip container, open for reading.

    Raises:
        Exception: Any of :data:`BROKEN`.
    """
    return zipfile.ZipFile(io.BytesIO(content))


def target_part(target: str, folder: str) -> str:
    """Name of the part that a relation points to; a target without a leading slash is seen from ``folder``."""
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def refusal(content: bytes, parts: Sequence[zipfile.ZipInfo]) -> Finding | None:
    """Why a document in a zip container is not opened; None where it may be."""
    if len(parts) > limits_now().max_parts:
        return found("H04", what=f"có {len(parts)} phần bên trong")
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        return found("H03")
    if doubled := _doubled(parts):
        return found("H19", what=doubled)
    if bomb := next((part for part in parts if _is_bomb(part)), None):
        return found("H20", what=f"giải nén thành {bomb.file_size / 1e6:.0f} MB")
    fault = next(_faults(content, parts), None)
    return None if fault is None else found("H18", what=fault)


def _doubled(parts: Sequence[zipfile.ZipInfo]) -> str:
    """A name that two parts have, upper and lower case taken as the same."""
    seen: set[str] = set()
    for part in parts:
        name = part.filename.casefold()
        if name in seen:
            return part.filename
        seen.add(name)
    return ""


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    large = part.file_size > limits_now().ratio_from
    return large and (part.file_size > limits_now().max_ratio * max(part.compress_size, 1))


def _faults(content: bytes, parts: Sequence[zipfile.ZipInfo]) -> Iterator[str]:
    for part in parts:
        name = part.filename
        if not name or "\\" in name or "\0" in name or name.startswith("/") or ":" in name or ".." in name.split("/"):
            yield f"tên phần lạ: {name!a}"
        if part.compress_type not in _METHODS:
            yield f"kiểu nén lạ: {part.compress_type}"
    yield from _misplaced(content, parts)


def _misplaced(content: bytes, parts: Sequence[zipfile.ZipInfo]) -> Iterator[str]:
    """Parts that lie in one another, outside the file, or that have another name where they lie."""
    places = sorted((part.header_offset, _end(content, part)) for part in parts)
    if any(end < 0 for _, end in places):
        yield "các phần không nằm ở nơi đã khai"
    elif any(end > following for (_, end), (following, _) in pairwise(places)):
        yield "các phần chồng lên nhau"


def _end(content: bytes, part: zipfile.ZipInfo) -> int:
    """Where a part ends; -1 where it does not lie where the directory says."""
    start = data_start(content, part)
    return start + part.compress_size if 0 < start <= len(content) - part.compress_size else -1


def packed(content: bytes, part: zipfile.ZipInfo) -> bytes:
    """The content of a part as it lies in the file; nothing where it does not lie where the directory says."""
    start = data_start(content, part)
    return content[start : start + part.compress_size] if start > 0 else b""


def beginning(content: bytes, part: zipfile.ZipInfo, most: int) -> bytes:
    """The first bytes of a part, ``most`` of them; the checksum is left to whoever reads all of it.

    Raises:
        zlib.error: It is damaged.
    """
    if part.compress_type == zipfile.ZIP_STORED:
        return packed(content, part)[:most]
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed(content, part), most)


def data_start(content: bytes, part: zipfile.ZipInfo) -> int:
    """Where the content of a part begins; -1 where the directory is wrong about its place or its name."""
    head = content[part.header_offset : part.header_offset + _HEAD]
    if len(head) < _HEAD or not head.startswith(b"PK\x03\x04"):
        return -1
    method, length, extra = struct.unpack_from("<8xH16xHH", head)
    name = content[part.header_offset + _HEAD : part.header_offset + _HEAD + length]
    listed = part.orig_filename.encode("utf-8" if part.flag_bits & 0x800 else "cp437", "replace")
    same = name == listed and method == part.compress_type
    return part.header_offset + _HEAD + length + extra if same else -1

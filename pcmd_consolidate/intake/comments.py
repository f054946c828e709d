"""Comments on the cells of an .xlsx workbook: never read as figures, and told of."""

from __future__ import annotations

import itertools
import re
import zipfile
from collections.abc import Iterator, Sequence

from pcmd_consolidate.findings import Finding, found
from pcmd_consolidate.intake.container import target_part
from pcmd_consolidate.intake.package import Package, Parts, RefusedError, parsed
from pcmd_consolidate.intake.scan import sheet_parts
from pcmd_consolidate.vietnamese import squeeze

AUTHOR = "PCMD"
"""Author of the comments that feedback puts on cells."""
HEAD = re.compile(r"(?:LỖI|CẦN GIẢI TRÌNH|CẢNH BÁO)(?: \(|\n)")
"""How these begin: some programs do not keep the author."""
OWN = "— Chú thích của đơn vị —\n"
"""Stands before what the unit had noted on the cell itself."""
_COMMENTS = re.compile(r"xl/(?:comments/|worksheets/)?comments?\d*\.xml", re.IGNORECASE)
_READ = re.compile(r"xl/(?:workbook\.xml|_rels/workbook\.xml\.rels|worksheets/_rels/[^/]*\.rels|worksheets/[^/]*\.xml)")
_SHOWN, _LONGEST = 20, 100


def commented(content: bytes, listed: Sequence[zipfile.ZipInfo]) -> tuple[Finding, ...]:
    """A finding that names the cells with comments of the unit's own; empty where there are none.

    Comments that Excel keeps as threads are among them: it writes each of them as a plain one too.

    Args:
        content: The workbook.
        listed: Its directory.
    """
    if not any(_COMMENTS.fullmatch(part.filename) for part in listed):
        return ()
    wanted = [part for part in listed if _READ.fullmatch(part.filename) or _COMMENTS.fullmatch(part.filename)]
    try:
        told = list(_comments(Package(content, wanted)))
    except RefusedError:
        return (found("H38", count="một số", raw="không đọc được"),)
    more = [f"… và {len(told) - _SHOWN} ô khác"] if len(told) > _SHOWN else []
    named = [f"{where}: {squeeze(text)[:_LONGEST]}" for where, text in itertools.islice(told, _SHOWN)]
    return (found("H38", count=len(told), raw="; ".join([*named, *more])),) if told else ()


def _comments(parts: Parts) -> Iterator[tuple[str, str]]:
    """Sheet and cell, and text, of each comment of the unit's own."""
    sheets = {comments: name for name, _, part in sheet_parts(parts) for comments in _of_sheet(parts, part)}
    for name in filter(_COMMENTS.fullmatch, parts):
        root = parsed(parts, name)
        authors = {str(i): author.text for i, author in enumerate(root.findall("{*}authors/{*}author"))}
        for comment in root.iter("{*}comment"):
            text = "".join(t.text or "" for t in comment.iter("{*}t"))
            by_us = authors.get(comment.get("authorId", "")) == AUTHOR or HEAD.match(text)
            ours, _, own = text.partition(OWN) if by_us else ("", "", text)
            if own.strip() or not ours:
                yield f"{sheets.get(name, '?')}!{comment.get('ref', '?')[:20]}", own


def _of_sheet(parts: Parts, sheet: str) -> Iterator[str]:
    """The parts with comments that belong to a sheet."""
    folder, _, file = sheet.rpartition("/")
    relations = f"{folder}/_rels/{file}.rels"
    for relation in parsed(parts, relations) if relations in parts else ():
        part = target_part(relation.get("Target", ""), folder)
        if _COMMENTS.fullmatch(part):
            yield part

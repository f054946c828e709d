"""What in a document could act or reach out: macros, embedded objects, links. None of it is run, followed or kept."""

from __future__ import annotations

import functools
import html
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence

from pcmd_consolidate.findings import Finding, found
from pcmd_consolidate.intake.container import BROKEN, archive_of, beginning

_MACROS = re.compile(r"(?:xl|word)/(?:vbaProject\.bin|macrosheets/.*)|Basic/.*\.xml|Scripts/.*", re.DOTALL)
_OBJECTS = (
    (re.compile(r"(?:xl|word)/embeddings/.+|Object [^/]*/.*", re.DOTALL), "đối tượng nhúng"),
    (re.compile(r"(?:xl|word)/(?:activeX|ctrlProps)/.+", re.DOTALL), "điều khiển ActiveX"),
    (re.compile(r"xl/(?:connections\.xml|queryTables/.+|webextensions/.+)", re.DOTALL), "kết nối dữ liệu"),
)
_WORDS = ("WEBSERVICE", "FILTERXML", "RTD", "HYPERLINK", "IMAGE", "CALL", "REGISTER", "EXEC", "DDE")
_FORMULA = re.compile(rf"\b(?:{'|'.join(_WORDS)})(?:\.ID)?\s*\(|\|.*!", re.IGNORECASE)
_LINKS = re.compile(r"(?:xl/externalLinks/|(?:xl|word)/(?:worksheets/)?_rels/).+", re.DOTALL)
_OUTSIDE = re.compile(rb"<(?:\w+:)?Relationship\b(?![^>]*/hyperlink[\"'])[^>]*TargetMode\s*=\s*[\"']External")
_ODS_CALLS = re.compile(rb"<table:dde-link\b|table:formula=\"[^\"]*\b(?:DDE|WEBSERVICE)\(")
_MANIFEST = "META-INF/manifest.xml"
_ENTRY = re.compile(rb"<manifest:file-entry\b[^>]*>")
_ATTRIBUTE = re.compile(rb'manifest:(full-path|media-type)="([^"]*)"')
_CHART = b"application/vnd.oasis.opendocument.chart"
_LOOKED_AT = 100_000
"""Bytes of a part that are looked at."""
_FEW = 50


def active_content(content: bytes, names: Sequence[str]) -> tuple[Finding, ...]:
    """Findings on what in a document could act, by the names of its parts and a look at its links."""
    try:
        archive = archive_of(content)
        start = functools.partial(_start, content, archive)
        links = {name: start(name) for name in [n for n in names if _LINKS.fullmatch(n)][:_FEW]}
        types = start("[Content_Types].xml") if "[Content_Types].xml" in names else b""
        calls = _ODS_CALLS.search(archive.read("content.xml")) if "content.xml" in names else None
        charts = tuple(_charts(start(_MANIFEST))) if _MANIFEST in names else ()
    except BROKEN:
        return ()
    if calls is not None:
        links["content.xml"] = b"ddeLink"
    return tuple(_findings([name for name in names if not name.startswith(charts)], links, types))


def _start(content: bytes, archive: zipfile.ZipFile, name: str) -> bytes:
    return beginning(content, archive.getinfo(name), _LOOKED_AT)


def _charts(manifest: bytes) -> Iterator[str]:
    """Folders of an .ods document that hold its charts, which are objects to it."""
    for entry in _ENTRY.findall(manifest):
        told = dict(_ATTRIBUTE.findall(entry))
        folder = html.unescape(told.get(b"full-path", b"").decode("utf-8", "replace"))
        if told.get(b"media-type") == _CHART and folder.endswith("/"):
            yield folder


def _findings(names: Sequence[str], links: dict[str, bytes], types: bytes) -> Iterator[Finding]:
    if any(_MACROS.fullmatch(name) for name in names) or b"ms-office.vbaProject" in types:
        yield found("H23")
    for pattern, what in _OBJECTS:
        if any(pattern.fullmatch(name) for name in names):
            yield found("H24", what=what)
    if any(b"ddeLink" in start or b"oleLink" in start for start in links.values()):
        yield found("H24", what="liên kết DDE hoặc OLE")
    if any("externalLinks/" in name or _OUTSIDE.search(start) for name, start in links.items()):
        yield found("H25")


def active_formula(formulas: Iterable[str]) -> tuple[Finding, ...]:
    """A finding where one of the formulas reaches out of the workbook or starts something."""
    together = "\n".join(formulas)
    upper = together.upper()
    if "|" not in together and not any(word in upper for word in _WORDS):
        return ()
    first = next((formula for formula in together.split("\n") if _FORMULA.search(formula)), None)
    return () if first is None else (found("H24", raw=f"={html.unescape(first)}", what="công thức gọi ra ngoài"),)

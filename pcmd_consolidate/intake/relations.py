"""Where a package says that its main parts are: readers that go by the usual names must read the same ones as Excel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from pcmd_consolidate.findings import found
from pcmd_consolidate.intake.container import target_part
from pcmd_consolidate.intake.package import Parts, RefusedError, parsed

_ROOT = "_rels/.rels"
_BOOKS = {"xl/workbook.xml": "xml", "xl/workbook.bin": "bin"}
_USUAL = ("sharedStrings", "styles")


def check_relations(parts: Parts) -> None:
    """Refuse a workbook whose parts are elsewhere than under the names by which the fast reader finds them.

    Raises:
        RefusedError: Another program would read other cells, texts or formats.
    """
    for book, ending in _BOOKS.items():
        if book in parts:
            fault = next(_faults(parts, book, ending), None)
            if fault is not None:
                raise RefusedError(found("H18", what=fault))


def _faults(parts: Parts, book: str, ending: str) -> Iterator[str]:
    for kind, target in _relations(parts, _ROOT, ""):
        if kind == "officeDocument" and target != book:
            yield f"phần chính là {target!a}"
    usual = {kind: f"xl/{kind}.{ending}" for kind in _USUAL}
    for kind, target in _relations(parts, f"xl/_rels/workbook.{ending}.rels", "xl"):
        if target != usual.get(kind, target):
            yield f"{usual[kind]} ở chỗ khác: {target!a}"


def _relations(parts: Parts, name: str, folder: str) -> Sequence[tuple[str, str]]:
    return _relations_in(parts[name], name, folder) if name in parts else ()


@lru_cache(maxsize=64)  # the same in all workbooks that were handed out
def _relations_in(written: bytes, name: str, folder: str) -> Sequence[tuple[str, str]]:
    """Kind and target of the relations of a part.

    Raises:
        RefusedError: Two relations have the same id.
    """
    relations: list[Mapping[str, str]] = [dict(e.attrib) for e in parsed({name: written}, name)]
    keys = [relation.get("Id") for relation in relations]
    if len(set(keys)) < len(keys):
        raise RefusedError(found("H18", what=f"{name} có hai mục cùng mã"))
    return tuple(
        (relation.get("Type", "").rpartition("/")[2], target_part(relation.get("Target", ""), folder))
        for relation in relations
    )

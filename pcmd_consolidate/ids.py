"""How a handed-out workbook, and the summary of the level below, are known again when they come back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

ID_SHEET = "_pcmd"
"""Name of the hidden sheet: keys in column A, their values in column B.

In a handed-out workbook ``form``, ``version``, ``unit_id`` and ``sheet``; in a summary what :func:`summary_ids` says.
"""

CHECK_SHEET = "_kiem_tra"
"""Name of the hidden sheet in which a handed-out workbook checks the rules of its form; those that check the sheets of
former communes have a number after it."""

PART_MARK = "pcmd:part"
"""Stands in the first cell of a sheet for one former commune, above the unit's id and the name of that commune."""

PART_TITLE = "Số liệu của {name} trước khi sắp xếp"
"""Title of such a sheet, by which it is known where its hidden column is gone."""

DECLARATION_MARK = "pcmd:predecessors"
"""Stands in the first column of the sheet that tells which former communes are in, above their names."""

TOTAL_MARK = "pcmd:total"
"""Stands there below the last of them."""


def is_check_sheet(name: str) -> bool:
    """Whether a sheet of that name checks the rules of a handed-out workbook."""
    return name.startswith(CHECK_SHEET)


PLACE = "place"
"""Key of a summary's province."""

_ANNEX = "annex."


@dataclass(frozen=True, slots=True)
class Annex:
    """A sheet of a summary that is a return to the level above.

    Attributes:
        form: Id of the form.
        sheet: Name of the sheet.
        columns: How many of its columns are printed; what stands to their right is not of the form.
        answered, expected: Units whose figures it holds, and units asked.
    """

    form: str
    sheet: str
    columns: int
    answered: int
    expected: int


def summary_ids(place: str, annexes: Iterable[Annex]) -> dict[str, str]:
    """What the hidden sheet of a summary says."""
    told = {PLACE: place}
    for annex in annexes:
        for name in Annex.__slots__:
            told[f"{_ANNEX}{annex.form}.{name}"] = str(getattr(annex, name))
    return told


def read_annexes(ids: Mapping[str, str]) -> dict[str, Annex]:
    """Name of the sheet → the annex that it is; empty for a workbook that is no summary."""
    forms = [key[len(_ANNEX) : -len(".form")] for key in ids if key.startswith(_ANNEX) and key.endswith(".form")]
    annexes = (_annex(ids, f"{_ANNEX}{form}.") for form in forms)
    return {annex.sheet: annex for annex in annexes if annex is not None}


def own_sheets(names: Sequence[str], ids: Mapping[str, str]) -> set[str]:
    """Names of the sheets worth reading: of a summary its annexes and the hidden sheet, of any other workbook all."""
    annexes = set(read_annexes(ids)) & set(names)
    return annexes | {ID_SHEET} if annexes else set(names)


def _annex(ids: Mapping[str, str], start: str) -> Annex | None:
    """One annex; None where someone changed what the hidden sheet says."""
    told = {name: ids.get(start + name, "") for name in Annex.__slots__}
    numbers = [told[name].removesuffix(".0") for name in ("columns", "answered", "expected")]
    if not told["sheet"] or not all(number.isdecimal() and len(number) < 9 for number in numbers):
        return None
    return Annex(told["form"], told["sheet"], *map(int, numbers))

"""Which unit a return is from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pcmd_consolidate.findings import Finding, found
from pcmd_consolidate.forms import Form
from pcmd_consolidate.ids import ID_SHEET
from pcmd_consolidate.intake.grid import Grid
from pcmd_consolidate.units import Registry, Unit
from pcmd_consolidate.vietnamese import key

_GLUED = re.compile(r"(?<=[a-zà-ỹ])(?=[A-ZĐ])")
"""Where words of a file name are written together, as in *LocNinh*."""
_ADDRESSEES = (key("kính gửi"), key("nơi nhận"))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a return says of its unit.

    Attributes:
        hidden_id: The unit id in the hidden sheet; empty where there is none.
        title: Texts above the table.
        sheet: Name of the sheet.
        file_name: Name of the file without its folder and suffix.
    """

    hidden_id: str
    title: tuple[str, ...]
    sheet: str
    file_name: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The unit of a return, or the reason why it cannot be told, and what a person should know."""

    unit: Unit | None
    findings: tuple[Finding, ...] = ()


def hidden_ids(grids: Iterable[Grid]) -> Mapping[str, str]:
    """What the hidden sheet of a handed-out workbook says; empty for any other workbook."""
    for grid in grids:
        if grid.sheet == ID_SHEET:
            return {str(row[0]): str(row[1] or "") for row in grid.rows if len(row) > 1 and row[0]}
    return {}


def identify(evidence: Evidence, form: Form, registry: Registry) -> Verdict:
    """Decide which unit sent a return.

    Hidden ids come first, then the title block, then the sheet's and the file's name; accents are ignored only where
    nothing with accents is found. Where two of them contradict each other, or one of them names several units, nobody
    is chosen.
    """
    units = Registry(registry.of_form(form.id))
    by_id = units.get(evidence.hidden_id, form.id) if evidence.hidden_id else None
    title = [text for text in evidence.title if not key(text).startswith(_ADDRESSEES)]
    by_title = units.named_in(*title)
    file_name = _GLUED.sub(" ", evidence.file_name)
    by_file = units.named_in(file_name) or units.named_in(file_name, accents=False)
    if by_id is not None:
        return _by_id(by_id, by_title, by_file, evidence)
    if by_title:
        return _by_name(by_title, by_file, evidence)
    by_sheet = units.named_in(evidence.sheet)
    if by_sheet:
        return _by_weaker(by_sheet, by_file, f"tên trang tính «{evidence.sheet}»", evidence)
    by_plain_title = units.named_in(*title, accents=False)
    if by_plain_title:
        return _by_weaker(by_plain_title, by_file, f"đầu biểu ghi {_names(by_plain_title)}", evidence)
    return _only(by_file) if by_file else _nobody(form, registry.named_in(*title, evidence.file_name))


def _by_id(unit: Unit, by_title: tuple[Unit, ...], by_file: tuple[Unit, ...], evidence: Evidence) -> Verdict:
    if by_title and unit not in by_title:
        what = f"mã ẩn là {unit.name}, đầu biểu ghi {_names(by_title)}, tên tệp «{evidence.file_name}»"
        return Verdict(None, (found("F14b", what=what),))
    if by_file and unit not in by_file:
        return Verdict(unit, (found("F14c", what=f"tên tệp «{evidence.file_name}», nội dung là {unit.name}"),))
    return Verdict(unit)


def _by_name(by_title: tuple[Unit, ...], by_file: tuple[Unit, ...], evidence: Evidence) -> Verdict:
    both = [unit for unit in by_title if unit in by_file]
    if len(by_title) > 1:
        return _only(both or by_title)
    if by_file and not both:
        what = f"tên tệp «{evidence.file_name}», đầu biểu ghi {by_title[0].name}"
        return Verdict(by_title[0], (found("F14c", what=what),))
    return Verdict(by_title[0])


def _by_weaker(named: tuple[Unit, ...], by_file: tuple[Unit, ...], says: str, evidence: Evidence) -> Verdict:
    """A sheet's name, or a title without accents, is weak alone: it must not contradict the file's name."""
    if by_file and not set(named) & set(by_file):
        return Verdict(None, (found("F14b", what=f"{says}, tên tệp «{evidence.file_name}»"),))
    return _only([unit for unit in named if unit in by_file] or named)


def _nobody(form: Form, of_other_forms: tuple[Unit, ...]) -> Verdict:
    named = "; ".join(f"{unit.name} nộp biểu {unit.form}" for unit in of_other_forms)
    what = f" (đây là {form.name}, nhưng {named})" if named else ""
    return Verdict(None, (found("F14", what=what),))


def _only(units: Iterable[Unit]) -> Verdict:
    candidates = list(units)
    if len(candidates) == 1:
        return Verdict(candidates[0])
    what = f" (có thể là: {_names(candidates)})" if candidates else ""
    return Verdict(None, (found("F14", what=what),))


def _names(units: Iterable[Unit]) -> str:
    return ", ".join(unit.name for unit in units)

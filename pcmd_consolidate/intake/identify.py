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

_GLUED = re.compile(r"([^\W\d_])(?=[A-ZĐ])")
"""Letters before a capital: where they are small, words of a file name are written together, as in *LocNinh*."""
_ADDRESSEES = (key("kính gửi"), key("nơi nhận"))
_PLACE_AND_DATE = re.compile(r"[^,]{2,40},\s*ngày\b", re.IGNORECASE)
"""*Xuân Lộc, ngày 12 tháng 8 năm 2025*: where a paper was signed, not who sent it."""
_NAMES_A_BODY = re.compile(r"\b(ubnd|" + key("ủy ban") + r"|" + key("xã") + r"|" + key("phường") + r")\b")
_ID = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a return says of its unit.

    Attributes:
        hidden_id: The unit id in the hidden sheet; empty where there is none.
        title: Texts above the table.
        sheet: Name of the sheet.
        file_name: Name of the file without its folder and suffix.
        folder: Its folders in the inbox, and the archive it was in.
        hidden_name: The unit's name in the hidden sheet of a summary; empty where there is none.
    """

    hidden_id: str
    title: tuple[str, ...]
    sheet: str
    file_name: str
    folder: str = ""
    hidden_name: str = ""


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


@dataclass(frozen=True, slots=True)
class _Clue:
    """What one part of a return says of its unit.

    Attributes:
        says: The part and its wording (Vietnamese).
        units: The units that it may name.
        weight: How much it weighs.
    """

    says: str
    units: tuple[Unit, ...]
    weight: int


_WEIGHTS = {"id": 10, "title": 10, "sheet": 4, "plain title": 4, "file id": 6, "file": 4, "plain file": 3, "folder": 3}
"""How much each part of a return tells of its unit; *plain*: found only when accents are left aside."""
_CLEARLY = 1.5
"""How many times more than for any other unit the clues for a unit must weigh."""


def identify(evidence: Evidence, form: Form, registry: Registry) -> Verdict:
    """Decide which unit sent a return.

    The hidden id, the title block, the sheet's name and the file's name are clues, each with a weight. The unit for
    which they weigh clearly more than for any other is taken; a clue that names other units is then told with what the
    others say. Where no unit is clearly ahead, nobody is chosen.
    """
    clues = _clues(evidence, registry.only(form.id), form)
    weights = _weighed(clues)
    if not weights:
        return _nobody(form, registry.named_in(*_telling(evidence.title), evidence.file_name))
    best = max(weights, key=lambda unit: weights[unit])
    others = [weight for unit, weight in weights.items() if unit != best]
    opposed = any(best not in clue.units for clue in clues)
    if others and weights[best] < _CLEARLY * max(others):
        return Verdict(None, (_told("F14b", clues) if opposed else _several(clues),))
    return Verdict(best, (_told("F14c", clues, best),) if opposed else ())


def _clues(evidence: Evidence, units: Registry, form: Form) -> list[_Clue]:
    """What each part says, without those that name no unit."""
    by_id = units.get(evidence.hidden_id, form.id) if evidence.hidden_id else None
    by_name = units.named_in(evidence.hidden_name) if evidence.hidden_name else ()
    hidden = (by_id,) if by_id else by_name
    title = _telling(evidence.title)
    file_name = _GLUED.sub(lambda found: f"{found[1]} " if found[1].islower() else found[1], evidence.file_name)
    ids = units.by_folded_id
    by_file_id = tuple(ids[word] for word in _ID.findall(evidence.file_name.casefold()) if word in ids)
    clues = [
        _clue("file id", f"mã trong tên tệp «{evidence.file_name}»", by_file_id),
        _clue("id", "mã ẩn", hidden),
        _clue("title", "đầu biểu", units.named_in(*title))
        or _clue("plain title", "đầu biểu (không dấu)", units.named_in(*title, accents=False)),
        _clue("sheet", f"tên trang tính «{evidence.sheet}»", units.named_in(evidence.sheet)),
        _clue("file", f"tên tệp «{evidence.file_name}»", units.named_in(file_name))
        or _clue("plain file", f"tên tệp «{evidence.file_name}»", units.named_in(file_name, accents=False)),
    ]
    return [clue for clue in clues if clue is not None] or _of_folder(evidence.folder, units)


def _telling(title: Iterable[str]) -> list[str]:
    """Lines of a title that may say who sent the paper: not to whom it goes, nor where it was signed."""
    lines = [text for text in title if not key(text).startswith(_ADDRESSEES)]
    return [text for text in lines if not _PLACE_AND_DATE.match(text.strip()) or _NAMES_A_BODY.search(key(text))]


def _of_folder(folder: str, units: Registry) -> list[_Clue]:
    """What the folder says, where nothing else says anything."""
    named = units.named_in(folder) or units.named_in(folder, accents=False)
    clue = _clue("folder", f"thư mục «{folder}»", named)
    return [] if clue is None else [clue]


def _clue(part: str, says: str, units: tuple[Unit, ...]) -> _Clue | None:
    """What a part of a return says; None where it names no unit."""
    return _Clue(f"{says} ghi {_names(units)}", units, _WEIGHTS[part]) if units else None


def _weighed(clues: Iterable[_Clue]) -> dict[Unit, float]:
    """What the clues for each unit weigh; one that may name several is shared among them."""
    weights: dict[Unit, float] = {}
    for clue in clues:
        for unit in clue.units:
            weights[unit] = weights.get(unit, 0) + clue.weight / len(clue.units)
    return weights


def _told(rule: str, clues: Iterable[_Clue], taken: Unit | None = None) -> Finding:
    """A contradiction, with what each part says."""
    return found(rule, what="; ".join(clue.says for clue in clues), unit=taken.name if taken else "")


def _several(clues: Iterable[_Clue]) -> Finding:
    units = dict.fromkeys(unit for clue in clues for unit in clue.units)
    return found("F14", what=f" (có thể là: {_names(units)})")


def _nobody(form: Form, of_other_forms: tuple[Unit, ...]) -> Verdict:
    named = "; ".join(f"{unit.name} nộp biểu {unit.form}" for unit in of_other_forms)
    what = f" (đây là {form.name}, nhưng {named})" if named else ""
    return Verdict(None, (found("F14", what=what),))


def _names(units: Iterable[Unit]) -> str:
    return ", ".join(unit.name for unit in units)

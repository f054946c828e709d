"""``units.csv``: the units of a campaign, in a table that the office edits by hand."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pcmd_consolidate.errors import CampaignError
from pcmd_consolidate.forms import RESPONDENTS, Form
from pcmd_consolidate.hand_edited import read_table
from pcmd_consolidate.units import Unit
from pcmd_consolidate.vietnamese import key

UNITS_FILE = "units.csv"
UNIT_COLUMNS = ("unit_id", "name", "kind", "form", "section", "aliases", "deadline", "predecessors")
KINDS = RESPONDENTS
MOST_PREDECESSORS = 20
"""Former communes of one unit: formulas add up as many sheets."""


def read_units(path: Path, forms: tuple[Form, ...]) -> tuple[Unit, ...]:
    """Read ``units.csv``.

    Args:
        path: The file; comma, semicolon or tab between the columns, UTF-8 with or without BOM.
        forms: The campaign's forms; every unit must fill one of them.

    Raises:
        CampaignError: A line has a mistake; names line and column.
    """
    return units_of(path, read_table(path, UNIT_COLUMNS, required=4), forms)


def units_of(path: Path, lines: Iterable[tuple[int, Mapping[str, str]]], forms: tuple[Form, ...]) -> tuple[Unit, ...]:
    """The units in the lines of a table with the columns ``UNIT_COLUMNS``.

    Args:
        path: Where the table comes from, as errors name it.
        lines: Number of each line, and its cells.
        forms: The campaign's forms; every unit must fill one of them.

    Raises:
        CampaignError: A line has a mistake; names line and column.
    """
    units: dict[tuple[str, str], Unit] = {}
    names: set[tuple[str, str]] = set()
    by_id = {form.id: form for form in forms}
    for line, cells in lines:
        unit = _unit(path, line, cells, by_id)
        if (unit.unit_id.casefold(), unit.form) in units:
            raise CampaignError(path, f"mã «{unit.unit_id}» đã có ở dòng trên", line=line, field="unit_id")
        called = {name: (key(name), unit.form) for name in (unit.name, *unit.aliases)}
        for name, known_as in called.items():
            if known_as in names:
                field = "name" if name == unit.name else "aliases"
                raise CampaignError(path, f"tên «{name}» đã có ở dòng trên", line=line, field=field)
        names.update(called.values())
        units[unit.unit_id.casefold(), unit.form] = unit
    if not units:
        raise CampaignError(path, "chưa có đơn vị nào")
    return tuple(units.values())


def _unit(path: Path, line: int, cells: Mapping[str, str], forms: Mapping[str, Form]) -> Unit:
    for field, message in _faults(cells, forms):
        raise CampaignError(path, message, line=line, field=field)
    return Unit(
        unit_id=cells["unit_id"],
        name=cells["name"],
        kind=cells["kind"],
        form=cells["form"],
        sections=_parts(cells["section"]),
        aliases=_parts(cells["aliases"]),
        deadline=_day(cells["deadline"]),
        predecessors=_parts(cells["predecessors"]),
    )


def _faults(cells: Mapping[str, str], forms: Mapping[str, Form]) -> Iterator[tuple[str, str]]:
    """What is wrong with a line: column and message."""
    for field in ("unit_id", "name", "kind", "form"):
        if not cells[field]:
            yield field, "không được để trống"
    if cells["kind"] not in KINDS:
        yield "kind", f"«{cells['kind']}» không hợp lệ; chỉ nhận {' hoặc '.join(KINDS)}"
    if cells["form"] not in forms:
        yield "form", f"đợt báo cáo không có biểu «{cells['form']}»; chỉ có {', '.join(forms)}"
    if cells["kind"] == "department" and forms[cells["form"]].sections and not cells["section"]:
        yield "section", f"đơn vị này nộp {cells['form']} nên phải có khối phụ trách, ví dụ II.1"
    for section in _parts(cells["section"]):
        if section not in forms[cells["form"]].sections:
            yield "section", f"biểu {cells['form']} không có khối «{section}»"
    if cells["deadline"] and _day(cells["deadline"]) is None:
        yield "deadline", f"«{cells['deadline']}» không phải là ngày (ghi 2025-08-30 hoặc 30/8/2025)"
    predecessors = [key(name) for name in _parts(cells["predecessors"])]
    if len(set(predecessors)) < len(predecessors):
        yield "predecessors", "có hai xã cũ cùng tên; hãy ghi thêm cho khác nhau, ví dụ tên huyện cũ"
    if len(predecessors) > MOST_PREDECESSORS:
        yield "predecessors", f"có {len(predecessors)} xã cũ, nhiều nhất {MOST_PREDECESSORS}"


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[;|]", cell) if part.strip()) if cell else ()


def _day(text: str) -> dt.date | None:
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y") if text else ():
        try:
            return dt.datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    return None


def units_csv(units: tuple[Unit, ...]) -> str:
    """The text of a ``units.csv``."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(UNIT_COLUMNS)
    for unit in units:
        sections, aliases = "|".join(unit.sections), "|".join(unit.aliases)
        day, predecessors = unit.deadline or "", "; ".join(unit.predecessors)
        writer.writerow([unit.unit_id, unit.name, unit.kind, unit.form, sections, aliases, day, predecessors])
    return out.getvalue()

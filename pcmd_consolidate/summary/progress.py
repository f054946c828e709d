"""The sheet *Tiến độ nộp*: every return, and every unit that has sent none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pcmd_consolidate.explanations import is_open
from pcmd_consolidate.findings import Severity
from pcmd_consolidate.summary.content import Content
from pcmd_consolidate.summary.data_parts import lines_of
from pcmd_consolidate.summary.finding_list import finding_url
from pcmd_consolidate.summary.formats import (
    BORDER,
    CENTRE,
    COUNT,
    DATE,
    DATE_TIME,
    EMPTY,
    INCOMPLETE,
    LINK,
    MISSING,
    WRAP,
    Formats,
    Props,
    number_format,
)
from pcmd_consolidate.summary.heights import lines_in
from pcmd_consolidate.summary.streamed import StreamedSheet
from pcmd_consolidate.summary.table import Column, Table

_COLUMNS = (
    Column("TT", 6), Column("Mã đơn vị", 10), Column("Đơn vị", 34), Column("Biểu", 7),
    Column("Tình trạng", 21), Column("Ngày nhận", 16), Column("Hạn nộp", 12), Column("Số ngày muộn", 9),
    Column("Lỗi", 8), Column("Cần giải trình", 9), Column("Cảnh báo", 9), Column("Tệp (bấm để mở)", 46),
    Column("Ghi chú", 20),
)  # fmt: skip
_FILE = 11
_COUNTED = {Severity.ERROR.value: 8, Severity.EXPLAIN.value: 9, Severity.WARNING.value: 10}

_Firsts = Mapping[tuple[str, str, str, int], str | None]

_STATUS_LOOKS: dict[str, Props] = {
    "late": INCOMPLETE, "missing": MISSING, "undecided": EMPTY, "unidentified": EMPTY, "rejected": EMPTY,
    "skipped": MISSING,
}  # fmt: skip


@dataclass(frozen=True)
class _Looks:
    """Formats of the lines."""

    text: Any
    centre: Any
    count: Any
    day: Any
    time: Any
    link: Any

    @classmethod
    def of(cls, formats: Formats) -> _Looks:
        centred = (BORDER, CENTRE)
        return cls(
            text=formats.of(BORDER, WRAP),
            centre=formats.of(*centred),
            count=formats.of(*centred, number_format(COUNT)),
            day=formats.of(*centred, number_format(DATE)),
            time=formats.of(*centred, number_format(DATE_TIME)),
            link=formats.of(BORDER, WRAP, LINK),
        )


@dataclass(frozen=True, slots=True)
class _Lines:
    """What is needed to write the line of a return.

    Attributes:
        firsts: Unit, form, file and column → link to the heaviest of the findings that it counts.
        late: Unit and form → days after the deadline.
        former: File, form and unit → how many of its former communes are in.
    """

    sheet: StreamedSheet
    content: Content
    looks: _Looks
    firsts: _Firsts
    late: Mapping[tuple[str, str], int]
    former: Mapping[tuple[str, str, str], str]


def write_progress(sheet: StreamedSheet, content: Content) -> None:
    """Write the sheet."""
    submissions = content.consolidation.submissions
    table = Table(
        "TIẾN ĐỘ NỘP BIỂU SỐ LIỆU",
        (
            "Mỗi đơn vị phải nộp có một dòng; tệp gửi thêm và tệp không dùng được có dòng riêng. "
            "Bấm vào mã đơn vị để xem số liệu, vào số lỗi, số điểm cần giải trình hoặc cảnh báo để xem nội dung.",
        ),
        _COLUMNS,
        fixed=3,
    )
    table.open(sheet, len(submissions))
    lines = _Lines(
        sheet, content, _Looks.of(sheet.formats), _first_findings(content), _days_late(content),
        _former_communes(content),
    )  # fmt: skip
    for order, line in enumerate(lines_of(submissions), start=1):
        _write_line(lines, table.headings + order, order, line)


def _days_late(content: Content) -> dict[tuple[str, str], int]:
    """Unit and form → days from the deadline to the first of its returns after it."""
    submissions = content.consolidation.submissions
    received = submissions.loc[submissions["unit_id"].ne(""), ["unit_id", "form", "received_at"]].dropna()
    late: dict[tuple[str, str], int] = {}
    for unit_id, form, day in received.sort_values("received_at").itertuples(index=False, name=None):
        unit = content.campaign.registry.get(unit_id, form)
        deadline = None if unit is None else content.campaign.deadline(unit)
        if deadline is not None and day.date() > deadline:
            late.setdefault((unit_id, form), (day.date() - deadline).days)
    return late


def _former_communes(content: Content) -> dict[tuple[str, str, str], str]:
    """File, form and unit → how many of its former communes are in, where some are not."""
    findings = content.consolidation.findings
    lacking = findings[findings["rule"] == "F19"]
    return {(line.file, line.form, line.unit_id): f"Mới cộng {line.raw}" for line in lacking.itertuples(index=False)}


def _first_findings(content: Content) -> _Firsts:
    findings = content.consolidation.findings
    firsts: dict[tuple[str, str, str, int], str | None] = {}
    counted = findings[is_open(findings) & findings["severity"].isin(list(_COUNTED))]
    about = (counted[name].tolist() for name in ("unit_id", "form", "file", "severity"))
    for place, unit_id, form, file, severity in zip(counted.index, *about, strict=True):
        key = (unit_id, form, file, _COUNTED[severity])
        if key not in firsts:
            firsts[key] = finding_url(content, place)
    return firsts


def _figures_url(content: Content, line: Any) -> str | None:
    """Link to the figures of a unit; None for a file of no unit."""
    layout = content.layouts.get(line.form)
    cell = None if layout is None else layout.cell(line.unit_id, None, None)
    return None if layout is None or cell is None else layout.url(cell)


def _write_line(lines: _Lines, row: int, order: int, line: Any) -> None:
    sheet, content, looks = lines.sheet, lines.content, lines.looks
    unit = content.campaign.registry.get(line.unit_id, line.form)
    deadline = None if unit is None else content.campaign.deadline(unit)
    received = "" if pd.isna(line.received_at) else line.received_at.to_pydatetime()
    late = lines.late.get((line.unit_id, line.form), 0) if line.status == "late" else 0
    status_look = sheet.formats.of(BORDER, _STATUS_LOOKS.get(line.status, {}))
    sheet.height(row, max(lines_in(line.unit, _COLUMNS[2].width), lines_in(line.file, _COLUMNS[_FILE].width)))
    leads = sheet.lead(row, 1, _figures_url(content, line), line.unit_id)
    counts = dict(zip(_COUNTED.values(), (line.errors, line.explains, line.warnings), strict=True))
    for column, count in counts.items():
        if count:
            sheet.lead(row, column, lines.firsts.get((line.unit_id, line.form, line.file, column)), str(count))
    opens = sheet.lead(row, _FILE, content.sources.url(line.file), line.file)
    cells = (
        (order, looks.centre), (line.unit_id, looks.link if leads else looks.centre), (line.unit, looks.text),
        (line.form, looks.centre), (content.status_word(line.status, unit), status_look), (received, looks.time),
        (deadline or "", looks.day), (late or "", looks.count),
        *((count or "", looks.count) for count in counts.values()),
        (line.file, looks.link if opens else looks.text), (_remarks(lines, line), looks.text),
    )  # fmt: skip
    sheet.cells(row, 0, cells)


def _remarks(lines: _Lines, line: Any) -> str:
    """Why this return of several counts, and what it lacks."""
    chosen = f"Dùng bản {line.reason}" if line.reason else ""
    return "; ".join(filter(None, (chosen, lines.former.get((line.file, line.form, line.unit_id)))))

"""The sheet *Tiến độ nộp*: every return, and every unit that has sent none."""

from __future__ import annotations

import datetime as dt
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
from pcmd_consolidate.summary.sheet import Sheet
from pcmd_consolidate.summary.streamed import StreamedSheet
from pcmd_consolidate.summary.table import Column, Table

_COLUMNS = (
    Column("TT", 6), Column("Mã đơn vị", 10), Column("Đơn vị", 34), Column("Biểu", 7),
    Column("Tình trạng", 21), Column("Ngày nhận", 16), Column("Hạn nộp", 12), Column("Số ngày muộn", 9),
    Column("Lỗi", 8), Column("Cần giải trình", 9), Column("Cảnh báo", 9), Column("Tệp (bấm để mở)", 46),
    Column("Ghi chú", 20),
)  # fmt: skip
_LATE, _REMARKS = 7, 12
_COUNTED = {Severity.ERROR.value: 8, Severity.EXPLAIN.value: 9, Severity.WARNING.value: 10}

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
    looks, former, firsts = _Looks.of(sheet.formats), _former_communes(content), _first_findings(content)
    late = _days_late(content)
    for place, line in enumerate(lines_of(submissions)):
        _write_line(sheet, content, looks, table.first + place, place + 1, line, firsts)
        if days := late.get((line.unit_id, line.form), 0) if line.status == "late" else 0:
            sheet.number(table.first + place, _LATE, days, looks.count)
        else:
            sheet.text(table.first + place, _LATE, "", looks.count)
        remarks = [f"Dùng bản {line.reason}"] if line.reason else []
        remarks += (
            [former[line.file, line.form, line.unit_id]] if (line.file, line.form, line.unit_id) in former else []
        )
        sheet.text(table.first + place, _REMARKS, "; ".join(remarks), looks.text)


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


_Firsts = Mapping[tuple[str, str, str, int], str | None]
"""Unit, form, file and column → link to the heaviest of the findings that it counts."""


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


def _write_line(
    sheet: StreamedSheet, content: Content, looks: _Looks, row: int, order: int, line: Any, firsts: _Firsts
) -> None:
    unit = content.campaign.registry.get(line.unit_id, line.form)
    deadline = None if unit is None else content.campaign.deadline(unit)
    status_look = sheet.formats.of(BORDER, _STATUS_LOOKS.get(line.status, {}))
    sheet.height(row, max(lines_in(line.unit, _COLUMNS[2].width), lines_in(line.file, _COLUMNS[11].width)))
    leads = sheet.lead(row, 1, _figures_url(content, line), line.unit_id)
    cells = (
        (order, looks.centre), (line.unit_id, looks.link if leads else looks.centre), (line.unit, looks.text),
        (line.form, looks.centre), (content.status_word(line.status, unit), status_look),
    )  # fmt: skip
    sheet.cells(row, 0, cells)
    received = None if pd.isna(line.received_at) else line.received_at.to_pydatetime()
    _write_day(sheet, row, 5, received, looks.time)
    _write_day(sheet, row, 6, deadline, looks.day)
    about = (line.unit_id, line.form, line.file)
    for column, count in enumerate((line.errors, line.explains, line.warnings), start=_LATE + 1):
        if count:
            sheet.lead(row, column, firsts.get((*about, column)), str(count))
    opens = sheet.lead(row, 11, content.sources.url(line.file), line.file)
    counts = ((count or "", looks.count) for count in (line.errors, line.explains, line.warnings))
    sheet.cells(row, _LATE + 1, (*counts, (line.file, looks.link if opens else looks.text)))


def _write_day(sheet: Sheet, row: int, column: int, day: dt.date | None, look: Any) -> None:
    if day is None:
        sheet.text(row, column, "", look)
    else:
        sheet.date(row, column, day, look)

"""The ten largest open findings on the sheet *Tổng quan*."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pcmd_consolidate.explanations import is_open
from pcmd_consolidate.findings import Severity
from pcmd_consolidate.summary import formats as look
from pcmd_consolidate.summary.content import Content, given
from pcmd_consolidate.summary.finding_list import finding_url
from pcmd_consolidate.summary.heights import lines_in
from pcmd_consolidate.summary.overview_parts import LAST, WIDTHS, write_section
from pcmd_consolidate.summary.sheet import Sheet

MOST = 10
"""Findings that are shown."""

_UNIT, _SEVERITY, _MESSAGE, _LEADS = 0, 1, (2, LAST - 1), LAST
_MESSAGE_WIDTH = sum(WIDTHS[_MESSAGE[0] : _MESSAGE[1] + 1])
_MOST_LINES = 6


def write_largest(sheet: Sheet, content: Content, line: int) -> int:
    """Write the section; return the line under it, the same line where nothing is open."""
    largest = _largest(content.consolidation.findings)
    if largest.empty:
        return line
    line = write_section(sheet, f"{len(largest)} vấn đề lớn nhất chưa giải quyết", line)
    heading = sheet.formats.of(look.BORDER, look.HEADING)
    sheet.text(line, _UNIT, "Đơn vị", heading)
    sheet.text(line, _SEVERITY, "Mức độ", heading)
    sheet.merged(line, *_MESSAGE, "Vấn đề", heading)
    sheet.text(line, _LEADS, "Chi tiết", heading)
    for place, finding in zip(largest.index, largest.itertuples(index=False), strict=True):
        line += 1
        _write_finding(sheet, content, line, int(place), finding)
    return line + 2


def _largest(findings: pd.DataFrame) -> pd.DataFrame:
    """The heaviest open findings, one for each figure."""
    left = findings[is_open(findings) & findings["severity"].ne(Severity.INFO.value)]
    of_figure = left["row"].notna() & left["year"].notna()
    return left[~(of_figure & left.duplicated(["unit_id", "form", "row", "year"]))].head(MOST)


def _write_finding(sheet: Sheet, content: Content, line: int, place: int, finding: Any) -> None:
    severity = Severity(finding.severity)
    text = sheet.formats.of(look.BORDER, look.WRAP, look.TOP)
    link = sheet.formats.of(look.BORDER, look.WRAP, look.TOP, look.LINK)
    who = finding.unit or finding.file or "Toàn tỉnh"
    message = _message(finding)
    lines = max(lines_in(message, _MESSAGE_WIDTH, columns=5), lines_in(who, WIDTHS[_UNIT]))
    sheet.height(line, min(max(lines, lines_in(severity.label, WIDTHS[_SEVERITY], bold=True)), _MOST_LINES))
    sheet.text(line, _UNIT, who, text)
    bold = sheet.formats.of(look.BORDER, look.WRAP, look.TOP, look.BOLD, look.SEVERITY[severity])
    sheet.text(line, _SEVERITY, severity.label, bold)
    sheet.merged(line, *_MESSAGE, message, text)
    sheet.link(line, _LEADS, finding_url(content, place), f"Mục {place + 1}", link, text)


def _message(finding: Any) -> str:
    row, year = given(finding.row), given(finding.year)
    where = [f"{finding.form}.{row}" if row is not None else finding.form, str(year) if year is not None else ""]
    told = ", ".join(part for part in where if part)
    return f"{told}: {finding.message}" if told else str(finding.message)

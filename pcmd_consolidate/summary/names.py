"""Names of the sheets, as Excel allows them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pcmd_consolidate.campaign import Campaign

_LONGEST = 31
_FIXED = {
    "overview": "Tổng quan",
    "targets": "Chỉ tiêu",
    "progress": "Tiến độ nộp",
    "findings": "Lỗi và cảnh báo",
    "comparisons": "Đối chiếu",
    "explanations": "Giải trình và ghi chú",
    "decisions": "Quyết định",
    "resubmissions": "Bản gửi lại",
    "sources": "Nguồn số liệu",
}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@dataclass(frozen=True)
class SheetNames:
    """Names of the sheets, in their order.

    Attributes:
        overview: Who has answered, what is wrong.
        annex: Form → the provincial figures in the official layout.
        by_unit: Form → the figures of every unit.
        targets: The targets of the programme, measured.
        progress: Every return.
        findings: Every finding.
        comparisons: Figures of departments and communes held against one another.
        explanations: Reasons that units gave, and notes beside their figures.
        decisions: What the officer decided.
        resubmissions: What changed between several returns of a unit.
        data: The values as tables for PivotTables, on one sheet or more.
        sources: Every value with its place.
    """

    overview: str
    annex: Mapping[str, str]
    by_unit: Mapping[str, str]
    targets: str
    progress: str
    findings: str
    comparisons: str
    explanations: str
    decisions: str
    resubmissions: str
    data: tuple[str, ...]
    sources: str


def sheet_names(campaign: Campaign, data_sheets: int = 1) -> SheetNames:
    """Names for a campaign's summary, all different, with so many sheets of data."""
    taken: set[str] = set()
    fixed = {part: _free(name, taken) for part, name in _FIXED.items()}
    return SheetNames(
        annex={form.id: _free(form.name, taken) for form in campaign.forms},
        by_unit={form.id: _free(f"{form.id} theo đơn vị", taken) for form in campaign.forms},
        data=tuple(_free("Dữ liệu", taken) for _ in range(data_sheets)),
        **fixed,
    )


def quoted(sheet: str) -> str:
    """A sheet's name as it stands in a formula or a link."""
    return "'" + sheet.replace("'", "''") + "'"


def _free(wanted: str, taken: set[str]) -> str:
    """A name that Excel allows and that no other sheet has; noted in ``taken``."""
    base = _FORBIDDEN.sub(" ", wanted).strip(" '")[:_LONGEST] or "Trang"
    name, copy = base, 1
    while name.casefold() in taken:
        copy += 1
        suffix = f" ({copy})"
        name = base[: _LONGEST - len(suffix)] + suffix
    taken.add(name.casefold())
    return name

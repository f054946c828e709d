"""The sheet *Giải trình và ghi chú*: the reasons that units gave, and what they wrote beside their figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from pcmd_consolidate.summary import formats as look
from pcmd_consolidate.summary.content import Content, given
from pcmd_consolidate.summary.heights import lines_in
from pcmd_consolidate.summary.sheet import Sheet
from pcmd_consolidate.summary.table import Column, Table

MOST_LINES = 200_000
"""Lines that the sheet holds; more are left to ``values.csv``."""

_COLUMNS = (
    Column("Loại", 12), Column("Mã đơn vị", 10), Column("Đơn vị", 24), Column("Biểu", 7), Column("Dòng", 7),
    Column("Chỉ tiêu", 44), Column("Năm", 10), Column("Nội dung", 60), Column("Mã", 7),
    Column("Tệp, trang tính, ô (bấm để mở)", 58),
)  # fmt: skip
_ROW, _LABEL, _TEXT, _PLACE = 4, 5, 7, 9
_NOTES = (
    "Giải trình: lý do đơn vị ghi trong tệp phản hồi. Ghi chú: chữ đơn vị ghi bên cạnh số liệu hoặc ở cột ghi chú.",
)
REASON, NOTE = "Giải trình", "Ghi chú"


def write_explanations(sheet: Sheet, content: Content) -> None:
    """Write the sheet."""
    lines = list(_lines(content))[:MOST_LINES]
    table = Table("GIẢI TRÌNH VÀ GHI CHÚ", _NOTES, _COLUMNS, fixed=3)
    table.open(sheet, len(lines))
    text = sheet.formats.of(look.BORDER, look.TOP, look.WRAP)
    centre = sheet.formats.of(look.BORDER, look.TOP, look.CENTRE)
    linked = sheet.formats.of(look.BORDER, look.TOP, look.WRAP, look.LINK)
    centred_link = sheet.formats.of(look.BORDER, look.TOP, look.CENTRE, look.LINK)
    forms = {form.id: form for form in content.campaign.forms}
    for place, (kind, line, said, years, rule) in enumerate(lines, start=table.first):
        row = None if pd.isna(line.row) else int(line.row)
        label = "" if row is None else forms[line.form].row(row).full_label
        where = " › ".join(part for part in (line.file, line.sheet, line.cell) if part)
        tall = {_LABEL: label, _TEXT: said, _PLACE: where}
        sheet.height(place, min(12, max(lines_in(t[:1000], _COLUMNS[c].width) for c, t in tall.items())))
        cells = (kind, line.unit_id, line.unit, line.form, row, label, years, said, rule)
        for column, value in enumerate(cells):
            url = _figure_url(content, line) if column == _ROW else None
            if url is not None:
                sheet.link(place, column, url, "", centred_link, centre)
            if isinstance(value, int):
                sheet.number(place, column, value, centred_link if url else centre)
            else:
                sheet.text(place, column, value or "", text)
        sheet.link(place, _PLACE, content.sources.url(line.file, line.sheet, line.cell), where, linked, text)


def _figure_url(content: Content, line: Any) -> str | None:
    """Link to the figure that a text is about."""
    layout = content.layouts.get(line.form)
    cell = layout.cell(line.unit_id, given(line.row), given(line.year)) if layout else None
    return layout.url(cell) if layout and cell and given(line.row) is not None else None


def _lines(content: Content) -> Iterator[tuple[str, Any, str, str, str]]:
    """Kind, line, words, years and rule: each reason, then each note once for all its years."""
    for line in content.consolidation.returns.explanations.itertuples(index=False):
        yield REASON, line, line.text, "" if pd.isna(line.year) else str(line.year), line.rule
    values = content.consolidation.values
    noted = values[values["note"].ne("")]
    for _, group in noted.groupby(["form", "unit_id", "row", "note"], sort=False, observed=True):
        years = ", ".join(map(str, group["year"])) if len(group) < len(content.campaign.years) else ""
        first = next(group.itertuples(index=False))
        yield NOTE, first, first.note, years, ""

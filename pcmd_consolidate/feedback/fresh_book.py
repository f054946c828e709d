"""A form as it is handed out, filled in with what was read from a file that cannot be edited."""

from __future__ import annotations

import io

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from pcmd_consolidate.campaign import Campaign
from pcmd_consolidate.feedback.cases import Case
from pcmd_consolidate.feedback.draft import Draft
from pcmd_consolidate.feedback.marks import harmless
from pcmd_consolidate.feedback.package import keep_times
from pcmd_consolidate.feedback.spots import fresh_spots
from pcmd_consolidate.forms import Row, ValueType
from pcmd_consolidate.handout.book import workbook
from pcmd_consolidate.handout.layout import Layout, lay_out
from pcmd_consolidate.intake.reading import CellReading, State

_FILLED = (
    "Tệp đơn vị gửi ({file}) không đánh dấu trực tiếp được, nên số liệu đã đọc từ tệp đó được ghi lại vào biểu mẫu "
    "trong tệp này. Đề nghị đối chiếu lại rồi sửa tại đây."
)
_EMPTY = "Không đọc được số liệu từ tệp đơn vị gửi ({file}). Đề nghị ghi số liệu vào biểu mẫu trong tệp này."


def fill_fresh(case: Case, campaign: Campaign) -> Draft:
    """The unit's form with the figures that were read; raw text where no figure could be read.

    Args:
        case: A case about one form.
        campaign: The round.
    """
    form = campaign.form(case.forms[0])
    unit = campaign.registry.get(case.unit.unit_id, form.id) or case.unit
    content, layout = workbook(form, unit, campaign.title), lay_out(form, unit)
    book = openpyxl.load_workbook(io.BytesIO(content))
    keep_times(book, content, case.file.saved_at)
    sheet = book.worksheets[0]
    name = sheet.title
    returned = next((s for s in case.sheets if s.form == form.id), None)
    for cell in returned.cells if returned else ():
        _fill(sheet, layout, form.row(cell.row), cell)
    sources = {returned.sheet: name} if returned else {}
    notice = (_FILLED if returned else _EMPTY).format(file=case.file.item.name)
    return Draft(book, {}, lambda point: fresh_spots(point, case, layout, name), sources, notice)


def _fill(sheet: Worksheet, layout: Layout, row: Row, read: CellReading) -> None:
    place = layout.place(row) + 1
    cell = sheet.cell(place, layout.years[read.year] + 1)
    written = _written(row, read)
    cell.value = written
    if isinstance(written, str):
        cell.data_type = "s"
    if read.reading.note:
        note = sheet.cell(place, layout.note + 1)
        parts = [part for part in str(note.value or "").split("; ") if part]
        parts += [part for part in harmless(read.reading.note).split("; ") if part not in parts]
        note.value = "; ".join(parts)
        note.data_type = "s"


def _written(row: Row, read: CellReading) -> str | float | None:
    reading = read.reading
    if reading.value is not None:
        if row.value_type is ValueType.YES_NO:
            return "Có" if reading.value else "Không"
        return int(reading.value) if reading.value.is_integer() else reading.value
    if reading.state is State.NOT_AVAILABLE:
        return "…"
    return harmless(reading.raw) if reading.state is State.UNREADABLE and reading.raw else None

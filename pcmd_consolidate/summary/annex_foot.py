"""What stands under the table of a form: notes and the place for signatures."""

from __future__ import annotations

from pcmd_consolidate.consolidation import sums_years
from pcmd_consolidate.forms import Form, ValueType
from pcmd_consolidate.summary import formats as look
from pcmd_consolidate.summary.annex_layout import LABEL, MEASURE, AnnexLayout
from pcmd_consolidate.summary.content import Content
from pcmd_consolidate.summary.heights import lines_in
from pcmd_consolidate.summary.sheet import Sheet
from pcmd_consolidate.summary.wording import shown_count, shown_date

_ROOM_TO_SIGN = 5
_NOTE_SIZE = 10.0


def write_foot(sheet: Sheet, content: Content, layout: AnnexLayout) -> int:
    """Write notes and signatures; return the last line."""
    note = sheet.formats.of(look.ITALIC, look.WRAP, {"font_size": _NOTE_SIZE})
    line = layout.notes
    for text in foot_notes(content, layout.form):
        sheet.height(line, lines_in(text, layout.width, size=_NOTE_SIZE), _NOTE_SIZE)
        sheet.merged(line, LABEL, layout.total, text, note)
        line += 1
    return _write_signatures(sheet, layout, line + 1)


def foot_notes(content: Content, form: Form) -> list[str]:
    """What a reader must know of the figures."""
    notes = []
    if form.partial is not None:
        label, until = form.year_label(form.partial.year), shown_date(form.partial.until)
        notes.append(f"{label}: số liệu tính đến ngày {until}, chưa đủ năm; không so sánh với năm đủ.")
    if any(not sums_years(row, content.campaign) for row in form.indicators):
        last = form.year_label(form.years[-1])
        notes.append(
            "(*) Số có mặt tại một thời điểm và dòng «Có hoặc không» không cộng qua các năm: "
            f"Tổng cộng là số của {last[0].lower()}{last[1:]}."
        )
    if any(row.value_type is ValueType.YES_NO or row.counts_units for row in form.indicators):
        notes.append("đv: số đơn vị trả lời «Có».")
    replaced = sum(form_id == form.id for form_id, *_ in content.replaced)
    if replaced:
        notes.append(f"{shown_count(replaced)} số liệu của các đơn vị đã được thay theo quyết định của người tổng hợp.")
    notes.append("Ô trống: chưa có đơn vị nào báo cáo số liệu.")
    return [f"Ghi chú: {notes[0]}", *notes[1:]]


def _write_signatures(sheet: Sheet, layout: AnnexLayout, line: int) -> int:
    centre = sheet.formats.of(look.CENTRE)
    italic = sheet.formats.of(look.CENTRE, look.ITALIC)
    bold = sheet.formats.of(look.CENTRE, look.BOLD)
    right = (MEASURE + 1, layout.total)
    sheet.merged(line, *right, "…………………, ngày … tháng … năm ……", italic)
    sheet.text(line + 1, LABEL, "NGƯỜI LẬP BIỂU", bold)
    sheet.merged(line + 1, *right, "THỦ TRƯỞNG ĐƠN VỊ", bold)
    sheet.text(line + 2, LABEL, "(Ký, ghi rõ họ tên)", italic)
    sheet.merged(line + 2, *right, "(Ký, ghi rõ họ tên)", italic)
    last = line + 2 + _ROOM_TO_SIGN
    sheet.text(last, LABEL, "", centre)
    return last

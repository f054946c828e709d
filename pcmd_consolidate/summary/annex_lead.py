"""The lines above the table of a form: its title, and how much of it has come in."""

from __future__ import annotations

from typing import NamedTuple

from pcmd_consolidate.forms import Form
from pcmd_consolidate.summary import formats as look
from pcmd_consolidate.summary.annex_lacking import lacking
from pcmd_consolidate.summary.annex_layout import AnnexLayout, annex_layout
from pcmd_consolidate.summary.content import Content
from pcmd_consolidate.summary.heights import TEXT_SIZE
from pcmd_consolidate.summary.wording import shown_count

_OPEN: look.Props = {**look.ITALIC, "font_color": "#C00000"}

TITLE_SIZE = 13.0
"""Size of the font of the title, in points."""


class Lead(NamedTuple):
    """A line above the table."""

    text: str
    props: look.Props
    size: float = TEXT_SIZE
    bold: bool = False


def lead_lines(content: Content, form: Form) -> tuple[Lead, ...]:
    """The lines above the table of a form."""
    head: look.Props = {**look.BOLD, "font_size": TITLE_SIZE}
    title = [Lead(text, head, TITLE_SIZE, bold=True) for text in (form.name, *form.title)]
    attached = [Lead(form.attached_to, look.ITALIC)] if form.attached_to else []
    place = [Lead(f"Địa phương: {content.campaign.province}", {})]
    return (*title, *attached, *place, *_coverage(content, form))


def layout_of(content: Content, form: Form) -> AnnexLayout:
    """Where everything stands on the sheet of a form's provincial figures."""
    return annex_layout(content, content.layouts[form.id], len(lead_lines(content, form)))


def _coverage(content: Content, form: Form) -> list[Lead]:
    """What is not in the figures, in red where it is still to be settled; nothing where all of it is there."""
    units = content.campaign.registry.of_form(form.id)
    answered = sum((form.id, unit.unit_id) in content.answered for unit in units)
    lines = []
    if answered < len(units):
        told = (
            f"(Số liệu của {shown_count(answered)}/{shown_count(len(units))} đơn vị phải báo cáo; "
            f"chưa có số liệu của {shown_count(len(units) - answered)} đơn vị)"
        )
        lines.append(Lead(told, _OPEN))
    if blocks := content.campaign.registry.unowned(form):
        told = f"(Khối {', '.join(blocks)} để trống: không có đơn vị nào trong units.csv được giao các khối này)"
        lines.append(Lead(told, _OPEN))
    without = lacking(content.consolidation, form.id)
    if without.cells:
        settled = f"; {shown_count(without.settled)} ô đã được chấp nhận hoặc giải trình" if without.settled else ""
        told = (
            f"(Các đơn vị đã nộp còn {shown_count(without.cells)} ô để trống, chưa có số liệu, không đọc được "
            f"hoặc thiếu dòng; không tính vào biểu này{settled})"
        )
        lines.append(Lead(told, _OPEN if without.open or not without.settled else look.ITALIC))
    return lines

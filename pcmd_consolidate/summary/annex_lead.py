"""The lines above the table of a form: its title, and how much of it has come in."""

from __future__ import annotations

from typing import NamedTuple

from pcmd_consolidate.forms import Form
from pcmd_consolidate.intake.reading import State
from pcmd_consolidate.summary import formats as look
from pcmd_consolidate.summary.content import Content
from pcmd_consolidate.summary.heights import TEXT_SIZE
from pcmd_consolidate.summary.wording import shown_count

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
    coverage = [Lead(text, {**look.ITALIC, "font_color": "#C00000"}) for text in _coverage(content, form)]
    return (*title, *attached, *coverage)


def _coverage(content: Content, form: Form) -> list[str]:
    """What is not in the figures; nothing where all of it is."""
    units = content.campaign.registry.of_form(form.id)
    keys = [(form.id, unit.unit_id) for unit in units]
    answered = [content.readings[key] for key in keys if key in content.readings]
    lines = []
    if len(answered) < len(units):
        lines.append(
            f"(Số liệu của {shown_count(len(answered))}/{shown_count(len(units))} đơn vị phải báo cáo; "
            f"chưa có số liệu của {shown_count(len(units) - len(answered))} đơn vị)"
        )
    lacking = sum(state is not State.REPORTED for readings in answered for state, _ in readings.values())
    if lacking:
        lines.append(
            f"(Các đơn vị đã nộp còn {shown_count(lacking)} ô để trống, chưa có số liệu, không đọc được "
            "hoặc thiếu dòng; không tính vào biểu này)"
        )
    return lines

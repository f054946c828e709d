"""Who has sent and who has not, in sentences that can be pasted into a letter."""

from __future__ import annotations

from collections.abc import Iterable

from pcmd_consolidate.forms import Form

Line = tuple[str, str, str, str]
"""Unit id, unit, form and status: the first columns of ``submissions``."""


def status_letter(forms: Iterable[Form], lines: Iterable[Line]) -> str:
    """One paragraph for each form.

    Args:
        forms: The forms of the round.
        lines: How each unit and each file stands, see ``submissions`` of :class:`~pcmd_consolidate.returns.Returns`.
    """
    of_units = [line for line in lines if line[0]]
    return "\n\n".join(_paragraph(form.name, [line for line in of_units if line[2] == form.id]) for form in forms)


def _paragraph(form_name: str, lines: list[Line]) -> str:
    late = sum(status == "late" for *_, status in lines)
    answered = late + sum(status == "on_time" for *_, status in lines)
    undecided = len({unit_id for unit_id, _, _, status in lines if status == "undecided"})
    missing = [unit for _, unit, _, status in lines if status == "missing"]
    asked = answered + undecided + len(missing)
    sentences = [f"{form_name}: {answered}/{asked} đơn vị đã nộp" + _how_many(late)]
    if undecided:
        sentences.append(f"{undecided} đơn vị gửi nhiều bản khác nhau, chưa xác định được bản chính thức.")
    if missing:
        sentences.append(f"Còn {len(missing)} đơn vị chưa nộp: {'; '.join(missing)}.")
    return " ".join(sentences)


def _how_many(late: int) -> str:
    return f", trong đó {late} đơn vị nộp quá hạn." if late else "."

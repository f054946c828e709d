"""Who has sent and who has not, in sentences that can be pasted into a letter."""

from __future__ import annotations

from collections.abc import Iterable

from pcmd_consolidate.forms import Form

Line = tuple[str, str, str, str, str]
"""Unit id, unit, form, status and file: the first columns of ``submissions``."""

_UNUSABLE = ("unidentified", "rejected")


def status_letter(forms: Iterable[Form], lines: Iterable[Line]) -> str:
    """One paragraph for each form, and one on the files that no unit could be credited with.

    Args:
        forms: The forms of the round.
        lines: How each unit and each file stands, see ``submissions`` of :class:`~pcmd_consolidate.returns.Returns`.
    """
    given = list(lines)
    paragraphs = [_paragraph(form.name, [line for line in given if line[0] and line[2] == form.id]) for form in forms]
    files = sorted({file for *_, status, file in given if status in _UNUSABLE})
    if files:
        paragraphs.append(f"Có {len(files)} tệp đã nhận nhưng chưa đọc được hoặc chưa rõ của ai: {'; '.join(files)}.")
    return "\n\n".join(paragraphs)


def _paragraph(form_name: str, lines: list[Line]) -> str:
    late = sum(status == "late" for *_, status, _ in lines)
    answered = late + sum(status == "on_time" for *_, status, _ in lines)
    undecided = len({unit_id for unit_id, _, _, status, _ in lines if status == "undecided"})
    missing = [unit for _, unit, _, status, _ in lines if status == "missing"]
    asked = answered + undecided + len(missing)
    sentences = [f"{form_name}: {answered}/{asked} đơn vị đã nộp" + _how_many(late)]
    if undecided:
        sentences.append(f"{undecided} đơn vị gửi nhiều bản khác nhau, chưa xác định được bản chính thức.")
    if missing:
        sentences.append(f"Còn {len(missing)} đơn vị chưa nộp: {'; '.join(missing)}.")
    return " ".join(sentences)


def _how_many(late: int) -> str:
    return f", trong đó {late} đơn vị nộp quá hạn." if late else "."

"""Who has sent and who has not, in sentences that can be pasted into a letter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pcmd_consolidate.forms import Form
from pcmd_consolidate.standing import Progress, progress

Line = tuple[str, str, str, str, str]
"""Unit id, unit, form, status and file: the first columns of ``submissions``."""

_UNUSABLE = ("unidentified", "rejected")


def status_letter(forms: Iterable[Form], lines: Iterable[Line]) -> str:
    """One paragraph for each form, and one on the files that no unit could be credited with.

    Args:
        forms: The forms of the round.
        lines: How each unit and each file stands, see ``submissions`` of :class:`~pcmd_consolidate.returns.Returns`.
    """
    given, names = list(lines), {form.id: form.name for form in forms}
    missing = [(form, unit) for _, unit, form, status, _ in given if status == "missing"]
    paragraphs = [
        _paragraph(names[of.form], of, [unit for form, unit in missing if form == of.form])
        for of in progress([(unit_id, form, status) for unit_id, _, form, status, _ in given], names)
    ]
    files = sorted({file for *_, status, file in given if status in _UNUSABLE})
    if files:
        paragraphs.append(f"Có {len(files)} tệp đã nhận nhưng chưa đọc được hoặc chưa rõ của ai: {'; '.join(files)}.")
    return "\n\n".join(paragraphs)


def _paragraph(form_name: str, of: Progress, missing: Sequence[str]) -> str:
    sentences = [f"{form_name}: {of.answered}/{of.asked} đơn vị đã nộp" + _how_many(of.late)]
    if undecided := of.asked - of.answered - of.missing:
        sentences.append(f"{undecided} đơn vị gửi nhiều bản khác nhau, chưa xác định được bản chính thức.")
    if missing:
        sentences.append(f"Còn {len(missing)} đơn vị chưa nộp: {'; '.join(missing)}.")
    return " ".join(sentences)


def _how_many(late: int) -> str:
    return f", trong đó {late} đơn vị nộp quá hạn." if late else "."

"""Words of the summary, and texts made fit to stand in a cell."""

from __future__ import annotations

import datetime as dt
import textwrap

from pcmd_consolidate.intake.reading import State

STATUS_WORDS = {
    "on_time": "Đúng hạn",
    "late": "Nộp muộn",
    "missing": "Chưa nộp",
    "undecided": "Chưa rõ dùng bản nào",
    "superseded": "Đã có bản mới hơn",
    "duplicate": "Trùng bản đã dùng",
    "unidentified": "Chưa rõ đơn vị gửi",
    "rejected": "Không dùng được",
    "skipped": "Tệp tạm, không đọc",
}
WITHOUT_DEADLINE = "Đã nộp"

STATE_WORDS = {
    State.REPORTED: "Có số liệu",
    State.BLANK: "Để trống",
    State.NOT_AVAILABLE: "Chưa có số liệu",
    State.UNREADABLE: "Không đọc được",
    State.ABSENT: "Thiếu dòng",
}


def shown_date(day: dt.date) -> str:
    """A day as an official writes it."""
    return f"{day:%d/%m/%Y}"


def shown_count(count: int) -> str:
    """A whole number with a full stop between thousands."""
    return f"{count:,}".replace(",", ".")


def shorten(text: str, width: int) -> str:
    """The beginning of a text, cut between words."""
    return textwrap.shorten(text, width, placeholder=" …")

"""Comments on cells: told of, with what they say; those of an earlier feedback apart."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.comments import Comment

from pcmd_consolidate.findings import Severity
from pcmd_consolidate.intake.guard import inspect
from tests.hostile import book
from tests.hostile.case import good

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(*comments: tuple[str, str, str]) -> bytes:
    """A workbook with comments: sheet, cell, text."""
    made = openpyxl.Workbook()
    made.active.title = "Biểu"
    made.create_sheet("Phụ")
    for sheet, cell, text in comments:
        made[sheet][cell] = 5
        made[sheet][cell].comment = Comment(text, "Nguyễn Văn A")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def told(content: bytes) -> list[tuple[str, str]]:
    return [(f.message, f.raw) for f in inspect(content).remarks if f.rule == "H38"]


def test_no_comments() -> None:
    assert told(workbook()) == []


def test_comments_are_told_with_their_cells() -> None:
    content = workbook(("Biểu", "C6", "Số cũ: 45,\nxem lại"), ("Phụ", "B2", "chưa tính xã A"))

    ((message, raw),) = told(content)

    assert raw == "Biểu!C6: Số cũ: 45, xem lại; Phụ!B2: chưa tính xã A"
    assert message == (
        "Có 2 ô kèm chú thích; chú thích không được đọc (Biểu!C6: Số cũ: 45, xem lại; Phụ!B2: chưa tính xã A). "
        "Đề nghị xem lại trong tệp."
    )
    assert {f.severity for f in inspect(content).remarks} == {Severity.INFO}


def test_twenty_of_many_comments_are_shown() -> None:
    ((message, raw),) = told(workbook(*(("Biểu", f"C{row}", "x") for row in range(1, 31))))

    assert message.startswith("Có 30 ô kèm chú thích;")
    assert raw.count("Biểu!C") == 20
    assert raw.endswith("; … và 10 ô khác")


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("LỖI (dòng 2, năm 2021)\nÔ báo lỗi.", ""),
        ("CẢNH BÁO\nĐề nghị xem lại.\n\n— Chú thích của đơn vị —\nSố đã đối chiếu", "Biểu!C6: Số đã đối chiếu"),
        ("LỖI đánh máy", "Biểu!C6: LỖI đánh máy"),
    ],
)
def test_comments_of_feedback_are_not_the_units_own(text: str, raw: str) -> None:
    assert [shown for _, shown in told(workbook(("Biểu", "C6", text)))] == ([raw] if raw else [])


@pytest.mark.parametrize(
    "part",
    [
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><comments>&a;</comments>',
        b"<comments>",
        b"<c>" * 2000 + b"</c>" * 2000,
    ],
)
def test_comments_that_no_program_writes_are_not_opened(part: bytes) -> None:
    opened = inspect(book.packed(good() | {"xl/comments1.xml": part}))

    assert opened.finding is None
    assert [f.raw for f in opened.remarks if f.rule == "H38"] == ["không đọc được"]


def test_a_comment_of_no_sheet_is_told_too() -> None:
    part = (
        f'<comments xmlns="{MAIN}"><authors/><commentList><comment ref="C6" authorId="7"><text><t>45</t></text>'
        "</comment></commentList></comments>"
    ).encode()

    assert [raw for _, raw in told(book.packed(good() | {"xl/comments1.xml": part}))] == ["?!C6: 45"]

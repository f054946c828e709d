"""What stands above and below the table, by Nghị định 30/2020/NĐ-CP: who reports, motto, titles, date, signatures."""

from __future__ import annotations

from dataclasses import dataclass

from pcmd_consolidate.forms import Form
from pcmd_consolidate.typeset import height_of, line_count
from pcmd_consolidate.units import Unit

LARGE, TITLE = 13, 14
"""Sizes of the font: letterhead and signatures, titles."""

UNIT_CAPTION = "Đơn vị báo cáo:"
COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DATE = "………, ngày …… tháng …… năm 20…"
PREPARED_BY, HEAD_OF_UNIT, SIGN = "NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ", "(Ký, ghi rõ họ tên)"
SIGN_AND_SEAL = "(Ký, ghi rõ họ tên, đóng dấu)"

_THIN = ("attached", "centred", "date_input")
"""Styles that are not bold."""
_ROOM_TO_SIGN = 54.0
_GAP = 10.0


@dataclass(frozen=True)
class Text:
    """A text above or below the table.

    Attributes:
        line: Its line, from 0: from the top of the sheet, or from the last row of the form.
        side: ``left``, ``right`` or ``across``.
        text: Its wording.
        style: The style that it is set in.
        size: Size of the font.
    """

    line: int
    side: str
    text: str
    style: str
    size: int = LARGE


UNIT_LINE = 1
"""Line of the unit's name."""


def texts_above(form: Form, unit: Unit | None, subtitle: tuple[str, str] | None = None) -> tuple[Text, ...]:
    """The letterhead and the titles of a form; the last of them a line and its style that are not the form's own."""
    name = Text(UNIT_LINE, "left", unit.name.upper(), "body") if unit else Text(UNIT_LINE, "left", "", "unit_input")
    head = (
        Text(0, "left", UNIT_CAPTION, "centred"), Text(0, "right", COUNTRY, "body"),
        name, Text(UNIT_LINE, "right", MOTTO, "motto"),
    )  # fmt: skip
    titles = [(form.name, "title", TITLE), *((text, "title", TITLE) for text in form.title)]
    titles.append((form.attached_to, "attached", LARGE))
    titles += [] if subtitle is None else [(*subtitle, LARGE)]
    placed = enumerate((title for title in titles if title[0]), start=UNIT_LINE + 1)
    return (*head, *(Text(line, "across", text, style, size) for line, (text, style, size) in placed))


def texts_below() -> tuple[Text, ...]:
    """Date and signatures."""
    return (
        Text(2, "right", DATE, "date_input"),
        Text(3, "left", PREPARED_BY, "body"), Text(3, "right", HEAD_OF_UNIT, "body"),
        Text(4, "left", SIGN, "attached"), Text(4, "right", SIGN_AND_SEAL, "attached"),
        Text(6, "left", "", "name_input"), Text(6, "right", "", "name_input"),
    )  # fmt: skip


def heights_above(texts: tuple[Text, ...], widths: dict[str, int]) -> tuple[float, ...]:
    """Heights of the lines above the table, in points.

    Args:
        texts: The texts that stand there.
        widths: Side → its width in pixels.
    """
    last = max(text.line for text in texts)
    parted = (UNIT_LINE, last)
    lines = ([t for t in texts if t.line == line] for line in range(last + 1))
    return tuple(_height(found, widths) + _GAP * (line in parted) for line, found in enumerate(lines))


def heights_below(texts: tuple[Text, ...], widths: dict[str, int]) -> tuple[float, ...]:
    """Heights of the lines below the table, in points: a gap, the texts, and room to sign above the names."""
    last = max(text.line for text in texts)
    lines = ([t for t in texts if t.line == line] for line in range(2, last + 1))
    return (_GAP, *(_height(found, widths) if found else _ROOM_TO_SIGN for found in lines))


def _height(texts: list[Text], widths: dict[str, int]) -> float:
    return max(height_of(line_count(t.text, widths[t.side], t.size, bold=t.style not in _THIN), t.size) for t in texts)

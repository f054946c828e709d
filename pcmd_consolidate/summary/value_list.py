"""The sheet *Nguồn số liệu*: every value with the file and cell that it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pcmd_consolidate.forms import Row, ValueType
from pcmd_consolidate.intake.reading import State
from pcmd_consolidate.summary import data_parts
from pcmd_consolidate.summary import formats as look
from pcmd_consolidate.summary.content import Content
from pcmd_consolidate.summary.data_parts import lines_of
from pcmd_consolidate.summary.sheet import MOST_LINKS
from pcmd_consolidate.summary.streamed import StreamedSheet
from pcmd_consolidate.summary.table import Column, Table
from pcmd_consolidate.summary.wording import STATE_WORDS, shown_count

WHOLE_FILE = "mở tệp"
"""Stands where a value has no cell, because its row is missing."""

_COLUMNS = (
    Column("Mã đơn vị", 10), Column("Đơn vị", 24), Column("Biểu", 7), Column("Dòng", 7),
    Column("Chỉ tiêu", 48), Column("Năm", 7), Column("Số liệu", 12), Column("Trạng thái", 15),
    Column("Đơn vị ghi", 16), Column("Ghi chú", 18), Column("Tệp", 30), Column("Trang tính", 14),
    Column("Ô (bấm để mở)", 11), Column("Quyết định", 30),
)  # fmt: skip
_PLACE = 12


@dataclass(frozen=True)
class _Looks:
    """Formats of the lines."""

    text: Any
    centre: Any
    raw: Any
    link: Any
    count: Any
    fraction: Any
    yes_no: Any
    states: dict[State, Any]

    @classmethod
    def of(cls, formats: look.Formats) -> _Looks:
        centred = (look.BORDER, look.CENTRE)
        weak = (*centred, look.MISSING)
        return cls(
            text=formats.of(look.BORDER),
            centre=formats.of(*centred),
            raw=formats.of(look.BORDER, look.QUOTED),
            link=formats.of(look.BORDER, look.LINK, look.CENTRE),
            count=formats.of(look.BORDER, look.number_format(look.COUNT)),
            fraction=formats.of(look.BORDER, look.number_format(look.MONEY)),
            yes_no=formats.of(look.BORDER, look.RIGHT, look.number_format(look.YES_NO)),
            states={s: formats.of(*(centred if s is State.REPORTED else weak)) for s in State},
        )

    def number(self, value: float, row: Row) -> Any:
        """The format for a value of a row."""
        if row.value_type is ValueType.YES_NO:
            return self.yes_no
        return self.count if value == int(value) else self.fraction


def write_values(sheet: StreamedSheet, content: Content) -> None:
    """Write the sheet."""
    values = content.consolidation.values
    shown = len(values) if len(values) <= data_parts.MOST_LINES else 0
    table = Table("NGUỒN SỐ LIỆU", _notes(len(values)), _COLUMNS, fixed=2)
    table.open(sheet, shown)
    sheet.raw.ignore_errors({"number_stored_as_text": f"A{table.first}:M{table.first + max(shown, 1)}"})
    looks = _Looks.of(sheet.formats)
    forms = {form.id: form for form in content.campaign.forms}
    for place, line in enumerate(lines_of(values.head(shown)), start=table.first):
        _write_line(sheet, content, looks, place, line, forms[line.form].row(line.row))


def _notes(lines: int) -> tuple[str, ...]:
    if lines > data_parts.MOST_LINES:
        count = shown_count(lines)
        return (f"Có {count} số liệu, quá nhiều cho một trang Excel: xem toàn bộ trong tệp values.csv.",)
    note = "Mỗi dòng là một ô của một đơn vị: bấm vào cột «Ô» để mở đúng tệp và ô đã đọc."
    if lines > MOST_LINKS:
        limit = shown_count(MOST_LINKS)
        return (
            note,
            f"Excel chỉ cho {limit} liên kết trên một trang: các dòng sau không có liên kết.",
        )
    return (note,)


def _write_line(sheet: StreamedSheet, content: Content, looks: _Looks, at: int, line: Any, row: Row) -> None:
    state = State(line.state)
    figure = (line.value, looks.number(line.value, row)) if state is State.REPORTED else ("", looks.text)
    place = line.cell or WHOLE_FILE
    opens = sheet.lead(at, _PLACE, content.sources.url(line.file, line.sheet, line.cell), place)
    cells = (
        (line.unit_id, looks.text), (line.unit, looks.text), (line.form, looks.centre), (line.row, looks.centre),
        (row.full_label, looks.text), (line.year, looks.centre), figure, (STATE_WORDS[state], looks.states[state]),
        (line.raw, looks.raw), (line.note, looks.raw), (line.file, looks.text), (line.sheet, looks.text),
        (place, looks.link if opens else looks.text), (line.decision, looks.text),
    )  # fmt: skip
    sheet.cells(at, 0, cells)

"""The sheet *Bản gửi lại*: what changed between the returns of a unit that sent several."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from pcmd_consolidate.forms import Row, ValueType
from pcmd_consolidate.summary import formats as look
from pcmd_consolidate.summary.content import Content
from pcmd_consolidate.summary.heights import lines_in
from pcmd_consolidate.summary.sheet import Sheet
from pcmd_consolidate.summary.table import Column, Table

MOST_LINES = 100_000
"""Changes that the sheet holds; more are left to ``resubmissions.csv``."""

_COLUMNS = (
    Column("Mã đơn vị", 10), Column("Đơn vị", 24), Column("Biểu", 7), Column("Dòng", 7), Column("Chỉ tiêu", 48),
    Column("Năm", 7), Column("Bản được dùng", 12), Column("Bản bị thay", 12), Column("Tổng của tỉnh tăng, giảm", 13),
    Column("Tệp được dùng", 38), Column("Tệp bị thay", 38),
)  # fmt: skip


@dataclass(frozen=True)
class _Looks:
    """Formats of the lines."""

    text: Any
    centre: Any
    count: Any
    money: Any
    yes_no: Any

    @classmethod
    def of(cls, formats: look.Formats) -> _Looks:
        return cls(
            text=formats.of(look.BORDER, look.WRAP),
            centre=formats.of(look.BORDER, look.CENTRE),
            count=formats.of(look.BORDER, look.number_format(look.COUNT)),
            money=formats.of(look.BORDER, look.number_format(look.MONEY)),
            yes_no=formats.of(look.BORDER, look.RIGHT, look.number_format(look.YES_NO)),
        )

    def number(self, row: Row) -> Any:
        """The format for a figure of a row."""
        if row.value_type is ValueType.YES_NO:
            return self.yes_no
        return self.money if row.value_type is ValueType.MONEY else self.count


def write_resubmissions(sheet: Sheet, content: Content) -> None:
    """Write the sheet."""
    changes = content.consolidation.returns.resubmissions
    shown = changes.head(MOST_LINES)
    table = Table("BẢN GỬI LẠI: SỐ LIỆU THAY ĐỔI THẾ NÀO", _notes(len(changes)), _COLUMNS, fixed=2)
    table.open(sheet, len(shown))
    looks = _Looks.of(sheet.formats)
    forms = {form.id: form for form in content.campaign.forms}
    for place, line in enumerate(shown.itertuples(index=False), start=table.first):
        _write_line(sheet, looks, place, line, forms[line.form].row(line.row))


def _notes(lines: int) -> tuple[str, ...]:
    note = "Đơn vị nộp nhiều bản khác nhau: mỗi dòng là một số liệu khác nhau giữa bản được dùng và bản bị thay."
    if not lines:
        return ("Không có đơn vị nào nộp nhiều bản với số liệu khác nhau.",)
    if lines > MOST_LINES:
        return (note, f"Chỉ ghi {MOST_LINES} dòng đầu; xem toàn bộ trong tệp resubmissions.csv.")
    return (note,)


def _write_line(sheet: Sheet, looks: _Looks, at: int, line: Any, row: Row) -> None:
    widths = ((line.unit, 1), (row.full_label, 4), (line.file, 9), (line.replaced_file, 10))
    sheet.height(at, max(lines_in(text, _COLUMNS[column].width) for text, column in widths))
    sheet.text(at, 0, line.unit_id, looks.centre)
    sheet.text(at, 1, line.unit, looks.text)
    sheet.text(at, 2, line.form, looks.centre)
    sheet.number(at, 3, line.row, looks.centre)
    sheet.text(at, 4, row.full_label, looks.text)
    sheet.number(at, 5, line.year, looks.centre)
    _write_figure(sheet, at, 6, line.value, looks.number(row), looks.centre)
    _write_figure(sheet, at, 7, line.replaced_value, looks.number(row), looks.centre)
    sheet.number(at, 8, line.effect, looks.money if row.value_type is ValueType.MONEY else looks.count)
    sheet.text(at, 9, line.file, looks.text)
    sheet.text(at, 10, line.replaced_file, looks.text)


def _write_figure(sheet: Sheet, row: int, column: int, value: float, figure: Any, nothing: Any) -> None:
    if math.isnan(value):
        sheet.text(row, column, "(không có)", nothing)
    else:
        sheet.number(row, column, value, figure)

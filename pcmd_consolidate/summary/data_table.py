"""The sheets *Dữ liệu*: the values as a native Excel table, ready for a PivotTable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from xlsxwriter.utility import xl_range

from pcmd_consolidate.forms import Form, OverYears, Row, ValueType
from pcmd_consolidate.intake.reading import State
from pcmd_consolidate.summary import formats as look
from pcmd_consolidate.summary.content import Content
from pcmd_consolidate.summary.data_parts import lines_of, parts_of
from pcmd_consolidate.summary.page import A4_LANDSCAPE, set_page
from pcmd_consolidate.summary.sheet import Sheet
from pcmd_consolidate.summary.streamed import StreamedSheet
from pcmd_consolidate.summary.table import Column
from pcmd_consolidate.summary.wording import STATE_WORDS, shown_count

TABLE_NAME = "DuLieu"

_COLUMNS = (
    Column("Mã đơn vị", 12), Column("Đơn vị", 26), Column("Loại", 15), Column("Biểu", 8), Column("Mục", 34),
    Column("Dòng", 8), Column("Chỉ tiêu", 52), Column("Đơn vị tính", 14), Column("Tính chất", 20),
    Column("Năm", 8), Column("Kỳ số liệu", 18), Column("Số liệu", 14), Column("Trạng thái", 18),
)  # fmt: skip
_VALUE = 11
_KINDS = {"commune": "Xã, phường", "department": "Sở, ngành", "province": "Tỉnh, thành phố"}
_NATURES = {OverYears.SUM: "Phát sinh trong kỳ", OverYears.LAST: "Có mặt tại thời điểm"}
_HEADINGS = 2
_NOTE = (
    "Bảng «{table}» dùng để lập PivotTable. Số liệu «Có mặt tại thời điểm» không cộng qua các năm; Có ghi 1, Không ghi "
    "0; ô «Số liệu» bỏ trống là chưa có số liệu, không phải bằng 0; không cộng biểu IA với biểu IIA."
)


@dataclass(frozen=True)
class _Looks:
    """Formats of the lines."""

    text: Any
    centre: Any
    count: Any
    fraction: Any

    @classmethod
    def of(cls, formats: look.Formats) -> _Looks:
        return cls(
            text=formats.of(),
            centre=formats.of(look.CENTRE),
            count=formats.of(look.number_format(look.COUNT)),
            fraction=formats.of(look.number_format(look.MONEY)),
        )


def write_data(sheets: Sequence[StreamedSheet], content: Content) -> None:
    """Write the sheets, one for each part."""
    values = content.consolidation.values
    parts = parts_of(len(values))
    for order, (sheet, part) in enumerate(zip(sheets, parts, strict=True), start=1):
        name = TABLE_NAME if order == 1 else f"{TABLE_NAME}_{order}"
        _open(sheet, name, len(part), left_out=0 if part else len(values))
        lines = lines_of(values.iloc[part.start : part.stop])
        _write_lines(sheet, content, lines)


def _open(sheet: Sheet, name: str, lines: int, left_out: int) -> None:
    """Write what stands above the lines, and set up the table for so many of them."""
    for column, spec in enumerate(_COLUMNS):
        sheet.raw.set_column(column, column, spec.width)
    sheet.height(0, 1, 15)
    sheet.text(0, 0, "DỮ LIỆU", sheet.formats.of(look.BOLD, look.LARGE))
    sheet.text(1, 0, _note(name, lines, left_out), sheet.formats.of(look.FAINT))
    if lines:
        _add_table(sheet.raw, name, lines)
    heading = sheet.formats.of(look.HEADING)
    for column, spec in enumerate(_COLUMNS):
        sheet.text(_HEADINGS, column, spec.heading, heading)
    sheet.raw.freeze_panes(_HEADINGS + 1, 2)
    set_page(sheet, A4_LANDSCAPE, repeat=(_HEADINGS, _HEADINGS))
    sheet.raw.fit_to_pages(1, 0)


def _note(name: str, lines: int, left_out: int) -> str:
    if left_out:
        return f"Có {shown_count(left_out)} số liệu, quá nhiều cho một trang Excel: xem toàn bộ trong tệp values.csv."
    return _NOTE.format(table=name) if lines else "Chưa có số liệu nào."


def _add_table(worksheet: Any, name: str, lines: int) -> None:
    """Declare the table on a streamed sheet.

    xlsxwriter refuses tables on streamed sheets, because it would write their cells itself, and remembers every cell
    of a table. Its cells are written by us, so it is declared with one line and then made as long as it is.
    """
    last = len(_COLUMNS) - 1
    columns = [{"header": spec.heading} for spec in _COLUMNS]
    worksheet.constant_memory = False
    worksheet.add_table(
        _HEADINGS, 0, _HEADINGS + 1, last, {"name": name, "columns": columns, "style": "Table Style Light 9"}
    )
    worksheet.constant_memory = True
    whole = xl_range(_HEADINGS, 0, _HEADINGS + lines, last)
    worksheet.tables[-1].update(range=whole, a_range=whole, autofilter=whole)


def _write_lines(sheet: StreamedSheet, content: Content, lines: Iterator[Any]) -> None:
    looks = _Looks.of(sheet.formats)
    kinds = {unit.unit_id: _KINDS[unit.kind] for unit in content.campaign.registry}
    told = cache(lambda form, row: _told(forms[form], forms[form].row(row)))
    forms = {form.id: form for form in content.campaign.forms}
    periods = {(form.id, year): _period(form, year) for form in content.campaign.forms for year in form.years}
    for at, line in enumerate(lines, start=_HEADINGS + 1):
        about = told(line.form, line.row)
        cells = [
            (line.unit_id, looks.text), (line.unit, looks.text), (kinds.get(line.unit_id, ""), looks.text),
            (line.form, looks.text), (about["section"], looks.text), (line.row, looks.centre),
            (about["label"], looks.text), (about["measure"], looks.text), (about["nature"], looks.text),
            (line.year, looks.centre), (periods[line.form, line.year], looks.text),
        ]  # fmt: skip
        state = State(line.state)
        if state is State.REPORTED:
            cells.append((line.value, looks.count if line.value == int(line.value) else looks.fraction))
        sheet.cells(at, 0, cells)
        decided = " (theo quyết định)" if line.decision else ""
        sheet.text(at, _VALUE + 1, f"{STATE_WORDS[state]}{decided}", looks.text)


def _told(form: Form, row: Row) -> Mapping[str, str]:
    """What is the same on every line of a row. Labels repeat inside a form, so each begins with its number."""
    digits = len(str(len(form.rows)))
    headings = (r.label for r in form.rows if r.section == row.section and not r.is_indicator)
    heading = next(headings, "").partition(". ")[2]
    counted = row.value_type is ValueType.YES_NO
    return {
        "section": f"{row.section}. {heading}" if heading else row.section,
        "label": f"{form.id}.{row.number:0{digits}d} {row.label}",
        "measure": row.unit_of_measure,
        "nature": "Có hoặc không" if counted else _NATURES[row.over_years or OverYears.SUM],
    }


def _period(form: Form, year: int) -> str:
    if form.partial is not None and form.partial.year == year:
        return form.partial.label[:1].upper() + form.partial.label[1:]
    return "Cả năm"

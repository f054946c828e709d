"""The sheet that a unit fills in: wording, order, what is open, how it looks on paper."""

from __future__ import annotations

import pytest
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter

from pcmd_consolidate.forms import Form, RowKind, load_form
from pcmd_consolidate.ids import CHECK_SHEET, ID_SHEET
from pcmd_consolidate.units import Unit
from tests.handout.books import Book


@pytest.fixture(scope="module")
def blank(form: Form) -> Book:
    return Book(form)


def test_sheets_in_order(blank: Book, form: Form) -> None:
    states = [(sheet.title, sheet.sheet_state) for sheet in blank.book.worksheets]

    hidden = [(CHECK_SHEET, "veryHidden"), (ID_SHEET, "veryHidden")]
    assert states == [(form.name, "visible"), ("Hướng dẫn", "visible"), *hidden]
    assert blank.book.active is blank.sheet


def test_every_row_has_the_official_wording_in_the_official_order(blank: Book, form: Form) -> None:
    first, last = blank.layout.first + 1, blank.layout.last + 1
    rows = blank.sheet.iter_rows(min_row=first, max_row=last, max_col=3, values_only=True)

    assert list(rows) == [(row.number, row.full_label, row.unit_of_measure or None) for row in form.rows]


def test_the_title_block(form: Form, commune: Unit) -> None:
    book = Book(form, commune)
    rows = book.sheet.iter_rows(max_row=book.layout.header, max_col=book.layout.note + 1, values_only=True)
    above = [value for row in rows for value in row if value]

    country, motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
    letterhead = ["Đơn vị báo cáo:", country, "XÃ LỘC THẠNH", motto]
    assert above == [*letterhead, form.name, *form.title, form.attached_to]


def test_type_and_weight_by_the_rules_for_official_documents(form: Form, commune: Unit) -> None:
    sheet = Book(form, commune).sheet
    set_in = {cell.value: cell.font for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}

    assert {font.name for font in set_in.values()} == {"Times New Roman"}
    bold = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "XÃ LỘC THẠNH", "Độc lập - Tự do - Hạnh phúc", form.name, *form.title]
    assert [text for text in bold if not set_in[text].bold] == []
    assert (set_in[form.attached_to].bold, set_in[form.attached_to].italic) == (False, True)
    assert (set_in[form.name].size, set_in["Độc lập - Tự do - Hạnh phúc"].size) == (14, 13)


def test_date_and_signatures_below_the_table(blank: Book) -> None:
    rows = blank.sheet.iter_rows(min_row=blank.layout.last + 2, values_only=True)

    assert [value for row in rows for value in row if value] == [
        "………, ngày …… tháng …… năm 20…",
        "NGƯỜI LẬP BIỂU",
        "THỦ TRƯỞNG ĐƠN VỊ",
        "(Ký, ghi rõ họ tên)",
        "(Ký, ghi rõ họ tên, đóng dấu)",
    ]


def test_the_headings(blank: Book, form: Form) -> None:
    layout, top = blank.layout, blank.layout.header + 1
    upper = [cell.value for cell in blank.sheet[top] if cell.value]
    lower = {year: blank.sheet.cell(top + 1, column + 1).value for year, column in layout.years.items()}

    heads = form.headers
    assert upper == ["Dòng", heads.label, heads.unit, heads.years, heads.total, "Ghi chú", "Kiểm tra\n(tự động)"]
    assert lower == {year: form.year_label(year) for year in form.years}


def test_a_template_leaves_the_name_open(blank: Book) -> None:
    caption = next(cell for row in blank.sheet.iter_rows() for cell in row if cell.value == "Đơn vị báo cáo:")
    below = blank.sheet.cell(caption.row + 1, caption.column)

    assert below.value is None
    assert not below.protection.locked


def test_only_input_cells_are_open(blank: Book, form: Form) -> None:
    layout = blank.layout
    columns = (*layout.years.values(), layout.note)
    inputs = {blank.cell(row, column).coordinate for row in form.indicators for column in columns}
    open_cells = {c.coordinate for row in blank.sheet.iter_rows() for c in row if not c.protection.locked}
    signed = {c.coordinate for row in blank.sheet.iter_rows(min_row=layout.last + 2) for c in row} & open_cells
    name = {"B2", "C2"}

    assert open_cells - signed - name == inputs
    assert name <= open_cells


def test_colour_stands_where_one_types_and_nowhere_else(blank: Book) -> None:
    for row in blank.sheet.iter_rows(max_col=blank.layout.note + 1):
        for cell in row:
            if isinstance(cell, MergedCell):
                continue
            filled = cell.fill.fgColor.rgb if cell.fill.fill_type else "none"
            grey = filled[2:4] == filled[4:6] == filled[6:8]
            assert (filled != "none" and not grey) == (not cell.protection.locked), cell.coordinate


@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_sheets_are_protected_without_a_password(blank: Book, place: int) -> None:
    protection = blank.book.worksheets[place].protection

    assert protection.sheet
    assert protection.password is None


def test_long_notes_can_be_made_room_for(blank: Book) -> None:
    assert blank.sheet.protection.formatRows is False


def test_line_numbers_are_hidden(blank: Book) -> None:
    assert blank.sheet.column_dimensions["A"].hidden


def test_the_id_sheet(form: Form, commune: Unit) -> None:
    rows = Book(form, commune).book[ID_SHEET].iter_rows(values_only=True)

    assert dict(rows) == {"form": form.id, "version": form.version, "unit_id": "X25280", "sheet": form.name}


def test_a_department_may_fill_the_common_part_and_its_own_block(police: Unit) -> None:
    form = load_form("IA")
    book = Book(form, police)
    opened = {row.number for row in form.indicators if not book.year(row, form.years[0]).protection.locked}

    assert opened == {3, 5, 6, 7, 9, 10, *range(13, 21)}
    assert opened == {row.number for row in form.indicators_of(police.sections)}


def test_blocks_of_others_are_grey_and_empty(police: Unit) -> None:
    form = load_form("IA")
    book = Book(form, police)
    for row in form.rows:
        closed = bool(row.owner) and row.owner != police.name
        fill = book.cell(row, book.layout.label).fill.fgColor.rgb
        assert (fill == "FFEDEDED") == closed
        if closed and row.is_indicator:
            assert book.total(row).value is None
            assert book.cell(row, book.layout.note).protection.locked
            assert book.validation(book.year(row, form.years[0])) is None


def test_headings_are_bold_and_across(blank: Book, form: Form) -> None:
    across = {str(area) for area in blank.sheet.merged_cells.ranges}
    for row in form.rows:
        cell = blank.cell(row, blank.layout.label)
        assert cell.font.bold == (row.kind is RowKind.HEADING)
        assert cell.font.name == "Times New Roman"
        last = blank.cell(row, blank.layout.note).coordinate
        assert (f"{cell.coordinate}:{last}" in across) == (not row.is_indicator)


def test_parts_are_indented(blank: Book, form: Form) -> None:
    indents = {row.number: blank.cell(row, blank.layout.label).alignment.indent for row in form.rows}

    for row in form.rows:
        upper = row.part_of or row.parent
        if upper and form.row(upper).is_indicator:
            assert indents[row.number] > indents[upper]
        if row.marker in ("+", "*"):
            assert indents[row.number] > 0


def test_paper(blank: Book) -> None:
    sheet, layout = blank.sheet, blank.layout
    note = get_column_letter(layout.note + 1)

    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.orientation == "portrait"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == f"${layout.header + 1}:${layout.header + 2}"
    assert sheet.print_area == f"'{sheet.title}'!$B$1:${note}${layout.foot + 1}"
    assert layout.foot + 1 == sheet.max_row


def test_margins_and_page_numbers_by_the_rules_for_official_documents(blank: Book) -> None:
    sheet, millimetres = blank.sheet, 25.4
    margins = sheet.page_margins
    inner = {side: round(getattr(margins, side) * millimetres) for side in ("left", "right", "top", "bottom")}

    assert inner == {"left": 30, "right": 15, "top": 20, "bottom": 20}
    assert sheet.HeaderFooter.differentFirst
    assert (sheet.oddHeader.center.text, sheet.firstHeader.center.text) == ("&P", None)
    assert sheet.firstFooter.left.text == sheet.oddFooter.left.text


def test_the_window_opens_on_the_first_empty_cell(blank: Book, form: Form) -> None:
    first = blank.year(form.indicators[0], form.years[0])
    panes = blank.sheet.sheet_view.selection

    assert blank.sheet.freeze_panes == f"D{blank.layout.first + 1}"
    assert panes[-1].activeCell == first.coordinate


def test_no_wording_becomes_a_formula(one_year: Form) -> None:
    unit = Unit("X1", "=HYPERLINK(1)", "commune", one_year.id)
    book = Book(one_year, unit, "=1+1")
    formulas = {str(c.value) for s in book.book for row in s.iter_rows() for c in row if c.data_type == "f"}

    assert formulas
    assert [formula for formula in formulas if formula.startswith(("=HYPERLINK", "=1"))] == []
    assert book.cell(one_year.row(1), book.layout.label).value == "=1. Kết quả"

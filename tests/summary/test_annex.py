"""The provincial figures in the official layout."""

from __future__ import annotations

import math
from itertools import pairwise

import pandas as pd
import pytest
from openpyxl.workbook import Workbook

from pcmd_consolidate import Consolidation
from pcmd_consolidate.forms import Form, RowKind, load_form
from tests.summary.books import annex_rows, detail_columns, detail_lines
from tests.summary.inbox import YEARS

FIRST_YEAR, TOTAL, BESIDE = 3, 8, 10


@pytest.fixture(scope="module", params=["IA", "IIA"])
def form(request: pytest.FixtureRequest, consolidation: Consolidation) -> Form:
    return consolidation.campaign.form(request.param)


def given(cell: object) -> float:
    return math.nan if cell in (None, "") else float(str(cell))


def test_title_and_headings_are_those_of_the_form(written: Workbook, form: Form) -> None:
    sheet = written[form.name]
    headings = annex_rows(sheet, form)[1] - 2
    under = [sheet.cell(headings + 1, column).value for column in range(FIRST_YEAR, TOTAL)]

    lines = [form.name, *form.title, form.attached_to, "Địa phương: Đồng Nai"]
    assert [sheet.cell(line, 1).value for line in range(1, len(lines) + 1)] == lines
    assert [sheet.cell(headings, column).value for column in (1, 2, 3, 8)] == [
        form.headers.label, form.headers.unit, form.headers.years, form.headers.total,
    ]  # fmt: skip
    assert under == ["Năm 2021", "Năm 2022", "Năm 2023", "Năm 2024", "Năm 2025 (6 tháng đầu năm)"]


def test_stored_results_are_the_totals(shown: Workbook, form: Form, consolidation: Consolidation) -> None:
    rows = annex_rows(shown[form.name], form)
    totals = consolidation.totals[consolidation.totals["form"] == form.id]

    assert len(totals) == len(form.indicators) * (len(YEARS) + 1)
    for line in totals.itertuples():
        column = TOTAL if pd.isna(line.year) else FIRST_YEAR + YEARS.index(line.year)
        stored = given(shown[form.name].cell(rows[line.row], column).value)
        assert stored == line.value or (math.isnan(stored) and math.isnan(line.value)), line


def test_figures_are_the_sums_of_what_was_typed(shown: Workbook) -> None:
    sheet = shown["Phụ lục IIA"]
    rows = annex_rows(sheet, load_form("IIA"))

    assert sheet.cell(rows[21], FIRST_YEAR).value == (100 + 21 + 1) + (200 + 21 + 1)
    assert sheet.cell(rows[21], TOTAL).value == sum(300 + 42 + 2 * (year - 2020) for year in YEARS)
    assert sheet.cell(rows[2], FIRST_YEAR).value == 100 + 2 + 1
    assert sheet.cell(rows[55], 5).value == 10.75 + 1234.5
    assert [sheet.cell(rows[row], FIRST_YEAR).value for row in (14, 15)] == [1, 1]
    assert sheet.cell(rows[52], TOTAL).value == sheet.cell(rows[52], TOTAL - 1).value == 300 + 104 + 10


def test_formulas_run_over_the_units(written: Workbook, form: Form) -> None:
    sheet, detail = written[form.name], written[f"{form.id} theo đơn vị"]
    rows, columns, lines = annex_rows(sheet, form), detail_columns(detail), detail_lines(detail).values()
    row = form.indicators[0].number
    letter = detail.cell(1, columns[row, 2022]).column_letter
    cells = f"'{form.id} theo đơn vị'!{letter}{min(lines)}:{letter}{max(lines)}"

    assert sheet.cell(rows[row], 4).value == f'=IF(COUNT({cells})=0,"",SUM({cells}))'
    assert (
        sheet.cell(rows[row], TOTAL).value
        == f'=IF(COUNT(C{rows[row]}:G{rows[row]})=0,"",SUM(C{rows[row]}:G{rows[row]}))'
    )


def test_money_is_rounded_and_stocks_take_the_last_year(written: Workbook) -> None:
    sheet, form = written["Phụ lục IIA"], load_form("IIA")
    rows = annex_rows(sheet, form)

    assert "ROUND(SUM(" in sheet.cell(rows[55], FIRST_YEAR).value
    assert sheet.cell(rows[52], TOTAL).value == f"=G{rows[52]}"
    assert sheet.cell(rows[14], TOTAL).value == f"=G{rows[14]}"
    assert sheet.cell(rows[52], TOTAL).number_format == '#,##0"*"_)'
    assert sheet.cell(rows[14], FIRST_YEAR).number_format == '#,##0" đv"_)'


def test_beside_each_figure_stands_how_many_units_it_holds(shown: Workbook, written: Workbook) -> None:
    sheet = shown["Phụ lục IIA"]
    rows = annex_rows(sheet, load_form("IIA"))
    beside = {row: [sheet.cell(line, BESIDE + c).value for c in range(8)] for row, line in rows.items()}

    assert beside[21][:8] == [21, 2, 2, 2, 2, 2, 2, 0]
    assert beside[2][:8] == [2, 1, 1, 2, 2, 2, 1, 1]
    assert beside[53][:8] == [53, 1, 1, 1, 1, 1, 1, 0]
    assert beside[52][:7] == [52, 2, 2, 2, 2, 2, 2]
    assert sheet.cell(rows[21], BESIDE + 1).number_format == '0"/4"'
    assert str(written["Phụ lục IIA"].cell(rows[21], BESIDE + 1).value).startswith("=COUNT(")


def test_each_figure_leads_to_its_column(written: Workbook, form: Form) -> None:
    sheet, detail = written[form.name], written[f"{form.id} theo đơn vị"]
    rows, columns = annex_rows(sheet, form), detail_columns(detail)
    row = {"IA": 14, "IIA": 59}[form.id]
    letter = detail.cell(1, columns[row, 2023]).column_letter
    links = [sheet.cell(rows[row], column).hyperlink for column in (FIRST_YEAR + 2, BESIDE + 3)]

    assert all(link is not None for link in links)
    assert {link.location for link in links if link} == {f"'{form.id} theo đơn vị'!{letter}3"}


def test_blocks_of_a_department_expect_its_owner_only(shown: Workbook) -> None:
    sheet = shown["Phụ lục IA"]
    rows = annex_rows(sheet, load_form("IA"))

    assert sheet.cell(rows[14], BESIDE + 1).number_format == '0"/1"'
    assert sheet.cell(rows[3], BESIDE + 1).number_format == '0"/2"'
    assert sheet.cell(rows[42], BESIDE + 1).number_format == '0"/0"'
    assert sheet.cell(rows[42], FIRST_YEAR).value in (None, "")


def test_what_is_lacking_is_said_above_the_table(written: Workbook) -> None:
    assert written["Phụ lục IIA"]["A6"].value == ("(Số liệu của 2/4 đơn vị phải báo cáo; chưa có số liệu của 2 đơn vị)")
    assert str(written["Phụ lục IIA"]["A7"].value).startswith("(Các đơn vị đã nộp còn 9 ô để trống")
    assert written["Phụ lục IA"]["A7"].value == (
        "(Khối II.2, II.3, II.5, II.6, II.7, II.8, II.9, II.10, II.11 để trống: "
        "không có đơn vị nào trong units.csv được giao các khối này)"
    )
    assert written["Phụ lục IA"]["A8"].value is None


def test_notes_and_signatures_stand_below(written: Workbook) -> None:
    sheet = written["Phụ lục IIA"]
    below = annex_rows(sheet, load_form("IIA"))[59]
    texts = [str(cell.value) for row in sheet.iter_rows(min_row=below + 1, max_col=TOTAL) for cell in row if cell.value]

    assert texts[0].startswith("Ghi chú: Năm 2025 (6 tháng đầu năm): số liệu tính đến ngày 30/06/2025, chưa đủ năm")
    assert texts[1].endswith("Tổng cộng là số của năm 2025 (6 tháng đầu năm).")
    assert texts[-5:] == [
        "…………………, ngày … tháng … năm ……",
        "NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ", "(Ký, ghi rõ họ tên)", "(Ký, ghi rõ họ tên)",
    ]  # fmt: skip


def test_it_is_printed_on_upright_a4_with_its_headings_on_every_page(written: Workbook, form: Form) -> None:
    sheet = written[form.name]
    headings = annex_rows(sheet, form)[1] - 2

    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    edges = [getattr(sheet.page_margins, side) * 25.4 for side in ("left", "right", "top", "bottom")]
    assert [round(edge) for edge in edges] == [30, 15, 20, 20]
    assert sheet.print_title_rows == f"${headings}:${headings + 1}"
    assert sheet.print_area.startswith("'" + form.name + "'!$A$1:$H$")
    assert "Trang &P/&N" in str(sheet.oddFooter.right.text)


def test_no_page_ends_with_a_heading(written: Workbook, form: Form) -> None:
    sheet = written[form.name]
    rows = {line: form.row(row) for row, line in annex_rows(sheet, form).items()}
    ends = [brk.id for brk in sheet.row_breaks.brk]

    assert ends
    assert all(rows[end].is_indicator for end in ends)
    assert max(ends) < max(rows) - 1


def test_no_page_ends_with_the_first_row_under_a_heading_or_before_the_first_part(
    written: Workbook, form: Form
) -> None:
    sheet = written[form.name]
    rows = {line: form.row(row) for row, line in annex_rows(sheet, form).items()}
    for end in (brk.id for brk in sheet.row_breaks.brk):
        alone = not rows[end - 1].is_indicator and rows[end + 1].kind is not RowKind.HEADING
        assert not alone, rows[end].full_label
        assert rows[end + 1].parent != rows[end].number


def test_pages_are_full_up_to_what_must_stand_together(written: Workbook, form: Form) -> None:
    """A page is 257 mm high; the width of the table is made 165 mm. A heading with two rows takes up to a sixth."""
    sheet = written[form.name]
    first = next(cell.row for cell in sheet["A"] if cell.value == form.headers.label)
    widths = [dimension.width * (dimension.max - dimension.min + 1) for dimension in sheet.column_dimensions.values()
              if dimension.max <= TOTAL]  # fmt: skip
    scale = 165 / 25.4 * 96 / (sum(widths) * 7)
    heights = {line: sheet.row_dimensions[line].height or 16.5 for line in range(1, sheet.max_row + 1)}
    ends = [brk.id for brk in sheet.row_breaks.brk]
    for start, end in pairwise([0, *ends]):
        repeated = heights[first] + heights[first + 1] if start else 0
        used = repeated + sum(heights[line] for line in range(start + 1, end + 1))
        assert 0.84 < used * scale / (257 / 25.4 * 72) < 0.98


def test_figures_stand_off_the_border(written: Workbook, form: Form) -> None:
    sheet = written[form.name]
    figures = [sheet.cell(line, column) for row, line in annex_rows(sheet, form).items()
               for column in range(FIRST_YEAR, TOTAL + 1) if form.row(row).is_indicator]  # fmt: skip

    assert {cell.alignment.horizontal for cell in figures} == {"right"}
    assert {cell.number_format[-2:] for cell in figures} == {"_)"}
    whole = [rule.dxf.numFmt.formatCode for rules in sheet.conditional_formatting for rule in rules.rules
             if rule.dxf.numFmt]  # fmt: skip
    assert set(whole) == {"#,##0_)"}

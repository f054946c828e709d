"""One line for each unit: figures, states, colours and links."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from pcmd_consolidate import Consolidation
from pcmd_consolidate.findings import Severity
from pcmd_consolidate.summary import formats
from tests.summary.books import detail_columns, detail_lines, figure, linked_file

SECOND = "Phường Bình Long"


def fill(props: formats.Props) -> str:
    return str(props["bg_color"]).replace("#", "FF")


def test_every_unit_has_a_line_in_the_order_of_the_registry(written: Workbook) -> None:
    assert list(detail_lines(written["IIA theo đơn vị"])) == [
        "Xã Lộc Thành", SECOND, "Xã Phú Riềng", "Xã Đak Nhau",
    ]  # fmt: skip
    assert [written["IIA theo đơn vị"].cell(line, 3).value for line in range(5, 9)] == [
        "Đúng hạn", "Nộp muộn", "Chưa nộp", "Chưa nộp",
    ]  # fmt: skip


def test_every_row_and_year_has_a_column(written: Workbook, consolidation: Consolidation) -> None:
    for form in consolidation.campaign.forms:
        asked = [(row.number, year) for row in form.indicators for year in form.years]
        assert list(detail_columns(written[f"{form.id} theo đơn vị"])) == asked
    assert (
        written["IIA theo đơn vị"]["D3"].value
        == "2. Ban hành các văn bản quy phạm pháp luật và văn bản chỉ đạo (Văn bản)"
    )


def test_figures_are_numbers(written: Workbook) -> None:
    assert figure(written, "IIA", "Xã Lộc Thành", 21, 2023).value == 124
    assert figure(written, "IIA", SECOND, 55, 2023).value == 1234.5
    assert figure(written, "IIA", "Xã Lộc Thành", 15, 2021).value == 1
    assert figure(written, "IIA", "Xã Lộc Thành", 14, 2021).value == 0
    assert figure(written, "IIA", "Xã Lộc Thành", 14, 2021).number_format == '"Có";;"Không"'


@pytest.mark.parametrize(
    ("row", "year", "sign"), [(2, 2021, None), (2, 2022, "…"), (4, 2021, "?"), (4, 2022, "?"), (53, 2025, "x")]
)
def test_other_states_are_signs_that_no_sum_counts(written: Workbook, row: int, year: int, sign: str | None) -> None:
    assert figure(written, "IIA", SECOND, row, year).value == sign
    assert figure(written, "IIA", SECOND, row, year).data_type != "n" or sign is None


def test_what_was_not_asked_and_who_did_not_answer_is_grey(written: Workbook) -> None:
    not_asked = figure(written, "IA", "Công an tỉnh", 22, 2021)
    missing = figure(written, "IIA", "Xã Phú Riềng", 2, 2021)

    assert (not_asked.value, not_asked.fill.fgColor.rgb) == (None, fill(formats.NOT_ASKED))
    assert (missing.value, missing.fill.fgColor.rgb) == (None, fill(formats.MISSING))


def test_cells_with_findings_have_the_colour_of_the_heaviest_and_lead_to_it(
    written: Workbook, consolidation: Consolidation
) -> None:
    unreadable, read_with_care = figure(written, "IIA", SECOND, 4, 2021), figure(written, "IIA", SECOND, 55, 2023)
    place = list(consolidation.findings["raw"]).index("1.234,5") + 4

    assert unreadable.fill.fgColor.rgb == fill(formats.SEVERITY[Severity.ERROR])
    assert figure(written, "IIA", SECOND, 53, 2021).fill.fgColor.rgb == fill(formats.SEVERITY[Severity.ERROR])
    assert unreadable.hyperlink is not None
    assert str(unreadable.hyperlink.location).startswith("'Lỗi và cảnh báo'!A")
    assert read_with_care.hyperlink is not None
    assert read_with_care.value == 1234.5
    assert written["Lỗi và cảnh báo"][f"A{place}"].value == place - 3


def test_names_lead_to_the_files_that_were_used(written: Workbook, path: Path, consolidation: Consolidation) -> None:
    sheet = written["IIA theo đơn vị"]
    first, second, missing = (sheet.cell(line, 2) for line in (5, 6, 7))

    assert linked_file(first, path.parent).name == "Lộc Thành #1 (50%).xlsx"
    assert (
        linked_file(second, path.parent) == (consolidation.campaign.inbox / "2025-09-10" / "binh long's.xlsx").resolve()
    )
    assert missing.hyperlink is None


def test_headings_and_names_stay_in_sight(written: Workbook) -> None:
    sheet = written["IIA theo đơn vị"]

    assert sheet.freeze_panes == "D5"
    assert str(sheet.auto_filter.ref).startswith("A4:")
    assert str(sheet.auto_filter.ref).endswith("8")
    assert {"?: không đọc được", "x: thiếu dòng", "Lỗi", "chưa nộp"} <= {cell.value for cell in sheet[2]}
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (
        "8",
        "landscape",
    ) or sheet.page_setup.paperSize == 8
    assert sheet.print_title_cols == "$A:$C"

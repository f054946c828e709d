"""The sheet *Tổng quan*: charts over live cells, and the largest open findings."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook

from pcmd_consolidate import Consolidation, consolidate, read_returns
from pcmd_consolidate.forms import load_form
from pcmd_consolidate.summary import write_summary
from tests.summary.inbox import small_campaign
from tests.summary.test_write import one_form, summed

QUESTIONS = {
    "Tình hình nộp biểu (số đơn vị)": [],
    "Người vi phạm, người bị xử lý (biểu IIA)": ["IIA.23", "IIA.30", "IIA.36"],
    "Khởi tố, truy tố, xét xử (biểu IA)": ["IA.17", "IA.45", "IA.56"],
    "Người được truyền thông, tuyên truyền (biểu IIA)": ["IIA.5", "IIA.8"],
    "Kinh phí theo nguồn (biểu IIA)": ["IIA.57", "IIA.58", "IIA.59"],
    "Kinh phí theo nguồn (biểu IA)": ["IA.9", "IA.10"],
}


def charts(book: Workbook) -> dict[str, Any]:
    """Title → chart, as another library reads them."""
    return {
        "".join(run.t for run in chart.title.tx.rich.p[0].r): chart
        for chart in book["Tổng quan"]._charts
    }  # fmt: skip


def cells_of(book: Workbook, reference: str) -> list[Any]:
    sheet, _, area = reference.rpartition("!")
    first, top, last, bottom = range_boundaries(area.replace("$", ""))
    page = book[sheet.strip("'")]
    return [page.cell(row, column) for row in range(top, bottom + 1) for column in range(first, last + 1)]


def test_charts_answer_a_leaders_questions(written: Workbook) -> None:
    assert list(charts(written)) == list(QUESTIONS)


@pytest.mark.parametrize("title", [title for title, rows in QUESTIONS.items() if rows])
def test_a_chart_shows_the_live_figures_of_its_rows(written: Workbook, title: str) -> None:
    series = charts(written)[title].series
    labels = []
    for one in series:
        figures = cells_of(written, one.val.numRef.f)
        labels.append(written[figures[0].parent.title].cell(figures[0].row, 1).value)
        assert all(str(cell.value).startswith("=IF(COUNT(") for cell in figures)
        assert [cell.value for cell in cells_of(written, one.cat.numRef.f if one.cat.numRef else one.cat.strRef.f)] == [
            "2021", "2022", "2023", "2024", "2025 (6 tháng đầu năm)",
        ]  # fmt: skip

    wanted = [term.split(".") for term in QUESTIONS[title]]
    assert labels == [load_form(form).row(int(row)).full_label for form, row in wanted]


def test_heights_can_be_compared_because_every_axis_starts_at_0(written: Workbook) -> None:
    assert {title: chart.y_axis.scaling.min for title, chart in charts(written).items()} == dict.fromkeys(QUESTIONS, 0)


def test_half_a_year_looks_different(written: Workbook) -> None:
    for title, rows in QUESTIONS.items():
        for one in charts(written)[title].series if rows else ():
            marked = [point for point in one.dPt if point.spPr.pattFill is not None]
            assert [point.idx for point in marked] == [4]


def test_who_has_answered_is_shown_for_every_form(written: Workbook) -> None:
    chart = charts(written)["Tình hình nộp biểu (số đơn vị)"]
    counts = {
        cells_of(written, one.tx.strRef.f)[0].value: [cell.value for cell in cells_of(written, one.val.numRef.f)]
        for one in chart.series
    }

    assert counts == {"Đúng hạn": [1, 1], "Nộp muộn": [0, 1], "Chưa rõ dùng bản nào": [0, 0], "Chưa nộp": [1, 2]}


def test_a_form_of_ones_own_has_no_charts_of_other_rows(consolidation: Consolidation, tmp_path: Path) -> None:
    result = consolidate(summed(one_form(consolidation)))
    book = openpyxl.load_workbook(write_summary(result, tmp_path / "x.xlsx"))

    assert list(charts(book)) == ["Tình hình nộp biểu (số đơn vị)"]


def test_a_form_in_another_version_has_no_charts_of_its_rows(consolidation: Consolidation, tmp_path: Path) -> None:
    campaign = consolidation.campaign
    forms = [campaign.form("IA"), dataclasses.replace(campaign.form("IIA"), version="2030.1")]
    result = dataclasses.replace(
        consolidation,
        campaign=dataclasses.replace(campaign, forms=tuple(forms)),
    )
    book = openpyxl.load_workbook(write_summary(result, tmp_path / "x.xlsx"))

    assert [title for title in charts(book) if title.endswith("(biểu IIA)")] == []
    assert "Kinh phí theo nguồn (biểu IA)" in charts(book)


def test_charts_without_figures_are_left_out(tmp_path: Path) -> None:
    result = consolidate(read_returns(small_campaign(tmp_path / "dong-nai")))
    book = openpyxl.load_workbook(write_summary(result, tmp_path / "x.xlsx"))

    assert list(charts(book)) == ["Tình hình nộp biểu (số đơn vị)"]


def test_no_chart_stands_on_two_pages(written: Workbook) -> None:
    breaks = [brk.id for brk in written["Tổng quan"].row_breaks.brk]
    spans = [(chart.anchor._from.row, chart.anchor._from.row + 10) for chart in charts(written).values()]

    assert breaks
    assert all(not first < brk < last for brk in breaks for first, last in spans)


def largest(book: Workbook) -> list[tuple[Any, ...]]:
    """Unit, severity, words and target of the lines under the heading of the largest findings."""
    sheet = book["Tổng quan"]
    top = next(row[0].row for row in sheet.iter_rows() if str(row[0].value).endswith("vấn đề lớn nhất chưa giải quyết"))
    lines = []
    for row in sheet.iter_rows(min_row=top + 2):
        if row[0].value is None:
            break
        lines.append((row[0].value, row[1].value, row[2].value, row[7].hyperlink.location))
    return lines


def test_the_ten_largest_open_findings_lead_to_their_lines(written: Workbook) -> None:
    page = written["Lỗi và cảnh báo"]
    shown = largest(written)

    assert len(shown) == 10
    lines = [int(str(location).rpartition("!A")[2]) for *_, location in shown]
    figures = [[page.cell(line, column).value for column in (4, 5, 6, 7)] for line in range(4, lines[-1] + 1)]
    skipped = [line for line in range(4, lines[-1] + 1) if line not in lines]
    assert lines == sorted(lines)
    assert all(None not in figures[line - 4] and figures[line - 4] in figures[: line - 4] for line in skipped)
    for (unit, severity, words, _), line in zip(shown, lines, strict=True):
        assert severity == page.cell(line, 2).value
        assert str(words).endswith(str(page.cell(line, 8).value))
        assert unit in (page.cell(line, 4).value, "Toàn tỉnh") or str(page.cell(line, 10).value).startswith(str(unit))


def test_what_is_decided_or_explained_is_not_open(consolidation: Consolidation, tmp_path: Path) -> None:
    findings = consolidation.findings.copy()
    findings["severity"] = findings["severity"].cat.rename_categories({"error": "explain", "explain": "error"})
    findings.loc[0, "decision"] = "Chấp nhận"
    findings.loc[1, "explanation"] = "Đơn vị đã giải trình"
    result = dataclasses.replace(consolidation, findings=findings)
    book = openpyxl.load_workbook(write_summary(result, tmp_path / "x.xlsx"))

    assert [location for *_, location in largest(book)][:2] == ["'Lỗi và cảnh báo'!A6", "'Lỗi và cảnh báo'!A7"]

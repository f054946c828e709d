"""The draft report: the outline word for word, the figures in sentences, gaps for the rest."""

from __future__ import annotations

import datetime as dt
import re
import sys
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Mm, Pt

from pcmd_consolidate import Campaign, Consolidation, consolidate, new_campaign
from pcmd_consolidate.cli import main
from pcmd_consolidate.errors import OutputError
from pcmd_consolidate.report import write_report
from pcmd_consolidate.report.outline import outline, outline_for
from pcmd_consolidate.report.sentences import written
from tests import frames

DATA = Path(__file__).parents[1] / "data"
MEETINGS = {2021: 1_000.0, 2022: 20.0, 2023: 30.0, 2024: 40.0, 2025: 5.0}


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    return new_campaign(tmp_path_factory.mktemp("round") / "dong-nai", "Đồng Nai")


@pytest.fixture(scope="module")
def consolidation(campaign: Campaign) -> Consolidation:
    """Two communes of 95: meetings (row 4) of one, staff (row 52), spending (row 55) and a plan (row 14) of both."""
    first, second = (unit.unit_id for unit in campaign.registry.of_form("IIA")[:2])
    given: dict[tuple[str, int, int], float | None] = {(first, 4, year): n for year, n in MEETINGS.items()}
    given |= {(unit, 52, year): 3 for unit in (first, second) for year in MEETINGS}
    given |= {(unit, 55, year): 12.25 for unit in (first, second) for year in MEETINGS}
    given |= {(unit, 14, year): float(unit == first) for unit in (first, second) for year in MEETINGS}
    return consolidate(frames.returns(campaign, frames.values(campaign, "IIA", given)))


@pytest.fixture(scope="module")
def document(consolidation: Consolidation, tmp_path_factory: pytest.TempPathFactory) -> Any:
    return docx.Document(str(write_report(consolidation, tmp_path_factory.mktemp("report") / "r.docx")))


def texts(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def test_the_outline_stands_there_word_for_word_and_in_its_order(document: Any) -> None:
    wanted = [item.text for part in outline() for item in part.items]
    left = iter(texts(document))

    assert len(wanted) == 48
    assert all(text in left for text in wanted)


def test_the_outline_is_that_of_the_plan() -> None:
    """Text of Phụ lục I and Phụ lục II, taken from the plan; its lines break elsewhere."""
    plan = [(DATA / name).read_text(encoding="utf-8").split() for name in ("de_cuong_i.txt", "de_cuong_ii.txt")]

    assert [" ".join(item.text for item in part.items).split() for part in outline()] == plan


def test_another_round_is_not_told_of_the_years_of_the_plan() -> None:
    said = [item.text for part in outline_for(range(2026, 2031), dt.date(2030, 6, 30)) for item in part.items]

    assert not [text for text in said if re.search("202[1-5]|2035", text)]
    assert (
        "2. Kết quả thực hiện công tác quản lý nhà nước trong công tác phòng, chống mại dâm (Mốc thời gian số liệu "
        "thống kê từ ngày 01/01/2026 đến ngày 30/6/2030, kèm theo Biểu tổng hợp số liệu - phụ lục IA)."
    ) in said
    assert "I. TÌNH HÌNH THỰC HIỆN PHÒNG, CHỐNG MẠI DÂM GIAI ĐOẠN 2026 - 2030" in said
    assert (
        "II. BỐI CẢNH, TÌNH HÌNH MỚI VÀ NHỮNG ĐỀ XUẤT, KIẾN NGHỊ CÔNG TÁC PHÒNG, CHỐNG MẠI DÂM GIAI ĐOẠN SAU NĂM 2030"
    ) in said
    assert (
        "2. Đề xuất giải pháp, mục tiêu, nội dung của Kế hoạch phòng, chống mại dâm trong giai đoạn sau năm 2030./."
    ) in said


def test_a_round_of_one_year_names_that_year() -> None:
    said = [item.text for part in outline_for((2026,), dt.date(2026, 12, 31)) for item in part.items]

    assert "I. TÌNH HÌNH THỰC HIỆN PHÒNG, CHỐNG MẠI DÂM GIAI ĐOẠN NĂM 2026" in said


def test_every_row_of_the_outline_is_an_indicator_of_its_form(campaign: Campaign) -> None:
    for part in outline():
        asked = {row.number for row in campaign.form(part.form).indicators}
        assert {number for item in part.items for number in (*item.rows, *item.table)} <= asked


def test_a_flow_is_told_with_its_sum_half_year_and_units(document: Any) -> None:
    assert (
        "Số cuộc truyền thông, tuyên truyền về công tác phòng, chống mại dâm tại cộng đồng (cuộc) - năm 2021: 1.000; "
        "năm 2022: 20; năm 2023: 30; năm 2024: 40; 6 tháng đầu năm 2025: 5; cộng cả kỳ: 1.095 "
        "(mới có số liệu của 1/95 đơn vị)."
    ) in texts(document)


def test_a_stock_is_not_added_up(document: Any) -> None:
    assert (
        "Số cán bộ làm công tác phòng, chống mại dâm ở địa phương (người) - năm 2021: 6; năm 2022: 6; năm 2023: 6; "
        "năm 2024: 6; 6 tháng đầu năm 2025: 6 (mới có số liệu của 2/95 đơn vị)."
    ) in texts(document)


def test_yes_is_counted(document: Any) -> None:
    told = next(text for text in texts(document) if text.endswith("đơn vị).") and "kinh tế - xã hội" in text)

    assert told.startswith("Số đơn vị lồng ghép, trả lời Có: Kế hoạch phát triển kinh tế - xã hội - năm 2021: 1; ")


def test_money_stands_in_a_table_that_names_half_a_year(document: Any) -> None:
    table = next(table for table in document.tables if table.cell(1, 0).text == "Tổng kinh phí (triệu đồng)")

    assert [cell.text for cell in table.rows[0].cells] == [
        "Nội dung", "Năm 2021", "Năm 2022", "Năm 2023", "Năm 2024", "Năm 2025 (6 tháng đầu năm)", "Tổng cộng",
        "Đơn vị đã có số liệu",
    ]  # fmt: skip
    assert [cell.text for cell in table.rows[1].cells][1:] == [*["24,5"] * 5, "122,5", "2/95"]
    assert [cell.text for cell in table.rows[2].cells][1:] == [*["…"] * 6, "0/95"]


def test_2025_is_nowhere_named_as_a_full_year(document: Any) -> None:
    told = [text for text in texts(document) if "năm 2024: " in text]

    assert len(told) == 3
    assert all("; 6 tháng đầu năm 2025: " in text for text in told)
    assert not any(re.search(r"(?<!đầu )năm 2025:", text) for text in told)


def test_what_a_person_must_write_is_marked(document: Any) -> None:
    marked = [
        run.text
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if run.font.highlight_color == WD_COLOR_INDEX.YELLOW
    ]

    assert "[Nguyên nhân: cần bổ sung …]" in marked
    assert "[Tổng số người vi phạm (người): chưa có số liệu, cần bổ sung]" in marked
    assert {text for text in texts(document) if text.startswith("[")} == set(marked)


def test_the_page_is_that_of_the_decree(document: Any) -> None:
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)

    assert [round(margin / Mm(1)) for margin in margins] == [20, 20, 30, 15]
    assert (document.styles["Normal"].font.name, document.styles["Normal"].font.size) == ("Times New Roman", Pt(14))
    assert section.different_first_page_header_footer


def test_the_same_consolidation_gives_the_same_bytes(
    consolidation: Consolidation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = write_report(consolidation, tmp_path / "a.docx")
    monkeypatch.setattr("time.localtime", lambda *_: (2001, 2, 3, 4, 5, 6, 0, 1, 0))

    assert write_report(consolidation, tmp_path / "b.docx").read_bytes() == first.read_bytes()


def test_it_stands_beside_the_summary_unless_told_otherwise(consolidation: Consolidation, campaign: Campaign) -> None:
    assert write_report(consolidation) == campaign.folder / "ket-qua" / "bao-cao-tong-ket.docx"


def test_without_python_docx_it_says_what_to_install(
    consolidation: Consolidation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    monkeypatch.delitem(sys.modules, "pcmd_consolidate.report.document", raising=False)

    with pytest.raises(OutputError, match=r'pip install "pcmd-consolidate\[word\]"'):
        write_report(consolidation, tmp_path / "r.docx")
    assert not list(tmp_path.iterdir())


def test_it_is_not_written_among_the_returns(consolidation: Consolidation, campaign: Campaign) -> None:
    with pytest.raises(OutputError, match="nơi chứa các biểu đã nhận"):
        write_report(consolidation, campaign.inbox / "r.docx")


def test_the_command_writes_it(campaign: Campaign, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["report", str(campaign.folder), "--out", str(tmp_path / "r.docx")])

    assert stopped.value.code == 0
    assert f"Đã ghi dự thảo báo cáo: {tmp_path / 'r.docx'}." in capsys.readouterr().out
    assert "PHẦN B. KẾT QUẢ CỦA CẤP XÃ" in texts(docx.Document(str(tmp_path / "r.docx")))


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (1_234_567, "1.234.567"), (0.5, "0,5"), (1_234.125, "1.234,125")]
)
def test_numbers_are_written_as_an_official_writes_them(value: float, text: str) -> None:
    assert written(value) == text

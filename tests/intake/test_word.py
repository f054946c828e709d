"""Word documents: every table is a grid, read as a person reads it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from pcmd_consolidate import Campaign, new_campaign, read_returns
from pcmd_consolidate.intake import guard, word_tables
from pcmd_consolidate.intake.formats import read_sheets
from pcmd_consolidate.intake.grid import Cell, Format, Grid, UnreadableError
from tests.intake.word_book import add_table, content, document, grids, saved


def test_each_table_is_a_grid_and_the_texts_before_it_its_title() -> None:
    made = document("UBND XÃ LỘC THÀNH", "", "Phụ lục IIA")
    add_table(made, [["Nội dung", "Năm 2021"], ["Số vụ", 12]])

    (grid,) = grids(made)

    assert grid == Grid(
        "Bảng 1", True, (("Nội dung", "Năm 2021"), ("Số vụ", 12)), (), ("UBND XÃ LỘC THÀNH", "Phụ lục IIA")
    )


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("12", 12),
        (" 7\n", 7),
        ("1.250", "1.250"),
        ("350,5", "350,5"),
        ("Có", "Có"),
        ("", None),
        ("05", "05"),
        ("-", "-"),
    ],
)
def test_only_plain_whole_numbers_are_numbers(text: str, cell: Cell) -> None:
    made = document()
    add_table(made, [[text, "x"]])

    assert grids(made)[0].rows[0][0] == cell


def test_merged_cells() -> None:
    made = document()
    rows: list[list[Cell]] = [
        ["Nội dung", "Kết quả", None, None],
        [None, 2021, 2022, 2023],
        ["Số vụ", 5, None, 7],
        ["Số người", None, 1, 2],
    ]
    add_table(made, rows, [(0, 0, 1, 0), (0, 1, 0, 3), (2, 1, 3, 1)])

    (grid,) = grids(made)

    assert grid.rows == tuple(tuple(row) for row in rows)
    assert set(grid.merged) == {(0, 0, 1, 0), (0, 1, 0, 3), (2, 1, 3, 1)}


def test_columns_that_only_moved_borders_made_are_left_out() -> None:
    made = document()
    add_table(made, [["a", None, "b"], ["c", None, 1]], [(0, 0, 0, 1), (1, 0, 1, 1)])

    (grid,) = grids(made)

    assert (grid.rows, grid.merged) == ((("a", "b"), ("c", 1)), ())


def test_the_letterhead_is_often_a_table_of_its_own() -> None:
    made = document()
    add_table(
        made, [["ỦY BAN NHÂN DÂN\nXÃ LỘC THÀNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"]]
    )
    made.add_paragraph("Phụ lục IIA")
    add_table(made, [["x", 1]] * 9)
    add_table(made, [["Nơi nhận: UBND xã Phú Trung", "TM. UBND"]])
    add_table(made, [["ỦY BAN NHÂN DÂN XÃ TÂN QUAN", "Độc lập – Tự do – Hạnh phúc"]])
    add_table(made, [["x", 1]] * 9)

    titles = [grid.title for grid in grids(made)]

    assert titles[1][0].startswith("ỦY BAN NHÂN DÂN XÃ LỘC THÀNH")
    assert titles[1][-1] == "Phụ lục IIA"
    assert titles[4] == ("ỦY BAN NHÂN DÂN XÃ TÂN QUAN", "Độc lập – Tự do – Hạnh phúc")


def test_a_long_report_before_the_table_is_no_title() -> None:
    made = document("UBND XÃ LỘC THÀNH", *(f"Điểm {i}: xã Phú Trung" for i in range(100)), "dài " * 100, "PHỤ LỤC IIA")
    add_table(made, [["x", 1]])

    (grid,) = grids(made)

    assert (grid.title[0], grid.title[-1], len(grid.title)) == ("UBND XÃ LỘC THÀNH", "PHỤ LỤC IIA", 25)


def test_a_table_inside_a_cell_is_a_grid_of_its_own() -> None:
    made = document()
    outer = add_table(made, [["ngoài", ""]])
    inner = outer.cell(0, 1).add_table(2, 1)
    inner.cell(0, 0).text, inner.cell(1, 0).text = "trong", "5"

    assert [grid.rows for grid in grids(made)] == [(("ngoài", None),), (("trong",), (5,))]


# ---- what is not read -----------------------------------------------------------------------------------------------


def test_without_python_docx_the_finding_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(guard, "is_available", lambda: False)
    path = saved(document("UBND xã Lộc Thành"), tmp_path / "bieu.docx")

    opened = guard.open_file(path)

    assert opened.format is None
    assert opened.finding is not None
    assert opened.finding.rule == "H11"
    assert "pip install 'pcmd-consolidate[word]'" in opened.finding.message
    assert "Excel" in opened.finding.message


def test_it_is_installed_here() -> None:
    assert word_tables.is_available()


def without_part(part: str) -> bytes:
    made = document("x")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content(made))) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            if name != part:
                target.writestr(name, source.read(name))
    return out.getvalue()


def with_document(xml: bytes) -> bytes:
    out = io.BytesIO(without_part("word/document.xml"))
    with zipfile.ZipFile(out, "a") as target:
        target.writestr("word/document.xml", xml)
    return out.getvalue()


def with_false_size() -> bytes:
    """The directory says one byte; the part inflates to a million."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("[Content_Types].xml", "<Types/>")
        target.writestr("word/document.xml", bytes(1_000_000))
        target.infolist()[1].file_size = 1
    return out.getvalue()


@pytest.mark.parametrize(
    "broken",
    [
        without_part("_rels/.rels"),
        without_part("[Content_Types].xml"),
        with_document(b"<w:p"),
        with_document(b""),
        with_false_size(),
    ],
)
def test_broken_documents(broken: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_sheets(broken, Format.DOCX)


def test_a_document_with_entities_is_not_opened() -> None:
    bomb = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    body = (
        f"<w:document {nsdecls('w')}><w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:tc></w:tr>"
        "</w:tbl></w:body></w:document>"
    ).encode()

    with pytest.raises(UnreadableError, match="DTD"):
        read_sheets(with_document(bomb + body), Format.DOCX)


# ---- a whole return -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    return new_campaign(tmp_path_factory.mktemp("dong-nai"), "Đồng Nai")


def test_a_report_with_the_annex_at_its_end(campaign: Campaign, tmp_path: Path) -> None:
    form = campaign.form("IIA")
    made = document()
    add_table(
        made, [["ỦY BAN NHÂN DÂN\nPHƯỜNG TRẤN BIÊN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"]]
    )
    for number in range(30):
        made.add_paragraph(f"{number}. Phối hợp với xã Phú Trung và phường Long Bình tổ chức kiểm tra. " * 5)
    made.add_paragraph("PHỤ LỤC IIA").runs[0].font.size = Pt(14)
    rows: list[list[object]] = [["Nội dung", "Đơn vị tính", *(f"Năm {year}" for year in form.years)]]
    rows += [[r.label, r.unit_of_measure, *([0] * 5 if r.is_indicator else [None] * 5)] for r in form.rows]
    add_table(made, rows)
    saved(made, tmp_path / "bao cao.docx")

    returns = read_returns(campaign, tmp_path)

    assert set(returns.values["unit"]) == {"Phường Trấn Biên"}
    assert set(returns.values["sheet"]) == {"Bảng 2"}
    assert (returns.values["value"] == 0).all()
    assert returns.values["cell"].iloc[0] == "C3"
    assert returns.findings.empty

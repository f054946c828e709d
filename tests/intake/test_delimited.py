"""Text with separators: CSV, TSV and the like become a grid."""

from __future__ import annotations

import pytest

from pcmd_consolidate.intake.delimited import read_delimited
from pcmd_consolidate.intake.formats import misnamed, read_sheets
from pcmd_consolidate.intake.grid import Cell, Format, UnreadableError
from pcmd_consolidate.intake.guard import inspect

HEADER = ("Nội dung", "Đơn vị tính", "Năm 2021", "Năm 2022")
LINES = (
    ("Số cuộc truyền thông, tuyên truyền", "Cuộc", 12, 7),
    ("Số người; lượt người", "Người", "1.250", None),
    ("Kinh phí", "Triệu đồng", "350,5", 0),
)


def rows(text: str) -> list[tuple[Cell, ...]]:
    (grid,) = read_delimited(text)
    return list(grid.rows)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_separator_is_found(delimiter: str, end: str) -> None:
    quoted = [["" if c is None else f'"{c}"' if isinstance(c, str) else str(c) for c in line] for line in LINES]
    text = end.join(delimiter.join(line) for line in (HEADER, *quoted))

    assert rows(text) == [HEADER, *LINES]


def test_commas_in_labels_and_figures_do_not_separate_where_semicolons_do() -> None:
    text = "Nội dung;ĐVT;2021;2022\nSố cuộc, lượt, buổi;Cuộc;12,5;1.250\nSố vụ, việc;Vụ;3;4\n"

    assert rows(text)[1:] == [("Số cuộc, lượt, buổi", "Cuộc", "12,5", "1.250"), ("Số vụ, việc", "Vụ", 3, 4)]


def test_a_separator_that_is_named_is_used() -> None:
    assert rows("sep=;\r\na;1\r\n") == [("a", 1)]


def test_cells_over_several_lines_stay_one_cell() -> None:
    assert rows('"Nội dung\nchi tiêu";2021\nx;5\n') == [("Nội dung\nchi tiêu", 2021), ("x", 5)]


def test_short_rows_end_with_empty_cells() -> None:
    assert rows("UBND xã Lộc Thành\na,b,c\n1,2,3\n4\n")[0] == ("UBND xã Lộc Thành", None, None)


@pytest.mark.parametrize(
    "line",
    [
        "Kinh phí,350,5,120,25",  # a comma before decimals shifts all figures after it
        "Kinh phí,350,5",  # the last years left blank, and their commas
        "Số người, lượt người,4,5",  # a comma in the label, the last year left blank
        "Số người, lượt người,4,5,6",
    ],
)
def test_a_row_whose_cells_do_not_fit_the_header_is_not_taken_apart(line: str) -> None:
    header = "Nội dung,Năm 2021,Năm 2022,Năm 2023"

    (grid,) = read_delimited(f"UBND xã\n{header}\nSố vụ,1,2,3\n{line}\nSố người,4,5,6\nSố người bị phạt,7,8,9\n")

    assert grid.rows[3] == (" ".join(line.split(",")).strip(), None, None, None)
    assert [(f.rule, f.cell, f.raw) for f in grid.findings] == [("H17", "A4", " | ".join(line.split(",")))]


def test_indented_labels_in_a_file_that_a_program_wrote() -> None:
    (grid,) = read_delimited("STT,Nội dung,2021,2022\n1, Số vụ,1,2\n2,Số người,,3\n")

    assert grid.rows[1] == (1, "Số vụ", 1, 2)
    assert grid.findings == ()


@pytest.mark.parametrize("line", ["Số người;4;5", "Kinh phí;350,5;1;", "Số người, lượt người;4;5;6"])
def test_rows_that_semicolons_separate_may_be_shorter(line: str) -> None:
    (grid,) = read_delimited(f"Nội dung;2021;2022;2023\nSố vụ;1;2;3\n{line}\nx;1;2;3\n")

    assert grid.rows[2][0] == line.split(";")[0]
    assert grid.findings == ()


def test_words_after_the_last_column_are_kept_with_their_row() -> None:
    (grid,) = read_delimited("UBND xã, ngày 2, tháng 8, năm, 2025, x\na,2021,2022\nb,1,2\nc,3,4\n")

    assert grid.rows[0][0] == "UBND xã  ngày 2  tháng 8  năm  2025  x"
    assert grid.findings == ()


def test_a_column_of_notes_that_only_the_header_and_some_rows_have() -> None:
    (grid,) = read_delimited("ND,2021,2022,Ghi chú\na,1,2\nb,3,4,đã rà\nc,5,6\nd,7,8\n")

    assert grid.rows[2] == ("b", 3, 4, "đã rà")
    assert grid.findings == ()


def test_empty_cells_beyond_the_table_are_nothing() -> None:
    assert rows("a;2021;2022\nTrong đó;;;;;\nc;3;4\n")[1] == ("Trong đó", None, None)


@pytest.mark.parametrize("text", ["", "\n", "Kính gửi Sở Y tế\nBáo cáo\n"])
def test_text_without_separators_is_one_column(text: str) -> None:
    assert all(len(row) == 1 for row in rows(text))


@pytest.mark.parametrize("text", ['a,"' + "x" * 200_000, "a," * 1000 + "\n" + "\n" * 3000])
def test_what_cannot_be_taken_apart(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_delimited(text)


@pytest.mark.parametrize(
    "content",
    [
        "Xã Lộc Thành;2021\nb;1".encode(),
        "Xã Lộc Thành;2021\nb;1".encode("utf-8-sig"),
        "Xã Lộc Thành;2021\nb;1".encode("utf-16"),
        "Xã Lộc Thành;2021\nb;1".encode("utf-16-le"),
        "Xã Lộc Thành;2021\nb;1".encode("utf-16-be"),
        "Xa\u0303 Lô\u0323c Tha\u0300nh;2021\nb;1".encode("cp1258"),
        "Xa\u0303 Lô\u0323c Tha\u0300nh;2021\nb;1".encode("utf-8"),
        "Xã Lộc Thành;2021\r\nb;1\r\n\x1a".encode(),
    ],
)
def test_encodings(content: bytes) -> None:
    assert inspect(content, "bieu.csv").format is Format.TEXT

    (grid,) = read_sheets(content, Format.TEXT)

    assert grid.rows == (("Xã Lộc Thành", 2021), ("b", 1))


def test_text_named_as_a_workbook_is_said_to_be_text() -> None:
    assert [misnamed(name, Format.TEXT) is None for name in ("a.csv", "a.TSV", "a.txt", "a.xls", "a.xlsx", "a")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip

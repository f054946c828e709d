"""Web pages saved as Excel: tables of HTML become grids."""

from __future__ import annotations

import time

import pytest

from pcmd_consolidate.findings import Finding
from pcmd_consolidate.intake.formats import misnamed, read_sheets
from pcmd_consolidate.intake.grid import Cell, Format, Grid, UnreadableError
from pcmd_consolidate.intake.guard import inspect
from pcmd_consolidate.intake.html_tables import read_html


def rows(page: str) -> list[list[Cell]]:
    (grid,) = read_html(page)
    return [list(row) for row in grid.rows]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<table><tr><td>a</td><td>b</td></tr><tr><th>1</th><td>2</td></tr></table>", [["a", "b"], [1, 2]]),
        ("<table><tr><td>a<td>b<tr><td>1<td>2", [["a", "b"], [1, 2]]),
        ("<TABLE><THEAD><TR><TH>a</TH></TR></THEAD><TBODY><TR><TD>1</TD></TR></TBODY></TABLE>", [["a"], [1]]),
        ("<table><td>a<td>1</table>", [["a", 1]]),
        ("<table><tr><td>a</td></tr><tr></tr><tr><td>1</td></tr></table>", [["a"], [None], [1]]),
        ("<table><tr><td> Số\n  cuộc&nbsp;&gt;5<br>một<b> năm</b> </td></tr></table>", [["Số cuộc\xa0>5\nmột năm"]]),
        ("<table><tr><td><p>Nội dung</p><p>chi tiêu</p></td></tr></table>", [["Nội dung\nchi tiêu"]]),
        ("<table><tr><td>&nbsp;</td><td><br></td><td>0</td></tr></table>", [[None, None, 0]]),
        ("<table><tr><td>12<script>alert(9)</script><style>a{}</style></td></tr></table>", [[12]]),
        ("<table><tr><td><!-- 9 -->7<comment>ghi chú 5</comment></td></tr></table>", [[7]]),
    ],
)  # fmt: skip
def test_cells(page: str, expected: list[list[Cell]]) -> None:
    assert rows(page) == expected


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("12", 12), ("0", 0), ("-3", -3), (" 7 ", 7), ("&nbsp;7&nbsp;", 7),
        ("1.250", "1.250"), ("1,5", "1,5"), ("05", "05"), ("12.", "12."), ("1e3", "1e3"), ("+5", "+5"),
        ("１２", "１２"), ("12%", "12%"), ("(1)", "(1)"), ("9" * 16, "9" * 16), ("", None),
    ],
)  # fmt: skip
def test_only_plain_whole_numbers_are_numbers(text: str, cell: Cell) -> None:
    assert rows(f"<table><tr><td>{text}</td></tr></table>") == [[cell]]


def test_what_is_struck_out_or_raised_is_no_part_of_a_figure() -> None:
    page = "<table><tr><td><s>12</s> 15</td><td>12<sup>1</sup></td><td><del>3</del><strike></strike></td></tr></table>"

    assert rows(page) == [["[gạch bỏ: 12] 15", "12¹", "[gạch bỏ: 3]"]]


def test_spans_are_merged_areas() -> None:
    (grid,) = read_html(
        "<table><tr><td rowspan=2>Nội dung</td><td colspan='3'>Kết quả</td></tr>"
        "<tr><td>2021</td><td>2022</td><td>2023</td></tr><tr><td>Số vụ</td><td colspan=2>5</td><td>7</td></tr></table>"
    )

    assert grid.rows == (("Nội dung", "Kết quả", None, None), (None, 2021, 2022, 2023), ("Số vụ", 5, None, 7))
    assert grid.merged == ((0, 0, 1, 0), (0, 1, 0, 3), (2, 1, 2, 2))


@pytest.mark.parametrize("span", ["rowspan=0", "rowspan=99999999999", "rowspan=9"])
def test_a_span_ends_with_its_table(span: str) -> None:
    (grid,) = read_html(f"<table><tr><td {span}>a</td><td>1</td></tr><tr><td>2</td></tr></table>")

    assert grid.rows == (("a", 1), (None, 2))
    assert grid.merged == ((0, 0, 1, 0),)


def test_texts_before_a_table_are_its_title() -> None:
    first, second = read_html(
        "<html><head><title>Trang</title></head><body><h3>UBND xã Lộc Thành</h3><p>Phụ lục <b>IIA</b></p>"
        + table(9)
        + "<p>UBND xã Phú Trung</p>" + table(9)
    )  # fmt: skip

    assert (first.sheet, first.title) == ("Bảng 1", ("UBND xã Lộc Thành", "Phụ lục IIA"))
    assert (second.sheet, second.title) == ("Bảng 2", ("UBND xã Phú Trung",))


def table(height: int) -> str:
    return "<table>" + "<tr><td>a</td><td>1</td></tr>" * height + "</table>"


def test_a_table_for_layout_gives_its_texts_to_the_table_inside() -> None:
    outer, inner = read_html(f"<table><tr><td>UBND xã Lộc Thành</td></tr><tr><td>{table(9)}</td></tr></table>")

    assert outer.rows == (("UBND xã Lộc Thành",), (None,))
    assert len(inner.rows) == 9
    assert inner.title == ("UBND xã Lộc Thành",)


@pytest.mark.parametrize("page", ["", "<html></html>", "<p>Kính gửi</p>"])
def test_a_page_without_tables_has_no_grids(page: str) -> None:
    assert read_html(page) == ()


@pytest.mark.parametrize(
    "content",
    [
        "<html><body><table><tr><td>Xã Lộc Thành</td></tr></table>".encode(),
        "<meta charset=utf-8><table><tr><td>Xã Lộc Thành</td></tr></table>".encode("utf-8-sig"),
        "<html><table><tr><td>Xã Lộc Thành</td></tr></table>".encode("utf-16"),
        "<table><tr><td>Xã Lộc Thành</td></tr></table>".encode("utf-16-be"),
        "<html><table><tr><td>Xa\u0303 Lô\u0323c Tha\u0300nh</td></tr></table>".encode("cp1258"),
        "<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml'><table><tr>"
        "<td>Xã Lộc Thành</td></tr></table></html>".encode(),
        b"<!-- Excel --><TABLE><TR><TD>X&#227; L&#7897;c Th&agrave;nh</TD></TR></TABLE>",
    ],
)
def test_encodings_of_a_page(content: bytes) -> None:
    opened = inspect(content, "bieu.xls")

    assert opened.format is Format.HTML
    assert cells(read_sheets(content, Format.HTML)) == ["Xã Lộc Thành"]


def cells(grids: tuple[Grid, ...]) -> list[Cell]:
    return [cell for grid in grids for row in grid.rows for cell in row]


def test_a_page_in_an_old_font() -> None:
    content = "<table><tr><td>Sè ng­êi b¸n d©m</td><td>Kh«ng</td></tr></table>".encode("cp1252")

    assert cells(read_sheets(content, Format.HTML)) == ["Số người bán dâm", "Không"]


def test_a_page_named_as_a_workbook_is_said_to_be_one() -> None:
    found = misnamed("thu/bieu.xls", Format.HTML)

    assert isinstance(found, Finding)
    assert (found.rule, "«.xls»" in found.message, "HTML" in found.message) == ("H12", True, True)
    assert misnamed("bieu.HTM", Format.HTML) is None


N = 100_000
TRICKS = {
    "unfinished tags": "<a " * N, "unfinished comments": "<!--" * N, "unclosed quotes": "<a b='" * N,
    "angle brackets": "<" * N, "ampersands": "&" * N, "deep tables": "<table><tr><td>" * N, "deep": "<div>" * N,
    "scripts": "<script></" * N,
}  # fmt: skip


@pytest.mark.parametrize("page", TRICKS.values(), ids=TRICKS)
def test_a_broken_page_costs_little_time(page: str) -> None:
    began = time.monotonic()
    read_html("<table><tr><td>1</td></tr></table>" + page)

    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "page",
    [
        "<table>" + "<tr><td rowspan=60000 colspan=1000>x" * 2000,
        "<table><tr>" + "<td colspan=1000>1" * 3000,
        "<table><tr><td>" + "<tr><td>1" * 3000 + "<tr><td colspan=1000>1" * 2,
    ],
)
def test_spans_that_make_a_table_huge_are_refused(page: str) -> None:
    with pytest.raises(UnreadableError):
        read_html(page)


def test_pages_that_are_too_long_are_not_opened() -> None:
    opened = inspect(b"<table><tr><td>" + b"1" * 5_000_000)

    assert opened.format is None
    assert opened.finding is not None
    assert opened.finding.rule == "H04"


SEEN = "<tr><td>Nội dung</td><td>2021</td><td>2022</td></tr>"


@pytest.mark.parametrize(
    "row",
    [
        "<tr style='display:none'>{}</tr>", "<tr height=0 style='mso-height-source:userset;DISPLAY : NONE'>{}</tr>",
        "<tr hidden>{}</tr>", "<tr style=visibility:collapse>{}</tr>", "<tr class='a cat'>{}</tr>",
        "<tbody style='display:none'><tr>{}</tr></tbody>", "<tr style='mso-hide:all'>{}</tr>",
    ],
)  # fmt: skip
def test_hidden_rows_keep_their_place(row: str) -> None:
    style = "<style><!-- td {color:red} table .cat, .khac {display:none} --></style>"
    cells = "<td>Số vụ</td><td>5</td><td>6</td>"
    (grid,) = read_html(f"{style}<table>{SEEN}{row.format(cells)}</table>")

    assert grid.rows == (("Nội dung", 2021, 2022), ("Số vụ", 5, 6))
    assert grid.remarks.hidden_rows == {1}
    assert grid.findings == ()


@pytest.mark.parametrize(
    "page",
    [
        f"<table><col><col style='display:none' width=0><col>{SEEN}<tr><td>Số vụ<td>5<td>6</table>",
        f"<table><colgroup><col></colgroup><colgroup span=1 hidden></colgroup>{SEEN}<tr><td>Số vụ<td>5<td>6</table>",
        "<table><tr><td>Nội dung<td style='display:none'>2021<td>2022"
        "<tr><td>Số vụ<td hidden>5<td>6<tr><td colspan=3>Hết</table>",
    ],
)
def test_hidden_columns_keep_their_place(page: str) -> None:
    (grid,) = read_html(page)

    assert grid.rows[:2] == (("Nội dung", 2021, 2022), ("Số vụ", 5, 6))
    assert grid.remarks.hidden_columns == {1}
    assert grid.findings == ()


@pytest.mark.parametrize(
    ("cell", "value"),
    [("<td style='visibility:hidden'>5</td>", 5), ("<td>1<span style='display:none'>2</span></td>", 12)],
)
def test_hidden_words_are_told(cell: str, value: int) -> None:
    (grid,) = read_html(f"<table>{SEEN}<tr><td>Số vụ</td>{cell}<td>6</td></tr></table>")

    assert grid.rows[1] == ("Số vụ", value, 6)
    assert grid.remarks.cells == {(1, 1): "E07"}


def test_a_row_that_a_hidden_cell_may_have_shifted_is_not_read() -> None:
    (grid,) = read_html(
        f"<table>{SEEN}<tr><td>Số vụ</td><td style='display:none'>9</td><td>5</td><td>6</td></tr>"
        "<tr><td>Số người</td><td>7</td><td>8</td></tr></table>"
    )

    assert grid.rows[1:] == (("Số vụ | 9 | 5 | 6", None, None), ("Số người", 7, 8))
    assert [(f.rule, f.cell, f.raw) for f in grid.findings] == [("H17", "A2", "Số vụ | 9 | 5 | 6")]


def test_a_hidden_table_is_a_hidden_sheet() -> None:
    shown, hidden = read_html(f"<table>{SEEN}</table><div style='display:none'><table>{SEEN}</table></div>")

    assert (shown.visible, hidden.visible) == (True, False)

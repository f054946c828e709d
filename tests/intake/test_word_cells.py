"""What a person reads in a cell of a Word table: changes, strokes, boxes and signs, not only its runs."""

from __future__ import annotations

from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from pcmd_consolidate.intake.grid import Cell
from tests.intake.word_book import add_table, document, grids

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def cell_with(xml: str) -> Cell:
    """A cell that holds a paragraph with this inside."""
    made = document()
    table = add_table(made, [["", "x"]])
    paragraph: Any = parse_xml(f"<w:p {nsdecls('w')} {W14}>{xml}</w:p>")
    cell: Any = table.cell(0, 0)._tc
    cell.replace(cell.p_lst[0], paragraph)
    return grids(made)[0].rows[0][0]


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


TICKED = (
    '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{}"/></w14:checkbox></w:sdtPr>'
    "<w:sdtContent>{}</w:sdtContent></w:sdt>"
)
OLD_TICKED = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{}</w:checkBox></w:ffData></w:fldChar></w:r>'
CHANGED = 'w:id="1" w:author="a" w:date="2025-08-01T00:00:00Z"'


@pytest.mark.parametrize(
    ("xml", "cell"),
    [
        (run("1") + run("2"), 12),
        (f"<w:ins {CHANGED}>{run('1')}</w:ins>" + run("2"), 12),
        (f"<w:del {CHANGED}><w:r><w:delText>9</w:delText></w:r></w:del>" + run("2"), 2),
        (f"<w:moveFrom {CHANGED}>{run('9')}</w:moveFrom>" + run("2"), 2),
        (run("12", "<w:strike/>") + run("15"), "[gạch bỏ: 12]15"),
        (run("12", "<w:dstrike/>"), "[gạch bỏ: 12]"),
        (run("12", '<w:strike w:val="0"/>'), 12),
        (run("12") + run("1", '<w:vertAlign w:val="superscript"/>'), "12¹"),
        (run("9", "<w:vanish/>") + run("2"), 2),
        ("<w:hyperlink>" + run("12") + "</w:hyperlink>", 12),
        ('<w:fldSimple w:instr="=SUM(ABOVE)">' + run("12") + "</w:fldSimple>", 12),
        ("<w:r><w:instrText>=SUM(ABOVE)</w:instrText></w:r>" + run("12"), 12),
        ("<w:sdt><w:sdtContent>" + run("Có") + "</w:sdtContent></w:sdt>", "Có"),
        (TICKED.format(1, run("☒")), "☑"),
        (TICKED.format(0, run("☐")), "☐"),
        (OLD_TICKED.format("<w:checked/>"), "☑"),
        (OLD_TICKED.format('<w:default w:val="0"/>'), "☐"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "✓"),
        ('<w:r><w:sym w:font="Webdings" w:char="F021"/></w:r>', "[ký hiệu]"),
        ("<w:r><w:t>5</w:t><w:noBreakHyphen/><w:t>7</w:t></w:r>", "5-7"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/></w:r>", "a\nb"),
    ],
)  # fmt: skip
def test_a_cell_says_what_a_person_reads(xml: str, cell: Cell) -> None:
    assert cell_with(xml) == cell


def test_a_check_box_around_a_whole_cell() -> None:
    made = document()
    table = add_table(made, [["", "x"]])
    cell: Any = table.cell(0, 0)._tc
    wrapper: Any = parse_xml(TICKED.format(1, "").replace("<w:sdt>", f"<w:sdt {nsdecls('w')} {W14}>"))
    cell.addprevious(wrapper)
    wrapper[-1].append(cell)
    table_text = parse_xml(f"<w:p {nsdecls('w')}>{run('☒')}</w:p>")
    cell.replace(cell.p_lst[0], table_text)

    assert grids(made)[0].rows == (("☑", "x"),)


def test_an_old_font_loses_a_letter_to_soft_hyphens() -> None:
    made = document()
    table = add_table(made, [["", "Kh«ng"]])
    paragraph: Any = parse_xml(
        f"<w:p {nsdecls('w')}><w:r><w:t>Sè ng</w:t><w:softHyphen/><w:t>êi b¸n d©m</w:t></w:r></w:p>"
    )
    cell: Any = table.cell(0, 0)._tc
    cell.replace(cell.p_lst[0], paragraph)

    (grid,) = grids(made)

    assert grid.rows == (("Số người bán dâm", "Không"),)


def test_tracked_changes_are_said() -> None:
    made = document()
    table = add_table(made, [["a", 1], ["b", 2], ["c", 3]])
    row: Any = table.rows[1]._tr
    row.get_or_add_trPr().append(parse_xml(f"<w:del {nsdecls('w')} {CHANGED}/>"))

    (grid,) = grids(made)

    assert grid.rows == (("a", 1), ("c", 3))
    assert [f.rule for f in grid.findings] == ["H16"]


def test_rows_in_content_controls_are_rows() -> None:
    made = document()
    table = add_table(made, [["a", 1], ["b", 2]])
    row: Any = table.rows[1]._tr
    wrapper: Any = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
    row.addprevious(wrapper)
    wrapper[0].append(row)

    assert grids(made)[0].rows == (("a", 1), ("b", 2))


def test_a_row_that_lost_a_cell_is_not_taken_apart() -> None:
    """Word moves the other cells to the left: figures stand under other years than they were typed for."""
    made = document()
    table = add_table(made, [["a", 2021, 2022, 2023], ["x", 1, 2, 3], ["y", 4, 5, 6], ["z", "", "", ""]])
    for number in (2, 3):
        row: Any = table.rows[number]._tr
        row.remove(row.tc_lst[1])

    (grid,) = grids(made)

    assert grid.rows[1:] == (("x", 1, 2, 3), ("y 5 6", None, None, None), ("z", None, None, None))
    assert [(f.rule, f.cell, f.raw) for f in grid.findings] == [("H17", "A3", "y | 5 | 6")]


def test_a_row_that_begins_further_right() -> None:
    made = document()
    table = add_table(made, [["a", "b", "c"], ["x", "y", "z"]])
    row: Any = table.rows[1]._tr
    row.remove(row.tc_lst[0])
    row.get_or_add_trPr().append(parse_xml(f'<w:gridBefore {nsdecls("w")} w:val="1"/>'))

    assert grids(made)[0].rows == (("a", "b", "c"), (None, "y", "z"))

"""The pattern and an XML parser find the same cells in a sheet, or the pattern leaves the sheet to the parser."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from pcmd_consolidate.intake.package import RefusedError
from pcmd_consolidate.intake.usual_cells import Raw, usual_cells
from tests.libreoffice import convert

NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def by_openpyxl(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["B2"], sheet["D2"], sheet["A7"], sheet["AB7"] = 12, 'tên "A" & <B>', "=SUM(B2:B6)", True
    sheet["C9"] = 1.5
    sheet["C9"].number_format = "0.0"
    sheet.row_dimensions[9].hidden = True
    book.save(path)


def by_xlsxwriter(path: Path) -> None:
    with xlsxwriter.Workbook(path, {"in_memory": True}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.write("B2", 12)
        sheet.write("D2", "chữ", bold)
        sheet.write_blank("E2", None, bold)
        sheet.write_formula("A7", '=IF(B2<3,"<","&")', bold, "nhỏ")
        sheet.write_boolean("AB7", True)
        sheet.set_row(8, 20, None, {"hidden": True})
        sheet.write("C9", 1.5)


def by_libreoffice(path: Path) -> None:
    source = path.with_name("nguon.xlsx")
    by_openpyxl(source)
    convert([source], "xlsx", path.parent / "lo")
    (path.parent / "lo" / source.name).replace(path)


def sheet_of(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read("xl/worksheets/sheet1.xml")


def parsed(data: bytes) -> dict[str, tuple[str, str | None, str | None]]:
    """Kind, value and formula of each cell that holds something, by an XML parser of another make."""
    cells = {}
    for cell in ElementTree.fromstring(data).iter(f"{NAMESPACE}c"):
        value, formula = cell.find(f"{NAMESPACE}v"), cell.find(f"{NAMESPACE}f")
        if (value is not None and value.text) or formula is not None or cell.find(f"{NAMESPACE}is") is not None:
            shown = None if formula is None else formula.text or ""
            cells[cell.attrib["r"]] = (cell.get("t", "n"), None if value is None else value.text, shown)
    return cells


def name(at: tuple[int, int]) -> str:
    return f"{openpyxl.utils.get_column_letter(at[1] + 1)}{at[0] + 1}"


@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter, by_libreoffice])
def test_cells_as_an_xml_parser_finds_them(write: Callable[[Path], None], tmp_path: Path) -> None:
    write(tmp_path / "bang.xlsx")
    data = sheet_of(tmp_path / "bang.xlsx")
    inside = data.partition(b"<sheetData>")[2].partition(b"</sheetData>")[0]
    usual = usual_cells(inside)
    assert usual is not None
    hidden, cells = usual
    assert hidden == {8}
    found = {name(at): (raw.kind, raw.value, raw.formula) for at, raw in cells.items()}
    wanted = parsed(data)
    assert found.keys() == wanted.keys() == {"B2", "D2", "A7", "AB7", "C9"}
    unescaped = {
        at: (kind, value, wanted[at][2] if formula else formula) for at, (kind, value, formula) in found.items()
    }
    assert unescaped == wanted


ROW = b'<row r="2"><c r="A2"><v>1</v></c><c r="B2" s="3"/><c r="C2"><v>5</v></c></row>'


def test_pieces_are_put_together_in_their_order() -> None:
    following = b'<row r="3" hidden="1"/><row r="5" spans="1:3"><c r="B5" s="4" t="s"><v>7</v></c></row>'
    assert usual_cells(ROW + following) == (
        frozenset({2}),
        {
            (1, 0): Raw("n", 0, "1", None),
            (1, 2): Raw("n", 0, "5", None),
            (4, 1): Raw("s", 4, "7", None),
        },
    )


def test_nothing_at_all() -> None:
    assert usual_cells(b"") == (frozenset(), {})


@pytest.mark.parametrize(
    "inside",
    [
        ROW.replace(b'<c r="C2">', b'<c r="B2">'),
        ROW.replace(b'<c r="C2">', b'<c r="A2">'),
        ROW.replace(b'<c r="C2">', b'<c r="C3">'),
        ROW.replace(b'<c r="A2">', b'<c r="A1">'),
        ROW.replace(b'<c r="C2">', b'<c r="XFE2">'),
        ROW + ROW,
        ROW + b"</row>",
        b'<c r="A1"><v>1</v></c>',
        b'<row r="0"></row>',
        b'<row r="2"/><c r="A2"><v>1</v></c>',
        b'<row r="1048577"></row>',
    ],
)
def test_cells_that_are_not_where_they_say_are_refused(inside: bytes) -> None:
    with pytest.raises(RefusedError):
        usual_cells(inside)
    usual_cells(ROW)
    with pytest.raises(RefusedError):
        usual_cells(inside)


@pytest.mark.parametrize(
    "inside",
    [
        ROW.replace(b"<v>5</v>", b"<v>5</v><v>6</v>"),
        ROW.replace(b"<v>5</v>", b"<!-- 6 --><v>5</v>"),
        ROW.replace(b"<v>5</v>", b"<v>&#53;</v>"),
        ROW.replace(b"<v>5</v>", b"<x:v>5</x:v>"),
        ROW.replace(b"</c></row>", b"</c>6</row>"),
        ROW.replace(b"</c></row>", b"</c></c></row>"),
        ROW.replace(b'<c r="C2">', b"<c>"),
        ROW.replace(b'<c r="C2">', b"<c r='C2'>"),
        b"\n" + ROW,
    ],
)
def test_another_dialect_is_left_to_the_parser(inside: bytes) -> None:
    assert usual_cells(inside) is None
    usual_cells(ROW)
    assert usual_cells(inside) is None


@given(st.lists(st.tuples(st.integers(1, 30), st.lists(st.tuples(st.integers(0, 99), st.booleans()), max_size=8))))
def test_every_value_comes_out_where_it_was_put(rows: list[tuple[int, list[tuple[int, bool]]]]) -> None:
    written, wanted, at = b"", {}, 0
    for step, cells in rows:
        at += step
        written += b'<row r="%d">' % at
        for column, (value, empty) in enumerate(cells):
            place = b'r="%c%d"' % (65 + column, at)
            written += b"<c %b/>" % place if empty else b"<c %b><v>%d</v></c>" % (place, value)
            if not empty:
                wanted[at - 1, column] = Raw("n", 0, str(value), None)
        written += b"</row>"
    assert usual_cells(written) == (frozenset(), wanted)


FILLINGS = st.sampled_from(
    (b"/>", b"><v>1</v></c>", b"><v>27</v></c>", b' t="s"><v>3</v></c>', b"><f>1+1</f><v>2</v></c>")
)
HEIGHT, WIDTH = 4, 3


@given(
    st.lists(st.lists(FILLINGS, min_size=HEIGHT * WIDTH, max_size=HEIGHT * WIDTH), min_size=2, max_size=4),
    st.integers(0, HEIGHT),
)
def test_a_sheet_like_an_earlier_one_is_read_as_if_there_were_none(fillings: list[list[bytes]], hidden: int) -> None:
    sheets = []
    for number, filling in enumerate(fillings):
        inside, wanted = b"", dict[tuple[int, int], Raw]()
        for row in range(HEIGHT):
            shown = b' hidden="1"' if (number % 2, hidden) == (1, row) else b""
            cells = filling[row * WIDTH : (row + 1) * WIDTH]
            inside += b'<row r="%d"%b>' % (row + 1, shown)
            inside += b"".join(b'<c r="%c%d"%b' % (65 + column, row + 1, cell) for column, cell in enumerate(cells))
            inside += b"</row>"
            wanted |= {
                (row, column): Raw("s" if b"t=" in cell else "n", 0, cell[cell.find(b"<v>") + 3 : -8].decode(), None)
                for column, cell in enumerate(cells)
                if cell != b"/>"
            }
        functions = {at: raw._replace(formula="1+1") if raw.value == "2" else raw for at, raw in wanted.items()}
        sheets.append((inside, (frozenset({hidden}) if number % 2 and hidden < HEIGHT else frozenset(), functions)))
    for inside, wanted_sheet in (*sheets, *reversed(sheets)):
        found = usual_cells(inside)
        assert found == wanted_sheet
        assert found is not None
        assert list(found[1]) == sorted(found[1])


def test_what_a_sheet_was_read_from_may_be_changed_by_its_reader() -> None:
    first = usual_cells(ROW)
    assert first is not None
    first[1].clear()
    assert usual_cells(ROW.replace(b"<v>5</v>", b"<v>6</v>")) == (
        frozenset(),
        {(1, 0): Raw("n", 0, "1", None), (1, 2): Raw("n", 0, "6", None)},
    )

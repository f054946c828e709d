"""A good return as the parts of an .xlsx package, written by hand so that any byte of it can be spoilt."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from pcmd_consolidate.forms import Form, Row, ValueType

Parts = dict[str, bytes]
Truth = dict[tuple[int, int], float]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET = "xl/worksheets/sheet1.xml"
FIRST_LINE = 5
"""Sheet row of line 1 of the form."""
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def figure(row: Row, year: int) -> int:
    """An invented figure that tells its row and its year; 1 in the rows that are answered with Có."""
    return 1 if row.value_type is ValueType.YES_NO else row.number * 10 + year - 2020


def truth(form: Form) -> Truth:
    """Every figure of the good return."""
    return {(row.number, year): float(figure(row, year)) for row in form.indicators for year in form.years}


def place(line: int, year: int) -> str:
    """Name of the cell of a line of the form and a year."""
    return f"{'CDEFG'[year - 2021]}{line + FIRST_LINE - 1}"


def text(reference: str, words: str) -> str:
    """A cell with a text of its own."""
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(words)}</t></is></c>'


def number(reference: str, value: object) -> str:
    """A cell with a number."""
    return f'<c r="{reference}"><v>{value}</v></c>'


def rows(form: Form, unit: str) -> list[str]:
    """The rows of the sheet as XML: title, heading, then one row for each line of the form."""
    lines = [
        f'<row r="1">{text("A1", f"UBND {unit}")}</row>',
        f'<row r="2">{text("A2", form.name)}</row>',
        f'<row r="3">{text("A3", "BIỂU TỔNG HỢP SỐ LIỆU")}</row>',
    ]
    heads = ["Nội dung", "Đơn vị tính", *(f"Năm {year}" for year in form.years)]
    cells = "".join(text(f"{letter}4", head) for letter, head in zip("ABCDEFG", heads, strict=True))
    return [*lines, f'<row r="4">{cells}</row>', *(_row(row, form) for row in form.rows)]


def _row(row: Row, form: Form) -> str:
    at = row.number + FIRST_LINE - 1
    cells = text(f"A{at}", row.full_label) + (text(f"B{at}", row.unit_of_measure) if row.unit_of_measure else "")
    if row.is_indicator:
        cells += "".join(_figure(row, year) for year in form.years)
    return f'<row r="{at}">{cells}</row>'


def _figure(row: Row, year: int) -> str:
    where = place(row.number, year)
    return text(where, "Có") if row.value_type is ValueType.YES_NO else number(where, figure(row, year))


def sheet(form: Form, unit: str) -> bytes:
    """The sheet's XML."""
    data = "".join(rows(form, unit))
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData></worksheet>'.encode()


def relations(targets: Mapping[str, tuple[str, str]]) -> bytes:
    """A part of relations: id → type and target."""
    lines = (
        f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(lines)}</Relationships>'.encode()


def workbook(names: Mapping[str, str], extra: str = "") -> bytes:
    """The workbook part: name of each sheet → id of its relation."""
    sheets = "".join(f'<sheet name="{n}" sheetId="{i}" r:id="{key}"/>' for i, (n, key) in enumerate(names.items(), 1))
    return f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{sheets}</sheets>{extra}</workbook>'.encode()


def styles(formats: Mapping[int, str] | None = None) -> bytes:
    """Cell styles: style 0 is general, each further one has one of the number formats."""
    own = "".join(f'<numFmt numFmtId="{key}" formatCode={quoteattr(code)}/>' for key, code in (formats or {}).items())
    cells = "".join(f'<xf numFmtId="{key}" applyNumberFormat="1"/>' for key in (0, *(formats or {})))
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts count="{len(formats or {})}">{own}</numFmts><fonts><font/></fonts>'
        f"<fills><fill><patternFill/></fill></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
        f"<cellXfs>{cells}</cellXfs></styleSheet>"
    ).encode()


def parts(form: Form, unit: str) -> Parts:
    """A whole good return."""
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": workbook({"Phụ lục IIA": "rId1"}),
        "xl/_rels/workbook.xml.rels": relations(
            {"rId1": ("worksheet", "worksheets/sheet1.xml"), "rId2": ("styles", "styles.xml")}
        ),
        "xl/styles.xml": styles(),
        SHEET: sheet(form, unit),
    }


def content_types(extra: str = "") -> bytes:
    """The list of content types."""
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/{SHEET}" ContentType="{_SHEET_TYPE}.worksheet+xml"/>{extra}</Types>'
    ).encode()


def packed(contents: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The parts as a package."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in contents.items():
            archive.writestr(zipfile.ZipInfo(name, (2025, 8, 20, 8, 0, 0)), content, method)
    return out.getvalue()

"""Sheets that mislead a reader: stray cells, false references, merges, things hidden, numbers that are none."""

from __future__ import annotations

import re

from . import book
from .case import (
    add,
    after_sheet_data,
    before_sheet_data,
    form,
    good,
    swapped,
    with_cell,
    with_sheet,
)

AT = book.place(2, 2021)
BESIDE = book.place(2, 2022)
GOOD_CELL = book.number(AT, 21)


def _last_row(xml: str) -> bytes:
    return swapped("</sheetData>", f"{xml}</sheetData>")


# Cells far away
add("o-xa-XFD1048576.xlsx", _last_row(f'<row r="1048576">{book.text("XFD1048576", " ")}</row>'), "H36", reads=True)
add("o-xa-so.xlsx", _last_row(f'<row r="1048576">{book.number("XFD1048576", 1)}</row>'), "H36", reads=True)
add("o-xa-cot.xlsx", _last_row(f'<row r="200000">{book.number("ZZ200000", 1)}</row>'), "H36", reads=True)
add("o-xa-ngoai-excel.xlsx", _last_row(f'<row r="9999999">{book.number("A9999999", 1)}</row>'), "H29")
add("o-xa-cot-ngoai-excel.xlsx", swapped(GOOD_CELL, GOOD_CELL + book.number("XFE6", 1)), "H29")
add("o-xa-dau-don.xlsx", _last_row("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"), "H36", reads=True)
add(
    "o-xa-tien-to.xlsx",
    with_sheet(
        lambda x: (
            x.replace("<worksheet xmlns=", "<x:worksheet xmlns:x=")
            .replace("</worksheet>", "</x:worksheet>")
            .replace("<sheetData>", "<x:sheetData>")
            .replace("</sheetData>", '<x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row></x:sheetData>')
        )
    ),
    "H36",
    reads=True,
)
add(
    "o-xa-qua-nhieu.xlsx",
    _last_row("".join(f'<row r="{row}">{book.number(f"ZZ{row}", 1)}</row>' for row in range(100_000, 101_001))),
    "H33",
    reads=False,
)
add("o-xa-khong-dia-chi.xlsx", _last_row('<row r="1048576"><c><v>1</v></c></row>'))
add("khai-vung-sai-lon.xlsx", before_sheet_data('<dimension ref="A1:XFD1048576"/>'), reads=True)
add("khai-vung-sai-nho.xlsx", before_sheet_data('<dimension ref="A1:B2"/>'), reads=True)
add("khai-vung-vo-nghia.xlsx", before_sheet_data('<dimension ref="??"/>'))
_STYLED = "".join(f'<row r="{i}" s="1" customFormat="1"/>' for i in range(100, 300_100))
add("dong-dinh-dang-300000.xlsx", _last_row(_STYLED), reads=None)
add(
    "dong-dinh-dang-1048576.xlsx",
    _last_row("".join(f'<row r="{i}"><c r="A{i}" s="0"/></row>' for i in range(100, 1_048_577))),
)
add("cot-dinh-dang-16384.xlsx", before_sheet_data('<cols><col min="1" max="16384" width="9"/></cols>'), reads=True)
add("cot-an-16384.xlsx", before_sheet_data('<cols><col min="1" max="16384" hidden="1"/></cols>'), "E09", reads=True)
add("cot-an-4-ty.xlsx", before_sheet_data('<cols><col min="1" max="4000000000" hidden="1"/></cols>'))

# References
add("dia-chi-lap.xlsx", swapped(GOOD_CELL, GOOD_CELL + book.number(AT, 777)), "H29")
add("dia-chi-lap-truoc.xlsx", swapped(GOOD_CELL, book.number(AT, 777) + GOOD_CELL), "H29")
add("dong-lap.xlsx", _last_row(f'<row r="6">{book.number(AT, 777)}</row>'), "H29")
add("dia-chi-vo-nghia.xlsx", swapped(f'r="{AT}"', 'r="??"'), "H29")
add("dia-chi-chi-chu.xlsx", swapped(f'r="{AT}"', 'r="C"'), "H29")
add("dia-chi-0.xlsx", swapped(f'r="{AT}"', 'r="C0"'), "H29")
add("dia-chi-am.xlsx", swapped(f'r="{AT}"', 'r="C-6"'), "H29")
add("dia-chi-chu-thuong.xlsx", swapped(f'r="{AT}"', f'r="{AT.lower()}"'))
add("dia-chi-khac-dong.xlsx", swapped(f'r="{AT}"', 'r="C30"'), "H29")
add("dia-chi-co-do-la.xlsx", swapped(f'r="{AT}"', 'r="$C$6"'), "H29")
add("dong-so-vo-nghia.xlsx", swapped('<row r="6">', '<row r="sáu">'), "H29")
add("dong-so-0.xlsx", swapped('<row r="6">', '<row r="0">'), "H29")
add("dong-so-tran.xlsx", swapped('<row r="6">', '<row r="99999999999999999999">'), "H29")
add("khong-dia-chi.xlsx", with_sheet(lambda x: re.sub(r'(<(?:c|row)) r="[A-Z]*\d+"', r"\1", x)))
add(
    "dong-nguoc.xlsx",
    with_sheet(
        lambda x: x.replace("<sheetData>", "<sheetData>" + book.rows(form(), "x")[-1]).replace(
            book.rows(form(), "x")[-1] + "</sheetData>", "</sheetData>"
        )
    ),
)
add("o-nguoc.xlsx", swapped(GOOD_CELL + book.number(BESIDE, 22), book.number(BESIDE, 22) + GOOD_CELL))

# Merges
add(
    "gop-chong-nhau.xlsx",
    after_sheet_data(
        f'<mergeCells count="2"><mergeCell ref="{AT}:{BESIDE}"/><mergeCell ref="{BESIDE}:E6"/></mergeCells>'
    ),
    "H34",
)
add("gop-qua-nam.xlsx", after_sheet_data(f'<mergeCells count="1"><mergeCell ref="{AT}:E6"/></mergeCells>'), "E03")
add("gop-che-so.xlsx", after_sheet_data('<mergeCells count="1"><mergeCell ref="C6:C8"/></mergeCells>'), "E11")
add("gop-che-het.xlsx", after_sheet_data('<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'))
add("gop-vo-nghia.xlsx", after_sheet_data('<mergeCells><mergeCell ref="??:!!"/></mergeCells>'), "H34")
add("gop-nguoc.xlsx", after_sheet_data('<mergeCells><mergeCell ref="E6:C6"/></mergeCells>'), "H34")
add("gop-khong-ref.xlsx", after_sheet_data("<mergeCells><mergeCell/></mergeCells>"), "H34")
_MERGES = "".join(f'<mergeCell ref="J{i}:K{i}"/>' for i in range(1, 50_001))
add("nam-muoi-nghin-gop.xlsx", after_sheet_data(f"<mergeCells>{_MERGES}</mergeCells>"), "H34")

# Numbers that are none, or are read in two ways
for _name, _value, _rules in (
    ("nan", "NaN", ("E04",)), ("inf", "INF", ("E04",)), ("am-inf", "-INF", ("E04",)), ("1e999", "1e999", ("E04",)),
    ("infinity", "Infinity", ("E04",)), ("1e400", "-1e400", ("E04",)), ("1e300", "1e300", ("E04",)),
    ("16-chu-so", "1234567890123456", ("E04",)), ("chu", "abc", ()), ("gach-duoi", "2_1", ()),
    ("hex", "0x15", ()), ("phay", "2,1", ()), ("trong", "2 1", ()), ("chu-so-a-rap", "٢١", ()),
    ("hai-so", "21 22", ()), ("rong", "", ()), ("am", "-21", ("F01",)), ("thap-phan", "21.5", ("F01",)),
    ("cong", "+21", ()), ("khong-chu", ".", ()),
):  # fmt: skip
    add(f"so-{_name}.xlsx", with_cell(f'<c r="{{at}}"><v>{_value}</v></c>'), *_rules)
add("so-chu-thich-giua.xlsx", with_cell('<c r="{at}"><v>2<!-- -->1</v></c>'), "E10")
add("so-chi-thi-giua.xlsx", with_cell('<c r="{at}"><v>2<?x y?>1</v></c>'), "E10")
add("so-cdata-giua.xlsx", with_cell('<c r="{at}"><v>2<![CDATA[1]]></v></c>'))
add("so-cdata.xlsx", with_cell('<c r="{at}"><v><![CDATA[21]]></v></c>'))
add("so-thuc-the-ky-tu.xlsx", with_cell('<c r="{at}"><v>2&#49;</v></c>'))
add("so-khoang-trang.xlsx", with_cell('<c r="{at}"><v> 21 </v></c>'))
add("so-hai-v.xlsx", with_cell('<c r="{at}"><v>21</v><v>99</v></c>'), "E10")
add("so-v-long.xlsx", with_cell('<c r="{at}"><v>2<v>1</v></v></c>'))
add("so-chu-thich-o-chu.xlsx", swapped("Nội dung", "Nội <!-- x -->dung"))
add("loi-ref.xlsx", with_cell('<c r="{at}" t="e"><v>#REF!</v></c>'), "E01", reads=True)
add("loi-chia-0.xlsx", with_cell('<c r="{at}" t="e"><f>1/0</f><v>#DIV/0!</v></c>'), "E01", reads=True)
add("loi-dau-don.xlsx", with_cell("<c r='{at}' t='e'><v>#N/A</v></c>"), "E01", reads=True)
add("cong-thuc-chua-tinh.xlsx", with_cell('<c r="{at}"><f>1+20</f></c>'), "E02", reads=True)
add("cong-thuc-chua-tinh-2.xlsx", with_cell('<c r="{at}"><f>1+20</f><v></v></c>'), "E02", reads=True)
add("cong-thuc-chua-tinh-3.xlsx", with_cell('<c r="{at}"><f/></c>'), "E02", reads=True)
add("cong-thuc-mang.xlsx", with_cell('<c r="{at}"><f t="array" ref="C6:C6">SUM(1,20)</f><v>21</v></c>'), reads=True)
add("cong-thuc-tep-khac.xlsx", with_cell('<c r="{at}"><f>[1]Sheet1!A1</f><v>21</v></c>'), "E06", reads=True)
add("webservice.xlsx", with_cell('<c r="{at}"><f>_xlfn.WEBSERVICE("http://example.invalid/")</f><v>21</v></c>'), "H24")
add("filterxml.xlsx", with_cell('<c r="{at}"><f>_xlfn.FILTERXML("&lt;a/&gt;","//a")</f><v>21</v></c>'), "H24")
add("dde-cong-thuc.xlsx", with_cell("<c r=\"{at}\"><f>cmd|'/c calc'!A0</f><v>21</v></c>"), "H24")
add("hyperlink.xlsx", with_cell('<c r="{at}"><f>HYPERLINK("http://example.invalid/","x")</f><v>21</v></c>'), "H24")
add("rtd.xlsx", with_cell('<c r="{at}"><f>RTD("a","","b")</f><v>21</v></c>'), "H24")
add(
    "sieu-lien-ket.xlsx",
    after_sheet_data(f'<hyperlinks><hyperlink ref="{AT}" location="A1"/></hyperlinks>'),
    reads=True,
)

# Strings
_SST = f'<sst xmlns="{book.MAIN}" {{}}><si><t>xyz</t></si></sst>'


def _shared(index: object, counts: str = 'count="1" uniqueCount="1"') -> bytes:
    rels = book.relations({"rId1": ("worksheet", "worksheets/sheet1.xml"), "rId2": ("styles", "styles.xml"),
                           "rId3": ("sharedStrings", "sharedStrings.xml")})  # fmt: skip
    sheet = good()[book.SHEET].decode().replace(GOOD_CELL, f'<c r="{AT}" t="s"><v>{index}</v></c>')
    return book.packed(good() | {book.SHEET: sheet.encode(), "xl/sharedStrings.xml": _SST.format(counts).encode(),
                                 "xl/_rels/workbook.xml.rels": rels})  # fmt: skip


add("chuoi-chi-so-lon.xlsx", _shared(99), "H29")
add("chuoi-chi-so-am.xlsx", _shared(-1), "H29")
add("chuoi-chi-so-chu.xlsx", _shared("abc"), "H29")
add("chuoi-chi-so-rong.xlsx", _shared(""))
add("chuoi-dem-4-ty.xlsx", _shared(0, 'count="4000000000" uniqueCount="4000000000"'), "H29")
add("chuoi-dem-tran.xlsx", _shared(0, 'count="99999999999999999999" uniqueCount="99999999999999999999"'), "H29")
add("chuoi-dem-am.xlsx", _shared(0, 'count="-1" uniqueCount="-1"'))
add("chuoi-dem-sai-it.xlsx", _shared(0, 'count="7" uniqueCount="7"'))
add("chuoi-khong-co-bang.xlsx", with_cell('<c r="{at}" t="s"><v>0</v></c>'), "H29")
add("kieu-o-la.xlsx", with_cell('<c r="{at}" t="zzz"><v>21</v></c>'))
add("kieu-o-bool.xlsx", with_cell('<c r="{at}" t="b"><v>1</v></c>'), "E04", reads=True)
add("kieu-o-bool-7.xlsx", with_cell('<c r="{at}" t="b"><v>7</v></c>'), reads=None)
add("kieu-o-ngay.xlsx", with_cell('<c r="{at}" t="d"><v>2021-02-03</v></c>'), "F06", reads=True)
add("kieu-o-str.xlsx", with_cell('<c r="{at}" t="str"><v>21</v></c>'), "F04", reads=True)


def _words(words: str) -> bytes:
    return with_cell(book.text("{at}", "X").replace("X", words))


add("chu-40000-ky-tu.xlsx", _words("9" * 40_000), "E12", "E04")
add("chu-300000-ky-tu.xlsx", _words("chữ " * 75_000), "E12")
add("chu-32767-ky-tu.xlsx", _words("a" * 32_767), "E04")
add("chu-dieu-khien.xlsx", _words("2&#9;1_x0007_"), "E04")
add("chu-bidi.xlsx", _words("\u202e12\u202c"), "E13")
add("chu-bidi-2.xlsx", _words("21\u2066\u2069"), "E13")
add("chu-khong-rong.xlsx", _words("2\u200b1"))
add("chu-giong-cong-thuc.xlsx", _words('=cmd|"/c calc"!A0'), "E14", "E04", reads=True)
add("chu-giong-cong-thuc-2.xlsx", _words("@SUM(1,2)"), "E14", "E04", reads=True)
add("chu-giong-cong-thuc-3.xlsx", _words('=HYPERLINK("http://example.invalid","21")'), "E14", "E04", reads=True)
add("chu-giong-html.xlsx", _words("&lt;script&gt;alert(1)&lt;/script&gt;"), "E04", reads=True)
add("chu-giong-rich.xlsx", _words("[red]21[/red]"), "E04", reads=True)
add("chu-ngoac-nhon.xlsx", _words("{0} {raw} %s"), "E04", reads=True)
add("chu-surrogate.xlsx", with_cell('<c r="{at}" t="inlineStr"><is><t>&#xD800;</t></is></c>'))
add("chu-nul.xlsx", with_cell('<c r="{at}" t="inlineStr"><is><t>&#0;</t></is></c>'))

# Dates and formats
_FORMATS: dict[str, tuple[str, tuple[str, ...]]] = {
    "ngay": ("dd/mm/yyyy", ("F06",)), "chu-nguoi": ('d "người"', ("F06",)), "gio": ("[h]:mm", ("F06",)),
    "an": (";;;", ("E07",)), "phan-nghin": ("#,##0,", ("E07",)), "phan-tram": ("0%", ("E05",)),
    "mau-do": ("[Red]0", ()), "co-don-vi": ('0 "ngày"', ()), "thoat-d": ("0\\d", ()),
    "tien-te": ("[$USD] #,##0", ()), "mau-tim": ("[Magenta]0", ()), "phan-so": ("# ?/?", ()),
}  # fmt: skip
for _name, (_code, _found) in _FORMATS.items():
    _cell = f'<c r="{AT}" s="1"><v>21</v></c>'
    _sheet = good()[book.SHEET].decode().replace(GOOD_CELL, _cell).encode()
    _kept = book.packed(good() | {book.SHEET: _sheet, "xl/styles.xml": book.styles({164: _code})})
    add(f"dinh-dang-{_name}.xlsx", _kept, *_found, reads=True)
for _value in ("-6", "2958466", "1e9"):
    _cell = f'<c r="{AT}" s="1"><v>{_value}</v></c>'
    _sheet = good()[book.SHEET].decode().replace(GOOD_CELL, _cell).encode()
    _kept = book.packed(good() | {book.SHEET: _sheet, "xl/styles.xml": book.styles({164: "dd/mm/yyyy"})})
    add(f"ngay-ngoai-lich-{_value}.xlsx", _kept, "F06", reads=True)
add("dinh-dang-chi-so-xa.xlsx", with_cell('<c r="{at}" s="9999"><v>21</v></c>'))
add("dinh-dang-chi-so-chu.xlsx", with_cell('<c r="{at}" s="x"><v>21</v></c>'))
add("styles-hong.xlsx", book.packed(good() | {"xl/styles.xml": b"<styleSheet"}))

# Hidden, and another dialect
add("dong-an.xlsx", swapped('<row r="6">', '<row r="6" hidden="1">'), "E08", reads=True)
add("dong-an-true.xlsx", swapped('<row r="6">', "<row r='6' hidden='true'>"), "E08", reads=True)
add("dong-cao-0.xlsx", swapped('<row r="6">', '<row r="6" ht="0" customHeight="1">'), "E08", reads=True)
add("cot-an.xlsx", before_sheet_data('<cols><col min="3" max="3" hidden="1"/></cols>'), "E09", reads=True)
add(
    "cot-rong-0.xlsx",
    before_sheet_data('<cols><col min="3" max="3" width="0" customWidth="1"/></cols>'),
    "E09",
    reads=True,
)
for _state in ("hidden", "veryHidden"):
    _hidden = good()["xl/workbook.xml"].replace(b"<sheet ", f'<sheet state="{_state}" '.encode())
    add(f"trang-an-{_state}.xlsx", book.packed(good() | {"xl/workbook.xml": _hidden}), "H09", reads=False)
_STRICT = {
    book.MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    book.RELATIONS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}


def _strict(content: bytes) -> bytes:
    for loose, strict in _STRICT.items():
        content = content.replace(loose.encode(), strict.encode())
    return content


add("strict-ooxml.xlsx", book.packed({name: _strict(content) for name, content in good().items()}))
_PREFIXED = good()[book.SHEET].decode().replace("<worksheet xmlns=", "<x:worksheet xmlns:x=")
for _tag in ("worksheet", "sheetData", "row", "c", "v", "is", "t"):
    _PREFIXED = _PREFIXED.replace(f"<{_tag} ", f"<x:{_tag} ").replace(f"<{_tag}>", f"<x:{_tag}>")
    _PREFIXED = _PREFIXED.replace(f"</{_tag}>", f"</x:{_tag}>")
add("tien-to-x.xlsx", book.packed(good() | {book.SHEET: _PREFIXED.encode()}))
add("dau-don.xlsx", with_sheet(lambda x: x.replace('"', "'")))
add(
    "dau-don-loi.xlsx",
    with_sheet(lambda x: x.replace(GOOD_CELL, f'<c r="{AT}" t="e"><v>#REF!</v></c>').replace('"', "'")),
    "E01",
)
add("xuong-dong-trong-the.xlsx", with_sheet(lambda x: x.replace('<c r="', '<c\n\tr="')))
add(
    "mce-hai-nhanh.xlsx",
    swapped(
        GOOD_CELL,
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
        f'markup-compatibility/2006"><mc:Choice Requires="zz">{book.number(AT, 777)}</mc:Choice>'
        f"<mc:Fallback>{GOOD_CELL}</mc:Fallback></mc:AlternateContent>",
    ),
)
add("hai-sheetdata.xlsx", after_sheet_data(f'<sheetData><row r="6">{book.number(AT, 777)}</row></sheetData>'), "H29")
add(
    "sheetdata-gia-trong-chu-thich.xlsx",
    before_sheet_data(f'<!-- <sheetData><row r="6">{book.number(AT, 777)}</row></sheetData> -->'),
    reads=True,
)

add(
    "tieu-de-nam-chua-tinh.xlsx",
    swapped(book.text("C4", "Năm 2021"), '<c r="C4"><f>"Năm 2021"</f></c>'),
    "F10",
    "F10b",
    reads=None,
)
add("so-mu-16.xlsx", with_cell('<c r="{at}"><v>0x15</v></c>'), "E10", reads=True)


def _many(count: int, label: str = "") -> bytes:
    """Figures in many rows below the form."""
    return _last_row(
        "".join(
            f'<row r="{row}">{book.text(f"A{row}", label.format(row)) if label else ""}'
            + "".join(book.number(f"{column}{row}", row) for column in "CDEFG")
            + "</row>"
            for row in range(100, 100 + count)
        )
    )


add("so-duoi-bieu-4000.xlsx", _many(4_000), "F09", "H35", reads=True)
add("dong-them-duoi-bieu-4000.xlsx", _many(4_000, "Số hộ thôn {}"), "F09", "H35", reads=True)

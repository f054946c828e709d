"""Files of other kinds, broken ones among them, and things in a folder that are no files."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
from pathlib import Path

import openpyxl

from . import book
from .case import UNIT, add, form, good

GOOD = book.packed(good())
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    words = (name + "\0").encode("utf-16-le")
    head = words.ljust(64, b"\0") + struct.pack("<HBB", len(words), kind, 1) + struct.pack("<III", _FREE, _FREE, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def ole(stream: str, content: bytes, chain: dict[int, int] | None = None, size: int | None = None) -> bytes:
    """An OLE container with one stream; ``chain`` says otherwise where sectors lead."""
    content = content.ljust(-(-max(len(content), 4096) // 512) * 512, b"\0")
    count = len(content) // 512
    table = [_FAT, _END, *range(3, count + 2), _END]
    for sector, following in (chain or {}).items():
        table[sector] = following
    fat = struct.pack("<128I", *(table + [_FREE] * 128)[:128])
    directory = _entry("Root Entry", 5, _END, 0, 1) + _entry(stream, 2, 2, len(content) if size is None else size)
    head = OLE + bytes(16) + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<109I", 0, *[_FREE] * 108)
    return head + fat + directory.ljust(512, b"\0") + content


_BOF = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0, 1996, 0, 6)


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _biff(*records: bytes) -> bytes:
    return _BOF + b"".join(records) + _record(0x0A, b"")


_FAR = _record(0x203, struct.pack("<HHHd", 65535, 65535, 0, 1.0))
_ONE_SHEET = struct.pack("<IBBBB", 20 + 4 + 13, 0, 0, 1, 0) + b"A"
_WITH_FAR = (
    _BOF
    + _record(0x85, _ONE_SHEET)
    + _record(0x0A, b"")
    + struct.pack("<HHHHHHII", 0x809, 16, 0x600, 16, 0, 1996, 0, 6)
    + _FAR
    + _record(0x0A, b"")
)

add("xls-vong-lap.xls", ole("Workbook", _biff(), {3: 2}), "H02", reads=False)
add("xls-vong-lap-bang.xls", ole("Workbook", _biff(), {1: 1}), reads=False)
add("xls-vong-lap-tu-minh.xls", ole("Workbook", _biff(), {2: 2}), "H02", reads=False)
add("xls-sector-xa.xls", ole("Workbook", _biff(), {2: 100_000}), reads=False)
add("xls-kich-thuoc-gia.xls", ole("Workbook", _biff(), size=1 << 40), reads=False)
add("xls-rong.xls", ole("Workbook", b""), reads=False)
add("xls-khong-trang.xls", ole("Workbook", _biff()), reads=False)
add("xls-o-xa.xls", ole("Workbook", _WITH_FAR), reads=False)
add("xls-ban-ghi-tran.xls", ole("Workbook", _BOF + struct.pack("<HH", 0xFC, 0xFFFF) + b"\xff" * 200), reads=False)
add(
    "xls-sst-dem-4-ty.xls",
    ole("Workbook", _biff(_record(0xFC, struct.pack("<II", 0xFFFFFFFF, 0xFFFFFFFF)))),
    reads=False,
)
add("xls-mat-khau.xls", ole("Workbook", _biff(_record(0x2F, struct.pack("<HHH", 0, 1, 2)))), "H03", reads=False)
add("xls-chi-dau.xls", OLE + bytes(504), "H01", reads=False)
add("xls-cat.xls", ole("Workbook", _biff())[:700], reads=False)
add("xls-sector-khong.xls", (lambda c: c[:30] + b"\x00\x00" + c[32:])(ole("Workbook", _biff())), reads=False)
add("xls-sector-lon.xls", (lambda c: c[:30] + b"\xff\xff" + c[32:])(ole("Workbook", _biff())), reads=False)
add("xls-fat-dem-lon.xls", (lambda c: c[:44] + b"\xff\xff\xff\x7f" + c[48:])(ole("Workbook", _biff())), reads=False)
add("mat-khau.xlsx", ole("EncryptedPackage", bytes(5000)), "H03", reads=False)
add("mat-khau-2.xls", ole("EncryptedPackage", bytes(5000)), "H03", reads=False)
add("word-cu.doc", ole("WordDocument", bytes(5000)), "H01", reads=False)
add("excel-doi-cu.xls", b"\x09\x04\x06\x00\x00\x04\x10\x00" + bytes(100), "H01", reads=False)


def _html(cells: str, before: str = "") -> bytes:
    return f"<html>{before}<body><p>UBND {UNIT}</p><p>Phụ lục IIA</p><table>{cells}</table></body></html>".encode()


def _html_rows(figure: str = "{}") -> str:
    years = "".join(f"<td>Năm {year}</td>" for year in form().years)
    lines = [f"<tr><td>Nội dung</td><td>Đơn vị tính</td>{years}</tr>"]
    for row in form().rows:
        cells = "".join(
            f"<td>{figure.format(book.figure(row, year)) if row.value_type != 'yes_no' else 'Có'}</td>"
            for year in form().years
        ) if row.is_indicator else "<td></td>" * 5  # fmt: skip
        lines.append(f"<tr><td>{row.full_label}</td><td>{row.unit_of_measure}</td>{cells}</tr>")
    return "".join(lines)


def _csv() -> str:
    lines = [f"UBND {UNIT}", "Phụ lục IIA", "Nội dung;Đơn vị tính;" + ";".join(f"Năm {y}" for y in form().years)]
    for row in form().rows:
        cells = [str(book.figure(row, y)) if row.value_type != "yes_no" else "Có" for y in form().years]
        lines.append(";".join([row.full_label, row.unit_of_measure, *(cells if row.is_indicator else [""] * 5)]))
    return "\r\n".join(lines)


add("trang-web.xls", _html(_html_rows()), "H12", reads=True)
add("trang-web.xlsx", _html(_html_rows()), "H12", reads=True)
add(
    "trang-web-script.xls", _html(_html_rows(), "<script>location='http://example.invalid'</script>"), "H12", reads=True
)
add("trang-web-anh.xls", _html(_html_rows(), "<img src='file:///etc/passwd'><iframe src='http://x.invalid'>"), "H12")
add("trang-web-colspan.xls", _html("<tr><td colspan=999999999 rowspan=999999999>1</td></tr>" * 50), reads=False)
add("trang-web-sau.xls", _html("<div>" * 50_000 + "x" + "</div>" * 50_000), reads=False)
add("trang-web-bang-long.xls", _html("<tr><td><table>" * 3000 + "1"), reads=False)
add("trang-web-khong-dong.xls", _html(_html_rows().replace("</td>", "").replace("</tr>", "")))
add("trang-web-lon.xls", _html("<tr><td>1</td></tr>" * 400_000), "H04", reads=False)
add("csv.xls", _csv().encode("utf-8-sig"), "H12", reads=True)
add("csv.xlsx", _csv().encode(), "H12", reads=True)
add("csv-utf16.csv", _csv().encode("utf-16"), reads=True)
add("csv-1258.csv", _csv().encode("cp1258", "replace"))
add("csv-nul.csv", _csv().encode() + b"\0\0", reads=False)
add("csv-o-dai.csv", (_csv() + '\r\n"' + "x" * 200_000 + '"').encode())
add("csv-nhay-khong-dong.csv", (_csv() + '\r\n"abc').encode())
add("csv-rat-rong.csv", (_csv() + "\r\n" + ";" * 1_000_000).encode())
add("csv-cong-thuc.csv", _csv().replace(";21;", ";=21*1;", 1).encode(), "E14", reads=True)
_QUOTED = "\r\n".join('"' + line.replace(";", '","') + '"' for line in _csv().split("\r\n"))
add("csv-ngoac.csv", _QUOTED.encode(), reads=True)
add("csv-ngoac-thieu.csv", _QUOTED.replace('"21","22"', '"21,"22"', 1).encode(), "H17")
add("csv-6MB.csv", b"a;b\r\n" * 1_200_000, "H04", reads=False)
add("tep-pdf.xlsx", b"%PDF-1.7\n%\xe2\xe3", "H01", reads=False)
add("tep-anh.xlsx", b"\xff\xd8\xff\xe0\x00\x10JFIF", "H01", reads=False)
add("tep-rar.xlsx", b"Rar!\x1a\x07\x00", "H01", reads=False)
add("chuong-trinh.xlsx", b"MZ\x90\x00", "H01", reads=False)
add("byte-ngau-nhien.xlsx", bytes((i * 7919 + i * i) % 256 for i in range(5000)), reads=False)
add("xlsx-ten-csv.csv", GOOD, "H12", reads=True)
add("xlsx-khong-duoi", GOOD, "H12", reads=True)
add("xlsx-ten-pdf.pdf", GOOD, "H12", reads=True)

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_ODS_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    f'xmlns:table="{_TABLE}" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    "<office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"
)


def ods(tables: str, doctype: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """An .ods package with these tables."""
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    content = (doctype + _ODS_HEAD.format(tables)).encode()
    return book.packed({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": _manifest(), **(more or {})})


def _manifest(inside: str = "") -> bytes:
    namespace = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entry = f'<manifest:file-entry manifest:full-path="content.xml">{inside}</manifest:file-entry>'
    return f'<manifest:manifest xmlns:manifest="{namespace}">{entry}</manifest:manifest>'.encode()


def _ods_text(words: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{words}</text:p></table:table-cell>'


def _ods_table(name: str = "Biểu", figure: str = "{0}") -> str:
    lines = [[f"UBND {UNIT}"], ["Phụ lục IIA"], ["Nội dung", "Đơn vị tính", *(f"Năm {y}" for y in form().years)]]
    xml = "".join(f"<table:table-row>{''.join(map(_ods_text, line))}</table:table-row>" for line in lines)
    for row in form().rows:
        cells = _ods_text(row.full_label) + _ods_text(row.unit_of_measure)
        for year in form().years if row.is_indicator else ():
            value = figure.format(book.figure(row, year))
            typed = f'office:value-type="float" office:value="{value}"'
            number = f"<table:table-cell {typed}><text:p>{value}</text:p></table:table-cell>"
            cells += _ods_text("Có") if row.value_type == "yes_no" else number
        xml += f"<table:table-row>{cells}</table:table-row>"
    return f'<table:table table:name="{name}">{xml}</table:table>'


_REPEATED, _SPANNED = 'table:number-columns-repeated="1000000000"', 'table:number-columns-spanned="99999999"'
_EMPTY = '<table:table-cell table:number-columns-repeated="16384"/>'


def _ods_with(row: str) -> bytes:
    return ods(_ods_table().replace("</table:table>", f"{row}</table:table>"))


add("ods-tot.ods", ods(_ods_table()), reads=True)
add(
    "ods-lap-ty-dong.ods",
    _ods_with(f'<table:table-row table:number-rows-repeated="1000000000">{_ods_text("x")}</table:table-row>'),
    "H33",
    reads=False,
)
add(
    "ods-lap-ty-cot.ods",
    _ods_with(f"<table:table-row>{_ods_text('x', _REPEATED)}</table:table-row>"),
    "H33",
    reads=False,
)
add("ods-lap-am.ods", _ods_with(f'<table:table-row table:number-rows-repeated="-5">{_ods_text("x")}</table:table-row>'))
add(
    "ods-lap-chu.ods",
    _ods_with(f'<table:table-row table:number-rows-repeated="nhiều">{_ods_text("x")}</table:table-row>'),
    "H02",
    reads=False,
)
add(
    "ods-lap-rong.ods",
    _ods_with('<table:table-row table:number-rows-repeated="1048000">' + _EMPTY + "</table:table-row>"),
)
add(
    "ods-nhieu-lap-gop.ods",
    _ods_with(f"<table:table-row>{_ods_text('x', _SPANNED)}</table:table-row>"),
)
add("ods-doctype.ods", ods(_ods_table(), '<!DOCTYPE x [<!ENTITY a "9">]>'), "H21", reads=False)
add("ods-sau.ods", ods("<text:p>" * 5000 + "</text:p>" * 5000), "H22", reads=False)
add("ods-khac-hien-thi.ods", ods(_ods_table().replace("<text:p>21</text:p>", "<text:p>99</text:p>")), "E10")
add("ods-khong-gia-tri.ods", ods(_ods_table().replace(' office:value="21"', "", 1)), "E10", reads=True)
_PERCENT = (
    '<table:table-cell{} office:value-type="percentage" office:value="1"><text:p>100%</text:p></table:table-cell>'
)
_PAIR = "".join(
    f'<table:table-cell office:value-type="float" office:value="{n}"><text:p>{n}</text:p></table:table-cell>'
    for n in (21, 22)
)
add(
    "ods-phan-tram-lap.ods",
    ods(_ods_table().replace(_PAIR, _PERCENT.format(' table:number-columns-repeated="2"'), 1)),
    "E05",
    reads=True,
)
_DDE = "of:=DDE(&quot;soffice&quot;;&quot;x.ods&quot;;&quot;A1&quot;)"
add(
    "ods-dde.ods",
    ods(_ods_table().replace(' office:value="21"', f' table:formula="{_DDE}" office:value="21"', 1)),
    "H24",
    reads=True,
)
add(
    "ods-dde-lien-ket.ods",
    ods(_ods_table() + "<table:dde-links><table:dde-link/></table:dde-links>"),
    "H24",
    reads=True,
)
add("ods-nan.ods", ods(_ods_table().replace('office:value="21"', 'office:value="NaN"')), "E04")
add("ods-1e999.ods", ods(_ods_table().replace('office:value="21"', 'office:value="1e999"')), "E04")
add("ods-hai-trang-trung-ten.ods", ods(_ods_table() + _ods_table(figure="{0}7")), "H28", reads=False)
add(
    "ods-mat-khau.ods",
    ods(_ods_table(), more={"META-INF/manifest.xml": _manifest("<manifest:encryption-data/>")}),
    "H03",
    reads=False,
)
add("ods-macro.ods", ods(_ods_table(), more={"Basic/Standard/Module1.xml": b"<x/>"}), "H23", reads=True)
add("ods-thieu-content.ods", book.packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), reads=False)
add("ods-cat.ods", ods(_ods_table())[:-200], "H02", reads=False)

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _docx(body: str, doctype: str = "") -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    relation = "application/vnd.openxmlformats-package.relationships+xml"
    types = (
        f'<Types xmlns="{book.PACKAGE}/content-types"><Default Extension="rels" ContentType="{relation}"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    )
    return book.packed({
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": book.relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": f'{doctype}<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'.encode(),
    })  # fmt: skip


add("word-khong-bang.docx", _docx("<w:p/>"), "H05", reads=False)
add("word-doctype.docx", _docx("<w:p/>", '<!DOCTYPE x [<!ENTITY a "9">]>'), "H21", reads=False)
add("word-sau.docx", _docx("<w:tbl><w:tr><w:tc>" * 2000 + "</w:tc></w:tr></w:tbl>" * 2000), "H22", reads=False)
add(
    "word-rong-gia.docx",
    _docx('<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'),
    reads=False,
)
add("word-hong.docx", _docx("<w:p>")[:-60], "H02", reads=False)

_END_OF_BOOK = b"\x90\x01\x00\x84\x01\x00"
_BIN = "xl/worksheets/sheet1.bin"


def _xlsb(sheet: bytes, strings: bytes = b"") -> bytes:
    name = "Biểu".encode("utf-16-le")
    relation = "rId1".encode("utf-16-le")
    listed = struct.pack("<II", 0, 1) + struct.pack("<I", 4) + relation + struct.pack("<I", 4) + name
    return book.packed({
        "[Content_Types].xml": f'<Types xmlns="{book.PACKAGE}/content-types"/>'.encode(),
        "xl/workbook.bin": b"\x83\x01\x00\x8f\x01\x00\x9c\x01" + bytes([len(listed)]) + listed + _END_OF_BOOK,
        "xl/_rels/workbook.bin.rels": book.relations(
            {"rId1": ("worksheet", "worksheets/sheet1.bin"), "rId2": ("sharedStrings", "sharedStrings.bin")}
        ),
        _BIN: sheet, "xl/sharedStrings.bin": strings,
    })  # fmt: skip


def _sheet_bin(*records: bytes) -> bytes:
    return b"\x81\x01\x00\x94\x01\x10" + bytes(16) + b"\x91\x01\x00" + b"".join(records) + b"\x92\x01\x00\x82\x01\x00"


_ROW = b"\x00\x19" + struct.pack("<IIHBBBI", 0, 0, 300, 0, 0, 0, 0) + bytes(8)
_ROW_FAR = b"\x00\x19" + struct.pack("<IIHBBBI", 1_048_575, 0, 300, 0, 0, 0, 0) + bytes(8)
_CELL_FAR = b"\x05\x10" + struct.pack("<IId", 16_383, 0, 1.0)
_CELL_BEYOND = b"\x05\x10" + struct.pack("<IId", 0x7FFFFFFF, 0, 1.0)
add("xlsb-o-xa.xlsb", _xlsb(_sheet_bin(_ROW_FAR, _CELL_FAR)), "H33", reads=False)
add("xlsb-o-ngoai.xlsb", _xlsb(_sheet_bin(_ROW, _CELL_BEYOND)), reads=False)
add("xlsb-cat.xlsb", _xlsb(_sheet_bin(_ROW)[:20]), reads=False)
add("xlsb-do-dai-gia.xlsb", _xlsb(b"\x81\x01\x00\x91\x01\x00\x05\xff\xff\xff\x7f"), reads=False)
add("xlsb-chuoi-gia.xlsb", _xlsb(_sheet_bin(_ROW, b"\x07\x0c" + struct.pack("<III", 0, 0, 999_999))), reads=False)
add(
    "xlsb-dem-chuoi-gia.xlsb",
    _xlsb(_sheet_bin(_ROW), b"\x9f\x01\x08" + struct.pack("<II", 0xFFFFFFFF, 0xFFFFFFFF) + b"\xa0\x01\x00"),
    reads=False,
)
add("xlsb-rong.xlsb", _xlsb(b""), reads=False)


def _zip(members: dict[str, bytes]) -> bytes:
    return book.packed(members)


def _nested() -> bytes:
    inner = _zip({"a.xlsx": GOOD})
    for _ in range(20):
        inner = _zip({"b.zip": inner})
    return inner


add("nen-long-nhau.zip", _nested(), "H14", reads=False)
add("nen-1000-tep.zip", _zip({f"{i}.xlsx": b"x" for i in range(1000)}), "H15", reads=False)
add(
    "nen-mat-khau.zip",
    (lambda c: c[:6] + b"\x01" + c[7:])(_zip({"a.xlsx": GOOD})).replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
    ),
    "H03",
    reads=False,
)
add("nen-rong.zip", _zip({}), "H15", reads=False)


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    os.mknod(path, stat.S_IFSOCK | 0o600)


def _link(path: Path) -> None:
    target = path.with_name(".dich.xlsx")
    target.write_bytes(GOOD)
    path.symlink_to(target)


def _link_to_nothing(path: Path) -> None:
    path.symlink_to(path.with_name("khong-co"))


def _link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def _link_to_folder(path: Path) -> None:
    path.symlink_to("/etc", target_is_directory=True)


def _link_to_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _folder(path: Path) -> None:
    path.mkdir()


def _large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(30_000_000)


add("duong-ong.xlsx", _pipe, "H01", reads=False)
add("o-cam.xlsx", _socket, "H01", reads=False)
add("lien-ket-tep.xlsx", _link, "H01", reads=False)
add("lien-ket-chet.xlsx", _link_to_nothing, "H01", reads=False)
add("lien-ket-vong.xlsx", _link_to_itself, "H01", reads=False)
add("lien-ket-thu-muc", _link_to_folder, "H01", reads=False)
add("lien-ket-thiet-bi.xlsx", _link_to_device, "H01", reads=False)
add("thu-muc.xlsx", _folder, "H01", reads=False)
add("thua-30MB.xlsx", _large, "H04", reads=False)

for _name in (
    "xuong\ndong.xlsx", "dao-\u202exslx.xlsx", "=cmd.xlsx", "tab\tten.xlsx", "<b>ten.xlsx", "[red]ten.xlsx",
    "{ten}.xlsx",
    "a" * 200 + ".xlsx", os.fsdecode(b"khong-utf8-\xff\xfe.xlsx"),
):  # fmt: skip
    strange = any(c in _name for c in "\n\t\u202e") or not _name.isprintable()
    add(_name, GOOD, *(["H26"] if strange else []), reads=True)


_NOTE = '<comment ref="C6" authorId="99999999999999999999"><text><t>{}</t></text></comment>'
_NOTES = f'<comments xmlns="{book.MAIN}"><authors/><commentList>{{}}</commentList></comments>'
add(
    "chu-thich-100000.xlsx",
    book.packed(good() | {"xl/comments1.xml": _NOTES.format(_NOTE.format("45") * 100_000).encode()}),
    "H38",
    reads=True,
)
add(
    "chu-thich-dtd.xlsx",
    book.packed(good() | {"xl/comments1.xml": b"<!DOCTYPE x []>" + _NOTES.format("").encode()}),
    "H38",
    reads=True,
)


def _comments() -> bytes:
    out = io.BytesIO()
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "=1+1"
    workbook.save(out)
    return out.getvalue()


add("khong-phai-bieu.xlsx", _comments(), "H05", reads=False)
add("xlsx-trong-zip.zip", _zip({"../../bieu.xlsx": GOOD}), reads=None)
assert zipfile.is_zipfile(io.BytesIO(GOOD))


def good_ods() -> bytes:
    """The good return as .ods."""
    return ods(_ods_table())


def _html_with(row: str, old: str = "<td>21</td>", new: str = "<td>21</td>") -> bytes:
    """The page with another tag for the row of 21, and another cell in its place."""
    rows = _html_rows()
    assert rows.count(old) == 1
    start = rows.rindex("<tr>", 0, rows.index(old))
    return _html((rows[:start] + row + rows[start + 4 :]).replace(old, new))


add(
    "trang-web-dong-an.xls",
    _html_with("<tr height=0 style='mso-height-source:userset;display:none'>"),
    "E08",
    reads=True,
)
add(
    "trang-web-dong-an-lop.xls",
    _html_with("<tr class=an>").replace(b"<body>", b"<style>.an{display:none}</style><body>"),
    "E08",
    reads=True,
)
add("trang-web-o-an.xls", _html_with("<tr>", new="<td style='display:none'>9</td><td>21</td>"), "H17", reads=True)
add("trang-web-o-an-thuoc-tinh.xls", _html_with("<tr>", new="<td hidden>9</td><td>21</td>"), "H17", reads=True)
add("trang-web-o-mo.xls", _html_with("<tr>", new="<td style='visibility:hidden'>21</td>"), "E07", reads=True)
add("trang-web-cot-an.xls", _html("<col><col><col style='display:none'>" + _html_rows()), "E09", reads=True)
add("trang-web-bang-an.xls", _html(_html_rows()).replace(b"<table>", b"<table hidden>"), "H09", reads=False)

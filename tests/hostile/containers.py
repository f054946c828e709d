"""Packages that are not what they say: zip bombs, two parts of one name, overlaps, names that lead elsewhere."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from pcmd_consolidate.forms import ValueType

from . import book
from .case import add, after_sheet_data, form, good, swapped, with_sheet

GOOD = book.packed(good())
_SPACES = b" " * 1_000_000


def _two(name: str, content: bytes, *, last: bool = True) -> bytes:
    """The good return with a second part of this name."""
    parts = [*good().items(), (name, content)] if last else [(name, content), *good().items()]
    return _listed(parts)


def _listed(parts: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            info = zipfile.ZipInfo("x" * len(name.encode()), (2025, 8, 20, 8, 0, 0))
            info.filename = name
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _directory(package: bytes) -> int:
    return package.index(b"PK\x01\x02")


def _entry(package: bytes, name: str) -> int:
    """Where the directory's entry of a part begins."""
    at = _directory(package)
    while package[at + 46 : at + 46 + len(name)] != name.encode():
        at = package.index(b"PK\x01\x02", at + 4)
    return at


def _patched(package: bytes, at: int, content: bytes) -> bytes:
    return package[:at] + content + package[at + len(content) :]


def _said(name: str, offset: int, layout: str, value: int, package: bytes = GOOD) -> bytes:
    """The package with another number in the directory's entry of a part."""
    return _patched(package, _entry(package, name) + offset, struct.pack(layout, value))


def _bomb(inflated: int, name: str = book.SHEET) -> bytes:
    """A part of spaces, small on the disk."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    pieces = [squeezer.compress(_SPACES) for _ in range(inflated // len(_SPACES))]
    squeezed = b"".join(pieces) + squeezer.flush()
    crc = 0
    for _ in range(inflated // len(_SPACES)):
        crc = zlib.crc32(_SPACES, crc)
    package = book.packed(good() | {name: b"?"})
    at = _entry(package, name)
    local = struct.unpack_from("<I", package, at + 42)[0]
    head = package[local : local + 30 + len(name)]
    sizes = struct.pack("<III", crc, len(squeezed), inflated)
    bomb = _patched(head, 14, sizes) + squeezed
    rest = [(n, c) for n, c in good().items() if n != name]
    first = _listed(rest)
    start = _directory(first)
    directory = first[start : first.rindex(b"PK\x05\x06")]
    entry = _patched(package[at : at + 46 + len(name)], 16, sizes)
    entry = _patched(entry, 42, struct.pack("<I", start))
    whole = directory + entry
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, len(rest) + 1, len(rest) + 1, len(whole), start + len(bomb), 0)
    return first[:start] + bomb + whole + end


def _claiming(declared: int) -> bytes:
    """A bomb that says in both places that it is small."""
    package = _bomb(300_000_000)
    at = _entry(package, book.SHEET)
    local = struct.unpack_from("<I", package, at + 42)[0]
    package = _patched(package, at + 24, struct.pack("<I", declared))
    return _patched(package, local + 22, struct.pack("<I", declared))


def _other_figures() -> bytes:
    return good()[book.SHEET].replace(b"<v>21</v>", b"<v>999</v>")


add("bom-300MB.xlsx", _bomb(300_000_000), "H20", reads=False)
add("bom-150MB.xlsx", _bomb(150_000_000), "H20", reads=False)
add("bom-trong-chuoi.xlsx", _bomb(300_000_000, "xl/sharedStrings.xml"), "H20", reads=False)
add("bom-trong-dinh-dang.xlsx", _bomb(150_000_000, "xl/styles.xml"), "H20", reads=False)
add("bom-khai-nho-1.xlsx", _claiming(1000), "H18", reads=False)
add("bom-khai-nho-2.xlsx", _claiming(20_000_000), "H18", reads=False)
add("bom-4GB-gia.xlsx", _said(book.SHEET, 24, "<I", 0xFFFFFFF0), "H20", reads=False)
add("khai-kich-thuoc-lon-hon.xlsx", _said(book.SHEET, 24, "<I", len(good()[book.SHEET]) + 7), "H18", reads=False)
add("khai-kich-thuoc-nho-hon.xlsx", _said(book.SHEET, 24, "<I", len(good()[book.SHEET]) - 7), "H18", reads=False)
add("sai-ma-kiem-tra.xlsx", _said(book.SHEET, 16, "<I", 12345), "H18", reads=False)
add("phan-co-mat-khau.xlsx", _said(book.SHEET, 8, "<H", 1), "H03", reads=False)
add("kieu-nen-bzip2.xlsx", book.packed(good(), zipfile.ZIP_BZIP2), "H18", reads=False)
add("kieu-nen-lzma.xlsx", book.packed(good(), zipfile.ZIP_LZMA), "H18", reads=False)
add("kieu-nen-la.xlsx", _said(book.SHEET, 10, "<H", 99), "H18", reads=False)
add("khong-nen.xlsx", book.packed(good(), zipfile.ZIP_STORED), reads=True)
add("hai-phan-trung-ten.xlsx", _two(book.SHEET, _other_figures()), "H19", reads=False)
add("hai-phan-trung-ten-truoc.xlsx", _two(book.SHEET, _other_figures(), last=False), "H19", reads=False)
add("hai-phan-khac-hoa-thuong.xlsx", _two("xl/worksheets/SHEET1.xml", _other_figures()), "H19", reads=False)
add("hai-phan-gach-nguoc.xlsx", _two("xl\\worksheets\\sheet1.xml", _other_figures()), "H18", reads=False)
add("hai-workbook.xlsx", _two("xl/workbook.xml", good()["xl/workbook.xml"]), "H19", reads=False)
add("hai-workbook-hoa.xlsx", _two("XL/Workbook.xml", good()["xl/workbook.xml"]), "H19", reads=False)
add("phan-tuyet-doi.xlsx", _two("/etc/passwd", b"root"), "H18", reads=False)
add("phan-len-thu-muc-tren.xlsx", _two("../../ngoai.txt", b"x"), "H18", reads=False)
add("phan-len-thu-muc-tren-2.xlsx", _two("xl/../../ngoai.txt", b"x"), "H18", reads=False)
add("phan-ten-rong.xlsx", _two("", b"x"), "H18", reads=False)
add("phan-ten-rong.zip", _listed([("", b"x"), ("a.txt", b"y")]))
add("phan-co-o-dia.xlsx", _two("C:/ngoai.txt", b"x"), "H18", reads=False)
add("phan-chong-nhau.xlsx", _said("xl/styles.xml", 42, "<I", 0), "H18", reads=False)
add("phan-ngoai-tep.xlsx", _said(book.SHEET, 42, "<I", len(GOOD) + 99), "H18", reads=False)
add("phan-trong-thu-muc-zip.xlsx", _said(book.SHEET, 42, "<I", _directory(GOOD)), "H18", reads=False)
add("nhieu-phan.xlsx", book.packed(good() | {f"xl/media/{i}.txt": b"" for i in range(5000)}), "H04", reads=False)
add("cat-cuoi.xlsx", GOOD[:-30], "H02", reads=False)
add("cat-nua.xlsx", GOOD[: len(GOOD) // 2], "H02", reads=False)
add("cat-dau.xlsx", GOOD[100:], reads=False)
add("chi-4-byte.xlsx", GOOD[:4], "H02", reads=False)
add("hai-tep-noi-nhau.xlsx", GOOD + GOOD, reads=None)
add("rac-truoc-zip.xlsx", b"GIF89a" + bytes(100) + GOOD, "H01", reads=False)
add("rac-sau-zip.xlsx", GOOD + bytes(70_000), "H02", reads=False)
add("hong-noi-dung-nen.xlsx", _patched(GOOD, GOOD.index(book.SHEET.encode()) + 200, b"\xff" * 50), "H18", reads=False)
add("rong.xlsx", b"", "H02", reads=False)
add("toan-0.xlsx", bytes(10_000), "H01", reads=False)
add("zip-rong.xlsx", b"PK\x05\x06" + bytes(18), "H15", reads=False)
add("thieu-workbook.xlsx", book.packed({n: c for n, c in good().items() if n != "xl/workbook.xml"}), reads=False)
add("thieu-trang.xlsx", book.packed({n: c for n, c in good().items() if n != book.SHEET}), "H27", reads=False)
add("thieu-rels.xlsx", book.packed({n: c for n, c in good().items() if "rels" not in n}), "H02", reads=False)
add("thieu-style.xlsx", book.packed({n: c for n, c in good().items() if "styles" not in n}), reads=True)
_MISSING_ONE = good() | {
    "xl/workbook.xml": book.workbook({"Phụ lục IIA": "rId1", "Trang 2": "rId9"}),
    "xl/_rels/workbook.xml.rels": book.relations(
        {"rId1": ("worksheet", "worksheets/sheet1.xml"), "rId9": ("worksheet", "worksheets/sheet9.xml")}
    ),
}
add("thieu-trang-thu-hai.xlsx", book.packed(_MISSING_ONE), "H27")
_SAME = good() | {
    "xl/workbook.xml": book.workbook({"A": "rId1", "B": "rId3"}).replace(b'name="B"', b'name="A"'),
    "xl/worksheets/sheet2.xml": _other_figures(),
    "xl/_rels/workbook.xml.rels": book.relations(
        {"rId1": ("worksheet", "worksheets/sheet1.xml"), "rId3": ("worksheet", "worksheets/sheet2.xml")}
    ),
}
add("hai-trang-cung-ten.xlsx", book.packed(_SAME), "H28", reads=False)
_SAME_FOLDED = _SAME | {"xl/workbook.xml": book.workbook({"Biểu": "rId1", "BIỂU": "rId3"})}
add("hai-trang-cung-ten-hoa.xlsx", book.packed(_SAME_FOLDED), "H28", reads=False)
_TWICE = good() | {"xl/workbook.xml": book.workbook({"A": "rId1", "B": "rId1"})}
add("mot-phan-hai-trang.xlsx", book.packed(_TWICE))
_MANY = good() | {
    "xl/workbook.xml": book.workbook({f"T{i}": "rId1" for i in range(3000)}),
}
add("ba-nghin-trang.xlsx", book.packed(_MANY), "H04", reads=False)
add("khong-co-trang.xlsx", book.packed(good() | {"xl/workbook.xml": book.workbook({})}), reads=False)

_MACRO = {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)}
add("co-macro.xlsm", book.packed(good() | _MACRO), "H23", reads=True)
add("co-macro-doi-ten.xlsx", book.packed(good() | _MACRO), "H23", reads=True)
add(
    "macro-ten-khac.xlsm",
    book.packed(
        good()
        | {
            "xl/ma.bin": _MACRO["xl/vbaProject.bin"],
            "[Content_Types].xml": book.content_types(
                '<Override PartName="/xl/ma.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
            ),
        }
    ),
    "H23",
    reads=True,
)
add("macro-excel4.xlsx", book.packed(good() | {"xl/macrosheets/sheet1.xml": b"<xm:macrosheet xmlns:xm='x'/>"}), "H23")
add("nhung-ole.xlsx", book.packed(good() | {"xl/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"}), "H24", reads=True)
add("activex.xlsx", book.packed(good() | {"xl/activeX/activeX1.xml": b"<x/>"}), "H24", reads=True)
add("ket-noi-du-lieu.xlsx", book.packed(good() | {"xl/connections.xml": b"<connections/>"}), "H24", reads=True)
_LINK = (
    f'<externalLink xmlns="{book.MAIN}"><externalBook xmlns:r="{book.RELATIONS}" r:id="rId1"/></externalLink>'.encode()
)
_DDE = f'<externalLink xmlns="{book.MAIN}"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'.encode()
add("lien-ket-ngoai.xlsx", book.packed(good() | {"xl/externalLinks/externalLink1.xml": _LINK}), "H25", reads=True)
add("dde.xlsx", book.packed(good() | {"xl/externalLinks/externalLink1.xml": _DDE}), "H24", reads=True)
_REMOTE = book.relations({"rId1": ("attachedTemplate", "http://example.invalid/a.dotm")}).replace(
    b"/>", b' TargetMode="External"/>'
)
add("mau-tu-xa.xlsx", book.packed(good() | {"xl/worksheets/_rels/sheet1.xml.rels": _REMOTE}), "H25", reads=True)

_ENTITY = '<!DOCTYPE x [<!ENTITY a "99">]>'
_LAUGHS = '<!DOCTYPE x [<!ENTITY a "9"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
_FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
for _name, _doctype in {
    "thuc-the": _ENTITY,
    "cuoi-ty-lan": _LAUGHS,
    "doc-tep-may": _FILE,
    "rong": "<!DOCTYPE x>",
}.items():
    add(f"doctype-{_name}.xlsx", swapped("<worksheet", f"{_doctype}<worksheet"), "H21", reads=False)
add(
    "doctype-o-workbook.xlsx",
    book.packed(good() | {"xl/workbook.xml": _ENTITY.encode() + good()["xl/workbook.xml"]}),
    "H21",
    reads=False,
)
add(
    "doctype-o-chuoi.xlsx",
    book.packed(good() | {"xl/sharedStrings.xml": _LAUGHS.encode() + b"<sst/>"}),
    "H21",
    reads=False,
)
add(
    "doctype-utf16.xlsx",
    book.packed(
        good()
        | {
            book.SHEET: good()[book.SHEET]
            .decode()
            .replace("UTF-8", "UTF-16")
            .replace("<worksheet", f"{_ENTITY}<worksheet")
            .encode("utf-16")
        }
    ),
    "H21",
    reads=False,
)
add(
    "trang-utf16.xlsx",
    book.packed(good() | {book.SHEET: good()[book.SHEET].decode().replace("UTF-8", "UTF-16").encode("utf-16")}),
    "H18",
    reads=False,
)
add("xml-sau-5000.xlsx", after_sheet_data("<a>" * 5000 + "</a>" * 5000), "H22", reads=False)
add("xml-sau-100000.xlsx", after_sheet_data("<a>" * 100_000 + "</a>" * 100_000), "H22", reads=False)
add(
    "xml-sau-workbook.xlsx",
    book.packed(good() | {"xl/workbook.xml": book.workbook({"A": "rId1"}, "<a>" * 3000 + "</a>" * 3000)}),
    "H22",
    reads=False,
)
add(
    "xml-sau-chuoi.xlsx",
    book.packed(good() | {"xl/sharedStrings.xml": b"<sst>" + b"<si>" * 3000 + b"</si>" * 3000 + b"</sst>"}),
    "H22",
    reads=False,
)
add("xml-hong.xlsx", swapped("</sheetData>", "<sheetData>"), "H02", reads=False)
add("xml-khong-dong.xlsx", with_sheet(lambda xml: xml[: len(xml) * 2 // 3]), "H02", reads=False)
add("xml-rong.xlsx", with_sheet(lambda _: ""), "H02", reads=False)
add("ten-phan-khong-utf8.xlsx", _two("xl/media/ảnh.png", b"x"), reads=True)


# Parts that Excel finds elsewhere than under their usual names, with others under those
_RELATED = {
    "rId1": ("worksheet", "worksheets/sheet1.xml"),
    "rId2": ("styles", "styles.xml"),
    "rId3": ("sharedStrings", "sharedStrings.xml"),
}


def _related(**changed: tuple[str, str]) -> bytes:
    return book.relations(_RELATED | changed)


def _strings(word: str) -> bytes:
    return f'<sst xmlns="{book.MAIN}"><si><t>{word}</t></si></sst>'.encode()


def _with_shared_word() -> bytes:
    """The sheet, with its first answer among the shared strings."""
    answer = next(row for row in form().indicators if row.value_type is ValueType.YES_NO)
    at = book.place(answer.number, 2021)
    return good()[book.SHEET].replace(book.text(at, "Có").encode(), f'<c r="{at}" t="s"><v>0</v></c>'.encode())


_RELATED_BOOK = good() | {book.SHEET: _with_shared_word(), "xl/_rels/workbook.xml.rels": _related()}
add("chuoi-dung-cho.xlsx", book.packed(_RELATED_BOOK | {"xl/sharedStrings.xml": _strings("Có")}), reads=True)
add(
    "chuoi-o-cho-khac.xlsx",
    book.packed(
        _RELATED_BOOK
        | {
            "xl/_rels/workbook.xml.rels": _related(rId3=("sharedStrings", "that.xml")),
            "xl/that.xml": _strings("Có"),
            "xl/sharedStrings.xml": _strings("Không"),
        }
    ),
    "H18",
    reads=False,
)
add(
    "so-tinh-o-cho-khac.xlsx",
    book.packed(
        good()
        | {
            "_rels/.rels": book.relations({"rId1": ("officeDocument", "xl/that.xml")}),
            "xl/that.xml": book.workbook({"Phụ lục IIA": "rId1"}),
            "xl/_rels/that.xml.rels": good()["xl/_rels/workbook.xml.rels"],
            "xl/_rels/workbook.xml.rels": _related(rId1=("worksheet", "worksheets/sheet2.xml")),
            "xl/worksheets/sheet2.xml": _other_figures(),
        }
    ),
    "H18",
    reads=False,
)
add(
    "dinh-dang-o-cho-khac.xlsx",
    book.packed(
        good()
        | {
            "xl/_rels/workbook.xml.rels": _related(rId2=("styles", "that.xml")),
            "xl/that.xml": book.styles({164: "0%"}),
        }
    ),
    "H18",
    reads=False,
)
_ONE_ID = (
    _related().replace(b"</Relationships>", b"")
    + _related(rId1=("worksheet", "worksheets/sheet2.xml")).partition(b">")[2]
)
add(
    "hai-trang-mot-ma.xlsx",
    book.packed(
        good() | {"xl/_rels/workbook.xml.rels": _ONE_ID, "xl/worksheets/sheet2.xml": _other_figures()},
    ),
    "H18",
    reads=False,
)

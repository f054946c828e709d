"""Text of the old fonts TCVN3 (.VnTime) and VNI: recognised, converted, and never mistaken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from vietnam_provinces import Ward

from pcmd_consolidate import Campaign, new_campaign, read_returns
from pcmd_consolidate.forms import load_form
from pcmd_consolidate.intake.grid import Cell, Grid
from pcmd_consolidate.intake.legacy_text import ENCODINGS, Encoding, to_unicode
from pcmd_consolidate.intake.plain_text import decode
from pcmd_consolidate.intake.syllables import is_syllable
from tests.strangers.annexes import SHAPES

TCVN3, VNI = ENCODINGS
FORMS = [load_form("IA"), load_form("IIA")]
LABELS = [row.label for form in FORMS for row in form.rows]
MEASURES = sorted({row.unit_of_measure for form in FORMS for row in form.indicators})
COMMUNES = [ward.name for ward in Ward.iter_all()]


def sheet(*cells: Cell) -> Grid:
    """A sheet with these cells below each other."""
    return Grid("Biểu", True, tuple((cell,) for cell in cells))


def converted(*cells: Cell) -> list[Cell]:
    return [row[0] for row in to_unicode(sheet(*cells)).rows]


def as_typed(text: str, encoding: str) -> str:
    """A text as it would have been typed in an old font."""
    if encoding == "TCVN3":
        codes = {new: old for old, new in TCVN3.letters.items()}
        return "".join(codes.get(c) or codes.get(c.lower()) or c for c in unicodedata.normalize("NFC", text))
    codes = {new: old for old, new in VNI.letters.items() if old in (old.upper(), old.lower())}
    codes |= {"Ỉ": "Æ", "ỉ": "æ", "Ị": "Ò", "ị": "ò", "Ĩ": "Ó", "ĩ": "ó"}
    return "".join(codes.get(c, c) for c in unicodedata.normalize("NFC", text))


# ---- the tables -----------------------------------------------------------------------------------------------------

ALPHABET = """
à ả ã á ạ ă ằ ẳ ẵ ắ ặ â ầ ẩ ẫ ấ ậ è ẻ ẽ é ẹ ê ề ể ễ ế ệ ì ỉ ĩ í ị ò ỏ õ ó ọ ô ồ ổ ỗ ố ộ ơ ờ ở ỡ ớ ợ
ù ủ ũ ú ụ ư ừ ử ữ ứ ự ỳ ỷ ỹ ý ỵ đ Ă Â Ê Ô Ơ Ư Đ
"""
IN_TCVN3 = """
µ ¶ · ¸ ¹ ¨ » ¼ ½ ¾ Æ © Ç È É Ê Ë Ì Î Ï Ð Ñ ª Ò Ó Ô Õ Ö × Ø Ü Ý Þ ß á â ã ä « å æ ç è é ¬ ê ë ì í î
ï ñ ò ó ô \xad õ ö ÷ ø ù ú û ü ý þ ® ¡ ¢ £ ¤ ¥ ¦ §
"""
IN_VNI = """
aø aû aõ aù aï aê aè aú aü aé aë aâ aà aå aã aá aä eø eû eõ eù eï eâ eà eå eã eá eä ì æ ó í ò
oø oû oõ où oï oâ oà oå oã oá oä ô ôø ôû ôõ ôù ôï uø uû uõ uù uï ö öø öû öõ öù öï yø yû yõ yù î ñ
AÊ AÂ EÂ OÂ Ô Ö Ñ
"""
PHRASES = [
    ("TCVN3", "Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
    ("TCVN3", "§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
    ("TCVN3", "Uû ban nh©n d©n x· Léc Thµnh", "Uỷ ban nhân dân xã Lộc Thành"),
    ("TCVN3", "§¶ng uû PH¦êNG TR¶NG BOM", "Đảng uỷ PHƯỜNG TRẢNG BOM"),
    ("TCVN3", "Sè ng\xadêi b¸n d©m ®\xadîc vay vèn n¨m 2021", "Số người bán dâm được vay vốn năm 2021"),
    ("VNI", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    ("VNI", "Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
    ("VNI", "UÛY BAN NHAÂN DAÂN XAÕ LOÄC THAØNH", "ỦY BAN NHÂN DÂN XÃ LỘC THÀNH"),
    ("VNI", "Soá ngöôøi baùn daâm ñöôïc vay voán naêm 2021", "Số người bán dâm được vay vốn năm 2021"),
]


@pytest.mark.parametrize(("encoding", "letters"), [(TCVN3, IN_TCVN3), (VNI, IN_VNI)])
def test_every_letter_has_its_code(encoding: Encoding, letters: str) -> None:
    assert [encoding.convert(old) for old in letters.split()] == ALPHABET.split()


@pytest.mark.parametrize(("encoding", "typed", "meant"), PHRASES)
def test_phrases_of_official_letters(encoding: str, typed: str, meant: str) -> None:
    grid = to_unicode(sheet(typed))

    assert grid.rows == ((meant,),)
    assert [f.rule for f in grid.findings] == ["H13"]
    assert encoding in grid.findings[0].message
    assert f"«{typed}» thành «{meant}»" in grid.findings[0].message


# ---- nothing is mistaken --------------------------------------------------------------------------------------------

WORDS = {
    "labels": LABELS,
    "labels in capitals": [label.upper() for label in LABELS],
    "communes": COMMUNES,
    "communes in capitals": [name.upper() for name in COMMUNES],
    "units of measure": MEASURES,
    "decomposed": [unicodedata.normalize("NFD", text) for text in (*LABELS, *COMMUNES)],
    "without accents": ["So nguoi ban dam", "Khong", "Co"],
    "answers": ["Không", "Có", "KHÔNG", "có", "chưa có", "Không có", "Không phát sinh"],
    "signs": [
        "«Đã rà soát»",
        "12 m²",
        "© 2025",
        "· Số người",
        "§ 5",
        "2×3",
        "½",
        "10 µg",
        "Coöp",
        "12¹",
        "±5",
        "TÀI LIỆU®",
    ],
    "Eth for Đ": ["Ðồng Nai", "Ðak Nhau", "Ðông", "Ða Kia", "Ðà Nẵng", "Ðội", "Ðề án", "Ðơn vị"],
    "hyphenated softly": ["truyền\xadthông", "tuyên\xadtruyền", "phát\xadsinh", "Cơ\xadsở", "Tính\xadđến"],
    "old tone placement": ["hoà", "hoá", "khoá", "toà", "thuỷ", "loà xoà", "hoàn", "khoản", "toán"],
    "foreign": ["Señor", "Müller", "façade", "naïve", "Ångström", "Køge", "Citroën", "crème brûlée", "Straße"],
}


@pytest.mark.parametrize("texts", WORDS.values(), ids=WORDS)
def test_ordinary_text_stays(texts: list[str]) -> None:
    together = sheet(*texts)

    assert to_unicode(together) is together
    assert all(to_unicode(sheet(text)).findings == () for text in texts)


def test_every_commune_and_label_is_taken_for_vietnamese() -> None:
    foreign = {w for text in LABELS for w in re.findall(r"[^\W\d_]+", text) if not is_syllable(w)}

    assert foreign <= {"AIDS", "HIV", "II", "KDDV", "PCMD", "Panô", "THPT", "bar", "gel", "karaoke", "panô"}


# ---- everything is converted ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["TCVN3", "VNI"])
@pytest.mark.parametrize("texts", [LABELS, [*COMMUNES[:40], *COMMUNES]], ids=["labels", "communes"])
def test_what_was_typed_in_an_old_font_is_read(encoding: str, texts: list[str]) -> None:
    wrong = [
        (meant, got)
        for meant, got in zip(texts, converted(*(as_typed(text, encoding) for text in texts)), strict=True)
        if folded(str(got)) != folded(meant)
    ]

    assert wrong == ([("Xã Krông Búk", "Xaõ Kroâng Buùk")] * texts.count("Xã Krông Búk") if encoding == "VNI" else [])


def folded(text: str) -> str:
    """TCVN3 has few capitals: case is lost where the font made them."""
    return unicodedata.normalize("NFC", text).casefold()


LETTERS = sorted({*"019.,-/ ()mMiIoO²¹½", *IN_TCVN3, *IN_VNI, *ALPHABET})


@given(st.lists(st.text(LETTERS, max_size=12), max_size=4).map(tuple))
def test_digits_are_never_changed(texts: tuple[str, ...]) -> None:
    typed = (*(as_typed(label, "TCVN3") for label in LABELS[:4]), *texts, 12, 3.5, None)

    new = converted(*typed)

    assert [digits(cell) for cell in new] == [digits(cell) for cell in typed]
    assert new[-3:] == [12, 3.5, None]


def digits(cell: Cell) -> list[str]:
    return re.findall(r"[\d.,/\-]", str(cell))


def test_each_cell_is_judged_by_itself_in_a_mixed_sheet() -> None:
    assert converted("Số người bán dâm", "Sè ng\xadêi mua d©m", "Kh«ng", "Không", "Có", "Cã", "Xã Lộc Thành", "Cá") == [
        "Số người bán dâm", "Số người mua dâm", "Không", "Không", "Có", "Có", "Xã Lộc Thành", "Cá",
    ]  # fmt: skip


def test_words_that_make_sense_both_ways_follow_the_sheet() -> None:
    assert converted("Sè ng\xadêi mua d©m", "§éc lËp", "Cã", "sè")[2:] == ["Có", "số"]
    assert converted("Số người", "Độc lập", "Hạnh phúc", "Kh«ng", "sè")[3:] == ["Không", "sè"]


def test_a_few_doubtful_words_convert_nothing() -> None:
    assert converted("m×n", "Số người") == ["m×n", "Số người"]


def test_the_example_is_a_clear_one() -> None:
    grid = to_unicode(sheet("X·", "Sè ng\xadêi b¸n d©m", "d©m " * 40))

    assert "«Sè ng\xadêi b¸n d©m» thành «Số người bán dâm»" in grid.findings[0].message
    assert grid.findings[0].message.startswith("3 ô ")


def test_titles_of_a_document_are_converted_too() -> None:
    grid = Grid("Bảng 1", True, (("Kh«ng",),), title=("UBND x· Léc Thµnh",))

    assert to_unicode(grid).title == ("UBND xã Lộc Thành",)


# ---- bytes of text files --------------------------------------------------------------------------------------------


def windows_1258(text: str) -> bytes:
    """Vietnamese for Windows writes a vowel and its tone apart."""
    out = ""
    for letter in unicodedata.normalize("NFC", text):
        marks = unicodedata.normalize("NFD", letter)
        tones = "".join(c for c in marks if c in "\u0300\u0301\u0303\u0309\u0323")
        apart = unicodedata.normalize("NFC", "".join(c for c in marks if c not in tones)) + tones
        out += letter if encodable(letter) else apart
    return out.encode("cp1258")


def encodable(letter: str) -> bool:
    return letter == letter.encode("cp1258", "ignore").decode("cp1258")


@pytest.mark.parametrize(
    "texts", [LABELS, COMMUNES, [n.upper() for n in COMMUNES]], ids=["labels", "communes", "capitals"]
)
def test_windows_1258_is_not_taken_for_an_old_font(texts: list[str]) -> None:
    assert decode(windows_1258("\n".join(texts))) == unicodedata.normalize("NFC", "\n".join(texts))


@pytest.mark.parametrize("encoding", ["TCVN3", "VNI"])
def test_bytes_of_an_old_font_are_left_for_conversion(encoding: str) -> None:
    typed = ";".join(as_typed(label, encoding) for label in LABELS)

    assert decode(typed.encode("cp1252")) == typed


# ---- a whole return -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    return new_campaign(tmp_path_factory.mktemp("dong-nai"), "Đồng Nai")


@pytest.mark.parametrize("encoding", ["TCVN3", "VNI"])
def test_a_return_typed_in_an_old_font(encoding: str, campaign: Campaign, tmp_path: Path) -> None:
    original = SHAPES["letterhead"](tmp_path).path
    expected = read_returns(campaign, tmp_path).values
    book = openpyxl.load_workbook(original)
    retyped = {c.coordinate: as_typed(c.value, encoding) for c in texts_of(book.active.iter_rows())}
    for cell, text in retyped.items():
        book.active[cell] = text
    book.save(original)

    returns = read_returns(campaign, tmp_path)

    same = ["unit_id", "row", "year", "value", "state", "cell"]
    assert returns.values[same].equals(expected[same])
    assert returns.findings["rule"].tolist() == ["H13"]
    assert returns.findings["unit"].tolist() == ["Xã Lộc Thành"]


def texts_of(rows: Iterable[Iterable[openpyxl.cell.Cell]]) -> list[openpyxl.cell.Cell]:
    return [c for row in rows for c in row if isinstance(c.value, str) and not c.value.startswith("=")]

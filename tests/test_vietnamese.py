from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcmd_consolidate.vietnamese import has_accents, key, plain, plain_words, squeeze, words

SAME = [
    ("Hòa Bình", "Hoà Bình"),  # the tone mark on either vowel
    ("Thủy Nguyên", "Thuỷ Nguyên"),
    ("khỏe", "khoẻ"),
    ("Tùy", "Tuỳ"),
    ("XÃ LỘC THÀNH", "Xã Lộc Thành"),
    ("HOÀ", "hòa"),
    ("Đồng Nai", "ÐỒNG NAI"),  # Icelandic Eth
    ("Đồng Nai", "ðồng nai"),  # and its small letter
    ("Xã\u00a0Đak Lua", "Xã Đak Lua"),
    ("Xã  Đak\tLua\n", "Xã Đak Lua"),
    ("Xã Đak-Lua", "xã_đak_lua"),
    ("UBND xã Đak Lua.", "(UBND) xã: Đak, Lua"),
    ("", " -.,;"),
]
DIFFERENT = [
    ("Lộc Thành", "Lộc Thạnh"),
    ("Đak", "Đăk"),
    ("Đak", "Đắk"),
    ("Đăk", "Đắk"),
    ("Đak", "Dak"),
    ("mua", "múa"),
    ("sĩ", "sỹ"),
    ("Bình Long", "Long Bình"),
    ("Phường 1", "Phường 2"),
    ("mua dâm", "muadâm"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_same_words_are_the_same(one: str, other: str, form: str) -> None:
    assert words(one) == words(unicodedata.normalize(form, other))  # type: ignore[arg-type]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_words_differ(one: str, other: str) -> None:
    assert words(one) != words(other)


@pytest.mark.parametrize(
    ("text", "count"),
    [("Xã Lộc Thành", 3), ("IIA_Xã Lộc Thành_nộp", 5), ("HIV/AIDS", 2), ("GD&ĐT", 2), ("12,5", 2), ("…", 0)],
)
def test_number_of_words(text: str, count: int) -> None:
    assert count == len(words(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xã Lộc Thành", ("xa", "loc", "thanh")),
        ("XÃ LỘC THẠNH", ("xa", "loc", "thanh")),
        ("Đăk Ơ", ("dak", "o")),
        ("Thuỷ, thủy", ("thuy", "thuy")),
        ("Ðồng Nai", ("dong", "nai")),
        ("phường\u00a0Trấn Biên", ("phuong", "tran", "bien")),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_plain_words(text: str, expected: tuple[str, ...], form: str) -> None:
    assert expected == plain_words(unicodedata.normalize(form, text))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Đồng Nai", "dong nai"), ("ƯỚC TÍNH", "uoc tinh"), ("Ðăk Lăk", "dak lak"), ("a-b 1,5", "a-b 1,5"), ("", "")],
)
def test_plain(text: str, expected: str) -> None:
    assert expected == plain(text)


@pytest.mark.parametrize(("text", "expected"), [("  Xã \u00a0Đak\n Lua ", "xã đak lua"), ("HIV/AIDS", "hiv aids")])
def test_key_joins_the_words(text: str, expected: str) -> None:
    assert key(expected) == key(text)
    assert key(text).count(" ") == expected.count(" ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xã Lộc Thành", True),
        ("ĐỒNG NAI", True),
        ("Đak Lua", True),
        ("Ðak Lua", True),
        ("dak lua", False),
        ("LOC THANH", False),
        ("IIA_2025-08-28 (2)", False),
        ("", False),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_has_accents(text: str, expected: bool, form: str) -> None:
    assert expected == has_accents(unicodedata.normalize(form, text))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Xã \u00a0Đak\r\n Lua ", "Xã Đak Lua"),
        (unicodedata.normalize("NFD", "Xã Lộc Thành"), "Xã Lộc Thành"),
        ("Hoà", "Hoà"),  # wording is kept
        (" \n ", ""),
    ],
)
def test_squeeze(text: str, expected: str) -> None:
    assert expected == squeeze(text)


@given(st.text())
def test_nothing_depends_on_composition(text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)

    assert words(composed) == words(decomposed)
    assert plain_words(composed) == plain_words(decomposed)
    assert has_accents(composed) == has_accents(decomposed)


@given(st.text())
def test_plain_text_has_no_accents(text: str) -> None:
    assert not has_accents(plain(text))

from __future__ import annotations

import csv
import itertools
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from vietnam_provinces import Province

from pcmd_consolidate.forms import load_form
from pcmd_consolidate.start import communes, departments
from pcmd_consolidate.units import Registry, Unit
from pcmd_consolidate.vietnamese import plain

with (Path(__file__).parent / "data" / "dongnai_95.csv").open(encoding="utf-8", newline="") as lines:
    DONG_NAI = [line["name"] for line in csv.DictReader(lines)]

COMMUNES = Registry(Unit(f"X{n}", name, "commune", "IIA") for n, name in enumerate(DONG_NAI))
DEPARTMENTS = Registry(departments(load_form("IA")))


def named(text: str, registry: Registry = COMMUNES, *, accents: bool = True) -> list[str]:
    return [unit.name for unit in registry.named_in(text, accents=accents)]


def split(name: str) -> tuple[str, str]:
    """Type and name proper."""
    kind = "Đặc khu" if name.startswith("Đặc khu") else name.partition(" ")[0]
    return kind, name[len(kind) + 1 :]


def ubnd(name: str) -> str:
    kind, bare = split(name)
    return f"UBND {kind.lower()} {bare}"


def committee(name: str) -> str:
    kind, bare = split(name)
    return f"Ủy ban nhân dân {kind.lower()} {bare}, tỉnh Đồng Nai"


def letterhead(name: str) -> str:
    return f"UỶ BAN NHÂN DÂN\n{name.upper()}"


def short_type(name: str) -> str:
    kind, bare = split(name)
    return f"UBND {kind[0]}. {bare}" if kind in ("Xã", "Phường") else name


WAYS: dict[str, Callable[[str], str]] = {
    "official": str,
    "capitals": str.upper,
    "small letters": str.lower,
    "decomposed": lambda name: unicodedata.normalize("NFD", name),
    "UBND": ubnd,
    "committee": committee,
    "letterhead": letterhead,
    "short type": short_type,
    "file name": lambda name: f"IIA_{name}_nộp",
    "underscores": lambda name: f"phu_luc_IIA_{name.replace(' ', '_')}_2025-08-28",
    "hyphens": lambda name: f"PL-IIA-{name.replace(' ', '-')}-lan-2",
    "non-breaking spaces": lambda name: name.replace(" ", "\u00a0"),
    "without type": lambda name: split(name)[1],
    "in a sentence": lambda name: f"Số liệu của {name} (bản chính thức), ngày 20/8/2025",
}


def test_no_two_communes_of_dong_nai_have_one_name() -> None:
    assert (len(DONG_NAI), len(set(DONG_NAI))) == (95, 95)
    assert len({split(name)[1] for name in DONG_NAI}) == 95


@pytest.mark.parametrize("way", WAYS)
def test_every_commune_of_dong_nai_finds_itself_and_no_other(way: str) -> None:
    found = {name: named(WAYS[way](name)) for name in DONG_NAI}

    assert {name: [name] for name in DONG_NAI} == found


@pytest.mark.parametrize("way", ["official", "capitals", "decomposed", "UBND", "file name", "without type"])
def test_every_commune_of_the_country_finds_itself_and_no_other_in_its_province(way: str) -> None:
    asked = 0
    wrong: dict[Unit, tuple[Unit, ...]] = {}
    for province in Province.iter_all():
        units = communes(load_form("IIA"), province)
        registry = Registry(units)
        asked += len(units)
        wrong |= {unit: found for unit in units if (found := registry.named_in(WAYS[way](unit.name))) != (unit,)}

    assert asked == 3321
    assert wrong == {}


def test_two_communes_in_one_text_are_both_found() -> None:
    pairs = list(itertools.combinations(DONG_NAI, 2))
    wrong = [pair for pair in pairs if named(f"{pair[1]}, {pair[0]}") != list(pair)]

    assert len(pairs) == 95 * 94 // 2
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # names that are nearly alike
        ("Xã Lộc Thành", ["Xã Lộc Thành"]),
        ("Xã Lộc Thạnh", ["Xã Lộc Thạnh"]),
        ("Phường Long Bình", ["Phường Long Bình"]),
        ("Phường Bình Long", ["Phường Bình Long"]),
        ("Phước An", ["Xã Phước An"]),
        ("An Phước", ["Xã An Phước"]),
        ("Phường Bình Phước, tỉnh Đồng Nai", ["Phường Bình Phước"]),
        ("Xã Đak Nhau", ["Xã Đak Nhau"]),
        ("Xã Đăk Nhau", ["Xã Đak Nhau"]),
        ("Xã Đắc Nhau", ["Xã Đak Nhau"]),
        ("XÃ ĐẮK NHAU", ["Xã Đak Nhau"]),
        ("Xã Đăk Ơ", ["Xã Đăk Ơ"]),
        # under another type
        ("Phường Lộc Thành", []),
        ("Xã Long Bình", []),
        ("Xã Bình Phước", []),
        ("Huyện Tân Phú", []),
        ("Thành phố Long Khánh", []),
        ("TP. Biên Hòa", []),
        ("Thị xã Phước Long", []),
        ("tỉnh Bình Phước", []),
        ("Xã Phước An, tỉnh Bình Phước", ["Xã Phước An"]),
        # of old
        ("xã Lộc Thành cũ", []),
        ("Xã Lộc Thành (cũ)", []),
        ("Tân Lợi cũ", []),
        ("XÃ LỘC THÀNH CŨ", []),
        ("Xã Lộc Thành (gồm xã Lộc Thạnh cũ)", ["Xã Lộc Thành"]),
        ("Xã Lộc Thành cũ nay là xã Lộc Hưng", ["Xã Lộc Hưng"]),
        # with its type outweighs without
        ("Xã Lộc Thành giáp Lộc Thạnh", ["Xã Lộc Thành"]),
        ("Lộc Thành, Lộc Thạnh", ["Xã Lộc Thạnh", "Xã Lộc Thành"]),
        ("Xã Lộc Thành, xã Lộc Thạnh", ["Xã Lộc Thạnh", "Xã Lộc Thành"]),
        # not a name
        ("Lộc", []),
        ("Thành Lộc", []),
        ("phường, xã", []),
        ("", []),
    ],
)
def test_communes_named_in_a_text(text: str, expected: list[str]) -> None:
    assert expected == named(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("loc thanh", ["Xã Lộc Thạnh", "Xã Lộc Thành"]),
        ("IIA_Loc_Thanh_nop", ["Xã Lộc Thạnh", "Xã Lộc Thành"]),
        ("xã Lộc Thành", ["Xã Lộc Thành"]),
        ("xã Lộc Thảnh", []),
        ("long binh", ["Phường Long Bình"]),
        ("BINH LONG", ["Phường Bình Long"]),
        ("UBND phuong Long Binh", ["Phường Long Bình"]),
        ("UBND xa Long Binh", []),
        ("dak o", ["Xã Đăk Ơ"]),
        ("xa loc ninh cu", []),
        ("loc", []),
    ],
)
def test_communes_named_without_accents(text: str, expected: list[str]) -> None:
    assert expected == named(text, accents=False)


def test_without_accents_every_commune_is_among_those_found() -> None:
    found = {name: named(plain(name).upper(), accents=False) for name in DONG_NAI}

    assert [name for name in DONG_NAI if name not in found[name]] == []
    assert {name for name in DONG_NAI if len(found[name]) > 1} == {"Xã Lộc Thành", "Xã Lộc Thạnh"}


def test_a_longer_name_hides_the_shorter_inside_it() -> None:
    registry = Registry([Unit("1", "Xã Tân Phú", "commune", "IIA"), Unit("2", "Xã Tân Phú Trung", "commune", "IIA")])

    assert named("UBND xã Tân Phú Trung", registry) == ["Xã Tân Phú Trung"]
    assert named("UBND xã Tân Phú", registry) == ["Xã Tân Phú"]


DEPARTMENT_NAMES = {
    "Công an tỉnh": ["CÔNG AN TỈNH ĐỒNG NAI", "Công an", "CA tỉnh"],
    "Bộ Chỉ huy Quân sự tỉnh": ["BỘ CHỈ HUY QUÂN SỰ", "Bộ CHQS tỉnh", "bộ chqs"],
    "Sở Văn hóa, Thể thao": ["Sở Văn hoá, Thể thao và Du lịch", "Sở VHTTDL", "SỞ VHTT&DL", "Sở VHTT"],
    "Sở Giáo dục và Đào tạo": ["Sở Giáo dục - Đào tạo", "Sở GD&ĐT", "sở gdđt"],
    "Sở Tư pháp": ["SỞ TƯ PHÁP", "IA_Sở_Tư_pháp"],
    "Sở Tài chính": ["Sở Tài chính tỉnh Đồng Nai", "Sở TC"],
    "Viện kiểm sát nhân dân tỉnh": ["Viện Kiểm sát nhân dân", "VKSND tỉnh", "vksnd", "Viện KSND tỉnh"],
    "Tòa án nhân dân tỉnh": ["Toà án nhân dân tỉnh", "TAND tỉnh", "TAND"],
    "Liên đoàn Lao động tỉnh": ["LIÊN ĐOÀN LAO ĐỘNG", "LĐLĐ tỉnh", "PL_IA_LĐLĐ"],
    "Hội Liên hiệp phụ nữ tỉnh": ["Hội Liên hiệp Phụ nữ", "Hội LHPN tỉnh", "HỘI PHỤ NỮ TỈNH"],
    "Trung tâm kiểm soát bệnh tật tỉnh, Sở Y tế": [
        "Trung tâm Kiểm soát bệnh tật tỉnh Đồng Nai",
        "TRUNG TÂM KIỂM SOÁT BỆNH TẬT",
        "CDC",
        "CDC tỉnh",
    ],
}


@pytest.mark.parametrize(("name", "written"), DEPARTMENT_NAMES.items())
def test_departments_are_found_under_their_other_names(name: str, written: list[str]) -> None:
    assert [[name]] * (len(written) + 1) == [named(text, DEPARTMENTS) for text in (name, *written)]


@pytest.mark.parametrize("text", ["Sở Y tế", "Sở Xây dựng", "Đồng Nai", "tỉnh", "Công đoàn"])
def test_no_department_is_named(text: str) -> None:
    assert named(text, DEPARTMENTS) == []


def test_units_are_told_apart_by_id_and_form() -> None:
    one, two = Unit("S01", "Sở Y tế", "department", "IA"), Unit("S01", "Xã Mẫu", "commune", "IIA")
    registry = Registry([one, two])

    assert (registry.get("S01", "IA"), registry.get("S01", "IIA"), registry.get("S02", "IA")) == (one, two, None)
    assert (registry.of_form("IA"), registry.of_form("IIA"), registry.of_form("IB")) == ((one,), (two,), ())
    assert (list(registry), len(registry)) == ([one, two], 2)

"""Which unit: how units write, or do not write, who they are."""

from __future__ import annotations

from random import Random

from .annex import Sender, alike_without_accents, plain
from .description import Description
from .registry import communes_only, kind

_NAMELESS = ("Phụ lục IIA", "BIỂU TỔNG HỢP SỐ LIỆU", "TỔNG KẾT CÔNG TÁC PHÒNG, CHỐNG MẠI DÂM GIAI ĐOẠN 2021 - 2025")


def _nameless(description: Description) -> tuple[str, ...]:
    return (f"Phụ lục {description.sender.form}", *_NAMELESS[1:])


def _unsure_if_alike(description: Description) -> Description:
    """Without accents, some units cannot be told apart: nothing of the return may be read."""
    if description.sender.name in alike_without_accents():
        return description.doubt(description.truth)
    return description


def _type_of(sender: Sender) -> str:
    return sender.name.split(" ", 1)[0]


_ONE_MANNER = (
    "short_type", "committee_written_out", "bare_name", "title_without_accents", "name_in_file_only",
    "name_in_plain_file_only", "name_in_sheet_only", "dak", "eth", "name_in_a_sentence", "department_short_name",
    "glued_file_name",
)  # fmt: skip


@kind("unit", fits=communes_only, excludes=_ONE_MANNER)
def short_type(d: Description, rng: Random) -> Description:
    """The title says X. or P. for xã or phường."""
    short = _type_of(d.sender)[0]
    name = rng.choice(
        (f"UBND {short}. {d.sender.bare.upper()}", f"UBND {short}.{d.sender.bare}", f"{short}. {d.sender.bare}")
    )
    return d.with_(titles=(name, *_nameless(d)), file="Bieu so lieu")


@kind("unit", fits=communes_only, excludes=_ONE_MANNER)
def committee_written_out(d: Description, rng: Random) -> Description:
    """Ủy ban nhân dân written out, over two rows or with its line break."""
    name = d.sender.name
    titles = rng.choice((
        ("ỦY BAN NHÂN DÂN", name.upper()),
        (f"ỦY BAN NHÂN DÂN\n{name.upper()}",),
        (f"Ủy ban nhân dân {name[0].lower()}{name[1:]}",),
        ("UỶ BAN NHÂN DÂN TỈNH ĐỒNG NAI", f"UBND {name.upper()}"),
    ))  # fmt: skip
    return d.with_(titles=(*titles, *_nameless(d)), file="Bieu so lieu")


@kind("unit", fits=communes_only, excludes=_ONE_MANNER)
def bare_name(d: Description, rng: Random) -> Description:
    """The name without xã or phường."""
    name = rng.choice((f"Đơn vị: {d.sender.bare}", f"Tên đơn vị báo cáo: {d.sender.bare}", d.sender.bare.upper()))
    return d.with_(titles=(name, *_nameless(d)), file="Bieu so lieu")


@kind("unit", excludes=_ONE_MANNER)
def title_without_accents(d: Description, rng: Random) -> Description:
    """The title block typed without accents, a file name that says nothing."""
    name = f"UBND {d.sender.name}" if d.sender.form == "IIA" else d.sender.name
    titles = tuple(plain(text) for text in (name.upper() if rng.random() < 0.5 else name, *_nameless(d)))
    return _unsure_if_alike(d.with_(titles=titles, file="Bieu so lieu"))


@kind("unit", excludes=_ONE_MANNER)
def name_in_file_only(d: Description, rng: Random) -> Description:
    """Only the file name says who sent it."""
    form = d.sender.form
    file = rng.choice(
        (f"{d.sender.name} - PL {form}", f"PL{form}_{d.sender.name}", f"báo cáo {d.sender.name} (gửi lại)")
    )
    return d.with_(titles=_nameless(d), file=file)


@kind("unit", excludes=_ONE_MANNER)
def name_in_plain_file_only(d: Description, rng: Random) -> Description:
    """Only the file name says who sent it, without accents."""
    name = plain(d.sender.name)
    file = rng.choice((f"{name} PL{d.sender.form}", name.lower().replace(" ", "_"), name.upper().replace(" ", "-")))
    return _unsure_if_alike(d.with_(titles=_nameless(d), file=file))


@kind("unit", fits=communes_only, excludes=_ONE_MANNER)
def glued_file_name(d: Description, rng: Random) -> Description:
    """Only the file name says who sent it, its words run together: PLIIA_LocNinh."""
    name = plain(d.sender.bare).title().replace(" ", "")
    file = rng.choice((f"PLIIA_{name}", f"{name}_IIA", f"{plain(_type_of(d.sender))}{name}"))
    return _unsure_if_alike(d.with_(titles=_nameless(d), file=file))


@kind("unit", excludes=_ONE_MANNER)
def name_in_sheet_only(d: Description, rng: Random) -> Description:
    """Only the sheet's name says who sent it."""
    sheet = (d.sender.name if rng.random() < 0.5 else d.sender.bare)[:31].strip(" ,")
    if sheet not in (d.sender.name, d.sender.bare):
        return d
    return d.with_(titles=_nameless(d), file="bieu so lieu", sheet=sheet)


def _has_dak(sender: Sender) -> bool:
    return plain(sender.bare).startswith("Dak ")


@kind("unit", fits=_has_dak, excludes=_ONE_MANNER)
def dak(d: Description, rng: Random) -> Description:
    """Đak, Đăk or Đắk for one another."""
    rest = d.sender.bare.split(" ", 1)[1]
    name = f"{_type_of(d.sender)} {rng.choice(('Đak', 'Đăk', 'Đắk', 'Đắc', 'ĐAK', 'Dak'))} {rest}"
    return d.with_(titles=(f"UBND {name}", *_nameless(d)), file="Bieu so lieu")


@kind("unit", fits=lambda s: "Đ" in s.name or "đ" in s.name, excludes=_ONE_MANNER)
def eth(d: Description, _: Random) -> Description:
    """Ð (Eth) for Đ in the unit's name."""
    name = d.sender.name.replace("Đ", "Ð").replace("đ", "ð")
    return d.with_(titles=(f"UBND {name}" if d.sender.form == "IIA" else name, *_nameless(d)), file="Bieu so lieu")


@kind("unit", fits=communes_only, excludes=_ONE_MANNER)
def name_in_a_sentence(d: Description, rng: Random) -> Description:
    """The unit is named inside a sentence of the title block."""
    name = d.sender.name
    typed = name[0].lower() + name[1:]
    sentence = rng.choice((
        f"(Kèm theo Báo cáo số {rng.randint(1, 400)}/BC-UBND ngày {rng.randint(1, 28)}/8/2025 của UBND {typed})",
        f"Số liệu phòng, chống mại dâm trên địa bàn {typed}, tỉnh Đồng Nai",
    ))  # fmt: skip
    return d.with_(titles=(*_nameless(d), sentence), file="Bieu so lieu")


_SHORT = {
    "Sở Giáo dục và Đào tạo": "Sở GD&ĐT",
    "Viện kiểm sát nhân dân tỉnh": "VKSND tỉnh",
    "Tòa án nhân dân tỉnh": "TAND tỉnh",
    "Liên đoàn Lao động tỉnh": "LĐLĐ tỉnh",
    "Hội Liên hiệp phụ nữ tỉnh": "Hội LHPN tỉnh",
    "Sở Văn hóa, Thể thao": "Sở VHTTDL",
    "Bộ Chỉ huy Quân sự tỉnh": "Bộ CHQS tỉnh",
}


@kind("unit", fits=lambda s: s.name in _SHORT, excludes=_ONE_MANNER)
def department_short_name(d: Description, _: Random) -> Description:
    """A department under its everyday abbreviation."""
    return d.with_(titles=(_SHORT[d.sender.name], *_nameless(d)), file="Bieu so lieu")


@kind("unit", fits=communes_only)
def former_communes_named(d: Description, rng: Random) -> Description:
    """The title names the former communes that the unit was merged from."""
    former = rng.choice(("Xã Tân Lợi cũ, xã Tân Hòa cũ", "xã A cũ và xã B cũ"))
    return d.with_(titles=(*d.titles, f"(sáp nhập từ {former})"))

"""Counts and answers typed so that a careful clerk reads them without a doubt."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from .annex import COUNT, MONEY, YEARS, YES_NO
from .description import Cell, Description, Key, Said
from .numerals import grouped, in_words
from .registry import kind

Typed = Callable[[float, Random], object]


def retype(d: Description, rng: Random, typed: Typed, *, types: tuple[str, ...] = (COUNT,), share: float = 0.3,
           least: float = 0, most: float = 1e12) -> Description:  # fmt: skip
    """The description with a share of its plain figures typed in another way, their meaning kept."""
    said: dict[Key, Said] = {}
    for key in d.plain_figures(*types):
        value = d.truth[key]
        if value is not None and least <= value < most and rng.random() < share:
            said[key] = Said(typed(value, rng), value)
    return d.say(said)


def whole(value: float) -> str:
    """A count as digits."""
    return str(int(value))


@kind("figures")
def numbers_as_text(d: Description, rng: Random) -> Description:
    """Numbers stored as text, some with leading zeros or spaces around."""
    return retype(
        d, rng, lambda v, r: r.choice((whole(v), f"{int(v):02}", f" {whole(v)} ", f"{whole(v)}  ")), share=0.5
    )


@kind("figures")
def dotted_thousands(d: Description, rng: Random) -> Description:
    """1.250 and 12.345.678 in counts."""
    return retype(d, rng, lambda v, _: grouped(v, "."), share=0.8, least=1000)


@kind("figures")
def english_thousands(d: Description, rng: Random) -> Description:
    """1,250 in counts."""
    return retype(d, rng, lambda v, _: grouped(v, ","), share=0.8, least=1000)


@kind("figures")
def spaced_thousands(d: Description, rng: Random) -> Description:
    """1 250 with a space, a non-breaking or a thin space."""
    return retype(d, rng, lambda v, r: grouped(v, r.choice((" ", "\xa0", "\u202f", "\u2009"))), share=0.8, least=1000)


@kind("figures")
def apostrophe_thousands(d: Description, rng: Random) -> Description:
    """1'250 as on some calculators."""
    return retype(d, rng, lambda v, r: grouped(v, r.choice(("'", "’"))), share=0.8, least=1000)


@kind("figures")
def unit_behind(d: Description, rng: Random) -> Description:
    """The unit of measure behind the number: «12 cuộc», «350người»."""
    said = {}
    for key in d.plain_figures(COUNT):
        value, measure = d.truth[key], d.lines[key[0]].measure
        if value is not None and measure and "," not in measure and rng.random() < 0.4:
            unit = rng.choice((measure.lower(), measure, measure.upper()))
            said[key] = Said(f"{whole(value)}{rng.choice((' ', ' ', '', chr(160)))}{unit}", value)
    return d.say(said)


@kind("figures")
def note_behind(d: Description, rng: Random) -> Description:
    """A note behind the number: «12 (3 nữ)», «12 (lồng ghép)», over two rows."""
    notes = ("(3 nữ)", "(lồng ghép)", "(KH số 45/KH-UBND)", "(có danh sách kèm theo)", "(trong đó: 2 nữ)")
    return retype(d, rng, lambda v, r: f"{whole(v)}{r.choice((' ', chr(10), ''))}{r.choice(notes)}", share=0.2)


@kind("figures")
def words_for_numbers(d: Description, rng: Random) -> Description:
    """Numbers in words: ba, mười hai, hai mươi lăm, một trăm linh năm, hai nghìn ba trăm."""
    typed: Typed = lambda v, r: r.choice((in_words(int(v)), in_words(int(v)).capitalize()))  # noqa: E731
    return retype(d, rng, typed, share=0.2, least=1, most=10000)


@kind("figures")
def words_beside_numbers(d: Description, rng: Random) -> Description:
    """The number and the same in words: «12 (mười hai)»."""
    return retype(d, rng, lambda v, _: f"{whole(v)} ({in_words(int(v))})", share=0.2, least=1, most=10000)


@kind("figures")
def nothing_in_words(d: Description, rng: Random) -> Description:
    """Không, ko, không có, không phát sinh and dashes for 0."""
    words = ("Không", "không", "ko", "KHÔNG", "Không có", "không phát sinh", "-", "–", " - ", "—", "Ko có", "0", "00")
    return retype(d, rng, lambda _, r: r.choice(words), types=(COUNT, MONEY), share=1, most=0.0001)


@kind("figures")
def not_available(d: Description, rng: Random) -> Description:
    """…, ..., «chưa có số liệu», N/A where nothing is known."""
    words = ("…", "...", ".....", "chưa có số liệu", "Chưa thống kê", "N/A", "Không có số liệu", "không rõ", "……")
    keys = [key for key in d.plain_figures(COUNT, MONEY) if rng.random() < 0.15]
    return d.say({key: Said(rng.choice(words), None) for key in keys})


@kind("figures")
def blanks(d: Description, rng: Random) -> Description:
    """Cells left blank, or with spaces only."""
    keys = [key for key in d.plain_figures(COUNT, MONEY) if rng.random() < 0.2]
    return d.say({key: Said(rng.choice((None, None, "", " ", "\xa0")), None) for key in keys})


@kind("figures")
def full_width_digits(d: Description, rng: Random) -> Description:
    """Digits in full width: １２."""
    table = str.maketrans("0123456789", "０１２３４５６７８９")
    return retype(d, rng, lambda v, _: whole(v).translate(table), share=0.2)


@kind("figures")
def invisible_beside_digits(d: Description, rng: Random) -> Description:
    """Zero-width characters, a tab, a non-breaking space or an apostrophe beside the digits."""
    signs = (
        "\u200b{}",
        "{}\u200b",
        "\ufeff{}",
        "{}\xa0",
        "\xa0{}",
        "\t{}",
        "{}\n",
        "'{}",
        "{}\u200e",
        "\u202a{}\u202c",
    )
    return retype(d, rng, lambda v, r: r.choice(signs).format(whole(v)), share=0.25)


@kind("figures")
def full_stop_behind(d: Description, rng: Random) -> Description:
    """A full stop, comma or semicolon behind the number, and 12,0 or 12.0."""
    return retype(d, rng, lambda v, r: whole(v) + r.choice((".", ",", ";", ",0", ".0", ",00")), share=0.2)


@kind("figures")
def float_noise(d: Description, rng: Random) -> Description:
    """Counts that a calculation left as 12.000000000000002."""
    return retype(d, rng, lambda v, r: v + r.choice((-1, 1)) * 2e-12 * max(v, 1), share=0.2, least=1)


@kind("figures")
def formulas(d: Description, rng: Random) -> Description:
    """Figures as formulas with their stored result: =5+7."""
    return retype(d, rng, lambda v, _: Cell(int(v), formula=f"={int(v) // 2}+{int(v) - int(v) // 2}"), share=0.4)


@kind("figures")
def shown_with_unit(d: Description, rng: Random) -> Description:
    """A number format that shows a unit, separators or colours."""
    shapes = ('0 "người"', "#,##0", '#,##0 "cuộc"', "[Red]0", '0" lượt"', "#,##0_);(#,##0)", "00", "@")
    return retype(d, rng, lambda v, r: Cell(int(v), r.choice(shapes)), share=0.6)


_YES = ("Có", "có", "CÓ", "x", "X", "✓", "✔", " Có ", "Có.", "C", "co", 1, "1", True, "☑", "v", "Có ạ", "[x]")
_NO = ("Không", "không", "KHÔNG", "ko", "Ko", "K", "khong", 0, "0", "-", "Không có", "Không.", "☐", "Chưa")
_CROSS = "✗"
"""A cross marks a box as often as it crosses it out: nobody can tell."""


@kind("figures", fits=lambda s: s.form == "IIA")
def answers(d: Description, rng: Random) -> Description:
    """Yes and no as x, ✓, ko, 1, 0, TRUE and others."""
    keys = [key for key in d.truth if d.lines[key[0]].type == YES_NO and key not in d.unsure]
    said = {
        key: Said(rng.choice(_YES if d.truth[key] else _NO), d.truth[key]) for key in keys if d.truth[key] is not None
    }
    crossed = {key: Said(_CROSS, d.truth[key], True) for key in said if rng.random() < 0.05}
    return d.say(said | crossed)


@kind("figures", fits=lambda s: s.form == "IIA")
def answers_with_words(d: Description, rng: Random) -> Description:
    """Yes and no with more words: «Có (KH số 45/KH-UBND)»."""
    yes = ("Có (KH số 45/KH-UBND)", "Có, KH 12", "Có - lồng ghép", "Có lồng ghép", "Có xây dựng", "Đã có kế hoạch")
    no = ("Không (chưa xây dựng)", "Không xây dựng", "Không lồng ghép", "Chưa có kế hoạch", "Không, do thiếu kinh phí")
    keys = [
        key for key in d.truth if d.lines[key[0]].type == YES_NO and d.truth[key] is not None and key not in d.unsure
    ]
    chosen = [key for key in keys if rng.random() < 0.5]
    return d.say({key: Said(rng.choice(yes if d.truth[key] else no), d.truth[key], True) for key in chosen})


@kind("figures", fits=lambda s: s.form == "IIA")
def answers_blank(d: Description, _: Random) -> Description:
    """Yes ticked, the other cells left blank."""
    said: dict[Key, Said] = {}
    for key in d.truth:
        if d.lines[key[0]].type == YES_NO and key not in d.unsure and key[1] in YEARS:
            said[key] = Said("x", 1.0) if d.truth[key] else Said(None, None)
    return d.say(said)

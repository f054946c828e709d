"""Cells that must not be read without a finding, or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from random import Random

from .annex import COUNT, MONEY, YES_NO
from .description import Cell, Description, Key, Said
from .registry import kind

_BOTH = (COUNT, MONEY)


def doubtful(d: Description, rng: Random, typed: Callable[[float, Random], Said], *, types: tuple[str, ...] = (COUNT,),
             share: float = 0.15, least: float = 0) -> Description:  # fmt: skip
    """The description with some figures typed in a doubtful way."""
    said: dict[Key, Said] = {}
    for key in d.plain_figures(*types):
        value = d.truth[key]
        if value is not None and value >= least and rng.random() < share:
            said[key] = typed(value, rng)
    return d.say(said)


def _never(cell: object) -> Said:
    return Said(cell, None, unsure=True)


@kind("figures")
def approximations(d: Description, rng: Random) -> Description:
    """hơn 420, khoảng 50, gần 100, ~20, trên 30, 50 trở lên."""
    forms = ("hơn {}", "khoảng {}", "Khoảng {} người", "gần {}", "trên {}", "~{}", "~ {}", "ước {}", "≈{}", "xấp xỉ {}",
             ">{}", "≥ {}", "{} trở lên", "hơn {} lượt", "{}+", "dưới {}")  # fmt: skip
    return doubtful(d, rng, lambda v, r: Said(r.choice(forms).format(int(v)), v, True), least=1)


@kind("figures")
def percents(d: Description, rng: Random) -> Description:
    """15%, as text or as a percentage."""

    def typed(_: float, r: Random) -> Said:
        n = r.randint(1, 100)
        return _never(
            r.choice((f"{n}%", f"{n} %", Cell(n / 100, "0%"), Cell(n / 100, "0.00%"), f"đạt {n}%", f"{n} phần trăm"))
        )

    return doubtful(d, rng, typed)


@kind("figures")
def ranges(d: Description, rng: Random) -> Description:
    """5-7, 5 đến 7, từ 5-7, 5÷7."""
    forms = ("{}-{}", "{} - {}", "{}–{}", "{} đến {}", "từ {} đến {}", "{}÷{}", "{}~{}", "{} hoặc {}", "{}/{}")
    return doubtful(d, rng, lambda v, r: _never(r.choice(forms).format(int(v), int(v) + r.randint(1, 5))), types=_BOTH)


@kind("figures")
def several_numbers(d: Description, rng: Random) -> Description:
    """«03 mô hình: 02 CLB, 01 nhóm»: the leading number with the rest as a note."""
    forms = ("{:02} mô hình: 02 CLB, 01 nhóm", "{}: trong đó 1 nữ", "{} (trong đó 2 nữ, 1 nam)", "{}, trong đó: 02 nữ")
    return doubtful(d, rng, lambda v, r: Said(r.choice(forms).format(int(v)), v, True), least=3)


@kind("figures")
def two_figures(d: Description, rng: Random) -> Description:
    """Two figures in a cell that nobody can put into one."""
    forms = (
        "{} tụ điểm, {} địa bàn",
        "{} cuộc/{} lượt",
        "{}\n{}",
        "{}; {}",
        "{} (xã A), {} (xã B)",
        "nam {}, nữ {}",
        "{} {}",
    )
    typed = lambda v, r: _never(r.choice(forms).format(int(v) % 900 + 1, r.randint(1, 99)))  # noqa: E731
    return doubtful(d, rng, typed, least=1)


@kind("figures")
def sums_in_text(d: Description, rng: Random) -> Description:
    """«5 + 7» as text."""
    return doubtful(d, rng, lambda v, r: Said(f"{int(v) - 2}{r.choice((' + ', '+'))}2", v, True), least=3)


@kind("figures")
def dates(d: Description, rng: Random) -> Description:
    """06/06 turned into a date by Excel, and a number shown as a date."""

    def typed(v: float, r: Random) -> Said:
        if r.random() < 0.7:
            day = dt.datetime(2025, r.randint(1, 12), r.randint(1, 28))
            return _never(Cell(day, r.choice(("d-mmm", "dd/mm", "dd/mm/yyyy"))))
        return Said(Cell(int(v), r.choice(("dd/mm/yyyy", "mmm-yy"))), v, True)

    return doubtful(d, rng, typed, least=1)


@kind("figures")
def booleans(d: Description, rng: Random) -> Description:
    """TRUE and FALSE in counts and money."""
    return doubtful(d, rng, lambda _, r: _never(r.random() < 0.5), types=_BOTH)


@kind("figures")
def excel_errors(d: Description, rng: Random) -> Description:
    """#REF!, #VALUE!, #DIV/0! and others, as errors or as text."""
    errors = ("#REF!", "#VALUE!", "#DIV/0!", "#N/A", "#NAME?", "#NUM!", "#NULL!", "#######", "Err:502")
    return doubtful(d, rng, lambda _, r: _never(r.choice(errors)), types=_BOTH)


@kind("figures")
def formulas_not_calculated(d: Description, rng: Random) -> Description:
    """Formulas without a stored result."""
    return doubtful(d, rng, lambda v, _: _never(Cell(None, formula=f"=SUM({int(v)},1)")), types=_BOTH)


@kind("figures")
def formulas_elsewhere(d: Description, rng: Random) -> Description:
    """Formulas that refer to another workbook, with their last result."""
    form = "='[Bieu 2024.xlsx]Sheet1'!$C$7"
    return doubtful(d, rng, lambda v, _: Said(Cell(v, formula=form), v, True), types=_BOTH)


@kind("figures")
def negatives(d: Description, rng: Random) -> Description:
    """-5, (5), −5: below nothing."""
    typed = lambda v, r: _never(r.choice((-int(v), f"-{int(v)}", f"− {int(v)}", f"âm {int(v)}", f"({int(v)})")))  # noqa: E731
    return doubtful(d, rng, typed, types=_BOTH, least=1)


@kind("figures")
def fractions(d: Description, rng: Random) -> Description:
    """Fractions of a person: 12.5, «12,5», ½."""

    def typed(v: float, r: Random) -> Said:
        return _never(
            r.choice((int(v) + 0.5, f"{int(v)},5", f"{int(v)}.5 người", "½", f"{int(v)} rưỡi", f"{int(v)} 1/2"))
        )

    return doubtful(d, rng, typed)


@kind("figures", fits=lambda s: s.form == "IIA")
def text_in_answers(d: Description, rng: Random) -> Description:
    """Neither yes nor no where one of them is asked."""
    texts = (
        "Lồng ghép",
        2,
        12,
        "Có hoặc không",
        "Đang xây dựng",
        "KH số 45",
        "x/0",
        "?",
        "Có/Không",
        dt.datetime(2021, 3, 12),
        "50%",
    )
    keys = [key for key in d.truth if d.lines[key[0]].type == YES_NO and key not in d.unsure and rng.random() < 0.3]
    return d.say({key: _never(rng.choice(texts)) for key in keys})


@kind("figures")
def letters_for_digits(d: Description, rng: Random) -> Description:
    """O for 0 and l for 1."""

    def typed(v: float, _: Random) -> Said:
        text = str(int(v)).replace("0", "O").replace("1", "l")
        return Said(text, v, not text.isdigit())

    return doubtful(d, rng, typed, share=0.3)


@kind("figures")
def remarks_for_figures(d: Description, rng: Random) -> Description:
    """A remark with or without digits where a figure is asked."""
    texts = (
        "Đang rà soát", "xem phụ lục kèm theo", "theo Công an tỉnh", "?", "như năm 2022", "Quý 1: chưa có",
        "báo cáo số 12", "lồng ghép với mục 2", "đã gộp vào dòng trên", "tăng 5", "năm 2023", "IV", "/",
        "số liệu của CA: 5", "12h", "1.2.3",
    )  # fmt: skip
    return doubtful(d, rng, lambda _, r: _never(r.choice(texts)), types=_BOTH, share=0.12)


@kind("figures")
def scientific(d: Description, rng: Random) -> Description:
    """1,2E+03 as text."""
    return doubtful(
        d,
        rng,
        lambda v, r: Said(f"{int(v) // 100 / 10:g}E+03".replace(".", r.choice(",.")), int(v) // 100 * 100.0, True),
        least=1000,
        share=0.6,
    )


@kind("figures")
def crossed_out(d: Description, rng: Random) -> Description:
    """A correction typed behind the figure: «12 -> 15», «12 (cũ: 15)»; whichever is meant, it is not read unsaid."""
    new = ("{} -> {}", "{} → {}", "{} sửa thành {}", "{} (đúng là {})")

    def typed(v: float, r: Random) -> Said:
        if r.random() < 0.3:
            return Said(f"{int(v)} (cũ: {int(v) + 3})", v, True)
        return Said(r.choice(new).format(int(v), int(v) + 3), int(v) + 3.0, True)

    return doubtful(d, rng, typed)

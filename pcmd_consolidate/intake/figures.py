"""Figures written as text: separators of thousands and decimals, units, money in other units, notes beside a figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pcmd_consolidate.forms import Row, ValueType
from pcmd_consolidate.intake.spelled import spelled_number
from pcmd_consolidate.vietnamese import key, plain, raw_words, squeeze, words

_NUMBER = re.compile(r"(?P<number>\d[\d., '’]*\d|\d)(?P<rest>.*)\Z", re.DOTALL)
_APPROXIMATELY = re.compile(
    r"(hơn|trên|khoảng|gần|ước|ước tính|ước khoảng|xấp xỉ|chừng|tầm|~|≈)\s*(?=\d)", re.IGNORECASE
)
_BREAKDOWN = re.compile(r"\s*(?::|(?:trong đó|gồm|bao gồm|là|trg đó)\b).*[^\W\d_]", re.IGNORECASE | re.DOTALL)
_NOTE_FOLLOWS = re.compile(r"\s*[(:;,.\-–—[]|(?:^|\s+)(?:trong đó|gồm|bao gồm|là|trg đó)\b", re.IGNORECASE)
_MONEY_UNITS = {
    key(t): Decimal(factor)
    for factor, names in {
        "1": ("triệu đồng", "triệu", "tr", "trđ", "tr đ", "tr đồng", "triệu vnđ", "triệu vnd"),
        "1000": ("tỷ", "tỉ", "tỷ đồng", "tỉ đồng"),
        "0.001": (
            "nghìn đồng",
            "ngàn đồng",
            "nghìn",
            "ngàn",
            "k",
            "nghìn đ",
            "ngàn đ",
            "1.000 đồng",
            "1000 đồng",
            "1.000 đ",
        ),
        "0.000001": ("đồng", "đ", "vnđ", "vnd"),
    }.items()
    for t in names
}
_MONEY_UNITS |= {plain(unit): factor for unit, factor in _MONEY_UNITS.items()}
_BILLIONS_AND_MILLIONS = re.compile(
    r"(\d+(?:[.,]\d+)?) ?(?:tỷ|tỉ|ty)(?: đồng| dong)? (\d{1,3}) ?(?:triệu|tr|trieu)(?: đồng| dong)?\Z", re.IGNORECASE
)
_THOUSANDS = re.compile(r"(?:nghìn|ngàn|nghin)\b\s*", re.IGNORECASE)
_UNIT_WORDS = {key(t) for t in (
    "lượt", "người", "lượt người", "ng", "em", "cháu", "học sinh", "đồng chí", "đ/c", "cán bộ", "đối tượng",
    "trường hợp",
)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure read from text.

    Attributes:
        value: The figure, in the row's own unit.
        note: Words that stand beside it.
        approximate: Whether the text says *about* or *more than*.
        converted: Whether the text gives it in another unit of money than million dong.
    """

    value: Decimal
    note: str
    approximate: bool
    converted: bool


def parse_figure(text: str, row: Row) -> Figure | str:
    """Read a figure from text.

    Returns:
        The figure, or the kind of finding that says why there is none: ``E04`` unreadable, ``F05`` ambiguous.
    """
    if _LETTERS.match(text):
        return _parse_words(text, row)
    if row.value_type is ValueType.MONEY and (sum_of := _BILLIONS_AND_MILLIONS.match(text)):
        billions = Decimal(sum_of[1].replace(",", "."))
        return Figure(billions * 1000 + Decimal(sum_of[2]), "", False, True)
    about = _APPROXIMATELY.match(text)
    matched = _NUMBER.match(text[about.end() :] if about else text)
    rest = _rest(matched["rest"], row) if matched else None
    if matched is None or rest is None:
        return "E04"
    if row.value_type is ValueType.MONEY and not rest.in_dong and _AMBIGUOUS.match(matched["number"]):
        return "F05"
    value = _decimal(matched["number"])
    if value is None:
        return "E04"
    return Figure(value * rest.factor, rest.note, about is not None, rest.factor != 1)


def _parse_words(text: str, row: Row) -> Figure | str:
    """A figure in words, with nothing after it but the unit of measure."""
    if key(text) == key("năm"):  # five, or the word for year
        return "E04"
    number, used = spelled_number(words(text))
    rest = _rest(" ".join(word for word, _ in raw_words(text)[used:]), row) if used else None
    return "E04" if rest is None else Figure(number * rest.factor, rest.note, False, rest.factor != 1)


def money_candidates(text: str) -> tuple[float, float] | None:
    """What ``1.234`` in money may be: with the separator for decimals, and for thousands; None for any other text."""
    number = _NUMBER.match(squeeze(text))
    if number is None or not _AMBIGUOUS.match(number["number"]):
        return None
    digits = number["number"]
    return float(digits.replace(",", ".")), float(re.sub(r"[.,]", "", digits))


def money_factor(measure: str) -> Decimal | None:
    """How many million dong one of a unit of money is; None for words that are no unit of money."""
    return _MONEY_UNITS.get(key(measure))


@dataclass(frozen=True, slots=True)
class _Rest:
    """What stands after a number: what to multiply by, and the words to keep."""

    factor: Decimal
    note: str

    @property
    def in_dong(self) -> bool:
        """Whether the sum is in single dong, which has no decimals."""
        return self.factor == _MONEY_UNITS[key("đồng")]


def _rest(text: str, row: Row) -> _Rest | None:
    """Understand what follows a number; None where it makes the number uncertain."""
    text = text.strip()
    if not text.strip(" ."):
        return _Rest(Decimal(1), "")
    head, note = _split_note(text)
    if _more_figures(text[len(head) :]) or _CORRECTED.search(note):
        return None
    unit = key(head)
    if any(c in head for c in "%/+*=^") or any(c.isdigit() for c in head):
        return None
    if row.value_type is ValueType.MONEY:
        factor = _MONEY_UNITS.get(unit, Decimal(1) if not unit else None)
        return None if factor is None else _Rest(factor, note)
    if thousands := _THOUSANDS.match(head):
        unit = key(head[thousands.end() :])
    if unit and unit not in _count_units(row):
        return None
    if thousands:
        return _Rest(Decimal(1000), note)
    return _Rest(Decimal(1), note)


def _more_figures(tail: str) -> bool:
    """Whether figures follow that may belong to the same sum: *12 tụ điểm, 3 địa bàn*, *5-7*, *11 (xã A), 9 (xã B)*."""
    outside = re.sub(r"\([^()]*\)", " ", tail)
    return any(c.isdigit() for c in outside) and not _BREAKDOWN.match(outside)


def _split_note(text: str) -> tuple[str, str]:
    follows = _NOTE_FOLLOWS.search(text)
    if follows is None:
        return text.strip(), ""
    note = text[follows.start() :].strip(" :;,.-–—")
    if note.startswith("(") and note.endswith(")"):
        note = note[1:-1]
    return text[: follows.start()].strip(), note


def _count_units(row: Row) -> set[str]:
    measure = row.unit_of_measure
    parts = {key(part) for part in re.split(r"[,/]", measure)} | {key(measure)}
    if key("người") in key(measure):
        parts |= _UNIT_WORDS
    return parts | {plain(part) for part in parts}


_PLAIN = re.compile(r"\d+\Z")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([., '’])\d{3})(?:\1\d{3})*\Z")
_VIETNAMESE = re.compile(r"(?:\d+|[1-9]\d{0,2}(?:[. '’]\d{3})+),\d+\Z")
_ENGLISH = re.compile(r"(?:\d+|[1-9]\d{0,2}(?:[,'’]\d{3})+)\.\d+\Z")
_CORRECTED = re.compile(r"\b(?:đúng|sửa|nhầm|thay|không phải)\b", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_][^\W\d_ ]*(?: [^\W\d_]+)*\Z")
_AMBIGUOUS = re.compile(r"0*[1-9]\d{0,2}[.,]\d{3}\Z")


def _decimal(number: str) -> Decimal | None:
    """The number that is written, or None where that cannot be told."""
    if _PLAIN.match(number):
        return Decimal(number)
    if _GROUPED.match(number):
        return Decimal(re.sub(r"[., '’]", "", number))
    if _VIETNAMESE.match(number):
        return Decimal(re.sub(r"[. '’]", "", number).replace(",", "."))
    if _ENGLISH.match(number):
        return Decimal(re.sub(r"[,'’]", "", number))
    return None

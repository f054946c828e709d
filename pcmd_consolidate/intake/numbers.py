"""What a cell says: figures as Vietnamese offices type them.

=========================================  ===============================  =====================================
the cell holds                             read as                          finding
=========================================  ===============================  =====================================
nothing, spaces                            blank                            F07, once a return
``12``, ``1.250``, ``1 250``, ``05``       that number                      F04 where it is text
``12,5`` ``12.5``                          12.5 in money; unreadable count  F04; F01
``1.234``, ``1,234``                       1234 in a count; in money either F04; F05, no value
``1.234,5``, ``1,234.5``, ``1.500.000``    1234.5, 1500000                  F04
``12 cuộc``, ``350,5 triệu đồng``          the number, if the unit fits     F04
``1,2 tỷ``, ``500000 đồng`` (money)        1200, 0.5 million dong           F04c
``12 (3 nữ)``, ``03 mô hình: 02 CLB``      the leading number, rest a note  F04
``hơn 420``, ``khoảng 50``                 420, 50                          F04b
``Không``, ``-``, ``không phát sinh``      0                                none
``…``, ``chưa có số liệu``                 not available                    none
``Có``, ``x``, ``✓`` / ``Không``, ``ko``   1 / 0 (yes/no rows)              none
negative, fraction of a person             unreadable                       F01, F02
a date, TRUE, ``5-7``, ``6/6``, ``10%``    unreadable                       F06, E04
``#REF!``, formula not calculated          unreadable                       E01, E02
=========================================  ===============================  =====================================
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pcmd_consolidate.findings import Finding, found
from pcmd_consolidate.forms import Row, ValueType
from pcmd_consolidate.intake.marks import Mark, MarkKind
from pcmd_consolidate.vietnamese import key, plain, squeeze, words


class State(StrEnum):
    """What became of a cell that was asked for."""

    REPORTED = "reported"
    BLANK = "blank"
    NOT_AVAILABLE = "not_available"
    UNREADABLE = "unreadable"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one cell says.

    Attributes:
        state: What became of it; ``value`` is given exactly where it is ``reported``.
        value: The figure; money in million dong, yes/no as 1 and 0.
        raw: What the unit wrote.
        note: Words that stand beside the figure.
        findings: What a person must look at, without its place.
    """

    state: State
    value: float | None = None
    raw: str = ""
    note: str = ""
    findings: tuple[Finding, ...] = ()


_ZERO = {key(t) for t in (
    "không", "ko", "khong", "không có", "ko có", "không phát sinh", "không có phát sinh", "0 có", "không xảy ra",
)}  # fmt: skip
_DASHES = re.compile(r"[-‐‑‒–—―−_]+\Z")
_DOTS = re.compile(r"(…|\.{2,})+\Z")
_NOT_AVAILABLE = {key(t) for t in (
    "chưa có số liệu", "chưa có", "chưa thống kê", "chưa thống kê được", "không có số liệu", "không thống kê",
    "không thống kê được", "chưa tổng hợp", "chưa tổng hợp được", "chưa thu thập", "chưa thu thập được",
    "chưa có thông tin", "không rõ", "chưa rõ", "n/a", "na",
)}  # fmt: skip
_YES = {key(t) for t in ("có", "co", "c", "x", "v", "yes", "y", "đúng", "rồi", "1", "01")}
_NO = {key(t) for t in ("không", "khong", "ko", "k", "kh", "không có", "chưa", "no", "n", "0", "00")}
_TICKS = set("✓✔☑√✅⍻🗸🗹")
_CROSSES = set("✗✘☒❌")

_NUMBER = re.compile(r"(?P<number>\d[\d., ]*\d|\d)(?P<rest>.*)\Z", re.DOTALL)
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
        "0.001": ("nghìn đồng", "ngàn đồng", "nghìn", "ngàn", "k"),
        "0.000001": ("đồng", "đ", "vnđ", "vnd"),
    }.items()
    for t in names
}
_UNIT_WORDS = {key(t) for t in (
    "lượt", "người", "lượt người", "ng", "em", "cháu", "học sinh", "đồng chí", "đ/c", "cán bộ", "đối tượng",
    "trường hợp",
)}  # fmt: skip


def read_cell(cell: object, row: Row) -> Reading:
    """Read one cell of an indicator row."""
    match cell:
        case None:
            return Reading(State.BLANK)
        case Mark(kind=MarkKind.ERROR, text=text):
            return _unreadable("E01", text)
        case Mark(kind=MarkKind.PERCENT, text=text):
            return _unreadable("E05", text)
        case Mark(text=text):
            return _unreadable("E02", text)
        case bool():
            return _read_bool(cell, row)
        case int() | float():
            return _read_number(float(cell), row)
        case dt.date() | dt.time() | dt.timedelta():
            return _unreadable("F06", str(cell))
        case _:
            return _read_text(str(cell), row)


def money_factor(measure: str) -> Decimal | None:
    """How many million dong one of a unit of money is; None for words that are no unit of money."""
    return _MONEY_UNITS.get(key(measure))


def _unreadable(rule: str, raw: str) -> Reading:
    return Reading(State.UNREADABLE, None, raw, "", (found(rule, raw=raw),))


def _read_bool(cell: bool, row: Row) -> Reading:
    raw = "TRUE" if cell else "FALSE"
    if row.value_type is not ValueType.YES_NO:
        return _unreadable("E04", raw)
    unticked = () if cell else (found("F04", raw=raw, value="Không"),)
    return Reading(State.REPORTED, float(cell), raw, "", unticked)


def _read_number(value: float, row: Row) -> Reading:
    raw = shown(value)
    return _accepted(value, row, raw)


def shown(value: float) -> str:
    """A number as it is written without any separator of thousands, decimals after a comma."""
    if math.isfinite(value) and value == int(value):
        return str(int(value))
    return repr(value).replace(".", ",")


def _accepted(value: float, row: Row, raw: str, note: str = "", also: tuple[Finding, ...] = ()) -> Reading:
    """A reading of a number, if the row can hold such a number."""
    if not math.isfinite(value) or abs(value) >= 1e15:
        return _unreadable("E04", raw)
    if row.value_type is ValueType.YES_NO:
        return Reading(State.REPORTED, value, raw, note, also) if value in (0, 1) else _unreadable("F03", raw)
    if row.value_type is ValueType.COUNT and (value < 0 or value != int(value)):
        return _unreadable("F01", raw)
    if value < 0:
        return _unreadable("F02", raw)
    if row.value_type is ValueType.MONEY and round(value, 3) != value:
        also = (*also, found("F02b", raw=raw))
    return Reading(State.REPORTED, value + 0.0, raw, note, also)


def _read_text(raw: str, row: Row) -> Reading:
    text = squeeze(raw.replace("\u200b", "").replace("\ufeff", ""))
    if not text:
        return Reading(State.BLANK, raw=raw.strip())
    if _DOTS.match(text) or key(text) in _NOT_AVAILABLE:
        return Reading(State.NOT_AVAILABLE, raw=raw)
    if row.value_type is ValueType.YES_NO:
        return _read_yes_no(text, raw)
    if _DASHES.match(text) or (key(text) in _ZERO and not any(c.isdigit() for c in text)):
        return Reading(State.REPORTED, 0.0, raw)
    if re.match(r"#[A-Z/0]+[!?]?\Z", text):
        return _unreadable("E01", raw)
    return _read_figure(text, raw, row)


def _read_yes_no(text: str, raw: str) -> Reading:
    if _DASHES.match(text) or set(text) <= _CROSSES:
        return Reading(State.REPORTED, 0.0, raw)
    if set(text) <= _TICKS:
        return Reading(State.REPORTED, 1.0, raw)
    if key(text) in _YES | _NO and not re.search(r"[/%.,+]", text.rstrip(".")):
        return Reading(State.REPORTED, float(key(text) in _YES), raw)
    lead = re.match(r"(có|không)\s*[(:;,.\-–—]\s*(.+)\Z", text, re.IGNORECASE)
    if lead is None:
        return _unreadable("F03", raw)
    yes = words(lead[1]) == words("có")
    finding = found("F04", raw=raw, value="Có" if yes else "Không")
    return Reading(State.REPORTED, float(yes), raw, lead[2].rstrip(")"), (finding,))


def _read_figure(text: str, raw: str, row: Row) -> Reading:
    about = _APPROXIMATELY.match(text)
    matched = _NUMBER.match(text[about.end() :] if about else text)
    if matched is None:
        return _unreadable("E04", raw)
    rest = _rest(matched["rest"], row)
    if rest is None:
        return _unreadable("E04", raw)
    if row.value_type is ValueType.MONEY and not rest.in_dong and _AMBIGUOUS.match(matched["number"]):
        return _unreadable("F05", raw)
    value = _decimal(matched["number"])
    if value is None:
        return _unreadable("E04", raw)
    value *= rest.factor
    return _accepted(float(value), row, raw, rest.note, (_how_read(raw, float(value), rest, about is not None),))


def _how_read(raw: str, value: float, rest: _Rest, approximate: bool) -> Finding:
    rule = "F04b" if approximate else "F04c" if rest.factor != 1 else "F04"
    return found(rule, raw=raw, value=shown(value))


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
    if _more_figures(text[len(head) :]):
        return None
    unit = key(head)
    if any(c in head for c in "%/+*=^") or any(c.isdigit() for c in head):
        return None
    if row.value_type is ValueType.MONEY:
        factor = _MONEY_UNITS.get(unit, Decimal(1) if not unit else None)
        return None if factor is None else _Rest(factor, note)
    if unit and unit not in _count_units(row):
        return None
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
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([., ])\d{3})(?:\1\d{3})*\Z")
_VIETNAMESE = re.compile(r"(?:\d+|[1-9]\d{0,2}(?:[. ]\d{3})+),\d+\Z")
_ENGLISH = re.compile(r"(?:\d+|[1-9]\d{0,2}(?:,\d{3})+)\.\d+\Z")
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}\Z")


def _decimal(number: str) -> Decimal | None:
    """The number that is written, or None where that cannot be told."""
    if _PLAIN.match(number):
        return Decimal(number)
    if _GROUPED.match(number):
        return Decimal(re.sub(r"[., ]", "", number))
    if _VIETNAMESE.match(number):
        return Decimal(re.sub(r"[. ]", "", number).replace(",", "."))
    if _ENGLISH.match(number):
        return Decimal(number.replace(",", ""))
    return None

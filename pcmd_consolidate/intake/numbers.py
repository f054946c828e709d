"""What a cell says: figures as Vietnamese offices type them.

=========================================  ===============================  =====================================
the cell holds                             read as                          finding
=========================================  ===============================  =====================================
nothing, spaces                            blank                            F07, once a return
``12``, ``1.250``, ``1 250``, ``05``       that number                      F04 where it is text
``1'250``, ``12’345,5``, ``'12``           1250, 12345.5, 12                F04
``12,5`` ``12.5``                          12.5 in money; unreadable count  F04; F01
``1.234``, ``1,234``                       1234 in a count; in money either F04; F05, no value
                                           (as the other years say)         F05b
``1.234,5``, ``1,234.5``, ``1.500.000``    1234.5, 1500000                  F04
``12 cuộc``, ``350,5 triệu đồng``          the number, if the unit fits     F04
``1,2 tỷ``, ``500000 đồng`` (money)        1200, 0.5 million dong           F04c
``2 tỷ 500 triệu``, ``50 trieu`` (money)   2500, 50                         F04c, F04
``2 nghìn`` (count)                        2000                             F04c
``12 (3 nữ)``, ``03 mô hình: 02 CLB``      the leading number, rest a note  F04
``hơn 420``, ``khoảng 50``                 420, 50                          F04b
``mười hai``, ``hai mươi mốt người``       12, 21                           F04
``Không``, ``-``, ``không phát sinh``      0                                none
``…``, ``chưa có số liệu``                 not available                    none
``Có``, ``x``, ``✓`` / ``Không``, ``ko``   1 / 0 (yes/no rows)              none
``Đã lồng ghép`` / ``Chưa xây dựng``       1 / 0 (yes/no rows)              F04
``☐`` / ``✗``                              0 / unreadable (yes/no rows)     F04 / F03
money of 100 billion dong and more         unreadable                       F18
negative, fraction of a person             unreadable                       F01, F02
a date, TRUE, ``5-7``, ``6/6``, ``10%``    unreadable                       F06, E04
``#REF!``, formula not calculated          unreadable                       E01, E02
=========================================  ===============================  =====================================
"""

from __future__ import annotations

import datetime as dt
import math
import re

from pcmd_consolidate.findings import Finding, found
from pcmd_consolidate.forms import LARGEST, Row, ValueType
from pcmd_consolidate.intake.figures import Figure, parse_figure
from pcmd_consolidate.intake.marks import Mark, MarkKind
from pcmd_consolidate.intake.reading import Reading, State, unreadable
from pcmd_consolidate.vietnamese import key, shown, squeeze, words

_ZERO = {key(t) for t in (
    "không", "ko", "khong", "không có kinh phí", "không bố trí kinh phí", "khong co",
    "ko co", "không có", "ko có", "không phát sinh", "không có phát sinh", "không xảy ra",
)}  # fmt: skip
_DASHES = re.compile(r"[-‐‑‒–—―−]+\Z")
_DOTS = re.compile(r"(…|\.{2,})+\Z")
_NOT_AVAILABLE = {key(t) for t in (
    "chưa có số liệu", "chưa có", "chưa thống kê", "chưa thống kê được", "không có số liệu", "không thống kê",
    "không thống kê được", "chưa tổng hợp", "chưa tổng hợp được", "chưa thu thập", "chưa thu thập được",
    "chưa có thông tin", "không rõ", "chưa rõ", "n/a", "na",
)}  # fmt: skip
_DOES = re.compile(
    r"(có|đã|không|chưa) (?:được )?(?:lồng ghép|xây dựng|thực hiện|triển khai|ban hành)\b(?!.*\b(?:không|chưa|có)\b)",
    re.IGNORECASE,
)
_YES = {key(t) for t in ("có", "co", "c", "x", "v", "yes", "y", "đúng", "rồi", "1", "01", "true")}
_NO = {
    key(t)
    for t in (
        "không",
        "khong",
        "ko",
        "k",
        "kh",
        "không có",
        "khong co",
        "ko có",
        "ko co",
        "chưa",
        "false",
        "no",
        "n",
        "0",
        "00",
    )
}
_TICKS, _EMPTY_BOXES = set("✓✔☑√✅⍻🗸🗹"), set("☐□▢⬜")
_IN_BRACKETS = re.compile(r"[\[(]\s*(\S+)\s*[\])]\Z")
_POLITE = re.compile(r"\s+ạ\W*\Z")
_NOISE, _SHARE_OF_NOISE = 1e-9, 1e-11
"""What binary arithmetic leaves behind a sum of decimals, and what share it is of a large one."""
_SAYS_NOTHING_ELSE = re.compile(r"[\w\s.()]+\Z")
"""Words that no mark turns into a question or a choice."""


def read_cell(cell: object, row: Row) -> Reading:
    """Read one cell of an indicator row."""
    if type(cell) is float:
        return _read_number(cell, row)
    match cell:
        case None:
            return Reading(State.BLANK)
        case Mark(kind=MarkKind.ERROR, text=text):
            return unreadable("E01", text)
        case Mark(kind=MarkKind.PERCENT, text=text):
            return unreadable("E05", text)
        case Mark(kind=MarkKind.DIFFERS, text=text):
            return unreadable("E10", text)
        case Mark(kind=MarkKind.DATE, text=text):
            return unreadable("F06", text)
        case Mark(text=text):
            return unreadable("E02", text)
        case bool():
            return _read_bool(cell, row)
        case int() | float():
            return _read_number(float(cell), row)
        case dt.date() | dt.time() | dt.timedelta():
            return unreadable("F06", str(cell))
        case _:
            return _read_text(str(cell), row)


def _read_bool(cell: bool, row: Row) -> Reading:
    raw = "TRUE" if cell else "FALSE"
    if row.value_type is not ValueType.YES_NO:
        return unreadable("E04", raw)
    unticked = () if cell else (found("F04", raw=raw, value="Không"),)
    return Reading(State.REPORTED, float(cell), raw, "", unticked)


def _read_number(value: float, row: Row) -> Reading:
    raw = shown(value)
    return _accepted(value, row, raw)


def _accepted(value: float, row: Row, raw: str, note: str = "", also: tuple[Finding, ...] = ()) -> Reading:
    """A reading of a number, if the row can hold such a number."""
    if row.value_type is ValueType.COUNT and 0 <= value < LARGEST and value == int(value):
        return Reading(State.REPORTED, value + 0.0, raw, note, also)
    if not math.isfinite(value) or abs(value) >= LARGEST:
        return unreadable("E04", raw)
    if row.value_type is ValueType.YES_NO:
        return Reading(State.REPORTED, value, raw, note, also) if value in (0, 1) else unreadable("F03", raw)
    if row.value_type is not ValueType.MONEY and value != round(value) and _nearly_whole(value):
        value = float(round(value))
        also = (*also, found("F04d", raw=raw, value=shown(value)))
    if row.value_type is ValueType.COUNT and (value < 0 or value != int(value)):
        return unreadable("F01", raw)
    if value < 0:
        return unreadable("F02", raw)
    if row.value_type is ValueType.MONEY and value >= row.money_limit:
        return unreadable("F18", raw, limit=shown(row.money_limit / 1000))
    if row.value_type is ValueType.MONEY and abs(round(value, 3) - value) > _NOISE:
        also = (*also, found("F02b", raw=raw))
    return Reading(State.REPORTED, value + 0.0, raw, note, also)


def _nearly_whole(value: float) -> bool:
    return math.isclose(value, round(value), rel_tol=_SHARE_OF_NOISE, abs_tol=_NOISE)


def _read_text(raw: str, row: Row) -> Reading:
    text = squeeze(raw).lstrip("'’‘`")
    if not text:
        return Reading(State.BLANK, raw=raw.strip())
    if re.match(r"#[A-Z/0]+[!?]?\Z", text):
        return unreadable("E01", raw)
    if _DOTS.match(text) or (key(text) in _NOT_AVAILABLE and _SAYS_NOTHING_ELSE.match(text.replace("/", " "))):
        return Reading(State.NOT_AVAILABLE, raw=raw)
    if row.value_type is ValueType.YES_NO:
        return _read_yes_no(text, raw)
    if _DASHES.match(text) or (key(text) in _ZERO and _SAYS_NOTHING_ELSE.match(text)):
        return Reading(State.REPORTED, 0.0, raw)
    return _read_figure(text, raw, row)


def _read_yes_no(text: str, raw: str) -> Reading:
    boxed = _IN_BRACKETS.match(text)
    text = _POLITE.sub("", boxed[1] if boxed else text).strip(";,").removeprefix("- ")
    if _DASHES.match(text):
        return Reading(State.REPORTED, 0.0, raw)
    if set(text) <= _EMPTY_BOXES:
        return Reading(State.REPORTED, 0.0, raw, "", (found("F04", raw=raw, value="Không"),))
    if set(text) <= _TICKS:
        return Reading(State.REPORTED, 1.0, raw)
    if key(text) in _YES | _NO and _SAYS_NOTHING_ELSE.match(text):
        unsure = (found("F04", raw=raw, value="Không"),) if key(text) == key("chưa") else ()
        return Reading(State.REPORTED, float(key(text) in _YES), raw, "", unsure)
    if does := _DOES.match(text):
        done = key(does[1]) in _YES | {key("đã")}
        return Reading(State.REPORTED, float(done), raw, "", (found("F04", raw=raw, value="Có" if done else "Không"),))
    lead = re.match(r"(có|không)\s*[(:;,.\-–—]\s*(.+)\Z", text, re.IGNORECASE)
    if lead is None or words(lead[2])[:1] in (words("có"), words("không")):
        return unreadable("F03", raw)
    yes = words(lead[1]) == words("có")
    finding = found("F04", raw=raw, value="Có" if yes else "Không")
    return Reading(State.REPORTED, float(yes), raw, lead[2].rstrip(")"), (finding,))


def _read_figure(text: str, raw: str, row: Row) -> Reading:
    figure = parse_figure(text, row)
    if isinstance(figure, str):
        return unreadable(figure, raw)
    value = float(figure.value)
    return _accepted(value, row, raw, figure.note, (_how_read(raw, value, figure),))


def _how_read(raw: str, value: float, figure: Figure) -> Finding:
    rule = "F04b" if figure.approximate else "F04c" if figure.converted else "F04"
    return found(rule, raw=raw, value=shown(value))

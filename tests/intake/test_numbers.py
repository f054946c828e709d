from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pcmd_consolidate.forms import Row, load_form
from pcmd_consolidate.intake.figures import money_factor
from pcmd_consolidate.intake.marks import Mark, MarkKind
from pcmd_consolidate.intake.numbers import read_cell
from pcmd_consolidate.intake.reading import State
from pcmd_consolidate.vietnamese import shown

ROWS = {
    "meetings": load_form("IIA").row(4),  # Cuộc
    "persons": load_form("IIA").row(25),  # Người
    "times": load_form("IIA").row(5),  # Lượt người
    "leaflets": load_form("IIA").row(6),  # Panô, áp phích, tờ rơi
    "models": load_form("IIA").row(49),  # Mô hình
    "money": load_form("IIA").row(55),  # Triệu đồng
    "plan": load_form("IIA").row(14),  # Có hoặc không
}


def rules(cell: object, row: str) -> list[str]:
    return [finding.rule for finding in read_cell(cell, ROWS[row]).findings]


# ---- figures --------------------------------------------------------------------------------------------------------

# what the cell holds, in which row, the figure, the finding
FIGURES = [
    # numbers
    (12, "meetings", 12, []),
    (0, "meetings", 0, []),
    (12.0, "persons", 12, []),
    (12.5, "money", 12.5, []),
    (0.125, "money", 0.125, []),
    (1, "plan", 1, []),
    (0, "plan", 0, []),
    # numbers typed as text
    ("12", "meetings", 12, ["F04"]),
    ("05", "meetings", 5, ["F04"]),
    ("0", "meetings", 0, ["F04"]),
    (" 7 ", "meetings", 7, ["F04"]),
    ("\u200b7\u00a0", "meetings", 7, ["F04"]),
    ("12.", "meetings", 12, ["F04"]),
    # thousands and decimals
    ("1.250", "meetings", 1250, ["F04"]),
    ("1,250", "meetings", 1250, ["F04"]),
    ("1 250", "meetings", 1250, ["F04"]),
    ("1\u00a0250", "meetings", 1250, ["F04"]),
    ("1.500.000", "meetings", 1500000, ["F04"]),
    ("1,500,000", "meetings", 1500000, ["F04"]),
    ("12,0", "meetings", 12, ["F04"]),
    ("12,5", "money", 12.5, ["F04"]),
    ("12.5", "money", 12.5, ["F04"]),
    ("0,125", "money", 0.125, ["F04"]),
    ("1.234,5", "money", 1234.5, ["F04"]),
    ("1,234.5", "money", 1234.5, ["F04"]),
    ("1.234,567", "money", 1234.567, ["F04"]),
    ("1234,567", "money", 1234.567, ["F04"]),
    ("1 234", "money", 1234, ["F04"]),
    ("1'234", "money", 1234, ["F04"]),
    ("2 tỷ 500 triệu", "money", 2500, ["F04c"]),
    ("1,5 tỷ 200 triệu đồng", "money", 1700, ["F04c"]),
    ("50 trieu", "money", 50, ["F04"]),
    ("50.000.000 dong", "money", 50, ["F04c"]),
    ("2 nghìn", "meetings", 2000, ["F04c"]),
    ("1,2 nghìn cuộc", "meetings", 1200, ["F04c"]),
    ("12’345,5", "money", 12345.5, ["F04"]),
    ("1'234'567", "meetings", 1234567, ["F04"]),
    ("'12", "meetings", 12, ["F04"]),
    ("99.999,9", "money", 99999.9, ["F04"]),
    # with the unit of measure
    ("12 cuộc", "meetings", 12, ["F04"]),
    ("12cuộc", "meetings", 12, ["F04"]),
    ("12 CUỘC.", "meetings", 12, ["F04"]),
    ("12 cuoc", "meetings", 12, ["F04"]),
    ("1.250 người", "persons", 1250, ["F04"]),
    ("12 lượt người", "times", 12, ["F04"]),
    ("12 lượt", "times", 12, ["F04"]),
    ("500 tờ rơi", "leaflets", 500, ["F04"]),
    ("350,5 triệu đồng", "money", 350.5, ["F04"]),
    ("350,5 tr", "money", 350.5, ["F04"]),
    # money in another unit
    ("1,2 tỷ", "money", 1200, ["F04c"]),
    ("1,2 tỉ đồng", "money", 1200, ["F04c"]),
    ("500000 đồng", "money", 0.5, ["F04c"]),
    ("15.000.000 đ", "money", 15, ["F04c"]),
    ("500.000 đồng", "money", 0.5, ["F04c"]),  # dong have no decimals: thousands
    ("500 nghìn đồng", "money", 0.5, ["F04c"]),
    # about
    ("hơn 420", "persons", 420, ["F04b"]),
    ("khoảng 50", "persons", 50, ["F04b"]),
    ("~50 người", "persons", 50, ["F04b"]),
    ("Gần 1.250", "persons", 1250, ["F04b"]),
    ("ước 12,5", "money", 12.5, ["F04b"]),
]
NOTHING_HAPPENED = [
    "Không", "không", "KHÔNG", "Ko", "không có", "không phát sinh", "Không phát sinh.", "-", "–", "—", "--",
]  # fmt: skip


@pytest.mark.parametrize(("cell", "row", "value", "found"), FIGURES)
def test_a_figure_is_read(cell: object, row: str, value: float, found: list[str]) -> None:
    reading = read_cell(cell, ROWS[row])

    assert (reading.state, reading.value) == (State.REPORTED, value)
    assert (found, "") == (rules(cell, row), reading.note)


@pytest.mark.parametrize("cell", NOTHING_HAPPENED)
@pytest.mark.parametrize("row", ["meetings", "money"])
def test_nothing_happened_is_0(cell: str, row: str) -> None:
    reading = read_cell(cell, ROWS[row])

    assert (reading.state, reading.value, reading.findings) == (State.REPORTED, 0, ())
    assert cell == reading.raw


@pytest.mark.parametrize(
    ("cell", "row", "value", "note"),
    [
        ("12 (3 nữ)", "persons", 12, "3 nữ"),
        ("12 người (3 nữ)", "persons", 12, "3 nữ"),
        ("12 người (3 nữ, 9 nam)", "persons", 12, "3 nữ, 9 nam"),
        ("03 mô hình: 02 CLB", "models", 3, "02 CLB"),
        ("3 mô hình: câu lạc bộ, nhóm tự lực", "models", 3, "câu lạc bộ, nhóm tự lực"),
        ("12 người, trong đó có nữ", "persons", 12, "trong đó có nữ"),
        ("12 người\n(3 nữ)", "persons", 12, "3 nữ"),
        ("5 (tính đến 30/6/2025)", "meetings", 5, "tính đến 30/6/2025"),
        ("01 cuộc (KH 35/KH-UBND)", "meetings", 1, "KH 35/KH-UBND"),
        ("0 (5 cuộc hoãn)", "meetings", 0, "5 cuộc hoãn"),
        ("350,5 triệu đồng (ngân sách xã)", "money", 350.5, "ngân sách xã"),
    ],
)
def test_words_beside_a_figure_are_kept_as_its_note(cell: str, row: str, value: float, note: str) -> None:
    reading = read_cell(cell, ROWS[row])

    assert (reading.value, reading.note, reading.raw) == (value, note, cell)
    assert rules(cell, row) == ["F04"]


def test_what_was_read_from_text_is_told() -> None:
    (finding,) = read_cell("1.250 người", ROWS["persons"]).findings

    assert (finding.severity, finding.raw) == ("warning", "1.250 người")
    assert finding.message == "Đã đọc 1250 từ chữ «1.250 người»; đề nghị xem lại."


def test_money_in_another_unit_is_told_in_million_dong() -> None:
    (finding,) = read_cell("500000 đồng", ROWS["money"]).findings

    assert finding.message == "«500000 đồng»: đã đổi ra 0,5 triệu đồng; đề nghị xem lại."


# ---- yes and no -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell", ["Có", "có", "CÓ", "co", "C", "c", "x", "X", "v", "✓", "✔", "☑", "[x]", "1", "01", "Có.", "Có ạ"]
)
def test_yes(cell: str) -> None:
    reading = read_cell(cell, ROWS["plan"])

    assert (reading.state, reading.value, reading.findings) == (State.REPORTED, 1, ())


@pytest.mark.parametrize("cell", ["Không", "KHÔNG", "khong", "ko", "Ko", "k", "K", "0", "-", "–", "không có", "no"])
def test_no(cell: str) -> None:
    reading = read_cell(cell, ROWS["plan"])

    assert (reading.state, reading.value, reading.findings) == (State.REPORTED, 0, ())


@pytest.mark.parametrize(
    ("cell", "value"),
    [("Có lồng ghép", 1), ("Đã lồng ghép", 1), ("Không lồng ghép", 0), ("chưa xây dựng", 0), ("Đã được triển khai", 1)],
)
def test_what_was_done_is_an_answer_with_a_finding(cell: str, value: float) -> None:
    assert (read_cell(cell, ROWS["plan"]).value, rules(cell, "plan")) == (value, ["F04"])


@pytest.mark.parametrize(
    ("cell", "value"), [("- Có", 1), ("Có;", 1), ("TRUE", 1), ("Khong co", 0), ("Ko có", 0), ("FALSE", 0)]
)
def test_answers_in_other_dress(cell: str, value: float) -> None:
    assert read_cell(cell, ROWS["plan"]).value == value


def test_an_empty_box_is_no_with_a_finding() -> None:
    assert (read_cell("☐", ROWS["plan"]).value, rules("☐", "plan")) == (0, ["F04"])


@pytest.mark.parametrize("cell", [100_000, 350_000_000.0, "1.500.000", "100 tỷ"])
def test_money_of_a_hundred_billion_dong_is_not_read(cell: object) -> None:
    reading = read_cell(cell, ROWS["money"])

    assert (reading.value, [finding.rule for finding in reading.findings]) == (None, ["F18"])


@pytest.mark.parametrize(
    ("cell", "value", "note"),
    [
        ("Có (KH số 12)", 1, "KH số 12"),
        ("Có: kế hoạch 12", 1, "kế hoạch 12"),
        ("Không (đã lồng ghép năm trước)", 0, "đã lồng ghép năm trước"),
    ],
)
def test_yes_and_no_with_a_note(cell: str, value: float, note: str) -> None:
    reading = read_cell(cell, ROWS["plan"])

    assert (reading.value, reading.note, rules(cell, "plan")) == (value, note, ["F04"])


@pytest.mark.parametrize(
    "cell", [2, 0.5, -1, "2", "0,5", "1.0", "Có/Không", "Có hoặc không", "đã có", "Có 5 kế hoạch", "✗", "5 kế hoạch"]
)
def test_neither_yes_nor_no(cell: object) -> None:
    reading = read_cell(cell, ROWS["plan"])

    assert (reading.state, reading.value, rules(cell, "plan")) == (State.UNREADABLE, None, ["F03"])


def test_a_ticked_box_is_yes() -> None:
    assert (read_cell(True, ROWS["plan"]).value, rules(True, "plan")) == (1, [])


# ---- no figure ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", [None, "", " ", "\n", "\u00a0", "\u200b"])
@pytest.mark.parametrize("row", ["meetings", "money", "plan"])
def test_a_blank_cell_is_blank(cell: object, row: str) -> None:
    reading = read_cell(cell, ROWS[row])

    assert (reading.state, reading.value, reading.findings) == (State.BLANK, None, ())


@pytest.mark.parametrize(
    "cell",
    [
        "…",
        "...",
        "......",
        "…..",
        "chưa có số liệu",
        "Chưa có số liệu.",
        "CHƯA THỐNG KÊ",
        "không có số liệu",
        "không rõ",
    ],
)
@pytest.mark.parametrize("row", ["meetings", "money", "plan"])
def test_what_is_not_available_is_not_0(cell: str, row: str) -> None:
    reading = read_cell(cell, ROWS[row])

    assert (reading.state, reading.value, reading.findings) == (State.NOT_AVAILABLE, None, ())
    assert cell == reading.raw


# what the cell holds, in which row, the finding, what it says that the cell holds
UNREADABLE = [
    # not a count
    (-3, "meetings", "F01", "-3"),
    (2.5, "persons", "F01", "2,5"),
    ("12,5", "meetings", "F01", "12,5"),
    ("12.5", "meetings", "F01", "12.5"),
    ("1.234,5", "persons", "F01", "1.234,5"),
    # not a sum of money
    (-12.5, "money", "F02", "-12,5"),
    # thousands or decimals
    ("1.234", "money", "F05", "1.234"),
    ("1,234", "money", "F05", "1,234"),
    ("125.125", "money", "F05", "125.125"),
    ("1.234 triệu đồng", "money", "F05", "1.234 triệu đồng"),
    ("1.250 tỷ", "money", "F05", "1.250 tỷ"),
    ("hơn 1.250", "money", "F05", "hơn 1.250"),
    # several figures
    ("5-7", "meetings", "E04", "5-7"),
    ("5 – 7", "meetings", "E04", "5 – 7"),
    ("6/6", "meetings", "E04", "6/6"),
    ("12; 13", "meetings", "E04", "12; 13"),
    ("12 13", "meetings", "E04", "12 13"),
    ("5 hoặc 6", "meetings", "E04", "5 hoặc 6"),
    ("12+3", "meetings", "E04", "12+3"),
    ("12 (2021), 13 (2022)", "meetings", "E04", "12 (2021), 13 (2022)"),
    ("12 cuộc, 3 buổi", "meetings", "E04", "12 cuộc, 3 buổi"),
    ("12 cuộc/350 người", "meetings", "E04", "12 cuộc/350 người"),
    # another unit of measure
    ("12 người", "meetings", "E04", "12 người"),
    ("12 cuộc", "persons", "E04", "12 cuộc"),
    ("12 vụ", "persons", "E04", "12 vụ"),
    ("12 triệu", "meetings", "E04", "12 triệu"),
    ("12 cuộc", "money", "E04", "12 cuộc"),
    # not well written
    ("1.2.3", "meetings", "E04", "1.2.3"),
    ("12.345.67", "money", "E04", "12.345.67"),
    ("1 2500", "meetings", "E04", "1 2500"),
    ("12, 5", "money", "E04", "12, 5"),
    ("-5", "meetings", "E04", "-5"),
    ("(5)", "meetings", "E04", "(5)"),
    ("<5", "persons", "E04", "<5"),
    ("dưới 10", "persons", "E04", "dưới 10"),
    ("1e5", "meetings", "E04", "1e5"),
    ("10%", "meetings", "E04", "10%"),
    ("năm", "meetings", "E04", "năm"),
    ("có", "meetings", "E04", "có"),
    ("x", "meetings", "E04", "x"),
    ("?", "meetings", "E04", "?"),
    ("9" * 40, "meetings", "E04", "9" * 40),
    (True, "meetings", "E04", "TRUE"),
    (False, "money", "E04", "FALSE"),
    (math.nan, "money", "E04", "nan"),
    (math.inf, "meetings", "E04", "inf"),
    (1e15, "money", "E04", "1000000000000000"),
    # Excel
    (dt.date(2025, 6, 6), "meetings", "F06", "2025-06-06"),
    (dt.datetime(2025, 6, 6), "money", "F06", "2025-06-06 00:00:00"),
    (dt.time(6, 6), "meetings", "F06", "06:06:00"),
    (dt.timedelta(days=1), "meetings", "F06", "1 day, 0:00:00"),
    (dt.date(2025, 6, 6), "plan", "F06", "2025-06-06"),
    ("#REF!", "meetings", "E01", "#REF!"),
    ("#DIV/0!", "money", "E01", "#DIV/0!"),
    (Mark(MarkKind.ERROR, "#N/A"), "meetings", "E01", "#N/A"),
    (Mark(MarkKind.ERROR, "#REF!"), "plan", "E01", "#REF!"),
    (Mark(MarkKind.NOT_CALCULATED, "=A1+B1"), "meetings", "E02", "=A1+B1"),
    (Mark(MarkKind.PERCENT, "10%"), "money", "E05", "10%"),
]


@pytest.mark.parametrize(("cell", "row", "found", "raw"), UNREADABLE)
def test_what_cannot_be_read_is_a_finding_and_no_figure(cell: object, row: str, found: str, raw: str) -> None:
    reading = read_cell(cell, ROWS[row])

    assert (reading.state, reading.value, reading.raw) == (State.UNREADABLE, None, raw)
    assert [(found, raw)] == [(finding.rule, finding.raw) for finding in reading.findings]


@pytest.mark.parametrize(
    ("cell", "value", "found"),
    [(12.345, 12.345, []), (12.3456, 12.3456, ["F02b"]), ("12,3456", 12.3456, ["F04", "F02b"])],
)
def test_money_has_three_decimals_at_most(cell: object, value: float, found: list[str]) -> None:
    assert value == read_cell(cell, ROWS["money"]).value
    assert sorted(found) == sorted(rules(cell, "money"))


@pytest.mark.parametrize(
    ("value", "expected"), [(12.0, "12"), (12.5, "12,5"), (0.0, "0"), (1234567.25, "1234567,25"), (-3.0, "-3")]
)
def test_a_figure_is_shown(value: float, expected: str) -> None:
    assert expected == shown(value)


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("Triệu đồng", "1"),
        ("triệu", "1"),
        ("Tỷ đồng", "1000"),
        ("Nghìn đồng", "0.001"),
        ("Đồng", "0.000001"),
        ("VNĐ", "0.000001"),
    ],
)
def test_units_of_money(measure: str, expected: str) -> None:
    assert Decimal(expected) == money_factor(measure)


@pytest.mark.parametrize("measure", ["Người", "", "Triệu người", "USD"])
def test_other_units_are_no_money(measure: str) -> None:
    assert money_factor(measure) is None


# ---- any figure, any text -------------------------------------------------------------------------------------------

COUNTS = [row for row in ROWS.values() if row.value_type == "count"]
SPACES = st.sampled_from(["", " ", "  ", "\u00a0", "\n"])


def grouped(number: int, separator: str = ".") -> str:
    """A number in groups of three digits."""
    return f"{number:,}".replace(",", separator)


@given(
    number=st.integers(0, 10**15 - 1),
    row=st.sampled_from(COUNTS),
    separator=st.sampled_from([".", " ", "\u00a0", ""]),
    with_unit=st.booleans(),
    before=SPACES,
    between=SPACES,
    after=SPACES,
)
@example(number=1000, row=COUNTS[0], separator=".", with_unit=False, before="", between="", after="")
def test_any_count_written_in_vietnamese_is_read_exactly(
    number: int, row: Row, separator: str, with_unit: bool, before: str, between: str, after: str
) -> None:
    unit = row.unit_of_measure.split(",")[0].lower() if with_unit else ""
    reading = read_cell(f"{before}{grouped(number, separator)}{between}{unit}{after}", row)

    assert (reading.state, reading.value) == (State.REPORTED, number)


@given(
    whole=st.integers(0, 10**11),
    decimals=st.from_regex(r"[0-9]{1,3}", fullmatch=True),
    separator=st.sampled_from(["", "."]),
)
@example(whole=1, decimals="234", separator="")
@example(whole=0, decimals="234", separator="")
@example(whole=1234, decimals="567", separator=".")
@example(whole=1234, decimals="567", separator="")
def test_any_money_written_in_vietnamese_is_read_exactly_or_not_at_all(
    whole: int, decimals: str, separator: str
) -> None:
    text = f"{grouped(whole, separator)},{decimals}"
    reading = read_cell(text, ROWS["money"])

    if 1 <= whole <= 999 and len(decimals) == 3:  # 1,234 may be 1234
        assert (reading.value, rules(text, "money")) == (None, ["F05"])
    elif whole >= 100_000:  # a hundred billion dong
        assert (reading.value, rules(text, "money")) == (None, ["F18"])
    else:
        assert (reading.state, reading.value) == (State.REPORTED, float(Decimal(f"{whole}.{decimals}")))


@given(number=st.floats(0, 1e14, allow_nan=False), row=st.sampled_from(list(ROWS.values())))
def test_any_number_is_that_number_or_a_finding(number: float, row: Row) -> None:
    reading = read_cell(number, row)

    if [finding.rule for finding in reading.findings] == ["F04d"]:  # what binary arithmetic leaves behind
        assert reading.value == round(number)
        assert abs(round(number) - number) <= max(1e-9, 1e-11 * number)
    else:
        assert (reading.value == number) == (reading.state is State.REPORTED)
        assert bool(reading.findings) or reading.state is State.REPORTED


PIECES = st.sampled_from(
    [*"0123456789.,-–+/%()…:;~ \n", "12", "1.250", "người", "cuộc", "triệu", "đồng", "tỷ", "Có", "Không", "x", "khoảng"]
)
TEXTS = st.text() | st.lists(PIECES, max_size=8).map("".join)


@given(text=TEXTS, row=st.sampled_from(list(ROWS.values())))
@example(text="", row=ROWS["money"])
def test_any_text_at_all_is_a_figure_or_not_and_never_a_fault(text: str, row: Row) -> None:
    reading = read_cell(text, row)

    assert (reading.value is not None) == (reading.state is State.REPORTED)
    assert bool(reading.findings) or reading.state is not State.UNREADABLE
    assert text == reading.raw or reading.state is State.BLANK
    if reading.value is not None:
        assert 0 <= reading.value < 1e15
        assert reading.value == int(reading.value) or row.value_type == "money"
        assert reading.value in (0, 1) or row.value_type != "yes_no"

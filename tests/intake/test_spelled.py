"""Numbers in words, and money that only the other years can settle."""

from __future__ import annotations

import pytest

from pcmd_consolidate.forms import load_form
from pcmd_consolidate.intake.numbers import read_cell
from pcmd_consolidate.intake.reading import CellReading, State
from pcmd_consolidate.intake.settle import settle_money
from pcmd_consolidate.intake.spelled import spelled_number
from pcmd_consolidate.vietnamese import words

IIA = load_form("IIA")
EVENTS, PEOPLE, MONEY = IIA.row(4), IIA.row(5), IIA.row(55)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("hai", 2),
        ("mười", 10),
        ("mười lăm", 15),
        ("hai mươi", 20),
        ("hai mươi mốt", 21),
        ("ba mươi tư", 34),
        ("một trăm", 100),
        ("một trăm linh năm", 105),
        ("một trăm lẻ năm", 105),
        ("ba trăm mười hai", 312),
        ("chín trăm chín mươi chín", 999),
        ("một nghìn", 1000),
        ("hai ngàn ba trăm", 2300),
        ("một nghìn không trăm linh hai", 1002),
        ("chín nghìn chín trăm chín mươi chín", 9999),
    ],
)
def test_a_number_in_words(text: str, number: int) -> None:
    assert spelled_number(words(text)) == (number, len(text.split()))


@pytest.mark.parametrize("text", ["Mười hai", "mười hai cuộc", "MƯỜI HAI CUỘC"])
def test_a_cell_in_words_is_read_with_a_finding(text: str) -> None:
    reading = read_cell(text, EVENTS)

    assert (reading.value, [f.rule for f in reading.findings]) == (12, ["F04"])


@pytest.mark.parametrize("text", ["năm", "một số", "vài người", "nhiều", "ba, bốn", "hai người khác", "rất ít", "cuộc"])
def test_words_that_are_no_number_are_not_read(text: str) -> None:
    assert read_cell(text, PEOPLE).state is State.UNREADABLE


def cells(*typed: object) -> list[CellReading]:
    return [CellReading(55, 2021 + i, read_cell(value, MONEY), f"C{i}") for i, value in enumerate(typed)]


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        (("1.234", 1100, 980.5, 1310), [1234, 1100, 980.5, 1310]),
        (("1.234", 1.1, 0.98, 1.31), [1.234, 1.1, 0.98, 1.31]),
        (("1,234", "1.100,5", 950), [1234, 1100.5, 950]),
        (("1.234", 45, 40, 38), [None, 45, 40, 38]),
        (("1.234", 1100), [None, 1100]),
        (("1.234", "1.100", "1.050"), [None, None, None]),
    ],
)
def test_the_other_years_settle_a_separator_or_leave_it(typed: tuple[object, ...], values: list[float | None]) -> None:
    settled = settle_money(cells(*typed))

    assert [cell.reading.value for cell in settled] == values
    assert all(cell.reading.findings for cell in settled if isinstance(typed[cell.year - 2021], str))

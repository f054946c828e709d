"""The form files against the printed annexes in seed 004_8efb2ae312dd49d5.txt, word for word.

tests/data/phu_luc_ia.txt and phu_luc_iia.txt are its lines 246-786 and 879-1236: the annex pages of Kế hoạch
Tổng kết Chương trình phòng, chống mại dâm giai đoạn 2021-2025 tỉnh Đồng Nai, as text of a PDF. In a table row the words
of the label and those of the unit of measure come in turns, and every page repeats the header of the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from pcmd_consolidate.forms import Form, load_form

DATA = Path(__file__).parents[1] / "data"
TEXTS = {"IA": "phu_luc_ia.txt", "IIA": "phu_luc_iia.txt"}
TITLE = "BIỂU TỔNG HỢP SỐ LIỆU TỔNG KẾT CÔNG TÁC PHÒNG, CHỐNG MẠI DÂM GIAI ĐOẠN 2021 - 2025"
YEARS = "Năm 2021 Năm 2022 Năm 2023 Năm 2024 Năm 2025"
FIRST_PAGE = {
    "IA": f"Phụ lục IA {TITLE} Kết quả thực hiện từ năm 2021 đến năm 2025 Tổng cộng Nội dung Đơn vị tính {YEARS}",
    "IIA": f"Phụ lục IIA {TITLE} Kết quả thực hiện Nội dung Đơn vị tính {YEARS} Tổng cộng",
}
OTHER_PAGES = {
    "IA": f"Nội dung Đơn vị tính Kết quả thực hiện từ năm 2021 đến năm 2025 Tổng cộng {YEARS}",
    "IIA": f"Nội dung Đơn vị tính Kết quả thực hiện Tổng cộng{YEARS}",  # no space before Năm in the text
}
PAGES = {"IA": 7, "IIA": 5}


def printed(form_id: str) -> list[str]:
    """The words of the annex, without title and headers."""
    text = " ".join((DATA / TEXTS[form_id]).read_text(encoding="utf-8").split())
    assert text.startswith(FIRST_PAGE[form_id])
    body = text.removeprefix(FIRST_PAGE[form_id])
    assert PAGES[form_id] - 1 == body.count(OTHER_PAGES[form_id])
    return body.replace(OTHER_PAGES[form_id], " ").split()


def labels_of(form: Form) -> list[list[str]]:
    return [f"{row.marker} {row.label}".split() for row in form.rows]


def units_of(form: Form) -> list[list[str]]:
    return [row.unit.split() for row in form.rows]


def joined(parts: Sequence[Sequence[str]]) -> list[str]:
    return [word for part in parts for word in part]


def interleaved(one: Sequence[str], other: Sequence[str], words: Sequence[str]) -> bool:
    """Whether the words are all those of one and all those of the other, each in its order."""
    used = {0}  # how many words of `one` may stand among the words so far
    for place, word in enumerate(words):
        from_one = {n + 1 for n in used if n < len(one) and one[n] == word}
        from_other = {n for n in used if place - n < len(other) and other[place - n] == word}
        used = from_one | from_other
    return len(one) in used and len(one) + len(other) == len(words)


@pytest.mark.parametrize(
    ("one", "other", "words", "expected"),
    [
        ("a b", "x", "a x b", True),
        ("a b", "x", "x a b", True),
        ("a b", "a", "a a b", True),
        ("a b", "a", "a b a", True),
        ("a b", "x", "b x a", False),
        ("a b", "x", "a b", False),
        ("a b", "x", "a b x x", False),
        ("a b", "x", "a c x", False),
        ("a", "", "a", True),
    ],
)
def test_interleaving_is_told(one: str, other: str, words: str, expected: bool) -> None:
    assert expected == interleaved(one.split(), other.split(), words.split())


@pytest.mark.parametrize("form_id", TEXTS)
def test_no_word_of_the_form_is_missing_added_or_out_of_order(form_id: str) -> None:
    form = load_form(form_id)

    assert interleaved(joined(labels_of(form)), joined(units_of(form)), printed(form_id))


@pytest.mark.parametrize("form_id", TEXTS)
def test_one_changed_word_in_any_label_is_noticed(form_id: str) -> None:
    form = load_form(form_id)
    words, units = printed(form_id), joined(units_of(form))

    unnoticed = []
    for place, row in enumerate(form.rows):
        labels = labels_of(form)
        labels[place][-1] += "x"
        if interleaved(joined(labels), units, words):
            unnoticed.append(row.number)

    assert unnoticed == []


@pytest.mark.parametrize("form_id", TEXTS)
def test_a_unit_of_measure_that_is_left_out_is_noticed(form_id: str) -> None:
    form = load_form(form_id)
    words, labels = printed(form_id), joined(labels_of(form))

    unnoticed = []
    for place, row in enumerate(form.rows):
        units = units_of(form)
        if units[place]:
            units[place] = []
            if interleaved(labels, joined(units), words):
                unnoticed.append(row.number)

    assert unnoticed == []


@pytest.mark.parametrize("form_id", TEXTS)
def test_two_rows_in_the_wrong_order_are_noticed(form_id: str) -> None:
    form = load_form(form_id)
    words, units, labels = printed(form_id), joined(units_of(form)), labels_of(form)

    unnoticed = []
    for place in range(len(labels) - 1):
        swapped = [*labels[:place], labels[place + 1], labels[place], *labels[place + 2 :]]
        if labels[place] != labels[place + 1] and interleaved(joined(swapped), units, words):
            unnoticed.append(form.rows[place].number)

    assert unnoticed == []


@pytest.mark.parametrize("form_id", TEXTS)
def test_title_and_headings_are_those_of_the_first_page(form_id: str) -> None:
    form = load_form(form_id)
    headings = (form.headers.label, form.headers.unit, form.headers.years, form.headers.total)

    assert " ".join(form.title) == TITLE
    assert form.name == f"Phụ lục {form_id}"
    assert [heading in FIRST_PAGE[form_id] for heading in headings] == [True] * 4
    assert " ".join(f"Năm {year}" for year in form.years) == YEARS

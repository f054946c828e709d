"""Heights of rows and breaks between pages."""

from __future__ import annotations

import pytest

from pcmd_consolidate.forms import Form, RowKind
from pcmd_consolidate.handout.layout import BODY, lay_out
from pcmd_consolidate.handout.pages import page_breaks
from pcmd_consolidate.typeset import height_of, line_count, text_width
from tests.handout.books import Book

# Lines that LibreOffice 7.4 breaks these labels into, read off a printed page.
SEEN = {
    "IA": {7: 5, 10: 4, 28: 4, 67: 5, 69: 1, 81: 2},
    "IIA": {4: 3, 8: 5, 23: 1, 47: 3},
}


def test_width_of_known_letters() -> None:
    assert text_width("0" * 10, 12) == pytest.approx(80 * 1.03)
    assert text_width("Ệ", 12) == text_width("E", 12)
    assert text_width("ư", 12) > text_width("u", 12)
    assert text_width("Nội dung", 12, bold=True) > text_width("Nội dung", 12)


def test_lines_are_those_seen_on_paper(form: Form) -> None:
    layout = lay_out(form, None)
    pixels = layout.pixels[layout.label]
    seen = SEEN[form.id]

    assert seen == {n: line_count(form.row(n).full_label, pixels, BODY, indent=layout.indents[n - 1]) for n in seen}


def test_a_word_longer_than_the_cell_is_broken() -> None:
    assert line_count("a " + "m" * 60, 100, 12) > 6
    assert line_count("một\nhai", 1000, 12) == 2
    assert line_count("", 100, 12) == 1


def test_rows_are_as_high_as_their_wording(form: Form) -> None:
    book = Book(form)
    for row in form.indicators:
        pixels = book.layout.pixels[book.layout.label]
        lines = line_count(row.full_label, pixels, BODY, indent=book.layout.indents[row.number - 1])
        height = book.sheet.row_dimensions[book.layout.place(row) + 1].height
        assert height >= height_of(lines, BODY) - 0.01


def test_no_page_begins_or_ends_badly(form: Form) -> None:
    layout = lay_out(form, None)
    starts = [place - layout.first for place in page_breaks(layout)]

    assert len(starts) >= 2
    for start in starts:
        assert form.rows[start].kind is not RowKind.SUBHEADING
        assert form.rows[start - 1].is_indicator
        assert form.rows[start].kind is RowKind.HEADING or form.rows[start + 1].kind is not RowKind.HEADING
    assert len(form.rows) - starts[-1] > 8


def test_a_short_form_is_one_page(one_year: Form) -> None:
    assert page_breaks(lay_out(one_year, None)) == []

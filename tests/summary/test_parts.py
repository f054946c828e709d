"""The parts that need no workbook."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pcmd_consolidate.excel_text import CUT, LONGEST_TEXT, cell_text
from pcmd_consolidate.intake.inbox import Item
from pcmd_consolidate.summary.names import quoted
from pcmd_consolidate.summary.page import A4_UPRIGHT_OFFICIAL, page_starts
from pcmd_consolidate.summary.sources import find_sources
from pcmd_consolidate.summary.wording import shorten, shown_count


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Xã Đak Nhau\nthôn 2", "Xã Đak Nhau\nthôn 2"),
        ("a\r\nb", "a\nb"),
        ("a\rb\tc", "a\\u000db\\u0009c"),
        ("\u202e12\u2066", "\\u202e12\\u2066"),
        ("\ufeff\u200b", "\\ufeff\\u200b"),
        ("\U000e0041", "\\U000e0041"),
        ("=1+1", "=1+1"),
    ],
)
def test_what_cannot_be_seen_is_shown(text: str, shown: str) -> None:
    assert cell_text(text) == shown


@pytest.mark.parametrize("letter", ["a", "ế", "😀"])
def test_a_long_text_is_cut_where_excel_would_refuse_it(letter: str) -> None:
    fits = letter * (LONGEST_TEXT // (len(letter.encode("utf-16-le")) // 2))
    cut = cell_text(fits + letter)

    assert cell_text(fits) == fits
    assert cut.endswith(CUT)
    assert LONGEST_TEXT - 1 <= len(cut.encode("utf-16-le")) // 2 <= LONGEST_TEXT


def test_counts_and_labels_are_written_as_officials_do() -> None:
    assert shown_count(3321) == "3.321"
    assert shorten("Số người bán dâm được hỗ trợ", 20) == "Số người bán dâm …"
    assert quoted("Cơ quan 'A'") == "'Cơ quan ''A'''"


def sources(*names: str) -> dict[str, str]:
    inbox, day = Path("/srv/dot/inbox"), dt.datetime(2025, 8, 20)
    items = [Item(inbox / name, name, day) for name in names]
    return dict(find_sources(items, Path("/srv/dot/ket-qua")).urls)


def test_links_are_relative_and_escaped() -> None:
    assert sources("Xã A #1 (50%).xlsx", "[b]/c\n.xlsx", "\udcff.xls") == {
        "Xã A #1 (50%).xlsx": "external:./../inbox/Xã%20A%20%231%20(50%25).xlsx",
        "[b]/c\n.xlsx": "external:./../inbox/%5Bb%5D/c%0A.xlsx",
        "\udcff.xls": "external:./../inbox/%FF.xls",
    }


def test_a_path_that_excel_cannot_follow_is_no_link() -> None:
    assert sources("a/" * 1_500 + "b.xlsx") == {}


def test_a_link_leads_to_the_sheet_and_the_cell() -> None:
    found = find_sources([Item(Path("/a/b.xlsx"), "b.xlsx", dt.datetime(2025, 8, 20))], Path("/a"))

    assert found.url("b.xlsx") == "external:./b.xlsx"
    assert found.url("b.xlsx", "Trang '1'", "C7") == "external:./b.xlsx#'Trang ''1'''!C7"
    assert found.url("b.xlsx", "Trang 1") == "external:./b.xlsx#'Trang 1'!A1"
    assert found.url("khác.xlsx", "Trang 1", "C7") is None


def test_a_table_that_fits_has_one_page() -> None:
    assert page_starts([10.0] * 10, room=100, repeated=10, not_last=()) == []


def test_pages_are_filled_one_after_the_other() -> None:
    assert page_starts([10.0] * 12, room=100, repeated=0, not_last=()) == [10]


def test_a_page_of_a_table_made_half_as_wide_holds_twice_the_height() -> None:
    """165 mm are 624 pixels, 257 mm are 728 points; 3 % are left to printers."""
    assert round(A4_UPRIGHT_OFFICIAL.room(300)) == 706
    assert round(A4_UPRIGHT_OFFICIAL.room(2 * 622)) == 2 * 706


def test_no_page_ends_after_a_line_that_leads_to_the_next() -> None:
    starts = page_starts([10.0] * 30, room=100, repeated=10, not_last={8, 9, 17, 25})

    assert all(start - 1 not in {8, 9, 17, 25} for start in starts)
    assert starts == sorted(starts)


def test_lines_that_no_page_holds_do_not_keep_it_from_ending() -> None:
    starts = page_starts([10.0] * 30, room=100, repeated=0, not_last=set(range(30)))

    assert starts

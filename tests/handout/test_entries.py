"""What may be typed, what the clerk is told, and Tổng cộng."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pcmd_consolidate.forms import Form, OverYears, Row, RowKind, ValueType, load_form
from pcmd_consolidate.handout.entries import total_formula, validation
from tests.handout.books import Book

LIMITS = {"promptTitle": 32, "errorTitle": 32, "prompt": 255, "error": 255}


@pytest.fixture(scope="module")
def blank(form: Form) -> Book:
    return Book(form)


@pytest.mark.parametrize(
    ("value_type", "number"),
    [(ValueType.COUNT, "AND({0}>=0,{0}=INT({0}))"), (ValueType.MONEY, "{0}>=0")],
)
def test_figures_from_0_and_the_signs_of_the_guide(value_type: ValueType, number: str, blank: Book, form: Form) -> None:
    for row in form.indicators:
        if row.value_type is not value_type:
            continue
        for year in (form.years[0], form.years[-1]):
            cell = blank.year(row, year)
            rule = blank.validation(cell)
            assert rule is not None
            assert (rule.type, rule.errorStyle or "stop", rule.allowBlank) == ("custom", "stop", True)
            at = cell.coordinate
            signs = f'OR({at}="-",{at}="…",{at}="...")'
            assert rule.formula1 == f"IF(ISNUMBER({at}),{number.format(at)},{signs})"


def test_yes_no_rows_have_a_list(blank: Book, form: Form) -> None:
    for row in form.indicators:
        if row.value_type is ValueType.YES_NO:
            for year in form.years:
                rule = blank.validation(blank.year(row, year))
                assert rule is not None
                assert (rule.type, rule.formula1) == ("list", '"Có,Không,…"')


def test_every_input_cell_tells_what_to_do_within_the_limits_of_excel(blank: Book, form: Form) -> None:
    for row in form.indicators:
        for year in form.years:
            rule = blank.validation(blank.year(row, year))
            assert rule is not None
            for name, limit in LIMITS.items():
                assert 0 < len(getattr(rule, name)) <= limit, (row.number, name)


def test_the_partial_year_says_until_when(blank: Book, form: Form) -> None:
    row = form.indicators[0]
    told = {year: blank.validation(blank.year(row, year)).prompt for year in form.years}  # type: ignore[union-attr]

    assert [year for year, text in told.items() if "đến hết ngày 30/6/2025" in text] == [2025]


def test_long_units_of_measure_do_not_break_the_limits(form: Form) -> None:
    row = replace(form.indicators[0], unit="Lượt " * 100)
    options = validation(form, row, form.years[-1], "D9")

    assert len(options["input_message"]) == 255


def test_rows_that_ask_for_words_say_where(blank: Book, form: Form) -> None:
    told = [row.number for row in form.indicators if blank.validation(blank.cell(row, blank.layout.note))]

    assert told == {"IA": [74, 85], "IIA": [19, 49]}[form.id]


def test_totals_sum_flows_and_take_the_last_year_of_stocks(blank: Book, form: Form) -> None:
    for row in form.indicators:
        first, last = blank.year(row, form.years[0]).coordinate, blank.year(row, form.years[-1]).coordinate
        formula = str(blank.total(row).value)
        assert (f"SUM({first}:{last})" in formula) == (row.over_years is OverYears.SUM)
        assert (first in formula) == (row.over_years is OverYears.SUM)
        assert last in formula
        assert blank.total(row).protection.locked


def test_an_empty_form_shows_empty_totals(blank: Book, form: Form) -> None:
    sheet = blank.stored.worksheets[0]

    assert {sheet[blank.total(row).coordinate].value for row in form.indicators} == {None}


@pytest.mark.parametrize(
    ("value_type", "over_years", "formula"),
    [
        (ValueType.COUNT, OverYears.SUM, '=IF(COUNT(D9:H9)+COUNTIF(D9:H9,"-")=0,"",SUM(D9:H9))'),
        (ValueType.MONEY, OverYears.SUM, '=IF(COUNT(D9:H9)+COUNTIF(D9:H9,"-")=0,"",SUM(D9:H9))'),
        (ValueType.COUNT, OverYears.LAST, '=IF(ISNUMBER(H9),H9,IF(H9="-",0,""))'),
        (ValueType.YES_NO, OverYears.LAST, '=IF(H9="","",H9)'),
    ],
)
def test_total_formula(value_type: ValueType, over_years: OverYears, formula: str) -> None:
    row = Row(1, "1", RowKind.INDICATOR, "A", value_type=value_type, over_years=over_years)

    assert total_formula(row, "D9:H9", "H9") == formula


def test_number_formats(blank: Book, form: Form) -> None:
    formats = {row.value_type: blank.year(row, form.years[0]).number_format for row in form.indicators}

    assert formats[ValueType.COUNT] == "#,##0"
    assert formats[ValueType.MONEY] == "#,##0.###"


def test_whole_sums_of_money_show_no_lonely_comma() -> None:
    form = load_form("IIA")
    book = Book(form)
    areas = {str(area.sqref) for area in book.sheet.conditional_formatting}
    money = [row for row in form.indicators if row.value_type is ValueType.MONEY]

    checked = {area for area in areas if area.startswith("K")}
    assert areas - checked == {f"{book.year(r, 2021).coordinate}:{book.total(r).coordinate}" for r in money}

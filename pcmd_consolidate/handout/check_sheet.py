"""The hidden sheet that checks the rules of a form while a clerk types.

A figure is what the typed cell means: a number, nothing, or unknown. A rule has 1 in the column of each year in which
it is broken. The words for the clerk grow from one rule of a row of the form to the next: the last of them holds all
that is shown beside the row.
"""

from __future__ import annotations

from functools import partial

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from pcmd_consolidate.forms.formulas import UNKNOWN, figure_formula, holds_formula, typed_formula
from pcmd_consolidate.handout import live_checks as at
from pcmd_consolidate.handout.live_checks import LiveChecks, LiveRule
from pcmd_consolidate.handout.worksheets import OfficialSheet


def write_checks(book: Workbook, checks: LiveChecks) -> None:
    """Write the hidden sheet."""
    sheet: Worksheet = book.add_worksheet(checks.hidden, OfficialSheet)
    for line, number in enumerate(checks.rows, start=at.FIGURES):
        sheet.write_number(line, at.NAME, number)
        _write_figures(sheet, checks, line, number)
    for rule in checks.rules:
        _write_rule(sheet, checks, rule)
    _write_counters(sheet, checks)
    sheet.protect()
    sheet.very_hidden()


def _write_counters(sheet: Worksheet, checks: LiveChecks) -> None:
    last = at.FIGURES + max(len(checks.layout.open), 1) - 1
    figures = xl_range(at.FIGURES, at.FIRST_YEAR, last, checks.counts - 1)
    sheet.write_formula(at.FILLED, at.FIRST_YEAR, f'=SUMPRODUCT(({figures}<>"")*1)', None, 0)
    if checks.rules:
        counts = xl_range(checks.rules[0].line, checks.counts, checks.rules[-1].line, checks.counts)
        broken = sum(rule.broken_when_empty for rule in checks.rules)
        sheet.write_formula(at.BROKEN, at.FIRST_YEAR, f'=COUNTIF({counts},">0")', None, broken)
    else:
        sheet.write_number(at.BROKEN, at.FIRST_YEAR, 0)


def _write_figures(sheet: Worksheet, checks: LiveChecks, line: int, number: int) -> None:
    row = checks.layout.form.row(number)
    for year, typed in checks.layout.years.items():
        if number in checks.layout.open:
            beside = checks.column(year) + len(checks.layout.years)
            sheet.write_formula(line, beside, f"={typed_formula(checks.typed(typed, number))}", None, "")
            formula = figure_formula(row.value_type, xl_rowcol_to_cell(line, beside))
            sheet.write_formula(line, checks.column(year), f"={formula}", None, "")
        else:
            sheet.write_string(line, checks.column(year), UNKNOWN)


def _write_rule(sheet: Worksheet, checks: LiveChecks, rule: LiveRule) -> None:
    line, years, empty = rule.line, tuple(checks.layout.years), rule.broken_when_empty
    sheet.write_string(line, at.NAME, rule.rule.id)
    for column, words in zip((at.BEFORE, at.AFTER), rule.wording, strict=True):
        sheet.write_string(line, column, words)
    note = partial(checks.typed, checks.layout.note)
    for year in years:
        holds = holds_formula(rule.expression, partial(checks.figure, year), note)
        sheet.write_formula(line, checks.column(year), f"=IF({holds},0,1)", None, int(empty))
    cells = {year: xl_rowcol_to_cell(line, checks.column(year)) for year in years}
    sheet.write_formula(line, checks.counts, f"=SUM({xl_range(line, at.FIRST_YEAR, line, checks.counts - 1)})", None,
                        len(years) * empty)  # fmt: skip
    named = "&".join(f'IF({cell}=1,", {year}","")' for year, cell in cells.items())
    sheet.write_formula(line, checks.names, f"=MID({named},3,255)", None, ", ".join(map(str, years)) if empty else "")
    _write_words(sheet, checks, rule)


def _write_words(sheet: Worksheet, checks: LiveChecks, rule: LiveRule) -> None:
    """The rank of a rule among the broken ones of its row, and the words of those up to it."""
    line = rule.line
    count, names, rank = (xl_rowcol_to_cell(line, c) for c in (checks.counts, checks.names, checks.ranks))
    before, after = (xl_rowcol_to_cell(line, column) for column in (at.BEFORE, at.AFTER))
    words = f"{before}&{names}&{after}"
    if rule.rank:
        rank_above, text_above = (xl_rowcol_to_cell(line - 1, column) for column in (checks.ranks, checks.texts))
        ranked = f"={rank_above}+({count}>0)"
        worded = f'=IF(AND({count}>0,{rank}<={at.SHOWN}),{text_above}&IF({rank}>1,"; ","")&{words},{text_above}&"")'
    else:
        ranked, worded = f"=({count}>0)*1", f'=IF({count}>0,{words},"")'
    broken = sum(r.broken_when_empty for r in checks.rules if r.row == rule.row and r.line <= line)
    sheet.write_formula(line, checks.ranks, ranked, None, broken)
    sheet.write_formula(line, checks.texts, worded, None, checks.text_when_empty(rule))

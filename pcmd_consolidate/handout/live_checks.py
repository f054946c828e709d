"""Which rules a handed-out workbook checks while a clerk types, and where its hidden sheet does so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from pcmd_consolidate.findings import Severity
from pcmd_consolidate.forms import Rule
from pcmd_consolidate.forms.rules import Expression, parse
from pcmd_consolidate.handout.layout import Layout
from pcmd_consolidate.ids import CHECK_SHEET

FILLED, BROKEN, FIGURES = 0, 1, 3
"""Lines of the hidden sheet: its two counters, and the first line of figures."""
NAME, BEFORE, AFTER, FIRST_YEAR = 0, 1, 2, 3
"""Columns: number of a row or id of a rule, what a rule says before and after its years, the first year."""
SHOWN = 2
"""Rules that are shown in words beside one row of the form; the others are counted."""

_NOTHING = "Chưa phát hiện điểm nào cần kiểm tra lại"
_TO_CHECK = " điểm cần kiểm tra lại, nêu ở cột này"


@dataclass(frozen=True)
class LiveRule:
    """A rule in the hidden sheet.

    Attributes:
        rule: The rule.
        expression: Its expression, parsed.
        line: Its line in the sheet, from 0.
        rank: How many rules of the same row of the form stand above it.
        broken_when_empty: Whether an empty form breaks it.
    """

    rule: Rule
    expression: Expression
    line: int
    rank: int
    broken_when_empty: bool

    @property
    def row(self) -> int:
        """Number of the row of the form beside which it is shown."""
        return self.expression.rows[0]

    @property
    def wording(self) -> tuple[str, str]:
        """What the clerk reads, before and after the years."""
        return f"{self.rule.severity.label} (năm ", f"): {self.rule.message}"


@dataclass(frozen=True)
class LiveChecks:
    """Where everything stands in the hidden sheet: figures above, one line a row; rules below, one line each.

    Attributes:
        layout: Layout of the form.
        sheet: Name of the sheet that holds the form.
        hidden: Name of the hidden sheet.
    """

    layout: Layout
    sheet: str
    hidden: str = CHECK_SHEET

    @cached_property
    def _asked_rules(self) -> tuple[tuple[Rule, Expression], ...]:
        """Rules that can be broken: one that compares a figure that the unit does not fill is never applicable."""
        parsed = [(rule, parse(rule.expression)) for rule in self.layout.form.rules]
        return tuple((rule, e) for rule, e in parsed if e.rows and e.compared <= self.layout.open)

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """Numbers of the rows whose figures stand in the sheet: those that the unit fills, then others in rules."""
        others = {number for _, expression in self._asked_rules for number in expression.rows} - self.layout.open
        return (*sorted(self.layout.open), *sorted(others))

    @cached_property
    def rules(self) -> tuple[LiveRule, ...]:
        """The rules about what the unit fills, by row of the form, the heaviest of a row first."""
        weight = list(Severity).index
        placed = sorted(self._asked_rules, key=lambda pair: (pair[1].rows[0], weight(pair[0].severity)))
        rows = [expression.rows[0] for _, expression in placed]
        first = FIGURES + len(self.rows) + 1
        return tuple(
            LiveRule(rule, expression, first + i, rows[:i].count(rows[i]), _broken_when_empty(expression, self.layout))
            for i, (rule, expression) in enumerate(placed)
        )

    @property
    def counts(self) -> int:
        """Column in which the broken years of a rule are counted."""
        return FIRST_YEAR + len(self.layout.years)

    @property
    def names(self) -> int:
        """Column in which the broken years of a rule are named."""
        return self.counts + 1

    @property
    def ranks(self) -> int:
        """Column that counts the broken rules of a row of the form, from its first rule to this one."""
        return self.counts + 2

    @property
    def texts(self) -> int:
        """Column with the words of the broken rules of a row of the form, from its first rule to this one."""
        return self.counts + 3

    def figure(self, year: int, number: int) -> str:
        """A1 reference, inside the sheet, of the figure of a row."""
        cell: str = xl_rowcol_to_cell(FIGURES + self.rows.index(number), self.column(year))
        return cell

    def column(self, year: int) -> int:
        """Column of a year."""
        return FIRST_YEAR + list(self.layout.years).index(year)

    def typed(self, column: int, number: int) -> str:
        """Reference from the hidden sheet to a cell of a row of the form."""
        place = self.layout.place(self.layout.form.row(number))
        cell: str = xl_rowcol_to_cell(place, column)
        return f"{quote_sheetname(self.sheet)}!{cell}"

    def shown(self, row: int) -> tuple[str, str] | None:
        """The formula that shows the broken rules of a row of the form, and what it shows in an empty form."""
        of_row = [rule for rule in self.rules if rule.row == row]
        if not of_row:
            return None
        text, rank = (f"{self.hidden}!{xl_rowcol_to_cell(of_row[-1].line, c)}" for c in (self.texts, self.ranks))
        formula = f'={text}&IF({rank}>{SHOWN},"; và "&({rank}-{SHOWN})&" điểm khác","")'
        more = sum(rule.broken_when_empty for rule in of_row) - SHOWN
        return formula, self.text_when_empty(of_row[-1]) + (f"; và {more} điểm khác" if more > 0 else "")

    def text_when_empty(self, last: LiveRule) -> str:
        """What an empty form makes the rules of a row say, from its first rule to this one."""
        broken = [r for r in self.rules if r.row == last.row and r.line <= last.line and r.broken_when_empty]
        years = ", ".join(map(str, self.layout.years))
        return "; ".join(years.join(rule.wording) for rule in broken[:SHOWN])

    @property
    def cells(self) -> int:
        """How many cells the unit fills."""
        return len(self.layout.open) * len(self.layout.years)

    def counters(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """Formulas that say how many cells are filled and how many rules broken, and what they say in an empty form."""
        filled, broken = (f"{self.hidden}!{xl_rowcol_to_cell(line, FIRST_YEAR)}" for line in (FILLED, BROKEN))
        count = sum(rule.broken_when_empty for rule in self.rules)
        return (
            (f'="Đã ghi "&{filled}&" trong {self.cells} ô"', f"Đã ghi 0 trong {self.cells} ô"),
            (f'=IF({broken}=0,"{_NOTHING}",{broken}&"{_TO_CHECK}")', f"{count}{_TO_CHECK}" if count else _NOTHING),
        )


def _broken_when_empty(expression: Expression, layout: Layout) -> bool:
    columns = {f"r{n}": np.array([np.nan]) for n in expression.rows}
    columns |= {f"blank{n}": np.array([n in layout.open]) for n in expression.rows}
    columns |= {f"noted{n}": np.array([False]) for n in expression.rows}
    return not np.all(expression.holds(columns))

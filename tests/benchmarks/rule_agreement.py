"""Do the workbook and the checks say the same of every rule?

Random figures are typed into blank workbooks, LibreOffice recalculates them, and for every rule and year the verdict in
the hidden sheet is compared with that of the checks on the values that are read from the same workbook::

    python -m tests.benchmarks.rule_agreement --forms 600 --seed 1
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pcmd_consolidate import Campaign, new_campaign, read_returns
from pcmd_consolidate.checks.in_year import broken_rules
from pcmd_consolidate.cube import cube
from pcmd_consolidate.forms import Form, Row, ValueType, load_form
from pcmd_consolidate.handout import write_blank
from pcmd_consolidate.units import Registry, Unit
from tests.libreoffice import convert

Typed = float | str | bool | None
Broken = frozenset[tuple[str, int]]
"""Ids of rules, each with a year in which it is broken."""

BATCH = 60
"""Workbooks that LibreOffice opens in one run."""
SIGNS: tuple[Typed, ...] = ("-", "…", "...", "–", "Không", "ko", " - ")
NOTHING: tuple[Typed, ...] = (" ", "  ", "\xa0", "\n")
UNREADABLE: tuple[Typed, ...] = (
    "hỏi lại", "5-7", "?", "#", "*", "6/6", "1 hoặc 2", "-5", "1,2E+03", "3..4", True, False, -4,
)  # fmt: skip
DIGITS: tuple[Typed, ...] = ("0", "3", "05", " 12 ", "007", "120")
ANSWERS: tuple[Typed, ...] = (
    "Có", "Không", "có", "KHÔNG", "Có", "Không", "x", "-", "…", True, False, 1, 0, 2, 0.5, "1", "0", "?",
)  # fmt: skip
TEXTS_FOR_PEOPLE: tuple[Typed, ...] = (
    "12 cuộc", "1.250", "hơn 40", "ba", "3 (lồng ghép)", "05 người", "2,5", "Có (KH số 4)",
)  # fmt: skip
"""What intake makes out and the workbook does not."""
NOTES: tuple[Typed, ...] = ("Mô hình câu lạc bộ", "x", " ", "\xa0", 3, "0", "\n")


@dataclass(frozen=True)
class Habit:
    """How one made-up unit fills its form: odds of each kind of cell, and the largest figure."""

    blank: float
    zero: float
    sign: float
    odd: float
    noted: float
    most: int
    for_people: bool


@dataclass(frozen=True)
class Verdicts:
    """What the workbook and the checks say of one unit."""

    unit: Unit
    workbook: Broken
    checks: Broken
    compared: int


def habit(rng: random.Random, for_people: bool) -> Habit:
    """A habit at random; small figures meet the bounds of the rules most often."""
    return Habit(
        blank=rng.choice((0.0, 0.05, 0.3)), zero=rng.choice((0.05, 0.3, 0.6)), sign=rng.choice((0.0, 0.05, 0.2)),
        odd=rng.choice((0.0, 0.02, 0.1)), noted=rng.choice((0.0, 0.5, 1.0)), most=rng.choice((1, 2, 4, 12, 60, 7000)),
        for_people=for_people,
    )  # fmt: skip


def typed(rng: random.Random, row: Row, how: Habit) -> Typed:
    """What the unit types into one cell."""
    if how.for_people and rng.random() < 0.3:
        return rng.choice(TEXTS_FOR_PEOPLE)
    roll = rng.random()
    if roll < how.blank:
        return rng.choice((None, None, None, *NOTHING))
    if roll < how.blank + how.odd:
        return rng.choice((*UNREADABLE, 100000, 10**15, 2.5) if row.value_type is not ValueType.YES_NO else ANSWERS)
    if row.value_type is ValueType.YES_NO:
        return rng.choice(ANSWERS)
    if roll < how.blank + how.odd + how.sign:
        return rng.choice((*SIGNS, *DIGITS))
    if rng.random() < how.zero:
        return 0
    return _money(rng, how) if row.value_type is ValueType.MONEY else _count(rng, how)


def _count(rng: random.Random, how: Habit) -> float:
    whole = rng.randint(0, how.most)
    return rng.choice((whole, whole, whole, 5 * whole, 7 * whole, 20 * whole, whole + 1e-10))


def _money(rng: random.Random, how: Habit) -> float:
    """Sums of tenths and thousandths, some off by what still counts as nothing or just no longer does."""
    sum_of_tenths = sum(0.1 for _ in range(rng.randint(0, 3 * how.most % 100 + 3)))
    base = rng.choice((sum_of_tenths, rng.randint(0, how.most) / 10, rng.randint(0, 1000 * how.most) / 1000))
    return base + rng.choice((0.0, 0.0, 0.0, 0.2, 4e-7, 5e-7, 6e-7, 1e-6))


def fill_at_random(path: Path, form: Form, rows: Sequence[Row], rng: random.Random, how: Habit) -> None:
    """Type figures and notes into a blank workbook, found by its line numbers and headings."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    lines = {cell.value: cell.row for cell in sheet["A"] if isinstance(cell.value, int)}
    for row in rows:
        for year in form.years:
            sheet.cell(lines[row.number], _column(sheet, f"Năm {year}")).value = typed(rng, row, how)
        if rng.random() < how.noted:
            sheet.cell(lines[row.number], _column(sheet, "Ghi chú")).value = rng.choice(NOTES)
    book.save(path)


def _column(sheet: Worksheet, heading: str) -> int:
    rows = sheet.iter_rows(max_row=25)
    return next(int(cell.column) for row in rows for cell in row if str(cell.value or "").startswith(heading))


def judged(campaign: Campaign, form: Form, folder: Path) -> Iterator[Verdicts]:
    """What recalculated workbooks and the checks on the values read from them say."""
    returns = read_returns(campaign, folder)
    told: dict[str, set[tuple[str, int]]] = {}
    for broken in broken_rules(cube(returns.values, form)):
        assert broken.year is not None
        told.setdefault(broken.unit_id, set()).add((broken.rule, broken.year))
    for unit in campaign.registry:
        path = folder / f"{unit.unit_id}.xlsx"
        assert set(returns.values.loc[returns.values["unit_id"] == unit.unit_id, "file"]) == {path.name}
        book = openpyxl.load_workbook(path, data_only=True)
        said, compared = workbook_verdicts(book, form)
        yield Verdicts(unit, said, frozenset(told.get(unit.unit_id, ())), compared)


def workbook_verdicts(book: Workbook, form: Form) -> tuple[Broken, int]:
    """The rules that the hidden sheet calls broken, and how many verdicts it holds."""
    ids = {rule.id for rule in form.rules}
    verdicts = {
        (line[0].value, year): line[3 + place].value
        for line in book["_kiem_tra"].iter_rows()
        if line[0].value in ids
        for place, year in enumerate(form.years)
    }
    assert set(verdicts.values()) <= {0, 1}, "a verdict was not computed"
    return frozenset(place for place, broken in verdicts.items() if broken), len(verdicts)


def units_of(form: Form, count: int) -> list[Unit]:
    """Made-up units: every other one of a form with owners owns one block of it, the others fill the whole form."""
    sections = [(), *((section,) for section in form.sections)]
    owned = [sections[(i // 2) % len(sections) if i % 2 else 0] for i in range(count)]
    return [Unit(f"M{i:04}", f"Đơn vị mẫu {i:04}", form.respondent, form.id, own) for i, own in enumerate(owned)]


def compare(form: Form, count: int, seed: int, folder: Path, *, for_people: bool = False) -> list[Verdicts]:
    """Fill, recalculate and judge so many forms.

    Args:
        form: The form.
        count: How many units fill it.
        seed: Seed of the figures.
        folder: Where the workbooks are kept.
        for_people: Whether texts are typed as well that intake makes out and the workbook does not.
    """
    rng = random.Random(f"{seed} {form.id} {for_people}")
    campaign = new_campaign(folder / "campaign", "Đồng Nai")
    verdicts: list[Verdicts] = []
    units = units_of(form, count)
    for place in range(0, count, BATCH):
        batch = units[place : place + BATCH]
        typed_in, recalculated = folder / f"typed{place}", folder / f"recalculated{place}"
        for unit in batch:
            path = typed_in / f"{unit.unit_id}.xlsx"
            write_blank(form, path, unit)
            fill_at_random(path, form, form.indicators_of(unit.sections), rng, habit(rng, for_people))
        recalculated.mkdir()
        convert(sorted(typed_in.iterdir()), "xlsx", recalculated)
        small = replace(campaign, forms=(form,), registry=Registry(batch))
        verdicts += judged(small, form, recalculated)
    return verdicts


def _report(form: Form, verdicts: Sequence[Verdicts]) -> str:
    cells = len(verdicts) * len(form.rules) * len(form.years)
    broken = {rule for v in verdicts for rule, _ in v.checks}
    held = {r.id for r in form.rules if any((r.id, y) not in v.checks for v in verdicts for y in form.years)}
    differ = sum(len(v.workbook ^ v.checks) for v in verdicts)
    false_alarms = sum(len(v.workbook - v.checks) for v in verdicts)
    return (
        f"| {form.id} | {len(verdicts)} | {len(form.rules)} | {cells} | {sum(len(v.checks) for v in verdicts)} "
        f"| {len(broken)} | {len(held)} | {differ} | {false_alarms} |"
    )


def main() -> None:
    """Compare and print one line a form."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--forms", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--for-people", action="store_true")
    arguments = parser.parse_args()
    start = time.monotonic()
    print("| form | forms | rules | verdicts | broken | rules broken | rules held | differ | workbook alone |")
    for form in (load_form("IA"), load_form("IIA")):
        with tempfile.TemporaryDirectory() as folder:
            verdicts = compare(
                form, arguments.forms // 2, arguments.seed, Path(folder), for_people=arguments.for_people
            )
        print(_report(form, verdicts), flush=True)
        for v in verdicts:
            for rule, year in sorted(v.workbook ^ v.checks)[:3] if not arguments.for_people else ():
                print("  ", v.unit.unit_id, rule, year, "workbook" if (rule, year) in v.workbook else "checks")
    print(f"{time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    main()

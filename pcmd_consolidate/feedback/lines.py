"""The lines of the first sheet, as texts and a link each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pcmd_consolidate.campaign import Campaign
from pcmd_consolidate.feedback.cases import Case, Point
from pcmd_consolidate.feedback.draft import Draft
from pcmd_consolidate.feedback.marks import Spot, harmless, shortened
from pcmd_consolidate.findings import Severity
from pcmd_consolidate.forms import Form
from pcmd_consolidate.intake.explanations import REASON_HEADING, SEPARATOR

NUMBER = "TT"
COLUMNS = {
    NUMBER: 4.0, "Mức độ": 10.0, "Ô": 11.0, "Dòng": 28.0, "Năm": 10.0, "Đơn vị đã ghi": 17.0,
    "Nội dung cần sửa và cách sửa": 46.0, REASON_HEADING: 34.0,
}  # fmt: skip
"""Heading → width in characters."""
HEADINGS = tuple(COLUMNS)
SEVERITY, LINK, REASON = 2, 3, len(COLUMNS)
"""Columns, from 1."""
FIRST_HIDDEN = REASON + 1
_SETTLED = "Đã giải trình"
_MOST_ALIKE = 10
"""Open warnings of one kind that have a line each; more of them share one."""
_MANY = "{count} ô cùng một nội dung (tô màu và có chú thích trong biểu). Ví dụ: {example}"
_ABOUT_TOTAL = ("F11", "F11b", "F12")
_LONGEST_LABEL = 90


@dataclass(frozen=True)
class Line:
    """A line of the first sheet: a finding, or many light ones of one kind.

    Attributes:
        severity: The severity of its findings.
        texts: What stands in the columns, under their headings.
        link: Where a click on it leads, inside the workbook; empty where there is nothing to show.
        hidden: What stands in the hidden columns: by this the findings are known again.
    """

    severity: Severity
    texts: tuple[str, ...]
    link: str
    hidden: tuple[str, ...]


def lines_of(case: Case, draft: Draft, campaign: Campaign) -> tuple[Line, ...]:
    """The lines of a case, in the order of its findings."""
    forms = {form_id: campaign.form(form_id) for form_id in case.forms}
    several = len({spot[0] for point in case.points for spot in draft.spots(point)}) > 1
    return tuple(
        _line(number, points, case, draft, forms.get(points[0].form), several)
        for number, points in enumerate(_gathered(case.points), start=1)
    )


def _gathered(points: Iterable[Point]) -> list[tuple[Point, ...]]:
    """The findings one by one; open warnings of one kind in one sheet together where they are many."""
    groups: dict[object, list[Point]] = {}
    for place, point in enumerate(points):
        light = point.severity is Severity.WARNING and not point.explanation
        groups.setdefault((point.rule, point.form, point.sheet) if light else place, []).append(point)
    lines: list[tuple[Point, ...]] = []
    for group in groups.values():
        lines += [tuple(group)] if len(group) > _MOST_ALIKE else [(point,) for point in group]
    return lines


def _line(number: int, points: tuple[Point, ...], case: Case, draft: Draft, form: Form | None, several: bool) -> Line:
    point, alone = points[0], len(points) == 1
    spot = _shown_spot(draft, [spot for point in points for spot in draft.spots(point)])
    message = harmless(point.message)
    texts = (
        str(number),
        point.severity.label if point.is_open else _SETTLED,
        _reference(spot, several) + ("" if alone else " …"),
        _row(point, form) if alone else f"{len(points)} ô",
        _year(point, form) if alone else "",
        shortened(point.raw) if alone else "",
        message if alone else _MANY.format(count=len(points), example=message),
        harmless(point.explanation),
    )
    return Line(point.severity, texts, _target(spot), _hidden(points, case, draft))


def _shown_spot(draft: Draft, spots: Sequence[Spot]) -> Spot | None:
    """The first place that a link can lead to."""
    visible = {sheet.title for sheet in draft.book.worksheets if sheet.sheet_state == "visible"}
    return next((spot for spot in spots if spot[0] in visible), None)


def _reference(spot: Spot | None, several: bool) -> str:
    if spot is None:
        return ""
    return f"{spot[0]} › {spot[1]}" if several else spot[1]


def _target(spot: Spot | None) -> str:
    if spot is None:
        return ""
    sheet = spot[0].replace("'", "''")
    return f"'{sheet}'!{spot[1]}"


def _row(point: Point, form: Form | None) -> str:
    if form is None or point.row is None:
        return ""
    label = form.row(point.row).full_label
    short = label if len(label) <= _LONGEST_LABEL else f"{label[:_LONGEST_LABEL].rpartition(' ')[0]} …"
    return f"{point.row}: {short}"


def _year(point: Point, form: Form | None) -> str:
    if point.year is None:
        return "Tổng cộng" if point.rule in _ABOUT_TOTAL else ""
    return form.year_label(point.year) if form is not None else str(point.year)


def _hidden(points: tuple[Point, ...], case: Case, draft: Draft) -> tuple[str, ...]:
    """What a line is about, in the order of ``HIDDEN_HEADINGS``.

    The file is the one that the unit sent first: what the officer settled about it holds for its corrected copies too.
    """
    point = points[0]
    answered = case.file.answer.sources.get(point.sheet) if case.file.answer else None
    file, sheet = answered or (case.file.item.name, point.sheet)
    rows, years = ([getattr(p, name) for p in points] for name in ("row", "year"))
    return (
        case.unit.unit_id, point.form, point.rule, _numbers(rows), _numbers(years), harmless(file), harmless(sheet),
        draft.sheets.get(point.sheet, ""),
    )  # fmt: skip


def _numbers(numbers: Sequence[int | None]) -> str:
    return SEPARATOR.join("" if number is None else str(number) for number in numbers)

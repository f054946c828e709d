"""What stands around a line and beside it: parents of rows whose label occurs more than once, and hidden line numbers.

Both are held against what the alignment of the labels says; a contradiction leaves the line in doubt.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from pcmd_consolidate.forms import Form
from pcmd_consolidate.intake.align import Match

Matches = dict[int, Match]
"""Index of a line → its match."""


def doubt_by_parents(matches: Matches, form: Form, keys: tuple[str, ...]) -> Matches:
    """Matches of rows that share their label with others, held against the parent that stands above them.

    *Số người bán dâm* under *Số người bị xử lý vi phạm hành chính* is row 32 of IIA, under *Tổng số người vi phạm* it
    is row 26: where the nearest of these above a line is the parent of the other row, or the row's own parent stands
    below it, or one of the parents stands out of order, every line of that label is in doubt.

    Args:
        matches: What the alignment says.
        form: The form.
        keys: The label of each row of the form, as compared.
    """
    doubted: Matches = {}
    for group in _twins(form, keys):
        telling = _telling_ancestors(form, group)
        of_group = {line: match for line, match in matches.items() if match.place in group}
        rivals = {line: _rival(matches, line, group, telling) for line in of_group}
        if any(rival is not None for rival in rivals.values()) or _moved(matches, telling):
            doubted |= {
                line: dataclasses.replace(match, rival=_other(rivals[line], match.place, group))
                for line, match in of_group.items()
            }
    return matches | doubted


def _twins(form: Form, keys: tuple[str, ...]) -> list[list[int]]:
    """Indicators that share their label with others."""
    groups = [
        [place for place, other in enumerate(keys) if other == key and form.rows[place].is_indicator]
        for key in dict.fromkeys(keys)
    ]
    return [group for group in groups if len(group) > 1]


def _rival(matches: Matches, line: int, group: list[int], telling: Mapping[int, set[int]]) -> int | None:
    """The twin that a line may be as well, by what stands above it."""
    place = matches[line].place
    above = _nearest_above(matches, line, set().union(*telling.values()))
    if above in telling[place]:
        return None
    of_another = next((twin for twin in group if above in telling[twin]), None)
    own_stands_elsewhere = any(match.place in telling[place] for match in matches.values())
    return _other(of_another, place, group) if of_another is not None or own_stands_elsewhere else None


def _other(rival: int | None, place: int, group: list[int]) -> int:
    return rival if rival is not None else next(twin for twin in group if twin != place)


def _moved(matches: Matches, telling: Mapping[int, set[int]]) -> bool:
    """Whether a parent of these rows stands out of order."""
    parents = set().union(*telling.values())
    return any(match.moved and match.place in parents for match in matches.values())


def _telling_ancestors(form: Form, group: list[int]) -> dict[int, set[int]]:
    """For each of these rows, the rows above it in the hierarchy that the others do not share."""
    ancestors = {place: _ancestors(form, place) for place in group}
    shared = set.intersection(*ancestors.values())
    return {place: own - shared for place, own in ancestors.items()}


def _ancestors(form: Form, place: int) -> set[int]:
    found: set[int] = set()
    parent = form.rows[place].parent
    while parent is not None:
        found.add(parent - 1)
        parent = form.row(parent).parent
    return found


def _nearest_above(matches: Mapping[int, Match], line: int, places: set[int]) -> int | None:
    return next(
        (matches[i].place for i in sorted(matches, reverse=True) if i < line and matches[i].place in places), None
    )


def with_line_numbers(
    matches: Matches, numbers: Mapping[int, int], labels: Mapping[int, str], keys: tuple[str, ...]
) -> Matches:
    """Matches held against the hidden line numbers of a handed-out workbook.

    Where every number stands beside the label of its row, the numbers say which row each line is, in whatever order.
    Else the rows were changed, and a line whose number is not that of its match is in doubt.

    Args:
        matches: What the alignment says.
        numbers: Line → hidden line number; empty for a workbook that was not handed out.
        labels: Line → its label, as compared.
        keys: The label of each row of the form, as compared.
    """
    known = {line: number - 1 for line, number in numbers.items() if 1 <= number <= len(keys)}
    intact = len(set(known.values())) == len(known) and all(labels[line] == keys[p] for line, p in known.items())
    if intact:
        others = {line: m for line, m in matches.items() if line not in known and m.place not in known.values()}
        return others | {line: Match(place) for line, place in known.items()}
    return {
        line: dataclasses.replace(match, rival=known[line]) if known.get(line, match.place) != match.place else match
        for line, match in matches.items()
    }

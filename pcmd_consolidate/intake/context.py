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
    is row 26: where the nearest of these above a line is the parent of the other row, the line is in doubt.

    Args:
        matches: What the alignment says.
        form: The form.
        keys: The label of each row of the form, as compared.
    """
    twins = {
        key: [place for place, other in enumerate(keys) if other == key and form.rows[place].is_indicator]
        for key in set(keys)
    }
    judged = dict(matches)
    for line in sorted(matches):
        place = matches[line].place
        group = twins[keys[place]]
        if len(group) > 1:
            telling = _telling_ancestors(form, group)
            above = _nearest_above(matches, line, set().union(*telling.values()))
            rival = next((twin for twin in group if above in telling[twin]), None)
            if rival is not None and above not in telling.get(place, set()):
                judged[line] = dataclasses.replace(matches[line], rival=rival)
    return judged


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

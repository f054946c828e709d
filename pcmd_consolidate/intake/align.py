"""Global alignment of the label sequence of a sheet with that of the form.

Dynamic programming over both sequences (Needleman and Wunsch, 1970): a label is matched by what it says *and* by where
it stands among the others, so labels that occur several times in a form are settled by their order. The same
computation from both ends tells how much worse the best other reading of each label is; where it is hardly worse, the
match is in doubt.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pcmd_consolidate.intake.labels import POSSIBLE, SURE, VERBATIM

Matrix = npt.NDArray[np.float64]

_FORBIDDEN = -1e9
_SKIPPED_ROW = 0.02
"""Cost of a row of the form that the sheet does not have."""
_MARGIN = 0.2
"""How much worse every other reading of a label must be."""
_OUT_OF_ORDER = 0.95
_NEAR = 0.1
"""By how much less alike another row is no candidate for a label that is a row's own wording."""
_NEXT_BEST = 0.96


@dataclass(frozen=True, slots=True)
class Match:
    """What a label of the sheet was matched with.

    Attributes:
        place: Index of the row of the form.
        rival: Index of another row that it might be as well; None where there is no doubt.
        moved: Whether it stands out of order.
        repeated: Whether another label of the sheet says just the same.
        confidence: How sure the match is, from 0 to 1: the likeness of the label, less where another reading of the
            whole sheet is hardly worse. A match below ``SURE`` is in doubt.
    """

    place: int
    rival: int | None = None
    moved: bool = False
    repeated: bool = False
    confidence: float = 1.0

    @property
    def doubtful(self) -> bool:
        """Whether the label may be another row, or another label this row."""
        return self.repeated or self.rival is not None


def align(likeness: Matrix, evidence: Matrix, filled: Sequence[bool]) -> dict[int, Match]:
    """Match the labels of a sheet with the rows of a form.

    Args:
        likeness: Labels × rows, from 0 to 1.
        evidence: Labels × rows, what else speaks for (positive) or against (negative) each pair.
        filled: For each label, whether figures stand beside it.

    Returns:
        Index of the label → its match. Labels that match nothing are left out.
    """
    best_of_label = likeness.max(axis=1, keepdims=True, initial=0)
    possible = (likeness >= POSSIBLE) & ((best_of_label < VERBATIM) | (likeness >= best_of_label - _NEAR))
    gain = np.where(possible, (likeness - POSSIBLE) / (1 - POSSIBLE) + 0.1 + evidence, _FORBIDDEN)
    best = _best_to(gain)
    rest = _best_to(gain[::-1, ::-1])[::-1, ::-1]
    through = best[:-1, :-1] + gain + rest[1:, 1:]
    matches = {i: _judge(i, j, likeness, through) for i, j in _path(best, gain)}
    matches |= _moved(likeness, matches)
    return matches | _repeated(likeness, matches, filled)


def _best_to(gain: Matrix) -> Matrix:
    """Best score of aligning the first i labels with the first j rows."""
    labels, rows = gain.shape
    best = np.zeros((labels + 1, rows + 1))
    best[0] = -_SKIPPED_ROW * np.arange(rows + 1)
    drift = _SKIPPED_ROW * np.arange(rows + 1)
    for i in range(labels):
        matched = np.full(rows + 1, _FORBIDDEN)
        matched[1:] = best[i, :-1] + gain[i]
        best[i + 1] = np.maximum.accumulate(np.maximum(best[i], matched) + drift) - drift
    return best


def _path(best: Matrix, gain: Matrix) -> list[tuple[int, int]]:
    """Pairs of the best alignment, from the last to the first."""
    pairs = []
    i, j = gain.shape
    while i and j:
        if _same(best.item(i, j), best.item(i - 1, j - 1) + gain.item(i - 1, j - 1)):
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif _same(best.item(i, j), best.item(i - 1, j)):
            i -= 1
        else:
            j -= 1
    return pairs


def _same(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-5, abs_tol=1e-8)


def _judge(i: int, j: int, likeness: Matrix, through: Matrix) -> Match:
    others = through[i].copy()
    others[j] = _FORBIDDEN
    rival = int(others.argmax())
    lead = through[i, j] - others[rival]
    verbatim = likeness[i, j] == 1 and likeness[i, rival] < _NEXT_BEST
    confidence = float(likeness[i, j]) * (1.0 if verbatim else min(1.0, max(0.0, lead / _MARGIN)))
    if lead < _MARGIN and not verbatim:
        return Match(j, rival, confidence=confidence)
    if confidence < SURE:
        alike = likeness[i].copy()
        alike[j] = -1
        second = int(alike.argmax()) if len(alike) > 1 else None
        return Match(j, second, repeated=len(alike) == 1, confidence=confidence)
    return Match(j, confidence=confidence)


def _moved(likeness: Matrix, matches: dict[int, Match]) -> dict[int, Match]:
    """Labels left over that are just those of rows left over: they stand in another place."""
    taken = {match.place for match in matches.values()}
    free_rows = [j for j in range(likeness.shape[1]) if j not in taken]
    free_labels = [i for i in range(likeness.shape[0]) if i not in matches]
    moved = {}
    for i in free_labels:
        alike = [j for j in free_rows if likeness[i, j] >= _OUT_OF_ORDER]
        if len(alike) == 1 and sum(likeness[k, alike[0]] >= _OUT_OF_ORDER for k in free_labels) == 1:
            moved[i] = Match(alike[0], moved=True)
    return moved


def _repeated(likeness: Matrix, matches: dict[int, Match], filled: Sequence[bool]) -> dict[int, Match]:
    """Matches of rows for which a label left over, with figures beside it, says the same."""
    left_over = [k for k in range(len(filled)) if filled[k] and k not in matches]
    claimed = {int(j) for k in left_over for j in np.nonzero(likeness[k] >= max(SURE, likeness[k].max() - _NEAR))[0]}
    return {i: dataclasses.replace(match, repeated=True) for i, match in matches.items() if match.place in claimed}

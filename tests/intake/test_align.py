from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pcmd_consolidate.forms import load_form
from pcmd_consolidate.intake.align import Match, Matrix, align
from pcmd_consolidate.intake.labels import POSSIBLE, SURE, LabelIndex

ALIKE, NEARLY, UNSURE, UNLIKE = 1.0, 0.9, (POSSIBLE + SURE) / 2, 0.2


def matched(
    likeness: list[list[float]], evidence: list[list[float]] | None = None, filled: list[bool] | None = None
) -> dict[int, Match]:
    matrix = np.array(likeness)
    return align(
        matrix,
        np.zeros(matrix.shape) if evidence is None else np.array(evidence),
        [True] * len(likeness) if filled is None else filled,
    )


def places(matches: dict[int, Match]) -> dict[int, int]:
    return {label: match.place for label, match in matches.items()}


def words(text: str, form: str) -> list[list[float]]:
    """Likeness of labels and rows named by letters: the same letter is the same wording."""
    return [[ALIKE if a == b else UNLIKE for b in form] for a in text]


@pytest.mark.parametrize(
    ("labels", "rows", "expected"),
    [
        ("abcd", "abcd", {0: 0, 1: 1, 2: 2, 3: 3}),
        ("acd", "abcd", {0: 0, 1: 2, 2: 3}),  # a row left out
        ("abxcd", "abcd", {0: 0, 1: 1, 3: 2, 4: 3}),  # a line of the unit's own
        ("xyz", "abcd", {}),
        ("d", "abcd", {0: 3}),
        # the same label several times, settled by the order of the others
        ("amcm", "amcm", {0: 0, 1: 1, 2: 2, 3: 3}),
        ("acm", "amcm", {0: 0, 1: 2, 2: 3}),
        ("amc", "amcm", {0: 0, 1: 1, 2: 2}),
        ("ambmcm", "ambmcm", {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 5}),
        ("ambcm", "ambmcm", {0: 0, 1: 1, 2: 2, 3: 4, 4: 5}),
    ],
)
def test_labels_are_matched_by_wording_and_order(labels: str, rows: str, expected: dict[int, int]) -> None:
    matches = matched(words(labels, rows))

    assert expected == places(matches)
    assert {(match.rival, match.moved) for match in matches.values()} <= {(None, False)}


@pytest.mark.parametrize(
    ("labels", "rows"),
    [("bacd", "abcd"), ("acbd", "abcd"), ("bcda", "abcd"), ("dabc", "abcd"), ("dcba", "abcd"), ("amcbm", "ambcm")],
)
def test_lines_out_of_order_are_moved(labels: str, rows: str) -> None:
    matches = matched(words(labels, rows))

    assert sorted(rows) == sorted(rows[match.place] for match in matches.values())
    assert {label: labels[label] for label in matches} == {label: rows[match.place] for label, match in matches.items()}
    assert any(match.moved for match in matches.values())
    in_order = [match.place for label, match in sorted(matches.items()) if not match.moved]
    assert sorted(in_order) == in_order
    assert {match.rival for match in matches.values()} == {None}


@pytest.mark.parametrize(("labels", "rows"), [("m", "mm"), ("am", "amm"), ("m", "mam"), ("amb", "ammb")])
def test_a_label_that_may_be_either_of_two_rows_has_a_rival(labels: str, rows: str) -> None:
    match = matched(words(labels, rows))[labels.index("m")]

    assert match.rival is not None
    assert (rows[match.place], rows[match.rival]) == ("m", "m")
    assert match.doubtful


@pytest.mark.parametrize(("labels", "rows"), [("aab", "ab"), ("aba", "ab"), ("abcb", "abc")])
def test_a_row_that_two_labels_claim_is_doubtful(labels: str, rows: str) -> None:
    matches = matched(words(labels, rows))
    doubtful = {rows[match.place]: match.doubtful for match in matches.values()}

    assert {row: labels.count(row) > 1 for row in rows} == doubtful


def test_a_label_without_figures_claims_nothing() -> None:
    matches = matched(words("aab", "ab"), filled=[False, True, True])

    assert matches == {1: Match(0), 2: Match(1)}


def test_two_rows_as_likely_are_rivals() -> None:
    match = matched([[UNLIKE, NEARLY, NEARLY, UNLIKE]])[0]

    assert {match.place, match.rival} == {1, 2}


def test_the_order_settles_between_two_rows_as_likely() -> None:
    matches = matched([[UNLIKE, NEARLY, NEARLY], [UNLIKE, UNLIKE, ALIKE]])

    assert matches == {0: Match(1, confidence=NEARLY), 1: Match(2)}


def test_a_match_is_as_sure_as_its_label_and_its_place() -> None:
    sure = matched([[ALIKE, UNLIKE], [UNLIKE, NEARLY]])
    either = matched(words("m", "mm"))[0]

    assert [match.confidence for match in sure.values()] == [NEARLY, ALIKE]
    assert (either.confidence < SURE, either.doubtful) == (True, True)


def test_what_is_not_sure_is_in_doubt_even_where_nothing_else_is_likely() -> None:
    matches = matched([[ALIKE, UNLIKE, UNLIKE], [UNLIKE, UNSURE, UNLIKE], [UNLIKE, UNLIKE, ALIKE]])

    assert places(matches) == {0: 0, 1: 1, 2: 2}
    assert [matches[label].rival is None for label in (0, 1, 2)] == [True, False, True]


def test_what_is_not_possible_is_not_matched() -> None:
    assert matched([[POSSIBLE - 0.01, UNLIKE]]) == {}


def test_the_own_wording_of_one_row_is_no_other_row() -> None:
    """The better place in the order does not make up for the wording."""
    matches = matched([[ALIKE, UNLIKE, NEARLY - 0.05], [UNLIKE, ALIKE, UNLIKE]])

    assert places(matches)[0] == 0


@pytest.mark.parametrize(("for_first", "for_second", "place"), [(0.1, -0.1, 0), (-0.1, 0.1, 1)])
def test_the_unit_of_measure_speaks_for_one_of_two_rows(for_first: float, for_second: float, place: int) -> None:
    assert matched([[NEARLY, NEARLY]], [[for_first, for_second]])[0].place == place


def test_no_labels() -> None:
    assert align(np.zeros((0, 4)), np.zeros((0, 4)), []) == {}


MATRICES = arrays.arrays(
    np.float64,
    st.tuples(st.integers(1, 7), st.integers(1, 7)),
    elements=st.sampled_from([0.0, UNLIKE, UNSURE, NEARLY, 0.96, ALIKE]),
)


@given(MATRICES)
def test_a_row_without_a_rival_is_matched_once_and_in_order_or_moved(likeness: Matrix) -> None:
    matches = align(likeness, np.zeros(likeness.shape), [True] * len(likeness))
    certain = [(label, match) for label, match in sorted(matches.items()) if not match.doubtful]
    in_order = [match.place for _, match in certain if not match.moved]

    assert len({match.place for _, match in certain}) == len(certain)
    assert sorted(in_order) == in_order
    assert [label for label, match in certain if likeness[label, match.place] < SURE] == []
    assert [label for label, match in matches.items() if likeness[label, match.place] < POSSIBLE] == []


@pytest.mark.parametrize("form_id", ["IA", "IIA"])
def test_every_row_left_out_leaves_the_others_where_they_are(form_id: str) -> None:
    """Whichever single row a sheet lacks, every repeated label keeps its own row or is in doubt."""
    form = load_form(form_id)
    likeness = LabelIndex(form).likeness([row.label for row in form.rows])
    wrong = []
    for gap in range(len(form.rows)):
        kept = [n for n in range(len(form.rows)) if n != gap]
        matches = align(likeness[kept], np.zeros((len(kept), len(form.rows))), [True] * len(kept))
        wrong += [(gap, kept[n], m.place) for n, m in matches.items() if m.place != kept[n] and m.rival is None]

    assert wrong == []

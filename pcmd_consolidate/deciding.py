"""The officer's decisions put into effect: values replaced, findings accepted, and what no longer stands.

A decision stands as long as the unit's figure does. Where the unit has sent another one, or its file is not there, the
decision falls away by itself, and the finding is open again; where the very same is there again, so is the decision.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

import pandas as pd

from pcmd_consolidate.campaign import Campaign
from pcmd_consolidate.column_types import texts
from pcmd_consolidate.decisions import Decision, Fallen, Kind, plain_figure
from pcmd_consolidate.excel_text import cell_text
from pcmd_consolidate.intake.reading import State

_ABOUT = ["rule", "unit_id", "form", "row", "year"]
_CELL = ["unit_id", "form", "row", "year"]
FIGURE_CHANGED = "Số liệu của đơn vị đã thay đổi"
NO_FIGURE = "Đơn vị không có số liệu này (chưa nộp, hoặc không phải điền dòng này)"
FINDING_GONE = "Không còn vấn đề này"
NO_RETURN = "Không có biểu nào của đơn vị được dùng"


def replaced(values: pd.DataFrame, campaign: Campaign) -> tuple[pd.DataFrame, tuple[Decision, ...], tuple[Fallen, ...]]:
    """The values with the officer's figures in place of those that he replaced.

    Args:
        values: The values table (``VALUE_COLUMNS``).
        campaign: The round with its decisions.

    Returns:
        The values with one more column ``decision`` (the words of the decision; empty where there is none), the
        decisions in force, and those that fell away. ``raw`` stays what the unit wrote.
    """
    decided = values.assign(decision=pd.Series("", index=values.index, dtype="str"))
    places = _places(values, campaign)
    force: list[Decision] = []
    fallen: list[Fallen] = []
    for decision in _of(campaign.decisions, Kind.REPLACE):
        at = places.get(decision.place)
        if at is not None and cell_text(values["raw"].iat[at]) == decision.raw:
            force.append(decision)
        else:
            fallen.append(Fallen(decision, NO_FIGURE if at is None else _changed(values, at)))
    taken = {decision.place: decision.value for decision in force}
    for decision in _lapsed(campaign, Kind.REPLACE):
        at = places.get(decision.place)
        if at is None or cell_text(values["raw"].iat[at]) != decision.raw or _figure(decision, campaign) is None:
            continue
        if taken.setdefault(decision.place, decision.value) == decision.value:
            force.append(decision)
    for decision in force:
        decided.loc[values.index[places[decision.place]], ["value", "state", "decision"]] = [
            _figure(decision, campaign), State.REPORTED.value, decision.words,
        ]  # fmt: skip
    return decided, tuple(force), tuple(fallen)


def _figure(decision: Decision, campaign: Campaign) -> float | None:
    """The figure that replaces another; None where it is not plainly one, as the register once allowed."""
    return plain_figure(decision.value, campaign.form(decision.form).row(decision.row or 1))


def _places(values: pd.DataFrame, campaign: Campaign) -> dict[tuple[object, ...], int]:
    """Where the figures of the units that are decided about stand in the values table."""
    units = {decision.unit_id for decision in (*campaign.decisions, *(f.decision for f in campaign.fallen))}
    known = values.reset_index(drop=True).loc[lambda v: v["unit_id"].isin(units), _CELL]
    return {tuple(key): at for at, *key in known.itertuples(name=None)}


def _lapsed(campaign: Campaign, kind: Kind) -> Iterator[Decision]:
    """Decisions that stood once and may stand again: the last one on each finding, unless that is decided anew."""
    about = {decision.about for decision in campaign.decisions if decision.kind is not None}
    for decision in (fallen.decision for fallen in campaign.fallen):
        if decision.kind is not None and decision.about not in about:
            about.add(decision.about)
            yield from _of([decision], kind)


def _changed(values: pd.DataFrame, at: int) -> str:
    return f"{FIGURE_CHANGED}: nay ghi «{values['raw'].iat[at]}»"


def _of(decisions: Iterable[Decision], kind: Kind) -> Iterator[Decision]:
    return (decision for decision in decisions if decision.kind is kind)


def accepted(
    findings: pd.DataFrame, campaign: Campaign, replacing: Sequence[Decision], answered: Container[str]
) -> tuple[pd.DataFrame, tuple[Decision, ...], tuple[Fallen, ...]]:
    """The findings, each with the decision that settles it.

    Args:
        findings: Findings (``FINDING_COLUMNS``).
        campaign: The round with its decisions.
        replacing: Those in force that replace a value: they settle what intake found in that cell.
        answered: Ids of the units that have answered.

    Returns:
        The findings with one more column ``decision``, the decisions in force that accept one, and those that fell
        away.
    """
    current = {_text_key(d.about): d for d in _of(campaign.decisions, Kind.ACCEPT)}
    lapsed = {_text_key(d.about): d for d in _lapsed(campaign, Kind.ACCEPT)}
    cells = {_text_key((d.rule, d.unit_id, d.form, d.row, d.year)): d for d in replacing}
    units = {key[_ABOUT.index("unit_id")] for key in (*current, *lapsed, *cells)}
    decided = findings[findings["unit_id"].isin(units)]  # all others are as open as they were
    about = [_text_key(line) for line in decided[_ABOUT].itertuples(index=False, name=None)]
    shown = ([cell_text(text) for text in decided[name]] for name in ("message", "raw"))
    same = [(*key, message, raw) for key, message, raw in zip(about, *shown, strict=True)]
    present = set(same)
    accepting = current | {key: decision for key, decision in lapsed.items() if key in present}
    chosen = [accepting.get(whole) or cells.get(key) for whole, key in zip(same, about, strict=True)]
    words = texts(("" if decision is None else decision.words for decision in chosen), decided.index)
    marked = findings.assign(decision=words.reindex(findings.index, fill_value=""))
    force = [decision for key, decision in accepting.items() if key in present]
    open_still = set(about)
    fallen = [
        Fallen(decision, FIGURE_CHANGED if key[: len(_ABOUT)] in open_still else _gone(decision, answered))
        for key, decision in current.items()
        if key not in present
    ]
    return marked, tuple(force), tuple(fallen)


def _gone(decision: Decision, answered: Container[str]) -> str:
    return FINDING_GONE if not decision.unit_id or decision.unit_id in answered else NO_RETURN


def _text_key(parts: tuple[object, ...]) -> tuple[str, ...]:
    return tuple("" if part is None or part is pd.NA else str(part) for part in parts)

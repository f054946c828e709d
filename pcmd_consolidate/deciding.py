"""The officer's decisions put into effect: values replaced, findings accepted, and what no longer stands.

A decision stands as long as the unit's figure does. Where the unit has sent another one, or its file is not there, the
decision falls away by itself, and the finding is open again; where the very same is there again, so is the decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pandas as pd

from pcmd_consolidate.campaign import Campaign
from pcmd_consolidate.decisions import COLUMNS, DECISIONS_FILE, Decision, Fallen, Kind
from pcmd_consolidate.errors import CampaignError
from pcmd_consolidate.excel_text import cell_text
from pcmd_consolidate.forms import Row, ValueType
from pcmd_consolidate.intake.numbers import read_cell
from pcmd_consolidate.intake.reading import State

_ABOUT = ["rule", "unit_id", "form", "row", "year"]
_CELL = ["unit_id", "form", "row", "year"]
FIGURE_CHANGED = "Số liệu của đơn vị đã thay đổi"
NO_FIGURE = "Đơn vị không có số liệu này (chưa nộp, hoặc không phải điền dòng này)"
FINDING_GONE = "Không còn vấn đề này"


def replaced(values: pd.DataFrame, campaign: Campaign) -> tuple[pd.DataFrame, tuple[Decision, ...], tuple[Fallen, ...]]:
    """The values with the officer's figures in place of those that he replaced.

    Args:
        values: The values table (``VALUE_COLUMNS``).
        campaign: The round with its decisions.

    Returns:
        The values with one more column ``decision`` (the words of the decision; empty where there is none), the
        decisions in force, and those that fell away. ``raw`` stays what the unit wrote.

    Raises:
        CampaignError: A figure in the register is not one that its row can hold.
    """
    decided = values.assign(decision="")
    places = _places(values, campaign)
    force: list[Decision] = []
    fallen: list[Fallen] = []
    for decision in _of(campaign.decisions, Kind.REPLACE):
        _check_place(campaign.folder, decision, force)
        if (at := places.get(_place(decision))) is not None and cell_text(values["raw"].iat[at]) == decision.raw:
            force.append(decision)
        else:
            fallen.append(Fallen(decision, NO_FIGURE if at is None else _changed(values, at)))
    for decision in _lapsed(campaign, Kind.REPLACE):
        at = places.get(_place(decision))
        same = at is not None and cell_text(values["raw"].iat[at]) == decision.raw
        if same and _other_figure(decision, force) is None:
            force.append(decision)
    for decision in force:
        at = places[_place(decision)]
        row = campaign.form(decision.form).row(int(values["row"].iat[at]))
        decided.loc[values.index[at], ["value", "state", "decision"]] = [
            _figure(campaign.folder, decision, row), State.REPORTED.value, decision.words,
        ]  # fmt: skip
    return decided, tuple(force), tuple(fallen)


def _place(decision: Decision) -> tuple[object, ...]:
    return decision.unit_id, decision.form, decision.row, decision.year


def _other_figure(decision: Decision, others: Iterable[Decision]) -> Decision | None:
    """A decision that puts another figure into the same place."""
    return next((o for o in others if _place(o) == _place(decision) and o.value != decision.value), None)


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


def _check_place(folder: Path, decision: Decision, others: Iterable[Decision]) -> None:
    """A figure is replaced in one row and year, and once."""

    def fault(message: str, field: str) -> CampaignError:
        return CampaignError(folder / DECISIONS_FILE, message, line=decision.line, field=COLUMNS[field])

    if decision.row is None or decision.year is None:
        raise fault("muốn thay số liệu phải ghi rõ dòng và năm", "row" if decision.row is None else "year")
    if (other := _other_figure(decision, others)) is not None:
        raise fault(f"số liệu này đã được thay bằng một số khác ở dòng {other.line} của sổ", "value")


def _changed(values: pd.DataFrame, at: int) -> str:
    return f"{FIGURE_CHANGED}: nay ghi «{values['raw'].iat[at]}»"


def _of(decisions: Iterable[Decision], kind: Kind) -> Iterator[Decision]:
    return (decision for decision in decisions if decision.kind is kind)


def _figure(folder: Path, decision: Decision, row: Row) -> float:
    """The figure that the officer typed, read as any figure of its row; a doubtful spelling is refused."""
    reading = read_cell(decision.value, row)
    if reading.value is None or any(finding.rule != "F04" for finding in reading.findings):
        kinds = {ValueType.YES_NO: "Có hoặc Không", ValueType.MONEY: "số tiền (triệu đồng)"}
        wanted = kinds.get(row.value_type, "số nguyên không âm") if row.value_type else ""
        message = f"dòng {row.number} phải ghi {wanted}, đang ghi «{decision.value}»"
        raise CampaignError(folder / DECISIONS_FILE, message, line=decision.line, field=COLUMNS["value"])
    return reading.value


def accepted(
    findings: pd.DataFrame, campaign: Campaign, replacing: Sequence[Decision]
) -> tuple[pd.DataFrame, tuple[Decision, ...], tuple[Fallen, ...]]:
    """The findings, each with the decision that settles it.

    Args:
        findings: Findings (``FINDING_COLUMNS``).
        campaign: The round with its decisions.
        replacing: Those in force that replace a value: they settle what intake found in that cell.

    Returns:
        The findings with one more column ``decision``, the decisions in force that accept one, and those that fell
        away.
    """
    about = [_text_key(line) for line in findings[_ABOUT].itertuples(index=False, name=None)]
    texts = {name: [cell_text(text) for text in findings[name]] for name in ("message", "raw")}
    same = [(*key, message, raw) for key, message, raw in zip(about, texts["message"], texts["raw"], strict=True)]
    current = {_text_key(d.about): d for d in _of(campaign.decisions, Kind.ACCEPT)}
    present = set(same)
    accepting = current | {key: d for d in _lapsed(campaign, Kind.ACCEPT) if (key := _text_key(d.about)) in present}
    cells = {_text_key((d.rule, d.unit_id, d.form, d.row, d.year)): d for d in replacing}
    chosen = [accepting.get(whole) or cells.get(key) for whole, key in zip(same, about, strict=True)]
    marked = findings.assign(decision=["" if decision is None else decision.words for decision in chosen])
    force = [decision for key, decision in accepting.items() if key in present]
    open_still = set(about)
    fallen = [
        Fallen(decision, FIGURE_CHANGED if key[: len(_ABOUT)] in open_still else FINDING_GONE)
        for key, decision in current.items()
        if key not in present
    ]
    return marked, tuple(force), tuple(fallen)


def _text_key(parts: tuple[object, ...]) -> tuple[str, ...]:
    return tuple("" if part is None or part is pd.NA else str(part) for part in parts)

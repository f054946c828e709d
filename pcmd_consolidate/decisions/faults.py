"""What is wrong with the lines of the register: all of it at once, so that it is mended at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pcmd_consolidate.decisions.figure import plain_figure, wanted, written
from pcmd_consolidate.decisions.model import KINDS, WORDS, Decision, Kind
from pcmd_consolidate.forms import Form, Row
from pcmd_consolidate.vietnamese import key

Fault = tuple[int, str, str]
"""Line, name of the column, and what is wrong with it (Vietnamese)."""


def faults(
    decisions: Sequence[Decision],
    cells: Mapping[int, Mapping[str, object]],
    forms: Mapping[str, Form],
    columns: Mapping[str, int],
) -> Iterator[Fault]:
    """The mistakes in the register.

    Args:
        decisions: What was read of its lines.
        cells: Line → its cells, by names of columns.
        forms: The forms of the round by their ids.
        columns: Name of a column → its place, from 0.
    """
    for decision in decisions:
        typed = cells[decision.line]
        yield from ((decision.line, name, said) for name, said in _of_words(decision, typed))
        cell = f"{_letters(columns['value'])}{decision.line}"
        yield from ((decision.line, name, said) for name, said in _of_figure(decision, forms, cell))
    yield from _two_figures(decisions)


def _of_words(decision: Decision, typed: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    word = str(typed["kind"]).strip()
    if word and key(word) not in KINDS:
        yield "kind", f"«{word}» không dùng được; chọn {' hoặc '.join(WORDS.values())}"
    for name, given in (("reason", decision.reason), ("person", decision.person)):
        if decision.kind is not None and not given:
            yield name, "quyết định phải có lý do và tên người quyết định"
    for name, number in (("row", decision.row), ("year", decision.year)):
        text = written(typed[name]).strip()
        if number is None and text:
            yield name, f"phải là số nguyên, đang ghi «{text}»"
        elif number is None and decision.kind is Kind.REPLACE:
            yield name, "muốn thay số liệu phải ghi rõ dòng và năm"


def _of_figure(decision: Decision, forms: Mapping[str, Form], cell: str) -> Iterator[tuple[str, str]]:
    if decision.kind is Kind.ACCEPT and decision.value is not None:
        yield (
            "value",
            (
                f"ô {cell} đang ghi «{written(decision.value)}», nhưng «{WORDS[Kind.ACCEPT]}» là giữ số đơn vị ghi; "
                f"chọn «{WORDS[Kind.REPLACE]}» nếu muốn dùng số này, không thì xoá ô {cell}"
            ),
        )
    if decision.kind is Kind.REPLACE and decision.value is None:
        yield "value", f"chưa ghi số liệu thay; gõ vào ô {cell}"
    elif decision.kind is Kind.REPLACE:
        row = _row(decision, forms)
        if row is not None and plain_figure(decision.value, row) is None:
            yield "value", f"ô {cell} đang ghi «{written(decision.value)}»; dòng {row.number} phải ghi {wanted(row)}"


def _row(decision: Decision, forms: Mapping[str, Form]) -> Row | None:
    """The row of the form that a decision is about; None where the round has none."""
    form = forms.get(decision.form)
    if form is None or decision.row is None or not 0 < decision.row <= len(form.rows):
        return None
    row = form.row(decision.row)
    return row if row.is_indicator else None


def _two_figures(decisions: Sequence[Decision]) -> Iterator[Fault]:
    """A figure is replaced by one other."""
    first: dict[object, Decision] = {}
    for decision in decisions:
        if decision.kind is Kind.REPLACE and decision.value is not None:
            other = first.setdefault((decision.place, decision.raw), decision)
            if other.value != decision.value:
                said = f"số liệu này đã được thay bằng một số khác ở dòng {other.line} của sổ"
                yield decision.line, "value", said


def _letters(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))

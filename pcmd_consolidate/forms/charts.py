"""Charts that answer a leader's questions, as data from ``charts.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from pcmd_consolidate.forms.cross import parse_side
from pcmd_consolidate.forms.model import Form


@dataclass(frozen=True, slots=True)
class RowsChart:
    """Rows of one form, shown over the years.

    Attributes:
        title: What it shows (Vietnamese).
        form: Id of the form.
        rows: Row number → name in the legend.
        measure: The unit of measure.
        stacked: Whether the rows are parts of one whole.
    """

    title: str
    form: str
    rows: Mapping[int, str]
    measure: str
    stacked: bool = False


def charts_of(forms: Mapping[str, Form]) -> Iterator[RowsChart]:
    """Charts of these forms, in the version that is meant."""
    versions = _data()["forms"]
    for chart in all_charts():
        if chart.form in forms and forms[chart.form].version == versions[chart.form]:
            yield chart


@cache
def all_charts() -> tuple[RowsChart, ...]:
    """The charts that come with the package."""
    return tuple(_chart(given) for given in _data()["charts"])


def _chart(given: Mapping[str, Any]) -> RowsChart:
    terms = [parse_side(row).terms[0] for row in given["rows"]]
    rows = {term.row: name for term, name in zip(terms, given["names"], strict=True)}
    return RowsChart(given["title"], terms[0].form, rows, given["measure"], given.get("stacked", False))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("charts.toml").read_text(encoding="utf-8"))

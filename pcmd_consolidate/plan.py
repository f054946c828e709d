"""The plan that a round carries out: its number and date stand in the line under the titles of the forms."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pcmd_consolidate.forms import Form

_NUMBER = re.compile(r"\d[\w.-]*\Z")
_GAP_OF_NUMBER = re.compile(r"(?<=số)\s{2,}(?=/)")
_GAP_OF_DATE = re.compile(r"(?<=ngày)\s+/\s+/\s*\d{4}")


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan, as ``[plan]`` in ``campaign.toml`` tells it.

    Attributes:
        number: What stands before ``/KH-UBND``; empty where it is not told.
        date: The day on which it was signed; None where it is not told.
    """

    number: str = ""
    date: dt.date | None = None

    def under(self, form: Form) -> Form:
        """The form with the plan in the gaps of ``attached_to``; what is not told stays blank for the pen."""
        line = form.attached_to
        if self.number:
            line = _GAP_OF_NUMBER.sub(f" {self.number}", line)
        if self.date is not None:
            line = _GAP_OF_DATE.sub(f" {_written(self.date)}", line)
        return dataclasses.replace(form, attached_to=line)


def plan_of(settings: Mapping[str, Any]) -> Plan:
    """The plan that checked settings tell."""
    told = settings.get("plan", {})
    return Plan(str(told.get("number", "")), told.get("date"))


def faults_of_plan(told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with ``[plan]``: name and message."""
    for name, value in told.items():
        if name == "number" and not (type(value) in (int, str) and _NUMBER.match(str(value))):
            yield name, 'chỉ ghi phần đứng trước /KH-UBND, ví dụ "258"'
        if name == "date" and type(value) is not dt.date:
            yield name, "phải là ngày, ví dụ 2025-08-12"
        if name not in ("number", "date"):
            yield name, "mục này nằm dưới [plan], ở đó chỉ có number và date"


def _written(day: dt.date) -> str:
    """A day as official documents write it: two digits for a day, and for the first two months."""
    return f"{day.day:02}/{day.month:02}/{day.year}" if day.month < 3 else f"{day.day:02}/{day.month}/{day.year}"

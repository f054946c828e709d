"""Formats of a line that holds figures against one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pcmd_consolidate.summary import formats as look


@dataclass(frozen=True)
class LineLooks:
    """Formats for the texts, the links, the figures and the percentages of a line."""

    text: Any
    centre: Any
    link: Any
    number: Any
    percent: Any

    @classmethod
    def of(cls, formats: look.Formats, percent: str) -> LineLooks:
        """The formats of a workbook; ``percent`` is the number format of a percentage."""
        return cls(
            text=formats.of(look.BORDER, look.WRAP),
            centre=formats.of(look.BORDER, look.CENTRE, look.WRAP),
            link=formats.of(look.BORDER, look.CENTRE, look.WRAP, look.LINK),
            number=formats.of(look.BORDER, look.number_format(look.MONEY)),
            percent=formats.of(look.BORDER, look.number_format(percent)),
        )

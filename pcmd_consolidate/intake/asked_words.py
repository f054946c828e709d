"""Words that a row asks for in its label, *(ghi rõ: …)*, where the unit wrote them into the label itself."""

from __future__ import annotations

import re
from functools import lru_cache

from pcmd_consolidate.vietnamese import plain, squeeze

_PROMPT = re.compile(r"(?:ghi|n[êe]u)\s+r[õo]\b(.*)", re.IGNORECASE | re.DOTALL)
_WORD = re.compile(r"[^\W_]+")
_EDGES = " \t\n:;,.…?()[]-–_"


@lru_cache(maxsize=4096)
def asked_words(typed: str, label: str) -> str:
    """What a unit wrote after the words of the form; empty where the row asks for no words, or none were written.

    Args:
        typed: The label as the unit's workbook has it.
        label: The label of the form.
    """
    prompt, said = _PROMPT.search(squeeze(label)), _PROMPT.search(squeeze(typed))
    if prompt is None or said is None:
        return ""
    rest = said[1]
    for word in _WORD.findall(prompt[1]):
        first = _WORD.search(rest)
        if first is None or plain(first[0].casefold()) != plain(word.casefold()):
            break
        rest = rest[first.end() :]
    return rest.strip(_EDGES) if _WORD.search(rest) else ""

"""Texts made fit to stand in a cell of Excel."""

from __future__ import annotations

import re
from functools import lru_cache

LONGEST_TEXT = 32_767
"""UTF-16 units that a cell of Excel can hold."""

CUT = "… (đã cắt)"

_HIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


@lru_cache(maxsize=65536)
def cell_text(text: str) -> str:
    r"""A text as it may stand in a cell.

    Control characters, bidi controls and others that cannot be seen are shown as ``\u202e``; a text that
    is too long for Excel is cut, visibly.
    """
    shown = _HIDDEN.sub(_escape, text.replace("\r\n", "\n"))
    if len(shown) <= LONGEST_TEXT // 2:
        return shown
    units = shown.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_TEXT:
        return shown
    return units[: 2 * (LONGEST_TEXT - len(CUT))].decode("utf-16-le", "ignore") + CUT


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"

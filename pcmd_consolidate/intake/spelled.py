"""Numbers in Vietnamese words, up to thousands: *mười hai*, *một trăm linh năm*, *hai nghìn ba trăm*."""

from __future__ import annotations

from collections.abc import Sequence

from pcmd_consolidate.vietnamese import words

_DIGITS = {
    words(word)[0]: value
    for value, spellings in enumerate(
        ("không", "một mốt", "hai", "ba", "bốn tư", "năm lăm nhăm", "sáu", "bảy bẩy", "tám", "chín")
    )
    for word in spellings.split()
}
_TEN, _TENS, _HUNDRED = (words(w)[0] for w in ("mười", "mươi", "trăm"))
_THOUSAND = {words(w)[0] for w in ("nghìn", "ngàn")}
_AND = {words(w)[0] for w in ("linh", "lẻ")}


def spelled_number(tokens: Sequence[str]) -> tuple[int, int]:
    """The number that a text begins with.

    Args:
        tokens: Words as :func:`pcmd_consolidate.vietnamese.words` gives them.

    Returns:
        The number and how many words it takes; no words where there is none.
    """
    below, used = _below_thousand(tokens)
    if used and tokens[used : used + 1] and tokens[used] in _THOUSAND:
        rest, more = _below_thousand(tokens[used + 1 :])
        return below * 1000 + rest, used + 1 + more
    return below, used


def _below_thousand(tokens: Sequence[str]) -> tuple[int, int]:
    if len(tokens) > 1 and tokens[0] in _DIGITS and tokens[1] == _HUNDRED:
        rest, more = _below_hundred(tokens[2:])
        return _DIGITS[tokens[0]] * 100 + rest, 2 + more
    return _below_hundred(tokens)


def _below_hundred(tokens: Sequence[str]) -> tuple[int, int]:
    if not tokens:
        return 0, 0
    if tokens[0] in _AND:
        return (_DIGITS[tokens[1]], 2) if len(tokens) > 1 and tokens[1] in _DIGITS else (0, 0)
    if tokens[0] == _TEN:
        return _with_unit(10, 1, tokens)
    if tokens[0] in _DIGITS:
        if len(tokens) > 1 and tokens[1] == _TENS:
            return _with_unit(_DIGITS[tokens[0]] * 10, 2, tokens)
        return _DIGITS[tokens[0]], 1
    return 0, 0


def _with_unit(tens: int, used: int, tokens: Sequence[str]) -> tuple[int, int]:
    if len(tokens) > used and tokens[used] in _DIGITS and _DIGITS[tokens[used]]:
        return tens + _DIGITS[tokens[used]], used + 1
    return tens, used

"""Numbers in Vietnamese words, and with separators."""

from __future__ import annotations

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def in_words(value: int) -> str:
    """A number below a million in words."""
    if value >= 1000:
        head, rest = divmod(value, 1000)
        tail = f" {_hundreds(rest, inside=True)}" if rest else ""
        return f"{_hundreds(head, inside=False)} nghìn{tail}"
    return _hundreds(value, inside=False)


def _hundreds(value: int, *, inside: bool) -> str:
    hundreds, rest = divmod(value, 100)
    if not hundreds and not inside:
        return _tens(rest)
    tail = f" {'linh ' if rest < 10 else ''}{_tens(rest)}" if rest else ""
    return f"{_DIGITS[hundreds]} trăm{tail}"


def _tens(value: int) -> str:
    tens, ones = divmod(value, 10)
    if not tens:
        return _DIGITS[ones]
    head = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    last = "mốt" if ones == 1 and tens > 1 else "lăm" if ones == 5 else _DIGITS[ones]
    return f"{head} {last}" if ones else head


def grouped(value: float, separator: str) -> str:
    """A whole number in groups of three digits."""
    return f"{int(value):,}".replace(",", separator)


def comma(value: float) -> str:
    """A number with its decimals behind a comma."""
    return f"{value:g}".replace(".", ",") if abs(value) < 1e6 else str(int(value))

"""What the language of the rules says: expressions, the figures of one line of a return, and whether they hold."""

from __future__ import annotations

Example = tuple[str, dict[str, float], bool]

UNREAD = float("nan")
"""A figure that was given but could not be read: neither blank nor a number."""

COMPARISONS: list[Example] = [
    ("r1 == 2", {"r1": 2}, True),
    ("r1 == 2", {"r1": 3}, False),
    ("r1 != 2", {"r1": 3}, True),
    ("r1 != 2", {"r1": 2}, False),
    ("r1 < r2", {"r1": 1, "r2": 2}, True),
    ("r1 < r2", {"r1": 2, "r2": 2}, False),
    ("r1 <= r2", {"r1": 2, "r2": 2}, True),
    ("r1 <= r2", {"r1": 3, "r2": 2}, False),
    ("r1 > r2", {"r1": 3, "r2": 2}, True),
    ("r1 > r2", {"r1": 2, "r2": 2}, False),
    ("r1 >= r2", {"r1": 2, "r2": 2}, True),
    ("r1 >= r2", {"r1": 1, "r2": 2}, False),
    ("1 <= r1 <= 3", {"r1": 0}, False),
    ("1 <= r1 <= 3", {"r1": 1}, True),
    ("1 <= r1 <= 3", {"r1": 3}, True),
    ("1 <= r1 <= 3", {"r1": 4}, False),
    ("r1 < r2 < r3", {"r1": 1, "r2": 3, "r3": 2}, False),
    ("r1 in (0, 1)", {"r1": 0}, True),
    ("r1 in (0, 1)", {"r1": 1}, True),
    ("r1 in (0, 1)", {"r1": 2}, False),
    ("r1 in (0, 1)", {"r1": 0.5}, False),
    ("r1 in (r2, r3)", {"r1": 7, "r2": 5, "r3": 7}, True),
    ("r1 in (r2, r3)", {"r1": 6, "r2": 5, "r3": 7}, False),
]

ARITHMETIC: list[Example] = [
    ("r1 + r2 == 5", {"r1": 2, "r2": 3}, True),
    ("r1 - r2 == 5", {"r1": 2, "r2": 3}, False),
    ("r1 - r2 == -1", {"r1": 2, "r2": 3}, True),
    ("r1 + r2 * r3 == 14", {"r1": 2, "r2": 3, "r3": 4}, True),
    ("(r1 + r2) * r3 == 20", {"r1": 2, "r2": 3, "r3": 4}, True),
    ("r1 / r2 == 2.5", {"r1": 5, "r2": 2}, True),
    ("r1 - r2 - r3 == 5", {"r1": 10, "r2": 3, "r3": 2}, True),
    ("abs(r1 - r2) <= 2", {"r1": 3, "r2": 5}, True),
    ("abs(r1 - r2) <= 2", {"r1": 3, "r2": 5.5}, False),
    ("-r1 < 0", {"r1": 1}, True),
    ("-r1 < 0", {"r1": 0}, False),
]

LOGIC: list[Example] = [
    ("r1 > 0 and r2 > 0", {"r1": 1, "r2": 1}, True),
    ("r1 > 0 and r2 > 0", {"r1": 1, "r2": 0}, False),
    ("r1 > 0 or r2 > 0", {"r1": 0, "r2": 1}, True),
    ("r1 > 0 or r2 > 0", {"r1": 0, "r2": 0}, False),
    ("not r1 > 0", {"r1": 0}, True),
    ("not r1 > 0", {"r1": 1}, False),
    ("not (r1 > 0 or r2 > 0)", {"r1": 0, "r2": 1}, False),
    ("r1 > 0 or r2 > 0 and r3 > 0", {"r1": 1, "r2": 1, "r3": 0}, True),  # and before or
    ("(r1 > 0 or r2 > 0) and r3 > 0", {"r1": 1, "r2": 1, "r3": 0}, False),
]

ARROWS: list[Example] = [
    ("r1 > 0 -> r2 > 0", {"r1": 0, "r2": 0}, True),
    ("r1 > 0 -> r2 > 0", {"r1": 0, "r2": 1}, True),
    ("r1 > 0 -> r2 > 0", {"r1": 1, "r2": 1}, True),
    ("r1 > 0 -> r2 > 0", {"r1": 1, "r2": 0}, False),
    ("r1 > 0 <-> r2 > 0", {"r1": 0, "r2": 0}, True),
    ("r1 > 0 <-> r2 > 0", {"r1": 1, "r2": 1}, True),
    ("r1 > 0 <-> r2 > 0", {"r1": 0, "r2": 1}, False),
    ("r1 > 0 <-> r2 > 0", {"r1": 1, "r2": 0}, False),
    # weaker than or, and, not
    ("r1 > 0 or r2 > 0 -> r3 > 0", {"r1": 1, "r2": 0, "r3": 0}, False),
    ("r1 > 0 -> r2 > 0 or r3 > 0", {"r1": 1, "r2": 0, "r3": 1}, True),
    ("r1 > 0 and r2 > 0 -> r3 > 0", {"r1": 1, "r2": 0, "r3": 0}, True),
    ("not r1 > 0 -> r2 > 0", {"r1": 0, "r2": 0}, False),
    ("not (r1 > 0 -> r2 > 0)", {"r1": 1, "r2": 0}, True),
    # one at each level of brackets
    ("(r1 > 0 -> r2 > 0) -> r3 > 0", {"r1": 0, "r2": 0, "r3": 0}, False),
    ("r1 > 0 -> (r2 > 0 -> r3 > 0)", {"r1": 0, "r2": 0, "r3": 0}, True),
    ("(r1 > 0 <-> r2 > 0) -> r3 > 0", {"r1": 0, "r2": 0, "r3": 0}, False),
    ("r1 > 0 <-> (r2 > 0 -> r3 > 0)", {"r1": 0, "r2": 1, "r3": 0}, True),
    ("(r1 > 0 -> r2 > 0) and (r3 > 0 -> r4 > 0)", {"r1": 1, "r2": 1, "r3": 1, "r4": 0}, False),
    ("((r1 > 0) -> ((r2 + r3) > 0))", {"r1": 1, "r2": 0, "r3": 0}, False),
]

BLANKS: list[Example] = [
    ("blank(r1)", {}, True),
    ("blank(r1)", {"r1": 0}, False),
    ("blank(r1)", {"r1": UNREAD}, False),
    ("or0(r1) == 0", {}, True),
    ("or0(r1) == 5", {"r1": 5}, True),
    ("or0(r1) == 5", {"r1": 4}, False),
    ("or0(r1) + or0(r2) == 5", {"r2": 5}, True),
    ("blank(r1) -> or0(r2) == 0", {"r2": 1}, False),
]

NOT_APPLICABLE: list[tuple[str, dict[str, float]]] = [
    ("r1 <= r2", {"r1": 5}),  # blank is not 0
    ("r1 <= r2", {"r2": 5}),
    ("r1 + r2 == 0", {"r1": 5}),
    ("r1 in (0, 1)", {}),
    ("not r1 > 0", {}),
    ("r1 > 0 and r2 > 0", {"r1": 0}),
    ("r1 > 0 -> r2 > 0", {"r1": 1}),
    ("r1 > 0 <-> r2 > 0", {"r2": 1}),
    ("1 <= r1 <= 3 <= r2", {"r1": 9}),
    ("or0(r1) == 5", {"r1": UNREAD}),  # what could not be read is not 0 either
    ("r1 / r2 == 7", {"r1": 1, "r2": 0}),
    ("r1 / r2 == 7", {"r1": 0, "r2": 0}),
    ("r1 / (r2 - r3) > 7", {"r1": 1, "r2": 4, "r3": 4}),
    ("r1 / or0(r2) > 7", {"r1": 1}),
    ("r1 / (r2 / r3) >= 7", {"r1": 1, "r2": 1, "r3": 0}),
    ("r1 / (r2 + r3 - 0.3) > 7", {"r1": 1, "r2": 0.1, "r3": 0.2}),  # what binary arithmetic leaves is no divisor
]

ROUNDING: list[Example] = [  # a difference of half of the sixth decimal is none
    ("r1 + r2 <= r3", {"r1": 0.1, "r2": 0.2, "r3": 0.3}, True),
    ("r1 + r2 == r3", {"r1": 0.1, "r2": 0.2, "r3": 0.3}, True),
    ("r1 + r2 > r3", {"r1": 0.1, "r2": 0.2, "r3": 0.3}, False),
    ("r1 < r2", {"r1": 1, "r2": 1.0000004}, False),
    ("r1 < r2", {"r1": 1, "r2": 1.000001}, True),
    ("r1 in (0.3, 5)", {"r1": 0.1 + 0.2}, True),
    ("abs(r1 - r2) <= 0.2", {"r1": 30.2, "r2": 30}, True),
    ("r1 == 0", {"r1": 0.0000004}, True),
    ("r1 == 0", {"r1": 0.0000006}, False),
    ("r1 != 0", {"r1": 0.0000004}, False),
    ("r1 != 0", {"r1": 0.0000006}, True),
    ("r1 > 0", {"r1": 0.0000004}, False),
    ("r1 >= 0.0000006", {"r1": 0.0000002}, True),
    ("r1 >= 0.0000006", {"r1": 0}, False),
]

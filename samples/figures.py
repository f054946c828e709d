"""Made-up figures for the sample campaigns: plausible, consistent, and nobody's.

Every figure here comes from a seeded random generator. None of it describes a real commune or department.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

Figures = dict[int, float]
"""Row number → figure; yes/no as 1 and 0, money in million dong."""


def commune(rng: Random, years: Mapping[int, float]) -> dict[int, Figures]:
    """Figures of form IIA: year → row → figure. ``years`` gives the share of each year that counts."""
    size = rng.uniform(0.4, 2.5)
    staff, clubs, models = rng.randint(1, 4), rng.randint(0, 6), rng.randint(0, 2)
    habits = {row: float(rng.random() < 0.7) for row in range(14, 20)}
    return {year: _commune_year(rng, size * share, staff, clubs, models) | habits for year, share in years.items()}


def _commune_year(rng: Random, size: float, staff: int, clubs: int, models: int) -> Figures:
    def about(most: float) -> int:
        return round(rng.uniform(0, most) * size)

    events = 2 + about(9)
    workers, factory, pupils = about(120), about(400), about(900)
    in_need = clubs + rng.randint(1, 6)
    eligible = rng.randint(1, in_need)
    borrowers = rng.randint(0, min(2, eligible))
    local, central, other = (rng.randrange(2, 80) / 2 * max(size, 0.3) // 0.5 * 0.5 for _ in range(3))
    return {
        2: 1 + about(4), 4: events, 5: events * rng.randint(20, 90), 6: 20 + about(400), 7: about(4),
        8: workers + factory + pupils + about(40), 9: workers, 10: factory, 11: pupils,
        **_violations(rng, size),
        39: in_need, 40: eligible, 42: rng.randint(1, 3) * eligible, 43: borrowers,
        44: borrowers * rng.randrange(20, 100) / 2, 45: rng.randint(0, eligible), 46: rng.randint(1, 5) * eligible,
        47: rng.randint(1, 5) * eligible, 48: clubs, 49: models, 50: float(models > 0), 52: staff,
        53: rng.randint(0, staff), 55: local + central + other, 57: local, 58: central, 59: other,
    }  # fmt: skip


def _violations(rng: Random, size: float) -> Figures:
    buyers, sellers, brokers = (rng.randint(0, round(most * size)) for most in (5, 5, 2))
    minors = int(sellers > 1 and rng.random() < 0.2)
    fined_sellers, fined_buyers = rng.randint(minors, sellers), rng.randint(0, buyers)
    prosecuted = rng.randint(0, brokers)
    total = buyers + sellers + brokers
    fined = fined_sellers + fined_buyers
    raids = rng.randint(1, 3) if total else 0
    return {
        21: rng.randint(2, 8), 22: raids, 23: total, 25: buyers, 26: sellers, 27: minors, 28: brokers,
        29: fined + prosecuted, 30: fined, 32: fined_sellers, 33: fined_buyers, 34: 0, 35: 0,
        36: prosecuted, 37: 0,
    }  # fmt: skip


def department(rng: Random, years: Mapping[int, float], section: str) -> dict[int, Figures]:
    """Figures of form IA: section I and one block."""
    part_time = rng.randint(3, 20)
    block = _BLOCKS[section]
    base = rng.uniform(0.7, 1.4)
    return {
        year: {
            3: rng.randint(1, 9), 5: rng.randint(1, 4), 6: part_time, 7: rng.randint(0, part_time),
            9: rng.randrange(20, 900) / 2, 10: rng.randrange(0, 200) / 2,
        } | block(rng, base * share)
        for year, share in years.items()
    }  # fmt: skip


def _police(rng: Random, size: float) -> Figures:
    cases = round(rng.uniform(8, 30) * size)
    brokers, buyers = cases + rng.randint(0, 5), rng.randint(0, 3)
    return {
        13: rng.randint(4, 12), 14: round(rng.uniform(300, 700) * size), 15: round(rng.uniform(40, 90) * size),
        16: round(rng.uniform(60, 160) * size), 17: cases, 18: brokers + buyers, 19: brokers, 20: buyers,
    }  # fmt: skip


def _border(rng: Random, _size: float) -> Figures:
    raids = rng.randint(1, 4)
    return {22: rng.randint(3, 15), 23: rng.randint(1, 3), 24: raids, 25: rng.randint(0, 4), 26: rng.randint(0, raids)}


def _culture(rng: Random, size: float) -> Figures:
    places = 2400 + rng.randint(-60, 60)
    checked = round(rng.uniform(500, 900) * size)
    news = round(rng.uniform(20, 60) * size)
    return {28: places, 29: checked, 30: checked // 12, 31: places * rng.randint(3, 5), 32: news, 33: news * 2}


def _education(rng: Random, size: float) -> Figures:
    pupils = 118_000 + rng.randint(-3000, 3000)
    return {
        35: pupils,
        36: round(rng.uniform(80, 200) * size),
        37: round(pupils * rng.uniform(0.4, 0.7) * min(size, 1)),
    }


def _justice(rng: Random, size: float) -> Figures:
    events = 1 + round(rng.uniform(30, 90) * size)
    return {39: events, 40: events * rng.randint(40, 120)}


def _finance(rng: Random, size: float) -> Figures:
    return {42: round(rng.uniform(900, 3000) * size) + 0.5, 43: round(rng.uniform(4000, 9000) * size) + 0.5}


def _procuracy(rng: Random, size: float) -> Figures:
    cases, trials = 1 + round(rng.uniform(8, 25) * size), 1 + round(rng.uniform(8, 25) * size)
    return {
        45: cases, 46: cases + 4, 47: cases, 48: rng.randint(0, 3),
        49: trials, 50: trials + 5, 51: trials, 52: rng.randint(0, 4),
    }  # fmt: skip


def _court(rng: Random, size: float) -> Figures:
    taken = 2 + round(rng.uniform(8, 25) * size)
    tried = taken - rng.randint(0, 1)
    accused = tried + 4
    long, middle = rng.randint(0, 2), rng.randint(0, tried // 3)
    suspended = rng.randint(0, 2)
    short = accused - long - middle - suspended
    return {
        54: taken, 55: taken + 6, 56: tried, 57: accused, 58: long, 59: middle, 60: short, 61: suspended,
        62: tried, 63: rng.randint(0, 3), 64: 0,
    }  # fmt: skip


def _union(rng: Random, size: float) -> Figures:
    workers = 640_000 + rng.randint(-20_000, 20_000)
    return {66: workers, 67: round(workers * rng.uniform(0.2, 0.5) * min(size, 1))}


def _women(rng: Random, _size: float) -> Figures:
    trained, employed, borrowers, other = (rng.randint(1, 9) for _ in range(4))
    helped = max(trained, employed, borrowers) + rng.randint(0, other)
    return {
        69: helped, 70: trained, 71: employed, 72: borrowers, 73: borrowers * rng.randrange(20, 100) / 2, 74: other,
        75: rng.randint(2, 20), 76: rng.randint(5, 60),
    }  # fmt: skip


def _disease_control(rng: Random, _size: float) -> Figures:
    need = rng.randint(150, 400)
    eligible = rng.randint(100, need)
    served = eligible * rng.randint(2, 4)
    return {
        78: need, 79: eligible, 81: eligible * 2, 82: served, 83: served // 2, 84: served * 30,
        85: rng.randint(5, 60),
    }  # fmt: skip


_BLOCKS: dict[str, Callable[[Random, float], Figures]] = {
    "II.1": _police, "II.2": _border, "II.3": _culture, "II.4": _education, "II.5": _justice, "II.6": _finance,
    "II.7": _procuracy, "II.8": _court, "II.9": _union, "II.10": _women, "II.11": _disease_control,
}  # fmt: skip

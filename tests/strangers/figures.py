"""Plainly invented figures: consistent, deterministic for each shape, true of no place.

The parts never exceed their whole, so that whatever a check says about one of these returns comes
from how it was typed, not from what was reported. 2025 is half a year.
"""

from __future__ import annotations

from random import Random

YEARS = (2021, 2022, 2023, 2024, 2025)
Figures = dict[tuple[int, int], float]


def figures(form: str, name: str) -> Figures:
    """Figures for every indicator line and year of a form, always the same for the same name."""
    rng = Random(name)
    draw = _commune if form == "IIA" else _department
    return {(line, year): float(value) for year in YEARS for line, value in draw(rng, 2 if year == 2025 else 1).items()}


def _commune(rng: Random, share: int) -> dict[int, float]:
    """One year of annex IIA; `share` 2 for half a year."""
    return _outreach(rng, share) | _raids(rng) | _help(rng, share) | _means(rng, share)


def _outreach(rng: Random, share: int) -> dict[int, float]:
    meetings = rng.randint(14, 30) // share
    workers, labourers, pupils = rng.randint(20, 90), rng.randint(100, 400), rng.randint(150, 800)
    return {
        2: rng.randint(2, 6),
        4: meetings,
        5: meetings * rng.randint(90, 140) + rng.randint(1, 9),
        6: rng.randint(1050, 2900) // share,
        7: rng.randint(1, 12) // share,
        8: workers + labourers + pupils + rng.randint(3, 60),
        9: workers,
        10: labourers,
        11: pupils,
        **{line: float(rng.random() < 0.7) for line in range(14, 20)},
    }


def _raids(rng: Random) -> dict[int, float]:
    buyers, pimps = rng.randint(6, 14), rng.randint(1, 3)
    young = rng.randint(1, 2)
    sellers = rng.randint(4, 9) + young + buyers
    fined_buyers, fined_sellers, fined_young = buyers - 2, sellers - rng.randint(1, 3), young - 1
    fined_pimps, jailed, jailed_buyers = pimps - 1, 2, rng.randint(0, 1)
    fined = fined_buyers + fined_sellers + fined_pimps
    return {
        21: rng.randint(3, 9),
        22: rng.randint(1, 5),
        23: buyers + sellers + pimps,
        25: buyers,
        26: sellers,
        27: young,
        28: pimps,
        29: fined + jailed,
        30: fined,
        32: fined_sellers,
        33: fined_buyers,
        34: fined_young,
        35: fined_pimps,
        36: jailed,
        37: jailed_buyers,
    }


def _help(rng: Random, share: int) -> dict[int, float]:
    entitled, borrowers = rng.randint(4, 9), rng.randint(1, 3)
    return {
        39: entitled + rng.randint(1, 6),
        40: entitled,
        42: rng.randint(3, 12) // share,
        43: borrowers,
        44: borrowers * rng.randint(15, 50) + 0.5,
        45: rng.randint(2, 6) // share,
        46: rng.randint(5, 20) // share,
        47: rng.randint(6, 25) // share,
        48: rng.randint(1, 4),
        49: rng.randint(1, 3),
        50: 1,
    }


def _means(rng: Random, share: int) -> dict[int, float]:
    staff = rng.randint(9, 16)
    local, central, other = (rng.randint(low, low * 4) / 2 for low in (61, 15, 5))
    local, central = local / share, central / share
    return {
        52: staff,
        53: staff - rng.randint(1, 4),
        55: round(local + central + other, 2),
        57: local,
        58: central,
        59: other,
    }


def _department(rng: Random, share: int) -> dict[int, float]:
    """One year of annex IA, all blocks."""
    full, part = rng.randint(3, 9), rng.randint(10, 40)
    own = {
        3: rng.randint(3, 9),
        5: full,
        6: part,
        7: full + part - rng.randint(1, 8),
        9: rng.randint(150, 900) / 2,
        10: rng.randint(0, 60) / 2,
    }
    return own | _police(rng) | _prevention(rng, share) | _courts(rng) | _care(rng, share)


def _police(rng: Random) -> dict[int, float]:
    cases, pimps, buyers = rng.randint(8, 20), rng.randint(8, 15), rng.randint(1, 4)
    charged = max(cases, pimps + buyers) + rng.randint(0, 5)
    return {
        13: rng.randint(9, 20),
        14: rng.randint(40, 90),
        15: rng.randint(15, 40),
        16: rng.randint(60, 190),
        17: cases,
        18: charged,
        19: pimps,
        20: buyers,
        22: rng.randint(4, 12),
        23: rng.randint(1, 4),
        24: rng.randint(2, 5),
        25: rng.randint(1, 6),
        26: rng.randint(1, 8),
    }


def _prevention(rng: Random, share: int) -> dict[int, float]:
    places, articles, lessons = (rng.randint(*r) for r in ((900, 1900), (40, 90), (50, 120)))
    checked, pupils, talks = places // 3 // share, rng.randint(90000, 120000), rng.randint(60, 150)
    labour = rng.randint(500000, 620000)
    return {
        28: places,
        29: checked,
        30: rng.randint(5, checked // 4),
        31: places * rng.randint(3, 6),
        32: articles,
        33: articles + rng.randint(10, 200),
        35: pupils,
        36: lessons // share,
        37: lessons // share * rng.randint(150, 400),
        39: talks // share,
        40: talks // share * rng.randint(50, 120),
        42: rng.randint(200, 900) / share,
        43: rng.randint(2000, 6000) / share,
        66: labour,
        67: labour // rng.randint(8, 20),
    }


def _courts(rng: Random) -> dict[int, float]:
    cases, extra = rng.randint(9, 16), rng.randint(3, 9)
    accused, heard = cases + extra, cases - rng.randint(0, 2)
    tried = heard + extra - 1
    long, middle, bailed = rng.randint(0, 1), rng.randint(1, 3), rng.randint(0, 2)
    buyers = rng.randint(0, 2)
    return {
        45: cases,
        46: accused,
        47: accused - 3,
        48: buyers,
        49: heard,
        50: tried,
        51: tried - 3,
        52: buyers,
        54: cases,
        55: accused,
        56: heard,
        57: tried,
        58: long,
        59: middle,
        60: tried - long - middle - bailed,
        61: bailed,
        62: tried - 3,
        63: buyers,
        64: rng.randint(0, 1),
    }


def _care(rng: Random, share: int) -> dict[int, float]:
    helped, lent = rng.randint(12, 30), rng.randint(2, 8)
    entitled, tests = rng.randint(60, 140), rng.randint(80, 300)
    articles = rng.randint(10, 30)
    return {
        69: helped,
        70: rng.randint(5, helped - 2),
        71: rng.randint(4, helped - 2),
        72: lent,
        73: lent * rng.randint(20, 50) + 0.5,
        74: rng.randint(helped, helped + 20),
        75: articles // share,
        76: articles + rng.randint(10, 90),
        78: entitled + rng.randint(10, 90),
        79: entitled,
        81: rng.randint(100, 400) // share,
        82: tests + rng.randint(20, 90),
        83: tests,
        84: rng.randint(4000, 9000) // share,
        85: rng.randint(20, 60),
    }

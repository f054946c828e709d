"""Money: separators, units and magnitudes."""

from __future__ import annotations

from random import Random

from .annex import MONEY
from .description import Description, Key, Said
from .kinds_figures import retype
from .numerals import comma, grouped
from .registry import kind

_MONEY = (MONEY,)


def _rich(d: Description, rng: Random) -> Description:
    """The same return with larger sums, so that separators occur."""
    said = {}
    for key in d.plain_figures(MONEY):
        value = round(rng.uniform(1000, 9000), 1) if d.truth[key] else 0.0
        said[key] = Said(value, value)
    return d.say(said)


@kind("figures")
def decimal_comma(d: Description, rng: Random) -> Description:
    """12,5 as text in money."""
    return retype(d, rng, lambda v, _: comma(v), types=_MONEY, share=0.8, most=1000)


@kind("figures")
def decimal_point(d: Description, rng: Random) -> Description:
    """12.5 as text in money."""
    return retype(d, rng, lambda v, _: f"{v:g}", types=_MONEY, share=0.8, most=1000)


@kind("figures")
def vietnamese_money(d: Description, rng: Random) -> Description:
    """1.234,5 in money."""

    def typed(v: float, _: Random) -> str:
        return f"{grouped(v, '.')},{round(v * 10) % 10}"

    return retype(_rich(d, rng), rng, typed, types=_MONEY, share=0.9, least=1000)


@kind("figures")
def english_money(d: Description, rng: Random) -> Description:
    """1,234.5 in money."""

    def typed(v: float, _: Random) -> str:
        return f"{grouped(v, ',')}.{round(v * 10) % 10}"

    return retype(_rich(d, rng), rng, typed, types=_MONEY, share=0.9, least=1000)


@kind("figures")
def ambiguous_money(d: Description, rng: Random) -> Description:
    """1.234 in money: thousands or decimals, nobody can tell."""
    said: dict[Key, Said] = {}
    for key in d.plain_figures(MONEY):
        if rng.random() < 0.5:
            text = f"{rng.randint(1, 9)}{rng.choice('.,')}{rng.randint(101, 999)}"
            said[key] = Said(text, None, unsure=True)
    return d.say(said)


@kind("figures")
def money_with_unit(d: Description, rng: Random) -> Description:
    """«12,5 triệu đồng», «350 trđ», «350tr»."""
    units = (" triệu đồng", " triệu", "tr", " trđ", " tr.đ", " Triệu đồng", " TRIỆU ĐỒNG", " tr đồng")
    return retype(d, rng, lambda v, r: comma(v) + r.choice(units), types=_MONEY, share=0.7, least=0.1)


@kind("figures")
def money_in_billions(d: Description, rng: Random) -> Description:
    """«1,2 tỷ», «1 tỷ 200 triệu»: other magnitudes, read with a finding."""
    said = {}
    for key in d.plain_figures(MONEY):
        tenths = rng.randint(11, 95)
        text = rng.choice(
            (
                f"{tenths // 10},{tenths % 10} tỷ",
                f"{comma(tenths / 10)} tỉ đồng",
                f"{tenths // 10} tỷ {tenths % 10}00 triệu",
            )
        )
        if rng.random() < 0.4 and tenths % 10:
            said[key] = Said(text, tenths * 100.0, unsure=True)
    return d.say(said)


@kind("figures")
def money_in_dong_told(d: Description, rng: Random) -> Description:
    """«1.500.000.000 đồng», «500000đ», «250 nghìn đồng»: dong, and the cell says so."""
    said = {}
    for key in d.plain_figures(MONEY):
        thousands = rng.choice((50, 250, 500, 1500, 12500, 1500000))
        dong = thousands * 1000
        text = rng.choice(
            (f"{grouped(dong, '.')} đồng", f"{dong}đ", f"{grouped(dong, '.')} VNĐ", f"{grouped(dong, '.')}đ")
        )
        if rng.random() < 0.15:
            text = f"{thousands} nghìn đồng" if thousands < 1000 else f"{grouped(thousands, '.')} ngàn đồng"
        if rng.random() < 0.5:
            said[key] = Said(text, thousands / 1000, unsure=True)
    return d.say(said)


@kind("figures")
def money_in_dong_column(d: Description, rng: Random) -> Description:
    """The unit of measure changed to Đồng (or Nghìn đồng), figures to match."""
    factor, name = rng.choice(((10**6, "Đồng"), (10**6, "đồng"), (1000, "Nghìn đồng"), (10**6, "VNĐ")))
    numbers = {line.number for line in d.lines.values() if line.type == MONEY}
    keys = d.plain_figures(MONEY)
    changed = d.say({key: Said(round((d.truth[key] or 0) * factor), d.truth[key], bool(d.truth[key])) for key in keys})
    return changed.each_row(lambda row: row.put("measure", name) if row.line in numbers else row)


@kind("figures")
def money_in_dong_untold(d: Description, rng: Random) -> Description:
    """Dong where million dong is asked, and nothing says so."""
    keys = [key for key in d.plain_figures(MONEY) if (d.truth[key] or 0) >= 1]
    some = keys if rng.random() < 0.5 else [key for key in keys if rng.random() < 0.4]
    dong = {key: round((d.truth[key] or 0) * 10**6) for key in some}
    return d.say(
        {key: Said(grouped(v, ".") if rng.random() < 0.3 else v, d.truth[key], True) for key, v in dong.items()}
    )

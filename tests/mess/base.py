"""A return without any mess: the form retyped, filled in with plain numbers."""

from __future__ import annotations

from random import Random

from .annex import MONEY, YEARS, YES_NO, Asked, Sender, form_lines
from .description import Cell, Description, Key, Row

_HEADS = {"label": "Nội dung", "measure": "Đơn vị tính", "total": "Tổng cộng"}


def tidy(sender: Sender, rng: Random) -> Description:
    """A return of a unit with invented figures."""
    lines = form_lines(sender.form)
    truth = {key: value for line in lines if line.number in sender.numbers for key, value in _figures(line, rng)}
    years = tuple(map(str, YEARS))
    heads = _HEADS | {year: f"Năm {year}" for year in years}
    columns = ("label", "measure", *years, "total")
    return Description(
        sender=sender,
        columns=columns,
        heads=(Row({name: Cell(text) for name, text in heads.items()}),),
        rows=tuple(_row(line, truth) for line in lines),
        truth=truth,
        titles=_titles(sender, rng),
        sheet=rng.choice(("Sheet1", f"PL {sender.form}", "Biểu số liệu", f"Phụ lục {sender.form}")),
        file=f"{rng.choice(('Phụ lục', 'PL', 'Biểu'))} {sender.form} - {sender.name}",
        author=rng.choice(("excel", "openpyxl")),
    )


def _titles(sender: Sender, rng: Random) -> tuple[str, ...]:
    name = f"UBND {sender.name.upper()}" if sender.form == "IIA" else sender.name.upper()
    return (
        name,
        f"Phụ lục {sender.form}",
        "BIỂU TỔNG HỢP SỐ LIỆU",
        "TỔNG KẾT CÔNG TÁC PHÒNG, CHỐNG MẠI DÂM GIAI ĐOẠN 2021 - 2025",
        *(("",) if rng.random() < 0.5 else ()),
    )


def _figures(line: Asked, rng: Random) -> list[tuple[Key, float]]:
    """Figures of a line: of one size over the years, some of them 0."""
    top = 10 ** rng.uniform(0.3, 4.2)
    found = []
    for year in YEARS:
        size = 0.0 if rng.random() < 0.12 else top * rng.uniform(0.5, 1.5)
        value = _figure(line.type, size, rng)
        found.append(((line.number, year), value))
    return found


def _figure(kind: str, size: float, rng: Random) -> float:
    if kind == YES_NO:
        return float(rng.randint(0, 1))
    if kind == MONEY and rng.random() < 0.5:
        return round(size / 10, 1)
    return float(round(size / 10 if kind == MONEY else size))


def stored(value: float) -> int | float:
    """A figure as a workbook stores it."""
    return int(value) if value == int(value) else value


def _row(line: Asked, truth: dict[Key, float]) -> Row:
    label = f"{line.marker} {line.label}" if line.marker else line.label
    cells = {"label": Cell(label)}
    if line.measure:
        cells["measure"] = Cell(line.measure)
    years = {year: truth[line.number, year] for year in YEARS if (line.number, year) in truth}
    for year, value in years.items():
        answer: object = ("Có" if value else "Không") if line.type == YES_NO else stored(value)
        cells[str(year)] = Cell(answer)
    if years and line.type != YES_NO:
        cells["total"] = Cell(stored(round(sum(years.values()), 3)))
    return Row(cells, line.number)

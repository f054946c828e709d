"""Rows added, dropped, moved, broken and joined."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from random import Random

from .annex import ANCHORS, YEARS
from .description import Cell, Description, Row
from .registry import kind

_OWN = (
    ("- Số băng rôn, khẩu hiệu", "Cái"),
    ("+ Số người lao động tự do", "Người"),
    ("- Số buổi họp giao ban của Ban Chỉ đạo", "Cuộc"),
    ("+ Số hộ gia đình ký cam kết", "Hộ"),
    ("Số cộng tác viên, tình nguyện viên", "Người"),
    ("- Số camera an ninh được lắp đặt", "Cái"),
    ("+ Từ nguồn xã hội hóa, vận động", "Triệu đồng"),
    ("Số tổ tự quản ở khu dân cư", "Tổ"),
)
_ALMOST = (
    ("+ Số người nước ngoài bán dâm", "Người"),
    ("+ Số người bán dâm dưới 16 tuổi", "Người"),
    ("+ Số người mua dâm là cán bộ, đảng viên", "Người"),
    ("- Số người bị xử lý kỷ luật", "Người"),
    ("- Số cuộc truy quét tại khu dân cư", "Cuộc"),
    ("+ Số người lao động tự do trong các khu nhà trọ", "Người"),
    ("+ Số học sinh tiểu học", "Người"),
)


def own_row(label: str, measure: str, rng: Random) -> Row:
    """A row of the unit's own, with figures."""
    cells = {str(year): Cell(rng.randint(1, 900)) for year in YEARS}
    return Row({"label": Cell(label), "measure": Cell(measure), **cells})


def _insert(rows: Sequence[Row], added: Iterable[Row], rng: Random) -> tuple[Row, ...]:
    result = list(rows)
    for row in added:
        free = [i for i in range(1, len(result) + 1) if not _split_here(result, i)]
        result.insert(rng.choice(free), row)
    return tuple(result)


def _split_here(rows: Sequence[Row], at: int) -> bool:
    """Whether a row put in here would stand inside a label of two rows or a merged area."""
    return any(n > at - start for start, row in enumerate(rows[:at]) for n in row.down.values())


def _places(description: Description) -> list[int]:
    """Places of rows that are lines asked for and that may be spoilt."""
    anchors = ANCHORS[description.sender.form]
    asked = {line for line, _ in description.truth}
    return [i for i, row in enumerate(description.rows) if row.line in asked and row.line not in anchors]


@kind("rows")
def inserted_rows(d: Description, rng: Random) -> Description:
    """Rows of the unit's own between those of the form."""
    return d.with_(rows=_insert(d.rows, (own_row(*pair, rng) for pair in rng.sample(_OWN, rng.randint(1, 5))), rng))


@kind("rows")
def almost_rows(d: Description, rng: Random) -> Description:
    """Rows of the unit's own under nearly the words of the form."""
    return d.with_(rows=_insert(d.rows, (own_row(*pair, rng) for pair in rng.sample(_ALMOST, rng.randint(1, 3))), rng))


@kind("rows")
def deleted_rows(d: Description, rng: Random) -> Description:
    """Rows of the form left out."""
    places = _places(d)
    gone = set(rng.sample(places, min(len(places) - 1, rng.randint(1, 6))))
    lost = {d.rows[i].line for i in gone}
    kept = d.with_(rows=tuple(row for i, row in enumerate(d.rows) if i not in gone))
    return kept.forget(key for key in d.truth if key[0] in lost)


@kind("rows")
def deleted_headings(d: Description, rng: Random) -> Description:
    """Section headings left out, all or some."""
    share = rng.choice((0.3, 1.0)) if d.sender.form == "IIA" else 0.3
    headings = {line.number for line in d.lines.values() if line.is_heading and line.measure == ""}
    if d.sender.form == "IA":
        headings = {number for number in headings if number < 11}
    return d.with_(rows=tuple(r for r in d.rows if r.line not in headings or rng.random() > share))


@kind("rows")
def deleted_of_which(d: Description, _: Random) -> Description:
    """The lines «Trong đó:» left out."""
    return d.with_(rows=tuple(r for r in d.rows if r.text("label") != "Trong đó:"))


@kind("rows", excludes=("row_over_two", "blank_rows", "vertical_merge_of_figures"))
def split_rows(d: Description, rng: Random) -> Description:
    """A long label broken over two rows, the figures beside its first or its second part."""
    rows: list[Row] = []
    below = rng.random() < 0.4
    for row in d.rows:
        words = row.text("label").split()
        if row.line is None or len(words) < 8 or str(YEARS[0]) not in row.cells or rng.random() > 0.3:
            rows.append(row)
            continue
        cut = rng.randint(4, len(words) - 3)
        parts = Cell(" ".join(words[:cut])), Cell(" ".join(words[cut:]))
        if below:
            rows += [Row({"label": parts[0]}), row.put("label", parts[1])]
        else:
            rows += [row.put("label", parts[0]), Row({"label": parts[1]})]
    return d.with_(rows=tuple(rows))


@kind("rows", excludes=("split_rows",))
def merged_rows(d: Description, rng: Random) -> Description:
    """Two neighbouring rows joined into one: both labels, and both figures or their sum, in one cell."""
    places = [i for i in _places(d) if i + 1 in set(_places(d))]
    if not places:
        return d
    at = rng.choice(places)
    first, second = d.rows[at], d.rows[at + 1]
    joined = first.put("label", f"{first.text('label')}\n{second.text('label')}")
    summed = rng.random() < 0.5
    for year in map(str, YEARS):
        values = [row.cells.get(year, Cell()).value for row in (first, second)]
        numeric = [v for v in values if isinstance(v, int | float)]
        joined = joined.put(year, sum(numeric) if summed and len(numeric) == 2 else f"{values[0]}; {values[1]}")
    keys = [key for key in d.truth if key[0] in (first.line, second.line)]
    rows = (*d.rows[:at], dataclasses.replace(joined, line=None), *d.rows[at + 2 :])
    return d.with_(rows=rows).forget(keys).doubt(keys)


@kind("rows")
def swapped_rows(d: Description, rng: Random) -> Description:
    """Neighbouring rows in another order."""
    rows = list(d.rows)
    free = _places(d)
    for _ in range(rng.randint(1, 3)):
        pairs = [i for i in free if i + 1 in free]
        if pairs:
            i = rng.choice(pairs)
            rows[i], rows[i + 1] = rows[i + 1], rows[i]
            free = [place for place in free if place not in (i, i + 1)]
    return d.with_(rows=tuple(rows))


@kind("rows", fits=lambda s: s.form == "IIA", excludes=("deleted_headings",))
def moved_section(d: Description, rng: Random) -> Description:
    """A whole section in another place."""
    headings = {line.number for line in d.lines.values() if line.is_heading}
    starts = [i for i, row in enumerate(d.rows) if row.line in headings]
    if len(starts) < 3:
        return d
    blocks = [d.rows[a:b] for a, b in zip(starts, [*starts[1:], len(d.rows)], strict=True)]
    block = blocks.pop(rng.randrange(len(blocks)))
    blocks.insert(rng.randrange(len(blocks) + 1), block)
    return d.with_(rows=(*d.rows[: starts[0]], *(row for b in blocks for row in b)))


@kind("rows", excludes=("changed_label",))
def repeated_row(d: Description, rng: Random) -> Description:
    """A row of the form typed twice, with other figures the second time."""
    places = _places(d)
    at = rng.choice(places)
    row = d.rows[at]
    again = dataclasses.replace(row, line=None)
    for year in map(str, YEARS):
        value = row.cells.get(year, Cell()).value
        again = again.put(year, value + rng.randint(1, 9) if isinstance(value, int | float) else value)
    keys = [key for key in d.truth if key[0] == row.line]
    return d.with_(rows=(*d.rows[: at + 1], again, *d.rows[at + 1 :])).doubt(keys)


@kind("rows")
def subtotal_rows(d: Description, rng: Random) -> Description:
    """Rows with sums of the unit's own: «Cộng mục 4»."""
    headings = {line.number for line in d.lines.values() if line.is_heading and line.number > 1}
    rows: list[Row] = []
    for row in d.rows:
        if row.line in headings and rng.random() < 0.5:
            rows.append(own_row(rng.choice(("Cộng", f"Cộng mục {rng.randint(1, 7)}", "Tổng số")), "", rng))
        rows.append(row)
    return d.with_(rows=tuple(rows))


@kind("rows", fits=lambda s: s.form == "IIA")
def former_commune_rows(d: Description, rng: Random) -> Description:
    """Under some lines, a row for each of the former communes."""
    rows: list[Row] = []
    for row in d.rows:
        rows.append(row)
        if (row.line, YEARS[0]) in d.truth and rng.random() < 0.1:
            measure = row.text("measure")
            rows += [
                own_row(f"{mark} Xã {name} (cũ)", measure, rng) for mark, name in (("-", "Tân Hòa"), ("-", "Tân Lập"))
            ]
    return d.with_(rows=tuple(rows))


@kind("rows")
def heading_with_figures(d: Description, rng: Random) -> Description:
    """Sums typed into the rows of section headings."""

    def change(row: Row) -> Row:
        line = d.lines.get(row.line or 0)
        if line is None or line.is_indicator or rng.random() > 0.4:
            return row
        for year in map(str, YEARS):
            row = row.put(year, rng.randint(1, 5000))
        return row

    return d.each_row(change)


@kind("rows", excludes=("split_rows",))
def blank_rows(d: Description, rng: Random) -> Description:
    """Blank rows between the rows."""
    rows: list[Row] = []
    for row in d.rows:
        rows += [row, *([Row({})] if rng.random() < 0.2 else [])]
    return d.with_(rows=tuple(rows))


@kind("rows", excludes=("split_rows", "vertical_merge_of_figures"))
def row_over_two(d: Description, rng: Random) -> Description:
    """Lines two sheet rows high, each of their cells merged vertically."""
    heights = {row.line: rng.choice((1, 2, 2, 3)) for row in d.rows}
    return d.each_row(lambda row: dataclasses.replace(row, height=heights[row.line]))

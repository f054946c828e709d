"""The sheet *Đối chiếu*: figures of departments and communes held against one another."""

from __future__ import annotations

from typing import Any

from pcmd_consolidate.checks.comparisons import VERDICTS
from pcmd_consolidate.forms.cross import parse_side
from pcmd_consolidate.summary import formats as look
from pcmd_consolidate.summary.annex_links import AnnexLinks
from pcmd_consolidate.summary.content import Content
from pcmd_consolidate.summary.heights import lines_in
from pcmd_consolidate.summary.line_looks import LineLooks
from pcmd_consolidate.summary.sheet import Sheet
from pcmd_consolidate.summary.table import Column, Table

_COLUMNS = (
    Column("Mã", 7), Column("Nội dung đối chiếu", 46), Column("Năm", 18), Column("Vế trái", 15), Column("Số liệu", 11),
    Column("Đơn vị đã có", 9), Column("Quan hệ", 8), Column("Vế phải", 15), Column("Số liệu", 11),
    Column("Đơn vị đã có", 9), Column("Chênh lệch", 11), Column("Chênh lệch (%)", 11), Column("Kết luận", 18),
    Column("Đơn vị có số liệu lớn nhất ở vế trái", 46),
)  # fmt: skip
_MESSAGE, _WEIGHTIEST = 1, 13
_NOTES = (
    "«IIA.21» là dòng 21 của biểu IIA, tổng các xã; «IA.14» là dòng 14 của biểu IA (bấm để xem). "
    "Hai bên đặt cạnh nhau để đối chiếu, không cộng với nhau.",
    "Năm ghi «từ … đến …» là số cộng dồn. Kết luận chỉ chắc chắn khi mọi đơn vị đã có số liệu.",
)
_LOOKS: dict[str, look.Props] = {"differs": look.EMPTY, "open": look.INCOMPLETE, "missing": look.MISSING}
_PERCENT = "#,##0.0"


def write_comparisons(sheet: Sheet, content: Content) -> None:
    """Write the sheet."""
    compared = content.consolidation.comparisons
    table = Table("ĐỐI CHIẾU SỐ LIỆU GIỮA CÁC NGÀNH, CÁC CẤP", _NOTES, _COLUMNS, fixed=2)
    table.open(sheet, len(compared))
    looks, links = LineLooks.of(sheet.formats, _PERCENT), AnnexLinks(content)
    first = content.campaign.years[0]
    for place, line in enumerate(compared.itertuples(index=False), start=table.first):
        _write_line(sheet, looks, links, place, line, first)


def _write_line(sheet: Sheet, looks: LineLooks, links: AnnexLinks, at: int, line: Any, first: int) -> None:
    texts = ((line.message, _MESSAGE), (line.weightiest, _WEIGHTIEST))
    sheet.height(at, max(lines_in(text, _COLUMNS[column].width) for text, column in texts))
    sheet.text(at, 0, line.rule, looks.centre)
    sheet.text(at, _MESSAGE, line.message, looks.text)
    summed = line.cumulative and line.year > first
    sheet.text(at, 2, f"từ {first} đến {line.year}" if summed else str(line.year), looks.centre)
    _write_side(
        sheet,
        looks,
        at,
        3,
        (line.left, _url(links, line.left)),
        line.left_value,
        f"{line.left_reported}/{line.left_expected}",
    )
    sheet.text(at, 6, line.relation, looks.centre)
    _write_side(
        sheet,
        looks,
        at,
        7,
        (line.right, _url(links, line.right)),
        line.right_value,
        f"{line.right_reported}/{line.right_expected}",
    )
    sheet.number_or_blank(at, 10, line.difference, looks.number)
    sheet.number_or_blank(at, 11, line.percent, looks.percent)
    verdict = sheet.formats.of(look.BORDER, look.CENTRE, look.WRAP, _LOOKS.get(line.verdict, {}))
    sheet.text(at, 12, VERDICTS[line.verdict], verdict)
    sheet.text(at, _WEIGHTIEST, line.weightiest, looks.text)


def _url(links: AnnexLinks, side: str) -> str | None:
    """Link to the first figure of a side."""
    return links.url(parse_side(side).terms[0])


def _write_side(
    sheet: Sheet, looks: LineLooks, row: int, column: int, side: tuple[str, str | None], value: float, units: str
) -> None:
    text, url = side
    sheet.link(row, column, url, text, looks.link, looks.centre)
    sheet.number_or_blank(row, column + 1, value, looks.number)
    sheet.text(row, column + 2, units, looks.centre)

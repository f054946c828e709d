"""The sheet *Chỉ tiêu*: the targets of the programme, measured."""

from __future__ import annotations

from typing import Any

from pcmd_consolidate.checks.targets import TARGET_VERDICTS, measure_targets
from pcmd_consolidate.forms.targets import Target, TargetKind, all_targets
from pcmd_consolidate.summary import formats as look
from pcmd_consolidate.summary.annex_links import AnnexLinks
from pcmd_consolidate.summary.content import Content
from pcmd_consolidate.summary.heights import lines_in
from pcmd_consolidate.summary.line_looks import LineLooks
from pcmd_consolidate.summary.sheet import Sheet
from pcmd_consolidate.summary.table import Column, Table

PRESS_ONLY = "chỉ biết qua báo chí, chưa đối chiếu văn bản gốc"

_COLUMNS = (
    Column("Mã", 6), Column("Chỉ tiêu", 46), Column("Cách tính", 16), Column("Năm", 14), Column("Tử số", 11),
    Column("Mẫu số", 11), Column("Kết quả", 10), Column("Mức phải đạt", 10), Column("Đơn vị đã có số liệu", 10),
    Column("Kết luận", 17), Column("Lý do", 30), Column("Nguồn chỉ tiêu", 34),
)  # fmt: skip
_NOTES = (
    "«IA.67» là dòng 67 của biểu IA, số toàn tỉnh. Kết quả tính bằng phần trăm, trừ chỉ tiêu báo chí (lượt). "
    "Năm mới có nửa năm không bị coi là chưa đạt chỉ tiêu cả năm.",
    f"Chỉ tiêu ghi «{PRESS_ONLY}»: đề nghị kiểm tra lại với văn bản trước khi đưa vào báo cáo.",
)
_FORMULA = 2
_NONE = "Không có chỉ tiêu nào của Chương trình tính được từ các biểu của đợt báo cáo này."
_LOOKS: dict[str, look.Props] = {
    "met": {"bg_color": "#C6E0B4"},
    "not_met": look.EMPTY,
    "open": look.INCOMPLETE,
    "half_year": look.INCOMPLETE,
}
_PERCENT = '#,##0.0"%"'


def write_targets(sheet: Sheet, content: Content) -> None:
    """Write the sheet."""
    result = content.consolidation
    measured = measure_targets(result.totals, result.values, content.campaign)
    notes = _NOTES if len(measured) else (_NONE,)
    table = Table("CHỈ TIÊU CỦA CHƯƠNG TRÌNH", notes, _COLUMNS, fixed=2)
    table.open(sheet, len(measured))
    looks, links = LineLooks.of(sheet.formats, _PERCENT), AnnexLinks(content)
    targets = {target.id: target for target in all_targets()}
    for at, line in enumerate(measured.itertuples(index=False), start=table.first):
        target = targets[line.target]
        years = content.campaign.form(target.terms[0].form)
        _write_line(sheet, looks, at, line, target, years.year_label(line.year).removeprefix("Năm "))
        sheet.link(at, _FORMULA, links.url(target.terms[0]), target.expression, looks.link, looks.centre)


def _write_line(sheet: Sheet, looks: LineLooks, at: int, line: Any, target: Target, year: str) -> None:
    texts = {1: target.sentence, _FORMULA: target.expression, 3: year, 10: line.note, 11: source_of(target)}
    sheet.height(at, max(lines_in(text, _COLUMNS[column].width) for column, text in texts.items()))
    sheet.text(at, 0, target.id, looks.centre)
    for column, text in texts.items():
        sheet.text(at, column, text, looks.centre if column in (_FORMULA, 3) else looks.text)
    shape = looks.number if target.kind is TargetKind.MONTHLY else looks.percent
    numbers = ((4, line.figure, looks.number), (5, line.base, looks.number), (6, line.value, shape))
    for column, value, look_of in (*numbers, (7, line.threshold, shape)):
        sheet.number_or_blank(at, column, value, look_of)
    sheet.text(at, 8, f"{line.reported}/{line.expected}", looks.centre)
    verdict = sheet.formats.of(look.BORDER, look.CENTRE, look.WRAP, _LOOKS.get(line.verdict, {}))
    sheet.text(at, 9, TARGET_VERDICTS[line.verdict], verdict)


def source_of(target: Target) -> str:
    """The decision that sets a target, and whether its wording was at hand."""
    return target.source if target.published else f"{target.source} ({PRESS_ONLY})"

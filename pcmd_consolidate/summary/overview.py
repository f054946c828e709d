"""The sheet *Tổng quan*: who has answered, who has not, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pcmd_consolidate.explanations import is_open
from pcmd_consolidate.findings import Severity
from pcmd_consolidate.summary import formats as look
from pcmd_consolidate.summary.content import Content
from pcmd_consolidate.summary.counts import FormCounts, UnusedFile, count_forms, unused_files
from pcmd_consolidate.summary.heights import lines_in, pixels
from pcmd_consolidate.summary.names import quoted
from pcmd_consolidate.summary.overview_charts import AddChart, write_charts
from pcmd_consolidate.summary.overview_findings import write_largest
from pcmd_consolidate.summary.overview_parts import LAST, WIDTHS, write_section
from pcmd_consolidate.summary.page import A4_UPRIGHT, page_starts, set_page
from pcmd_consolidate.summary.sheet import Sheet
from pcmd_consolidate.summary.wording import STATUS_WORDS, shown_count, shown_date
from pcmd_consolidate.units import Unit

_WIDTH = sum(WIDTHS)
_THIRDS = ((0, 0), (1, 3), (4, LAST))
"""Columns of the three parts of a line."""

_COUNTS = (
    "Biểu", "Phải nộp", "Đã nộp", "Đúng hạn", "Nộp muộn", "Chưa rõ dùng bản nào", "Chưa nộp",
    "Có lỗi phải sửa",
)  # fmt: skip
_MEANINGS = {
    Severity.ERROR: "Không thể đúng: phải sửa",
    Severity.EXPLAIN: "Ít gặp: đề nghị sửa hoặc nói rõ lý do",
    Severity.WARNING: "Đề nghị xem lại",
    Severity.INFO: "Để biết",
}


def write_overview(sheet: Sheet, content: Content, add_chart: AddChart) -> None:
    """Write the sheet."""
    for column, width in enumerate(WIDTHS):
        sheet.raw.set_column(column, column, width)
    counts = count_forms(content)
    line = _write_title(sheet, content)
    table = line + 1
    line = _write_counts(sheet, content, counts, line)
    line = write_charts(sheet, content, add_chart, range(table, table + len(counts) + 1), line)
    line = _write_severities(sheet, content, line)
    line = write_largest(sheet, content, line)
    for count in counts:
        line = _write_units(sheet, f"Đơn vị chưa nộp {count.form.name}", count.missing, line)
        title = f"Đơn vị gửi {count.form.name} nhiều lần, chưa rõ dùng bản nào (chưa cộng)"
        line = _write_units(sheet, title, count.undecided_units, line)
    line = _write_unused(sheet, content, unused_files(content), line)
    line = _write_contents(sheet, content, line)
    sheet.raw.hide_gridlines(2)
    _set_print(sheet, line)


def _write_title(sheet: Sheet, content: Content) -> int:
    campaign = content.campaign
    centred = (look.CENTRE, look.WRAP)
    sheet.height(0, 1, 16)
    sheet.merged(0, 0, LAST, "TỔNG HỢP SỐ LIỆU BÁO CÁO", sheet.formats.of(*centred, look.BOLD, look.LARGE))
    sheet.height(1, lines_in(campaign.title, _WIDTH, size=13, bold=True), 14)
    sheet.merged(1, 0, LAST, campaign.title, sheet.formats.of(*centred, look.BOLD, {"font_size": 13}))
    place = f"Địa phương: {campaign.province}. Số liệu tính đến ngày {shown_date(campaign.cut_off)}."
    sheet.height(2, lines_in(place, _WIDTH), 13)
    sheet.merged(2, 0, LAST, place, sheet.formats.of(*centred, look.ITALIC))
    return 4


def _write_counts(sheet: Sheet, content: Content, counts: Sequence[FormCounts], line: int) -> int:
    line = write_section(sheet, "Tiến độ nộp (số đơn vị)", line)
    sheet.height(line, max(lines_in(t, w, bold=True) for t, w in zip(_COUNTS, WIDTHS, strict=True)))
    for column, text in enumerate(_COUNTS):
        sheet.text(line, column, text, sheet.formats.of(look.BORDER, look.HEADING))
    link = sheet.formats.of(look.BORDER, look.LINK)
    for count in counts:
        line += 1
        sheet.height(line, 1, 13)
        url = _url(content.names.annex[count.form.id])
        sheet.link(line, 0, url, count.form.name, link, link)
        numbers = (count.expected, count.returned, count.on_time, count.late, count.undecided)
        for column, number in enumerate((*numbers, len(count.missing), count.with_errors), start=1):
            sheet.number(line, column, number, _count_look(sheet, warn=column > 4 and number > 0))
    line += 1
    sheet.text(line, 0, _deadlines(content), sheet.formats.of(look.FAINT, look.ITALIC))
    for text in _unowned(content):
        line += 1
        sheet.height(line, lines_in(text, _WIDTH, bold=True))
        sheet.merged(line, 0, LAST, text, sheet.formats.of(look.BOLD, look.WRAP, {"font_color": "#C00000"}))
    return line + 2


def _count_look(sheet: Sheet, *, warn: bool) -> object:
    colour = look.INCOMPLETE if warn else {}
    return sheet.formats.of(look.BORDER, look.CENTRE, look.number_format(look.COUNT), colour)


def _unowned(content: Content) -> Iterator[str]:
    """Blocks that are empty because no unit is asked to fill them."""
    for form in content.campaign.forms:
        if blocks := content.campaign.registry.unowned(form):
            yield f"{form.name} chưa đủ: chưa có đơn vị nào trong units.csv phụ trách khối {', '.join(blocks)}."


def _deadlines(content: Content) -> str:
    """The deadlines of each form's units."""
    texts = []
    for form in content.campaign.forms:
        days = {content.campaign.deadline(unit) for unit in content.campaign.registry.of_form(form.id)}
        known = sorted(day for day in days if day is not None)
        texts.append(f"{form.name}: {', '.join(map(shown_date, known)) if known else 'không đặt hạn'}")
    return f"Hạn nộp: {'; '.join(texts)}."


def _write_severities(sheet: Sheet, content: Content, line: int) -> int:
    line = write_section(sheet, "Lỗi và cảnh báo", line)
    findings = content.consolidation.findings
    found = findings.loc[is_open(findings), "severity"].value_counts()
    for column, text in ((0, "Mức độ"), (1, "Số lượng")):
        sheet.text(line, column, text, sheet.formats.of(look.BORDER, look.HEADING))
    sheet.merged(line, 2, LAST, "Ý nghĩa", sheet.formats.of(look.BORDER, look.HEADING))
    for severity in Severity:
        line += 1
        colour = look.SEVERITY[severity]
        sheet.text(line, 0, severity.label, sheet.formats.of(look.BORDER, look.BOLD, colour))
        sheet.number(line, 1, int(found.get(severity.value, 0)), _count_look(sheet, warn=False))
        sheet.merged(line, 2, LAST, _MEANINGS[severity], sheet.formats.of(look.BORDER))
    return line + 2


def _write_units(sheet: Sheet, title: str, units: Sequence[Unit], line: int) -> int:
    if not units:
        return line
    line = write_section(sheet, f"{title}: {shown_count(len(units))}", line)
    name = sheet.formats.of(look.BORDER, look.WRAP)
    numbered = [f"{order}. {unit.name}" for order, unit in enumerate(units, start=1)]
    for start in range(0, len(numbered), len(_THIRDS)):
        texts = numbered[start : start + len(_THIRDS)]
        sheet.height(line, _lines_in_thirds(texts), 12)
        for (first, last), text in zip(_THIRDS, texts + [""] * (len(_THIRDS) - len(texts)), strict=True):
            sheet.merged(line, first, last, text, name)
        line += 1
    return line + 1


def _lines_in_thirds(texts: Sequence[str]) -> int:
    """How many lines the highest of the texts takes, each in its third of a line."""
    widths = [sum(WIDTHS[first : last + 1]) for first, last in _THIRDS]
    return max(lines_in(text, width) for text, width in zip(texts, widths, strict=False))


def _write_unused(sheet: Sheet, content: Content, files: Sequence[UnusedFile], line: int) -> int:
    if not files:
        return line
    line = write_section(sheet, f"Tệp hoặc trang tính không dùng được: {shown_count(len(files))}", line)
    heading = sheet.formats.of(look.BORDER, look.HEADING)
    for (first, last), text in zip(_THIRDS, ("Tệp (bấm để mở)", "Tình trạng", "Lý do"), strict=True):
        sheet.merged(line, first, last, text, heading)
    text_look = sheet.formats.of(look.BORDER, look.WRAP, look.TOP)
    link = sheet.formats.of(look.BORDER, look.WRAP, look.TOP, look.LINK)
    for file in files:
        line += 1
        sheet.height(line, _lines_in_thirds((file.name, "", file.reason)), 12)
        sheet.link(line, 0, content.sources.url(file.name), file.name, link, text_look)
        sheet.merged(line, *_THIRDS[1], STATUS_WORDS[file.status], text_look)
        sheet.merged(line, *_THIRDS[2], file.reason, text_look)
    return line + 2


def _write_contents(sheet: Sheet, content: Content, line: int) -> int:
    line = write_section(sheet, "Các trang của tệp này", line)
    names = content.names
    pages = (
        *((name, "Số liệu toàn tỉnh theo mẫu, để in và ký") for name in names.annex.values()),
        *((name, "Số liệu từng đơn vị; ô tô màu có lỗi, cảnh báo") for name in names.by_unit.values()),
        (names.targets, "Chỉ tiêu của Chương trình, đối chiếu với số liệu"),
        (names.progress, "Ai đã nộp, nộp khi nào, tệp nào"),
        (names.findings, "Từng lỗi, cảnh báo, kèm tệp và ô"),
        (names.comparisons, "Số liệu các ngành và các xã đặt cạnh nhau"),
        (names.explanations, "Lý do đơn vị giải trình, chữ ghi bên cạnh số liệu"),
        (names.decisions, "Quyết định của người tổng hợp, quy tắc đã đổi"),
        (names.resubmissions, "Đơn vị nộp nhiều bản: số liệu nào thay đổi, ảnh hưởng tổng của tỉnh thế nào"),
        *((name, "Toàn bộ số liệu thành bảng, để lập PivotTable") for name in names.data),
        (names.sources, "Từng số liệu, kèm tệp và ô đã đọc"),
    )
    sheet.leading |= set(range(line, line + len(pages) - 1))
    for name, text in pages:
        sheet.link(line, 0, _url(name), name, sheet.formats.of(look.LINK), sheet.formats.of())
        sheet.text(line, 1, text, sheet.formats.of())
        line += 1
    return line


def _set_print(sheet: Sheet, lines: int) -> None:
    set_page(sheet, A4_UPRIGHT)
    sheet.raw.fit_to_pages(1, 0)
    scale = min(1.0, A4_UPRIGHT.pixels / pixels(_WIDTH, len(WIDTHS)))
    heights = sheet.line_heights(lines)
    sheet.raw.set_h_pagebreaks(page_starts(heights, A4_UPRIGHT.points / scale, 0.0, sheet.leading))


def _url(name: str) -> str:
    return f"internal:{quoted(name)}!A1"

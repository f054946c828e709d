"""The Word document: page, letterhead and paragraphs by Nghị định 30/2020/NĐ-CP."""

from __future__ import annotations

import datetime as dt
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from pcmd_consolidate.consolidation import Consolidation
from pcmd_consolidate.excel_text import cell_text
from pcmd_consolidate.report.outline import Item, Part, outline_for
from pcmd_consolidate.report.sentences import Figures, sentence, subject, written

_FONT = "Times New Roman"
_SIZE, _TABLE_SIZE = 14, 10
_INDENT = Mm(10)
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER
_LABEL, _FIGURE = Mm(46), Mm(17)


def compose(consolidation: Consolidation) -> Any:
    """The document."""
    document = docx.Document()
    _set_up(document, consolidation)
    _write_letterhead(document, consolidation)
    forms = {form.id: form for form in consolidation.campaign.forms}
    for part in outline_for(consolidation.campaign.years, consolidation.campaign.cut_off):
        if part.form in forms:
            figures = Figures.of(consolidation.totals, forms[part.form], consolidation.campaign)
            _write_part(document, part, figures)
    _write_signature(document)
    return document


def _set_up(document: Any, consolidation: Consolidation) -> None:
    campaign = consolidation.campaign
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(_SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after = Pt(6)
    properties = document.core_properties
    properties.title, properties.author = cell_text(campaign.title), ""
    properties.created = properties.modified = dt.datetime.combine(campaign.cut_off, dt.time())


def _page_number(paragraph: Any) -> None:
    """The number of the page, top centre, from page 2."""
    paragraph.alignment = _CENTRE
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _write_letterhead(document: Any, consolidation: Consolidation) -> None:
    campaign = consolidation.campaign
    for text, bold in (("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True), ("Độc lập - Tự do - Hạnh phúc", True)):
        _centred(document, text, bold=bold)
    day = _paragraph(document, "", indent=False)
    day.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    day.add_run(f"{campaign.province}, ngày      tháng      năm").italic = True
    _centred(document, "BÁO CÁO", bold=True)
    _centred(document, campaign.title, bold=True)
    note = _paragraph(document, "", indent=False)
    note.alignment = _CENTRE
    note.add_run(
        "Dự thảo. Số liệu do máy tổng hợp từ các biểu đã nhận; đoạn tô màu là chỗ cần bổ sung hoặc kiểm tra."
    ).italic = True


def _write_part(document: Any, part: Part, figures: Figures) -> None:
    _centred(document, part.title, bold=True)
    _centred(document, part.source, bold=False).runs[0].italic = True
    for item in part.items:
        _write_item(document, item, figures)


def _write_item(document: Any, item: Item, figures: Figures) -> None:
    heading = _paragraph(document, "")
    run = heading.add_run(item.text)
    run.bold, run.italic = item.level < 3, item.level == 3
    heading.paragraph_format.keep_with_next = True
    asked = {row.number for row in figures.form.indicators}
    for number in (number for number in item.rows if number in asked):
        told = sentence(figures, number)
        if told is None:
            _gap(document, f"{subject(figures.form, figures.form.row(number))}: chưa có số liệu, cần bổ sung")
        else:
            _paragraph(document, told)
    if rows := [number for number in item.table if number in asked]:
        _write_table(document, figures, rows)
    if item.gap:
        _gap(document, f"{item.gap[:1].upper()}{item.gap[1:]}: cần bổ sung …")


def _write_table(document: Any, figures: Figures, rows: list[int]) -> None:
    years = figures.form.years
    heads = ["Nội dung", *(figures.form.year_label(year) for year in years), "Tổng cộng", "Đơn vị đã có số liệu"]
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    table.autofit = False
    for place, column in enumerate(table.columns):
        column.width = _FIGURE if place else _LABEL
    _fill(table.rows[0], heads, bold=True)
    _repeat(table.rows[0])
    for number in rows:
        figure = figures.cells[number, None]
        cells = [figures.cells[number, year] for year in years]
        numbers = [written(cell.value) if cell.known else "…" for cell in (*cells, figure)]
        units = figures.units(number) or f"{figure.expected}/{figure.expected}"
        _fill(table.add_row(), [subject(figures.form, figures.form.row(number)), *numbers, units], bold=False)
    _paragraph(document, "")


def _fill(row: Any, texts: list[str], *, bold: bool) -> None:
    for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        cell.width = _FIGURE if place else _LABEL
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, Pt(_TABLE_SIZE)
        if bold or place:
            paragraph.alignment = _CENTRE
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _repeat(row: Any) -> None:
    """Repeat a row on every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _write_signature(document: Any) -> None:
    """The signature, never alone on a page."""
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    paragraph = _paragraph(document, "", indent=False)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run("[Chức vụ, họ tên người ký: cần bổ sung …]")
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _gap(document: Any, text: str) -> None:
    """What a person must write."""
    run = _paragraph(document, "").add_run(f"[{text}]")
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _centred(document: Any, text: str, *, bold: bool) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = _CENTRE
    paragraph.add_run(cell_text(text)).bold = bold
    return paragraph


def _paragraph(document: Any, text: str, *, indent: bool = True) -> Any:
    paragraph = document.add_paragraph(cell_text(text) if text else "")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    if indent:
        paragraph.paragraph_format.first_line_indent = _INDENT
    return paragraph

"""The guide sheet: how the form is filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from pcmd_consolidate.forms import OverFormers, OverYears, Row, RowKind, ValueType
from pcmd_consolidate.handout.entries import NO, NOT_AVAILABLE, YES, ZERO, day
from pcmd_consolidate.handout.layout import BODY, MAX_HEIGHT, NOTE_HEADING, Layout
from pcmd_consolidate.handout.letterhead import LARGE, UNIT_CAPTION
from pcmd_consolidate.handout.pages import MARGINS, PAPER_A4
from pcmd_consolidate.handout.styles import Styles
from pcmd_consolidate.typeset import height_of, line_count

GUIDE_SHEET = "Hướng dẫn"

_TERM_PIXELS, _TEXT_PIXELS = 150, 530


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the guide: a term and what it means, or a heading where there is no text."""

    term: str
    text: str = ""


_SIGNS = (
    Entry("0", "Đã rà soát và không có."),
    Entry(ZERO, "Không phát sinh; được tính là 0."),
    Entry(
        f"{NOT_AVAILABLE} (ba dấu chấm)",
        "Có phát sinh nhưng không có số liệu, không thống kê được; không được tính là 0.",
    ),
    Entry("Để trống", "Chưa trả lời; không được tính là 0, đơn vị sẽ được đề nghị bổ sung."),
)


def entries(layout: Layout, predecessors: Sequence[str] = ()) -> tuple[Entry, ...]:
    """What the guide says of a form, and of the sheets of former communes where there are any."""
    return (
        Entry("1. Ghi vào đâu"), *_former(layout, predecessors), *_where(layout),
        Entry("2. Cách ghi"), *_how(layout),
        Entry("3. Các năm và Tổng cộng"), *_years(layout, predecessors),
        Entry("4. Lưu và gửi"), *_returning(),
    )  # fmt: skip


def _former(layout: Layout, predecessors: Sequence[str]) -> Iterator[Entry]:
    """Where the figures of former communes are typed, and how they are added up."""
    if not predecessors:
        return
    yield Entry(
        "Các trang xã, phường cũ",
        f"Đơn vị được sắp xếp từ {len(predecessors)} xã, phường, thị trấn cũ; mỗi đơn vị cũ có một trang mang tên của "
        f"đơn vị đó. Ghi số liệu vào các trang này; trang «{layout.form.name}» tự cộng, không phải ghi. Trang "
        "«Xã, phường cũ» cho biết đơn vị cũ nào đã có số liệu.",
    )
    once = [f" Dòng «{row.label}» lấy số lớn nhất." for row in layout.form.indicators if _is_told_once(row)]
    yield Entry(
        "Cách cộng",
        f"Số lượng và số tiền được cộng lại, kể cả số có mặt tại một thời điểm; {YES} nếu có đơn vị cũ ghi {YES}."
        f"{''.join(once)} "
        f"Nơi có đơn vị cũ ghi {NOT_AVAILABLE} hoặc để trống thì chỉ cộng số của các đơn vị cũ khác.",
    )
    if any("một phần" in name for name in predecessors):
        yield Entry("(một phần)", "Đơn vị cũ bị tách: chỉ ghi số liệu của phần địa bàn đã nhập vào đơn vị.")


def _is_told_once(row: Row) -> bool:
    return row.over_formers is OverFormers.MOST


def _where(layout: Layout) -> Iterator[Entry]:
    if layout.unit is None:
        yield Entry(UNIT_CAPTION.rstrip(":"), "Ghi tên đầy đủ của đơn vị vào ô ngay dưới dòng này, ở đầu biểu.")
    yield Entry(
        "Ô nền vàng",
        "Ghi số liệu của đơn vị vào các ô này. Các ô khác được khóa để giữ nguyên mẫu biểu; "
        "không thêm, bớt hoặc đổi chỗ dòng và cột.",
    )
    blocks = [row for row in layout.form.rows if row.kind is RowKind.HEADING and row.owner]
    own = [row.label for row in blocks if not layout.is_closed(row)]
    if len(own) < len(blocks):
        yield Entry(
            "Ô nền xám",
            f"Phần của cơ quan khác, không ghi. Đơn vị ghi phần chung và mục: {'; '.join(own)}.",
        )
    yield Entry(
        f"Cột {NOTE_HEADING}",
        "Ghi rõ nội dung ở những dòng có yêu cầu «ghi rõ», «nêu rõ»; giải thích số liệu khác thường. "
        "Không ghi chữ vào ô số liệu.",
    )
    yield Entry(
        "Cột Kiểm tra",
        "Tự động nêu những số liệu mâu thuẫn với nhau ngay khi ghi, ở bên phải biểu, không in ra. "
        "Chỗ nêu «Lỗi» phải sửa; chỗ khác thì sửa, hoặc giải thích ở cột Ghi chú nếu số liệu đúng. "
        "Đầu cột đếm số ô đã ghi và số điểm cần kiểm tra lại.",
    )


def _how(layout: Layout) -> Iterator[Entry]:
    asked = [layout.form.row(number) for number in sorted(layout.open)]
    types = {row.value_type for row in asked}
    yield from _SIGNS
    if ValueType.COUNT in types:
        yield Entry(
            "Số lượng",
            "Số nguyên từ 0 trở lên. Chỉ gõ chữ số, không gõ dấu ngăn hàng nghìn và đơn vị tính: "
            "ghi 1250, không ghi «1.250 người».",
        )
    if ValueType.MONEY in types:
        measures = dict.fromkeys(row.unit_of_measure for row in asked if row.value_type is ValueType.MONEY)
        yield Entry(
            "Số tiền",
            f"Ghi theo đơn vị tính: {', '.join(measures)}; nhiều nhất ba chữ số thập phân, "
            "sau dấu thập phân của máy (thường là dấu phẩy). 12 triệu 500 nghìn đồng ghi là 12,5.",
        )
    if ValueType.YES_NO in types:
        yield Entry(
            f"{YES} hoặc {NO}",
            f"Chọn {YES} hoặc {NO} trong danh sách; không có thông tin thì chọn {NOT_AVAILABLE}",
        )


def _years(layout: Layout, predecessors: Sequence[str]) -> Iterator[Entry]:
    form = layout.form
    if form.partial is not None:
        yield Entry(
            "Năm chưa đủ",
            f"{form.year_label(form.partial.year)}: chỉ ghi số liệu đến hết ngày {day(form.partial)}, "
            "không ước tính cho cả năm.",
        )
    if form.respondent == "commune" and not predecessors:
        yield Entry(
            "Đơn vị mới sắp xếp",
            "Mọi năm đều ghi số cộng của tất cả các xã, phường, thị trấn cũ đã nhập vào đơn vị.",
        )
    yield from _totals(layout)


def _totals(layout: Layout) -> Iterator[Entry]:
    form = layout.form
    asked = [form.row(number) for number in sorted(layout.open)]
    last = [row for row in asked if row.over_years is OverYears.LAST]
    named = [row.label.rstrip(" .,…") for row in last if row.value_type is not ValueType.YES_NO]
    if len(named) < len(last):
        named.append(f"các dòng {YES} hoặc {NO}")
    if len(last) < len(asked):
        rest = " Riêng những dòng dưới đây lấy số của năm cuối." if named else ""
        yield Entry(form.headers.total, f"Tự tính, không phải ghi: cộng số liệu của các năm.{rest}")
    if named:
        yield Entry(
            "Lấy số năm cuối",
            "Số có mặt tại một thời điểm không cộng các năm; "
            f"{form.headers.total} lấy theo {form.year_label(form.years[-1])}: {'; '.join(named)}.",
        )


def _returning() -> Iterator[Entry]:
    yield Entry("Lưu tệp", "Lưu dạng Excel (.xlsx), giữ nguyên tên tệp và các trang.")
    yield Entry(
        "Chép số liệu",
        "Khi chép từ tệp khác, dán bằng Paste Special - Values (chỉ dán giá trị) để không làm hỏng ô.",
    )


def write_guide(
    book: Workbook, styles: Styles, layout: Layout, campaign_title: str, predecessors: Sequence[str] = ()
) -> None:
    """Write the guide sheet.

    Args:
        book: The workbook.
        styles: Its formats.
        layout: Layout of the form.
        campaign_title: Title of the reporting round; may be empty.
        predecessors: Former communes that have a sheet of their own.
    """
    sheet: Worksheet = book.add_worksheet(GUIDE_SHEET)
    unit = layout.unit.name if layout.unit else ""
    head = [("HƯỚNG DẪN GHI BIỂU", "guide_title")]
    name = f"{layout.form.name} - {unit}" if unit else layout.form.name
    head += [(text, "guide_subtitle") for text in (campaign_title, name) if text]
    for row, (text, style) in enumerate(head):
        lines = line_count(text, _TERM_PIXELS + _TEXT_PIXELS, LARGE, bold=True)
        sheet.set_row(row, height_of(lines, LARGE))
        _across(sheet, row, text, styles, style)
    for row, entry in enumerate(entries(layout, predecessors), start=len(head) + 1):
        _entry(sheet, row, entry, styles)
    _finish(sheet)


def _across(sheet: Worksheet, row: int, text: str, styles: Styles, style: str) -> None:
    sheet.merge_range(row, 0, row, 1, "", styles(style))
    sheet.write_string(row, 0, text, styles(style))


def _entry(sheet: Worksheet, row: int, entry: Entry, styles: Styles) -> None:
    if not entry.text:
        sheet.set_row(row, height_of(1, BODY))
        _across(sheet, row, entry.term, styles, "guide_heading")
        return
    term_lines = line_count(entry.term, _TERM_PIXELS, BODY, bold=True)
    lines = max(term_lines, line_count(entry.text, _TEXT_PIXELS, BODY))
    sheet.set_row(row, min(height_of(lines, BODY), MAX_HEIGHT))
    sheet.write_string(row, 0, entry.term, styles("guide_term"))
    sheet.write_string(row, 1, entry.text, styles("guide_text"))


def _finish(sheet: Worksheet) -> None:
    sheet.set_column_pixels(0, 0, _TERM_PIXELS)
    sheet.set_column_pixels(1, 1, _TEXT_PIXELS)
    sheet.hide_gridlines(2)
    sheet.protect()
    sheet.set_paper(PAPER_A4)
    sheet.set_margins(**MARGINS)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)

"""What may be typed into a cell, what the clerk is told there, and how Tổng cộng is computed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pcmd_consolidate.forms import Form, OverFormers, OverYears, PartialYear, Row, ValueType
from pcmd_consolidate.forms.formulas import UNKNOWN

YES, NO = "Có", "Không"
ZERO = "-"
NOT_AVAILABLE = "…"
_SIGNS = (ZERO, NOT_AVAILABLE, "...")
_DECIMALS = 6
"""Decimals of an added-up figure: fewer would hide those that a unit typed, more show the noise of the sum."""
_TITLE_LIMIT, _MESSAGE_LIMIT = 32, 255


def day(partial: PartialYear) -> str:
    """The last day that the figures of a partial year cover, as 30/6/2025."""
    until = partial.until
    return f"{until.day}/{until.month}/{until.year}"


def validation(form: Form, row: Row, year: int, cell: str) -> dict[str, Any]:
    """What may be typed into the cells of a row.

    Args:
        form: The form.
        row: An indicator.
        year: The year of the cells.
        cell: A1 reference of the first of them.

    Returns:
        Options for xlsxwriter's ``data_validation``.
    """
    options = _yes_no() if row.value_type is ValueType.YES_NO else _figures(row, cell)
    if form.partial is not None and form.partial.year == year:
        options["input_message"] += f"\n{form.year_label(year)}: số liệu đến hết ngày {day(form.partial)}."
    return _within_limits(options)


def _figures(row: Row, cell: str) -> dict[str, Any]:
    whole = row.value_type is ValueType.COUNT
    number = f"AND({cell}>=0,{cell}=INT({cell}))" if whole else f"{cell}>=0"
    signs = ",".join(f'{cell}="{sign}"' for sign in _SIGNS)
    kind = "số nguyên từ 0 trở lên" if whole else "số từ 0 trở lên"
    return {
        "validate": "custom",
        "value": f"=IF(ISNUMBER({cell}),{number},OR({signs}))",
        "input_title": f"{'Số nguyên' if whole else 'Số tiền'}, từ 0 trở lên",
        "input_message": (
            f"Đơn vị tính: {row.unit_of_measure}.\n"
            f"Không có: ghi 0 hoặc dấu {ZERO}\nCó nhưng không có số liệu: ghi {NOT_AVAILABLE}"
        ),
        "error_title": "Chưa ghi đúng",
        "error_message": (
            f"Ô này chỉ nhận {kind}, dấu {ZERO} (không có) hoặc dấu {NOT_AVAILABLE} (không có số liệu). "
            "Hãy ghi lại bằng chữ số, không ghi kèm chữ; lời giải thích ghi ở cột Ghi chú."
        ),
    }


def _yes_no() -> dict[str, Any]:
    return {
        "validate": "list",
        "source": [YES, NO, NOT_AVAILABLE],
        "input_title": f"{YES} hoặc {NO}",
        "input_message": f"Chọn {YES} hoặc {NO} trong danh sách.\nKhông có thông tin: chọn {NOT_AVAILABLE}",
        "error_title": "Chưa ghi đúng",
        "error_message": (
            f"Ô này chỉ nhận {YES}, {NO} hoặc {NOT_AVAILABLE}. Hãy chọn trong danh sách; "
            "nội dung cần ghi rõ thì ghi ở cột Ghi chú."
        ),
    }


def declared_entry() -> dict[str, Any]:
    """What may be said of a former commune: whether its figures are in."""
    return _within_limits(
        {
            "validate": "list",
            "source": [YES, NO],
            "input_title": f"{YES} hoặc {NO}",
            "input_message": f"Tự ghi {YES} khi trang của xã, phường cũ có số liệu; chỉ sửa khi cần.",
            "error_title": "Chưa ghi đúng",
            "error_message": f"Ô này chỉ nhận {YES} hoặc {NO}. Hãy chọn trong danh sách.",
        }
    )


def is_whole(cell: str) -> str:
    """The formula that tells whether a cell holds a whole number.

    Excel shows 350 in a format with optional decimals as ``350,``; such a cell gets another format by this.
    """
    return f"=IF(ISNUMBER({cell}),{cell}=INT({cell}),FALSE)"


def note_hint() -> dict[str, Any]:
    """What the clerk is told where a row asks for words."""
    return _hint("Ghi rõ", "Dòng này yêu cầu ghi rõ nội dung: ghi tại đây.")


def total_hint(row: Row, form: Form) -> dict[str, Any]:
    """How Tổng cộng of a row comes about."""
    if row.over_years is OverYears.SUM:
        return _hint("Tổng cộng", "Tự tính: cộng các năm.")
    return _hint("Tổng cộng", f"Tự tính: lấy theo {form.year_label(form.years[-1])}, không cộng các năm.")


def sum_hint() -> dict[str, Any]:
    """What the clerk is told where figures of former communes are added up."""
    return _hint("Tự cộng", "Không ghi ở đây: ô này tự cộng từ các trang xã, phường cũ. Hãy ghi vào các trang đó.")


def _hint(title: str, message: str) -> dict[str, Any]:
    return _within_limits({"validate": "any", "input_title": title, "input_message": message})


def _within_limits(options: dict[str, Any]) -> dict[str, Any]:
    """The texts cut to what Excel can hold; form files may bring longer ones."""
    limits = {"input_title": _TITLE_LIMIT, "error_title": _TITLE_LIMIT}
    limits |= {"input_message": _MESSAGE_LIMIT, "error_message": _MESSAGE_LIMIT}
    return {key: value[: limits[key]] if key in limits else value for key, value in options.items()}


def total_formula(row: Row, cells: str, last: str) -> str:
    """The formula under Tổng cộng: flows are added, stocks and yes/no rows show the last year.

    Args:
        row: An indicator.
        cells: A1 reference of all its years.
        last: A1 reference of its last year.
    """
    if row.value_type is ValueType.YES_NO:
        return f'=IF({last}="","",{last})'
    if row.over_years is OverYears.LAST:
        return f'=IF(ISNUMBER({last}),{last},IF({last}="{ZERO}",0,""))'
    return f'=IF(COUNT({cells})+COUNTIF({cells},"{ZERO}")=0,"",SUM({cells}))'


def sum_formula(row: Row, cells: Sequence[str]) -> str:
    """The formula that adds up the figures of former communes: Có where any of them says so.

    It shows nothing where nobody answered, ``…`` where nobody has a figure, and ``?`` where an answer is none of those
    that a form allows.

    Args:
        row: An indicator.
        cells: References of the cells, at least two.
    """
    listed = ",".join(cells)
    typed, unknown = f"COUNTA({listed})", _said(cells, NOT_AVAILABLE, "...")
    if row.value_type is ValueType.YES_NO:
        yes, no = _said(cells, YES), _said(cells, NO)
        rest = f'IF({no}+{unknown}<{typed},"{UNKNOWN}",IF({no}>0,"{NO}","{NOT_AVAILABLE}"))'
        return f'=IF({typed}=0,"",IF({yes}>0,"{YES}",{rest}))'
    figures = f"COUNT({listed})+{_said(cells, ZERO)}"
    added = f"MAX({listed})" if row.over_formers is OverFormers.MOST else f"ROUND(SUM({listed}),{_DECIMALS})"
    total = f'IF({figures}=0,"{NOT_AVAILABLE}",{added})'
    return f'=IF({typed}=0,"",IF({figures}+{unknown}<{typed},"{UNKNOWN}",{total}))'


def _said(cells: Sequence[str], *signs: str) -> str:
    """How many of the cells hold one of the signs."""
    return "+".join(f'({cell}="{sign}")' for cell in cells for sign in signs)

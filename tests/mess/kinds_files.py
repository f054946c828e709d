"""How the file is saved and named."""

from __future__ import annotations

from random import Random

from .description import Description
from .registry import kind

_ONE_FORMAT = ("saved_as_xls", "saved_as_ods", "html_as_xls", "csv_as_xls", "wrong_suffix")
_PLAIN_TEXT = (
    "hidden_rows", "hidden_year", "hidden_old_year", "hidden_copy", "hidden_own_rows", "hidden_note_column",
    "only_sheet_hidden", "vertical_merge_of_figures", "merge_over_years", "invisible_format", "formulas_not_calculated",
    "formulas_elsewhere", "dates", "percents", "booleans", "other_sheets", "old_copy_visible", "row_over_two",
    "empty_template_beside", "header_merged", "years_as_dates", "name_in_sheet_only", "excel_errors",
)  # fmt: skip


@kind("file", excludes=(*_ONE_FORMAT, "formulas_not_calculated"))
def saved_as_xls(d: Description, _: Random) -> Description:
    """Saved as .xls by LibreOffice."""
    return d.with_(suffix="xls")


@kind("file", excludes=(*_ONE_FORMAT, "formulas_not_calculated"))
def saved_as_ods(d: Description, _: Random) -> Description:
    """Saved as .ods by LibreOffice."""
    return d.with_(suffix="ods")


@kind("file", excludes=(*_ONE_FORMAT, *_PLAIN_TEXT))
def html_as_xls(d: Description, _: Random) -> Description:
    """An HTML table saved under .xls by some web system."""
    return d.with_(suffix="html")


@kind("file", excludes=(*_ONE_FORMAT, *_PLAIN_TEXT))
def csv_as_xls(d: Description, _: Random) -> Description:
    """A CSV with semicolons saved under .xls."""
    return d.with_(suffix="csv")


@kind("file")
def odd_file_name(d: Description, rng: Random) -> Description:
    """A file name with more in it: «Copy of …», «(1)», dates, dots."""
    way = rng.choice(
        ("Copy of {}", "{} (1)", "{} - Copy", "{}.2025.08.28", "28.8 {} final (sửa lần 2)", "  {} ", "{}_v2")
    )
    return d.with_(file=way.format(d.file).rstrip(" ."))

"""Annexes IA and IIA as clerks of Đồng Nai retype them in workbooks of their own.

Every figure is invented (see `figures`): none is true of any place or office. The names of the
units are those of the province. Each shape builds one workbook in a folder and tells what its
clerk meant; it knows nothing of who will read it.
"""

from __future__ import annotations

from collections.abc import Mapping

from . import cells, columns, departments, files, rows, tables, words
from .desk import Annex, Key, Line, Shape, lines, soffice
from .figures import YEARS

__all__ = ["NEED_SOFFICE", "SHAPES", "YEARS", "Annex", "Key", "Line", "lines", "soffice"]

_SHAPES: tuple[Shape, ...] = (
    tables.letterhead,
    tables.after_the_notes,
    tables.page_breaks,
    tables.own_numbering,
    columns.remarks_column,
    tables.numbered_columns,
    tables.far_corner,
    columns.no_unit_column,
    columns.unit_after_years,
    columns.newest_first,
    columns.extra_year,
    tables.foot_total,
    words.glued_markers,
    words.capital_headings,
    words.all_capitals,
    words.typed_on_a_mac,
    words.old_typewriter,
    words.short_forms,
    words.full_words,
    words.loose_spaces,
    words.typing_errors,
    words.no_accents,
    rows.own_lines,
    rows.lines_left_out,
    rows.nothing_of_which,
    rows.swapped_lines,
    rows.sections_without_headings,
    rows.broken_labels,
    rows.merged_rows,
    cells.numbers_as_text,
    cells.words_for_nothing,
    cells.ticks,
    cells.notes_in_cells,
    cells.broken_cells,
    cells.in_dong,
    cells.two_columns_2025,
    cells.checkboxes,
    files.name_in_file,
    files.name_in_plain_file,
    files.ambiguous_file_name,
    files.hidden_empty_sheets,
    files.page_sheets,
    files.sheet_per_old_commune,
    files.saved_as_xls,
    files.saved_as_ods,
    files.sums_and_formats,
    departments.police,
    departments.military,
    departments.culture,
    departments.education,
    departments.justice,
    departments.finance,
    departments.procuracy,
    departments.court,
    departments.labour_union,
    departments.women,
    departments.disease_control,
)

SHAPES: Mapping[str, Shape] = {shape.__name__: shape for shape in _SHAPES}
NEED_SOFFICE = frozenset({"procuracy", "saved_as_ods", "saved_as_xls", "women"})

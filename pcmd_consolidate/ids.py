"""How a handed-out workbook is known again when it comes back."""

ID_SHEET = "_pcmd"
"""Name of its hidden sheet: ``form``, ``version``, ``unit_id`` and ``sheet`` in column A, their values in column B."""

CHECK_SHEET = "_kiem_tra"
"""Name of the hidden sheet in which a handed-out workbook checks the rules of its form; those that check the sheets of
former communes have a number after it."""

PART_MARK = "pcmd:part"
"""Stands in the first cell of a sheet for one former commune, above the unit's id and the name of that commune."""

PART_TITLE = "Số liệu của {name} trước khi sắp xếp"
"""Title of such a sheet, by which it is known where its hidden column is gone."""

DECLARATION_MARK = "pcmd:predecessors"
"""Stands in the first column of the sheet that tells which former communes are in, above their names."""

TOTAL_MARK = "pcmd:total"
"""Stands there below the last of them."""


def is_check_sheet(name: str) -> bool:
    """Whether a sheet of that name checks the rules of a handed-out workbook."""
    return name.startswith(CHECK_SHEET)

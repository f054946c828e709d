"""How a handed-out workbook is known again when it comes back."""

ID_SHEET = "_pcmd"
"""Name of its hidden sheet: ``form``, ``version``, ``unit_id`` and ``sheet`` in column A, their values in column B."""

CHECK_SHEET = "_kiem_tra"
"""Name of the hidden sheet in which a handed-out workbook checks the rules of its form."""

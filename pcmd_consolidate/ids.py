"""How a handed-out workbook is known again when it comes back."""

ID_SHEET = "_pcmd"
"""Name of its hidden sheet: ``form``, ``version``, ``unit_id`` and ``sheet`` in column A, their values in column B."""

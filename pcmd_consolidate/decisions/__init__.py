"""``so-quyet-dinh.xlsx``: what the officer decides about findings, as the office typed it."""

from pcmd_consolidate.decisions.figure import plain_figure, written
from pcmd_consolidate.decisions.model import COLUMNS, DECISIONS_FILE, WHY, WORDS, Decision, Fallen, Kind
from pcmd_consolidate.decisions.read import read_register

__all__ = [
    "COLUMNS", "DECISIONS_FILE", "WHY", "WORDS", "Decision", "Fallen", "Kind", "plain_figure", "read_register",
    "written",
]  # fmt: skip

"""Writes the table of the rules: ``python -m pcmd_consolidate.checks``."""

from __future__ import annotations

from pathlib import Path

from pcmd_consolidate.checks.rule_table import markdown

if __name__ == "__main__":
    page = Path(__file__).with_name("RULES.md")
    page.write_text(markdown(), encoding="utf-8")
    print(page)

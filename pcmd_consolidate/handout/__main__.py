"""Writes the blank forms that come with the library: ``python -m pcmd_consolidate.handout [FOLDER]``."""

from __future__ import annotations

import sys
from pathlib import Path

from pcmd_consolidate.forms import BUILT_IN, load_form
from pcmd_consolidate.handout import write_blank


def write_templates(folder: Path) -> tuple[Path, ...]:
    """Write one blank workbook for each form that comes with the library."""
    paths = tuple(folder / f"{form_id}.xlsx" for form_id in BUILT_IN)
    for form_id, path in zip(BUILT_IN, paths, strict=True):
        write_blank(load_form(form_id), path)
    return paths


if __name__ == "__main__":
    for written in write_templates(Path(*(sys.argv[1:2] or ["templates_xlsx"]))):
        print(written)

"""The blank forms that come with the library are what the code makes now."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from pcmd_consolidate.forms import BUILT_IN, Form
from pcmd_consolidate.handout.__main__ import write_templates
from pcmd_consolidate.handout.book import workbook
from pcmd_consolidate.units import Unit

TEMPLATES = Path(__file__).parents[2] / "templates_xlsx"


def parts(content: bytes) -> list[tuple[zipfile.ZipInfo, bytes]]:
    """Every part of a workbook, unpacked: another build of zlib packs the same bytes in another way."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [(info, archive.read(info)) for info in archive.infolist()]


def test_templates_agree_with_the_code_byte_for_byte(tmp_path: Path) -> None:
    assert {path.name for path in TEMPLATES.iterdir()} == {f"{form_id}.xlsx" for form_id in BUILT_IN}
    for made in write_templates(tmp_path):
        kept, now = parts((TEMPLATES / made.name).read_bytes()), parts(made.read_bytes())
        assert [(i.filename, i.date_time) for i, _ in kept] == [(i.filename, i.date_time) for i, _ in now]
        for (info, before), (_, after) in zip(kept, now, strict=True):
            hint = f"{made.name}, {info.filename}: chạy python -m pcmd_consolidate.handout"
            assert before == after, hint


def test_the_same_form_gives_the_same_bytes(form: Form, commune: Unit) -> None:
    assert workbook(form, commune, "Tổng kết") == workbook(form, commune, "Tổng kết")

"""Fill in the handed-out workbooks of a campaign with made-up figures, as units would.

    python -m samples.generate FOLDER [--seed 2025] [--units S01,X26020]

makes the campaign of Đồng Nai in FOLDER (unless it is there), hands out the forms and puts the filled-in workbooks of
all 106 units, or of those named, into its inbox. The same seed gives the same figures.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path
from random import Random

import openpyxl

from pcmd_consolidate import Campaign, new_campaign, open_campaign, write_handout
from pcmd_consolidate.forms import Form, ValueType
from pcmd_consolidate.units import Registry, Unit
from samples import figures

MADE_UP = "SỐ LIỆU GIẢ ĐỊNH"
NOTES = {
    ("IIA", 19): "Kế hoạch phòng, chống mua bán người",
    ("IIA", 49): "Câu lạc bộ Phụ nữ tự lực",
    ("IA", 74): "Tư vấn tâm lý",
    ("IA", 85): "Cấp thẻ bảo hiểm y tế",
}


def fill_campaign(campaign: Campaign, seed: int, unit_ids: set[str] | None = None) -> list[Path]:
    """Fill in the forms of a campaign's units (all of them where no ids are given) and put them into its inbox."""
    campaign.inbox.mkdir(parents=True, exist_ok=True)
    units = [unit for unit in campaign.registry if unit_ids is None or unit.unit_id in unit_ids]
    with tempfile.TemporaryDirectory() as blank:
        paths = write_handout(replace(campaign, registry=Registry(units)), Path(blank))
        return [
            fill_form(path, campaign.inbox / path.name, unit, campaign.form(unit.form), seed)
            for unit, path in zip(units, paths, strict=True)
        ]


def fill_form(blank: Path, target: Path, unit: Unit, form: Form, seed: int) -> Path:
    """Fill in one handed-out workbook with made-up figures."""
    rng = Random(f"{seed}-{unit.unit_id}")
    shares = {year: 0.5 if form.partial and form.partial.year == year else 1.0 for year in form.years}
    made_up = figures.department(rng, shares, unit.sections[0]) if unit.sections else figures.commune(rng, shares)
    book = openpyxl.load_workbook(blank)
    sheet = book[form.name]
    rows = {cell.value: cell.row for cell in sheet["A"] if isinstance(cell.value, int)}
    years, note = columns_of(sheet, form)
    for year, figures_of_year in made_up.items():
        for number, value in figures_of_year.items():
            yes_no = form.row(number).value_type is ValueType.YES_NO
            sheet.cell(rows[number], years[year]).value = ("Không", "Có")[int(value)] if yes_no else value
    for (form_id, number), text in NOTES.items():
        if form_id == form.id and any(row.get(number) for row in made_up.values()):
            sheet.cell(rows[number], note).value = text
    book.properties.title = MADE_UP
    book.save(target)
    return target


def columns_of(sheet: openpyxl.worksheet.worksheet.Worksheet, form: Form) -> tuple[dict[int, int], int]:
    """Columns of the years and of the notes, found by their headings as a person would."""
    years: dict[int, int] = {}
    note = 0
    for row in sheet.iter_rows(max_row=20):
        for cell in row:
            heading = " ".join(str(cell.value or "").split())
            for year in form.years:
                if heading.startswith(f"Năm {year}"):
                    years[year] = cell.column
            if heading.startswith("Ghi chú"):
                note = cell.column
    return years, note


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=2025)
    parser.add_argument("--units", default="")
    given = parser.parse_args()
    settings = given.folder / "campaign.toml"
    if not settings.exists():
        new_campaign(given.folder, "Đồng Nai")
        text = settings.read_text(encoding="utf-8")
        settings.write_text(text.replace('title = "', f'title = "{MADE_UP} - '), encoding="utf-8")
    chosen = set(filter(None, given.units.split(","))) or None
    written = fill_campaign(open_campaign(given.folder), given.seed, chosen)
    print(f"{len(written)} workbooks with made-up figures in {given.folder / 'inbox'}")


if __name__ == "__main__":
    main()

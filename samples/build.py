"""Build the two sample campaigns anew, from data and from the hand-made annexes of the tests.

    python -m samples.build

Run from the top of the project, with LibreOffice installed (for the .xls and .ods returns).
"""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import openpyxl

from pcmd_consolidate import Campaign, open_campaign
from pcmd_consolidate.handout import write_blank
from samples import generate
from tests.strangers.annexes import SHAPES

HERE = Path(__file__).parent

CLEAN = {
    "2025-08-20": ("X25195", "X26113", "S04"),
    "2025-08-28": ("X26377", "X26425", "S06"),
}
RETYPED = {
    "2025-08-21": ("letterhead", "page_breaks", "typed_on_a_mac"),
    "2025-08-25": ("own_numbering", "numbers_as_text", "saved_as_xls", "police"),
    "2025-08-29": ("notes_in_cells", "saved_as_ods", "own_lines"),
    "2025-09-03 nộp muộn": ("broken_cells", "ambiguous_file_name"),
}


def build_dong_nai(folder: Path) -> None:
    """Some of the units of Đồng Nai have answered, in their own ways, with made-up figures."""
    campaign = open_campaign(folder)
    shutil.rmtree(campaign.inbox, ignore_errors=True)
    for day, units in CLEAN.items():
        for path in generate.fill_campaign(campaign, seed=2025, unit_ids=set(units)):
            move(path, campaign.inbox / day)
    for day, shapes in RETYPED.items():
        (campaign.inbox / day).mkdir(parents=True, exist_ok=True)
        for shape in shapes:
            SHAPES[shape](campaign.inbox / day)


def move(path: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    path.replace(folder / path.name)


def build_narratives(folder: Path) -> None:
    """The figures of three narrative reports, each with the sentence it was taken from."""
    campaign = open_campaign(folder)
    shutil.rmtree(campaign.inbox, ignore_errors=True)
    campaign.inbox.mkdir()
    with (folder / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        facts = list(csv.DictReader(file))
    for unit_id, form_id in sorted({(fact["unit_id"], fact["form"]) for fact in facts}):
        own = [fact for fact in facts if (fact["unit_id"], fact["form"]) == (unit_id, form_id)]
        write_return(campaign, unit_id, form_id, own)


def write_return(campaign: Campaign, unit_id: str, form_id: str, facts: list[dict[str, str]]) -> None:
    unit, form = campaign.registry.get(unit_id, form_id), campaign.form(form_id)
    assert unit is not None
    path = campaign.inbox / f"{unit.name} - {form.name}.xlsx"
    write_blank(form, path, unit, campaign.title)
    book = openpyxl.load_workbook(path)
    sheet = book[form.name]
    rows = {cell.value: cell.row for cell in sheet["A"] if isinstance(cell.value, int)}
    years, note = generate.columns_of(sheet, form)
    for fact in facts:
        entry = fact["entry"]
        row = rows[int(fact["row"])]
        sheet.cell(row, years[int(fact["year"])]).value = int(entry) if entry.isdigit() else entry
        sheet.cell(row, note).value = f"{fact['report']}: «{fact['sentence']}»"
    book.save(path)


if __name__ == "__main__":
    build_dong_nai(HERE / "dong-nai")
    build_narratives(HERE / "bao-cao-thuc")

"""A workbook like one that was read before is read faster, and in no other way."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pcmd_consolidate import Campaign, new_campaign
from pcmd_consolidate.handout import write_blank
from pcmd_consolidate.ids import ID_SHEET
from pcmd_consolidate.intake import recall, usual_cells
from pcmd_consolidate.intake.inbox import Item
from pcmd_consolidate.intake.read import read_content
from pcmd_consolidate.intake.readings import FileReading
from tests.libreoffice import convert

Book = Any
Change = Callable[[Book, Any], None]
"""Changes a workbook and its first sheet."""

YEARS = "DEFGH"
FIRST, SECOND = "X25195", "X25210"


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    return new_campaign(tmp_path_factory.mktemp("recall") / "dot", "Đồng Nai")


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    recall.forget()
    usual_cells._earlier.cache_clear()
    yield
    recall.forget()


def handed_out(campaign: Campaign, folder: Path, unit_id: str, change: Change | None = None) -> bytes:
    """A commune's form with made-up figures, filled in and saved by openpyxl."""
    unit = campaign.registry.get(unit_id, "IIA")
    assert unit is not None
    path = folder / f"{unit_id}.xlsx"
    write_blank(campaign.form("IIA"), path, unit, campaign.title)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row in range(10, 68):
        for place, column in enumerate(YEARS):
            if sheet[f"{column}{row}"].protection.locked is False:
                yes_no = sheet[f"C{row}"].value == "Có/Không"
                sheet[f"{column}{row}"] = ("Có", "Không")[place % 2] if yes_no else (row * 7 + place) % 40
    if change is not None:
        change(book, sheet)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def read(campaign: Campaign, content: bytes, name: str = "bieu.xlsx") -> FileReading:
    item = Item(Path("inbox") / name, name, dt.datetime(2025, 8, 20))
    return read_content(item, content, campaign.forms, campaign.registry)


def put(cell: str, value: object) -> Change:
    return lambda _, sheet: sheet.__setitem__(cell, value)


def formatted(cell: str, number_format: str) -> Change:
    return lambda _, sheet: setattr(sheet[cell], "number_format", number_format)


def on_ids(value: str) -> Change:
    return lambda book, _: book[ID_SHEET].__setitem__("B3", value)


ALIKE: dict[str, Change] = {
    "nothing": lambda *_: None,
    "other figures": put("D10", 12345),
    "a figure with decimals": put("E12", 2.5),
    "below nothing": put("E12", -3),
    "text for a figure": put("F15", "12 cuộc"),
    "words for a figure": put("F15", "chưa có số liệu"),
    "a blank": put("G10", None),
    "a note": put("J10", "Có 3 văn bản phối hợp"),
    "signed": put("B72", "Nguyễn Văn A"),
    "dated": put("D74", "Đồng Nai, ngày 20 tháng 8 năm 2025"),
}
DIFFERENT: dict[str, Change] = {
    "a label": put("B12", "Số cuộc họp của ủy ban"),
    "a label taken away": put("B12", None),
    "a number for a label": put("B12", 12),
    "a number for a heading": put("B9", 5),
    "a total taken away": put("I10", None),
    "a total of another form": put("I10", "=D10"),
    "a unit of measure": put("C63", "Nghìn đồng"),
    "a year's heading": put("E8", "Kế hoạch 2022"),
    "a line number": put("A12", 44),
    "a column beside": put("M12", 7),
    "total typed over": put("I10", "-"),
    "a number below": put("D74", 15),
    "a number as text below": put("D74", "15"),
    "another unit of money below": put("B70", "Đơn vị tính: nghìn đồng"),
    "another unit in the title": put("B2", "XÃ XUÂN LỘC"),
    "more in the title": put("B5", "BÁO CÁO NĂM MỘT"),
    "an old font in a note": put("J10", "Kh«ng cã sè liÖu"),
    "a turning mark in a note": put("J10", "so\u202e123"),
    "like a formula in a note": put("J10", "'=1+1"),
    "a percentage": formatted("D12", "0%"),
    "a date": formatted("D12", "dd/mm/yyyy"),
    "a built-in date": formatted("D12", "mm-dd-yy"),
    "thousands hidden": formatted("D12", "#,##0,"),
    "digits added": formatted("D12", '0"000"'),
    "a formula": put("D12", "=5+7"),
    "an outside formula": put("I12", "=WEBSERVICE(1)"),
    "an error": put("D12", "#REF!"),
    "true": put("D12", True),
    "a day": put("D12", dt.datetime(2025, 3, 4)),
    "an escape": put("D12", "_x0031_2"),
    "a merge": lambda _, sheet: sheet.merge_cells("D12:E12"),
    "a hidden row": lambda _, sheet: setattr(sheet.row_dimensions[12], "hidden", True),
    "a hidden column": lambda _, sheet: setattr(sheet.column_dimensions["H"], "hidden", True),
    "a hidden sheet": lambda book, _: setattr(book.worksheets[1], "sheet_state", "hidden"),
    "a row more": lambda _, sheet: sheet.insert_rows(12),
    "a row less": lambda _, sheet: sheet.delete_rows(12),
    "another name of the sheet": lambda _, sheet: setattr(sheet, "title", "Kế hoạch 2026"),
    "another sheet": lambda book, _: book.create_sheet("Phụ lục khác"),
    "words in the guide": lambda book, _: book.worksheets[1].__setitem__("H30", "12"),
    "an id that nobody has": on_ids("X99999"),
    "no id": on_ids(""),
}


@pytest.mark.parametrize("name", ALIKE)
def test_read_alike_and_recalled(
    name: str, campaign: Campaign, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = handed_out(campaign, tmp_path, SECOND, ALIKE[name])
    fresh = read(campaign, content)
    recall.forget()
    read(campaign, handed_out(campaign, tmp_path, FIRST))
    monkeypatch.setattr("pcmd_consolidate.intake.read.read_sheets", None)  # the careful way is not gone
    assert read(campaign, content) == fresh
    assert fresh.sheets[0].unit == campaign.registry.get(SECOND, "IIA")


@pytest.mark.parametrize("name", DIFFERENT)
def test_read_alike_where_anything_differs(name: str, campaign: Campaign, tmp_path: Path) -> None:
    content = handed_out(campaign, tmp_path, SECOND, DIFFERENT[name])
    fresh = read(campaign, content)
    recall.forget()
    read(campaign, handed_out(campaign, tmp_path, FIRST))
    assert read(campaign, content) == fresh


def test_the_id_of_another_unit_contradicts_the_title(campaign: Campaign, tmp_path: Path) -> None:
    read(campaign, handed_out(campaign, tmp_path, FIRST))
    sheet = read(campaign, handed_out(campaign, tmp_path, SECOND, on_ids(FIRST))).sheets[0]
    assert sheet.unit is None
    assert [finding.rule for finding in sheet.findings if finding.rule.startswith("F14")] == ["F14b"]


def test_the_name_of_the_file_is_looked_at(campaign: Campaign, tmp_path: Path) -> None:
    read(campaign, handed_out(campaign, tmp_path, FIRST))
    content = handed_out(campaign, tmp_path, SECOND)
    told = read(campaign, content, "Phường Bình Phước.xlsx").sheets[0].findings
    assert [finding.rule for finding in told if finding.rule.startswith("F14")] == ["F14c"]


def test_what_is_strange_is_not_remembered(campaign: Campaign, tmp_path: Path) -> None:
    for name in ("a label", "a unit of measure", "a year's heading", "a column beside", "a row more"):
        read(campaign, handed_out(campaign, tmp_path, FIRST, DIFFERENT[name]))
    assert not recall.is_known(campaign.form("IIA"))
    read(campaign, handed_out(campaign, tmp_path, FIRST))
    assert recall.is_known(campaign.form("IIA"))


def test_saved_by_libreoffice(campaign: Campaign, tmp_path: Path) -> None:
    paths = [tmp_path / f"{unit_id}-filled.xlsx" for unit_id in (FIRST, SECOND)]
    for path, unit_id in zip(paths, (FIRST, SECOND), strict=True):
        path.write_bytes(handed_out(campaign, tmp_path, unit_id))
    (tmp_path / "saved").mkdir()
    convert(paths, "xlsx", tmp_path / "saved")
    contents = [(tmp_path / "saved" / path.name).read_bytes() for path in paths]
    fresh = read(campaign, contents[1])
    recall.forget()
    read(campaign, contents[0])
    assert read(campaign, contents[1]) == fresh

"""One return, saved in every format that units use: the values are the same."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from pcmd_consolidate import Campaign, Returns, new_campaign, read_returns
from tests.intake.word_book import add_table, document, saved
from tests.intake.xlsb_book import Sheet, write_xlsb
from tests.libreoffice import convert
from tests.strangers.annexes import SHAPES

WHERE = ["file", "sheet", "cell", "raw"]


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    return new_campaign(tmp_path_factory.mktemp("dong-nai"), "Đồng Nai")


@pytest.fixture(scope="module", params=["letterhead", "numbered_columns", "ticks", "court"])
def original(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook that a unit retyped."""
    return SHAPES[request.param](tmp_path_factory.mktemp(request.param)).path


@pytest.fixture(scope="module")
def expected(original: Path, campaign: Campaign) -> Returns:
    """The return as read from the workbook."""
    return read_returns(campaign, original.parent)


def cells(path: Path) -> list[list[object]]:
    return [list(row) for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True)]


def merged(path: Path) -> list[tuple[int, int, int, int]]:
    areas = openpyxl.load_workbook(path).active.merged_cells.ranges
    return [(a.min_row - 1, a.min_col - 1, a.max_row - 1, a.max_col - 1) for a in areas]


def as_xlsb(original: Path, target: Path) -> None:
    write_xlsb(target, [Sheet("Biểu", cells(original), merged(original))])


def as_docx(original: Path, target: Path) -> None:
    """The rows above the header as paragraphs, the rest as a table."""
    rows = cells(original)
    header = next(i for i, row in enumerate(rows) if sum("202" in str(cell) for cell in row) >= 3)
    made = document(*(str(cell) for row in rows[:header] for cell in row if cell is not None))
    inside = [(top - header, left, bottom - header, right) for top, left, bottom, right in merged(original)]
    add_table(made, rows[header:], [area for area in inside if area[0] >= 0])
    saved(made, target)


def as_utf16_tsv(original: Path, target: Path) -> None:
    """What Excel calls Unicode text."""
    with target.open("w", encoding="utf-16", newline="") as file:
        csv.writer(file, "excel-tab").writerows(cells(original))


def as_commas(original: Path, target: Path) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(cells(original))


def as_semicolons(original: Path, target: Path) -> None:
    """What Excel saves as CSV where a comma stands before decimals."""
    rows = [[str(c).replace(".", ",") if isinstance(c, float) else c for c in row] for row in cells(original)]
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)


def by_libreoffice(original: Path, target: Path) -> None:
    convert([original], target.suffix[1:], target.parent)
    (target.parent / f"{original.stem}{target.suffix}").rename(target)


def by_libreoffice_named_xls(original: Path, target: Path) -> None:
    by_libreoffice(original, target.with_suffix(".html"))
    target.with_suffix(".html").rename(target)


FORMATS: dict[str, tuple[str, Callable[[Path, Path], None]]] = {
    "xls": (".xls", by_libreoffice),
    "ods": (".ods", by_libreoffice),
    "xlsb": (".xlsb", as_xlsb),
    "docx": (".docx", as_docx),
    "html": (".html", by_libreoffice),
    "html named xls": (".xls", by_libreoffice_named_xls),
    "commas": (".csv", as_commas),
    "commas named xls": (".xls", as_commas),
    "semicolons": (".csv", as_semicolons),
    "tabs in UTF-16": (".txt", as_utf16_tsv),
}


@pytest.mark.parametrize(("suffix", "save"), FORMATS.values(), ids=FORMATS)
def test_the_values_are_the_same(
    suffix: str,
    save: Callable[[Path, Path], None],
    original: Path,
    expected: Returns,
    campaign: Campaign,
    tmp_path: Path,
) -> None:
    save(original, tmp_path / f"{original.stem}{suffix}")

    returns = read_returns(campaign, tmp_path)

    pd.testing.assert_frame_equal(returns.values.drop(columns=WHERE), expected.values.drop(columns=WHERE))
    assert (returns.values["state"] == "reported").sum() > 80


def test_figures_in_word_are_traced_to_the_cell_of_the_table(
    original: Path, campaign: Campaign, tmp_path: Path
) -> None:
    as_docx(original, tmp_path / f"{original.stem}.docx")
    header = next(i for i, row in enumerate(cells(original)) if sum("202" in str(cell) for cell in row) >= 3)

    values = read_returns(campaign, tmp_path).values

    first = values[values["state"] == "reported"].iloc[0]
    source = cells(original)[int(first["cell"][1:]) - 1 + header][ord(first["cell"][0]) - ord("A")]
    assert first["sheet"] == "Bảng 1"
    assert str(source) == first["raw"]

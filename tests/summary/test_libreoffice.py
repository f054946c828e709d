"""Another program that computes every formula anew comes to the stored results."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from pcmd_consolidate.forms import load_form
from tests.libreoffice import convert
from tests.summary.books import annex_rows, figure, formulas


@pytest.fixture(scope="module")
def computed(path: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Workbook]:
    """The workbook, and one with a further figure, computed by LibreOffice: openpyxl leaves no stored results."""
    folder = tmp_path_factory.mktemp("computed")
    (folder / "done").mkdir()
    for name, change in (("same", False), ("changed", True)):
        book = openpyxl.load_workbook(path)
        if change:
            figure(book, "IIA", "Xã Phú Riềng", 21, 2021).value = 1000
        book.save(folder / f"{name}.xlsx")
    names = ("same", "changed")
    convert([folder / f"{name}.xlsx" for name in names], "xlsx", folder / "done")
    return {name: openpyxl.load_workbook(folder / "done" / f"{name}.xlsx", data_only=True) for name in names}


def test_openpyxl_leaves_nothing_stored_to_be_copied(written: Workbook, tmp_path: Path) -> None:
    written.save(tmp_path / "bare.xlsx")
    with zipfile.ZipFile(tmp_path / "bare.xlsx") as bare:
        annex = bare.read("xl/worksheets/sheet2.xml").decode()

    assert annex.count("<f>") > 400
    assert re.findall("</f><v>[^<]", annex) == []


def test_every_formula_gives_its_stored_result(
    written: Workbook, shown: Workbook, computed: dict[str, Workbook]
) -> None:
    found = formulas(written)
    wrong = {
        place: (stored, anew)
        for place in found
        if not same(stored := shown[place[0]][place[1]].value, anew := computed["same"][place[0]][place[1]].value)
    }

    assert len(found) > 1_000
    assert wrong == {}


def same(stored: object, anew: object) -> bool:
    if isinstance(stored, int | float) and isinstance(anew, int | float):
        return abs(stored - anew) <= 1e-6
    return stored in (None, "") and anew in (None, "")


def test_a_figure_typed_in_by_hand_reaches_the_totals(written: Workbook, computed: dict[str, Workbook]) -> None:
    line = annex_rows(written["Phụ lục IIA"], load_form("IIA"))[21]
    year, total = (
        [computed[name]["Phụ lục IIA"].cell(line, column).value for name in ("same", "changed")] for column in (3, 8)
    )
    units = [computed[name]["Phụ lục IIA"].cell(line, 11).value for name in ("same", "changed")]

    assert [year[1] - year[0], total[1] - total[0], units] == [1000, 1000, [2, 3]]

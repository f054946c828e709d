"""The fixtures themselves: they build, open, and say what they claim to say."""

from __future__ import annotations

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from .annexes import NEED_SOFFICE, SHAPES, YEARS, Annex, lines, soffice
from .desk import openpyxl
from .figures import figures

DEPARTMENTS = {
    line.label.partition(". ")[2]
    for line in lines("IA")
    if line.kind == "heading" and line.label[0].isdigit() and line.number > 11
}
WHOLES = {
    "IIA": {8: [9, 10, 11], 23: [25, 26, 28], 26: [27], 29: [30, 36], 30: [32, 33, 35], 32: [34]}
    | {36: [37], 39: [40], 52: [53], 55: [57, 58, 59]},
    "IA": {18: [19, 20], 28: [29], 29: [30], 35: [37], 46: [47, 48], 50: [51, 52]}
    | {55: [57], 57: [58, 59, 60, 61], 66: [67], 69: [70], 78: [79], 82: [83]},
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Annex]:
    """Every shape that can be built here, each in a folder of its own."""
    return {
        name: shape(tmp_path_factory.mktemp(name))
        for name, shape in SHAPES.items()
        if name not in NEED_SOFFICE or soffice()
    }


@pytest.fixture(params=sorted(SHAPES))
def annex(request: pytest.FixtureRequest, built: dict[str, Annex]) -> Annex:
    """One annex after the other."""
    if request.param not in built:
        pytest.skip("soffice (LibreOffice) is not installed: no .xls and .ods are built")
    return built[request.param]


def _rows(path: Path) -> list[list[object]]:
    """Every row of every sheet, as calamine reads it."""
    book = CalamineWorkbook.from_path(str(path))
    sheets = (book.get_sheet_by_name(name) for name in book.sheet_names)
    return [list(row) for sheet in sheets for row in sheet.to_python(skip_empty_area=False)]


def test_one_file_is_built_under_the_name_of_the_shape(annex: Annex) -> None:
    assert SHAPES[annex.name].__doc__
    assert [path.name for path in annex.path.parent.iterdir()] == [annex.path.name]


def test_it_opens_and_has_a_row_for_each_line(annex: Annex) -> None:
    if annex.path.suffix == ".xlsx":
        assert openpyxl.load_workbook(annex.path).sheetnames
    filled = [row for row in _rows(annex.path) if any(cell != "" for cell in row)]
    assert len(filled) > len({line for line, _ in annex.truth})


def test_truth_has_every_year_of_every_line_in_the_sheet(annex: Annex) -> None:
    standing = {line for line, _ in annex.truth}
    indicators = {line.number for line in lines(annex.form) if line.counted}
    assert standing <= indicators
    assert annex.truth.keys() == {(line, year) for line in standing for year in YEARS}
    assert annex.uncertain <= annex.truth.keys()
    if annex.form == "IIA" and annex.name != "lines_left_out":
        assert standing == indicators


def test_yes_and_no_are_one_and_zero(annex: Annex) -> None:
    yes_no = {line.number for line in lines(annex.form) if line.value_type == "yes_no"}
    assert {annex.truth[key] for key in annex.truth if key[0] in yes_no} <= {0.0, 1.0, None}


@pytest.mark.parametrize("name", ["letterhead", "saved_as_xls", "saved_as_ods", "sums_and_formats"])
def test_figures_and_results_of_formulas_stand_in_their_cells(name: str, built: dict[str, Annex]) -> None:
    if name not in built:
        pytest.skip("soffice (LibreOffice) is not installed: no .xls and .ods are built")
    above = 8 if name == "letterhead" else 2
    rows = _rows(built[name].path)
    for (line, year), value in built[name].truth.items():
        cell = rows[line + above][year - YEARS[0] + 2]
        if isinstance(cell, int | float):
            assert cell == pytest.approx(value)
        else:
            assert cell in {"Có", "x", "Không", "…", f"{value:.0f} cuộc" if value else ""}


@pytest.mark.parametrize("name", ["letterhead", "notes_in_cells", "court"])
def test_a_shape_is_always_the_same(name: str, built: dict[str, Annex], tmp_path: Path) -> None:
    first, again = built[name], SHAPES[name](tmp_path)
    assert (again.truth, again.uncertain) == (first.truth, first.uncertain)
    assert _rows(again.path) == _rows(first.path)


def test_each_shape_comes_from_another_unit(built: dict[str, Annex]) -> None:
    units = [annex.unit for annex in built.values()]
    assert len(set(units)) == len(units)
    communes = {annex.unit for annex in built.values() if annex.form == "IIA"}
    assert {unit.partition(" ")[0] for unit in communes} == {"Xã", "Phường"}
    assert set(units) - communes <= DEPARTMENTS


@pytest.mark.parametrize("form", WHOLES)
@pytest.mark.parametrize("name", SHAPES)
def test_parts_never_exceed_their_whole(name: str, form: str) -> None:
    drawn = figures(form, name)
    for whole, parts in WHOLES[form].items():
        for year in YEARS:
            assert sum(drawn[part, year] for part in parts) <= drawn[whole, year] + 0.01

"""A return without fault, and the same with twenty faults planted in it by hand. All figures are made up."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pcmd_consolidate import Campaign, Consolidation, consolidate, new_campaign, read_returns
from pcmd_consolidate.findings import CATALOGUE
from pcmd_consolidate.forms import load_form
from pcmd_consolidate.forms.rules import parse
from tests.summary.inbox import write_annex

FORM = load_form("IIA")
UNIT = "Xã Lộc Ninh"
ROWS_OF = {rule.id: parse(rule.expression).rows for rule in FORM.rules} | dict.fromkeys(CATALOGUE, ())
CLEAN: dict[int, tuple[object, ...]] = {
    2: (5, 6, 7, 8, 4), 4: (20, 24, 26, 28, 14), 5: (1200, 1300, 1500, 1600, 800), 6: (300, 320, 350, 340, 170),
    7: (3, 4, 4, 5, 2), 8: (900, 950, 1000, 1100, 540), 9: (400, 410, 450, 470, 230), 10: (300, 320, 330, 350, 180),
    11: (150, 160, 170, 180, 90), 14: ("Có",) * 5, 15: ("Có",) * 5, 16: ("Có",) * 5, 17: ("Có",) * 5,
    18: ("Có",) * 5, 19: ("Không",) * 5, 21: (6, 7, 8, 7, 4), 22: (4, 5, 5, 6, 3), 23: (12, 14, 15, 15, 7),
    25: (4, 5, 5, 5, 2), 26: (6, 7, 7, 7, 4), 27: (1, 1, 0, 1, 0), 28: (2, 2, 3, 3, 1), 29: (12, 13, 14, 14, 7),
    30: (10, 11, 11, 11, 6), 32: (5, 6, 6, 6, 3), 33: (4, 4, 4, 4, 2), 34: (1, 0, 0, 1, 0), 35: (1, 1, 1, 1, 1),
    36: (2, 2, 3, 3, 1), 37: (1, 1, 1, 1, 0), 39: (10, 11, 12, 12, 11), 40: (6, 7, 7, 8, 7), 42: (4, 5, 5, 5, 3),
    43: (2, 2, 3, 3, 1), 44: (40, 45.5, 60, 66, 20), 45: (2, 3, 2, 3, 1), 46: (3, 4, 4, 4, 2), 47: (3, 3, 4, 5, 2),
    48: (4, 4, 5, 5, 4), 49: (2, 2, 3, 3, 3), 50: (1, 1, 1, 1, 1), 52: (3, 3, 4, 4, 4), 53: (2, 3, 3, 4, 2),
    55: (100, 110, 120.5, 125, 60), 57: (60, 65, 70.5, 72, 36), 58: (30, 33, 36, 38, 18), 59: (10, 12, 14, 15, 6),
}  # fmt: skip
PLANTED: dict[tuple[int, int], tuple[object, str]] = {
    # written so that it cannot be read
    (2, 2021): ("4-5", "E04"), (4, 2022): (12.5, "F01"), (5, 2023): (-300, "F01"), (6, 2024): ("nhiều", "E04"),
    (7, 2025): ("06/06", "E04"), (55, 2022): ("1.234", "F05"), (57, 2023): (-5, "F02"),
    (59, 2021): (250_000_000, "F18"), (14, 2022): ("có thể", "F03"), (15, 2024): (2, "F03"), (58, 2025): (True, "E04"),
    # cannot be true beside the others: more in a part than in its whole, money for nobody, two models in one commune
    (9, 2021): (901, "A01"), (10, 2022): (951, "A02"), (11, 2023): (1001, "A03"), (27, 2024): (8, "A18"),
    (37, 2022): (3, "A29"), (34, 2021): (6, "A25"), (40, 2024): (13, "A43"), (43, 2023): (0, "A48"),
    (50, 2023): (4, "A52"),
}  # fmt: skip
"""Row and year → what the unit wrote, and the rule that must be told there."""


def consolidated(folder: Path, planted: dict[tuple[int, int], tuple[object, str]]) -> tuple[Campaign, Consolidation]:
    campaign = new_campaign(folder / "dong-nai", "Đồng Nai")
    cells = {(row, 2021 + place): value for row, values in CLEAN.items() for place, value in enumerate(values)}
    cells |= {key: value for key, (value, _) in planted.items()}
    path = write_annex(campaign.inbox / "bieu.xlsx", FORM, UNIT, cells)
    book = openpyxl.load_workbook(path)
    book.active["I3"], book.active["I52"] = "Ghi chú", "Câu lạc bộ, nhóm tự lực"
    book.save(path)
    return campaign, consolidate(read_returns(campaign))


def test_a_clean_return_has_no_finding_that_asks_for_anything(tmp_path: Path) -> None:
    _, result = consolidated(tmp_path, {})

    asking = result.findings[result.findings["severity"].ne("info") & result.findings["unit"].eq(UNIT)]
    assert asking[["rule", "row", "year", "message"]].to_numpy().tolist() == []


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Campaign, Consolidation]:
    return consolidated(tmp_path_factory.mktemp("planted"), PLANTED)


def test_all_twenty_are_found_at_their_cells(planted: tuple[Campaign, Consolidation]) -> None:
    campaign, result = planted
    sheet = openpyxl.load_workbook(campaign.inbox / "bieu.xlsx").active
    told = result.findings[result.findings["unit"].eq(UNIT)]

    assert len(PLANTED) == 20
    for (row, year), (written, rule) in PLANTED.items():
        cells = told.loc[told["rule"].eq(rule) & told["year"].eq(year), "cell"]
        lines = {sheet[cell].row - 3 for cell in cells}
        assert lines & {row, *ROWS_OF[rule]}, (rule, row, year)
        assert written == sheet.cell(row + 3, year - 2018).value


def test_nothing_else_is_called_an_error(planted: tuple[Campaign, Consolidation]) -> None:
    _, result = planted
    errors = result.findings[result.findings["severity"].eq("error") & result.findings["unit"].eq(UNIT)]

    assert {(str(f.rule), int(f.year)) for f in errors.itertuples()} == {
        (rule, year) for (_, year), (_, rule) in PLANTED.items()
    }

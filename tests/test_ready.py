"""Ready to be signed: no error is open, every unit asked has answered, and every block of a form has its unit."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pcmd_consolidate import Campaign, consolidate, new_campaign, open_campaign, read_returns
from pcmd_consolidate.cli import main
from pcmd_consolidate.errors import StrictError
from pcmd_consolidate.forms import load_form
from pcmd_consolidate.register import write_register
from tests.summary.inbox import plain_cells, write_annex

UNITS = """\
unit_id,name,kind,form,section,aliases,deadline
S01,Công an tỉnh,department,IA,II.1|II.2|II.3|II.4|II.5|II.6|II.7|II.8,,
S10,Hội Liên hiệp Phụ nữ tỉnh,department,IA,II.10|II.11,,
"""
ALL_BLOCKS = UNITS.replace("II.10|", "II.9|II.10|")
LACKS_A_BLOCK = (
    "Phụ lục IA: chưa có đơn vị phụ trách khối II.9 trong units.csv; các khối này để trống. "
    "Đề nghị bổ sung đơn vị vào units.csv, hoặc chấp nhận trong sổ quyết định, ghi rõ lý do."
)


def round_of(folder: Path, units: str, *, answered: tuple[str, ...]) -> Campaign:
    new_campaign(folder, "Đồng Nai")
    (folder / "units.csv").write_text(units, encoding="utf-8")
    settings = folder / "campaign.toml"
    settings.write_text(settings.read_text("utf-8").replace('["IA", "IIA"]', '["IA"]'), encoding="utf-8")
    campaign = open_campaign(folder)
    form = load_form("IA")
    nothing = {place: "Không" if isinstance(typed, str) else 0 for place, typed in plain_cells(form, 1).items()}
    for number, unit in enumerate(answered):
        own = next(one for one in campaign.registry if one.name == unit)
        asked = {row.number for row in form.indicators_of(own.sections)}
        cells = {place: typed for place, typed in nothing.items() if place[0] in asked}
        write_annex(campaign.inbox / f"{number}.xlsx", form, unit, cells)
    return campaign


def strict(campaign: Campaign) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(["consolidate", str(campaign.folder), "--strict"])
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


BOTH = ("Công an tỉnh", "Hội Liên hiệp Phụ nữ tỉnh")


def test_without_any_return_the_round_is_not_ready(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    campaign = round_of(tmp_path / "dong-nai", ALL_BLOCKS, answered=())

    assert (strict(campaign), capsys.readouterr().err) == (3, "Chưa thể trình ký: còn 2 đơn vị chưa nộp Phụ lục IA.\n")
    assert (strict(campaign), capsys.readouterr().err) == (3, "Chưa thể trình ký: còn 2 đơn vị chưa nộp Phụ lục IA.\n")


def test_what_is_lacking_can_be_asked_for(tmp_path: Path) -> None:
    result = consolidate(read_returns(round_of(tmp_path / "dong-nai", UNITS, answered=BOTH[:1])))

    assert result.lacking == ("1 lỗi chưa giải quyết", "1 đơn vị chưa nộp Phụ lục IA")
    with pytest.raises(StrictError) as caught:
        result.raise_unless_ready()
    assert (caught.value.errors, caught.value.lacking) == (1, result.lacking)


def test_a_complete_round_is_ready(tmp_path: Path) -> None:
    campaign = round_of(tmp_path / "dong-nai", ALL_BLOCKS, answered=BOTH)
    result = consolidate(read_returns(campaign))

    assert result.lacking == ()
    assert result.raise_unless_ready() is result
    assert strict(campaign) == 0


def test_a_block_that_nobody_is_asked_to_fill_is_said_where_it_is_empty(tmp_path: Path) -> None:
    campaign = round_of(tmp_path / "dong-nai", UNITS, answered=BOTH)
    result = consolidate(read_returns(campaign))
    book = openpyxl.load_workbook(result.to_excel(tmp_path / "tong-hop.xlsx"))
    red = {
        cell.value: cell.font.color.rgb
        for page in (book["Phụ lục IA"], book["Tổng quan"])
        for line in page.iter_rows(max_row=20)
        for cell in line
        if "II.9" in str(cell.value) and cell.font.color is not None
    }
    largest = [cell.value for line in book["Tổng quan"].iter_rows() for cell in line if cell.value == LACKS_A_BLOCK]

    assert result.errors == 1
    assert red == {
        "(Khối II.9 để trống: không có đơn vị nào trong units.csv được giao các khối này)": "FFC00000",
        "Phụ lục IA chưa đủ: chưa có đơn vị nào trong units.csv phụ trách khối II.9.": "FFC00000",
    }
    assert largest == [LACKS_A_BLOCK]
    assert strict(campaign) == 3


def test_a_block_that_nobody_is_asked_to_fill_can_be_accepted(tmp_path: Path) -> None:
    campaign = round_of(tmp_path / "dong-nai", UNITS, answered=BOTH)
    path = write_register(consolidate(read_returns(campaign)))
    book = openpyxl.load_workbook(path)
    page = book["Quyết định"]
    line = next(n for n in range(6, page.max_row + 1) if page.cell(n, 12).value == "B61")
    for column, typed in ((1, "Chấp nhận"), (3, "Liên đoàn Lao động không tham gia"), (4, "A")):
        page.cell(line, column).value = typed
    book.save(path)

    assert strict(campaign) == 0
    shown = openpyxl.load_workbook(campaign.folder / "ket-qua" / "tong-hop-pcmd.xlsx")["Phụ lục IA"]
    assert any("Khối II.9 để trống" in str(cell.value) for line in shown.iter_rows(max_row=12) for cell in line)

"""Who is late: a unit is judged by its first return that could be read, not by what it corrected on request."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pcmd_consolidate import Campaign, consolidate, read_returns
from pcmd_consolidate.cli import main
from pcmd_consolidate.forms import load_form
from tests.summary.inbox import plain_cells, small_campaign, write_annex

FORM = load_form("IIA")
UNIT = "Xã Lộc Thành"
CORRECTED = "nộp lần đầu ngày 20/08/2025, sửa lại ngày 10/09/2025"


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    """Deadline of the communes: 30/8/2025."""
    return small_campaign(tmp_path / "dong-nai")


def send(campaign: Campaign, day: str, *, first: object = 1, filled: bool = True) -> None:
    (campaign.inbox / day).mkdir()
    cells = plain_cells(FORM, 1) | {(2, 2021): first} if filled else {}
    write_annex(campaign.inbox / day / "bieu.xlsx", FORM, UNIT, cells)


def standing(campaign: Campaign) -> tuple[str, str, str]:
    """Status of the unit, the file that counts, and what is said of it."""
    lines = read_returns(campaign).submissions.query("unit_id == 'X01' and status in ['on_time', 'late', 'missing']")
    (line,) = lines.itertuples()
    return line.status, line.file, line.reason


def test_a_correction_after_the_deadline_does_not_make_a_unit_late(
    campaign: Campaign, capsys: pytest.CaptureFixture[str]
) -> None:
    send(campaign, "2025-08-20")
    send(campaign, "2025-09-10", first=7)

    status, file, reason = standing(campaign)
    assert (status, file) == ("on_time", "2025-09-10/bieu.xlsx")
    assert reason.endswith(CORRECTED)
    with pytest.raises(SystemExit):
        main(["status", str(campaign.folder), "--letter"])
    assert "Phụ lục IIA: 1/4 đơn vị đã nộp. Còn" in capsys.readouterr().out


def test_an_empty_form_in_time_is_no_return(campaign: Campaign) -> None:
    send(campaign, "2025-08-20", filled=False)
    send(campaign, "2025-09-10")

    assert standing(campaign) == ("late", "2025-09-10/bieu.xlsx", "")


def test_days_are_counted_to_the_first_return(campaign: Campaign, tmp_path: Path) -> None:
    send(campaign, "2025-09-03")
    send(campaign, "2025-09-10", first=7)
    result = consolidate(read_returns(campaign))
    page = openpyxl.load_workbook(result.to_excel(tmp_path / "x.xlsx"))["Tiến độ nộp"]

    (line,) = [[cell.value for cell in row] for row in page.iter_rows() if row[4].value == "Nộp muộn"]
    assert (line[2], line[7]) == (UNIT, 4)
    assert str(line[12]).endswith("nộp lần đầu ngày 03/09/2025, sửa lại ngày 10/09/2025")


def test_the_same_file_sent_again_is_no_correction(campaign: Campaign) -> None:
    send(campaign, "2025-08-20")
    send(campaign, "2025-09-10")

    assert standing(campaign) == ("on_time", "2025-08-20/bieu.xlsx", "")

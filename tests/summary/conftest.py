from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from pcmd_consolidate import Consolidation, consolidate, read_returns
from pcmd_consolidate.summary import write_summary
from tests.summary.inbox import fill_inbox, small_campaign


@pytest.fixture(scope="package")
def consolidation(tmp_path_factory: pytest.TempPathFactory) -> Consolidation:
    campaign = small_campaign(tmp_path_factory.mktemp("dong-nai"))
    fill_inbox(campaign)
    return consolidate(read_returns(campaign))


@pytest.fixture(scope="package")
def path(consolidation: Consolidation) -> Path:
    return write_summary(consolidation, consolidation.campaign.folder / "ket-qua" / "tong-hop-pcmd.xlsx")


@pytest.fixture(scope="package")
def written(path: Path) -> Workbook:
    """The workbook with its formulas."""
    return openpyxl.load_workbook(path)


@pytest.fixture(scope="package")
def shown(path: Path) -> Workbook:
    """The workbook with the stored results of its formulas."""
    return openpyxl.load_workbook(path, data_only=True)

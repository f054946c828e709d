"""A campaign for checks that need no files."""

from __future__ import annotations

import pytest

from pcmd_consolidate import Campaign, new_campaign


@pytest.fixture(scope="package")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    return new_campaign(tmp_path_factory.mktemp("round") / "dong-nai", "Đồng Nai")

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from pcmd_consolidate import Campaign, new_campaign, write_handout
from pcmd_consolidate.forms import Form, Headers, OverYears, PartialYear, Row, RowKind, ValueType, load_form
from pcmd_consolidate.units import Unit


@pytest.fixture(scope="session", params=["IA", "IIA"])
def form(request: pytest.FixtureRequest) -> Form:
    return load_form(request.param)


@pytest.fixture(scope="session")
def police() -> Unit:
    return Unit("S01", "Công an tỉnh", "department", "IA", ("II.1",))


@pytest.fixture(scope="session")
def commune() -> Unit:
    return Unit("X25280", "Xã Lộc Thạnh", "commune", "IIA")


@pytest.fixture(scope="session")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    return new_campaign(tmp_path_factory.mktemp("dong-nai"), "Đồng Nai")


@pytest.fixture(scope="session")
def handed_out(campaign: Campaign) -> tuple[Path, ...]:
    return write_handout(campaign)


@pytest.fixture(scope="session")
def one_year() -> Form:
    """A form of another programme: one year, three lines, one of each type."""
    flow = Row(2, "1", RowKind.INDICATOR, "Chỉ tiêu count", "+", "Lượt", parent=1)
    flow = replace(flow, value_type=ValueType.COUNT, over_years=OverYears.SUM)
    stock = replace(flow, number=3, label="Chỉ tiêu money", value_type=ValueType.MONEY)
    stock = replace(stock, over_years=OverYears.LAST)
    answer = replace(stock, number=4, label="Chỉ tiêu yes_no", value_type=ValueType.YES_NO)
    return Form(
        id="M",
        version="2026.1",
        name="Mẫu 01/BC",
        title=("BÁO CÁO",),
        attached_to="",
        respondent="commune",
        source="",
        years=(2026,),
        partial=PartialYear(2026, dt.date(2026, 9, 30), "9 tháng đầu năm"),
        headers=Headers("Nội dung", "Đơn vị tính", "Kết quả thực hiện năm 2026", "Tổng cộng"),
        rows=(Row(1, "1", RowKind.HEADING, "=1. Kết quả"), flow, stock, answer),
        rules=(),
    )


@pytest.fixture(scope="session")
def ten_years(one_year: Form) -> Form:
    return replace(one_year, years=tuple(range(2017, 2027)), partial=None)

"""How results show themselves in a notebook."""

from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

import pcmd_consolidate as pcmd

HALF_YEAR = Path(__file__).parent / "data" / "bao-cao-6-thang.toml"


class Reader(HTMLParser):
    """What a person reads on a page; every tag must be closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append(" ".join(data.split()))


@pytest.fixture
def campaign(tmp_path: Path) -> pcmd.Campaign:
    settings = {
        "title": "Đợt <thử>", "province": "Huế & Đà Nẵng", "forms": [str(HALF_YEAR)], "years": [2023],
        "cut_off": dt.date(2023, 6, 30),
    }  # fmt: skip
    units = [{"unit_id": "X1", "name": "Xã A"}, {"unit_id": "X2", "name": "Xã B"}]
    folder = tmp_path / "dot"
    (folder / "inbox").mkdir(parents=True)
    frame = pd.DataFrame(units).assign(kind="commune", form="6T")
    return pcmd.campaign_from_frames(settings, frame, folder)


def test_a_campaign(campaign: pcmd.Campaign) -> None:
    assert Reader(campaign._repr_html_()).words == [
        "Đợt <thử> – Huế & Đà Nẵng",
        "Biểu 6 tháng: 7 chỉ tiêu, 2 đơn vị",
        "Số liệu các năm 2023, tính đến hết ngày 30/06/2023",
    ]


def test_returns_and_a_consolidation(campaign: pcmd.Campaign) -> None:
    (campaign.inbox / "<ảnh>.jpg").write_bytes(b"\xff\xd8\xff\xe0 khong phai bieu")
    returns = pcmd.read_returns(campaign)
    seen = [
        "Đợt <thử> – Huế & Đà Nẵng",
        "Biểu", "Số đơn vị", "Đã nộp", "Quá hạn", "Chưa nộp",
        "6T", "2", "0", "0", "2",
        "Chưa dùng được 1 tệp: <ảnh>.jpg",
    ]  # fmt: skip

    assert Reader(returns._repr_html_()).words == seen
    counts = ["Phát hiện: Lỗi:", "0", "· Cần giải trình:", "0", "· Cảnh báo:", "1", "· Thông tin:", "0"]
    assert Reader(pcmd.consolidate(returns)._repr_html_()).words == [*seen, *counts]


def test_in_one_line(campaign: pcmd.Campaign) -> None:
    returns = pcmd.read_returns(campaign)

    assert repr(campaign) == "<Campaign «Đợt <thử> – Huế & Đà Nẵng»: 2 đơn vị>"
    assert repr(returns) == "<Returns: 6T 0/2>"
    assert repr(pcmd.consolidate(returns)) == (
        "<Consolidation: 6T 0/2; Lỗi 0, Cần giải trình 0, Cảnh báo 0, Thông tin 0>"
    )

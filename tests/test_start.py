from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from importlib import resources
from pathlib import Path

import pytest
from vietnam_provinces import Province

from pcmd_consolidate.campaign import Campaign, open_campaign
from pcmd_consolidate.errors import CampaignError, PcmdError
from pcmd_consolidate.start import new_campaign

with (Path(__file__).parent / "data" / "dongnai_95.csv").open(encoding="utf-8", newline="") as lines:
    DONG_NAI = [(f"X{line['code']}", line["name"]) for line in csv.DictReader(lines)]

DEPARTMENTS = [
    ("S01", "Công an tỉnh", "II.1"),
    ("S02", "Bộ Chỉ huy Quân sự tỉnh", "II.2"),
    ("S03", "Sở Văn hóa, Thể thao", "II.3"),
    ("S04", "Sở Giáo dục và Đào tạo", "II.4"),
    ("S05", "Sở Tư pháp", "II.5"),
    ("S06", "Sở Tài chính", "II.6"),
    ("S07", "Viện kiểm sát nhân dân tỉnh", "II.7"),
    ("S08", "Tòa án nhân dân tỉnh", "II.8"),
    ("S09", "Liên đoàn Lao động tỉnh", "II.9"),
    ("S10", "Hội Liên hiệp phụ nữ tỉnh", "II.10"),
    ("S11", "Trung tâm kiểm soát bệnh tật tỉnh, Sở Y tế", "II.11"),
]


@pytest.fixture
def dong_nai(tmp_path: Path) -> Campaign:
    return new_campaign(tmp_path / "dong-nai", "Đồng Nai")


def test_the_communes_of_dong_nai(dong_nai: Campaign) -> None:
    units = dong_nai.registry.of_form("IIA")

    assert len(DONG_NAI) == 95
    assert [(unit.unit_id, unit.name) for unit in units] == DONG_NAI
    assert {(unit.kind, unit.sections) for unit in units} == {("commune", ())}


def test_the_former_communes_of_dong_nai(dong_nai: Campaign) -> None:
    formed = {unit.unit_id: unit.predecessors for unit in dong_nai.registry.of_form("IIA")}
    names = [(unit_id, name) for unit_id, former in formed.items() for name in former]

    assert formed["X25270"] == ("Thị trấn Lộc Ninh", "Xã Lộc Thuận", "Xã Lộc Thái")
    assert formed["X26017"] == ("Phường Tân Hiệp", "Phường Tân Mai", "Phường Tam Hiệp", "Phường Bình Đa")
    assert formed["X25225"] == ("Xã Đak Ơ",)
    assert Counter(map(len, formed.values())) == {1: 7, 2: 31, 3: 34, 4: 17, 5: 4, 6: 2}
    assert len(names) == 271  # 270 communes, one of which was divided
    divided = [(unit_id, name) for unit_id, name in names if "(" in name]
    assert divided == [("X26359", "Xã Xuân Tâm (một phần)"), ("X26446", "Xã Xuân Tâm (một phần)")]
    assert {name.split()[0] for _, name in names} == {"Xã", "Phường", "Thị"}
    assert [unit.predecessors for unit in dong_nai.registry.of_form("IA")] == [()] * 11


def test_former_communes_stand_beside_the_name_of_their_commune() -> None:
    known = resources.files("pcmd_consolidate").joinpath("predecessors.csv").read_text(encoding="utf-8")

    assert [(f"X{line['code']}", line["name"]) for line in csv.DictReader(known.splitlines())] == DONG_NAI


def test_the_departments_of_dong_nai(dong_nai: Campaign) -> None:
    units = dong_nai.registry.of_form("IA")

    assert [(i, name, (section,)) for i, name, section in DEPARTMENTS] == [
        (unit.unit_id, unit.name, unit.sections) for unit in units
    ]
    assert {unit.kind for unit in units} == {"department"}
    assert len(dong_nai.registry) == 95 + 11


def test_the_settings_of_a_new_campaign(dong_nai: Campaign) -> None:
    assert dong_nai.province == "Đồng Nai"
    assert [form.id for form in dong_nai.forms] == ["IA", "IIA"]
    assert dong_nai.years == (2021, 2022, 2023, 2024, 2025)
    assert (dong_nai.cut_off, dong_nai.stock_total) == (dt.date(2025, 6, 30), "last")
    assert dict(dong_nai.deadlines) == {"commune": dt.date(2025, 8, 30), "department": dt.date(2025, 8, 30)}
    assert [form.year_label(2025) for form in dong_nai.forms] == ["Năm 2025 (6 tháng đầu năm)"] * 2


def test_a_new_campaign_is_on_disk_and_opens_again(dong_nai: Campaign) -> None:
    by_hand = {path.name for path in dong_nai.folder.iterdir() if path.suffix != ".bat"}
    assert by_hand == {"campaign.toml", "units.csv", "inbox"}
    assert list(dong_nai.inbox.iterdir()) == []
    again = open_campaign(dong_nai.folder)
    assert list(dong_nai.registry) == list(again.registry)
    assert dong_nai.title == again.title


def test_units_open_in_excel(dong_nai: Campaign) -> None:
    content = (dong_nai.folder / "units.csv").read_bytes()

    assert content.startswith(b"\xef\xbb\xbfunit_id,name,kind,form,section,aliases,deadline,predecessors\r\n")
    assert content.count(b"\r\n") == content.count(b"\n") == 1 + 11 + 95


@pytest.mark.parametrize("province", [province.name for province in Province.iter_all()])
def test_every_province_has_a_campaign(province: str, tmp_path: Path) -> None:
    campaign = new_campaign(tmp_path, province)
    communes = campaign.registry.of_form("IIA")

    assert province.removeprefix("Thành phố ") == campaign.province
    assert len(campaign.registry) == len(communes) + 11
    assert 30 <= len(communes) <= 168  # Lai Châu has the fewest, Thành phố Hồ Chí Minh the most
    assert len({unit.unit_id for unit in communes}) == len(communes)
    assert {unit.name.split(" ")[0] for unit in communes} <= {"Xã", "Phường", "Đặc"}


def test_there_are_34_provinces_and_3321_communes(tmp_path: Path) -> None:
    provinces = [province.name for province in Province.iter_all()]
    campaigns = [new_campaign(tmp_path / name, name) for name in provinces]
    ids = [unit.unit_id for campaign in campaigns for unit in campaign.registry.of_form("IIA")]

    assert len(provinces) == 34
    assert (len(ids), len(set(ids))) == (3321, 3321)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Đồng Nai", "Đồng Nai"),
        ("tỉnh Đồng Nai", "Đồng Nai"),
        ("ĐỒNG NAI", "Đồng Nai"),
        ("dong nai", "Đồng Nai"),
        ("  đồng   nai ", "Đồng Nai"),
        ("Huế", "Huế"),
        ("thanh pho hue", "Huế"),
        ("TP Hồ Chí Minh", "Hồ Chí Minh"),
        ("TP. Hồ Chí Minh", "Hồ Chí Minh"),
        ("Thành phố Hồ Chí Minh", "Hồ Chí Minh"),
        ("ho chi minh", "Hồ Chí Minh"),
        ("Khánh Hoà", "Khánh Hòa"),
        ("Đà Nẵng", "Đà Nẵng"),
        ("tinh dak lak", "Đắk Lắk"),
    ],
)
def test_provinces_as_they_are_written(written: str, expected: str, tmp_path: Path) -> None:
    assert expected == new_campaign(tmp_path, written).province


@pytest.mark.parametrize("written", ["Bình Phước", "Đồng", "Nai Đồng", "tỉnh", "", "Đồng Nai 2"])
def test_an_unknown_province_is_told_the_names(written: str, tmp_path: Path) -> None:
    with pytest.raises(PcmdError) as caught:
        new_campaign(tmp_path / "moi", written)

    names = {province.name.removeprefix("Thành phố ") for province in Province.iter_all()}
    assert [name for name in names if name not in str(caught.value)] == []
    assert f"«{written}»" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_campaign_is_not_overwritten(dong_nai: Campaign) -> None:
    before = {path.name: path.read_bytes() for path in dong_nai.folder.iterdir() if path.is_file()}

    with pytest.raises(CampaignError) as caught:
        new_campaign(dong_nai.folder, "Huế")

    assert caught.value.path == dong_nai.folder / "campaign.toml"
    assert before == {path.name: path.read_bytes() for path in dong_nai.folder.iterdir() if path.is_file()}


def test_a_file_is_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("giữ nguyên")

    with pytest.raises(CampaignError) as caught:
        new_campaign(tmp_path / "tep", "Huế")

    assert caught.value.path == tmp_path / "tep"
    assert (tmp_path / "tep").read_text() == "giữ nguyên"


def test_an_empty_folder_and_folders_above_may_be_missing(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()

    assert new_campaign(tmp_path, "Huế").folder == tmp_path
    assert new_campaign(tmp_path / "a" / "b", "Huế").inbox.is_dir()

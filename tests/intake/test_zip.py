"""Archives of returns: every member is read as a file of its own, under the same limits, and nothing is unpacked."""

from __future__ import annotations

import datetime as dt
import io
import os
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from pcmd_consolidate import Campaign, new_campaign, read_returns
from pcmd_consolidate.intake import archive
from pcmd_consolidate.intake.archive import harmless
from pcmd_consolidate.intake.guard import open_file
from pcmd_consolidate.intake.inbox import find_files
from pcmd_consolidate.intake.read import read_file
from pcmd_consolidate.limits import Limits, limited
from tests.strangers.annexes import SHAPES


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    return new_campaign(tmp_path_factory.mktemp("dong-nai"), "Đồng Nai")


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """Returns of two communes."""
    folder = tmp_path_factory.mktemp("returns")
    return (SHAPES["letterhead"](folder).path.read_bytes(), SHAPES["after_the_notes"](folder).path.read_bytes())


def zipped(path: Path, members: Iterable[tuple[str | zipfile.ZipInfo, bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            made.writestr(name, content)
    return path


def rules(inbox: Path, campaign: Campaign) -> list[tuple[str, str]]:
    """Name and rule of every finding on the files as a whole."""
    files = [read_file(item, campaign.forms, campaign.registry) for item in find_files(inbox)]
    return [(file.item.name, f.rule) for file in files for f in file.findings]


def test_members_are_read_like_files(campaign: Campaign, workbooks: tuple[bytes, bytes], tmp_path: Path) -> None:
    inbox, apart = tmp_path / "inbox", tmp_path / "apart"
    (inbox / "2025-08-27").mkdir(parents=True)
    apart.mkdir()
    zipped(inbox / "2025-08-27" / "thu.zip", [("a.xlsx", workbooks[0]), ("cấp xã/b.xlsx", workbooks[1])])
    for name, content in zip("ab", workbooks, strict=True):
        (apart / f"{name}.xlsx").write_bytes(content)

    together, expected = read_returns(campaign, inbox), read_returns(campaign, apart)

    answered = together.submissions[together.submissions["status"] != "missing"]
    assert answered["file"].tolist() == ["2025-08-27/thu.zip/a.xlsx", "2025-08-27/thu.zip/cấp xã/b.xlsx"]
    assert set(answered["received_at"].dt.date) == {dt.date(2025, 8, 27)}
    assert together.values.drop(columns="file").equals(expected.values.drop(columns="file"))
    assert sorted(path.name for path in inbox.rglob("*")) == ["2025-08-27", "thu.zip"]


def test_members_came_when_their_archive_came(tmp_path: Path) -> None:
    old = zipfile.ZipInfo("a.xlsx", (2001, 2, 3, 4, 5, 6))
    path = zipped(tmp_path / "thu.zip", [(old, b"x")])
    os.utime(path, (1_756_000_000, 1_756_000_000))

    (item,) = find_files(tmp_path)

    assert item.received_at == dt.datetime.fromtimestamp(1_756_000_000)
    assert (item.path, item.name, item.member) == (path, "thu.zip/a.xlsx", 0)


def test_workers_read_members_too(campaign: Campaign, workbooks: tuple[bytes, bytes], tmp_path: Path) -> None:
    zipped(tmp_path / "thu.zip", [("a.xlsx", workbooks[0]), ("b.xlsx", workbooks[1])])

    returns = read_returns(campaign, tmp_path, jobs=2)

    assert returns.values["unit"].nunique() == 2


def test_what_systems_leave_behind_is_passed_over(tmp_path: Path) -> None:
    left = ["__MACOSX/._a.xlsx", ".DS_Store", "a/Thumbs.db", "~$a.xlsx", "a/", "a.xlsx"]
    zipped(tmp_path / "thu.zip", [(name, b"x") for name in left])

    assert [item.name for item in find_files(tmp_path)] == ["thu.zip/a.xlsx"]


def test_a_workbook_is_no_archive_whatever_its_name(workbooks: tuple[bytes, bytes], tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(workbooks[0])
    (tmp_path / "b.xlsx").write_bytes(workbooks[0])
    zipped(tmp_path / "c.xlsx", [("a.xlsx", workbooks[0])])

    assert [item.name for item in find_files(tmp_path)] == ["a.zip", "b.xlsx", "c.xlsx/a.xlsx"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/a.xlsx", "a.xlsx"),
        ("C:\\thu\\a.xlsx", "thu/a.xlsx"),
        ("..\\..\\a.xlsx", "a.xlsx"),
        ("a/./..//b.xlsx", "a/b.xlsx"),
        ("a\x00b\n\x1b[31m.xlsx", "ab[31m.xlsx"),
        ("Lo\u0323\u0302c Thành.xlsx", "Lộc Thành.xlsx"),
        ("...", ""),
        ("a b.xlsx", "a b.xlsx"),
    ],
)
def test_names_are_made_harmless(name: str, shown: str) -> None:
    assert harmless(name) == shown


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Lộc Thành.xlsx".encode(), "Lộc Thành.xlsx"),
        ("Lô\u0323c Tha\u0300nh.xlsx".encode("cp1258"), "Lộc Thành.xlsx"),
        (b"Loc Thanh.xlsx", "Loc Thanh.xlsx"),
    ],
)
def test_names_that_are_not_marked_as_unicode(raw: bytes, shown: str, tmp_path: Path) -> None:
    path = zipped(tmp_path / "thu.zip", [("x" * len(raw), b"x")])
    path.write_bytes(path.read_bytes().replace(b"x" * len(raw), raw))

    assert [item.name for item in find_files(tmp_path)] == [f"thu.zip/{shown}"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_are_told_apart(tmp_path: Path) -> None:
    zipped(tmp_path / "thu.zip", [("a.csv", b"1;2"), ("a.csv", b"3;4"), ("../a.csv", b"5;6")])

    items = find_files(tmp_path)

    assert [(item.name, item.member) for item in items] == [
        ("thu.zip/a (2).csv", 1), ("thu.zip/a (3).csv", 2), ("thu.zip/a.csv", 0),
    ]  # fmt: skip
    assert [open_file(item.path, item.member).content for item in items] == [b"3;4", b"5;6", b"1;2"]


def test_members_that_are_no_returns_are_findings(campaign: Campaign, tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as made:
        made.writestr("bieu.xlsx", b"x")
    members = [("a.pdf", b"%PDF-1.7"), ("b.zip", inner.getvalue()), ("c.xlsx", b""), ("d.heic", bytes(99))]
    zipped(tmp_path / "thu.zip", members)

    assert rules(tmp_path, campaign) == [
        ("thu.zip/a.pdf", "H01"), ("thu.zip/b.zip", "H14"), ("thu.zip/c.xlsx", "H02"), ("thu.zip/d.heic", "H01"),
    ]  # fmt: skip
    *_, picture = (read_file(item, campaign.forms, campaign.registry) for item in find_files(tmp_path))
    assert "tệp ảnh" in picture.findings[0].message


def test_members_with_a_password(campaign: Campaign, tmp_path: Path) -> None:
    path = zipped(tmp_path / "thu.zip", [("a.xlsx", b"x" * 100)])
    data = bytearray(path.read_bytes())
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(header) + flags] |= 1
    path.write_bytes(bytes(data))

    assert rules(tmp_path, campaign) == [("thu.zip/a.xlsx", "H03")]


def test_a_member_that_is_damaged(campaign: Campaign, tmp_path: Path) -> None:
    path = zipped(tmp_path / "thu.zip", [("a.xlsx", bytes(range(256)) * 9)])
    data = bytearray(path.read_bytes())
    data[60:80] = bytes(20)
    path.write_bytes(bytes(data))

    assert rules(tmp_path, campaign) == [("thu.zip/a.xlsx", "H02")]


@pytest.mark.parametrize("count", [archive.MAX_MEMBERS, archive.MAX_MEMBERS + 1])
def test_an_archive_may_hold_so_many_files(count: int, campaign: Campaign, tmp_path: Path) -> None:
    zipped(tmp_path / "thu.zip", [(f"{i}.csv", b"1;2") for i in range(count)])

    items = find_files(tmp_path)

    if count <= archive.MAX_MEMBERS:
        assert len(items) == count
    else:
        assert rules(tmp_path, campaign) == [("thu.zip", "H15")]


def test_an_archive_that_inflates_too_far(campaign: Campaign, tmp_path: Path) -> None:
    zipped(tmp_path / "thu.zip", [("a.csv", b"1;2" * 1000), ("b.csv", b"1;2" * 1000)])
    with limited(Limits(max_inflated=6000)):
        assert len(find_files(tmp_path)) == 2

    with limited(Limits(max_inflated=5999)):
        assert rules(tmp_path, campaign) == [("thu.zip", "H04")]


def test_a_member_larger_than_it_says_is_not_inflated(campaign: Campaign, tmp_path: Path) -> None:
    path = zipped(tmp_path / "thu.zip", [("a.csv", bytes(3_000_000))])
    true = (3_000_000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(true, (10).to_bytes(4, "little")))

    assert rules(tmp_path, campaign) == [("thu.zip/a.csv", "H02")]


def test_an_archive_too_large_for_a_file_is_not_opened(campaign: Campaign, tmp_path: Path) -> None:
    path = zipped(tmp_path / "thu.zip", [("a.csv", b"1;2")])
    with limited(Limits(max_bytes=path.stat().st_size - 1)):
        assert rules(tmp_path, campaign) == [("thu.zip", "H04")]


@pytest.mark.parametrize("members", [[], [("a/", b"")], [(".DS_Store", b"x")]])
def test_an_archive_without_files(members: list[tuple[str, bytes]], campaign: Campaign, tmp_path: Path) -> None:
    zipped(tmp_path / "thu.zip", members)

    assert rules(tmp_path, campaign) == [("thu.zip", "H15")]


def test_an_archive_that_is_broken_off(campaign: Campaign, tmp_path: Path) -> None:
    path = zipped(tmp_path / "thu.zip", [("a.csv", b"1;2")])
    path.write_bytes(path.read_bytes()[:-10])

    assert rules(tmp_path, campaign) == [("thu.zip", "H02")]

"""Names of the files, and writing them whole or not at all."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from pcmd_consolidate import Campaign
from pcmd_consolidate.errors import OutputError
from pcmd_consolidate.forms import Form
from pcmd_consolidate.handout import write_blank
from pcmd_consolidate.handout.names import file_names
from pcmd_consolidate.units import Unit


def named(*pairs: tuple[str, str]) -> tuple[str, ...]:
    return file_names(Unit(unit_id, name, "commune", "IIA") for unit_id, name in pairs)


def test_a_name_is_found_by_a_person() -> None:
    assert named(("X25280", "Xã Lộc Thạnh")) == ("IIA_X25280_Xã Lộc Thạnh.xlsx",)


UNSAFE = ['Xã A/B: "C"', "Xã <A>|B?*", "Xã A\\B.", "Xã A... ", "Xã\tA\nB", "Xã " + "a" * 300]


@pytest.mark.parametrize("name", UNSAFE)
def test_names_are_safe_on_windows(name: str) -> None:
    (made,) = named(("X1", name))

    assert not set(made) & set('<>:"/\\|?*\t\n')
    assert not made.removesuffix(".xlsx").endswith((".", " "))
    assert len(made) <= 120


def test_names_are_composed() -> None:
    (made,) = named(("X1", unicodedata.normalize("NFD", "Xã Lộc Thạnh")))

    assert unicodedata.is_normalized("NFC", made)


def test_no_two_names_are_alike_even_where_capitals_do_not_count() -> None:
    long = "x" * 200
    made = named(("a/1", "Xã A"), ("a:1", "Xã A"), ("A 1", "XÃ A"), ("b", f"{long}1"), ("b", f"{long}2"))

    assert len({name.casefold() for name in made}) == 5


def test_one_workbook_a_unit(campaign: Campaign, handed_out: tuple[Path, ...]) -> None:
    folder = campaign.folder / "phat-hanh"

    assert len(handed_out) == len(campaign.registry) == 106
    assert sorted(handed_out) == sorted(folder.iterdir())
    for unit, path in zip(campaign.registry, handed_out, strict=True):
        assert path.name == f"{unit.form}_{unit.unit_id}_{unit.name}.xlsx"


def test_a_folder_of_ones_own_is_made(one_year: Form, tmp_path: Path) -> None:
    write_blank(one_year, tmp_path / "a" / "b" / "mau.xlsx")

    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["mau.xlsx"]


def test_a_file_in_use_is_left_as_it_was(one_year: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mau.xlsx"
    path.write_bytes(b"old")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(OutputError, match="đang mở trong Excel") as caught:
        write_blank(one_year, path)

    assert caught.value.path == path
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_a_file(one_year: Form, tmp_path: Path) -> None:
    (tmp_path / "mau").write_bytes(b"")

    with pytest.raises(OutputError, match="không ghi được"):
        write_blank(one_year, tmp_path / "mau" / "mau.xlsx")

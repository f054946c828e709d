"""A run after which nothing has changed is not done again; whatever has changed, it is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pcmd_consolidate import open_campaign, outputs
from pcmd_consolidate.cli.commands import app
from pcmd_consolidate.decisions import Decision, Kind
from pcmd_consolidate.errors import OutputError
from pcmd_consolidate.last_run import _made_from
from pcmd_consolidate.outputs import write_outputs
from pcmd_consolidate.readings_cache import open_cache
from tests.hostile import book
from tests.hostile.case import UNIT, form, good
from tests.small import small_campaign

RULES = '[[changes]]\nrule = "A12"\nseverity = "off"\nreason = "không dùng"\n'
UNCHANGED = "Không có gì thay đổi kể từ lần chạy trước"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    campaign = small_campaign(tmp_path / "dot", UNIT)
    (campaign.inbox / "bieu.xlsx").write_bytes(book.packed(good()))
    assert UNCHANGED not in run(campaign.folder)
    return campaign.folder


def run(folder: Path, *more: str) -> str:
    done = CliRunner().invoke(app, ["consolidate", str(folder), "--jobs", "1", *more], catch_exceptions=False)
    return done.output


def append(path: Path, text: str) -> None:
    path.write_bytes(path.read_bytes() + text.encode())


def put_unknown(folder: Path) -> None:
    """A return of which nobody can tell who sent it."""
    (folder / "inbox" / "chua-ro.xlsx").write_bytes(book.packed(book.parts(form(), "XÃ KHÔNG CÓ TÊN")))


def written(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in (folder / "ket-qua").iterdir()}


def test_nothing_changed(folder: Path) -> None:
    before = written(folder)
    assert UNCHANGED in run(folder)
    assert written(folder) == before


def test_done_again_once_asked_for_elsewhere(folder: Path, tmp_path: Path) -> None:
    assert UNCHANGED not in run(folder, "--out", str(tmp_path / "khac"))
    assert (tmp_path / "khac" / "tong-hop-pcmd.xlsx").exists()


def test_not_done_again_after_a_trial(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "thu").mkdir()
    assert UNCHANGED not in run(folder, "--inbox", str(tmp_path / "thu"), "--out", str(tmp_path / "khac"))
    assert UNCHANGED in run(folder)


def figure(folder: Path) -> None:
    sheet = good()[book.SHEET].replace(b"<v>21</v>", b"<v>77</v>")
    (folder / "inbox" / "bieu.xlsx").write_bytes(book.packed(good() | {book.SHEET: sheet}))


def note_of(folder: Path) -> Path:
    return folder / ".pcmd" / "lan-chay-cuoi.json"


def note(text: str) -> Callable[[Path], object]:
    return lambda folder: note_of(folder).write_text(text)


def in_its_place(folder: Path, make: Callable[[Path], object]) -> None:
    note_of(folder).unlink()
    make(note_of(folder))


CHANGES: dict[str, Callable[[Path], object]] = {
    "the plan": lambda folder: append(folder / "campaign.toml", '\n[plan]\nnumber = "258"\n'),
    "a figure": figure,
    "a file more": lambda folder: (folder / "inbox" / "thu.txt").write_text("Kính gửi"),
    "a file less": lambda folder: (folder / "inbox" / "bieu.xlsx").unlink(),
    "a file that is skipped": lambda folder: (folder / "inbox" / "Thumbs.db").write_bytes(b"x"),
    "another name": lambda folder: (folder / "inbox" / "bieu.xlsx").rename(folder / "inbox" / "khac.xlsx"),
    "the title": lambda folder: (folder / "campaign.toml").write_text(
        (folder / "campaign.toml").read_text(encoding="utf-8").replace('title = "', 'title = "Lần 2: '),
        encoding="utf-8",
    ),
    "a unit": lambda folder: append(folder / "units.csv", "X9,Xã Mới,commune,IIA,,,\r\n"),
    "a rule": lambda folder: (folder / "rules.toml").write_text(RULES, encoding="utf-8"),
    "an output gone": lambda folder: (folder / "ket-qua" / "values.csv").unlink(),
    "an output edited": lambda folder: append(folder / "ket-qua" / "findings.csv", "x"),
    "the cache gone": lambda folder: (folder / ".pcmd" / "da-doc.cache").unlink(),
    "the register gone": lambda folder: (folder / "so-quyet-dinh.xlsx").unlink(),
    "the note damaged": note("{"),
    "the note very deep": note("[" * 200_000),
    "the note without end": note('{"made_from": "", "outputs": {}, "lacking": [], "asked": [], "errors": 1e999}'),
    "the note of other kinds": note('{"made_from": [], "outputs": [], "lacking": 5, "asked": 7, "errors": 1}'),
    "a folder for the note": lambda folder: in_its_place(folder, os.mkdir),
    "a pipe for the note": lambda folder: in_its_place(folder, os.mkfifo),
}


@pytest.mark.parametrize("name", CHANGES)
def test_done_again_after(name: str, folder: Path) -> None:
    if "pipe" in name and not hasattr(os, "mkfifo"):
        pytest.skip("no pipes")
    CHANGES[name](folder)
    assert UNCHANGED not in run(folder)
    if name == "a folder for the note":
        note_of(folder).rmdir()
        run(folder)
    assert UNCHANGED in run(folder)


def test_strict_says_again_that_there_are_errors(folder: Path) -> None:
    sheet = good()[book.SHEET].replace(b"<v>21</v>", b"<v>-3</v>")
    (folder / "inbox" / "bieu.xlsx").write_bytes(book.packed(good() | {book.SHEET: sheet}))
    first = CliRunner().invoke(app, ["consolidate", str(folder), "--jobs", "1", "--strict"])
    again = CliRunner().invoke(app, ["consolidate", str(folder), "--jobs", "1", "--strict"])
    assert UNCHANGED in again.output
    assert str(first.exception) == str(again.exception)
    assert "lỗi" in str(again.exception)


def test_done_again_where_a_file_went_while_the_outputs_were_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = folder / "inbox" / "thu.txt"
    more.write_text("Kính gửi")

    def written_while_it_goes(*given: Any) -> tuple[Path, ...]:
        more.unlink()
        return write_outputs(*given)

    monkeypatch.setattr(outputs, "write_outputs", written_while_it_goes)
    assert UNCHANGED not in run(folder)
    monkeypatch.undo()

    assert UNCHANGED not in run(folder)
    assert UNCHANGED in run(folder)


def test_done_again_where_nothing_can_be_noted(folder: Path) -> None:
    (folder / "inbox" / "noi-khac.xlsx").symlink_to(folder / "inbox" / "bieu.xlsx")  # is not read, so has no hash
    note_of(folder).unlink()
    note_of(folder).mkdir()
    assert UNCHANGED not in run(folder)
    shutil.rmtree(folder / ".pcmd")
    (folder / ".pcmd").write_text("")
    assert UNCHANGED not in run(folder)


def test_done_again_without_a_question_that_was_asked(folder: Path) -> None:
    put_unknown(folder)
    run(folder)
    assert UNCHANGED in run(folder)
    (folder / "inbox.csv").unlink()
    assert UNCHANGED not in run(folder)
    assert (folder / "inbox.csv").exists()
    assert UNCHANGED in run(folder)


@pytest.mark.parametrize("module", ["register.write_register", "rulings.add_questions"])
def test_done_again_where_the_officer_could_not_be_asked(
    module: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_unknown(folder)

    def is_open_in_excel(*_: object) -> None:
        raise OutputError(folder, "không ghi được")

    monkeypatch.setattr(f"pcmd_consolidate.{module}", is_open_in_excel)
    assert UNCHANGED not in run(folder)
    monkeypatch.undo()
    assert UNCHANGED not in run(folder)
    assert UNCHANGED in run(folder)


def test_an_empty_file_is_known_again(folder: Path) -> None:
    (folder / "inbox" / "rong.xlsx").touch()
    assert UNCHANGED not in run(folder)
    assert UNCHANGED in run(folder)


@pytest.mark.skipif(os.name == "nt", reason="no such names")
def test_done_again_under_a_name_that_looks_the_same(folder: Path) -> None:
    (folder / "inbox" / "bieu.xlsx").rename(folder / "inbox" / "bi\u200beu.xlsx")
    run(folder)
    assert UNCHANGED in run(folder)
    (folder / "inbox" / "bi\u200beu.xlsx").rename(folder / "inbox" / r"bi\u200beu.xlsx")
    assert UNCHANGED not in run(folder)


def test_done_again_under_a_name_that_is_only_stored_otherwise(folder: Path) -> None:
    """The summary links to the file, whose name a Mac decomposes."""
    (folder / "inbox" / "bieu.xlsx").rename(folder / "inbox" / "bi\u1ec3u.xlsx")
    run(folder)
    assert UNCHANGED in run(folder)
    (folder / "inbox" / "bi\u1ec3u.xlsx").rename(folder / "inbox" / "bie\u0302\u0309u.xlsx")
    assert UNCHANGED not in run(folder)


def decision(rule: str, value: object) -> Decision:
    return Decision(3, Kind.REPLACE, value, "đơn vị báo lại", "Trần B", "X25195", "IIA", rule, 5, 2023, "Sai", "12")


def test_the_order_of_decisions_matters_where_they_are_about_one_finding(folder: Path) -> None:
    campaign = open_campaign(folder)

    def made_from(*decisions: Decision) -> str:
        return _made_from(replace(campaign, decisions=decisions), open_cache(campaign), [])

    assert made_from(decision("A1", 3), decision("A1", 4)) != made_from(decision("A1", 4), decision("A1", 3))
    assert made_from(decision("A1", 3), decision("A2", 4)) == made_from(decision("A2", 4), decision("A1", 3))

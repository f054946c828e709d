"""A run after which nothing has changed is not done again; whatever has changed, it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pcmd_consolidate import outputs
from pcmd_consolidate.cli.commands import app
from pcmd_consolidate.outputs import write_outputs
from tests.hostile import book
from tests.hostile.case import UNIT, good
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
    "the note damaged": lambda folder: (folder / ".pcmd" / "lan-chay-cuoi.json").write_text("{"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_done_again_after(name: str, folder: Path) -> None:
    CHANGES[name](folder)
    assert UNCHANGED not in run(folder)
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

"""A file that has not changed is not read again; whatever is wrong with the cache, figures are the same."""

from __future__ import annotations

import functools
import hashlib
import os
import pickle
import time
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import pcmd_consolidate
from pcmd_consolidate import Campaign, cache_file, consolidate, open_campaign, read_returns, readings_cache, stamps
from pcmd_consolidate.csv_tables import csv_text
from pcmd_consolidate.errors import CampaignError
from pcmd_consolidate.intake.inbox import find_all
from pcmd_consolidate.read_inbox import look_into
from pcmd_consolidate.readings_cache import CACHE_FILE, open_cache
from pcmd_consolidate.workers import InProcessExecutor
from tests.hostile import book
from tests.hostile.case import UNIT, good
from tests.small import small_campaign

LONG_AGO = 1_700_000_000


def put(campaign: Campaign, name: str, figure: int = 21) -> Path:
    """A good return of made-up figures, of a size and time that do not depend on the figure."""
    sheet = good()[book.SHEET].replace(b"<v>21</v>", f"<v>{figure}</v>".encode())
    path = campaign.inbox / name
    path.write_bytes(book.packed(good() | {book.SHEET: sheet}, zipfile.ZIP_STORED))
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


@pytest.fixture
def campaign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Campaign:
    made = small_campaign(tmp_path / "dot", UNIT)
    for number, name in enumerate(("a.xlsx", "b.xlsx", "c.xlsx")):
        put(made, name, 21 + number)
    with zipfile.ZipFile(made.inbox / "d.zip", "w") as archive:
        archive.writestr("e.xlsx", (made.inbox / "a.xlsx").read_bytes())
    (made.inbox / "hỏng.xlsx").write_bytes(b"PK\x03\x04 nothing")
    monkeypatch.setattr(stamps, "SETTLED_NS", 0)  # as if the files had been there for a while
    time.sleep(0.02)
    return made


def run(campaign: Campaign) -> tuple[set[str], str]:
    """Read with the cache: which files were read anew, and everything that came of it."""
    read: set[str] = set()

    class Watching(InProcessExecutor):
        def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
            read.add(args[0].name)
            return super().submit(fn, *args, **kwargs)

    campaign = open_campaign(campaign.folder)
    returns = read_returns(campaign, executor=Watching(), cache=open_cache(campaign))
    result = consolidate(returns)
    return read, "".join(map(csv_text, (result.values, result.findings, result.submissions)))


def append(path: Path, text: str) -> None:
    path.write_bytes(path.read_bytes() + text.encode())


def fresh(campaign: Campaign) -> str:
    result = consolidate(read_returns(open_campaign(campaign.folder), executor=InProcessExecutor()))
    return "".join(map(csv_text, (result.values, result.findings, result.submissions)))


ALL = {"a.xlsx", "b.xlsx", "c.xlsx", "d.zip/e.xlsx", "hỏng.xlsx"}


def test_nothing_is_read_twice(campaign: Campaign) -> None:
    first, told = run(campaign)
    assert first == ALL
    assert run(campaign) == (set(), told)
    assert told == fresh(campaign)


def test_a_file_that_changed_is_read(campaign: Campaign) -> None:
    run(campaign)
    put(campaign, "b.xlsx", 55)  # of the same size and time
    again, told = run(campaign)
    assert again == {"b.xlsx"}
    assert told == fresh(campaign)


def test_a_file_that_only_was_touched_is_not_read(campaign: Campaign) -> None:
    run(campaign)
    os.utime(campaign.inbox / "b.xlsx")
    again, told = run(campaign)
    assert again == set()
    assert told == fresh(campaign)


def test_a_file_under_another_name_is_read(campaign: Campaign) -> None:
    run(campaign)
    (campaign.inbox / "c.xlsx").rename(campaign.inbox / "Xã Xuân Lộc.xlsx")
    (campaign.inbox / "a.xlsx").unlink()
    again, told = run(campaign)
    assert again == {"Xã Xuân Lộc.xlsx"}
    assert told == fresh(campaign)


def test_a_changed_archive_is_read(campaign: Campaign) -> None:
    run(campaign)
    with zipfile.ZipFile(campaign.inbox / "d.zip", "a") as archive:
        archive.writestr("f.xlsx", (campaign.inbox / "b.xlsx").read_bytes())
    again, told = run(campaign)
    assert again == {"d.zip/f.xlsx"}
    assert told == fresh(campaign)


def test_a_file_that_changed_a_moment_ago_is_looked_into(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamps, "SETTLED_NS", 2_000_000_000)
    run(campaign)
    monkeypatch.setattr(readings_cache, "_hashed", lambda item: f"hash of {item.name}")
    assert not any(look.sha256 for look in open_cache(campaign).look(find_all(campaign.inbox), time.time_ns()))


CHANGES: dict[str, Callable[[Campaign, pytest.MonkeyPatch], object]] = {
    "another unit": lambda c, _: append(c.folder / "units.csv", "X9,Xã Mới,commune,IIA,,,\r\n"),
    "a settled question": lambda c, _: (c.folder / "inbox.csv").write_text(
        "file,sheet,unit_id,form,question\r\na.xlsx,,X25195,IIA,\r\n", encoding="utf-8-sig"
    ),
    "other limits": lambda c, _: append(c.folder / "campaign.toml", "\n[limits]\nmax_sheets = 50\n"),
    "another version": lambda _, m: m.setattr(pcmd_consolidate, "__version__", "99"),
    "other sources": lambda _, m: m.setattr(readings_cache, "_sources", lambda: (1, 1)),
}


@pytest.mark.parametrize("name", CHANGES)
def test_everything_is_read_again_after(name: str, campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    run(campaign)
    CHANGES[name](campaign, monkeypatch)
    again, told = run(campaign)
    assert again == ALL
    assert told == fresh(campaign)


def changed_byte(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


def with_head(content: bytes, change: Callable[..., object]) -> bytes:
    """A cache with a head that somebody made for it, under a proper hash."""
    size = int.from_bytes(content[16:24], "little")
    head = pickle.dumps(change(*pickle.loads(content[56 : 56 + size])))
    return content[:16] + len(head).to_bytes(8, "little") + hashlib.sha256(head).digest() + head + content[56 + size :]


def with_readings(content: bytes, readings: object) -> bytes:
    """A cache with readings that somebody made for it, under a proper hash."""
    part = pickle.dumps(readings)
    size = int.from_bytes(content[16:24], "little")
    told = [(len(part), hashlib.sha256(part).digest())]
    return with_head(content[: 56 + size] + part, lambda made, _, seen: (made, told, seen))


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "not a cache": lambda _: b"something else",
    "cut short": lambda content: content[: len(content) // 2],
    "cut in its head": lambda content: content[:30],
    "a byte in its head": lambda content: changed_byte(content, 60),
    "a byte in its readings": lambda content: changed_byte(content, len(content) - 40),
    "a huge head": lambda content: content[:16] + b"\xff" * 8 + content[24:],
    **{f"another byte {at}": functools.partial(changed_byte, at=at) for at in range(24, 400, 47)},
    "no files but a text": lambda content: with_head(content, lambda made, parts, _: (made, parts, "x")),
    "files without a time": lambda content: with_head(
        content, lambda made, parts, seen: (made, parts, {key: known[:2] for key, known in seen.items()})
    ),
    "parts without a hash": lambda content: with_head(content, lambda made, _, seen: (made, [1], seen)),
    "one thing less": lambda content: with_head(content, lambda made, parts, _: (made, parts)),
    "readings of another kind": lambda content: with_readings(content, [(("a.xlsx", None, ""), *[None] * 5)]),
    "readings of another length": lambda content: with_readings(content, [(1,)]),
    "readings of nothing": lambda content: with_readings(content, 5),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_cache_counts_as_empty(name: str, campaign: Campaign) -> None:
    _, told = run(campaign)
    path = campaign.folder / CACHE_FILE
    path.write_bytes(DAMAGES[name](path.read_bytes()))
    assert run(campaign) == (ALL, told)
    assert run(campaign) == (set(), told)


def test_what_one_run_reads_is_kept_beside_what_was_kept(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings_cache, "_MOST_PARTS", 3)
    run(campaign)
    parts = []
    for figure in (55, 56, 57, 58):
        put(campaign, "b.xlsx", figure)
        again, told = run(campaign)
        assert (again, told) == ({"b.xlsx"}, fresh(campaign))
        assert run(campaign) == (set(), told)
        parts.append(len(open_cache(campaign).head.parts))

    assert parts == [2, 3, 1, 2]


def test_a_file_that_is_again_what_it_once_was_is_read_as_such(campaign: Campaign) -> None:
    for name in ("a.xlsx", "c.xlsx", "d.zip"):
        (campaign.inbox / name).unlink()
    _, told = run(campaign)
    put(campaign, "b.xlsx", 55)
    assert run(campaign)[1] != told
    put(campaign, "b.xlsx", 22)
    assert run(campaign) == ({"b.xlsx"}, told)
    assert run(campaign) == (set(), told)


def test_two_files_whose_names_look_the_same_keep_their_own_figures(campaign: Campaign) -> None:
    put(campaign, unicodedata.normalize("NFC", "Xã Ấn.xlsx"), 55)
    put(campaign, unicodedata.normalize("NFD", "Xã Ấn.xlsx"), 56)
    _, told = run(campaign)
    assert run(campaign)[1] == told == fresh(campaign)
    put(campaign, unicodedata.normalize("NFC", "Xã Ấn.xlsx"), 57)
    assert run(campaign)[1] == fresh(campaign)


def test_a_cache_cannot_make_the_library_do_anything(campaign: Campaign, tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, ...]:
            return os.mkdir, (str(tmp_path / "made"),)

    run(campaign)
    path = campaign.folder / CACHE_FILE
    for made in (with_head(path.read_bytes(), lambda *_: Evil()), with_readings(path.read_bytes(), [Evil()])):
        path.write_bytes(made)
        again, _ = run(campaign)
        assert again == ALL
    assert not (tmp_path / "made").exists()


@pytest.mark.skipif(os.name == "nt", reason="no such files")
@pytest.mark.parametrize("put_there", [os.mkfifo, os.mkdir, lambda path: os.symlink("/dev/zero", path)])
def test_what_is_no_file_counts_as_empty(put_there: Callable[[Path], object], campaign: Campaign) -> None:
    _, told = run(campaign)
    (campaign.folder / CACHE_FILE).unlink()
    put_there(campaign.folder / CACHE_FILE)
    assert run(campaign) == (ALL, told)


@pytest.mark.skipif(os.name == "nt", reason="no such names")
def test_two_names_that_are_shown_alike_are_two(campaign: Campaign) -> None:
    path = put(campaign, "bi\u200beu.xlsx", 55)
    run(campaign)
    path.rename(campaign.inbox / r"bi\u200beu.xlsx")
    again, told = run(campaign)
    assert again == {r"bi\u200beu.xlsx"}
    assert told == fresh(campaign)


def test_the_cache_of_another_round_is_not_taken(campaign: Campaign, tmp_path: Path) -> None:
    run(campaign)
    other = small_campaign(tmp_path / "khac", UNIT)
    append(other.folder / "campaign.toml", "\n[limits]\nmax_sheets = 50\n")
    with pytest.raises(CampaignError, match="bản lưu của đợt khác"):
        read_returns(open_campaign(other.folder), cache=open_cache(campaign))
    again = open_campaign(campaign.folder)
    assert {file.item.name for file in read_returns(again, jobs=1, cache=open_cache(campaign)).files} == ALL


def test_a_cache_that_cannot_be_written_costs_nothing(campaign: Campaign) -> None:
    (campaign.folder / CACHE_FILE).parent.write_text("a file where the folder should be")
    first, told = run(campaign)
    assert first == ALL
    assert run(campaign) == (ALL, told)


def test_a_cache_that_goes_while_files_are_read_costs_nothing(campaign: Campaign) -> None:
    run(campaign)
    put(campaign, "b.xlsx", 55)
    opened = open_campaign(campaign.folder)
    looked = look_into(opened, cache=open_cache(opened))
    (campaign.folder / CACHE_FILE).unlink()

    files = looked.read(executor=InProcessExecutor())

    assert [file.item.name for file in files] == sorted(ALL)
    assert files == look_into(opened).read(executor=InProcessExecutor())
    assert run(campaign) == (set(), fresh(campaign))


def test_what_changed_is_under_way_before_the_cache_is_loaded(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(campaign)
    put(campaign, "b.xlsx", 55)
    opened = open_campaign(campaign.folder)
    looked = look_into(opened, cache=open_cache(opened))
    done: list[str] = []

    class Watching(InProcessExecutor):
        def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
            done.append(args[0].name)
            return super().submit(fn, *args, **kwargs)

    def loaded(path: Path, head: cache_file.Head) -> object:
        done.append("loaded")
        return cache_file.read_readings(path, head)

    monkeypatch.setattr(readings_cache, "read_readings", loaded)
    looked.read(executor=Watching())

    assert done == ["b.xlsx", "loaded"]

"""An inbox from the open internet: each file has its finding, no figure is wrong, and the others do not suffer."""

from __future__ import annotations

import dataclasses
import functools
import os
import resource
import socket
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

import pytest

from pcmd_consolidate import Campaign, consolidate, new_campaign, read_returns, write_handout
from pcmd_consolidate.errors import WorkerError
from pcmd_consolidate.intake.inbox import find_all
from pcmd_consolidate.intake.read import read_content
from pcmd_consolidate.intake.read_all import read_all, reading_of
from pcmd_consolidate.intake.reading import State
from pcmd_consolidate.intake.readings import FileReading
from pcmd_consolidate.outputs import write_outputs
from pcmd_consolidate.units import Registry
from pcmd_consolidate.workers import GuardedExecutor
from tests.filling import fill
from tests.strategies import Cells

with warnings.catch_warnings():
    warnings.simplefilter("ignore", UserWarning)
    from . import containers, others, sheets
from . import book
from .case import CASES, form

assert containers
assert others
assert sheets

GOOD_UNITS = ("Phường Bình Phước", "Phường Đồng Xoài", "Phường Phước Long", "Xã Đăk Ơ", "Xã Đa Kia")
LEFT_BEHIND = ("~$bieu.xlsx", ".DS_Store", "Thumbs.db", ".~lock.bieu.xlsx#", "desktop.ini")


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    return new_campaign(tmp_path_factory.mktemp("campaign") / "dong-nai", "Đồng Nai")


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inbox")
    for case in CASES.values():
        case.put(folder / case.name)
    return folder


@pytest.fixture(scope="module")
def calls_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a line for each time that a process asked for the network."""
    path = tmp_path_factory.mktemp("network") / "calls.txt"
    path.touch()
    return path


@contextmanager
def watched(calls_out: Path) -> Iterator[None]:
    """Let this process, and the workers that it starts, write down whatever they ask of the network."""
    (calls_out.parent / "sitecustomize.py").write_text(
        "import sys\ndef told(event, _):\n"
        "    if event.partition('.')[0] in ('socket', 'ssl', 'urllib', 'ftplib', 'smtplib'):\n"
        f"        with open({str(calls_out)!r}, 'a') as file:\n            file.write(event + '\\n')\n"
        "sys.addaudithook(told)\n"
    )

    def refused(*_: object, **__: object) -> None:
        calls_out.write_text("in this process\n")
        raise OSError

    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PYTHONPATH", str(calls_out.parent))
        patched.setattr(socket, "socket", refused)
        patched.setattr(socket, "getaddrinfo", refused)
        yield


@pytest.fixture(scope="module")
def readings(campaign: Campaign, inbox: Path, calls_out: Path) -> dict[str, list[FileReading]]:
    """Every hostile file, read on its own by a worker; by the name of what was put into the inbox."""
    read = functools.partial(read_content, forms=campaign.forms, registry=campaign.registry)
    by_name: dict[str, list[FileReading]] = {}
    with watched(calls_out), GuardedExecutor(2, seconds=20) as workers:
        workers.submit(socket.gethostname).result()
        for reading in read_all(find_all(inbox), read, workers):
            by_name.setdefault(reading.item.path.relative_to(inbox).parts[0], []).append(reading)
    return by_name


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 150


@pytest.mark.parametrize("name", CASES, ids=ascii)
def test_a_hostile_file(name: str, readings: dict[str, list[FileReading]]) -> None:
    case = CASES[name]
    read = readings[name]
    sheets = [sheet for reading in read for sheet in reading.sheets]
    rules = {f.rule for r in read for f in r.findings} | {f.rule for sheet in sheets for f in sheet.findings}
    values = {
        (cell.row, cell.year): cell.reading.value
        for sheet in sheets
        for cell in sheet.cells
        if cell.reading.state is State.REPORTED
    }
    wrong = {key: value for key, value in values.items() if value != book.truth(form())[key]}

    assert wrong == {}
    assert case.rules <= rules, rules
    assert rules or values
    assert not rules & {"H30", "H31", "H32"} - case.rules, [f.message for r in read for f in r.findings]
    if case.reads is True:
        assert len(values) >= 200, rules
    if case.reads is False:
        assert values == {}


def test_messages_show_what_is_written(readings: dict[str, list[FileReading]]) -> None:
    def messages(name: str, rule: str) -> list[str]:
        found = [
            f for reading in readings[name] for sheet in reading.sheets for f in (*reading.findings, *sheet.findings)
        ]
        return [f.message for f in found if f.rule == rule]

    assert "(0x15 / không phải số)" in messages("so-mu-16.xlsx", "E10")[0]
    assert "(2 / 21)" in messages("so-chu-thich-giua.xlsx", "E10")[0]
    assert any('«="Năm 2021"»' in message for message in messages("tieu-de-nam-chua-tinh.xlsx", "F10b"))


@pytest.fixture(scope="module")
def good(campaign: Campaign, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Five good returns, filled in by their units."""
    units = {unit.name: unit for unit in campaign.registry}
    asked = dataclasses.replace(campaign, registry=Registry(units[name] for name in GOOD_UNITS))
    blanks = write_handout(asked, tmp_path_factory.mktemp("blank"))
    folder = tmp_path_factory.mktemp("good")
    files = {}
    for place, (name, blank) in enumerate(zip(GOOD_UNITS, blanks, strict=True)):
        cells: Cells = {key: value if value == 1 else value + place for key, value in book.truth(form()).items()}
        files[f"{name}.xlsx"] = fill(blank, folder / f"{name}.xlsx", campaign.form("IIA"), cells).read_bytes()
    return files


def test_nothing_asks_for_the_network(readings: dict[str, list[FileReading]], calls_out: Path) -> None:
    assert readings
    assert set(calls_out.read_text().splitlines()) == {"socket.gethostname"}, "all but what the test itself asked"


def test_five_good_returns_beside_all_of_them(
    campaign: Campaign, inbox: Path, good: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    alone = tmp_path_factory.mktemp("alone")
    for folder in (alone, inbox):
        for name, content in good.items():
            (folder / name).write_bytes(content)
    for name in LEFT_BEHIND:
        (inbox / name).write_bytes(b"x")
    only = read_returns(campaign, alone)
    began = time.monotonic()

    everything = consolidate(read_returns(campaign, inbox, jobs=2))
    paths = write_outputs(everything, tmp_path_factory.mktemp("out"))

    assert time.monotonic() - began < 300
    ids = set(only.values["unit_id"])
    assert len(ids) == 5
    assert set(only.values["state"].astype(str)) == {"reported"}
    columns = list(only.values.columns)
    beside = everything.values[everything.values["unit_id"].isin(ids)]
    assert beside[columns].reset_index(drop=True).astype(str).equals(only.values[columns].astype(str))
    assert {path.name for path in paths[0].parent.iterdir()} == {path.name for path in paths}
    _check_every_file_is_listed(everything.submissions, inbox)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1_000_000 or not os.path.exists("/proc")


def _check_every_file_is_listed(submissions: object, inbox: Path) -> None:
    status = dict(zip(submissions["file"], submissions["status"], strict=True))  # type: ignore[index]
    listed = {item.path for item in find_all(inbox) if item.name in status}
    missing = {path.name for path in inbox.iterdir() if path not in listed}
    assert missing == set()
    assert {name for name, state in status.items() if state == "skipped"} >= set(LEFT_BEHIND)


def test_nothing_is_written_beside_the_outputs(inbox: Path) -> None:
    assert not (inbox.parent / "ngoai.txt").exists()
    assert not (inbox / "bieu.xlsx").exists()


def test_a_reader_that_ended_is_told_in_words_that_an_officer_can_act_on(inbox: Path) -> None:
    item = next(item for item in find_all(inbox) if item.name == "ods-tot.ods")
    died: Future[FileReading] = Future()
    died.set_exception(WorkerError("mã kết thúc -6"))

    reading = reading_of(item, died)

    assert [(f.rule, f.file, f.message) for f in reading.findings] == [
        (
            "H30",
            "ods-tot.ods",
            "Tệp làm chương trình đọc dừng đột ngột nên chưa đọc được; các tệp khác không bị ảnh hưởng. Đề nghị đơn vị "
            "mở bằng Excel, lưu thành tệp mới loại «Excel Workbook (.xlsx)» rồi gửi lại (mã kết thúc -6).",
        )
    ]

"""What a run writes."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from pcmd_consolidate import Campaign, consolidate, csv_tables, new_campaign, read_returns
from pcmd_consolidate.csv_tables import csv_text
from pcmd_consolidate.errors import OutputError, WorkerError
from pcmd_consolidate.files import written_whole
from pcmd_consolidate.outputs import write_outputs
from pcmd_consolidate.workers import InProcessExecutor
from tests.strangers.annexes import SHAPES


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    campaign = new_campaign(tmp_path_factory.mktemp("dong-nai"), "Đồng Nai")
    for shape in ("letterhead", "broken_cells", "notes_in_cells"):
        SHAPES[shape](campaign.inbox)
    (campaign.inbox / "giai trinh.pdf").write_bytes(b"%PDF-1.7 ...")
    return campaign


def read_csv(path: Path) -> list[dict[str, str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_run_writes_six_outputs(campaign: Campaign, tmp_path: Path) -> None:
    paths = write_outputs(consolidate(read_returns(campaign)), tmp_path)

    names = [
        "tong-hop-pcmd.xlsx",
        "values.csv",
        "findings.csv",
        "submissions.csv",
        "resubmissions.csv",
        "manifest.json",
    ]
    assert [path.name for path in paths] == names
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


def test_tables_have_the_columns_of_the_design(campaign: Campaign, tmp_path: Path) -> None:
    _, values, findings, submissions, *_ = write_outputs(consolidate(read_returns(campaign)), tmp_path)

    assert ",".join(read_csv(values)[0]) == "unit_id,unit,form,row,year,value,state,raw,note,file,sheet,cell,decision"
    assert ",".join(read_csv(findings)[0]) == (
        "severity,rule,unit_id,unit,form,row,year,file,sheet,cell,raw,message,explanation,stake,decision"
    )
    assert ",".join(read_csv(submissions)[0]) == (
        "unit_id,unit,form,status,file,received_at,errors,explains,warnings,reason"
    )


def test_a_value_is_given_exactly_where_it_is_reported(campaign: Campaign, tmp_path: Path) -> None:
    _, values, *_ = write_outputs(consolidate(read_returns(campaign)), tmp_path)

    lines = read_csv(values)
    assert len(lines) == 3 * 47 * 5
    assert all((line["value"] != "") == (line["state"] == "reported") for line in lines)


def test_every_unit_and_every_file_is_in_submissions(campaign: Campaign, tmp_path: Path) -> None:
    *_, submissions, _, _ = write_outputs(consolidate(read_returns(campaign)), tmp_path)

    lines = read_csv(submissions)
    assert len({(line["unit_id"], line["form"]) for line in lines if line["unit_id"]}) == 106
    assert {line["file"] for line in lines if line["file"]} == {path.name for path in campaign.inbox.iterdir()}
    assert [line["status"] for line in lines if line["file"] == "giai trinh.pdf"] == ["rejected"]


def test_the_same_input_gives_the_same_bytes(campaign: Campaign, tmp_path: Path) -> None:
    runs = [write_outputs(consolidate(read_returns(campaign)), tmp_path / name) for name in ("one", "two")]

    for first, second in zip(*runs, strict=True):
        assert first.read_bytes() == second.read_bytes(), first.name


def test_the_manifest_has_the_hash_of_every_input(campaign: Campaign, tmp_path: Path) -> None:
    *_, manifest = write_outputs(consolidate(read_returns(campaign)), tmp_path)

    inputs = json.loads(manifest.read_text(encoding="utf-8"))["inputs"]
    assert {line["file"]: line["sha256"] for line in inputs} == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in campaign.inbox.iterdir()
    }


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    campaign = new_campaign(tmp_path / "dong-nai", "Đồng Nai")
    annex = SHAPES["letterhead"](campaign.inbox)
    book = openpyxl.load_workbook(annex.path)
    sheet = book.active
    first = next(c for row in sheet.iter_rows() for c in row if c.value == annex.truth[2, 2021] and c.row > 8)
    first.value = '=HYPERLINK("http://example.invalid","12")'
    first.data_type = "s"
    book.save(annex.path)

    _, values, findings, *_ = write_outputs(consolidate(read_returns(campaign)), tmp_path / "out")

    raws = [line["raw"] for path in (values, findings) for line in read_csv(path) if "HYPERLINK" in line["raw"]]
    assert len(raws) == 3
    assert all(raw.startswith("'=") for raw in raws)


def test_originals_are_never_written_to(campaign: Campaign, tmp_path: Path) -> None:
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in campaign.inbox.iterdir()}
    write_outputs(consolidate(read_returns(campaign)), tmp_path)

    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in campaign.inbox.iterdir()} == before


def test_a_failed_write_leaves_the_old_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "values.csv"
    path.write_text("old")

    def write_half() -> None:
        with written_whole(path) as beside:
            beside.write_text("half")
            raise PermissionError(13, "locked")

    with pytest.raises(OutputError, match="đóng lại"):
        write_half()
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["values.csv"]


def test_a_folder_that_cannot_be_made_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "ket-qua").write_text("a file in the way")
    with pytest.raises(OutputError), written_whole(tmp_path / "ket-qua" / "values.csv"):
        pass


def test_fields_with_commas_quotes_and_line_breaks_come_back_as_they_were() -> None:
    texts = ["a,b", 'nói "vậy"', "hai\ndòng", "a\r\nb", "", "thường", '"', ",", "x"]
    table = pd.DataFrame({"text": texts, "number": range(len(texts))})

    lines = list(csv.reader(io.StringIO(csv_text(table), newline="")))

    expected = [[text.replace("\r\n", "\n"), str(number)] for number, text in enumerate(texts)]
    assert lines == [["text", "number"], *expected]


def test_a_table_longer_than_what_is_written_at_once_is_whole() -> None:
    table = pd.DataFrame({"row": range(250_000), "form": "IIA"})

    lines = csv_text(table).split("\r\n")

    assert (len(lines), lines[0], lines[1], lines[100_001], lines[-2], lines[-1]) == (
        250_002, "row,form", "0,IIA", "100000,IIA", "249999,IIA", "",
    )  # fmt: skip


LONG = pd.DataFrame({"row": range(50), "text": [f"dòng {number}, «a»" for number in range(50)], "value": 0.5})


def written(tables: dict[Path, pd.DataFrame], monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The tables as another process writes them, in parts of seven lines."""
    monkeypatch.setattr(csv_tables, "_WORTH_A_PROCESS", 1)
    monkeypatch.setattr(csv_tables, "_LINES_AT_ONCE", 7)
    with csv_tables.written_meanwhile(tables):
        pass
    return [path.read_bytes() for path in tables]


def test_another_process_writes_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = {tmp_path / "a.csv": LONG, tmp_path / "b.csv": LONG.head(0), tmp_path / "c.csv": LONG.tail(8)}

    assert written(tables, monkeypatch) == [("\ufeff" + csv_text(table)).encode() for table in tables.values()]


def test_what_a_process_that_dies_has_written_is_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[object] = []

    class Dying(InProcessExecutor):
        def __init__(self, *_: object, **__: object) -> None:
            pass

        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
            calls.append(args)
            if len(calls) < 3:
                return super().submit(fn, *args, **kwargs)
            future: Future[Any] = Future()
            future.set_exception(WorkerError("mã kết thúc -9"))
            return future

    monkeypatch.setattr(csv_tables, "GuardedExecutor", Dying)

    assert written({tmp_path / "a.csv": LONG}, monkeypatch) == [("\ufeff" + csv_text(LONG)).encode()]
    assert len(calls) == 3


def test_what_a_process_cannot_write_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OSError, match=r"a\.csv"):
        written({tmp_path / "none" / "a.csv": LONG}, monkeypatch)

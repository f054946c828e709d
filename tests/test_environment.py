"""Surroundings that do not help: files that may not be read, an inbox that may not be written to, a full disk."""

from __future__ import annotations

import csv
import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pcmd_consolidate import consolidate, new_campaign, open_campaign, read_returns
from pcmd_consolidate.errors import CampaignError, OutputError
from pcmd_consolidate.files import written_whole
from pcmd_consolidate.outputs import write_outputs
from tests.hostile import book
from tests.hostile.case import good

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="other rights")
SOURCE = str(Path(__file__).parent.parent)
RUN = (
    "import sys\nimport pcmd_consolidate as pcmd\ncampaign = pcmd.open_campaign(sys.argv[1])\n"
    "pcmd.write_outputs(pcmd.consolidate(pcmd.read_returns(campaign)), sys.argv[2])"
)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A campaign with a good return."""
    folder = new_campaign(tmp_path / "dong-nai", "Đồng Nai").folder
    (folder / "inbox" / "bieu.xlsx").write_bytes(book.packed(good()))
    yield folder
    for path in (folder / "inbox", *(folder / "inbox").iterdir()):
        path.chmod(0o755)


def statuses(out: Path) -> dict[str, str]:
    with (out / "submissions.csv").open(encoding="utf-8-sig", newline="") as file:
        return {line["file"]: line["status"] for line in csv.DictReader(file) if line["file"]}


def rules(out: Path, file: str) -> list[str]:
    with (out / "findings.csv").open(encoding="utf-8-sig", newline="") as file_:
        return [line["rule"] for line in csv.DictReader(file_) if line["file"] == file]


def run_as_ordinary_user(folder: Path, out: Path) -> None:
    """Run without the right to read and write everything, which the administrator has."""
    command = [sys.executable, "-c", RUN, str(folder), str(out)]
    if os.getuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("no way to give up rights")
        command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all", *command]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": SOURCE}, check=False)
    assert done.returncode == 0, done.stderr


def test_files_that_may_not_be_read(folder: Path, tmp_path: Path) -> None:
    inbox = folder / "inbox"
    (inbox / "khoa.xlsx").write_bytes(book.packed(good()))
    (inbox / "khoa.xlsx").chmod(0)
    (inbox / "thu-muc").mkdir()
    (inbox / "thu-muc" / "ben-trong.xlsx").write_bytes(book.packed(good()))
    (inbox / "thu-muc").chmod(0)
    out = tmp_path / "out"

    run_as_ordinary_user(folder, out)

    assert statuses(out) == {"bieu.xlsx": "late", "khoa.xlsx": "rejected", "thu-muc": "rejected"}
    assert rules(out, "khoa.xlsx") == ["H02"]
    assert rules(out, "thu-muc") == ["H02"]


def test_an_inbox_that_may_not_be_written_to(folder: Path, tmp_path: Path) -> None:
    (folder / "inbox").chmod(0o555)
    out = tmp_path / "out"

    run_as_ordinary_user(folder, out)

    assert statuses(out) == {"bieu.xlsx": "late"}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 kB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    options = ["-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)]
    if mount is None or subprocess.run([mount, *options], capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_leaves_the_old_outputs(folder: Path, small_disk: Path) -> None:
    result = consolidate(read_returns(open_campaign(folder)))
    (small_disk / "values.csv").write_text("old")
    (small_disk / "filler").write_bytes(bytes(120_000))

    with pytest.raises(OutputError, match="đầy"):
        write_outputs(result, small_disk)

    assert (small_disk / "values.csv").read_text() == "old"
    assert sorted(os.listdir(small_disk)) == ["filler", "values.csv"]


def test_a_full_disk_is_told_in_one_line(folder: Path, small_disk: Path) -> None:
    (small_disk / "filler").write_bytes(bytes(120_000))
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pcmd_consolidate.cli",
            "consolidate",
            str(folder),
            "--out",
            str(small_disk / "ket-qua"),
        ],
        capture_output=True,
        check=False,
        text=True,
    )

    assert run.returncode == 2
    assert "ổ đĩa đã đầy" in run.stdout + run.stderr
    assert "Traceback" not in run.stderr


def test_a_folder_in_the_place_of_an_output_is_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("đã có")

    with pytest.raises(OutputError, match="đã có tệp hoặc thư mục khác cùng tên"):
        write_outputs(consolidate(read_returns(open_campaign(folder))), tmp_path / "out")


def test_a_folder_in_the_place_of_one_of_the_outputs_is_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out" / "tong-hop-pcmd.xlsx").mkdir(parents=True)
    result = consolidate(read_returns(open_campaign(folder)))

    with pytest.raises(OutputError) as caught:
        write_outputs(result, tmp_path / "out")

    assert str(caught.value).startswith(f"{tmp_path / 'out' / 'tong-hop-pcmd.xlsx'}: không ghi được: ở đó đã có tệp")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["tong-hop-pcmd.xlsx"]


def test_a_folder_that_may_only_be_read_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(OutputError, match="xin quyền ghi, hoặc chọn thư mục khác"), written_whole(tmp_path / "a.xlsx"):
        pass


@pytest.mark.parametrize(("name", "how"), [("campaign.toml", "Notepad"), ("units.csv", "Excel: «CSV UTF-8»")])
def test_how_to_save_as_utf_8_is_told_for_the_program_that_is_used(folder: Path, name: str, how: str) -> None:
    (folder / name).write_text((folder / name).read_text("utf-8-sig"), encoding="utf-16")

    with pytest.raises(CampaignError, match=f"{name}.*mã UTF-8.*{how}"):
        open_campaign(folder)

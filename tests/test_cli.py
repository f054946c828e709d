from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest

from pcmd_consolidate import __version__, consolidate, read_returns
from pcmd_consolidate.campaign import open_campaign
from pcmd_consolidate.cli import main
from pcmd_consolidate.errors import BusyError
from pcmd_consolidate.feedback import write_feedback
from pcmd_consolidate.forms import load_form
from pcmd_consolidate.locks import RUN_LOCK, one_run
from pcmd_consolidate.outputs import write_outputs

HALF_YEAR = Path(__file__).parent / "data" / "bao-cao-6-thang.toml"
COMMANDS = ("new", "handout", "consolidate", "feedback", "report", "status")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call the command line: exit code, output, errors."""
    monkeypatch.setenv("PCMD_LANG", "vi")

    def called(*args: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stopped:
            main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        code = stopped.value.code
        assert isinstance(code, int)
        return code, out, err

    return called


def typed(path: Path, unit: str, figures: list[object]) -> None:
    """A return of the half-year form as a clerk types it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([f"UBND {unit}"])
    sheet.append(["Chỉ tiêu", "Đơn vị tính", "6 tháng đầu năm 2023"])
    left = iter(figures)
    for row in load_form(HALF_YEAR).rows:
        sheet.append([row.full_label, row.unit, next(left) if row.is_indicator else None])
    book.save(path)


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """Three communes, two of which have answered; none of them wrongly."""
    folder = tmp_path / "dot"
    (folder / "inbox").mkdir(parents=True)
    (folder / "form.toml").write_bytes(HALF_YEAR.read_bytes())
    (folder / "campaign.toml").write_text(
        'title = "Đợt thử"\nprovince = "Đồng Nai"\nforms = ["form.toml"]\nyears = [2023]\ncut_off = 2023-06-30\n',
        encoding="utf-8",
    )
    units = "unit_id,name,kind,form\nX1,Xã Đak Lua,commune,6T\nX2,Phường Trấn Biên,commune,6T\nX3,Xã Phú Lý,commune,6T"
    (folder / "units.csv").write_text(units, encoding="utf-8")
    typed(folder / "inbox" / "a.xlsx", "Xã Đak Lua", [4, 120, 3, 2, 1, 12.5, "Có"])
    typed(folder / "inbox" / "b.xlsx", "Phường Trấn Biên", [6, 300, 1, 1, 2, 7.5, "Không"])
    return folder


# ---- wrong calls ----------------------------------------------------------------------------------------------------

ENGLISH = ("Traceback", "Error", "Usage", "Missing", "No such", "Invalid", "option", "argument", "command")
WRONG_CALLS = {
    "unknown command": (
        ["tong-hop"],
        "Không có lệnh này; các lệnh: new, handout, consolidate, feedback, report, status.",
    ),
    "unknown option": (["status", "dot", "--sai"], "Không có tuỳ chọn «--sai»."),
    "unknown option before the command": (["--sai"], "Không có tuỳ chọn «--sai»."),
    "no folder": (["status"], "Thiếu tham số THU_MUC."),
    "no folder to make": (["new", "--province", "Huế"], "Thiếu tham số THU_MUC."),
    "no province": (["new", "moi"], "Thiếu tuỳ chọn --province."),
    "no name of a province": (["new", "moi", "--province"], "Tuỳ chọn «--province» dùng chưa đúng"),
    "two folders": (["status", "dot", "dot"], "Lệnh viết thừa hoặc sai tham số."),
    "value for a switch": (["consolidate", "dot", "--strict=1"], "Tuỳ chọn «--strict» dùng chưa đúng"),
    "no processes": (
        ["consolidate", "dot", "--jobs", "0"],
        "«0» của --jobs không hợp lệ: phải là số nguyên từ 1 đến 64.",
    ),
    "processes in words": (["consolidate", "dot", "--jobs", "hai"], "Giá trị «hai» của --jobs không hợp lệ: phải là"),
    "unknown province": (["new", "moi", "--province", "Xứ Thanh"], "Không có tỉnh, thành phố nào tên «Xứ Thanh»."),
    "existing campaign": (["new", "dot", "--province", "Huế"], "đã có đợt báo cáo ở đây"),
    "missing campaign": (["status", "khong-co"], "không có thư mục này"),
    "missing campaign to consolidate": (["consolidate", "khong-co"], "không có thư mục này"),
    "missing campaign to give feedback on": (["feedback", "khong-co"], "không có thư mục này"),
    "no such day": (
        ["feedback", "dot", "--today", "31/12/2023"],
        "Giá trị «31/12/2023» của --today không hợp lệ: phải ghi dạng năm-tháng-ngày",
    ),
    "feedback among the returns": (["feedback", "dot", "--out", "dot/inbox/p"], "nơi chứa các biểu đã nhận"),
    "missing campaign to hand out": (["handout", "khong-co"], "không có thư mục này"),
    "folder without a campaign": (["status", "dot/inbox"], "thiếu tệp này"),
    "missing inbox": (["consolidate", "dot", "--inbox", "khong-co"], "không có thư mục chứa các biểu đã nhận"),
}


@pytest.mark.parametrize(("args", "told"), WRONG_CALLS.values(), ids=WRONG_CALLS)
def test_a_wrong_call_is_told_in_vietnamese(
    args: list[str], told: str, run: Run, campaign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(campaign.parent)
    code, out, err = run(*args)

    assert (code, out) == (2, "")
    assert err.startswith("Lỗi: ")
    assert told in err
    assert [word for word in ENGLISH if word in err] == []
    assert not Path("moi").exists()


def test_a_call_without_a_command_is_told_the_commands(run: Run) -> None:
    code, out, err = run()

    assert (code, out) == (2, "")
    assert err.startswith("Cách dùng: pcmd")
    assert [command for command in COMMANDS if command not in err] == []


def test_a_broken_campaign_names_file_line_and_field(run: Run, campaign: Path) -> None:
    (campaign / "units.csv").write_text("unit_id,name,kind,form\nX1,Xã A,xã,6T\n", encoding="utf-8")

    code, _, err = run("status", campaign)

    assert code == 2
    assert err.startswith(f"Lỗi: {campaign / 'units.csv'}, dòng 2, mục «kind»: ")


# ---- help -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("flag", ["--help", "-h"])
@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
def test_help_is_in_vietnamese(command: tuple[str, ...], flag: str, run: Run) -> None:
    code, out, err = run(*command, flag)

    assert (code, err) == (0, "")
    assert out.startswith(f"Cách dùng: {' '.join(('pcmd', *command))}")
    assert "Tuỳ chọn" in out
    assert [word for word in ("Usage", "Options", "Commands", "Show this message", "required") if word in out] == []


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"pcmd, version {__version__}\n", "")


# ---- work -----------------------------------------------------------------------------------------------------------


def test_new_makes_a_campaign(run: Run, tmp_path: Path) -> None:
    code, out, err = run("new", tmp_path / "hue", "--province", "thanh pho hue")
    units = len(open_campaign(tmp_path / "hue").registry)

    assert (code, err) == (0, "")
    assert f"{units} đơn vị" in out
    assert f"pcmd handout {tmp_path / 'hue'}" in out


def test_status_lists_who_has_not_sent(run: Run, campaign: Path) -> None:
    code, out, err = run("status", campaign)

    assert (code, err) == (0, "")
    assert "Biểu 6 tháng: 1 đơn vị chưa nộp" in out
    assert "- Xã Phú Lý" in out
    assert "Xã Đak Lua" not in out
    assert out.split("\n\n")[0].split()[-5:] == ["6T", "3", "2", "0", "1"]  # asked, answered, late, missing


def test_status_can_be_pasted_into_a_letter(run: Run, campaign: Path) -> None:
    code, out, err = run("status", campaign, "--letter")

    assert (code, err) == (0, "")
    assert out == "Biểu 6 tháng: 2/3 đơn vị đã nộp. Còn 1 đơn vị chưa nộp: Xã Phú Lý.\n"


def test_a_letter_tells_who_was_late_and_what_is_undecided(run: Run, campaign: Path) -> None:
    settings = campaign / "campaign.toml"
    settings.write_text(settings.read_text("utf-8") + "[deadlines]\ncommune = 2023-08-30\n", encoding="utf-8")
    for path in (campaign / "inbox").iterdir():
        path.unlink()
    for day in ("2023-08-30", "2023-08-31"):
        (campaign / "inbox" / day).mkdir()
    typed(campaign / "inbox" / "2023-08-31" / "b.xlsx", "Phường Trấn Biên", [6, 300, 1, 1, 2, 7.5, "Không"])
    typed(campaign / "inbox" / "2023-08-30" / "c.xlsx", "Xã Phú Lý", [1, 10, 1, 1, 1, 1, "Có"])
    typed(campaign / "inbox" / "2023-08-30" / "d.xlsx", "Xã Phú Lý", [2, 20, 1, 1, 1, 1, "Có"])

    assert run("status", campaign, "--letter")[1] == (
        "Biểu 6 tháng: 1/3 đơn vị đã nộp, trong đó 1 đơn vị nộp quá hạn. 1 đơn vị gửi nhiều bản khác nhau, chưa xác "
        "định được bản chính thức. Còn 1 đơn vị chưa nộp: Xã Đak Lua.\n"
    )


def test_a_letter_names_files_that_could_not_be_used(run: Run, campaign: Path) -> None:
    (campaign / "inbox" / "hong.xlsx").write_bytes(b"PK\x03\x04")

    assert run("status", campaign, "--letter")[1].split("\n\n")[1] == (
        "Có 1 tệp đã nhận nhưng chưa đọc được hoặc chưa rõ của ai: hong.xlsx.\n"
    )


def test_status_names_files_that_could_not_be_used_and_why(run: Run, campaign: Path) -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    (campaign / "inbox" / "Xã Phú Lý.xlsx").write_bytes(locked)
    (campaign / "inbox" / "hong.xlsx").write_bytes(b"PK\x03\x04")
    typed(campaign / "inbox" / "la.xlsx", "Xã Không Có", [1, 10, 1, 1, 1, 1, "Có"])

    _, out, _ = run("status", campaign)

    assert "Đã nhận nhưng chưa dùng được: 3 tệp\n" in out
    assert "- Xã Phú Lý.xlsx (theo tên tệp là của Xã Phú Lý): Tệp đặt mật khẩu; đề nghị đơn vị bỏ mật khẩu" in out
    assert "- hong.xlsx: Không mở được tệp (" in out
    assert "- la.xlsx: Không xác định được đơn vị gửi biểu này" in out


def test_each_step_names_the_next(run: Run, campaign: Path) -> None:
    assert f"rồi: pcmd consolidate {campaign}\n" in run("handout", campaign)[1]
    assert "pcmd feedback" not in run("consolidate", campaign)[1]
    typed(campaign / "inbox" / "c.xlsx", "Xã Phú Lý", [1, 10, 1, 2, 1, 1, "Có"])
    assert f"pcmd feedback {campaign}\n" in run("consolidate", campaign)[1]


def test_the_next_step_can_be_copied_where_the_folder_has_spaces(run: Run, campaign: Path) -> None:
    folder = campaign.rename(campaign.with_name("Đợt 1 (mới)"))

    assert f'rồi: pcmd consolidate "{folder}"\n' in run("handout", folder)[1]


def test_status_of_another_inbox(run: Run, campaign: Path) -> None:
    (campaign / "khac").mkdir()

    code, out, _ = run("status", campaign, "--inbox", campaign / "khac")

    assert code == 0
    assert "3 đơn vị chưa nộp" in out


def test_handout_writes_a_form_for_each_unit(run: Run, campaign: Path) -> None:
    code, out, err = run("handout", campaign, "--out", campaign / "phat")
    written = [path for path in (campaign / "phat").rglob("*.xlsx") if path.is_file()]

    assert (code, err, len(written)) == (0, "", 3)
    assert "Đã ghi 3 biểu" in out


def test_handout_with_a_sheet_for_each_former_commune(run: Run, campaign: Path) -> None:
    units = "unit_id,name,kind,form,predecessors\nX1,Xã Đak Lua,commune,6T,\nX2,Xã Mới,commune,6T,Xã Một; Xã Hai\n"
    (campaign / "units.csv").write_text(units, encoding="utf-8")
    code, out, err = run("handout", campaign, "--predecessors")

    assert (code, err) == (0, "")
    assert "Có trang riêng cho từng xã cũ: 1 biểu" in out
    assert openpyxl.load_workbook(campaign / "phat-hanh" / "6T_X2_Xã Mới.xlsx").sheetnames[2:4] == ["Xã Một", "Xã Hai"]


@pytest.mark.parametrize("jobs", [[], ["--jobs", "1"]])
def test_consolidate_writes_its_outputs(jobs: list[str], run: Run, campaign: Path) -> None:
    code, out, err = run("consolidate", campaign, *jobs)
    written = {path.name for path in (campaign / "ket-qua").iterdir()}

    assert (code, err) == (0, "")
    tables = {"values.csv", "findings.csv", "submissions.csv", "resubmissions.csv"}
    assert written == {"tong-hop-pcmd.xlsx", "manifest.json", *tables}
    assert str(campaign / "ket-qua" / "tong-hop-pcmd.xlsx") in out
    assert "Lỗi: 0" in out


def test_consolidate_reads_the_inbox_and_writes_where_it_is_told(run: Run, campaign: Path) -> None:
    code, _, _ = run("consolidate", campaign, "--inbox", campaign / "inbox", "--out", campaign / "a" / "b")

    with (campaign / "a" / "b" / "values.csv").open(encoding="utf-8-sig", newline="") as lines:
        values = {(line["unit"], line["row"]): line["value"] for line in csv.DictReader(lines)}
    assert code == 0
    assert not (campaign / "ket-qua").exists()
    assert values["Xã Đak Lua", "9"] == "12.5"
    assert values["Phường Trấn Biên", "3"] == "300"


def test_strict_is_content_once_all_have_answered_without_an_error(run: Run, campaign: Path) -> None:
    early, _, said = run("consolidate", campaign, "--strict")
    typed(campaign / "inbox" / "c.xlsx", "Xã Phú Lý", [1, 10, 1, 1, 1, 1, "Có"])
    code, _, err = run("consolidate", campaign, "--strict")

    assert early == 3
    assert said == f"Chưa thể trình ký: còn 1 đơn vị chưa nộp {load_form(HALF_YEAR).name}.\n"
    assert (code, err) == (0, "")


def test_strict_exits_with_3_where_a_finding_is_an_error(run: Run, campaign: Path) -> None:
    typed(campaign / "inbox" / "c.xlsx", "Xã Phú Lý", [1, 10, 1, 2, 1, 1, "Có"])  # row 6 exceeds row 5: T01

    lenient, out, _ = run("consolidate", campaign)
    strict, _, err = run("consolidate", campaign, "--strict")

    assert (lenient, strict) == (0, 3)
    assert "Lỗi: 1" in out
    assert err == "Chưa thể trình ký: còn 1 lỗi chưa giải quyết.\n"
    assert (campaign / "ket-qua" / "tong-hop-pcmd.xlsx").is_file()  # written nevertheless


def test_feedback_writes_workbooks_a_list_and_letters(run: Run, campaign: Path) -> None:
    typed(campaign / "inbox" / "a.xlsx", "Xã Đak Lua", [4, 120, 3, 9, 1, 12.5, "Có"])  # row 6 exceeds row 5: T01

    code, out, err = run("feedback", campaign, "--today", "2023-08-01")
    folder = campaign / "phan-hoi"

    assert (code, err) == (0, "")
    assert {path.name for path in folder.iterdir()} == {
        "X1_Xã Đak Lua_phan-hoi_6T.xlsx", "danh-sach-phan-hoi.csv", "nhac-nop.csv",
    }  # fmt: skip
    assert f"Đã ghi 1 tệp phản hồi vào {folder}; danh sách: danh-sach-phan-hoi.csv." in out
    assert "đến ngày 01/08/2023" in (folder / "nhac-nop.csv").read_text("utf-8-sig")


def test_feedback_names_the_workbooks_of_an_earlier_run(run: Run, campaign: Path) -> None:
    typed(campaign / "inbox" / "a.xlsx", "Xã Đak Lua", [4, 120, 3, 9, 1, 12.5, "Có"])
    run("feedback", campaign)
    typed(campaign / "inbox" / "a.xlsx", "Xã Đak Lua", [4, 120, 3, 2, 1, 12.5, "Có"])

    _, out, _ = run("feedback", campaign, "--inbox", campaign / "inbox", "--out", campaign / "phan-hoi")

    assert "Đã ghi 0 tệp phản hồi" in out
    assert "Tệp của lần trước, không còn cần gửi: X1_Xã Đak Lua_phan-hoi_6T.xlsx" in out
    assert (campaign / "phan-hoi" / "X1_Xã Đak Lua_phan-hoi_6T.xlsx").exists()


def test_originals_are_left_as_they_are(run: Run, campaign: Path) -> None:
    before = {path: path.read_bytes() for path in campaign.rglob("*") if path.is_file()}

    run("consolidate", campaign)
    run("feedback", campaign)

    assert before == {path: path.read_bytes() for path in before}


def test_a_bad_file_stops_nothing(run: Run, campaign: Path) -> None:
    (campaign / "inbox" / "anh.jpg").write_bytes(b"\xff\xd8\xff\xe0 khong phai bieu")
    (campaign / "inbox" / "hong.xlsx").write_bytes(b"PK\x03\x04")

    code, out, err = run("consolidate", campaign)

    assert (code, err) == (0, "")
    assert "Chưa dùng được 2 tệp: anh.jpg; hong.xlsx" in " ".join(out.split())


def test_the_program_speaks_utf_8_in_any_terminal(campaign: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, "-m", "pcmd_consolidate.cli", "status", str(campaign)]

    done = subprocess.run(command, env=environment, capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (0, b"")
    assert "Xã Phú Lý" in done.stdout.decode("utf-8")


@contextmanager
def another_run(campaign: Path) -> Iterator[None]:
    """A run in another process that works on the campaign."""
    code = (
        "import pathlib\nfrom pcmd_consolidate.locks import one_run\n"
        f"with one_run(pathlib.Path({str(campaign)!r})):\n    print('held', flush=True)\n    input()"
    )
    source = {"PYTHONPATH": str(Path(__file__).parent.parent)}
    command = [sys.executable, "-c", code]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=os.environ | source) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield
        process.communicate("\n")


@pytest.mark.parametrize("command", ["consolidate", "feedback"])
def test_a_second_run_declines_before_it_reads(
    command: str, run: Run, campaign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError

    with another_run(campaign), monkeypatch.context() as patched:
        patched.setattr("pcmd_consolidate.returns.read_returns", never)
        code, out, err = run(command, campaign)

    assert (code, out) == (2, "")
    assert "một lượt chạy khác đang làm việc với đợt báo cáo này; hãy đợi lượt đó xong rồi chạy lại" in err
    assert not (campaign / "ket-qua").exists()
    assert run(command, campaign)[0] == 0
    assert not (campaign / RUN_LOCK).exists()


def test_who_only_looks_need_not_wait(run: Run, campaign: Path) -> None:
    with another_run(campaign):
        assert run("status", campaign)[0] == 0


def test_outputs_are_not_written_while_another_run_works(campaign: Path) -> None:
    result = consolidate(read_returns(open_campaign(campaign)))

    with another_run(campaign), pytest.raises(BusyError, match="một lượt chạy khác đang làm việc"):
        write_outputs(result)
    with another_run(campaign), pytest.raises(BusyError, match="một lượt chạy khác đang làm việc"):
        write_feedback(result)
    with one_run(campaign):
        assert write_outputs(result)[0].exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="may write everywhere")
def test_a_campaign_that_cannot_be_written_to_needs_no_lock(run: Run, campaign: Path, tmp_path: Path) -> None:
    campaign.chmod(0o555)
    try:
        assert run("consolidate", campaign, "--out", tmp_path / "ra")[0] == 0
    finally:
        campaign.chmod(0o755)


@pytest.mark.parametrize("command", ["consolidate", "feedback"])
def test_the_number_of_processes_is_chosen_where_none_is_asked_for(command: str, run: Run, campaign: Path) -> None:
    assert "mặc định theo số tệp và số bộ xử lý của máy" in " ".join(run(command, "--help")[1].split())
    assert run(command, campaign)[0] == 0

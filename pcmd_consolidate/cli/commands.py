"""The commands of ``pcmd``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pcmd_consolidate import __version__
from pcmd_consolidate.cli.plumbing import HELP, BilingualGroup, command, language_option, quoted
from pcmd_consolidate.errors import StrictError
from pcmd_consolidate.progress import progress_bar

if TYPE_CHECKING:
    from pcmd_consolidate.campaign import Campaign
    from pcmd_consolidate.consolidation import Consolidation
    from pcmd_consolidate.read_inbox import Inbox

_FOLDER = click.argument("folder", metavar="THU_MUC", type=click.Path(path_type=Path))
_INBOX = click.option(
    "--inbox",
    metavar="THU_MUC",
    type=click.Path(path_type=Path),
    help="Nơi chứa các biểu đã nhận; mặc định THU_MUC/inbox.",
)
_JOBS = click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 64),
    help="Số tiến trình đọc song song; mặc định theo số tệp và số bộ xử lý của máy, nhiều nhất 4.",
)


@click.group(
    cls=BilingualGroup,
    context_settings=HELP,
    subcommand_metavar="LENH [...]",
    options_metavar="[TUY_CHON]",
    add_help_option=False,
    help="Phát biểu, nhận biểu, kiểm tra và tổng hợp số liệu phòng, chống mại dâm của một tỉnh.",
)
@language_option
@click.version_option(__version__, "--version", prog_name="pcmd", help="In phiên bản rồi thoát.")
@click.help_option("-h", "--help", help="In hướng dẫn rồi thoát.")
def app() -> None:
    """All commands."""


@command(
    app,
    "new",
    "Tạo thư mục của một đợt báo cáo: campaign.toml, units.csv và inbox.",
    'pcmd new dong-nai --province "Đồng Nai"',
)
@_FOLDER
@click.option("--province", required=True, metavar="TEN", help="Tên một trong 34 tỉnh, thành phố.")
def _new(folder: Path, province: str) -> None:
    from pcmd_consolidate.start import new_campaign

    campaign = new_campaign(folder, province)
    click.echo(f"Đã tạo đợt báo cáo trong {folder}: {len(campaign.registry)} đơn vị.")
    then = _next("handout", folder)
    click.echo(f"Xem lại {folder / 'campaign.toml'} và {folder / 'units.csv'}, rồi phát biểu: {then}")


@command(app, "handout", "Ghi cho mỗi đơn vị một biểu trống để phát đi.", "pcmd handout dong-nai")
@_FOLDER
@click.option("--out", metavar="THU_MUC", type=click.Path(path_type=Path), help="Nơi ghi; mặc định THU_MUC/phat-hanh.")
@click.option(
    "--predecessors",
    is_flag=True,
    help="Đơn vị gộp từ nhiều xã (cột predecessors của units.csv): mỗi xã cũ một trang, biểu chính tự cộng.",
)
def _handout(folder: Path, out: Path | None, predecessors: bool) -> None:
    from pcmd_consolidate.campaign import open_campaign
    from pcmd_consolidate.handout import write_handout, write_handout_by_predecessors

    write = write_handout_by_predecessors if predecessors else write_handout
    campaign = open_campaign(folder)
    paths = write(campaign, out)
    click.echo(f"Đã ghi {len(paths)} biểu vào {paths[0].parent}.")
    if predecessors:
        merged = sum(len(unit.predecessors) > 1 for unit in campaign.registry)
        click.echo(f"Có trang riêng cho từng xã cũ: {merged} biểu (đơn vị có từ hai xã cũ trong units.csv).")
    inbox, then = folder / "inbox", _next("consolidate", folder)
    click.echo(f"Gửi các biểu này cho đơn vị; biểu nhận về cho vào {inbox}, rồi: {then}")


@command(app, "consolidate", "Đọc các biểu đã nhận, kiểm tra và tổng hợp.", "pcmd consolidate dong-nai")
@_FOLDER
@_INBOX
@click.option(
    "--out", metavar="THU_MUC", type=click.Path(path_type=Path), help="Nơi ghi kết quả; mặc định THU_MUC/ket-qua."
)
@_JOBS
@click.option("--strict", is_flag=True, help="Thoát với mã 3 nếu chưa thể trình ký: còn lỗi, hoặc còn đơn vị chưa nộp.")
def _consolidate(folder: Path, inbox: Path | None, out: Path | None, jobs: int | None, strict: bool) -> None:
    from pcmd_consolidate.campaign import open_campaign
    from pcmd_consolidate.last_run import still_standing
    from pcmd_consolidate.locks import one_run

    with one_run(folder):
        campaign = open_campaign(folder)
        looked = _look_into(campaign, inbox)
        if last := still_standing(looked, out or campaign.folder / "ket-qua"):
            click.echo(f"Không có gì thay đổi kể từ lần chạy trước; kết quả vẫn ở {last.outputs[0]}.")
            if strict and last.lacking:
                raise StrictError(last.errors, last.lacking)
            return
        looked.start_workers(jobs)
        _consolidate_anew(looked, out, jobs, strict=strict)


def _consolidate_anew(inbox: Inbox, out: Path | None, jobs: int | None, *, strict: bool) -> None:
    from pcmd_consolidate.cli.deciding import ask, is_trial, offer_decisions, tell_of_trial
    from pcmd_consolidate.display import print_result
    from pcmd_consolidate.last_run import note_run
    from pcmd_consolidate.outputs import write_outputs

    result = _consolidated(inbox, jobs)
    paths = write_outputs(result, out)
    print_result(result, paths)
    asked: list[Path | None] = []
    if is_trial(inbox, out):
        tell_of_trial(result)
    else:
        asked = [ask(result.returns), offer_decisions(result)]
    if len(result.findings):
        click.echo(f"Ghi tệp phản hồi cho các đơn vị: {_next('feedback', inbox.campaign.folder)}")
    if None not in asked:  # what could not be written has to be tried again
        note_run(inbox, result.returns.files, paths, result.errors, result.lacking, filter(None, asked))
    if strict:
        result.raise_unless_ready()


@command(
    app,
    "feedback",
    "Ghi tệp phản hồi cho các đơn vị và thư nhắc nộp.\n\nĐơn vị sửa trong tệp phản hồi, hoặc ghi lý do vào trang "
    "«Cần sửa», rồi gửi lại; bỏ tệp đó vào nơi chứa các biểu đã nhận và chạy lại.",
    "pcmd feedback dong-nai",
)
@_FOLDER
@_INBOX
@click.option("--out", metavar="THU_MUC", type=click.Path(path_type=Path), help="Nơi ghi; mặc định THU_MUC/phan-hoi.")
@_JOBS
@click.option(
    "--today",
    metavar="NGAY",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Ngày tính số ngày quá hạn, dạng năm-tháng-ngày; mặc định hôm nay.",
)
def _feedback(folder: Path, inbox: Path | None, out: Path | None, jobs: int | None, today: dt.datetime | None) -> None:
    from pcmd_consolidate.campaign import open_campaign
    from pcmd_consolidate.locks import one_run

    with one_run(folder):
        looked = _look_into(open_campaign(folder), inbox)
        looked.start_workers(jobs)
        from pcmd_consolidate.feedback import write_feedback

        result = _consolidated(looked, jobs)
        day = today.date() if today is not None else dt.date.today()
        *books, listed, reminders = write_feedback(result, out, today=day)
    click.echo(f"Đã ghi {len(books)} tệp phản hồi vào {listed.parent}; danh sách: {listed.name}.")
    click.echo(f"Thư nhắc các đơn vị chưa nộp (dùng để trộn thư): {reminders}")
    left = sorted({path.name for path in listed.parent.glob("*_phan-hoi_*.xlsx")} - {path.name for path in books})
    if left:
        click.echo(f"Tệp của lần trước, không còn cần gửi: {'; '.join(left)}")


@command(
    app,
    "report",
    "Ghi dự thảo báo cáo bằng lời (tệp Word) theo đề cương của kế hoạch.\n\nSố liệu được đưa vào câu và bảng; đoạn tô "
    "màu là chỗ cần bổ sung.",
    "pcmd report dong-nai",
)
@_FOLDER
@_INBOX
@click.option(
    "--out",
    metavar="TEP",
    type=click.Path(path_type=Path),
    help="Tệp ghi ra; mặc định THU_MUC/ket-qua/bao-cao-tong-ket.docx.",
)
@_JOBS
def _report(folder: Path, inbox: Path | None, out: Path | None, jobs: int | None) -> None:
    from pcmd_consolidate.campaign import open_campaign
    from pcmd_consolidate.locks import one_run

    with one_run(folder):
        looked = _look_into(open_campaign(folder), inbox)
        looked.start_workers(jobs)
        from pcmd_consolidate.report import write_report

        path = write_report(_consolidated(looked, jobs), out)
    click.echo(f"Đã ghi dự thảo báo cáo: {path}. Đoạn tô màu là chỗ cần bổ sung.")


@command(app, "status", "Liệt kê các đơn vị chưa nộp.", "pcmd status dong-nai")
@_FOLDER
@_INBOX
@click.option("--letter", is_flag=True, help="In thành câu văn để dán vào công văn, thư nhắc.")
def _status(folder: Path, inbox: Path | None, letter: bool) -> None:
    from pcmd_consolidate.campaign import open_campaign
    from pcmd_consolidate.letter import status_letter
    from pcmd_consolidate.standing import choices_among, standings
    from pcmd_consolidate.status import print_status

    campaign = open_campaign(folder)
    with progress_bar() as told:
        files = _look_into(campaign, inbox).read(progress=told)
    lines = list(standings(campaign, files, choices_among(files)))
    if letter:
        told_of = [(line.unit_id, line.unit, line.form, line.status, line.file) for line in lines]
        click.echo(status_letter(campaign.forms, told_of))
    else:
        print_status(campaign, lines, files)


def _next(name: str, folder: Path) -> str:
    """The command that comes next, as it can be copied."""
    return f"pcmd {name} {quoted(folder)}"


def _look_into(campaign: Campaign, folder: Path | None) -> Inbox:
    """A round's own inbox, with what was read of it before, or another one."""
    from pcmd_consolidate.read_inbox import look_into
    from pcmd_consolidate.readings_cache import open_cache

    own = folder is None or folder.resolve() == campaign.inbox.resolve()
    return look_into(campaign, None, open_cache(campaign)) if own else look_into(campaign, folder)


def _consolidated(inbox: Inbox, jobs: int | None) -> Consolidation:
    """The returns, read and consolidated."""
    from pcmd_consolidate.consolidation import consolidate
    from pcmd_consolidate.returns import assemble

    with progress_bar() as told:
        files = inbox.read(jobs=jobs, progress=told)
    return consolidate(assemble(inbox.campaign, files, inbox.folder))

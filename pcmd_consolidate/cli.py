"""The command ``pcmd``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pcmd_consolidate import __version__
from pcmd_consolidate.errors import PcmdError, StrictError

if TYPE_CHECKING:
    from pcmd_consolidate.campaign import Campaign
    from pcmd_consolidate.returns import Returns

WRONG_CALL = 2
FINDINGS_ARE_ERRORS = 3


class _Vietnamese:
    """Help pages in Vietnamese."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Cách dùng: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        params = self.get_params(ctx)  # type: ignore[attr-defined]
        helps = [param.get_help_record(ctx) for param in params if isinstance(param, click.Option)]
        records = [(names, text.replace("[required]", "(bắt buộc)")) for names, text in filter(None, helps)]
        with formatter.section("Tuỳ chọn"):
            formatter.write_dl(records)
        if isinstance(self, click.Group):
            with formatter.section("Các lệnh"):
                formatter.write_dl([(name, self.commands[name].get_short_help_str(70)) for name in self.commands])


class _Command(_Vietnamese, click.Command):
    pass


class _Group(_Vietnamese, click.Group):
    command_class = _Command


_HELP = {"help_option_names": ["-h", "--help"]}
_FOLDER = click.argument("folder", metavar="THU_MUC", type=click.Path(path_type=Path))


@click.group(
    cls=_Group,
    context_settings=_HELP,
    subcommand_metavar="LENH [...]",
    options_metavar="[TUY_CHON]",
    add_help_option=False,
    help="Phát biểu, nhận biểu, kiểm tra và tổng hợp số liệu phòng, chống mại dâm của một tỉnh.",
)
@click.version_option(__version__, "--version", prog_name="pcmd", help="In phiên bản rồi thoát.")
@click.help_option("-h", "--help", help="In hướng dẫn rồi thoát.")
def app() -> None:
    """All commands."""


def _command(name: str, help_text: str, example: str) -> Callable[[Callable[..., Any]], click.Command]:
    def decorate(function: Callable[..., Any]) -> click.Command:
        helped = click.help_option("-h", "--help", help="In hướng dẫn rồi thoát.")(function)
        return app.command(
            name,
            help=f"{help_text}\n\nVí dụ: {example}",
            options_metavar="[TUY_CHON]",
            add_help_option=False,
            context_settings=_HELP,
        )(helped)

    return decorate


@_command(
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
    click.echo(f"Xem lại {folder / 'campaign.toml'} và {folder / 'units.csv'}, rồi phát biểu: pcmd handout {folder}")


@_command("handout", "Ghi cho mỗi đơn vị một biểu trống để phát đi.", "pcmd handout dong-nai")
@_FOLDER
@click.option("--out", metavar="THU_MUC", type=click.Path(path_type=Path), help="Nơi ghi; mặc định THU_MUC/phat-hanh.")
def _handout(folder: Path, out: Path | None) -> None:
    from pcmd_consolidate.campaign import open_campaign
    from pcmd_consolidate.handout import write_handout

    paths = write_handout(open_campaign(folder), out)
    click.echo(f"Đã ghi {len(paths)} biểu vào {paths[0].parent}.")


@_command("consolidate", "Đọc các biểu đã nhận, kiểm tra và tổng hợp.", "pcmd consolidate dong-nai")
@_FOLDER
@click.option(
    "--inbox",
    metavar="THU_MUC",
    type=click.Path(path_type=Path),
    help="Nơi chứa các biểu đã nhận; mặc định THU_MUC/inbox.",
)
@click.option(
    "--out", metavar="THU_MUC", type=click.Path(path_type=Path), help="Nơi ghi kết quả; mặc định THU_MUC/ket-qua."
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 64),
    default=1,
    show_default=False,
    help="Số tiến trình đọc song song (mặc định 1).",
)
@click.option("--strict", is_flag=True, help="Thoát với mã 3 nếu có lỗi trong các biểu.")
def _consolidate(folder: Path, inbox: Path | None, out: Path | None, jobs: int, strict: bool) -> None:
    from pcmd_consolidate.campaign import open_campaign
    from pcmd_consolidate.consolidation import consolidate
    from pcmd_consolidate.display import print_result
    from pcmd_consolidate.outputs import write_outputs
    from pcmd_consolidate.returns import read_returns

    campaign = open_campaign(folder)
    with _progress("Đọc biểu") as progress:
        returns = read_returns(campaign, inbox, jobs=jobs, progress=progress)
    result = consolidate(returns)
    paths = write_outputs(result, out)
    print_result(result, paths)
    _ask(campaign, returns)
    if strict:
        result.raise_for_errors()


@_command("status", "Liệt kê các đơn vị chưa nộp.", "pcmd status dong-nai")
@_FOLDER
@click.option(
    "--inbox",
    metavar="THU_MUC",
    type=click.Path(path_type=Path),
    help="Nơi chứa các biểu đã nhận; mặc định THU_MUC/inbox.",
)
def _status(folder: Path, inbox: Path | None) -> None:
    from pcmd_consolidate.campaign import open_campaign
    from pcmd_consolidate.display import print_status
    from pcmd_consolidate.returns import read_returns

    campaign = open_campaign(folder)
    with _progress("Đọc biểu") as progress:
        print_status(read_returns(campaign, inbox, progress=progress))


def _ask(campaign: Campaign, returns: Returns) -> None:
    """Put what could not be settled into ``inbox.csv``; the results stand even where that cannot be written."""
    from pcmd_consolidate.rulings import RULINGS_FILE, add_questions

    path = campaign.folder / RULINGS_FILE
    try:
        added = add_questions(path, campaign.rulings, returns.questions)
    except PcmdError as error:
        click.echo(f"Lưu ý: {error}", err=True)
        return
    if added:
        click.echo(f"Có {added} câu hỏi mới trong {path}: ghi mã đơn vị vào cột unit_id rồi chạy lại.")


@contextmanager
def _progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on the error stream; silent where that is not a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _explain(error: click.ClickException) -> str:
    """A mistake in the call, in Vietnamese."""
    match error:
        case click.NoSuchOption():
            return f"Không có tuỳ chọn «{error.option_name}»."
        case click.MissingParameter():
            name = error.param.human_readable_name if error.param else ""
            return f"Thiếu {'tuỳ chọn --' if isinstance(error.param, click.Option) else 'tham số '}{name}."
        case click.BadOptionUsage():
            return f"Tuỳ chọn «{error.option_name}» dùng chưa đúng (thiếu hoặc thừa giá trị)."
        case click.BadParameter():
            name = error.param.opts[0] if isinstance(error.param, click.Option) else "tham số"
            return f"Giá trị của {name} không hợp lệ."
        case click.UsageError() if error.ctx is not None and error.ctx.command is app:
            return f"Không có lệnh này; các lệnh: {', '.join(app.commands)}."
        case _:
            return "Lệnh viết thừa hoặc sai tham số."


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line.

    Exits with 0 when the work is done, 2 on a wrong call or a broken campaign, 3 with ``--strict`` when a finding is an
    error.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = app.main(args, prog_name="pcmd", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
        code = WRONG_CALL
    except click.ClickException as error:
        command = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "pcmd"
        click.echo(f"Lỗi: {_explain(error)} Xem hướng dẫn: {command} --help", err=True)
        code = WRONG_CALL
    except StrictError as error:
        click.echo(str(error), err=True)
        code = FINDINGS_ARE_ERRORS
    except PcmdError as error:
        click.echo(f"Lỗi: {error}", err=True)
        code = WRONG_CALL
    except (KeyboardInterrupt, click.Abort):
        click.echo("Đã dừng theo yêu cầu.", err=True)
        code = 130
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()

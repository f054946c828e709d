"""click in Vietnamese: help pages, mistakes in a call, a progress bar."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

HELP: dict[str, Any] = {"help_option_names": ["-h", "--help"]}


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


class VietnameseCommand(_Vietnamese, click.Command):
    """A command whose help page is in Vietnamese."""


class VietnameseGroup(_Vietnamese, click.Group):
    """A group of commands whose help page is in Vietnamese."""

    command_class = VietnameseCommand


def command(app: click.Group, name: str, help_text: str, example: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Add a function to a group as a command, its help page with an example.

    Args:
        app: The group.
        name: Name of the command.
        help_text: What it does (Vietnamese).
        example: A call of it.
    """

    def decorate(function: Callable[..., Any]) -> click.Command:
        helped = click.help_option("-h", "--help", help="In hướng dẫn rồi thoát.")(function)
        return app.command(
            name,
            help=f"{help_text}\n\nVí dụ: {example}",
            options_metavar="[TUY_CHON]",
            add_help_option=False,
            context_settings=HELP,
        )(helped)

    return decorate


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on the error stream; silent where that is not a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def explain(error: click.ClickException, app: click.Group) -> str:
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

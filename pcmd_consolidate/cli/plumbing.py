"""click in two languages: help pages, mistakes in a call."""

from __future__ import annotations

import os
import re
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from pcmd_consolidate.cli.language import OPTION, said

HELP: dict[str, Any] = {"help_option_names": ["-h", "--help"]}
_GIVEN = re.compile(r"'?(.*?)'? (?:is not|does not match)")
"""What was given, in click's own words on a wrong value."""
_PLAIN_PATH = re.compile(r"[\w./\\:~+-]+")
_PLACEHOLDER = re.compile(r"THU_MUC|TEN|TEP|NGAY")


class _Bilingual:
    """Help pages in the language that is spoken; ``help`` and ``example`` are written in Vietnamese."""

    example = ""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(map(said, pieces)), prefix=said("Cách dùng: "))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        text = said(self.help)  # type: ignore[attr-defined]
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(f"{text}\n\n{said('Ví dụ: ')}{self.example}" if self.example else text)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        params = self.get_params(ctx)  # type: ignore[attr-defined]
        options = [param for param in params if isinstance(param, click.Option)]
        with formatter.section(said("Tuỳ chọn")):
            formatter.write_dl([shown for option in options if (shown := _shown(option, ctx))])
        if isinstance(self, click.Group):
            with formatter.section(said("Các lệnh")):
                formatter.write_dl([(name, self.commands[name].get_short_help_str(70)) for name in self.commands])

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002
        return said(self.help).split("\n")[0]  # type: ignore[attr-defined]


def _shown(option: click.Option, ctx: click.Context) -> tuple[str, str] | None:
    record = option.get_help_record(ctx)
    if record is None:
        return None
    names = _PLACEHOLDER.sub(lambda found: said(found[0]), record[0])
    mark = f"  {said('(bắt buộc)')}" if option.required else ""
    return names, said(option.help or "") + mark


class BilingualCommand(_Bilingual, click.Command):
    """A command whose help page is in the language that is spoken."""


class BilingualGroup(_Bilingual, click.Group):
    """A group of commands whose help page is in the language that is spoken."""

    command_class = BilingualCommand


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
        made = app.command(
            name,
            cls=BilingualCommand,
            help=help_text,
            options_metavar="[TUY_CHON]",
            add_help_option=False,
            context_settings=HELP,
        )
        added = made(helped)
        assert isinstance(added, BilingualCommand)
        added.example = example
        return added

    return decorate


def language_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--lang``, for the help page; it is taken out of a call before click sees it."""
    text = "Ngôn ngữ của hướng dẫn: vi hoặc en; mặc định theo PCMD_LANG, rồi theo máy."
    return click.option(OPTION, metavar="vi|en", type=click.Choice(["vi", "en"]), expose_value=False, help=text)(
        function
    )


IN_VIETNAMESE = "Lỗi: "


def tell(message: str, head: str = "") -> None:
    """Say on the error stream what went wrong; in red on a terminal, unless ``NO_COLOR`` is set.

    Args:
        message: What went wrong.
        head: What stands before it; by default in the language that is spoken.
    """
    head = head or said(IN_VIETNAMESE)
    plain = bool(os.environ.get("NO_COLOR")) or not sys.stderr.isatty()
    click.echo((head if plain else click.style(head, fg="red", bold=True)) + message, err=True)


def tell_of_a_fault(error: Exception) -> None:
    """Say that the program itself failed, and keep what its developers need."""
    with tempfile.NamedTemporaryFile("w", prefix="pcmd-loi-", suffix=".txt", delete=False, encoding="utf-8") as kept:
        traceback.print_exception(error, file=kept)
    what = f"{type(error).__name__}: {error}"[:200]
    text = (
        "Chương trình gặp lỗi ngoài dự kiến ({what}). Tệp gốc không bị ảnh hưởng; "
        "chi tiết để gửi người phát triển: {path}"
    )
    tell(said(text).format(what=what, path=Path(kept.name)))


def quoted(folder: Path) -> str:
    """A path as it is typed in a command: in quotation marks where it has a space or the like."""
    text = str(folder)
    return text if _PLAIN_PATH.fullmatch(text) else f'"{text}"'


def _wrong_value(error: click.BadParameter) -> str:
    """What was given to an option, and what can be."""
    option = error.param if isinstance(error.param, click.Option) else None
    given = _GIVEN.match(error.message)
    wrong = said("Giá trị «{value}» của {name} không hợp lệ{wanted}.")
    name = option.opts[0] if option else said("tham số")
    wanted = _wanted(option.type) if option else ""
    return wrong.format(value=given[1] if given else "", name=name, wanted=wanted and f": {wanted}")


def _wanted(kind: object) -> str:
    """What an option can be."""
    match kind:
        case click.IntRange():
            return said("phải là số nguyên từ {least} đến {most}").format(least=kind.min, most=kind.max)
        case click.Choice():
            return said("chọn {choices}").format(choices=", ".join(map(str, kind.choices)))
        case click.DateTime():
            return said("phải ghi dạng năm-tháng-ngày, ví dụ 2025-08-30")
        case _:
            return ""


def explain(error: click.ClickException, app: click.Group) -> str:
    """A mistake in the call, in the language that is spoken."""
    match error:
        case click.NoSuchOption():
            return said("Không có tuỳ chọn «{name}».").format(name=error.option_name)
        case click.MissingParameter():
            name = error.param.human_readable_name if error.param else ""
            missing = "Thiếu tuỳ chọn --{name}." if isinstance(error.param, click.Option) else "Thiếu tham số {name}."
            return said(missing).format(name=said(name))
        case click.BadOptionUsage():
            return said("Tuỳ chọn «{name}» dùng chưa đúng (thiếu hoặc thừa giá trị).").format(name=error.option_name)
        case click.BadParameter():
            return _wrong_value(error)
        case click.UsageError() if error.ctx is not None and error.ctx.command is app:
            return said("Không có lệnh này; các lệnh: {commands}.").format(commands=", ".join(app.commands))
        case _:
            return said("Lệnh viết thừa hoặc sai tham số. Đường dẫn có dấu cách phải đặt trong ngoặc kép.")

"""The command ``pcmd``."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from pcmd_consolidate.cli.commands import app
from pcmd_consolidate.cli.plumbing import explain
from pcmd_consolidate.errors import PcmdError, StrictError

WRONG_CALL = 2
FINDINGS_ARE_ERRORS = 3

__all__ = ["app", "main"]


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
        click.echo(f"Lỗi: {explain(error, app)} Xem hướng dẫn: {command} --help", err=True)
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

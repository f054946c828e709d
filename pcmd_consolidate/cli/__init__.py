"""The command ``pcmd``."""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Sequence

import click

from pcmd_consolidate.cli.commands import app
from pcmd_consolidate.cli.language import said, without_language
from pcmd_consolidate.cli.plumbing import IN_VIETNAMESE, explain, tell, tell_of_a_fault
from pcmd_consolidate.errors import PcmdError, StrictError

FAULT = 1
WRONG_CALL = 2
FINDINGS_ARE_ERRORS = 3
STOPPED = 130
_BETWEEN_LOOKS = 200_000
"""New objects after which cycles are looked for: a country is millions of objects, and next to no cycles."""

__all__ = ["app", "main"]


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line.

    Exits with 0 when the work is done, 1 when the program itself fails, 2 on a wrong call or a broken campaign, 3 with
    ``--strict`` while an error is open or a unit has not answered, 130 when it is stopped by hand.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    gc.set_threshold(_BETWEEN_LOOKS, *gc.get_threshold()[1:])
    atexit.register(gc.freeze)  # what the process holds ends with it: nothing needs to be looked through for cycles
    said.speak(None)
    try:
        asked, language = without_language(sys.argv[1:] if args is None else args)
        if language is not None:
            said.speak(language)
        code = app.main(asked, prog_name="pcmd", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
        code = WRONG_CALL
    except click.ClickException as error:
        command = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "pcmd"
        tell(f"{explain(error, app)} {said('Xem hướng dẫn: {command} --help').format(command=command)}")
        code = WRONG_CALL
    except StrictError as error:
        click.echo(str(error), err=True)
        code = FINDINGS_ARE_ERRORS
    except PcmdError as error:
        tell(str(error), IN_VIETNAMESE)
        code = WRONG_CALL
    except (KeyboardInterrupt, click.Abort):
        click.echo(said("Đã dừng theo yêu cầu."), err=True)
        code = STOPPED
    except Exception as error:  # a fault of ours: an official can do nothing with a traceback
        tell_of_a_fault(error)
        code = FAULT
    sys.exit(code if isinstance(code, int) else 0)

"""A progress bar for long steps, in a terminal and in a notebook."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from typing import Any

Told = Callable[[int, int], None]
"""Told how many steps are done, and how many there are."""


@contextmanager
def progress_bar(label: str = "Đọc biểu") -> Iterator[Told]:
    """A progress bar: in a notebook below the cell, in a terminal on its error stream, elsewhere silent.

    Args:
        label: What is going on, in the words of the person who waits.

    Yields:
        What :func:`~pcmd_consolidate.returns.read_returns` takes as ``progress``.
    """
    if _in_notebook():
        yield _NotebookBar(label)
    elif sys.stderr.isatty():
        with _terminal_bar(label) as told:
            yield told
    else:
        yield lambda _done, _total: None


def _in_notebook() -> bool:
    interactive = sys.modules.get("IPython")
    shell = interactive.get_ipython() if interactive is not None else None
    return hasattr(shell, "kernel")


class _NotebookBar:
    """A bar that is shown anew when it has grown by a hundredth."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._shown = -1
        self._handle: Any = None

    def __call__(self, done: int, total: int) -> None:
        hundredths = 100 * done // max(total, 1)
        if hundredths != self._shown:
            self._shown = hundredths
            self._show(f'{escape(self._label)} <progress value="{done}" max="{total}"></progress> {done}/{total}')

    def _show(self, html: str) -> None:
        from IPython import display

        seen = display.HTML(html)  # type: ignore[no-untyped-call]
        if self._handle is None:
            self._handle = display.display(seen, display_id=True)  # type: ignore[no-untyped-call]
        else:
            self._handle.update(seen)


@contextmanager
def _terminal_bar(label: str) -> Iterator[Told]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)

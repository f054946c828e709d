"""All files of an inbox, read by workers; whatever becomes of one of them, every file has its reading."""

from __future__ import annotations

import dataclasses
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from pcmd_consolidate.errors import NoWorkerError, WorkerError, WorkerMemoryError, WorkerTimeoutError
from pcmd_consolidate.findings import Finding, found
from pcmd_consolidate.forms import Form
from pcmd_consolidate.intake.guard import read_bytes
from pcmd_consolidate.intake.inbox import Item
from pcmd_consolidate.intake.readings import FileReading
from pcmd_consolidate.limits import Limits, limited
from pcmd_consolidate.rulings import Ruling
from pcmd_consolidate.units import Registry

Read = Callable[[Item, bytes | Finding], FileReading]
"""Reads a file whose bytes are at hand."""


class Outcome(Protocol):
    """What a call gives, once it is made."""

    def result(self) -> FileReading:
        """The reading; raises what the call raised."""


class Caller(Protocol):
    """Calls what reads a file, here or elsewhere: an executor."""

    def submit(self, read: Read, item: Item, content: bytes | Finding, /) -> Outcome:
        """Have it called."""


_MOST_WAITING, _MOST_BYTES = 512, 100_000_000
"""Files, and bytes of them, that wait for a worker at once."""


def read_within(
    limits: Limits,
    item: Item,
    content: bytes | Finding,
    forms: Sequence[Form],
    registry: Registry,
    rulings: Sequence[Ruling] = (),
) -> FileReading:
    """Read a file whose bytes are at hand, within other limits than the usual ones.

    What reads it is imported where that is done: the process that only hands files out starts without it.
    """
    from pcmd_consolidate.intake.read import read_content

    with limited(limits):
        return read_content(item, content, forms, registry, rulings)


def read_all(items: Iterable[Item], read: Read, executor: Caller) -> Iterator[FileReading]:
    """Read files, in their order.

    The bytes travel with the call, so that workers need not see the inbox. The first calls are made at once, so that
    the caller can do something else before it asks for the readings.

    Args:
        items: The files.
        read: Reads one of them; must be able to travel to a worker.
        executor: Calls it.

    Returns:
        One reading for each file. A file that cost its worker's life, or that made ``read`` raise, has a finding.

    Raises:
        NoWorkerError: No worker can be started.
    """
    calls = _Calls(items, read, executor)
    calls.make()
    return iter(calls)


class _Calls:
    """Calls that are made a little ahead of their readings."""

    def __init__(self, items: Iterable[Item], read: Read, executor: Caller) -> None:
        self._items = iter(items)
        self._read = read
        self._executor = executor
        self._waiting: deque[tuple[Item, int, Outcome | None]] = deque()
        self._held = 0

    def make(self) -> None:
        """Make calls until enough of them wait."""
        while len(self._waiting) <= _MOST_WAITING and self._held <= _MOST_BYTES:
            item = next(self._items, None)
            if item is None:
                return
            content = b"" if item.skipped else read_bytes(item.path, item.member)
            size = len(content) if isinstance(content, bytes) else 0
            outcome = None if item.skipped else self._executor.submit(self._read, item, content)
            self._waiting.append((item, size, outcome))
            self._held += size

    def __iter__(self) -> Iterator[FileReading]:
        while self._waiting:
            item, size, outcome = self._waiting.popleft()
            self._held -= size
            yield reading_of(item, outcome)
            self.make()


def reading_of(item: Item, future: Outcome | None) -> FileReading:
    """What a call gave, or the finding that says why it gave nothing; an empty reading where there was no call.

    Raises:
        NoWorkerError: No worker can be started.
    """
    if future is None:
        return FileReading(item, "")
    try:
        return future.result()
    except NoWorkerError:
        raise
    except WorkerTimeoutError as error:
        finding = found("H31", what=str(error))
    except WorkerMemoryError:
        finding = found("H32")
    except WorkerError as error:
        finding = found("H30", what=str(error))
    except Exception as error:  # a fault of ours: it costs this file alone
        finding = found("H30", what=f"{type(error).__name__}: {error}"[:200])
    return FileReading(item, "", findings=(dataclasses.replace(finding, file=item.name),))

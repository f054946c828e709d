"""Reading by executors of another make: another pool of processes, or other machines.

Such an executor knows nothing of files from strangers, and may lose calls: a machine goes down, a pool breaks. Hence

- the process that it calls reads nothing itself. It keeps workers of its own
  (:class:`~pcmd_consolidate.workers.GuardedExecutor`), so that the limits of memory and time of a file hold there as
  they do here, and a file gets the same findings wherever it is read;
- the forms and units of a campaign do not travel with every file. They are packed and sent until a reading has come
  back, and then only named; a process that never had them says so, and is sent them;
- files travel several at a time: a call costs an executor more than a file does;
- a call that the executor loses is made here, with a warning. No file is lost with it.

A call waits for as long as the executor lets it wait: one that has no machine left, and does not say so, waits for one.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import pickle
import threading
import warnings
import zlib
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace

import pcmd_consolidate
from pcmd_consolidate.errors import WorkerError
from pcmd_consolidate.findings import Finding
from pcmd_consolidate.intake.inbox import Item
from pcmd_consolidate.intake.read_all import Outcome, Read, reading_of
from pcmd_consolidate.intake.readings import FileReading
from pcmd_consolidate.workers import GuardedExecutor

File = tuple[Item, bytes | Finding]
"""A file and its bytes, or the finding that says why they could not be had."""

_FILES, _BYTES = 16, 1_000_000
"""Files, and bytes of them, from which on a call is made."""
_MOST_LOST = 20
"""Calls that an executor may lose before it is given no more."""
_MOST_PACKED = 20_000_000
"""Bytes of packed readers that are sent before a reading has come back."""
_MOST_KNOWN = 4
"""Readers that a process keeps."""


class ExecutorWarning(RuntimeWarning):
    """An executor lost calls; they were made by this process's own workers instead."""


@dataclass(frozen=True)
class Order:
    """What travels with each file: by what it is to be read.

    Attributes:
        name: Hash of the packed reader.
        version: Version of the library.
        packed: The reader; empty where the process called is thought to have it.
    """

    name: str
    version: str
    packed: bytes = b""

    def __call__(self, files: Sequence[File]) -> list[FileReading] | None:
        """Read files, each within the usual limits of memory and time; None where the reader was never sent here.

        Raises:
            WorkerError: The library has another version here.
        """
        if self.version != pcmd_consolidate.__version__:
            raise WorkerError(f"phiên bản {pcmd_consolidate.__version__}, cần {self.version}")
        read = _known(self)
        return None if read is None else [_guarded(read, item, content) for item, content in files]


def order_of(read: Read) -> Order:
    """The order to read by a reader."""
    packed = zlib.compress(pickle.dumps(read, pickle.HIGHEST_PROTOCOL))
    return Order(hashlib.sha256(packed).hexdigest(), pcmd_consolidate.__version__, packed)


@dataclass(eq=False)
class _Parcel:
    """Files that are read by one call, gathered until it is made."""

    read: Read
    files: list[File] = field(default_factory=list)
    size: int = 0
    future: Future[list[FileReading] | None] | None = None
    sent: bool = False
    readings: list[FileReading] | None = None


@dataclass(frozen=True)
class _Lent:
    """A file that another executor reads."""

    by: Elsewhere
    parcel: _Parcel
    place: int

    def result(self) -> FileReading:
        """Its reading."""
        return self.by.outcome(self.parcel, self.place)


class Elsewhere:
    """Has files read by an executor of another make, and by workers of this process where that one fails.

    Args:
        executor: Any executor whose processes can import this library.
        here: Gives the workers of this process.
    """

    def __init__(self, executor: Executor, here: Callable[[], Executor]) -> None:
        self._executor = executor
        self._here = here
        self._ordered: tuple[Read, Order] | None = None
        self._open: _Parcel | None = None
        self._bytes_sent = 0
        self._has_arrived = False
        self._lost = 0

    def submit(self, read: Read, item: Item, content: bytes | Finding, /) -> Outcome:
        """Have a file read."""
        if self._lost >= _MOST_LOST:
            return self._here().submit(read, item, content)
        if self._open is None or self._open.read is not read or self._open.sent:
            self._open = _Parcel(read)
        parcel = self._open
        parcel.files.append((item, content))
        parcel.size += len(content) if isinstance(content, bytes) else 0
        if len(parcel.files) >= _FILES or parcel.size >= _BYTES:
            self._send(parcel)
        return _Lent(self, parcel, len(parcel.files) - 1)

    def outcome(self, parcel: _Parcel, place: int) -> FileReading:
        """What became of a file that was lent; raises what it raised here, where it was lost there."""
        if not parcel.sent:
            self._send(parcel)
        if parcel.readings is None and parcel.future is not None:
            parcel.readings = self._returned(parcel, parcel.future)
            parcel.future = None
        if parcel.readings is not None:
            return parcel.readings[place]
        reading: FileReading = self._here().submit(parcel.read, *parcel.files[place]).result()
        return reading

    def _send(self, parcel: _Parcel) -> None:
        parcel.sent = True
        try:
            parcel.future = self._executor.submit(self._order_sent(parcel.read), parcel.files)
        except Exception as error:
            self._lose(error)

    def _returned(self, parcel: _Parcel, future: Future[list[FileReading] | None]) -> list[FileReading] | None:
        try:
            readings = future.result()
            if readings is None:
                readings = self._executor.submit(self._order(parcel.read), parcel.files).result()
            _check(readings, parcel.files)
        except Exception as error:
            self._lose(error)
            return None
        self._has_arrived = True
        return readings

    def _order(self, read: Read) -> Order:
        if self._ordered is None or self._ordered[0] is not read:
            self._ordered = read, order_of(read)
            self._has_arrived, self._bytes_sent = False, 0
        return self._ordered[1]

    def _order_sent(self, read: Read) -> Order:
        order = self._order(read)
        if self._has_arrived or self._bytes_sent > _MOST_PACKED:
            return replace(order, packed=b"")
        self._bytes_sent += len(order.packed)
        return order

    def _lose(self, error: Exception) -> None:
        self._lost += 1
        if self._lost == 1:
            what = f"{type(error).__name__}: {error}"[:300]
            message = f"Nơi được giao đọc tệp gặp sự cố ({what}); các tệp bị gián đoạn được đọc lại trên máy này."
            warnings.warn(message, ExecutorWarning, stacklevel=2)


def _check(readings: object, files: Sequence[File]) -> None:
    """Find that what came back are the readings of these files, each in its place.

    Raises:
        ValueError: It is something else.
    """
    if not isinstance(readings, list) or len(readings) != len(files):
        raise ValueError("kết quả trả về không phải của các tệp đã giao")
    for reading, (item, content) in zip(readings, files, strict=True):
        ours = isinstance(reading, FileReading) and (reading.item.name, reading.item.member) == (item.name, item.member)
        if not ours or reading.sha256 not in ("", _hash(content)):
            raise ValueError(f"kết quả trả về không phải của tệp {item.name}")


def _hash(content: bytes | Finding) -> str:
    return hashlib.sha256(content).hexdigest() if isinstance(content, bytes) else ""


_readers: dict[str, Read] = {}
_learning = threading.Lock()


def _known(order: Order) -> Read | None:
    """The reader of an order, the same object each time, so that what it remembers of forms is found again."""
    with _learning:
        if order.packed and order.name not in _readers:
            for oldest in list(_readers)[: len(_readers) + 1 - _MOST_KNOWN]:
                del _readers[oldest]
            _readers[order.name] = pickle.loads(zlib.decompress(order.packed))
        return _readers.get(order.name)


_idle: deque[GuardedExecutor] = deque()
"""Workers of this process that read nothing now: as many as it was ever called at once."""


def _guarded(read: Read, item: Item, content: bytes | Finding) -> FileReading:
    try:
        worker = _idle.pop()
    except IndexError:
        worker = GuardedExecutor(1, preload=(reading_of.__module__,))
    try:
        return reading_of(item, worker.submit(read, item, content))
    finally:
        _idle.append(worker)


@atexit.register
def _end_idle() -> None:
    while _idle:
        _idle.pop().shutdown()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_idle.clear)

"""Worker processes with limits: what kills or hangs a worker costs that one call, not the run.

A file from strangers can end the process that reads it (the readers are partly compiled code), fill its memory or keep
it busy for ever. :class:`GuardedExecutor` therefore calls functions in processes of its own, each with a limit of
memory and of time; a worker that dies or hangs is replaced, and only its own call fails, with a :class:`WorkerError`.

Workers are plain new interpreters that talk over pipes, so that they start in the same way on every system, from a
script, a notebook or the command line. The limit of memory is kept by the system on Linux and other POSIX systems that
know ``RLIMIT_DATA`` or ``RLIMIT_AS``; on macOS, which keeps neither, and on Windows only the limit of time holds.

All workers together hold no more than :data:`MEMORY`, so that a machine with little memory is not brought down: each
has its share, and a call for which the share is too small is made again, with more, while the other workers wait.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import json
import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from typing import IO, Any

from pcmd_consolidate.errors import NoWorkerError, WorkerError, WorkerMemoryError, WorkerTimeoutError
from pcmd_consolidate.turns import Turns
from pcmd_consolidate.watch import Watch

SECONDS = 30.0
"""Longest that one call may take."""
MEMORY = 600 * 1024 * 1024
"""Most memory that all workers may hold together, in bytes."""
_ALONE = 400 * 1024 * 1024
"""Most memory, in bytes, of a worker that works while the others wait; what those hold then stays within the rest."""
_MOST_JOBS = 4
_FILES_FOR_A_JOB = 25
_LENGTH = struct.Struct("<Q")
_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from pcmd_consolidate.worker_side import serve; serve(*json.loads(sys.argv[2]))"
)
_NOT_STARTED = (
    "Không mở được tiến trình đọc tệp ({why}). Hãy đóng bớt chương trình khác, kiểm tra quyền chạy Python trên máy, "
    "rồi chạy lại."
)
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def sensible_jobs(files: int) -> int:
    """How many workers are worth their start for so many files: one for each processor, at most four."""
    return max(1, min(os.cpu_count() or 1, _MOST_JOBS, 1 + files // _FILES_FOR_A_JOB))


class InProcessExecutor(Executor):
    """Calls functions at once, in this process, without any guard: for tests and for looking into faults."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call a function; its result, or what it raised, is in the future."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class GuardedExecutor(Executor):
    """Calls functions in worker processes with limits of memory and time.

    Args:
        jobs: Number of workers.
        seconds: Longest that one call may take.
        memory: Most memory that all workers may hold together, in bytes.
        preload: Modules that a worker imports before its first call.
    """

    def __init__(
        self, jobs: int, *, seconds: float = SECONDS, memory: int = MEMORY, preload: Sequence[str] = ()
    ) -> None:
        self._more = min(_ALONE, memory)
        self._share = min(memory // jobs, self._more)
        self._turns = Turns()
        self._calls: queue.SimpleQueue[tuple[Future[Any], bytes, bytes] | None] = queue.SimpleQueue()
        self._pickled: dict[int, tuple[Callable[..., Any], bytes]] = {}
        self._start = functools.partial(_Worker, seconds, preload=tuple(preload))
        self._threads = [threading.Thread(target=self._run, daemon=True) for _ in range(jobs)]
        for thread in self._threads:
            thread.start()

    @property
    def jobs(self) -> int:
        """Number of workers."""
        return len(self._threads)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call a function in a worker; the same function object travels to each worker once."""
        future: Future[Any] = Future()
        self._calls.put((future, self._function(fn), pickle.dumps((args, kwargs), pickle.HIGHEST_PROTOCOL)))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        """End the workers when the calls made so far are done."""
        for _ in self._threads:
            self._calls.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def _function(self, fn: Callable[..., Any]) -> bytes:
        known = self._pickled.get(id(fn))
        if known is None:
            self._pickled = {id(fn): (fn, pickle.dumps(fn, pickle.HIGHEST_PROTOCOL))}
            known = self._pickled[id(fn)]
        return known[1]

    def _run(self) -> None:
        """What a thread does: pass calls to its worker, and replace it where it died."""
        worker: _Worker | None = None
        with contextlib.suppress(NoWorkerError):  # the first call tells of it
            worker = self._start(self._share)
        while (call := self._calls.get()) is not None:
            future, function, arguments = call
            if not future.set_running_or_notify_cancel():
                continue
            try:
                if worker is None or worker.ended:
                    worker = self._start(self._share)
                future.set_result(self._outcome(worker, function, arguments))
            except BaseException as error:
                future.set_exception(error)
        if worker is not None:
            worker.close()

    def _outcome(self, worker: _Worker, function: bytes, arguments: bytes) -> Any:
        """What a call returns; one that its worker did not live through is made once more, with more memory."""
        try:
            with self._turns.beside_others():
                return worker.call(function, arguments)
        except WorkerTimeoutError:
            raise
        except WorkerError:
            if self._share >= self._more:
                raise
        with self._turns.alone(), contextlib.closing(self._start(self._more)) as larger:
            return larger.call(function, arguments)


_shared: list[GuardedExecutor] = []
_watch = Watch()


def shared_workers(jobs: int, preload: Sequence[str] = ()) -> GuardedExecutor:
    """Workers that are kept from call to call and end with this process."""
    if not _shared or _shared[0].jobs != jobs:
        _end_shared()
        _shared.append(GuardedExecutor(jobs, preload=preload))
    return _shared[0]


@atexit.register
def _end_shared() -> None:
    while _shared:
        _shared.pop().shutdown()


class _Worker:
    """One process: the side of the parent.

    Making one raises :class:`NoWorkerError` where it cannot be started.
    """

    def __init__(self, seconds: float, memory: int, preload: Sequence[str]) -> None:
        self._seconds = seconds
        self._memory = memory
        self._preload = preload
        self._known: bytes | None = None
        self._late = threading.Event()
        arguments = json.dumps(sys.path), json.dumps([seconds, memory, list(preload)])
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _BOOT, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | _ONE_THREAD,
            )
        except OSError as error:
            raise NoWorkerError(_NOT_STARTED.format(why=error.strerror or error)) from error
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to: IO[bytes] = self._process.stdin
        self._back: IO[bytes] = self._process.stdout

    @property
    def ended(self) -> bool:
        """Whether it can take no further call."""
        return self._process.poll() is not None or self._to.closed

    def call(self, function: bytes, arguments: bytes) -> Any:
        """Call a pickled function; raises what it raised, or a :class:`WorkerError`."""
        try:
            with _watch.limited(self._seconds, self._stop_late):
                _send(self._to, b"" if function is self._known else function, arguments)
                self._known = function
                reply = _receive(self._back)
        except (OSError, EOFError) as error:
            raise self._death() from error
        outcome, value = pickle.loads(reply)
        if outcome == "memory":
            self.close()
            raise WorkerMemoryError
        if outcome == "raised":
            raise value
        return value

    def _stop_late(self) -> None:
        self._late.set()
        self._process.kill()

    def _death(self) -> WorkerError:
        self._process.kill()
        code = self._process.wait()
        self.close()
        return WorkerTimeoutError(self._seconds) if self._late.is_set() else WorkerError(f"mã kết thúc {code}")

    def close(self) -> None:
        """End the process."""
        for pipe in (self._to, self._back):
            with contextlib.suppress(OSError):
                pipe.close()
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _send(pipe: IO[bytes], *pieces: bytes) -> None:
    for piece in pieces:
        pipe.write(_LENGTH.pack(len(piece)) + piece)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes:
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    content = pipe.read(length)
    if len(content) < length:
        raise EOFError
    return content

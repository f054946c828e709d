"""What a worker process does: set its limits, then answer calls until the pipe ends.

Answers to :mod:`pcmd_consolidate.workers`; nothing here needs more than the standard library.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import importlib
import os
import pickle
import signal
import struct
import sys
from collections.abc import Iterator, Sequence
from typing import IO, Any

_LENGTH = struct.Struct("<Q")
_GRACE = 5.0
"""Seconds that a worker gives the parent to end it, before it ends itself: the parent may be gone."""


def serve(seconds: float, memory: int, preload: Sequence[str]) -> None:
    """Answer calls.

    Args:
        seconds: Longest that one call may take.
        memory: Most memory that the process may hold, in bytes.
        preload: Modules to import first.
    """
    calls, answers = _own_pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in preload:
        importlib.import_module(name)
    gc.freeze()  # modules stay as long as the process
    _limit_memory(memory)
    function: Any = None
    while True:
        pickled, arguments = _receive(calls), _receive(calls)
        if pickled is None or arguments is None:
            return
        with _at_most(seconds + _GRACE):
            if pickled:
                function = pickle.loads(pickled)
            _send(answers, _answer(function, arguments))


if sys.platform == "win32":
    _NOWHERE = open(os.devnull, "w")  # noqa: SIM115 - as long as the process

    @contextlib.contextmanager
    def _at_most(seconds: float) -> Iterator[None]:
        """Have this process end, whatever it does, if what is done here takes longer."""
        faulthandler.dump_traceback_later(seconds, exit=True, file=_NOWHERE)
        yield
        faulthandler.cancel_dump_traceback_later()

else:

    @contextlib.contextmanager
    def _at_most(seconds: float) -> Iterator[None]:
        """Have this process end, whatever it does, if what is done here takes longer."""
        signal.signal(signal.SIGALRM, signal.SIG_DFL)  # which ends the process
        signal.setitimer(signal.ITIMER_REAL, seconds)
        yield
        signal.setitimer(signal.ITIMER_REAL, 0)


def _answer(function: Any, arguments: bytes) -> bytes:
    try:
        args, kwargs = pickle.loads(arguments)
        return pickle.dumps(("returned", function(*args, **kwargs)), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return pickle.dumps(("memory", None))
    except Exception as error:
        return _raised(error)


def _raised(error: Exception) -> bytes:
    """An exception as it travels; one that cannot travel as its words."""
    try:
        pickled = pickle.dumps(("raised", error), pickle.HIGHEST_PROTOCOL)
        pickle.loads(pickled)
    except Exception:
        return pickle.dumps(("raised", RuntimeError(f"{type(error).__name__}: {error}")))
    return pickled


def _own_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The pipes to the parent; whatever a library prints goes nowhere."""
    calls, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    sys.stdin, sys.stdout = open(0, closefd=False), open(1, "w", closefd=False)  # noqa: SIM115
    return calls, answers


def _limit_memory(memory: int) -> None:
    """Let the system refuse more memory, where it can."""
    try:
        import resource
    except ImportError:
        return
    kinds = ["RLIMIT_DATA"] if sys.platform.startswith("linux") else ["RLIMIT_DATA", "RLIMIT_AS"]
    for kind in kinds:
        with contextlib.suppress(AttributeError, ValueError, OSError):
            limit = getattr(resource, kind)
            resource.setrlimit(limit, (memory, resource.getrlimit(limit)[1]))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _send(pipe: IO[bytes], content: bytes) -> None:
    pipe.write(_LENGTH.pack(len(content)) + content)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes | None:
    head = pipe.read(_LENGTH.size)
    return pipe.read(_LENGTH.unpack(head)[0]) if len(head) == _LENGTH.size else None

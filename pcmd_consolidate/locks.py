"""One run at a time on a campaign, and one at a time that writes to a folder.

The system gives up the lock when the run ends, however it ends.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pcmd_consolidate.errors import BusyError, OutputError

LOCK = ".pcmd.lock"
RUN_LOCK = ".pcmd-run.lock"
_WAIT = {
    LOCK: "một lượt chạy khác đang ghi kết quả vào đây; hãy đợi lượt đó xong rồi chạy lại",
    RUN_LOCK: "một lượt chạy khác đang làm việc với đợt báo cáo này; hãy đợi lượt đó xong rồi chạy lại",
}
_BUSY = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


_own = threading.local()
"""The campaigns that this thread works on."""


@contextmanager
def one_run(campaign: Path) -> Iterator[None]:
    """Be the only run that works on a campaign; what such a run calls may ask for it again.

    A campaign in a folder that cannot be written to is worked on without a lock.

    Args:
        campaign: Its folder.

    Raises:
        BusyError: Another run works on it.
    """
    held: set[Path] = _own.__dict__.setdefault("held", set())
    folder = campaign.resolve()
    if folder in held or not folder.is_dir() or not os.access(folder, os.W_OK):
        yield
        return
    with _holding(folder / RUN_LOCK):
        held.add(folder)
        try:
            yield
        finally:
            held.discard(folder)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder.

    Raises:
        BusyError: Another run holds it.
        OutputError: The folder cannot be written to.
    """
    with _holding(folder / LOCK):
        yield


@contextmanager
def _holding(path: Path) -> Iterator[None]:
    handle = _hold(path)
    try:
        yield
    finally:
        if sys.platform != "win32":
            path.unlink(missing_ok=True)
        os.close(handle)
        if sys.platform == "win32":
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)


def _hold(path: Path) -> int:
    while True:
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise OutputError(path.parent, f"không ghi được vào thư mục này ({_reason(error)})") from error
        try:
            _take(handle)
        except OSError as error:
            os.close(handle)
            if error.errno in _BUSY:
                raise BusyError(path.parent, _WAIT[path.name]) from error
            raise OutputError(path.parent, f"không khoá được thư mục này ({_reason(error)})") from error
        if _is_still_there(handle, path):
            return handle
        os.close(handle)


def _reason(error: OSError) -> str:
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "không có quyền ghi; hãy chọn thư mục khác"
    return "ổ đĩa đã đầy" if error.errno == errno.ENOSPC else str(error.strerror or error)


def _is_still_there(handle: int, path: Path) -> bool:
    """Whether the file that is locked is the one that others would lock: its holder removes it when it is done."""
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except OSError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

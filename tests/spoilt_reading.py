"""Reading that goes wrong for certain files, by their names."""

from __future__ import annotations

import hashlib
import os
import signal
import time

from pcmd_consolidate.findings import Finding
from pcmd_consolidate.intake.inbox import Item
from pcmd_consolidate.intake.readings import FileReading


def read_or_fail(item: Item, content: bytes | Finding, spared: int) -> FileReading:
    """Read nothing of a file but its bytes, which are given as the time at which it was saved.

    One named *raises* raises, one named *hangs* takes for ever, one named *eats* takes 2 GB, one named *dies* ends its
    process, one named *falls* ends the process that called it, unless that is the one to be spared.
    """
    if item.name == "raises":
        raise ValueError("nothing to read")
    if item.name == "hangs":
        time.sleep(3600)
    if item.name == "eats":
        return FileReading(item, "x" * 2_000_000_000)
    if item.name == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    if item.name == "falls" and os.getppid() != spared:
        os.kill(os.getppid(), signal.SIGKILL)
    assert isinstance(content, bytes)
    return FileReading(item, hashlib.sha256(content).hexdigest(), content.decode())

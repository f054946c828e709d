"""Writing files so that they appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pcmd_consolidate.errors import OutputError


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A temporary path beside ``path``; what is written there takes its place when the block ends well.

    Raises:
        OutputError: The file cannot be written. The previous one, if any, is left whole.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=path.suffix, dir=path.parent)
    except OSError as error:
        raise OutputError(path, _why(error)) from error
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
        beside.chmod(0o644)
        os.replace(beside, path)
    except OSError as error:
        raise OutputError(path, _why(error)) from error
    finally:
        beside.unlink(missing_ok=True)


def _why(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "không ghi được; nếu tệp đang mở trong Excel, hãy đóng lại rồi chạy lại (tệp cũ còn nguyên)"
    return f"không ghi được ({error.strerror or error}); tệp cũ, nếu có, còn nguyên"

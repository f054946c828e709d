"""Writing files so that they appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pcmd_consolidate.errors import OutputError


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A temporary path beside ``path``; what is written there takes its place when the block ends well.

    Raises:
        OutputError: The file cannot be written. The previous one, if any, is left whole.
    """
    with written_together([path]) as (beside,):
        yield beside


@contextmanager
def written_together(paths: Sequence[Path]) -> Iterator[tuple[Path, ...]]:
    """Temporary paths beside ``paths``; when the block ends well, all of them take their places, or none does.

    Raises:
        OutputError: A file cannot be written. The previous ones, if any, are left whole.
    """
    besides: list[Path] = []
    current = paths[0]
    try:
        for current in paths:
            besides.append(_reserve(current))
        yield tuple(besides)
        _replace_all(list(zip(besides, paths, strict=True)))
    except _ReplaceError as error:
        raise OutputError(error.path, _why(error.cause)) from error.cause
    except OSError as error:
        raise OutputError(current, _why(error)) from error
    finally:
        for beside in besides:
            beside.unlink(missing_ok=True)


class _ReplaceError(Exception):
    """A file could not be put in its place."""

    def __init__(self, path: Path, cause: OSError) -> None:
        super().__init__(path)
        self.path = path
        self.cause = cause


def _reserve(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    return Path(name)


def _replace_all(pairs: Sequence[tuple[Path, Path]]) -> None:
    """Put each file in its place; where one cannot be, put everything back as it was."""
    kept: list[tuple[Path, Path | None]] = []
    try:
        for beside, path in pairs:
            old = path.with_name(f"{beside.name}.old") if path.exists() else None
            try:
                if old is not None:
                    os.replace(path, old)
                kept.append((path, old))
                beside.chmod(0o644)
                os.replace(beside, path)
            except OSError as error:
                raise _ReplaceError(path, error) from error
    except _ReplaceError:
        for path, old in reversed(kept):
            path.unlink(missing_ok=True)
            if old is not None:
                os.replace(old, path)
        raise
    for _, old in kept:
        if old is not None:
            old.unlink(missing_ok=True)


def _why(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "không ghi được; nếu tệp đang mở trong Excel, hãy đóng lại rồi chạy lại (tệp cũ còn nguyên)"
    return f"không ghi được ({error.strerror or error}); tệp cũ, nếu có, còn nguyên"

"""Writing files so that they appear whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from pcmd_consolidate.errors import OutputError
from pcmd_consolidate.locks import locked

JOURNAL = ".pcmd-dang-thay.json"
"""Says, while several files are put in their places, which ones: a run that is killed then is finished by the next."""
_KEPT = ".old"
_Pairs = Sequence[tuple[Path, Path]]
"""Files beside others whose places they are to take."""


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A temporary path beside ``path``; what is written there takes its place when the block ends well.

    Raises:
        OutputError: The file cannot be written. The previous one, if any, is left whole.
    """
    with _written([path], _replace_all) as (beside,):
        yield beside


@contextmanager
def written_lightly(path: Path) -> Iterator[Path]:
    """The same for a file that is not missed: where the power fails, what is left of it may be anything.

    Raises:
        OutputError: The file cannot be written.
    """
    with _written([path], _move_all) as (beside,):
        yield beside


@contextmanager
def written_together(paths: Sequence[Path]) -> Iterator[tuple[Path, ...]]:
    """Temporary paths beside ``paths``; when the block ends well, all of them take their places, or none does.

    Only one process at a time does this in a folder.

    Raises:
        OutputError: A file cannot be written. The previous ones, if any, are left whole.
        BusyError: Another process is writing there.
    """
    folder = paths[0].parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(folder, _why(error)) from error
    with locked(folder):
        finish_interrupted(folder, paths)
        with _written(paths, _replace_all) as besides:
            yield besides


def finish_interrupted(folder: Path, paths: Sequence[Path]) -> None:
    """Finish what a killed run had begun to put in place, and remove what it left."""
    journal = folder / JOURNAL
    try:
        for beside, meant in _begun(journal):
            if (folder / Path(beside).name).exists():
                os.replace(folder / Path(beside).name, folder / Path(meant).name)
        journal.unlink(missing_ok=True)
        for path in paths:
            for left in (*folder.glob(f".{path.stem}-*"), *folder.glob(f"..{path.stem}-*")):
                left.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        raise OutputError(folder, f"không dọn được phần ghi dở của lần chạy trước ({journal.name})") from error


def _begun(journal: Path) -> list[tuple[str, str]]:
    """What a killed run was putting in place; nothing where what it noted is damaged: all of it is written anew now."""
    if not journal.is_file():
        return []
    try:
        return [(str(beside), str(path)) for beside, path in json.loads(journal.read_text(encoding="utf-8"))]
    except (ValueError, TypeError, RecursionError):
        return []


@contextmanager
def _written(paths: Sequence[Path], put: Callable[[_Pairs], None]) -> Iterator[tuple[Path, ...]]:
    besides: list[Path] = []
    current = paths[0]
    try:
        for current in paths:
            besides.append(_reserve(current))
        yield tuple(besides)
        put(list(zip(besides, paths, strict=True)))
    except _ReplaceError as error:
        raise OutputError(error.path, _why(error.cause)) from error.cause
    except OSError as error:
        raise OutputError(current, _why(error)) from error
    except OutputError as error:
        raise _as_meant(error, dict(zip(besides, paths, strict=False))) from error
    finally:
        for beside in besides:
            beside.unlink(missing_ok=True)


def _as_meant(error: OutputError, meant: Mapping[Path, Path]) -> OutputError:
    """An error about a temporary path, said of the path that it stands for."""
    path = meant.get(error.path)
    return error if path is None else OutputError(path, str(error).removeprefix(f"{error.path}: "))


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


def _move_all(pairs: _Pairs) -> None:
    for beside, path in pairs:
        beside.chmod(0o644)
        os.replace(beside, path)


def _replace_all(pairs: _Pairs) -> None:
    """Put each file in its place; where one cannot be, put everything back as it was."""
    kept = _keep_all(pairs)
    for beside, _ in pairs:
        beside.chmod(0o644)
        flush(beside)
    journal = _begin(pairs)
    done = 0
    try:
        for beside, path in pairs:
            try:
                os.replace(beside, path)
            except OSError as error:
                raise _ReplaceError(path, error) from error
            done += 1
    except _ReplaceError:
        for path, old in reversed(kept[:done]):
            path.unlink(missing_ok=True) if old is None else os.replace(old, path)
        raise
    finally:
        journal.unlink(missing_ok=True)
        for _, old in kept:
            if old is not None:
                old.unlink(missing_ok=True)


def _keep_all(pairs: _Pairs) -> list[tuple[Path, Path | None]]:
    """Each file with a second name for the one that it is to replace."""
    kept: list[tuple[Path, Path | None]] = []
    try:
        for beside, path in pairs:
            kept.append((path, _keep(beside, path)))
    except OSError as error:
        for _, old in kept:
            if old is not None:
                old.unlink(missing_ok=True)
        raise _ReplaceError(pairs[len(kept)][1], error) from error
    return kept


def _keep(beside: Path, path: Path) -> Path | None:
    """A second name for the file that is to be replaced; None where there is none."""
    if not path.exists():
        return None
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    old = path.with_name(f"{beside.name}{_KEPT}")
    try:
        os.link(path, old)
    except OSError:
        shutil.copy2(path, old)
    return old


def _begin(pairs: _Pairs) -> Path:
    """Write down what is about to take whose place."""
    journal = pairs[0][1].with_name(JOURNAL)
    if len(pairs) > 1 and len({path.parent for _, path in pairs}) == 1:
        beside = pairs[0][0].with_name(f"{pairs[0][0].name}.json")
        beside.write_text(json.dumps([(beside.name, path.name) for beside, path in pairs]), encoding="utf-8")
        flush(beside)
        os.replace(beside, journal)
    return journal


def flush(path: Path) -> None:
    """Have the system put a file onto the disk before it takes another's place."""
    with contextlib.suppress(OSError), path.open("rb+") as file:
        os.fsync(file.fileno())


def _why(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return (
            "không ghi được; nếu tệp đang mở trong Excel, hãy đóng lại rồi chạy lại; nếu không, tệp hoặc thư mục này "
            "chỉ cho đọc: xin quyền ghi, hoặc chọn thư mục khác (tệp cũ còn nguyên)"
        )
    code = error.errno or getattr(error.args[0] if error.args else None, "errno", None)
    if code in (errno.ENOSPC, errno.EDQUOT):
        return "ổ đĩa đã đầy; hãy xoá bớt tệp không cần rồi chạy lại (tệp cũ, nếu có, còn nguyên)"
    if code == errno.EROFS:
        return "nơi này chỉ cho đọc; hãy chọn thư mục khác để ghi kết quả"
    if code in (errno.EEXIST, errno.EISDIR, errno.ENOTDIR):
        return "không ghi được: ở đó đã có tệp hoặc thư mục khác cùng tên; hãy đổi tên nó rồi chạy lại"
    return f"không ghi được ({error.strerror or error}); tệp cũ, nếu có, còn nguyên"

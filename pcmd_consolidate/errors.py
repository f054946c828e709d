"""Exceptions of the library.

A bad return is never an exception: it becomes a finding. Exceptions are for the faults of the caller and of
the environment::

    PcmdError
    ├── FormError        a form file says something that cannot be used
    │   └── RuleError    a rule's expression cannot be compiled
    ├── CampaignError    campaign.toml or units.csv has a mistake (names file, line and field)
    ├── ValuesError      a table of figures given in place of files has a mistake (names column and line)
    ├── OutputError      an output cannot be written (open in Excel, disk full, no permission)
    ├── BusyError        another run is working on the same campaign
    ├── NoWorkerError    no worker process can be started
    ├── WorkerError      a worker process died over a call
    │   ├── WorkerTimeoutError   it took too long
    │   └── WorkerMemoryError    it needed too much memory
    └── StrictError      raised on request when an error is open, or a unit has not answered

Messages are written for the official who reads them, in Vietnamese.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class PcmdError(Exception):
    """Base class of every error raised on purpose by this library."""


class FormError(PcmdError):
    """A form file cannot be used.

    Attributes:
        form: Id or path of the form.
    """

    def __init__(self, form: str, message: str) -> None:
        super().__init__(f"Biểu mẫu {form}: {message}")
        self.form = form


class RuleError(FormError):
    """A rule's expression cannot be compiled.

    Attributes:
        rule: Id of the rule, for example ``A19``.
        expression: The expression as written in the form file.
    """

    def __init__(self, form: str, rule: str, expression: str, message: str) -> None:
        super().__init__(form, f"quy tắc {rule} («{expression}»): {message}")
        self.rule = rule
        self.expression = expression


class CampaignError(PcmdError):
    """A campaign's folder, ``campaign.toml`` or ``units.csv`` has a mistake.

    Attributes:
        path: The file (or folder) at fault.
        line: Line in that file, counted from 1; None where it is not about a line.
        field: Name of the setting or column at fault; None where it is not about one.
    """

    def __init__(self, path: Path, message: str, *, line: int | None = None, field: str | None = None) -> None:
        place = str(path)
        if line is not None:
            place += f", dòng {line}"
        if field is not None:
            place += f", mục «{field}»"
        super().__init__(f"{place}: {message}")
        self.path = path
        self.line = line
        self.field = field

    @classmethod
    def of_all(cls, mistakes: Sequence[CampaignError]) -> CampaignError:
        """Several mistakes in one file as one error, which names them all; line and field are those of the first."""
        first, *others = mistakes
        if not others:
            return first
        told = "".join(f"\n  - {str(mistake).removeprefix(f'{first.path}, ')}" for mistake in mistakes)
        whole = cls(first.path, f"có {len(mistakes)} chỗ phải sửa:{told}")
        whole.line, whole.field = first.line, first.field
        return whole


class ValuesError(PcmdError):
    """A table of figures that is given in place of files has a mistake.

    Attributes:
        column: The column at fault.
        line: The first line at fault, counted from 1 whatever the table's index says; None where it is not about one.
    """

    def __init__(self, column: str, message: str, *, line: int | None = None) -> None:
        place = f"cột «{column}»" if line is None else f"cột «{column}», dòng {line}"
        super().__init__(f"Bảng số liệu, {place}: {message}")
        self.column = column
        self.line = line


class OutputError(PcmdError):
    """An output cannot be written; the previous one, if any, is left whole.

    Attributes:
        path: The output at fault.
    """

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path


class StrictError(PcmdError):
    """A round is not ready to be signed, and the caller asked not to go on.

    Attributes:
        errors: How many findings are errors.
        lacking: Everything that is lacking, in words; empty where only errors were asked about.
    """

    def __init__(self, errors: int, lacking: Sequence[str] = ()) -> None:
        not_ready = f"Chưa thể trình ký: còn {'; '.join(lacking)}."
        super().__init__(not_ready if lacking else f"Có {errors} lỗi trong các biểu đã nhận.")
        self.errors = errors
        self.lacking = tuple(lacking)


class BusyError(PcmdError):
    """Another run is working on the same campaign; this one did nothing.

    Attributes:
        path: The lock that says so.
    """

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path


class NoWorkerError(PcmdError):
    """No worker process can be started: nothing can be read safely on this machine as it is now."""


class WorkerError(PcmdError):
    """A worker process died over a call; only that call is lost."""


class WorkerTimeoutError(WorkerError):
    """A call took too long, and its worker was ended.

    Attributes:
        seconds: The limit.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(f"quá {seconds:g} giây")
        self.seconds = seconds


class WorkerMemoryError(WorkerError):
    """A call needed more memory than a worker may hold."""

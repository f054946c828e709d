"""Every file of a campaign's inbox, read by worker processes or found in the cache."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from pcmd_consolidate.campaign import Campaign
from pcmd_consolidate.errors import CampaignError
from pcmd_consolidate.findings import Finding
from pcmd_consolidate.intake.inbox import Item, find_all
from pcmd_consolidate.intake.read_all import Caller, Outcome, Read, read_all, read_within
from pcmd_consolidate.intake.readings import FileReading
from pcmd_consolidate.limits import limited
from pcmd_consolidate.readings_cache import Look, ReadingCache
from pcmd_consolidate.workers import GuardedExecutor, InProcessExecutor, sensible_jobs, shared_workers

Progress = Callable[[int, int], None]
"""Told how many files are read, and how many there are."""

_PRELOAD = ("pcmd_consolidate.intake.read",)


@dataclass(frozen=True)
class Inbox:
    """An inbox that has been looked at: what is read is what was seen then.

    Attributes:
        campaign: The round.
        folder: The inbox.
        looks: Every file of it.
        cache: Readings of an earlier run.
    """

    campaign: Campaign
    folder: Path
    looks: tuple[Look, ...]
    cache: ReadingCache | None = None

    def start_workers(self, jobs: int | None = None) -> None:
        """Have the workers start that :meth:`read` will need, so that the caller can import what comes after it."""
        if changed := self._changed():
            _workers(jobs or sensible_jobs(changed))

    def read(
        self, *, jobs: int | None = None, executor: Executor | None = None, progress: Progress | None = None
    ) -> tuple[FileReading, ...]:
        """Read every file, in the order of their names.

        For the arguments see :func:`~pcmd_consolidate.returns.read_returns`.
        """
        with limited(self.campaign.limits):
            caller = _AtNeed(executor, jobs or sensible_jobs(self._changed() or len(self.looks)))
            fresh = self._read([look.item for look in self.looks if not look.sha256], caller)
            known = {} if self.cache is None else self.cache.readings(self.looks)  # while those are read
            lost = {place for place, look in enumerate(self.looks) if look.sha256 and place not in known}
            again = self._read([self.looks[place].item for place in sorted(lost)], caller)
            files = []
            for place in range(len(self.looks)):
                files.append(known[place] if place in known else next(again if place in lost else fresh))
                if progress is not None:
                    progress(len(files), len(self.looks))
        if self.cache is not None:
            self.cache.save(self.looks, files, known)
        return tuple(files)

    def _read(self, items: Sequence[Item], caller: Caller) -> Iterator[FileReading]:
        """Have files read; the first of them are under way when this returns."""
        by = self.campaign
        read = functools.partial(read_within, by.limits, forms=by.forms, registry=by.registry, rulings=by.rulings)
        return read_all(items, read, caller)

    def _changed(self) -> int:
        """How many files were not read before as they are now."""
        return sum(not look.sha256 and not look.item.skipped for look in self.looks)


def look_into(campaign: Campaign, inbox: str | Path | None = None, cache: ReadingCache | None = None) -> Inbox:
    """Look at every file of an inbox, without reading it.

    Args:
        campaign: The round.
        inbox: Folder to look into; the campaign's own where None.
        cache: Readings of an earlier run.

    Raises:
        CampaignError: The inbox does not exist, or the cache is that of another round.
    """
    if cache is not None and not cache.is_for(campaign):
        raise CampaignError(cache.path, "là bản lưu của đợt khác, hoặc của đợt này trước khi sửa; hãy mở lại bản lưu")
    folder = campaign.inbox if inbox is None else Path(inbox)
    if not folder.is_dir():
        raise CampaignError(folder, "không có thư mục chứa các biểu đã nhận")
    with limited(campaign.limits):
        began, items = time.time_ns(), find_all(folder)
        return Inbox(campaign, folder, tuple(map(Look, items) if cache is None else cache.look(items, began)), cache)


class _AtNeed:
    """What calls the reader: its workers start with the first call, if not before."""

    def __init__(self, executor: Executor | None, jobs: int) -> None:
        self._executor = executor
        self._jobs = jobs

    def submit(self, read: Read, item: Item, content: bytes | Finding, /) -> Outcome:
        """Have a file read."""
        return self._caller.submit(read, item, content)

    @functools.cached_property
    def _caller(self) -> Caller:
        """The library's own workers, or another executor with those behind it."""
        from pcmd_consolidate.elsewhere import Elsewhere

        if self._executor is None:
            return _workers(self._jobs)
        own = isinstance(self._executor, GuardedExecutor | InProcessExecutor)
        return self._executor if own else Elsewhere(self._executor, functools.partial(_workers, self._jobs))


def _workers(jobs: int) -> GuardedExecutor:
    return shared_workers(jobs, _PRELOAD)

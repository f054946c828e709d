"""Every file of a campaign's inbox, read by worker processes or found in the cache."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from pcmd_consolidate.campaign import Campaign
from pcmd_consolidate.errors import CampaignError
from pcmd_consolidate.intake.inbox import Item, find_all
from pcmd_consolidate.intake.read_all import Caller, read_all, read_within
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
            _caller(None, jobs or sensible_jobs(changed))

    def read(
        self, *, jobs: int | None = None, executor: Executor | None = None, progress: Progress | None = None
    ) -> tuple[FileReading, ...]:
        """Read every file, in the order of their names.

        For the arguments see :func:`~pcmd_consolidate.returns.read_returns`.
        """
        with limited(self.campaign.limits):
            changed = self._changed()
            caller = _caller(executor, jobs or sensible_jobs(changed)) if changed else None
            known = {} if self.cache is None else self.cache.readings(self.looks)  # while the workers start
            unread = [look.item for place, look in enumerate(self.looks) if place not in known]
            if caller is None and not all(item.skipped for item in unread):
                caller = _caller(executor, jobs or sensible_jobs(len(unread)))
            fresh = _fresh(self.campaign, unread, caller)
            files = []
            for place in range(len(self.looks)):
                files.append(known[place] if place in known else next(fresh))
                if progress is not None:
                    progress(len(files), len(self.looks))
        if self.cache is not None:
            self.cache.save(self.looks, files, known)
        return tuple(files)

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
        items = find_all(folder)
        return Inbox(campaign, folder, tuple(map(Look, items) if cache is None else cache.look(items)), cache)


def _fresh(campaign: Campaign, items: Sequence[Item], caller: Caller | None) -> Iterator[FileReading]:
    """Files that are read now; without a caller they are all of those that nobody reads."""
    read = functools.partial(
        read_within, campaign.limits, forms=campaign.forms, registry=campaign.registry, rulings=campaign.rulings
    )
    return read_all(items, read, caller or InProcessExecutor())


def _caller(executor: Executor | None, jobs: int) -> Caller:
    """What calls the reader: the library's own workers, or another executor with those behind it."""
    from pcmd_consolidate.elsewhere import Elsewhere

    here = functools.partial(shared_workers, jobs, _PRELOAD)
    if executor is None:
        return here()
    return executor if isinstance(executor, GuardedExecutor | InProcessExecutor) else Elsewhere(executor, here)

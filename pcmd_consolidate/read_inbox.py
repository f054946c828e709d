"""Every file of a campaign's inbox, read by worker processes or found in the cache."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path

from pcmd_consolidate.campaign import Campaign
from pcmd_consolidate.errors import CampaignError
from pcmd_consolidate.intake.inbox import Item
from pcmd_consolidate.intake.read_all import Caller, read_all, read_within
from pcmd_consolidate.intake.readings import FileReading
from pcmd_consolidate.limits import limited
from pcmd_consolidate.readings_cache import Look, ReadingCache, look_at
from pcmd_consolidate.workers import GuardedExecutor, InProcessExecutor, sensible_jobs, shared_workers

Progress = Callable[[int, int], None]
"""Told how many files are read, and how many there are."""

_PRELOAD = ("pcmd_consolidate.intake.read",)


def start_workers(looks: Iterable[Look], jobs: int | None = None) -> None:
    """Have the workers start that :func:`read_inbox` will need, so that the caller can import what comes after it."""
    if changed := _changed(looks):
        _caller(None, jobs or sensible_jobs(changed))


def _changed(looks: Iterable[Look]) -> int:
    """How many files were not read before as they are now."""
    return sum(not look.sha256 and not look.item.skipped for look in looks)


def read_inbox(
    campaign: Campaign,
    inbox: str | Path | None = None,
    *,
    jobs: int | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
    cache: ReadingCache | None = None,
) -> tuple[FileReading, ...]:
    """Read every file of the inbox, in the order of their names.

    For the arguments see :func:`~pcmd_consolidate.returns.read_returns`.

    Raises:
        CampaignError: The inbox does not exist.
    """
    folder = campaign.inbox if inbox is None else Path(inbox)
    if not folder.is_dir():
        raise CampaignError(folder, "không có thư mục chứa các biểu đã nhận")
    looks = look_at(campaign, folder, cache)
    items = [look.item for look in looks]
    with limited(campaign.limits):
        changed = _changed(looks)
        caller = _caller(executor, jobs or sensible_jobs(changed)) if changed else None
        known = {} if cache is None else cache.readings(looks)  # while the workers start
        unread = [item for item in items if item not in known]
        if caller is None and not all(item.skipped for item in unread):
            caller = _caller(executor, jobs or sensible_jobs(len(unread)))
        fresh = _fresh(campaign, unread, caller)
        files = []
        for done, item in enumerate(items, start=1):
            files.append(known[item] if item in known else next(fresh))
            if progress is not None:
                progress(done, len(items))
    if cache is not None:
        cache.save(looks, files, known)
    return tuple(files)


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

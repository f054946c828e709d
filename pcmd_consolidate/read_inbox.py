"""Every file of a campaign's inbox, read by worker processes or found in the cache."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
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


def start_workers(
    campaign: Campaign, inbox: Path | None = None, *, jobs: int | None = None, cache: ReadingCache | None = None
) -> None:
    """Have the workers start that :func:`read_inbox` will need, so that the caller can import what comes after it."""
    folder = campaign.inbox if inbox is None else inbox
    if folder.is_dir():
        with limited(campaign.limits):
            items = find_all(folder)
            changed = _changed(items, () if cache is None else cache.look(items))
        if changed:
            _caller(None, jobs or sensible_jobs(len(changed)))


def _changed(items: Iterable[Item], looks: Iterable[Look]) -> list[Item]:
    """The files that were not read before as they are now."""
    unchanged = {look.item for look in looks if look.sha256}
    return [item for item in items if item not in unchanged and not item.skipped]


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
    with limited(campaign.limits):
        items = find_all(folder)
        looks = () if cache is None else tuple(cache.look(items))
        changed = _changed(items, looks)
        caller = _caller(executor, jobs or sensible_jobs(len(changed))) if changed else None
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
        cache.save(looks, files)
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

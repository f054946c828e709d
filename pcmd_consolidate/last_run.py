"""Whether anything has changed since the last run: if not, its outputs still stand, and nothing needs to be done."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pcmd_consolidate.cache_file import key_of
from pcmd_consolidate.campaign import Campaign
from pcmd_consolidate.errors import OutputError
from pcmd_consolidate.files import written_lightly
from pcmd_consolidate.intake.inbox import Item
from pcmd_consolidate.intake.readings import FileReading
from pcmd_consolidate.read_inbox import Inbox
from pcmd_consolidate.readings_cache import ReadingCache
from pcmd_consolidate.stamps import stamp_of

LAST_RUN_FILE = Path(".pcmd") / "lan-chay-cuoi.json"
"""What the last run was made from and what it wrote, in a campaign's folder."""


@dataclass(frozen=True)
class LastRun:
    """A run whose outputs still stand.

    Attributes:
        outputs: What it wrote.
        errors: How many errors it found.
        lacking: What it said is lacking before the summary can be signed.
    """

    outputs: tuple[Path, ...]
    errors: int
    lacking: tuple[str, ...]


def still_standing(inbox: Inbox, wanted: Path) -> LastRun | None:
    """The last run, if nothing that it was made from has changed since, and nothing that it wrote.

    Args:
        inbox: The inbox, looked at with the readings of the last run.
        wanted: The folder where outputs are to be.
    """
    if inbox.cache is None:
        return None
    try:
        path = inbox.campaign.folder / LAST_RUN_FILE
        told = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        outputs = {Path(path): tuple(stamp) for path, stamp in told["outputs"].items()}
        errors, lacking, made_from = int(told["errors"]), tuple(map(str, told["lacking"])), str(told["made_from"])
        asked = tuple(map(Path, told["asked"]))
    except Exception:  # whatever is wrong with it, it counts as none
        return None
    there = all(stamp and stamp_of(path) == stamp for path, stamp in outputs.items())
    there = there and all(path.exists() for path in asked)
    if not there or not outputs or next(iter(outputs)).parent != wanted.resolve():
        return None
    same = made_from == _made_from(inbox.campaign, inbox.cache, ((look.item, look.sha256) for look in inbox.looks))
    return LastRun(tuple(outputs), errors, lacking) if same else None


def note_run(
    inbox: Inbox,
    files: Iterable[FileReading],
    outputs: Sequence[Path],
    errors: int,
    lacking: Sequence[str],
    asked: Iterable[Path] = (),
) -> None:
    """Note what a run was made from and what it wrote; where that cannot be written, the next run does all again.

    Nothing is noted of a run over another inbox than the round's own, which has no cache.

    Args:
        inbox: The inbox that was read.
        files: What was read of it, whatever has become of it since.
        outputs: What was written.
        errors: How many errors were found.
        lacking: What is lacking before the summary can be signed.
        asked: The files in which the officer is asked; they are his to change, but not to be without.
    """
    if inbox.cache is None:
        return
    stamps = {str(path.resolve()): stamp_of(path) for path in outputs}
    made_from = _made_from(inbox.campaign, inbox.cache, ((file.item, file.sha256) for file in files))
    path = inbox.campaign.folder / LAST_RUN_FILE
    there = [str(path.resolve()) for path in asked if path.exists()]
    told = {"made_from": made_from, "errors": errors, "lacking": list(lacking), "outputs": stamps, "asked": there}
    try:
        if not made_from:
            path.unlink(missing_ok=True)
            return
        with written_lightly(path) as beside:
            beside.write_text(json.dumps(told, indent=1), encoding="utf-8")
    except (OSError, OutputError):
        return


def _made_from(campaign: Campaign, cache: ReadingCache, contents: Iterable[tuple[Item, str]]) -> str:
    """Fingerprint of everything that the outputs of a run depend on; empty where a file was not read.

    Args:
        campaign: The round.
        cache: Its cache, which knows what readings depend on.
        contents: Every file of its inbox, and the hash of its content; empty for one that was not read.
    """
    files = []
    for item, sha256 in contents:
        if not item.skipped and not sha256:
            return ""
        files.append((*key_of(item), os.fspath(item.path), item.received_at.isoformat(), sha256))
    settled = [ruling for ruling in campaign.rulings if ruling.unit_id]
    rules = [(form.rules, form.attached_to) for form in campaign.forms]
    round_ = (campaign.title, campaign.province, campaign.cut_off, sorted(campaign.deadlines.items()))
    decided = (*campaign.decisions, *(fallen.decision for fallen in campaign.fallen))
    by_finding = sorted(decided, key=lambda decision: repr(decision.about))  # the last of several about one counts
    decisions = [dataclasses.replace(decision, line=0) for decision in by_finding]
    ways = (campaign.stock_total, settled, campaign.rule_changes, decisions, rules, os.fspath(campaign.folder))
    return hashlib.sha256(repr((cache.depends_on, round_, ways, files)).encode()).hexdigest()

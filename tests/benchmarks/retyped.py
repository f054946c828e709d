"""An inbox of annexes that communes retyped, whose labels have to be aligned with those of the form."""

from __future__ import annotations

from pathlib import Path
from random import Random

from pcmd_consolidate import Campaign, new_campaign
from tests.mess import messy, senders, write_all

_KINDS = (("typing_errors",), ("typing_errors", "own_numbering"), ("typing_errors", "written_out"), ("almost_rows",))


def province(folder: Path, returns: int, seed: int = 1) -> Campaign:
    """The campaign of Đồng Nai, with retyped annexes of so many communes, of made-up figures, in its inbox."""
    campaign = new_campaign(folder, "Đồng Nai")
    inbox = campaign.inbox / "2025-08-20"
    inbox.mkdir(parents=True)
    communes = [sender for sender in senders() if sender.form == "IIA"][:returns]
    write_all(
        [messy(sender, _KINDS[at % len(_KINDS)], Random(f"{seed}-{at}")) for at, sender in enumerate(communes)], inbox
    )
    return campaign

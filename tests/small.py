"""A campaign so small that a run over it takes a moment."""

from __future__ import annotations

import re
from pathlib import Path

from pcmd_consolidate import Campaign, new_campaign, open_campaign


def small_campaign(folder: Path, *names: str) -> Campaign:
    """A campaign of form IIA, of the first two communes of Đồng Nai and those with these names."""
    new_campaign(folder, "Đồng Nai")
    header, *lines = (folder / "units.csv").read_text(encoding="utf-8-sig").splitlines()
    communes = [line for line in lines if ",commune,IIA," in line]
    asked = communes[:2] + [line for line in communes[2:] if any(name.casefold() in line.casefold() for name in names)]
    (folder / "units.csv").write_text("\n".join([header, *asked, ""]), encoding="utf-8-sig")
    settings = (folder / "campaign.toml").read_text(encoding="utf-8")
    (folder / "campaign.toml").write_text(re.sub("(?m)^forms = .*$", 'forms = ["IIA"]', settings), encoding="utf-8")
    return open_campaign(folder)

"""Hand out official Excel forms, read what comes back, check it, and merge it into one provincial workbook.

The main job in five lines::

    import pcmd_consolidate as pcmd

    campaign = pcmd.open_campaign("samples/dong-nai")
    result = pcmd.consolidate(pcmd.read_returns(campaign))
    result.totals, result.findings, result.submissions  # DataFrames
    result.to_excel("tong-hop-pcmd.xlsx")

Stages, in the order of the flow, each a folder or module of the package: ``forms`` (what is asked), ``units`` and
``campaign`` (who is asked), ``handout`` (blank workbooks), ``intake`` and ``returns`` (what came back), ``checks``,
``consolidation``, ``summary`` and ``outputs`` (what is written). Further names stand in their modules: every error in
``errors``, forms in ``forms``, findings and severities in ``findings``, the register of decisions in ``register``.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pcmd_consolidate.campaign import Campaign, open_campaign
    from pcmd_consolidate.consolidation import Consolidation, consolidate
    from pcmd_consolidate.errors import PcmdError
    from pcmd_consolidate.feedback import write_feedback
    from pcmd_consolidate.from_frames import campaign_from_frames, returns_from_values
    from pcmd_consolidate.handout import write_handout
    from pcmd_consolidate.outputs import write_outputs
    from pcmd_consolidate.progress import progress_bar
    from pcmd_consolidate.returns import Returns, read_returns
    from pcmd_consolidate.start import new_campaign

__version__ = "0.1.0"

__all__ = [
    "Campaign",
    "Consolidation",
    "PcmdError",
    "Returns",
    "campaign_from_frames",
    "consolidate",
    "new_campaign",
    "open_campaign",
    "progress_bar",
    "read_returns",
    "returns_from_values",
    "write_feedback",
    "write_handout",
    "write_outputs",
]

_HOMES = {
    "Campaign": "campaign",
    "Consolidation": "consolidation",
    "PcmdError": "errors",
    "Returns": "returns",
    "campaign_from_frames": "from_frames",
    "consolidate": "consolidation",
    "new_campaign": "start",
    "open_campaign": "campaign",
    "progress_bar": "progress",
    "read_returns": "returns",
    "returns_from_values": "from_frames",
    "write_feedback": "feedback",
    "write_handout": "handout",
    "write_outputs": "outputs",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that the command line starts quickly."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)

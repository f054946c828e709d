"""All checks of a campaign."""

from __future__ import annotations

from itertools import chain

import pandas as pd

from pcmd_consolidate.checks.in_year import broken_rules
from pcmd_consolidate.checks.place import place
from pcmd_consolidate.checks.scale import out_of_scale
from pcmd_consolidate.checks.totals import wrong_totals
from pcmd_consolidate.checks.twins import same_figures
from pcmd_consolidate.returns import Returns


def check(returns: Returns) -> pd.DataFrame:
    """Check all returns at once.

    Returns:
        Findings (``FINDING_COLUMNS``) of the in-year rules (A*, B*), stated totals (F11, F12), units with
        the same figures (F15) and money out of scale (F18c).
    """
    broken = chain.from_iterable(
        chain(
            broken_rules(returns.values, form),
            wrong_totals(returns.values, returns.stated_totals, form),
            same_figures(returns.values, form),
            out_of_scale(returns.values, form),
        )
        for form in returns.campaign.forms
    )
    return place(broken, returns.values, returns.stated_totals)

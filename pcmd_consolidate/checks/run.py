"""All checks of a campaign."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import pandas as pd

from pcmd_consolidate.checks.cross_year import over_years
from pcmd_consolidate.checks.in_year import broken_rules
from pcmd_consolidate.checks.place import place
from pcmd_consolidate.checks.scale import out_of_scale
from pcmd_consolidate.checks.totals import wrong_totals
from pcmd_consolidate.checks.twins import same_figures
from pcmd_consolidate.cube import Cube
from pcmd_consolidate.rule_changes import RuleChange


def weighed(findings: pd.DataFrame, changes: Iterable[RuleChange]) -> pd.DataFrame:
    """Findings of checks as a campaign weighs them: without those of rules that it switched off.

    Args:
        findings: Findings (``FINDING_COLUMNS``) that checks gave.
        changes: What ``rules.toml`` changes.
    """
    severities = {change.rule: change.severity for change in changes}
    off = [rule for rule, severity in severities.items() if severity is None]
    kept = findings[~findings["rule"].isin(off)]
    weights = [severities.get(rule) or given for rule, given in zip(kept["rule"], kept["severity"], strict=True)]
    return kept.assign(severity=[str(weight) for weight in weights])


def check(cubes: Sequence[Cube], stated_totals: pd.DataFrame) -> pd.DataFrame:
    """Check all returns at once.

    Args:
        cubes: The values of every form.
        stated_totals: The totals that units wrote (see :class:`~pcmd_consolidate.returns.Returns`).

    Returns:
        Findings (``FINDING_COLUMNS``) of the in-year rules (A*, B*), stated totals (F11, F12), units with
        the same figures (F15), money out of scale (F18c) and figures unlike other years or other units (D*).
    """
    broken = chain.from_iterable(
        chain(
            broken_rules(of_form),
            wrong_totals(of_form, stated_totals),
            same_figures(of_form),
            out_of_scale(of_form),
            over_years(of_form),
        )
        for of_form in cubes
    )
    return place(broken, cubes, stated_totals)

"""Checks: relations that the figures of a return must keep, run once over all returns."""

from pcmd_consolidate.checks.run import check, weighed

__all__ = ["check", "weighed"]

"""Temporary name of :mod:`pcmd_consolidate.consolidation`."""

from pcmd_consolidate.consolidation import Consolidation, consolidate, exact_sum, form_totals, sums_years

__all__ = ["Consolidation", "consolidate", "exact_sum", "form_totals", "sums_years"]

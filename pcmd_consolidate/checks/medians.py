"""Medians of arrays in which figures may be missing."""

from __future__ import annotations

import numpy as np


def median(figures: np.ndarray, axis: int) -> np.ndarray:
    """The median along an axis, which is kept; NaN counts as no figure, and where there is none, it is NaN.

    Args:
        figures: Figures, NaN where one is missing.
        axis: The axis.
    """
    ordered = np.sort(figures, axis=axis)  # NaN last
    count = (~np.isnan(figures)).sum(axis=axis, keepdims=True)
    last = figures.shape[axis] - 1
    below = np.take_along_axis(ordered, np.maximum(count - 1, 0) // 2, axis)
    above = np.take_along_axis(ordered, np.minimum(count // 2, last), axis)
    return np.asarray((below + above) / 2)

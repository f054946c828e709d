"""Results that show themselves: in Vietnamese in a notebook, in one line elsewhere."""

from __future__ import annotations


class Shown:
    """Shows itself as :mod:`pcmd_consolidate.display` says."""

    def _repr_html_(self) -> str:
        from pcmd_consolidate.display import as_html

        return as_html(self)

    def __repr__(self) -> str:
        from pcmd_consolidate.display import as_line

        return as_line(self)

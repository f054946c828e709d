"""Links from the workbook to the files that figures were read from."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pcmd_consolidate.excel_text import cell_text
from pcmd_consolidate.intake.inbox import Item
from pcmd_consolidate.summary.names import quoted

_LONGEST_URL = 2_000
_SPECIAL = frozenset('%#" <>[]^`{}\\')


@dataclass(frozen=True)
class Sources:
    """The files of the inbox, as links relative to the workbook's folder.

    Attributes:
        urls: Name of the file → link; without the files that no relative link leads to.
    """

    urls: Mapping[str, str]

    def url(self, file: str, sheet: str = "", cell: str = "") -> str | None:
        """Link to a file, to its sheet or to its cell; None where there is none."""
        url = self.urls.get(file)
        if url is None or not sheet:
            return url
        anchored = f"{url}#{quoted(cell_text(sheet))}!{cell or 'A1'}"
        return anchored if len(anchored) <= _LONGEST_URL else url


def find_sources(items: Iterable[Item], folder: Path) -> Sources:
    """Links to files from a workbook in ``folder``."""
    leading = cache(lambda parent: os.path.relpath(parent, folder))
    urls = {item.name: _url(item.path, leading) for item in items}
    return Sources({name: url for name, url in urls.items() if url is not None})


def _url(path: Path, leading: Callable[[Path], str]) -> str | None:
    """Link to a file; ``leading`` tells how its folder is reached."""
    try:
        relative = Path(leading(path.parent), path.name).as_posix()
        url = "external:./" + "".join(map(_escaped, relative))
    except ValueError:
        return None
    return url if len(url) <= _LONGEST_URL else None


@cache
def _escaped(char: str) -> str:
    """A character as it may stand in a link: letters of every language stay as they are."""
    if char.isprintable() and char not in _SPECIAL:
        return char
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogateescape"))

"""A workbook as a file.

A country's sheets are 40 MB of XML. To pack them as tightly as xlsxwriter does takes as long as to write a third of
them; packed a little less tightly they take half of that, and an eighth more room.
"""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.packager import Packager

from pcmd_consolidate.summary.formats import FONT

_TIGHTNESS = 4
"""Of 9: from here on it takes much longer and saves little."""


class _Packer(Packager):  # type: ignore[misc]
    """Packs the parts of a workbook into a file, and leaves nothing to be packed."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def _create_package(self) -> list[tuple[str, str, bool]]:
        with zipfile.ZipFile(
            self._path, "w", zipfile.ZIP_DEFLATED, compresslevel=_TIGHTNESS, strict_timestamps=False
        ) as archive:
            for written, name, _ in super()._create_package():
                os.utime(written, (0, 0))  # the same bytes whenever it is written
                archive.write(written, name)
                os.remove(written)
        return []


class _Workbook(xlsxwriter.Workbook):  # type: ignore[misc]
    """A workbook with a packer of its own."""

    def __init__(self, path: Path, scratch: str) -> None:
        super().__init__(io.BytesIO(), {"tmpdir": scratch, "default_format_properties": dict(FONT)})
        self._path = path

    def _get_packager(self) -> _Packer:
        return _Packer(self._path)


@contextmanager
def new_workbook(path: Path) -> Iterator[Any]:
    """A workbook of xlsxwriter that is written when the block ends well.

    Raises:
        OSError: It cannot be written.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        workbook = _Workbook(path, scratch)
        try:
            yield workbook
            workbook.close()
        except FileCreateError as error:
            raise OSError(*error.args) from error
        finally:
            for worksheet in workbook.worksheets():
                if worksheet.row_data_fh is not None:
                    worksheet.row_data_fh.close()

"""The narrative report as a Word document: the outline of the plan, the figures in sentences, gaps for the rest."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from pcmd_consolidate.consolidation import Consolidation
from pcmd_consolidate.errors import OutputError
from pcmd_consolidate.files import written_whole

__all__ = ["REPORT_FILE", "write_report"]

REPORT_FILE = "bao-cao-tong-ket.docx"
_MIDNIGHT = (1980, 1, 1, 0, 0, 0)


def write_report(consolidation: Consolidation, path: str | Path | None = None) -> Path:
    """Write the skeleton of the narrative report.

    The same consolidation gives the same bytes. The document appears whole or not at all.

    Args:
        consolidation: The result of the round.
        path: The document to write; ``ket-qua/bao-cao-tong-ket.docx`` in the campaign's folder where None.

    Returns:
        The document.

    Raises:
        OutputError: python-docx is not installed, the document cannot be written, or it would stand in the inbox; an
            older one is left whole.
    """
    path = Path(path) if path is not None else consolidation.campaign.folder / "ket-qua" / REPORT_FILE
    if path.resolve().is_relative_to(consolidation.returns.inbox.resolve()):
        raise OutputError(path, "không ghi báo cáo vào nơi chứa các biểu đã nhận; hãy chọn thư mục khác")
    try:
        from pcmd_consolidate.report.document import compose
    except ModuleNotFoundError as error:
        if error.name != "docx":
            raise
        what = 'chưa cài python-docx để ghi tệp Word; hãy cài bằng lệnh: pip install "pcmd-consolidate[word]"'
        raise OutputError(path, what) from error
    buffer = io.BytesIO()
    compose(consolidation).save(buffer)
    with written_whole(path) as beside:
        beside.write_bytes(_undated(buffer))
    return path


def _undated(document: io.BytesIO) -> bytes:
    """The same package without the time at which it was packed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(document) as given, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for name in given.namelist():
            out.writestr(zipfile.ZipInfo(name, _MIDNIGHT), given.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()

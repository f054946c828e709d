"""Blank workbooks to hand out, one a unit, made from the forms."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pcmd_consolidate.campaign import Campaign
from pcmd_consolidate.files import written_whole
from pcmd_consolidate.forms import Form
from pcmd_consolidate.handout.book import workbook
from pcmd_consolidate.handout.names import file_names
from pcmd_consolidate.units import Unit

HANDOUT_FOLDER = "phat-hanh"

__all__ = ["HANDOUT_FOLDER", "write_blank", "write_handout", "write_handout_by_predecessors"]


def write_handout(campaign: Campaign, out: str | Path | None = None) -> tuple[Path, ...]:
    """Write one workbook for each unit of a campaign.

    With a sheet for each former commune, as ``pcmd handout --predecessors`` does:
    :func:`write_handout_by_predecessors`.

    Args:
        campaign: The reporting round.
        out: Folder for the workbooks, made if need be; without one, ``phat-hanh`` in the campaign's folder.

    Returns:
        The workbooks, in the order of the units.

    Raises:
        OutputError: A workbook cannot be written, for example because it is open in Excel.
    """
    paths = _paths(campaign, out)
    for unit, path in zip(campaign.registry, paths, strict=True):
        write_blank(campaign.form(unit.form), path, unit, campaign.title)
    return paths


def write_handout_by_predecessors(campaign: Campaign, out: str | Path | None = None) -> tuple[Path, ...]:
    """Write one workbook for each unit; that of a unit formed from several communes has a sheet for each of them.

    The form adds these sheets up. All else is as in :func:`write_handout`.

    Raises:
        OutputError: A workbook cannot be written, for example because it is open in Excel.
    """
    paths = _paths(campaign, out)
    for unit, path in zip(campaign.registry, paths, strict=True):
        write_blank(campaign.form(unit.form), path, unit, campaign.title, unit.predecessors)
    return paths


def _paths(campaign: Campaign, out: str | Path | None) -> tuple[Path, ...]:
    folder = campaign.folder / HANDOUT_FOLDER if out is None else Path(out)
    return tuple(folder / name for name in file_names(campaign.registry))


def write_blank(
    form: Form,
    path: Path,
    unit: Unit | None = None,
    campaign_title: str = "",
    predecessors: Sequence[str] = (),
) -> None:
    """Write a blank workbook of a form.

    Args:
        form: The form.
        path: The workbook; one that is there is replaced.
        unit: The unit that fills it in; without one, its name is left to be typed in.
        campaign_title: Title of the reporting round, for the guide sheet.
        predecessors: Former communes; where there are several, each has a sheet, and the form adds them up.

    Raises:
        OutputError: The workbook cannot be written.
    """
    with written_whole(path) as beside:
        beside.write_bytes(workbook(form, unit, campaign_title, predecessors))

"""What a run says of the officer's decisions, and what it asks him; a trial run leaves his files as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pcmd_consolidate.decisions import written
from pcmd_consolidate.errors import PcmdError

if TYPE_CHECKING:
    from pcmd_consolidate.consolidation import Consolidation
    from pcmd_consolidate.decisions import Decision
    from pcmd_consolidate.read_inbox import Inbox
    from pcmd_consolidate.returns import Returns

_MOST_NAMED = 20


def is_trial(inbox: Inbox, out: Path | None) -> bool:
    """Whether a run reads another inbox than the round's own, or writes its results elsewhere."""
    own = inbox.campaign.folder / "ket-qua"
    return inbox.folder != inbox.campaign.inbox or (out is not None and out.resolve() != own.resolve())


def offer_decisions(result: Consolidation) -> Path | None:
    """Put the open findings into the register of decisions; the results stand even where that cannot be written.

    Returns:
        The register; None where it could not be written.
    """
    from pcmd_consolidate.register import write_register

    try:
        path = write_register(result)
    except PcmdError as error:
        click.echo(f"Lưu ý: {error}", err=True)
        return None
    click.echo(f"Sổ quyết định {path}: {len(result.decisions)} quyết định đang áp dụng.")
    _tell_changes(result)
    if drafts := sum(decision.kind is None for decision in result.campaign.decisions):
        click.echo(f"{drafts} dòng của sổ có ghi nhưng chưa chọn quyết định ở cột đầu, nên chưa được áp dụng.")
    return path


def tell_of_trial(result: Consolidation) -> None:
    """Say that the files of the round are as they were, and how its decisions fare here."""
    click.echo(
        f"Chạy thử ngoài nơi nhận biểu hoặc nơi ghi kết quả của đợt: sổ quyết định và inbox.csv được giữ nguyên; "
        f"{len(result.decisions)} quyết định áp dụng được ở đây."
    )
    if fallen := len(result.fallen):
        click.echo(f"{fallen} quyết định của sổ không áp dụng được với các biểu này; vẫn còn hiệu lực trong sổ.")


def _tell_changes(result: Consolidation) -> None:
    gone = [f"{_told(result, fallen.decision)}: {fallen.why}" for fallen in result.fallen]
    _list(f"{len(gone)} quyết định hết hiệu lực trong lần chạy này (xem trang «Hết hiệu lực» của sổ):", gone)
    back = [_told(result, decision) for decision in result.restored]
    _list(f"{len(back)} quyết định được áp dụng lại vì đúng số liệu đó đã có lại:", back)


def _list(heading: str, lines: Sequence[str]) -> None:
    if lines:
        click.echo(heading)
        for line in _first(lines):
            click.echo(f"  - {line}")


def _first(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:_MOST_NAMED]
    if len(lines) > _MOST_NAMED:
        yield f"và {len(lines) - _MOST_NAMED} quyết định khác"


def _told(result: Consolidation, decision: Decision) -> str:
    unit = result.campaign.registry.get(decision.unit_id, decision.form)
    row = f"{decision.form} dòng {decision.row}" if decision.row is not None else decision.form
    year = f"năm {decision.year}" if decision.year is not None else ""
    place = ", ".join(part for part in (unit.name if unit else decision.unit_id or "Toàn tỉnh", row, year) if part)
    figure = "" if decision.value is None else f", số thay {written(decision.value)}"
    return f"{place} ({decision.rule}{figure}): {decision.words}"


def ask(returns: Returns) -> Path | None:
    """Put what could not be settled into ``inbox.csv``; the results stand even where that cannot be written.

    Returns:
        The file, which is there only if there was ever anything to ask; None where it could not be written.
    """
    from pcmd_consolidate.rulings import RULINGS_FILE, add_questions

    campaign = returns.campaign
    path = campaign.folder / RULINGS_FILE
    try:
        added = add_questions(path, campaign.rulings, returns.questions)
    except PcmdError as error:
        click.echo(f"Lưu ý: {error}", err=True)
        return None
    if added:
        click.echo(f"Có {added} câu hỏi mới trong {path}: ghi mã đơn vị vào cột unit_id rồi chạy lại.")
    return path

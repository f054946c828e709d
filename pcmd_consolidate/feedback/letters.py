"""Who is to be reminded, with a letter for each, and the list of feedback workbooks: tables for mail merge."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

import pandas as pd

from pcmd_consolidate.campaign import Campaign
from pcmd_consolidate.consolidation import Consolidation
from pcmd_consolidate.feedback.cases import TOLD, Case
from pcmd_consolidate.units import Unit

REMINDERS_FILE = "nhac-nop.csv"
LIST_FILE = "danh-sach-phan-hoi.csv"
_REMINDER_COLUMNS = ("unit_id", "Đơn vị", "Biểu", "Hạn nộp", "Số ngày quá hạn", "Thư nhắc")
_LIST_COLUMNS = (
    "unit_id", "Đơn vị", "Biểu", "Tệp phản hồi", "Tệp đơn vị gửi", "Số lỗi", "Số cần giải trình", "Số cảnh báo",
)  # fmt: skip
_LOCKED = "H03"
"""The finding on a file with a password."""
_TOWNS = ("xã ", "phường ", "thị trấn ", "đặc khu ")


def reminders(result: Consolidation, cases: Iterable[Case], today: dt.date) -> pd.DataFrame:
    """The units that have not sent a form, each with a letter.

    Args:
        result: The consolidation.
        cases: What units are told; a unit whose file could not be read gets another letter.
        today: The day on which the letters are written.
    """
    unread = {(case.unit.unit_id, form): case for case in cases for form in case.forms}
    missing = result.submissions[result.submissions["status"] == "missing"]
    records = []
    for line in missing.itertuples(index=False):
        unit = result.campaign.registry.get(line.unit_id, line.form)
        assert unit is not None
        deadline = result.campaign.deadline(unit)
        letter = _letter(unit, result.campaign, today, unread.get((unit.unit_id, unit.form)))
        shown = "" if deadline is None else _day(deadline)
        records.append(
            (unit.unit_id, unit.name, _form_name(unit, result.campaign), shown, _late(deadline, today), letter)
        )
    return pd.DataFrame.from_records(records, columns=list(_REMINDER_COLUMNS)).astype({"Số ngày quá hạn": "int64"})


def _letter(unit: Unit, campaign: Campaign, today: dt.date, unread: Case | None) -> str:
    form, deadline = _form_name(unit, campaign), campaign.deadline(unit)
    late = _late(deadline, today)
    term = "" if deadline is None else f" (hạn nộp: {_day(deadline)}" + (f", quá hạn {late} ngày)" if late else ")")
    if unread is not None:
        told = f"chúng tôi đã nhận tệp «{unread.file.item.name}» của quý đơn vị nhưng không đọc được số liệu của {form}"
        told = f"{told}{term}{_why(unread)}"
        asked = f"Kính đề nghị quý đơn vị {_remedy(unread)} và gửi lại"
        last = ""
    else:
        told = f"chúng tôi chưa nhận được {form} của quý đơn vị{term}"
        asked = "Kính đề nghị quý đơn vị hoàn thành biểu và gửi"
        last = "Nếu quý đơn vị đã gửi, xin thông báo lại ngày gửi và cách gửi để chúng tôi kiểm tra. "
    when = "trong thời gian sớm nhất" if late or deadline is None else f"trước hết ngày {_day(deadline)}"
    return (
        f"Kính gửi: {_addressed(unit)}. Về đợt báo cáo «{campaign.title}», đến ngày {_day(today)}, {told}. "
        f"{asked} {when}. {last}Trân trọng cảm ơn."
    )


def _why(case: Case) -> str:
    """Why a file could not be read, as its heaviest finding says it."""
    said = re.split(r"; |\. ", case.points[0].message)[0].rstrip(".")
    return f", vì {said[:1].lower()}{said[1:]}"


def _remedy(case: Case) -> str:
    """What the unit can do about a file that could not be read."""
    fresh = "ghi số liệu vào tệp phản hồi gửi kèm"
    return f"bỏ mật khẩu của tệp, hoặc {fresh}," if case.points[0].rule == _LOCKED else fresh


def _addressed(unit: Unit) -> str:
    """The unit as a letter addresses it: a commune through its people's committee."""
    lowered = unit.name[:1].lower() + unit.name[1:]
    return f"Ủy ban nhân dân {lowered}" if lowered.startswith(_TOWNS) else unit.name


def _form_name(unit: Unit, campaign: Campaign) -> str:
    return campaign.form(unit.form).name


def _late(deadline: dt.date | None, today: dt.date) -> int:
    return 0 if deadline is None else max((today - deadline).days, 0)


def _day(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"


def feedback_list(cases: Mapping[str, Case], campaign: Campaign) -> pd.DataFrame:
    """One line for each feedback workbook.

    Args:
        cases: Name of the workbook → what it says.
        campaign: The round.
    """
    records = [
        (
            case.unit.unit_id, case.unit.name, ", ".join(campaign.form(form).name for form in case.forms), name,
            case.file.item.name, *(case.count(severity) for severity in TOLD),
        )
        for name, case in cases.items()
    ]  # fmt: skip
    return pd.DataFrame.from_records(records, columns=list(_LIST_COLUMNS)).astype(
        dict.fromkeys(_LIST_COLUMNS[-3:], "int64")
    )

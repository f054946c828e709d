"""One reporting round: its folder, ``campaign.toml``, ``units.csv`` and inbox."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pcmd_consolidate.decisions import DECISIONS_FILE, Decision, Fallen, read_register
from pcmd_consolidate.errors import CampaignError, FormError
from pcmd_consolidate.forms import BUILT_IN, GATHERED, Form, PartialYear, load_form
from pcmd_consolidate.forms.gathered import gathered
from pcmd_consolidate.hand_edited import read_text
from pcmd_consolidate.limits import USUAL, Limits
from pcmd_consolidate.plan import faults_of_plan, plan_of
from pcmd_consolidate.rule_changes import RULES_FILE, RuleChange, read_rules_file
from pcmd_consolidate.rulings import RULINGS_FILE, Ruling, read_rulings
from pcmd_consolidate.shown import Shown
from pcmd_consolidate.units import Registry, Unit
from pcmd_consolidate.units_file import KINDS, UNITS_FILE, read_units

SETTINGS_FILE = "campaign.toml"
INBOX_FOLDER = "inbox"
STOCK_TOTALS = ("last", "sum")

_TYPES = {
    "title": str, "province": str, "forms": list, "years": list, "cut_off": dt.date,
    "deadlines": dict, "stock_total": str, "limits": dict, "plan": dict,
}  # fmt: skip
_TYPE_NAMES = {str: "chữ", list: "danh sách [...]", dt.date: "ngày, ví dụ 2025-06-30", dict: "bảng [{}]"}
_REQUIRED = ("title", "province", "forms", "years", "cut_off")


@dataclass(frozen=True, repr=False, eq=False)
class Campaign(Shown):
    """One reporting round. Hashable; equal to itself only, as a form is.

    Attributes:
        folder: The campaign's folder.
        title: Title of the round.
        province: Name of the province.
        forms: The forms handed out, for the campaign's years.
        cut_off: Last day that the figures of the last year cover.
        deadlines: Kind of unit → last day on which a return is in time.
        stock_total: ``last``: Tổng cộng of a stock is its last year; ``sum``: the literal sum of the years.
        registry: The units asked.
        rulings: What the officer settled in ``inbox.csv``, and what is still open there.
        rule_changes: Rules that ``rules.toml`` switches off or weighs otherwise; the rules of the forms are changed
            already.
        decisions: What the officer decided in ``so-quyet-dinh.xlsx``.
        fallen: Decisions that an earlier run found no longer standing, the latest first; one stands again as soon as
            the finding that it is about is there again.
        limits: What is opened at most.
    """

    folder: Path
    title: str
    province: str
    forms: tuple[Form, ...]
    cut_off: dt.date
    deadlines: Mapping[str, dt.date]
    stock_total: str
    registry: Registry
    rulings: tuple[Ruling, ...] = ()
    rule_changes: tuple[RuleChange, ...] = ()
    decisions: tuple[Decision, ...] = ()
    fallen: tuple[Fallen, ...] = ()
    limits: Limits = USUAL

    @property
    def inbox(self) -> Path:
        """Where returned workbooks are put."""
        return self.folder / INBOX_FOLDER

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Years asked for, ascending."""
        return self.forms[0].years

    def form(self, form_id: str) -> Form:
        """The form with that id."""
        return next(form for form in self.forms if form.id == form_id)

    def deadline(self, unit: Unit) -> dt.date | None:
        """Last day on which the unit's return is in time; None where none is set."""
        return unit.deadline or self.deadlines.get(unit.kind)


def open_campaign(folder: str | Path) -> Campaign:
    """Read a campaign's folder.

    Raises:
        CampaignError: The folder, ``campaign.toml`` or ``units.csv`` has a mistake; names file, line and field.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise CampaignError(folder, "không có thư mục này; tạo đợt báo cáo mới bằng lệnh «pcmd new»")
    path = folder / SETTINGS_FILE
    text = read_text(path)
    settings = _settings(path, text)
    asked = forms_asked(path, text, settings)
    registry = Registry(read_units(folder / UNITS_FILE, asked))
    filled = forms_as_filled(asked, registry, folder / UNITS_FILE)
    forms, changes = read_rules_file(folder / RULES_FILE, filled)
    rulings = read_rulings(folder / RULINGS_FILE, registry)
    decisions, fallen = read_register(folder / DECISIONS_FILE, forms)
    return Campaign(
        folder=folder,
        title=settings["title"],
        province=settings["province"],
        forms=forms,
        cut_off=settings["cut_off"],
        deadlines=settings.get("deadlines", {}),
        stock_total=settings.get("stock_total", "last"),
        registry=registry,
        rulings=rulings,
        rule_changes=changes,
        decisions=decisions,
        fallen=fallen,
        limits=Limits(**settings.get("limits", {})),
    )


def forms_as_filled(forms: Sequence[Form], registry: Registry, path: Path) -> tuple[Form, ...]:
    """The forms, each for those who fill it: units, or provinces with the figures of theirs.

    Raises:
        CampaignError: Provinces and others fill the same form; names the list of units at ``path``.
    """
    return tuple(_as_filled(form, registry, path) for form in forms)


def _as_filled(form: Form, registry: Registry, path: Path) -> Form:
    """The form, for units or for provinces."""
    kinds = {unit.kind for unit in registry.of_form(form.id)}
    if GATHERED not in kinds:
        return form
    if len(kinds) > 1:
        message = f"biểu {form.id} có cả tỉnh (province) và đơn vị loại khác; mỗi đợt chỉ một loại"
        raise CampaignError(path, message, field="kind")
    return gathered(form)


def _syntax_error(path: Path, text: str, error: tomllib.TOMLDecodeError) -> CampaignError:
    at = re.search(r"line (\d+)", str(error))
    line = int(at[1]) if at else text.count("\n") + 1
    written = text.splitlines()[line - 1].strip() if 0 < line <= len(text.splitlines()) else ""
    if dated := re.match(r"([\w-]+)\s*=\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}", written):
        message = "ngày phải ghi theo dạng năm-tháng-ngày, ví dụ 2025-08-30"
        return CampaignError(path, message, line=line, field=dated[1])
    message = f"dòng «{written}» viết sai cú pháp; chữ phải đặt trong ngoặc kép, danh sách trong [ ]"
    return CampaignError(path, message, line=line)


def _line_of(text: str, name: str) -> int | None:
    name = re.escape(name)
    found = re.search(rf"^\s*\[?{name}\b", text, re.MULTILINE) or re.search(rf"\b{name}\s*=", text)
    return text.count("\n", 0, found.end()) + 1 if found else None


def _settings(path: Path, text: str) -> dict[str, Any]:
    try:
        settings = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(path, text, error) from error
    return checked_settings(path, text, settings)


def checked_settings(path: Path, text: str, settings: dict[str, Any]) -> dict[str, Any]:
    """What ``campaign.toml`` says, if it can be used; ``path`` and its ``text`` say where a mistake is.

    Raises:
        CampaignError: A setting is missing or has a mistake; names line and field.
    """

    def fault(field: str, message: str) -> CampaignError:
        return CampaignError(path, message, line=_line_of(text, field), field=field)

    for field in _REQUIRED:
        if field not in settings:
            raise CampaignError(path, "thiếu mục bắt buộc này", field=field)
    for field, value in settings.items():
        if field not in _TYPES:
            raise fault(field, f"không có mục này; các mục có thể dùng: {', '.join(_TYPES)}")
        if not isinstance(value, _TYPES[field]) or isinstance(value, dt.datetime):
            raise fault(field, f"phải là {_TYPE_NAMES[_TYPES[field]].format(field)}")
    for field in ("title", "province"):
        if not settings[field].strip():
            raise fault(field, "không được để trống")
    years = settings["years"]
    if not years or not all(type(y) is int and 1900 < y < 2200 for y in years) or len(set(years)) != len(years):
        raise fault("years", "phải là danh sách năm khác nhau, ví dụ [2021, 2022]")
    if settings["cut_off"].year < max(years):
        raise fault("cut_off", f"mốc số liệu phải nằm trong hoặc sau năm {max(years)}")
    if settings.get("stock_total", "last") not in STOCK_TOTALS:
        raise fault("stock_total", 'chỉ nhận "last" hoặc "sum"')
    for kind, day in settings.get("deadlines", {}).items():
        if kind not in KINDS:
            message = f"mục này nằm dưới [deadlines], ở đó chỉ có {' và '.join(KINDS)}"
            raise _in_table(path, text, "deadlines", kind, message)
        if type(day) is not dt.date:
            raise _in_table(path, text, "deadlines", kind, "phải là ngày, ví dụ 2025-08-30")
    _check_limits(path, text, settings.get("limits", {}))
    for name, message in faults_of_plan(settings.get("plan", {})):
        raise _in_table(path, text, "plan", name, message)
    return settings


def _check_limits(path: Path, text: str, limits: Mapping[str, Any]) -> None:
    known = [field.name for field in dataclasses.fields(Limits)]
    for name, value in limits.items():
        if name not in known:
            message = f"mục này nằm dưới [limits], ở đó chỉ có {', '.join(known)}"
            raise _in_table(path, text, "limits", name, message)
        if type(value) is not int or value < 1:
            raise _in_table(path, text, "limits", name, "phải là số nguyên từ 1 trở lên, ví dụ 1000")


def _in_table(path: Path, text: str, table: str, name: str, message: str) -> CampaignError:
    """A mistake in a table; the line is looked for below its name."""
    start = max(text.find(f"[{table}]"), 0)
    below = _line_of(text[start:], name)
    line = None if below is None else below + text.count("\n", 0, start)
    return CampaignError(path, message, line=line, field=name)


def forms_asked(path: Path, text: str, settings: Mapping[str, Any]) -> tuple[Form, ...]:
    """The forms that the settings name, for their years.

    Raises:
        CampaignError: A form cannot be used, or there is none.
    """
    line = _line_of(text, "forms")
    forms = []
    for source in settings["forms"]:
        try:
            form = load_form(source if source in BUILT_IN else path.parent / str(source))
        except FormError as error:
            raise CampaignError(path, str(error), line=line, field="forms") from error
        asked = form.asked_for(sorted(settings["years"]), _partial_year(form, settings))
        forms.append(plan_of(settings).under(asked))
    if not forms or len({form.id for form in forms}) != len(forms):
        raise CampaignError(path, "phải có ít nhất một biểu, mỗi biểu một lần", line=line, field="forms")
    return tuple(forms)


def _partial_year(form: Form, settings: Mapping[str, Any]) -> PartialYear | None:
    last, cut_off = max(settings["years"]), settings["cut_off"]
    if cut_off >= dt.date(last, 12, 31):
        return None
    if form.partial and form.partial.until == cut_off:
        return form.partial
    half = (cut_off.month, cut_off.day) == (6, 30)
    return PartialYear(last, cut_off, "6 tháng đầu năm" if half else f"đến {cut_off:%d/%m}")

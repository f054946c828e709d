"""One reporting round: its folder, ``campaign.toml``, ``units.csv`` and inbox."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pcmd_consolidate.errors import CampaignError, FormError
from pcmd_consolidate.forms import BUILT_IN, Form, PartialYear, load_form
from pcmd_consolidate.units import Registry, Unit

SETTINGS_FILE = "campaign.toml"
UNITS_FILE = "units.csv"
INBOX_FOLDER = "inbox"
UNIT_COLUMNS = ("unit_id", "name", "kind", "form", "section", "aliases", "deadline")
KINDS = ("commune", "department")
STOCK_TOTALS = ("last", "sum")

_TYPES = {
    "title": str, "province": str, "forms": list, "years": list, "cut_off": dt.date,
    "deadlines": dict, "stock_total": str,
}  # fmt: skip
_TYPE_NAMES = {str: "chữ", list: "danh sách [...]", dt.date: "ngày, ví dụ 2025-06-30", dict: "bảng [deadlines]"}
_REQUIRED = ("title", "province", "forms", "years", "cut_off")


@dataclass(frozen=True)
class Campaign:
    """One reporting round.

    Attributes:
        folder: The campaign's folder.
        title: Title of the round.
        province: Name of the province.
        forms: The forms handed out, for the campaign's years.
        cut_off: Last day that the figures of the last year cover.
        deadlines: Kind of unit → last day on which a return is in time.
        stock_total: ``last``: Tổng cộng of a stock is its last year; ``sum``: the literal sum of the years.
        registry: The units asked.
    """

    folder: Path
    title: str
    province: str
    forms: tuple[Form, ...]
    cut_off: dt.date
    deadlines: Mapping[str, dt.date]
    stock_total: str
    registry: Registry

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
    text = _read_text(path)
    settings = _settings(path, text)
    forms = _forms(path, text, settings)
    units = read_units(folder / UNITS_FILE, forms)
    return Campaign(
        folder=folder,
        title=settings["title"],
        province=settings["province"],
        forms=forms,
        cut_off=settings["cut_off"],
        deadlines=settings.get("deadlines", {}),
        stock_total=settings.get("stock_total", "last"),
        registry=Registry(units),
    )


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise CampaignError(path, "thiếu tệp này") from error
    except UnicodeDecodeError as error:
        raise CampaignError(path, "tệp không phải mã UTF-8; hãy lưu lại dạng «CSV UTF-8»") from error
    except OSError as error:
        raise CampaignError(path, f"không đọc được tệp ({error.strerror})") from error


def _line_of(text: str, name: str) -> int | None:
    found = re.search(rf"^\s*\[?{re.escape(name)}\b", text, re.MULTILINE)
    return text.count("\n", 0, found.end()) + 1 if found else None


def _settings(path: Path, text: str) -> dict[str, Any]:
    try:
        settings = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        raise CampaignError(path, f"sai cú pháp ({error})", line=int(at[1]) if at else None) from error

    def fault(field: str, message: str) -> CampaignError:
        return CampaignError(path, message, line=_line_of(text, field), field=field)

    for field in _REQUIRED:
        if field not in settings:
            raise CampaignError(path, "thiếu mục bắt buộc này", field=field)
    for field, value in settings.items():
        if field not in _TYPES:
            raise fault(field, f"không có mục này; các mục có thể dùng: {', '.join(_TYPES)}")
        if not isinstance(value, _TYPES[field]) or isinstance(value, dt.datetime):
            raise fault(field, f"phải là {_TYPE_NAMES[_TYPES[field]]}")
    years = settings["years"]
    if not years or not all(type(y) is int and 1900 < y < 2200 for y in years) or len(set(years)) != len(years):
        raise fault("years", "phải là danh sách năm khác nhau, ví dụ [2021, 2022]")
    if settings["cut_off"].year < max(years):
        raise fault("cut_off", f"mốc số liệu phải nằm trong hoặc sau năm {max(years)}")
    if settings.get("stock_total", "last") not in STOCK_TOTALS:
        raise fault("stock_total", 'chỉ nhận "last" hoặc "sum"')
    for kind, day in settings.get("deadlines", {}).items():
        if kind not in KINDS:
            raise fault(kind, f"loại đơn vị phải là {' hoặc '.join(KINDS)}")
        if type(day) is not dt.date:
            raise fault(kind, "phải là ngày, ví dụ 2025-08-30")
    return settings


def _forms(path: Path, text: str, settings: Mapping[str, Any]) -> tuple[Form, ...]:
    line = _line_of(text, "forms")
    forms = []
    for source in settings["forms"]:
        try:
            form = load_form(source if source in BUILT_IN else path.parent / str(source))
        except FormError as error:
            raise CampaignError(path, str(error), line=line, field="forms") from error
        forms.append(form.asked_for(sorted(settings["years"]), _partial_year(form, settings)))
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


def read_units(path: Path, forms: tuple[Form, ...]) -> tuple[Unit, ...]:
    """Read ``units.csv``.

    Args:
        path: The file; comma, semicolon or tab between the columns, UTF-8 with or without BOM.
        forms: The campaign's forms; every unit must fill one of them.

    Raises:
        CampaignError: A line has a mistake; names line and column.
    """
    text = _read_text(path)
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    missing = [column for column in UNIT_COLUMNS[:4] if column not in (reader.fieldnames or ())]
    if missing:
        raise CampaignError(path, f"thiếu cột; dòng đầu phải là: {','.join(UNIT_COLUMNS)}", line=1, field=missing[0])
    units: dict[tuple[str, str], Unit] = {}
    try:
        for record in reader:
            if not any(isinstance(v, str) and v.strip() for v in record.values()):
                continue
            unit = _unit(path, reader.line_num, record, {form.id: form for form in forms})
            if (unit.unit_id, unit.form) in units:
                raise CampaignError(
                    path, f"mã «{unit.unit_id}» đã có ở dòng trên", line=reader.line_num, field="unit_id"
                )
            units[unit.unit_id, unit.form] = unit
    except csv.Error as error:
        raise CampaignError(path, f"dòng không đúng dạng CSV ({error})", line=reader.line_num) from error
    if not units:
        raise CampaignError(path, "chưa có đơn vị nào")
    return tuple(units.values())


def _unit(path: Path, line: int, record: Mapping[str, Any], forms: Mapping[str, Form]) -> Unit:
    def fault(field: str, message: str) -> CampaignError:
        return CampaignError(path, message, line=line, field=field)

    if None in record:
        raise CampaignError(path, "dòng có nhiều ô hơn số cột; tên có dấu phẩy phải đặt trong ngoặc kép", line=line)
    cells = {column: (record.get(column) or "").strip() for column in UNIT_COLUMNS}
    for field in ("unit_id", "name", "kind", "form"):
        if not cells[field]:
            raise fault(field, "không được để trống")
    if cells["kind"] not in KINDS:
        raise fault("kind", f"«{cells['kind']}» không hợp lệ; chỉ nhận {' hoặc '.join(KINDS)}")
    if cells["form"] not in forms:
        raise fault("form", f"đợt báo cáo không có biểu «{cells['form']}»; chỉ có {', '.join(forms)}")
    sections = _parts(cells["section"])
    for section in sections:
        if section not in forms[cells["form"]].sections:
            raise fault("section", f"biểu {cells['form']} không có khối «{section}»")
    deadline = None
    if cells["deadline"]:
        deadline = _day(cells["deadline"])
        if deadline is None:
            raise fault("deadline", f"«{cells['deadline']}» không phải là ngày (ghi 2025-08-30 hoặc 30/8/2025)")
    return Unit(
        cells["unit_id"], cells["name"], cells["kind"], cells["form"], sections, _parts(cells["aliases"]), deadline
    )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[;|]", cell) if part.strip())


def _day(text: str) -> dt.date | None:
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
        try:
            return dt.datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    return None


def units_csv(units: tuple[Unit, ...]) -> str:
    """The text of a ``units.csv``."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(UNIT_COLUMNS)
    for unit in units:
        record = dataclasses.asdict(unit)
        writer.writerow([
            record["unit_id"], record["name"], record["kind"], record["form"],
            "|".join(unit.sections), "|".join(unit.aliases), unit.deadline or "",
        ])  # fmt: skip
    return out.getvalue()

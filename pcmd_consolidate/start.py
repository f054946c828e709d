"""Starting a campaign: its folder, settings and units for any of the 34 provinces."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib import resources
from pathlib import Path

from vietnam_provinces import Province, Ward

from pcmd_consolidate.campaign import INBOX_FOLDER, SETTINGS_FILE, Campaign, open_campaign
from pcmd_consolidate.double_click import write_scripts
from pcmd_consolidate.errors import CampaignError, PcmdError
from pcmd_consolidate.forms import BUILT_IN, Form, load_form
from pcmd_consolidate.units import Unit
from pcmd_consolidate.units_file import UNITS_FILE, units_csv
from pcmd_consolidate.vietnamese import plain_words, words

_SETTINGS = """\
# Một đợt báo cáo. Sửa được bằng Notepad; ngày ghi theo dạng năm-tháng-ngày.
title = "Tổng kết Chương trình phòng, chống mại dâm giai đoạn 2021-2025"
province = "{province}"
forms = ["IA", "IIA"]
years = [2021, 2022, 2023, 2024, 2025]

# Ngày cuối của số liệu: năm 2025 chỉ tính đến ngày này.
cut_off = 2025-06-30

# Tổng cộng của số có mặt tại một thời điểm (biên chế, số cơ sở...): "last" lấy năm cuối, "sum" cộng các năm.
stock_total = "last"

# Hạn nộp (nộp trong ngày này vẫn là đúng hạn). Kế hoạch nêu hai hạn cho cấp xã: 30/8/2025 (mục III.5) và
# 05/9/2025 (mục II.2). Hạn riêng của từng đơn vị ghi ở cột deadline của units.csv.
[deadlines]
commune = 2025-08-30
department = 2025-08-30

# Số và ngày của Kế hoạch mà các phụ lục kèm theo; chưa ghi thì chỗ đó để trống. Bỏ dấu # ở đầu ba dòng rồi sửa.
# [plan]
# number = "258"            # phần đứng trước /KH-UBND
# date = 2025-08-12

# Giới hạn khi mở tệp lạ. Biểu thường không bao giờ chạm tới; chỉ bỏ dấu # ở đầu dòng và sửa khi một tệp đúng bị báo
# là quá lớn.
# [limits]
# max_bytes = 20000000      # tệp lớn nhất được mở (byte)
# max_inflated = 200000000  # tổng dung lượng sau giải nén của một tệp (byte)
# max_part = 60000000       # một phần bên trong sau giải nén (byte)
# max_ratio = 120           # số lần giải nén lớn hơn trên đĩa, tính từ ratio_from
# ratio_from = 30000000     # dung lượng bắt đầu xét max_ratio (byte)
# max_parts = 2000          # số phần bên trong một tệp
# max_text = 5000000        # trang web hoặc văn bản lớn nhất (byte)
# max_elements = 3000000    # số thẻ XML của một phần
# max_sheets = 200          # số trang tính
# max_filled = 500000       # số ô có ghi trong một trang tính
# max_span = 2000000        # số ô của vùng bao quanh các ô có ghi
# near_rows = 10000         # khi vùng đó quá lớn: ô ngoài số dòng này bị coi là ô lạc
# near_columns = 200        # ... hoặc ngoài số cột này
# max_strays = 1000         # số ô lạc nhiều nhất mà biểu vẫn được đọc
# max_merges = 10000        # số vùng gộp ô trong một trang tính
# max_strings = 1000000     # số chuỗi chữ trong một tệp
"""


def new_campaign(folder: str | Path, province: str) -> Campaign:
    """Make a campaign's folder for a province, ready to be edited by hand, with scripts to double-click on Windows.

    Args:
        folder: A folder that does not hold a campaign yet.
        province: Name of one of the 34 provinces, with or without *tỉnh* or *thành phố*.

    Raises:
        PcmdError: No such province.
        CampaignError: The folder already holds a campaign.
    """
    folder = Path(folder)
    found = _find_province(province)
    for name in (SETTINGS_FILE, UNITS_FILE):
        if (folder / name).exists():
            raise CampaignError(folder / name, "đã có đợt báo cáo ở đây; hãy chọn thư mục khác")
    if folder.exists() and not folder.is_dir():
        raise CampaignError(folder, "đã có một tệp mang tên này; hãy chọn tên thư mục khác")
    short = found.name.removeprefix("Thành phố ").removeprefix("Tỉnh ")
    try:
        (folder / INBOX_FOLDER).mkdir(parents=True, exist_ok=True)
        (folder / UNITS_FILE).write_text(units_csv(province_units(found)), encoding="utf-8-sig", newline="")
        (folder / SETTINGS_FILE).write_text(_SETTINGS.format(province=short), encoding="utf-8")
        write_scripts(folder)
    except OSError as error:
        message = "không tạo được thư mục này, hoặc không ghi được vào đó; xem lại quyền ghi, hoặc chọn thư mục khác"
        raise CampaignError(folder, message) from error
    return open_campaign(folder)


def province_units(province: Province) -> tuple[Unit, ...]:
    """The communes of a province and the departments of form IA."""
    forms = {form.respondent: form for form in map(load_form, BUILT_IN)}
    return departments(forms["department"]) + communes(forms["commune"], province)


def departments(form: Form) -> tuple[Unit, ...]:
    """One department for each block of the form that has an owner."""
    known = resources.files("pcmd_consolidate").joinpath("departments.toml").read_text(encoding="utf-8")
    aliases = tomllib.loads(known)
    return tuple(
        Unit(f"S{place:02}", owner, "department", form.id, (section,), tuple(aliases.get(section, ())))
        for place, (section, owner) in enumerate(form.sections.items(), start=1)
    )


def communes(form: Form, province: Province) -> tuple[Unit, ...]:
    """The communes of a province since 01/7/2025, in the order of their codes.

    A commune's id is ``X`` and its five-digit code, so that Excel does not drop leading zeros.
    """
    wards = sorted(Ward.iter_by_province(province.code), key=lambda ward: ward.code)
    return tuple(
        Unit(f"X{ward.code:05}", ward.name, "commune", form.id, predecessors=_predecessors().get(int(ward.code), ()))
        for ward in wards
    )


@cache
def _predecessors() -> dict[int, tuple[str, ...]]:
    """Code of a commune → the communes that became it on 01/7/2025, for the provinces where they are known."""
    known = resources.files("pcmd_consolidate").joinpath("predecessors.csv").read_text(encoding="utf-8")
    return {int(line["code"]): tuple(line["predecessors"].split("; ")) for line in csv.DictReader(known.splitlines())}


def _find_province(name: str) -> Province:
    provinces = list(Province.iter_all())
    for split in (words, plain_words):
        wanted = _bare(split(name), split)
        matches = [p for p in provinces if _bare(split(p.name), split) == wanted]
        if len(matches) == 1:
            return matches[0]
    names = ", ".join(sorted(p.name.removeprefix("Thành phố ") for p in provinces))
    raise PcmdError(f"Không có tỉnh, thành phố nào tên «{name}». Các tên có thể dùng: {names}")


def _bare(tokens: tuple[str, ...], split: object) -> tuple[str, ...]:
    assert callable(split)
    for prefix in ("tỉnh", "thành phố", "tp"):
        lead = split(prefix)
        if tokens[: len(lead)] == lead and len(tokens) > len(lead):
            return tuple(tokens[len(lead) :])
    return tokens

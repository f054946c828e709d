"""Inboxes of any size for the benchmarks: handed-out workbooks filled in with made-up figures, as Excel stores them.

One blank workbook a form and block is handed out by the library; its XML is then filled in for each unit: the unit's
name and id, the figures, and under Tổng cộng the stored results that Excel would leave there. The same seed gives the
same bytes.
"""

from __future__ import annotations

import functools
import html
import io
import re
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

from vietnam_provinces import Province, Ward

from pcmd_consolidate import Campaign, new_campaign, open_campaign
from pcmd_consolidate.forms import Form, ValueType
from pcmd_consolidate.handout import write_blank
from pcmd_consolidate.units import Unit
from samples import figures

MADE_UP = "SỐ LIỆU GIẢ ĐỊNH"
_EPOCH = (2025, 8, 20, 8, 0, 0)
_ROW = re.compile(r"<row .*?</row>")
_NUMBER = re.compile(r'<c r="A\d+" s="\d+"><v>(\d+)</v></c>')
_EMPTY = r'<c r="{column}(\d+)" s="(\d+)"/>'
_YEARS = "DEFGH"


def province(folder: Path, seed: int = 2025) -> Campaign:
    """The campaign of Đồng Nai, with the returns of all 106 units in its inbox."""
    campaign = new_campaign(folder, "Đồng Nai")
    put(campaign, campaign.inbox / "2025-08-20", seed)
    return campaign


def country(folder: Path, communes: int, seed: int = 2025) -> Campaign:
    """A campaign of form IIA over so many communes of the country, all of which have answered.

    The country has 3,321; beyond them, communes come again under further ids.
    """
    new_campaign(folder, "Đồng Nai")
    settings = (folder / "campaign.toml").read_text(encoding="utf-8")
    settings = re.sub(r"(?m)^forms = .*$", 'forms = ["IIA"]', settings)
    (folder / "campaign.toml").write_text(settings.replace("Đồng Nai", "Cả nước"), encoding="utf-8")
    lines = ["unit_id,name,kind,form,section,aliases,deadline", *_communes(communes)]
    (folder / "units.csv").write_text("\r\n".join(lines) + "\r\n", encoding="utf-8-sig", newline="")
    campaign = open_campaign(folder)
    put(campaign, campaign.inbox / "2025-08-20", seed)
    return campaign


def _communes(wanted: int) -> Iterator[str]:
    known = [
        (ward.code, f"{ward.name} ({of_province.name}{{again}})")
        for of_province in Province.iter_all()
        for ward in Ward.iter_by_province(of_province.code)
    ]
    for place in range(wanted):
        code, name = known[place % len(known)]
        again = f"-{place // len(known)}" if place >= len(known) else ""
        yield f"X{code:05}{again},{name.format(again=again)},commune,IIA,,,"


def put(campaign: Campaign, inbox: Path, seed: int) -> None:
    """Put a filled-in return of every unit into a folder."""
    blanks: dict[tuple[str, tuple[str, ...]], Mapping[str, bytes]] = {}
    inbox.mkdir(parents=True, exist_ok=True)
    for unit in campaign.registry:
        kind = (unit.form, unit.sections)
        if kind not in blanks:
            blanks[kind] = _blank(campaign, unit)
        content = filled(blanks[kind], unit, campaign.form(unit.form), seed)
        (inbox / f"{unit.form}_{unit.unit_id}.xlsx").write_bytes(content)


_NAME, _ID = "Xã Thử Nghiệm", "X-TEMPLATE"


def _blank(campaign: Campaign, unit: Unit) -> Mapping[str, bytes]:
    """The parts of the blank workbook for a unit of this kind, with a name and an id that are found again."""
    stand_in = Unit(_ID, _NAME, unit.kind, unit.form, unit.sections)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "blank.xlsx"
        write_blank(campaign.form(unit.form), path, stand_in, f"{MADE_UP} - {campaign.title}")
        with zipfile.ZipFile(path) as archive:
            return {part: archive.read(part) for part in archive.namelist()}


def filled(blank: Mapping[str, bytes], unit: Unit, form: Form, seed: int) -> bytes:
    """The bytes of a blank workbook, filled in for a unit with made-up figures."""
    rng = Random(f"{seed}-{unit.unit_id}")
    shares = {year: 0.5 if form.partial and form.partial.year == year else 1.0 for year in form.years}
    made_up = figures.department(rng, shares, unit.sections[0]) if unit.sections else figures.commune(rng, shares)
    strings = blank["xl/sharedStrings.xml"].decode()
    for name, own in ((_ID, unit.unit_id), (_NAME.upper(), unit.name.upper()), (_NAME, unit.name)):
        strings = strings.replace(name, html.escape(own))
    sheet = _ROW.sub(lambda row: _filled_row(row[0], form, made_up), blank["xl/worksheets/sheet1.xml"].decode())
    return _zipped({**blank, "xl/sharedStrings.xml": strings.encode(), "xl/worksheets/sheet1.xml": sheet.encode()})


def _filled_row(row: str, form: Form, made_up: Mapping[int, figures.Figures]) -> str:
    line = _NUMBER.search(row)
    number = int(line[1]) if line else 0
    if not line or not form.row(number).is_indicator:
        return row
    of_years = [made_up[year].get(number) for year in form.years]
    for column, value in zip(_YEARS, of_years, strict=True):
        if value is not None:
            row = re.sub(_EMPTY.format(column=column), functools.partial(_cell, form, number, column, value), row)
    given = [value for value in of_years if value is not None]
    if given and form.row(number).value_type is not ValueType.YES_NO:
        total = given[-1] if "SUM(" not in row else sum(given)
        row = re.sub(r'(<c r="I\d+" s="\d+"><f>[^<]*</f>)<v></v>', rf"\g<1><v>{total:.15g}</v>", row)
    return row


def _cell(form: Form, number: int, column: str, value: float, empty: re.Match[str]) -> str:
    start = f'<c r="{column}{empty[1]}" s="{empty[2]}"'
    if form.row(number).value_type is ValueType.YES_NO:
        return f'{start} t="inlineStr"><is><t>{("Không", "Có")[int(value)]}</t></is></c>'
    return f"{start}><v>{value:.15g}</v></c>"


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return content.getvalue()

"""The values that the formulas of a workbook had when it was saved: openpyxl does not keep them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from pcmd_consolidate.intake.marks import sheet_parts

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


@dataclass(frozen=True, slots=True)
class Stored:
    """The value of a formula as it stands in the file: its type (``n``, ``str``, ``b``, ``e``) and its text."""

    type: str
    text: str

    @property
    def value(self) -> object:
        """The value as openpyxl takes it."""
        if self.type == "b":
            return self.text == "1"
        if self.type != "n":
            return self.text
        number = float(self.text)
        return int(number) if number.is_integer() else number


Values = Mapping[str, Mapping[str, Stored]]
"""Sheet → A1 reference → value."""


def stored_values(content: bytes) -> Values:
    """The values of all formulas of an .xlsx workbook that have one."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: dict(_formulas(archive.read(part))) for name, part in sheet_parts(archive)}


def _formulas(data: bytes) -> dict[str, Stored]:
    sheet = etree.fromstring(data, _PARSER)
    found = {}
    for cell in sheet.iterfind(".//{*}c"):
        text = cell.findtext("{*}v")
        if cell.find("{*}f") is not None and text is not None and cell.get("t", "n") in ("n", "str", "b", "e"):
            found[cell.get("r", "")] = Stored(cell.get("t", "n"), text)
    return {reference: stored for reference, stored in found.items() if stored.type == "str" or stored.text}


def with_values(data: bytes, values: Mapping[str, Stored]) -> bytes:
    """A sheet written by openpyxl, its formulas with the values that they had."""
    sheet = etree.fromstring(data, _PARSER)
    for cell in sheet.iterfind(".//{*}c"):
        stored, holder = values.get(cell.get("r", "")), cell.find("{*}v")
        if stored is not None and holder is not None and cell.find("{*}f") is not None:
            holder.text = stored.text
            cell.set("t", stored.type)
    return bytes(etree.tostring(sheet, encoding="UTF-8", xml_declaration=True, standalone=True))

"""Worksheets that do what xlsxwriter's own do not."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet


class OfficialSheet(Worksheet):  # type: ignore[misc]
    """A worksheet whose header begins on the second page, as that of an official document."""

    def _write_header_footer(self) -> None:
        if not (self.header or self.footer):
            return
        self._xml_start_tag("headerFooter", [("differentFirst", 1)])
        for tag, text in (("oddHeader", self.header), ("oddFooter", self.footer), ("firstFooter", self.footer)):
            if text:
                self._xml_data_element(tag, text)
        self._xml_end_tag("headerFooter")

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002
        """The formula as it is stored: no function newer than Excel 2010 is used, so none needs to be looked for."""
        return formula.removeprefix("=")

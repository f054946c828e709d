"""Number formats that show a number as a date."""

from __future__ import annotations

import pytest

from pcmd_consolidate.intake.number_formats import shows_date


@pytest.mark.parametrize("code", ["dd/mm/yyyy", "[$-409]d-mmm;@", "[h]:mm", "mm:ss.0", 'd "người"', "yyyy"])
def test_dates(code: str) -> None:
    assert shows_date(code)


@pytest.mark.parametrize(
    "code", ["General", "0", "#,##0", '0 "ngày"', "0\\d", "[$USD] #,##0", "[Magenta]0", "0;dd", "0%", "", "@", "0E+00"]
)
def test_no_dates(code: str) -> None:
    assert not shows_date(code)

"""Reading form files.

A form is one TOML file. The forms of the programme come with the package (``ia.toml``, ``iia.toml``); a form of
another programme or period is another file. One that says ``extends = "IIA"`` need only hold what differs.
"""

from __future__ import annotations

import dataclasses
import functools
import tomllib
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from pcmd_consolidate.errors import FormError, RuleError
from pcmd_consolidate.findings import Severity
from pcmd_consolidate.forms.formulas import holds_formula
from pcmd_consolidate.forms.model import (
    RESPONDENTS,
    Form,
    Headers,
    OverFormers,
    OverYears,
    PartialYear,
    Row,
    RowKind,
    Rule,
    ValueType,
)  # fmt: skip
from pcmd_consolidate.forms.rules import ExpressionError, parse

BUILT_IN = ("IA", "IIA")
_CONVERSIONS = {
    "kind": RowKind,
    "value_type": ValueType,
    "over_years": OverYears,
    "over_formers": OverFormers,
    "also": tuple,
}


def load_form(source: str | Path) -> Form:
    """Read a form.

    Args:
        source: Id of a form that comes with the package (``IA``, ``IIA``), or path of a form file.

    Raises:
        FormError: There is no such form, or the file says something that cannot be used.
    """
    if isinstance(source, str) and source in BUILT_IN:
        return _built_in(source)
    path = Path(source)
    if not path.is_file():
        raise FormError(str(source), f"không có biểu này (có sẵn: {', '.join(BUILT_IN)}, hoặc đường dẫn tệp .toml)")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FormError(str(source), "không đọc được tệp, hoặc tệp không phải mã UTF-8") from error
    return _parse(text, str(path))


def with_rules(form: Form, rules: Sequence[Rule]) -> Form:
    """The same form with other rules.

    Raises:
        RuleError: A rule cannot be compiled, or its id is there twice.
    """
    changed = dataclasses.replace(form, rules=tuple(rules))
    _check_rules(changed)
    return changed


@functools.cache
def _built_in(form_id: str) -> Form:
    return _parse(_built_in_text(form_id), form_id)


def _built_in_text(form_id: str) -> str:
    return resources.files(__package__).joinpath(f"{form_id.lower()}.toml").read_text(encoding="utf-8")


def _whole(data: dict[str, Any], name: str) -> dict[str, Any]:
    """What a form file says, on top of the form that it ``extends``; tables such as ``headers`` are merged."""
    if "extends" not in data:
        return data
    base = data["extends"]
    if base not in BUILT_IN:
        raise FormError(name, f"extends phải là {' hoặc '.join(BUILT_IN)}")
    inherited = tomllib.loads(_built_in_text(base))
    for key in data:
        if key not in (*inherited, "extends"):
            raise FormError(name, f"không có mục «{key}»; các mục có thể thay: {', '.join(inherited)}")
    own = {key: value for key, value in data.items() if key != "extends"}
    merged = {key: {**inherited[key], **value} for key, value in own.items() if isinstance(value, dict)}
    return {**{key: value for key, value in inherited.items() if key != "partial"}, **own, **merged}


def _parse(text: str, name: str) -> Form:
    try:
        form = _form(_whole(tomllib.loads(text), name))
    except tomllib.TOMLDecodeError as error:
        raise FormError(name, f"tệp không đúng cú pháp TOML ({error})") from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise FormError(name, f"thiếu hoặc sai mục {error}") from error
    _check_head(form)
    _check_rows(form)
    _check_rules(form)
    return form


def _form(data: Mapping[str, Any]) -> Form:
    partial = data.get("partial")
    return Form(
        id=data["id"],
        version=data["version"],
        name=data["name"],
        title=tuple(data["title"]),
        attached_to=data.get("attached_to", ""),
        respondent=data["respondent"],
        source=data["source"],
        years=tuple(sorted(data["years"])),
        partial=PartialYear(**partial) if partial else None,
        headers=Headers(**data["headers"]),
        rows=tuple(_row(row) for row in data["rows"]),
        rules=tuple(_rule(rule) for rule in data.get("rules", ())),
    )


def _row(data: Mapping[str, Any]) -> Row:
    return Row(**{key: _CONVERSIONS.get(key, lambda v: v)(value) for key, value in data.items()})


def _rule(data: Mapping[str, Any]) -> Rule:
    return Rule(data["id"], Severity(data["severity"]), data["expression"], data["message"], data.get("of_one", False))


def _check_head(form: Form) -> None:
    texts = (form.id, form.version, form.name, form.source, *form.title)
    if not all(isinstance(text, str) for text in texts):
        raise FormError(str(form.id), "id, version, name, title và source phải là chữ")
    if not form.years or not all(type(year) is int for year in form.years):
        raise FormError(form.id, "years phải là danh sách năm, ví dụ [2021, 2022]")
    if form.respondent not in RESPONDENTS:
        raise FormError(form.id, f"respondent phải là {' hoặc '.join(RESPONDENTS)}")


def _check_rows(form: Form) -> None:
    for place, row in enumerate(form.rows, start=1):
        if row.number != place:
            raise FormError(form.id, f"dòng thứ {place} mang số {row.number}; các dòng phải đánh số liên tục từ 1")
        if not isinstance(row.label, str) or not isinstance(row.unit, str):
            raise FormError(form.id, f"dòng {place}: label và unit phải là chữ")
        if any(above is not None and not 1 <= above < place for above in (row.parent, row.part_of)):
            raise FormError(form.id, f"dòng {place}: parent và part_of phải là số của một dòng ở trên")
        if row.is_indicator and (row.value_type is None or row.over_years is None):
            raise FormError(form.id, f"dòng {place} thiếu value_type hoặc over_years")


def _check_rules(form: Form) -> None:
    known = {row.number for row in form.indicators}
    seen: set[str] = set()
    for rule in form.rules:
        try:
            expression = parse(str(rule.expression))
            holds_formula(expression, _some_cell, _some_cell)
        except ExpressionError as error:
            raise RuleError(form.id, rule.id, rule.expression, str(error)) from error
        if unknown := [number for number in expression.rows if number not in known]:
            raise RuleError(form.id, rule.id, rule.expression, f"dòng {unknown[0]} không có chỉ tiêu trong biểu")
        if rule.id in seen:
            raise RuleError(form.id, rule.id, rule.expression, "mã quy tắc này có hai lần")
        seen.add(rule.id)


def _some_cell(number: int) -> str:
    """A reference as long as any in a blank workbook, to tell whether Excel can take the formula of a rule."""
    return f"'{'x' * 31}'!XFD{number}"

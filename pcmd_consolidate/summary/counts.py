"""How many units of each form have answered, and which files could not be used."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pcmd_consolidate.forms import Form
from pcmd_consolidate.summary.content import Content
from pcmd_consolidate.units import Unit


@dataclass(frozen=True)
class FormCounts:
    """Units asked for a form.

    Attributes:
        form: The form.
        expected: Units asked.
        on_time, late, undecided: Units that have answered.
        missing: Units that have not.
        undecided_units: Units of whose returns none could be chosen.
        with_errors: Units of whose returns a finding is an error.
    """

    form: Form
    expected: int
    on_time: int
    late: int
    missing: tuple[Unit, ...]
    undecided_units: tuple[Unit, ...]
    with_errors: int

    @property
    def undecided(self) -> int:
        """How many units sent returns of which none could be chosen."""
        return len(self.undecided_units)

    @property
    def returned(self) -> int:
        """How many units have answered."""
        return self.on_time + self.late + self.undecided


@dataclass(frozen=True, slots=True)
class UnusedFile:
    """A file of which a sheet, or all, could not be used, and why."""

    name: str
    status: str
    reason: str


def count_forms(content: Content) -> tuple[FormCounts, ...]:
    """The counts of every form of the campaign."""
    return tuple(_count_form(content, form) for form in content.campaign.forms)


def _count_form(content: Content, form: Form) -> FormCounts:
    units = content.campaign.registry.of_form(form.id)
    statuses = Counter(content.answer(unit).status for unit in units)
    submissions = content.consolidation.submissions
    faulty = submissions[(submissions["form"] == form.id) & (submissions["errors"] > 0)]["unit_id"]
    return FormCounts(
        form=form,
        expected=len(units),
        on_time=statuses["on_time"],
        late=statuses["late"],
        missing=tuple(unit for unit in units if content.answer(unit).status == "missing"),
        undecided_units=tuple(unit for unit in units if content.answer(unit).status == "undecided"),
        with_errors=len({unit.unit_id for unit in units} & set(faulty)),
    )


def unused_files(content: Content) -> tuple[UnusedFile, ...]:
    """Files of which something could not be used, in the order of the submissions."""
    submissions, findings = content.consolidation.submissions, content.consolidation.findings
    unused = submissions[submissions["status"].isin(["unidentified", "rejected"])]
    reasons: dict[str, str] = {}
    rejected = submissions.loc[submissions["status"].eq("rejected"), "file"]
    about = findings[(findings["unit_id"].eq("") | findings["file"].isin(rejected)) & findings["row"].isna()]
    for file, message in about[["file", "message"]].itertuples(index=False, name=None):
        reasons.setdefault(file, message)
    lines = unused[["file", "status"]].itertuples(index=False, name=None)
    return tuple(UnusedFile(file, status, reasons.get(file, "")) for file, status in dict.fromkeys(lines))

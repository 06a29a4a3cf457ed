"""The page of a case in words: where it stands, what comes next, what is known, who sees it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.cases.models import Case
from casework.cases.stages import LegalForm, Stage, Status
from casework.facts import Section, section
from casework.organisations.models import User
from casework.organisations.standing import Standing
from casework.programme.assigned.acts import names_of
from casework.sharing.models import CaseAccess
from workflows.casefile.listing import holder_of
from workflows.casefile.progress import opens_later
from workflows.casefile.words import Fact, Group, day_of, days_since, days_text
from workflows.desk.due import Due, WorkingDays, due_of
from workflows.desk.queries import is_mine, may_claim, title_of
from workflows.engine.models import Task
from workflows.four_eyes import look


@dataclass(frozen=True)
class Step:
    """One stage in the row of stages."""

    label: str
    state: str
    note: str = ""


@dataclass(frozen=True)
class OpenTask:
    """A task that is still to be done. `url` only when the reader has it or may take it."""

    title: str
    stage: str
    holder: str
    organisation: str
    due: Due
    mine: bool
    taken: bool
    round: int
    url: str


@dataclass(frozen=True)
class Viewer:
    """An organisation that sees the case."""

    organisation: str
    kind: str
    since: datetime
    until: datetime | None
    reason: str


def steps_of(case: Case) -> list[Step]:
    """The six stages, each done, now, next or (after an early end) skipped."""
    here = list(Stage.values).index(case.stage)
    ended = case.status == Status.CLOSED
    note = "" if ended else days_text(days_since(case.stage_since))
    return [
        Step(str(label), _stage_state(number, here, ended=ended), note if number == here else "")
        for number, (_value, label) in enumerate(Stage.choices)
    ]


def _stage_state(number: int, here: int, *, ended: bool) -> str:
    if number == here:
        return "now"
    return "done" if number < here else "skipped" if ended else "next"


def open_tasks(rows: Iterable[Task], user: User, standing: Standing, days: WorkingDays) -> list[OpenTask]:
    """The open tasks of a case, the most urgent first."""
    still_open = sorted((r for r in rows if r.is_open and r.organisation), key=lambda r: (r.due_at, r.pk))
    look(row for row in still_open if row.owner_id is None)
    return [_open_task(row, user, standing, days) for row in still_open]


def _open_task(row: Task, user: User, standing: Standing, days: WorkingDays) -> OpenTask:
    mine = is_mine(row, standing)
    may = mine or (may_claim(row, standing) and not opens_later(row))
    return OpenTask(
        title=title_of(row),
        stage=str(row.get_stage_display()),
        holder=holder_of(row, user),
        organisation=str(row.organisation),
        due=due_of(row, timezone.now(), days),
        mine=mine,
        taken=row.owner_id is not None,
        round=row.round,
        url=reverse("tasks:task", args=[row.pk]) if may else "",
    )


def key_facts(case: Case) -> list[Fact]:
    """What everybody asks first about a case. One query."""
    facts = [
        Fact(_("Led by"), case.lead_organisation.name),
        Fact(_("Reviewed by"), case.reviewing_organisation.name),
        Fact(_("Supervised by"), case.supervising_organisation.name),
        Fact(_("Commune"), str(case.area), str(case.area.parent or "")),
        Fact(_("Kind"), str(case.get_kind_display())),
        Fact(_("Form aimed at"), str(LegalForm(case.legal_form).label)),
        Fact(_("Counts under"), ", ".join(names_of(case.programmes)) or _("no programme")),
        Fact(_("Opened on"), day_of(case.opened_at), _("by %(name)s") % {"name": case.opened_by}),
    ]
    if case.status != Status.CLOSED:
        facts.append(Fact(_("Age of the case"), days_text(days_since(case.opened_at))))
    if case.cooperative:
        facts.append(Fact(_("In the register as"), str(case.cooperative)))
    return facts


def also_entered_as(codes: Iterable[str]) -> list[Fact]:
    """The closed cases that turned out to be this one, each leading to its own history."""
    return [Fact(_("Also entered as"), code, url=reverse("cases:file", args=[code]) + "?stay=1") for code in codes]


def known_facts(case: Case, recorded: Iterable[Group]) -> list[Group]:
    """Everything that was entered so far, the newest first: what the steps recorded, the screening, the lead."""
    groups = [_group(section(_("Lead"), case, ["trade", "women_interested", "source", "note"]), case.opened_at)]
    screening = getattr(case, "screening", None)
    if screening is not None:
        told = section(_("Screening of the lead"), screening, ["decision", "reason"])
        groups.append(_group(told, screening.decided_at))
    return [group for group in [*groups, *recorded] if group.facts][::-1]


def _group(one: Section, entered: datetime) -> Group:
    return Group(str(one.title), [Fact(label, value) for label, value in one.facts], day_of(entered))


def viewers_of(access: Iterable[CaseAccess]) -> list[Viewer]:
    """Who sees the case, in what way, since when."""
    return [
        Viewer(a.organisation.name, str(a.get_kind_display()), a.valid_from, a.valid_until, a.reason) for a in access
    ]


def people_of(founders: Iterable[Any]) -> list[Fact]:
    """The founders by name; their numbers masked."""
    return [Fact(str(f.person), f.person.masked_phone, _person_words(f.person)) for f in founders]


def _person_words(person: Any) -> str:
    year = str(person.birth_year) if person.birth_year else ""
    return ", ".join(part for part in (str(person.get_sex_display()), year) if part)

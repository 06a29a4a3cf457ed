"""The page of stuck cases: what is wrong, since when, and the buttons that mend it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.views import View

from casework.cases.models import Case
from casework.cases.stages import Status
from casework.fields import WholeNumber
from casework.organisations.standing import Standing
from casework.requests import SignedIn
from workflows.desk.queries import title_of
from workflows.engine.models import Task
from workflows.holds.models import Hold
from workflows.links import Link
from workflows.steering.moving import STEER
from workflows.steering.offers import for_case
from workflows.steering.stuck import KINDS, MOST_DAYS, Kind, rows_of, working_days_ago

REASSIGN = "reassign_task"
SHOWN = 50


class StuckForm(forms.Form):
    """Which kinds are shown, and after how many working days without an event a case counts as stuck."""

    kind = forms.ChoiceField(
        label=_("What is wrong"),
        required=False,
        choices=[("", _("Everything")), *((kind.name, kind.label) for kind in KINDS.values())],
    )
    days = WholeNumber(
        label=_("Working days without an event"),
        required=False,
        least=1,
        most=MOST_DAYS,
    )
    use_required_attribute = False


@dataclass(frozen=True)
class Row:
    """One stuck case in words."""

    code: str
    name: str
    url: str
    what: str
    since: date | datetime | None
    links: list[Link]


@dataclass(frozen=True)
class Group:
    """The rows of one kind; `more` are not shown."""

    kind: Kind
    rows: list[Row]
    count: int
    more: int


class Stuck(View):
    """For those who may hand over tasks or steer cases."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """403 without one of the rights."""
        if not {REASSIGN, STEER} & request.standing.permissions:  # type: ignore[attr-defined]
            raise PermissionDenied(STEER)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: SignedIn) -> HttpResponse:
        """Two queries for each kind and one for the calendar, however many cases there are."""
        form = StuckForm(request.GET or None)
        asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
        days = asked.get("days") or settings.STUCK_AFTER
        groups = _groups(request.standing, asked.get("kind", ""), working_days_ago(days))
        context = {"form": form, "groups": groups, "days": days, "total": sum(group.count for group in groups)}
        return render(request, "workflows/steering/stuck.html", context)


def _groups(standing: Standing, only: str, silent_since: date) -> list[Group]:
    """Every kind with its count; rows only of those that are shown."""
    return [_group(standing, kind, silent_since, shown=only in ("", kind.name)) for kind in KINDS.values()]


def _group(standing: Standing, kind: Kind, silent_since: date, *, shown: bool) -> Group:
    found = rows_of(kind, standing, silent_since)
    count = found.count()
    rows = [_row(kind, one, standing) for one in found[:SHOWN]] if shown and count else []
    return Group(kind, rows, count, count - len(rows) if shown else 0)


def _row(kind: Kind, found: Case | Task | Hold, standing: Standing) -> Row:
    case = found if isinstance(found, Case) else found.case
    return Row(
        code=case.code,
        name=case.working_name,
        url=reverse("cases:file", args=[case.code]),
        what=_what(found),
        since=getattr(found, kind.since),
        links=[*_own_links(found, standing), *for_case(case, standing)],
    )


def _what(found: Case | Task | Hold) -> str:
    if isinstance(found, Task):
        return f"{title_of(found)}: {found.owner}" if found.owner else title_of(found)
    if isinstance(found, Hold):
        what = f"{found.get_waits_for_display()}: {found.reason}"
        return f"{title_of(found.task)} · {what}" if found.task else what
    return ""


def _own_links(found: Case | Task | Hold, standing: Standing) -> list[Link]:
    """What mends this row and no other: hand over, let go on."""
    if isinstance(found, Task) and standing.seat_for(REASSIGN, found.organisation_id):
        return [Link(_g("Hand over to somebody else"), reverse("tasks:reassign", args=[found.pk]))]
    if isinstance(found, Hold) and found.task_id:
        return [Link(_g("Open task"), reverse("tasks:task", args=[found.task_id]))]
    if isinstance(found, Hold) and found.case.status == Status.ON_HOLD:
        return [Link(_g("Let the case go on"), reverse("holds:resume", args=[found.case.code]))]
    return []

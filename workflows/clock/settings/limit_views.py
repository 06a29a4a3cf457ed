"""Pages of the limits: all of them by step, and a new one."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.requests import SignedIn
from workflows.clock.models import TimeLimit
from workflows.clock.settings.acts import ClockAct
from workflows.clock.settings.forms import LimitForm
from workflows.clock.settings.limit_acts import SetLimit
from workflows.clock.settings.pages import ChangeDone, ChangePage, ForKeepers, Words
from workflows.clock.settings.results import latest_changes
from workflows.clock.words import limit_words
from workflows.flows.catalogue import node_titles


@dataclass(frozen=True)
class LimitLine:
    """A limit with the words for it. `state`: "now", "later" or "before"."""

    row: TimeLimit
    length: str
    state: str


@dataclass(frozen=True)
class StepLimits:
    """The limits of one step: those that hold today or later, and those of before."""

    node: str
    title: str
    current: tuple[LimitLine, ...]
    earlier: tuple[LimitLine, ...]


class Limits(ForKeepers):
    """Every limit by step, the general one first, with those that held before."""

    def get(self, request: SignedIn) -> HttpResponse:
        """Three statements of its own, however many limits there are."""
        context = {"steps": steps_with_limits(timezone.localdate()), "changes": latest_changes("limits")}
        return render(request, "workflows/clock/settings/limits.html", context)


class NewLimit(ChangePage):
    """A new limit; `?node=` chooses the step."""

    room = "limits"

    def words(self) -> Words:
        lead = _("A limit is never changed afterwards: a new one begins on a day and ends the one before it.")
        return Words(_("Set a limit"), lead, _("Set the limit"))

    def form_of(self, data: Any = None) -> forms.Form:
        return LimitForm(data) if data is not None else LimitForm(initial=self._initial())

    def act_of(self, cleaned: dict[str, Any]) -> ClockAct:
        return SetLimit(**cleaned)

    def _initial(self) -> dict[str, Any]:
        """What holds now for all cases of the step, from tomorrow on."""
        node = self.request.GET.get("node", "")
        start = {"node": node, "valid_from": LimitForm.tomorrow(), "confirmed": True}
        if node not in node_titles():
            return start
        rows = TimeLimit.objects.filter(node=node, kind="", organisation=None)
        row = rows.order_by("valid_from").last()
        return start | ({name: getattr(row, name) for name in ("unit", "legal", "watched")} if row else {})


class LimitChange(ChangeDone):
    """A new limit and what came of it."""

    room = "limits"


def steps_with_limits(today: date) -> list[StepLimits]:
    """The limits of every step, in the order of the flows; limits of steps that are no more come last. One query."""
    titles = node_titles()
    order = {node: place for place, node in enumerate(titles)}
    rows = sorted(
        TimeLimit.objects.select_related("organisation"),
        key=lambda row: (order.get(row.node, len(order)), row.node, *_narrow(row), -row.valid_from.toordinal()),
    )
    found = []
    for node, group in groupby(rows, key=lambda row: row.node):
        lines = [LimitLine(row, limit_words(row), _state(row, today)) for row in group]
        current = tuple(line for line in lines if line.state != "before")
        earlier = tuple(line for line in lines if line.state == "before")
        found.append(StepLimits(node, titles.get(node, node), current, earlier))
    return found


def _narrow(row: TimeLimit) -> tuple[Any, ...]:
    """The general limit first, then each kind's and each organisation's."""
    return row.organisation_id or 0, row.kind


def _state(row: TimeLimit, today: date) -> str:
    if row.valid_until and row.valid_until < today:
        return "before"
    return "later" if row.valid_from > today else "now"

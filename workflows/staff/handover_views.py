"""The page on which the tasks of one person go to others or back to the queue."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.requests import request_id_of
from workflows.desk.bulk import ids_in, in_their_order
from workflows.engine.models import Task
from workflows.staff.forms import BACK, HandOverForm
from workflows.staff.handover import Held, Refused, hand_over, held_by, named
from workflows.staff.held import open_tasks_of
from workflows.staff.over import REASSIGN
from workflows.staff.views import ForStaff


class HandOver(ForStaff):
    """Her open tasks by organisation, each with its own form."""

    right = REASSIGN

    def get(self, request: Any, pk: int) -> HttpResponse:
        """Every task is ticked to begin with."""
        return self._show(held_by(self.person, request.standing))

    def post(self, request: Any, pk: int) -> HttpResponse:
        """Hand the ticked tasks of one organisation over, one by one; what was refused is listed with its reason.

        404 when one of them is not hers to see: the page never offers such a one.
        """
        groups = held_by(self.person, request.standing)
        sent = request.POST.get("organisation", "")
        group = next((one for one in groups if str(one.organisation.pk) == sent), None)
        if group is None:
            messages.info(request, _("These tasks have been handed over already."))
            return redirect("staff:handover", pk)
        ticked = ids_in(request.POST.getlist("task"))
        try:
            in_their_order(ticked, request.standing)
        except Task.DoesNotExist:
            raise Http404 from None
        form, tasks = HandOverForm(group.people, request.POST), [task for task in group.tasks if task.pk in ticked]
        if form.is_valid() and not tasks:
            form.add_error(None, _("Tick at least one task."))
        if not form.is_valid():
            return self._show(groups, form, group, set(ticked))
        to = None if form.cleaned_data["to"] == BACK else form.cleaned_data["to"]
        refused = hand_over(tasks, to, form.cleaned_data["reason"], request.user, request_id_of(request))
        self._say(len(tasks) - len(refused))
        if not refused:
            return redirect("staff:handover", pk)
        return self._show(held_by(self.person, request.standing), refused=refused)

    def _say(self, n: int) -> None:
        if n:
            words = ngettext("%(n)d task was handed over.", "%(n)d tasks were handed over.", n)
            messages.success(self.request, words % {"n": n})

    def _show(
        self,
        groups: list[Held],
        form: HandOverForm | None = None,
        of: Held | None = None,
        ticked: set[int] | None = None,
        refused: list[Refused] | None = None,
    ) -> HttpResponse:
        shown = [self._section(group, form if group is of else None, ticked) for group in groups]
        elsewhere = open_tasks_of(self.person).beyond_sight("only counted").count() - sum(
            len(group.tasks) for group in groups
        )
        context = {
            "person": self.person,
            "groups": shown,
            "elsewhere": elsewhere,
            "refused": [(named(one.task), one.sentence) for one in refused or []],
        }
        return render(self.request, "workflows/staff/handover.html", context)

    def _section(self, group: Held, form: HandOverForm | None, ticked: set[int] | None) -> dict[str, Any]:
        """One organisation: its form, and its tasks with their ticks; several forms on a page need ids of their own."""
        shown = form or HandOverForm(group.people)
        shown.auto_id = f"o{group.organisation.pk}_%s"
        return {
            "organisation": group.organisation,
            "form": shown,
            "tasks": [(task, named(task), form is None or task.pk in (ticked or ())) for task in group.tasks],
            "request_id": uuid4(),
        }

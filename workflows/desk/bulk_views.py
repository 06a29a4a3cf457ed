"""Two pages: what shall be done with many tasks, and what came of it."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.generic import View

from casework.requests import request_id_of
from workflows.desk.bulk import ACTIONS, AT_ONCE, Bulk, Chosen, carry_out, filtered, ids_in, in_their_order, ticked
from workflows.desk.bulk_forms import BulkForm
from workflows.desk.came_from import list_behind
from workflows.desk.filters import Filters
from workflows.desk.queries import title_of
from workflows.engine.models import Task

ALL = "all"
SHOWN = 10  # tasks named before it is done; the result names every refusal


def _sent(request: HttpRequest, name: str) -> str:
    return (request.POST.get(name) or request.GET.get(name) or "").replace("\0", "")


class BulkView(View):
    """One form for many tasks, and one table of what could not be done."""

    http_method_names = ["get", "head", "post", "options"]

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Read what is asked for."""
        super().setup(request, *args, **kwargs)
        self.request: Any = request
        self.filters = list_behind(request) or Filters()

    def action(self) -> Bulk:
        """What shall be done. Raises Http404 for an unknown name, PermissionDenied without the right anywhere."""
        action = ACTIONS.get(_sent(self.request, "do"))
        if action is None:
            raise Http404
        if action.permission and action.permission not in self.request.standing.permissions:
            raise PermissionDenied(action.permission)
        return action

    def get(self, request: Any) -> HttpResponse:
        """How many tasks, and what is asked for all of them."""
        action, chosen = self.action(), self._chosen()
        if not chosen.tasks:
            messages.warning(request, _("Tick at least one task that is open and not on hold."))
            return redirect(self.filters.url())
        return self._ask(action, action.form(chosen.tasks), chosen.rest)

    def post(self, request: Any) -> HttpResponse:
        """Do it for each of the tasks that the form names, in that order. 404 when one of them is not hers to see."""
        action = self.action()
        try:
            tasks = in_their_order(ids_in(_sent(request, "tasks").split(",")), request.standing)
        except Task.DoesNotExist:
            raise Http404 from None
        form, rest = action.form(tasks, request.POST), _sent(request, "rest")
        request_id = request_id_of(request)
        if not form.is_valid() or request_id is None:
            return self._ask(action, form, rest)
        outcomes = carry_out(action, tasks, request.user, request_id, form.cleaned_data)
        refused = [one for one in outcomes if one.refusal]
        context = {
            "label": action.label,
            "done": len(outcomes) - len(refused),
            "refused": [{"task": one.task, "title": title_of(one.task), "why": one.refusal} for one in refused],
            "rest_url": self._rest_url(action, rest),
            "back_url": self.filters.url(),
        }
        return render(request, "workflows/desk/bulk_done.html", context)

    def _chosen(self) -> Chosen:
        if self.request.GET.get("which") == ALL:
            after = _sent(self.request, "after")
            return filtered(self.filters, self.request.standing, timezone.now(), after)
        return ticked(ids_in(self.request.GET.getlist("task")), self.request.standing)

    def _rest_url(self, action: Bulk, rest: str) -> str:
        """The same for the tasks that were too many for one go."""
        asked = {"do": action.name, "which": ALL, "from": self.filters.query(), "after": rest}
        return f"{self.request.path}?{urlencode(asked)}" if rest else ""

    def _ask(self, action: Bulk, form: BulkForm, rest: str) -> HttpResponse:
        context = {
            "action": action,
            "form": form,
            "count": len(form.tasks),
            "tasks": ",".join(str(task.pk) for task in form.tasks),
            "first": [(title_of(task), task.case.working_name, task.case.code) for task in form.tasks[:SHOWN]],
            "more": max(len(form.tasks) - SHOWN, 0),
            "rest": rest,
            "at_once": AT_ONCE,
            "from": self.filters.query(),
            "back_url": self.filters.url(),
            "request_id": uuid4(),
        }
        return render(self.request, "workflows/desk/bulk.html", context)

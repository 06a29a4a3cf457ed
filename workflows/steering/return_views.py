"""Pages on which the owner of a task sends earlier work back for correction, and calls it back."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from casework.acts import ActionNotPossible, perform
from casework.requests import SignedIn, request_id_of
from workflows.desk.forms import show_refusal
from workflows.desk.page import page_of_task, task_seen
from workflows.desk.queries import is_mine
from workflows.engine.models import Task
from workflows.engine.nodes import Task as HumanNode
from workflows.steering.corrections import CallBack, ReturnToStep, correctable_steps
from workflows.steering.forms import ReturnForm
from workflows.steering.marks import marks_of


class _OwnTask(View):
    """A page about a task for its owner. 404 for what she may not see, 403 for a task that is not hers."""

    request: Any

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the task."""
        try:
            self.task = task_seen(kwargs.pop("pk"), request.standing)
        except Task.DoesNotExist:
            raise Http404 from None
        if not is_mine(self.task, request.standing):
            raise PermissionDenied("owner")
        return super().dispatch(request, *args, **kwargs)


class Return(_OwnTask):
    """Choose an earlier step, mark what is wrong, and write why."""

    def get(self, request: SignedIn) -> HttpResponse:
        """The steps, or with `?node=` the form for one of them."""
        node = self._node(request.GET.get("node", ""))
        return self._page(node, ReturnForm(self._marks(node)) if node else None)

    def post(self, request: SignedIn) -> HttpResponse:
        """Send it back, or say at the field why not."""
        node = self._node(request.POST.get("node", ""))
        if node is None:
            messages.warning(request, _("The work cannot be returned to this step. Choose one from the list."))
            return self._page(None, None)
        form = ReturnForm(self._marks(node), request.POST)
        if not form.is_valid():
            return self._page(node, form)
        try:
            act = ReturnToStep(self.task.pk, node.name, **form.cleaned_data)
            perform(act, by=request.user, request_id=request_id_of(request))
        except ActionNotPossible as refusal:
            show_refusal(form, refusal)
            return self._page(node, form)
        messages.success(request, _("Sent back. Your task waits and goes on when the correction is there."))
        return redirect("tasks:task", pk=self.task.pk)

    def _node(self, name: str) -> HumanNode | None:
        self.steps = correctable_steps(self.task)
        return next((node for node in self.steps if node.name == name), None)

    def _marks(self, node: HumanNode | None) -> dict[str, str]:
        return marks_of(node.step, self.task.case, self.request.user) if node else {}

    def _page(self, node: HumanNode | None, form: ReturnForm | None) -> HttpResponse:
        context = {
            "page": page_of_task(self.task, self.request.standing),
            "steps": self.steps,
            "node": node,
            "form": form,
            "request_id": uuid4(),
        }
        return render(self.request, "workflows/steering/return.html", context)


class CallItBack(_OwnTask):
    """Go on without the correction."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: SignedIn) -> HttpResponse:
        """Ask once more."""
        page = page_of_task(self.task, request.standing)
        return render(request, "workflows/steering/call_back.html", {"page": page, "request_id": uuid4()})

    def post(self, request: SignedIn) -> HttpResponse:
        """Do it and go back to the task."""
        try:
            perform(CallBack(self.task.pk), by=request.user, request_id=request_id_of(request))
        except ActionNotPossible as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Called back. Your task goes on."))
        return redirect("tasks:task", pk=self.task.pk)

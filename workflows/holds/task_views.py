"""Pages on which a task waits for an answer, gets more time, or is said to press."""

from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views import View

from casework.acts import ActionNotPossible, perform
from casework.organisations.standing import Standing
from casework.requests import SignedIn, request_id_of
from workflows.acts import TaskAct
from workflows.desk.forms import show_refusal
from workflows.desk.page import page_of_task, task_seen
from workflows.engine.models import Task
from workflows.holds.forms import AnswerForm, ExtendForm, PriorityForm, WaitForm
from workflows.holds.offers import may, may_answer, may_wait
from workflows.holds.task_acts import AnswerCame, ExtendTask, SetPriority, WaitForAnswer


class _TaskPage(View):
    """A page about one task for those who may. 404 for what she may not see, 403 without the right."""

    http_method_names = ["get", "head", "post", "options"]
    form: ClassVar[type[forms.Form]]
    act: ClassVar[type[TaskAct]]
    title: ClassVar[Promise]
    text: ClassVar[Promise]
    done: ClassVar[Promise]

    @staticmethod
    def allowed(task: Task, standing: Standing) -> bool:
        """Whether a person may do this with the task. The act asks again."""
        raise NotImplementedError

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the task and ask for the right."""
        self.standing: Standing = request.standing
        try:
            self.task = task_seen(kwargs.pop("pk"), self.standing)
        except Task.DoesNotExist:
            raise Http404 from None
        if not self.allowed(self.task, self.standing):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: SignedIn) -> HttpResponse:
        """The form, nothing typed; or the task, when it is over."""
        if not self.task.is_open:
            messages.info(request, _("This task is already finished. Nothing was changed."))
            return redirect("tasks:task", pk=self.task.pk)
        return self._page(self.form())

    def post(self, request: SignedIn) -> HttpResponse:
        """Do it, or say at the field why not."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self._page(form)
        try:
            perform(self.act(self.task.pk, **form.cleaned_data), by=request.user, request_id=request_id_of(request))
        except ActionNotPossible as refusal:
            show_refusal(form, refusal)
            return self._page(form)
        messages.success(request, str(self.done))
        return redirect("tasks:task", pk=self.task.pk)

    def _page(self, form: forms.Form) -> HttpResponse:
        context = {
            "page": page_of_task(self.task, self.standing),
            "form": form,
            "title": self.title,
            "text": self.text,
            "request_id": uuid4(),
        }
        return render(self.request, "workflows/holds/task_form.html", context)


class Wait(_TaskPage):
    """A task waits for somebody outside."""

    form, act = WaitForm, WaitForAnswer
    title = _("Wait for an answer")
    text = _("The clock of this task stops until the answer has come.")
    done = _("The task waits. Its clock stands still until the answer has come.")

    @staticmethod
    def allowed(task: Task, standing: Standing) -> bool:
        return may_wait(task, standing)


class Answered(_TaskPage):
    """The answer is there."""

    form, act = AnswerForm, AnswerCame
    title = _("The answer has come")
    text = _("The clock runs again, and the deadline moves by the working days that the task waited.")
    done = _("The task goes on. Its deadline has moved by the time that it waited.")

    @staticmethod
    def allowed(task: Task, standing: Standing) -> bool:
        return may_answer(task, standing)


class Extend(_TaskPage):
    """More time for a task."""

    form, act = ExtendForm, ExtendTask
    title = _("Extend the deadline")
    text = _("The day it had before stays readable, and so does the first one.")
    done = _("The deadline is extended, and whoever has the task is told.")

    @staticmethod
    def allowed(task: Task, standing: Standing) -> bool:
        return may(task, standing, "extend_deadline")


class Press(_TaskPage):
    """How much a task presses."""

    form, act = PriorityForm, SetPriority
    title = _("Set how much it presses")
    text = _("Lists show it beside the day. The deadline stays as it is.")
    done = _("Noted how much the task presses.")

    @staticmethod
    def allowed(task: Task, standing: Standing) -> bool:
        return may(task, standing, "prioritise_task")

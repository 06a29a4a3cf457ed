"""Pages on which a case is closed, reopened or sent to another step. Each says beforehand what it will do."""

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from casework.acts import ActionNotPossible, perform
from casework.cases.models import Case
from casework.cases.reach import visible_case
from casework.cases.stages import Status
from casework.cases.tabs import tabs_of
from casework.organisations.standing import Standing
from casework.requests import SignedIn, request_id_of
from casework.sharing.querysets import working_organisations
from workflows.desk.forms import show_refusal
from workflows.desk.queries import title_of
from workflows.engine.models import Process, Task
from workflows.steering.closing import CLOSE, CloseCase
from workflows.steering.forms import CloseForm, SteerForm
from workflows.steering.landing import Landing, errands_of, landing, landings_of, main_process, preview
from workflows.steering.moving import STEER, JumpTo, ReopenCase
from workflows.steering.reference import reasons_on


def may(standing: Standing, case: Case, right: str) -> bool:
    """Whether a person holds a right on a case now. One query; the act asks again."""
    return any(standing.seat_for(right, one) for one in working_organisations(case.pk))


class _CasePage(View):
    """A page of a case for those with a right. 404 for what is not hers to see, 403 without the right."""

    request: Any
    right: ClassVar[str]
    # In which the page makes sense; otherwise it sends back to the file with a sentence.
    closed: ClassVar[bool]

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the case and ask for the right."""
        self.case = visible_case(request.standing, kwargs.pop("code"))
        if not may(request.standing, self.case, self.right):
            raise PermissionDenied(self.right)
        if (self.case.status == Status.CLOSED) != self.closed:
            messages.info(request, _("This case is not closed.") if self.closed else _("This case is closed already."))
            return redirect("cases:file", self.case.code)
        return super().dispatch(request, *args, **kwargs)

    def show(self, template: str, **context: Any) -> HttpResponse:
        """The page with what every page of a case needs."""
        context |= {"case": self.case, "tabs": tabs_of(self.case, ""), "request_id": uuid4()}
        return render(self.request, f"workflows/steering/{template}.html", context)


class Close(_CasePage):
    """Close a case, with a list of what ends with it."""

    right, closed = CLOSE, False

    def get(self, request: SignedIn) -> HttpResponse:
        """The form, nothing chosen."""
        return self._page(self._form())

    def post(self, request: SignedIn) -> HttpResponse:
        """Close it, or say at the field why not."""
        form = self._form(request.POST)
        if not form.is_valid():
            return self._page(form)
        try:
            perform(CloseCase(self.case.pk, **form.cleaned_data), by=request.user, request_id=request_id_of(request))
        except ActionNotPossible as refusal:
            show_refusal(form, refusal)
            return self._page(form)
        messages.success(request, _("The case is closed."))
        return redirect("cases:file", self.case.code)

    def _form(self, data: Any = None) -> CloseForm:
        return CloseForm(reasons_on(timezone.localdate()), self.request.standing, data)

    def _page(self, form: CloseForm) -> HttpResponse:
        tasks = Task.objects.open().filter(case=self.case, title="").select_related("owner", "organisation")
        ending = [f"{title_of(task)} ({task.owner or task.organisation})" for task in tasks.order_by("pk")]
        return self.show("close", form=form, ending=ending, errands=errands_of(self.case))


class _SteerPage(_CasePage):
    """Choose a step; see what going there does; give the reason."""

    right = STEER
    act: ClassVar[type[JumpTo] | type[ReopenCase]]

    def get(self, request: SignedIn) -> HttpResponse:
        """The steps, or with `?to=` what going to one of them does."""
        name = request.GET.get("to", "")
        return self._preview(name, SteerForm()) if name else self._choose()

    def post(self, request: SignedIn) -> HttpResponse:
        """Do it, or show the preview again with the sentence why not."""
        name, form = request.POST.get("to", ""), SteerForm(request.POST)
        if not form.is_valid():
            return self._preview(name, form)
        act = self.act(self.case.pk, name, form.cleaned_data["reason"])
        try:
            perform(act, by=request.user, request_id=request_id_of(request))
        except ActionNotPossible as refusal:
            show_refusal(form, refusal)
            return self._preview(name, form)
        messages.success(request, self.message())
        return redirect("cases:file", self.case.code)

    def message(self) -> str:
        """What is told when it was done."""
        raise NotImplementedError

    def _process(self) -> Process | None:
        try:
            return main_process(self.case)
        except Process.DoesNotExist:
            return None

    def _choose(self, refusal: str = "") -> HttpResponse:
        process = self._process()
        places = landings_of(self.case, process) if process else []
        return self.show("choose", places=places, refusal=refusal, reopening=self.closed)

    def _preview(self, name: str, form: SteerForm) -> HttpResponse:
        process = self._process()
        if process is None:
            return self._choose()
        try:
            place: Landing = landing(self.case, process, name)
        except ActionNotPossible as refusal:
            return self._choose(str(refusal))
        seen = preview(self.case, process, place)
        return self.show("steer", form=form, preview=seen, reopening=self.closed, errands=errands_of(self.case))


class Jump(_SteerPage):
    """An open case goes to another step."""

    act, closed = JumpTo, False

    def message(self) -> str:
        return _("The case goes on at the step that you chose.")


class Reopen(_SteerPage):
    """A closed case goes on at a step."""

    act, closed = ReopenCase, True

    def message(self) -> str:
        return _("The case is open again.")

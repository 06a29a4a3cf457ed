"""Pages on which a case is put on hold and goes on again."""

from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views import View

from casework.acts import ActionNotPossible, perform
from casework.cases.reach import visible_case
from casework.cases.stages import Status
from casework.cases.tabs import tabs_of
from casework.organisations.standing import Standing
from casework.requests import SignedIn, request_id_of
from casework.sharing.querysets import working_organisations
from workflows.desk.forms import show_refusal
from workflows.holds.acts import HoldCase, ResumeCase
from workflows.holds.forms import HoldForm, ResumeForm


class _CasePage(View):
    """A page of a case for those who may hold it. 404 for what is not hers to see, 403 without the right."""

    http_method_names = ["get", "head", "post", "options"]
    status: ClassVar[Status]
    form: ClassVar[type[forms.Form]]
    act: ClassVar[type[HoldCase] | type[ResumeCase]]
    title: ClassVar[Promise]
    text: ClassVar[Promise]
    done: ClassVar[Promise]
    otherwise: ClassVar[Promise]

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the case and ask for the right; send back to the file what makes no sense any more."""
        standing: Standing = request.standing
        self.case = visible_case(standing, kwargs.pop("code"))
        if not any(standing.seat_for("hold_case", one) for one in working_organisations(self.case.pk)):
            raise PermissionDenied("hold_case")
        # A second click on the button of a form is for `perform`, which knows what it has done already.
        if self.case.status != self.status and request.method != "POST":
            messages.info(request, str(self.otherwise))
            return redirect("cases:file", self.case.code)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: SignedIn) -> HttpResponse:
        """The form, nothing typed."""
        return self._page(self.form())

    def post(self, request: SignedIn) -> HttpResponse:
        """Do it, or say at the field why not."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self._page(form)
        try:
            perform(
                self.act(self.case.pk, **form.cleaned_data),
                by=request.user,
                request_id=request_id_of(request),
            )
        except ActionNotPossible as refusal:
            show_refusal(form, refusal)
            return self._page(form)
        messages.success(request, str(self.done))
        return redirect("cases:file", self.case.code)

    def _page(self, form: forms.Form) -> HttpResponse:
        context = {
            "case": self.case,
            "tabs": tabs_of(self.case, ""),
            "form": form,
            "title": self.title,
            "text": self.text,
            "request_id": uuid4(),
        }
        return render(self.request, "workflows/holds/case_form.html", context)


class HoldPage(_CasePage):
    """Put a case on hold."""

    status, form, act = Status.OPEN, HoldForm, HoldCase
    title = _("Put the case on hold")
    text = _("Nothing can be done in the case until it goes on, and no deadline runs. Every owner of a task is told.")
    done = _("The case is on hold. No deadline runs.")
    otherwise = _("This case is on hold or closed already.")


class ResumePage(_CasePage):
    """Let a case go on."""

    status, form, act = Status.ON_HOLD, ResumeForm, ResumeCase
    title = _("Let the case go on")
    text = _("Every open deadline moves by the working days on hold, and every owner of a task is told.")
    done = _("The case goes on. Its deadlines have moved by the time on hold.")
    otherwise = _("This case is not on hold.")

"""The page on which administrators ask why."""

from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import View

from casework.acts import ActionNotPossible, perform
from casework.cases.models import Case
from casework.organisations.models import User
from casework.organisations.standing import standing_of
from casework.requests import SignedIn, request_id_of
from workflows.desk.forms import show_refusal
from workflows.staff.reach import MANAGE
from workflows.staff.why.acts import AskWhy
from workflows.staff.why.doing import doing
from workflows.staff.why.forms import WhyForm
from workflows.staff.why.sight import access, account, reach, seats, sees
from workflows.staff.why.words import Part


def explain(person: User, case: Case) -> list[Part]:
    """The answer, step by step. A constant number of queries."""
    standing = standing_of(person)
    seen = sees(case, standing)
    return [
        account(person),
        seats(person, standing),
        reach(standing),
        access(case, standing, seen),
        doing(case, standing),
    ]


@method_decorator(never_cache, name="dispatch")
class Why(View):
    """Asked by POST, for each answer is written down. 403 without the right to manage people."""

    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For administrators."""
        if MANAGE not in request.standing.permissions:
            raise PermissionDenied(MANAGE)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: SignedIn) -> HttpResponse:
        """The empty question."""
        return self._show(WhyForm(request.standing))

    def post(self, request: SignedIn) -> HttpResponse:
        """The answer below the question, or at the field what is wrong."""
        form = WhyForm(request.standing, request.POST)
        if not form.is_valid():
            return self._show(form)
        person, case = form.cleaned_data["person"], form.cleaned_data["case"]
        try:
            perform(AskWhy(person.pk, case.pk), by=request.user, request_id=request_id_of(request))
        except ActionNotPossible as refusal:
            show_refusal(form, refusal)
            return self._show(form)
        return self._show(form, person=person, case=case, parts=explain(person, case))

    def _show(self, form: WhyForm, **more: Any) -> HttpResponse:
        context = {"form": form, "request_id": uuid4(), **more}
        return render(self.request, "workflows/staff/why.html", context)

"""Absences: one's own, and for supervisors those of the people in their reach."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View

from casework.acts import ActionNotPossible, perform
from casework.organisations.absences import EndAbsence, SetAbsence, stand_ins, substitutes_of
from casework.organisations.models import Absence, User
from casework.organisations.seats import organisations_of
from casework.requests import request_id_of
from casework.vietnamese import VnKey
from workflows.desk.forms import show_refusal
from workflows.staff.forms import AbsenceForm
from workflows.staff.reach import AWAY, people_in_reach, reach_with


class _OfPerson(View):
    """A page about the absences of a person: one's own, or with the right over an organisation of hers."""

    request: Any

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """404 for people outside her reach, 403 for those within whom she may not enter as away."""
        self.request = request
        self.person = self.find(kwargs)
        if self.person.pk != request.user.pk and not organisations_of(self.person) & reach_with(
            self.request.standing, AWAY
        ):
            raise PermissionDenied(AWAY)
        return super().dispatch(request, *args, **kwargs)

    def find(self, kwargs: dict[str, Any]) -> User:
        """Who it is about."""
        pk = kwargs.get("pk", self.request.user.pk)
        if pk == self.request.user.pk:
            return self.request.user
        return get_object_or_404(people_in_reach(self.request.standing), pk=pk)

    def home(self) -> str:
        """The page about her absences."""
        if self.person.pk == self.request.user.pk:
            return reverse("absence:own")
        return reverse("absence:of", args=[self.person.pk])


class Absences(_OfPerson):
    """What is entered, for whom she stands in, and the form for a new absence."""

    def get(self, request: Any, **_kwargs: Any) -> HttpResponse:
        """The page with an empty form."""
        return self._show(self._form())

    def post(self, request: Any, **_kwargs: Any) -> HttpResponse:
        """Enter it, or say at the field why not."""
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form)
        try:
            perform(SetAbsence(self.person, **form.cleaned_data), by=request.user, request_id=request_id_of(request))
        except ActionNotPossible as refusal:
            show_refusal(form, refusal)
            return self._show(form)
        words = {"name": form.cleaned_data["substitute"]}
        messages.success(request, _("Entered. %(name)s acts on these days.") % words)
        return redirect(self.home())

    def _form(self, data: Any = None) -> AbsenceForm:
        near = substitutes_of(self.person).order_by(VnKey("given_name"), VnKey("full_name"), "pk")
        return AbsenceForm(near, data)

    def _show(self, form: AbsenceForm) -> HttpResponse:
        today = timezone.localdate()
        rows = Absence.objects.filter(Q(user=self.person) | Q(substitute=self.person), ended_at=None)
        coming = list(rows.filter(last_day__gte=today).select_related("user", "substitute"))
        chain = stand_ins({self.person.pk}).get(self.person.pk, [])
        context = {
            "person": self.person,
            "own": self.person.pk == self.request.user.pk,
            "form": form,
            "absences": [row for row in coming if row.user_id == self.person.pk],
            "stands_in": [row for row in coming if row.substitute_id == self.person.pk],
            "chain": chain if len(chain) > 1 else [],
            "request_id": uuid4(),
        }
        return render(self.request, "workflows/staff/absence.html", context)


class End(_OfPerson):
    """The button that ends an absence."""

    http_method_names = ["post", "options"]

    def find(self, kwargs: dict[str, Any]) -> User:
        """The person whose absence it is; 404 for one outside her reach."""
        absence = get_object_or_404(Absence.objects.select_related("user"), pk=kwargs["absence"])
        return super().find({"pk": absence.user_id})

    def post(self, request: Any, absence: int) -> HttpResponse:
        """End it and go back."""
        try:
            perform(EndAbsence(absence), by=request.user, request_id=request_id_of(request))
        except ActionNotPossible as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("The absence has ended, and with it the substitution."))
        return redirect(self.home())

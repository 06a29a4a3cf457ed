"""Pages of the people at work: the list, one person, and what may be done with her seats."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.generic import View

from casework.acts import Act, ActionNotPossible, perform
from casework.organisations.acts import Appoint, Relieve
from casework.organisations.leaving import CloseAccount, Move
from casework.organisations.models import Absence, Membership, User
from casework.organisations.seats import open_seats
from casework.requests import request_id_of
from casework.signing_in.acts import ResetSecondFactor
from casework.signing_in.second import has_one
from workflows.desk.forms import show_refusal
from workflows.staff.forms import AppointForm, MoveForm, ReasonForm, SearchForm
from workflows.staff.listing import PAGE, rows_for, search
from workflows.staff.over import REASSIGN
from workflows.staff.reach import AWAY, MANAGE, managed, people_in_reach, reach_with


class ForStaff(View):
    """Only for those who look after people somewhere: administrators and supervisors."""

    request: Any

    right: str = ""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """403 without the right; 404 for a person outside her reach."""
        self.request = request
        standing = self.request.standing
        rights = {self.right} if self.right else {MANAGE, AWAY}
        if not (rights & standing.permissions or standing.user.is_superuser):
            raise PermissionDenied(*rights)
        if "pk" in kwargs:
            self.person = get_object_or_404(people_in_reach(standing), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def may_manage(self) -> bool:
        """Whether she appoints and relieves somewhere."""
        return MANAGE in self.request.standing.permissions or self.request.user.is_superuser


class People(ForStaff):
    """Everybody in her reach."""

    def get(self, request: Any) -> HttpResponse:
        """One page of the list, by name if she looks for one."""
        form = SearchForm(request.GET)
        text = form.cleaned_data["q"] if form.is_valid() else ""
        page = Paginator(search(people_in_reach(request.standing), text), PAGE).get_page(request.GET.get("page"))
        context = {"form": form, "rows": rows_for(page.object_list), "total": page.paginator.count}
        if page.has_previous():
            context["previous_url"] = f"?{urlencode({'q': text, 'page': page.previous_page_number()})}"
        if page.has_next():
            context["next_url"] = f"?{urlencode({'q': text, 'page': page.next_page_number()})}"
        return render(request, "workflows/staff/people.html", context)


class Person(ForStaff):
    """One person: her seats, tasks and absences, and what may be done about them."""

    def get(self, request: Any, pk: int) -> HttpResponse:
        """Links are shown only where the reader has the right; the acts ask again."""
        ids = set(managed(request.standing).values_list("pk", flat=True)) if self.may_manage else set()
        row = rows_for([self.person])[0]
        coming = Absence.objects.filter(user=self.person, ended_at=None, last_day__gte=timezone.localdate())
        context = {
            "row": row,
            "seats": [(seat, seat.organisation_id in ids) for seat in row.seats],
            "may_appoint": bool(ids),
            "may_reset": bool(ids) and {seat.organisation_id for seat in row.seats} <= ids and has_one(self.person),
            "may_close": bool(ids) and {seat.organisation_id for seat in row.seats} <= ids,
            "may_hand_over": row.tasks and bool(reach_with(request.standing, REASSIGN)),
            "may_set_absence": bool({s.organisation_id for s in row.seats} & reach_with(request.standing, AWAY)),
            "absences": coming.select_related("substitute"),
        }
        return render(request, "workflows/staff/person.html", context)


class _Ask(ForStaff):
    """A page with one form and one act about a person."""

    right = MANAGE
    title: Any = ""
    button: Any = ""

    def form(self, data: Any = None) -> forms.Form:
        """The form, empty or as sent."""
        return ReasonForm(data)

    def act(self, cleaned: dict[str, Any]) -> Act:
        """What the form asks for."""
        raise NotImplementedError

    def done(self) -> str:
        """What is told when it was done."""
        raise NotImplementedError

    def words(self) -> dict[str, Any]:
        """Title, sentence and button of the page."""
        raise NotImplementedError

    def get(self, request: Any, **_kwargs: Any) -> HttpResponse:
        """The form."""
        return self._show(self.form())

    def post(self, request: Any, **_kwargs: Any) -> HttpResponse:
        """Do it, or say at the field why not."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self._show(form)
        try:
            perform(self.act(form.cleaned_data), by=request.user, request_id=request_id_of(request))
        except ActionNotPossible as refusal:
            show_refusal(form, refusal)
            return self._show(form)
        messages.success(request, self.done())
        return redirect(self.back())

    def back(self) -> str:
        """The address behind the page."""
        return reverse("staff:person", args=[self.person.pk])

    def _show(self, form: forms.Form) -> HttpResponse:
        context = {"form": form, "person": self.person, "request_id": uuid4(), "back_url": self.back(), **self.words()}
        return render(self.request, "workflows/staff/ask.html", context)


class AppointOne(_Ask):
    """Give a person a role."""

    def form(self, data: Any = None) -> forms.Form:
        return AppointForm(managed(self.request.standing), data)

    def act(self, cleaned: dict[str, Any]) -> Act:
        return Appoint(self.person, **cleaned)

    def done(self) -> str:
        return _("%(name)s is appointed.") % {"name": self.person}

    def words(self) -> dict[str, Any]:
        return {"title": _("Appoint"), "button": _("Appoint")}


class ResetOne(_Ask):
    """Take away a lost second factor, for a reason."""

    def act(self, cleaned: dict[str, Any]) -> Act:
        return ResetSecondFactor(self.person, **cleaned)

    def done(self) -> str:
        return _("The second step of %(name)s is reset. She is signed out everywhere.") % {"name": self.person}

    def words(self) -> dict[str, Any]:
        lead = _("Make sure that it is really she who asks: see her, or call her on a number you know.")
        return {"title": _("Reset the second step at sign-in"), "button": _("Reset it"), "lead": lead}


class _AskAboutSeat(_Ask):
    """The same about one role. 404 for a role that has ended or belongs to somebody else; 403 outside her reach."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the role."""
        self.seat_id = kwargs["seat"]
        return super().dispatch(request, *args, **kwargs)

    @property
    def seat(self) -> Membership:
        """The role that it is about."""
        found = open_seats().filter(user=self.person, pk=self.seat_id).select_related("organisation", "user").first()
        if found is None:
            raise Http404
        standing = self.request.standing
        if not standing.user.is_superuser and standing.seat_for(MANAGE, found.organisation_id) is None:
            raise PermissionDenied(MANAGE)
        return found


class RelieveOne(_AskAboutSeat):
    """End a role."""

    def act(self, cleaned: dict[str, Any]) -> Act:
        return Relieve(self.seat.pk, **cleaned)

    def done(self) -> str:
        return _("The role of %(name)s has ended.") % {"name": self.person}

    def words(self) -> dict[str, Any]:
        lead = _("She may do nothing more in this role from now on. What she did stays.")
        return {"title": _("End a role"), "button": _("End the role"), "lead": lead, "subject": str(self.seat)}


class MoveOne(_AskAboutSeat):
    """End a role and begin another one elsewhere."""

    def form(self, data: Any = None) -> forms.Form:
        return MoveForm(managed(self.request.standing), data)

    def act(self, cleaned: dict[str, Any]) -> Act:
        return Move(self.seat.pk, **cleaned)

    def done(self) -> str:
        return _("%(name)s has moved.") % {"name": self.person}

    def words(self) -> dict[str, Any]:
        words = {"title": _("Move to another organisation"), "button": _("Move"), "subject": str(self.seat)}
        return {**words, "lead": _("The old role ends and the new one begins at once.")}


class CloseOne(_Ask):
    """Close an account."""

    def act(self, cleaned: dict[str, Any]) -> Act:
        return CloseAccount(self.person, **cleaned)

    def done(self) -> str:
        return _("The account of %(name)s is closed.") % {"name": self.person}

    def words(self) -> dict[str, Any]:
        lead = _("All roles and absences of this person end, and she signs in no more. Nothing is deleted.")
        return {"title": _("Close the account"), "button": _("Close the account"), "lead": lead}

    def back(self) -> str:
        open_still = User.objects.filter(pk=self.person.pk, is_active=True).exists()
        return super().back() if open_still else reverse("staff:people")

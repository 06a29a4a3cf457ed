"""Pages of the saved views: save the filters of a list, see what is saved, withdraw one."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from casework.acts import ActionNotPossible, perform
from casework.fields import TextLine
from casework.organisations.models import Organisation
from casework.organisations.roles import Role
from casework.organisations.standing import Standing
from casework.requests import request_id_of
from workflows.desk.came_from import list_behind
from workflows.desk.filters import FilterForm, Filters
from workflows.desk.forms import show_refusal
from workflows.desk.models import SavedView
from workflows.desk.queries import choices_for, tabs_of
from workflows.desk.saved import filters_of, views_of
from workflows.desk.view_acts import SaveView, WithdrawView


class ViewForm(forms.Form):
    """A name, for whom, and whether the inbox opens with it."""

    name = TextLine(
        label=gettext_lazy("Name"),
        max_length=80,
        help_text=gettext_lazy("A name that you have already replaces what it meant."),
        error_messages={"required": gettext_lazy("Give the view a name.")},
    )
    team = forms.TypedChoiceField(label=gettext_lazy("For whom?"), required=False, empty_value=None)
    role = forms.ChoiceField(
        label=gettext_lazy("Only for this role"),
        required=False,
        choices=[("", gettext_lazy("Every role")), *Role.choices],
        help_text=gettext_lazy("Only for a view of a team."),
    )
    is_default = forms.BooleanField(label=gettext_lazy("The inbox opens with it"), required=False)

    use_required_attribute = False

    def __init__(self, standing: Standing, data: Any = None):
        super().__init__(data)
        shared = [pk for seat in standing.seats if "share_view" in seat.permissions for pk in seat.reach]
        teams = {str(team.pk): team for team in Organisation.objects.filter(pk__in=shared).order_by("name", "pk")}
        if not teams:
            del self.fields["team"], self.fields["role"]
            return
        team: Any = self.fields["team"]
        team.choices = [("", _("Only for me")), *((pk, team.name) for pk, team in teams.items())]
        team.coerce = teams.get

    def act(self, filters: Filters) -> SaveView:
        """What a valid form asks for."""
        data = self.cleaned_data
        return SaveView(data["name"], filters.query(), data.get("team"), data.get("role", ""), data["is_default"])


class NewView(View):
    """Save the filters of the list from which she comes."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: Any) -> HttpResponse:
        """The form, with the filters in words."""
        return self._show(request, ViewForm(request.standing))

    def post(self, request: Any) -> HttpResponse:
        """Save, and show the list."""
        form, filters = ViewForm(request.standing, request.POST), list_behind(request) or Filters()
        if form.is_valid():
            try:
                perform(form.act(filters), by=request.user, request_id=request_id_of(request))
            except ActionNotPossible as refusal:
                show_refusal(form, refusal)
            else:
                messages.success(request, _("Saved: %(name)s.") % {"name": form.cleaned_data["name"]})
                return redirect(filters.url())
        return self._show(request, form)

    def _show(self, request: Any, form: ViewForm) -> HttpResponse:
        filters = list_behind(request) or Filters()
        context = {
            "form": form,
            "tab": next(tab for tab in tabs_of(filters, request.standing, timezone.now()) if tab.current),
            "chips": FilterForm(filters, choices_for(request.standing, filters.tab)).chips(),
            "from": filters.query(),
            "back_url": filters.url(),
            "request_id": uuid4(),
        }
        return render(request, "workflows/desk/new_view.html", context)


class SavedViews(View):
    """All views that she uses or that she shares."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: Any) -> HttpResponse:
        """The list, with a button for those that she may withdraw. One query."""
        standing = request.standing
        shared = [pk for seat in standing.seats if "share_view" in seat.permissions for pk in seat.reach]
        offered = {view.pk for view in views_of(standing)}
        views = SavedView.objects.filter(
            Q(pk__in=offered) | Q(organisation_id__in=shared), withdrawn_at=None
        ).select_related("organisation", "made_by")
        rows = [
            {
                "view": view,
                "url": filters_of(view).url(),
                "may_withdraw": view.organisation_id in shared or view.organisation_id is None,
                "stale": filters_of(view).query() != view.query,
            }
            for view in views
        ]
        return render(request, "workflows/desk/views.html", {"rows": rows, "request_id": uuid4()})


class DropView(View):
    """Withdraw a view."""

    http_method_names = ["post", "options"]

    def post(self, request: Any, pk: int) -> HttpResponse:
        """Of one's own, or of a team that one shares views with; any other is not there."""
        offered = SavedView.objects.filter(Q(organisation__isnull=False) | Q(made_by=request.user))
        reach = Q(organisation=None) | Q(organisation_id__in=request.standing.reach_ids)
        if not offered.filter(reach, pk=pk).exists():
            raise Http404
        try:
            perform(WithdrawView(pk), by=request.user, request_id=request_id_of(request))
        except ActionNotPossible as refusal:
            messages.warning(request, str(refusal))
        except ObjectDoesNotExist:
            raise Http404 from None
        else:
            messages.success(request, _("The view was withdrawn."))
        return redirect("tasks:views")

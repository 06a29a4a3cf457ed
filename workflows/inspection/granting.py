"""Pages for administrators: which inspections are open, a new one, and ending one before its day."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views import View

from casework.act_pages import ActPage
from casework.acts import Act, ActionNotPossible, perform
from casework.cases.inspections import RevokeInspection, grant_of_inspection
from casework.cases.models import Case
from casework.fields import TextLine, VietnameseDate
from casework.organisations.models import Organisation
from casework.organisations.standing import Standing
from casework.requests import SignedIn
from casework.sharing.models import CaseAccess
from casework.vietnamese import VnKey
from workflows.inspection.forms import TakeForm

GRANT = "grant_access"
PAGE = 50


def inspections_for(standing: Standing) -> QuerySet[CaseAccess]:
    """Inspections of the cases that a person may open, the newest first."""
    cases = Case.objects.visible_to(standing)
    found: QuerySet[CaseAccess] = CaseAccess.objects.filter(case__in=cases, kind=CaseAccess.Kind.INSPECT)
    return found.select_related("case", "organisation").order_by("-valid_from", "-pk")


class GrantForm(TakeForm):
    """Who inspects which cases, until when, by which decision."""

    organisation = forms.ModelChoiceField(
        label=_("Inspectorate"),
        queryset=Organisation.objects.none(),
        error_messages={
            "required": _("Choose who inspects."),
            "invalid_choice": _("Choose one of the answers offered here."),
        },
    )
    decision = TextLine(
        label=_("Number of the decision"),
        max_length=60,
        error_messages={"required": _("Write the number of the decision.")},
    )
    valid_until = VietnameseDate(
        label=_("Until"),
        past=False,
        help_text=_("The last day on which the cases may be opened."),
        error_messages={"required": _("Write the last day of the inspection.")},
    )

    field_order = ["organisation", "decision", "reason", "valid_until", "cases"]

    def __init__(self, standing: Standing, data: Any = None, **options: Any):
        super().__init__(standing, data, **options)
        offices = Organisation.objects.live().filter(kind=Organisation.Kind.INSPECTORATE)
        self.fields["organisation"].queryset = offices.order_by(VnKey("name"), "pk")  # type: ignore[attr-defined]
        self.fields["reason"].label = _("What for?")
        self.fields["reason"].help_text = _("It stays in the history of each case.")

    def acts(self) -> list[Act]:
        """One for each case."""
        typed = self.cleaned_data
        end = timezone.make_aware(datetime.combine(typed["valid_until"] + timedelta(days=1), time()))
        return [
            grant_of_inspection(case.pk, typed["organisation"], typed["decision"], typed["reason"], end)
            for case in typed["cases"]
        ]


class EndForm(forms.Form):
    """Why it ends."""

    reason = TextLine(
        label=_("Reason"),
        min_length=5,
        max_length=300,
        error_messages={
            "required": _("Write why the inspection ends."),
            "min_length": _("Write the reason in a few words."),
        },
    )

    use_required_attribute = False


class _Granting(View):
    """Only for those who give access."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """403 without the right."""
        if GRANT not in request.standing.permissions:  # type: ignore[attr-defined]
            raise PermissionDenied(GRANT)
        return super().dispatch(request, *args, **kwargs)


class Inspections(_Granting):
    """All of them, running and over."""

    def get(self, request: SignedIn) -> HttpResponse:
        """Constant statements, for one and for fifty."""
        pages = Paginator(inspections_for(request.standing), PAGE)
        shown = pages.get_page(request.GET.get("page"))
        now = timezone.now()
        context = {
            "rows": [(row, row.revoked_at is None and (not row.valid_until or row.valid_until > now)) for row in shown],
            "previous_url": f"?page={shown.previous_page_number()}" if shown.has_previous() else "",
            "next_url": f"?page={shown.next_page_number()}" if shown.has_next() else "",
        }
        return render(request, "workflows/inspection/grants.html", context)


class NewInspection(_Granting):
    """Let an inspectorate open some cases: all of them, or none."""

    def get(self, request: SignedIn) -> HttpResponse:
        """The form."""
        return self._page(request, GrantForm(request.standing))

    def post(self, request: SignedIn) -> HttpResponse:
        """Give it, or show what is wrong with everything that was typed."""
        form = GrantForm(request.standing, request.POST)
        if form.is_valid() and self._give_all(request, form):
            n = len(form.cleaned_data["cases"])
            told = ngettext("%(n)s case may be inspected.", "%(n)s cases may be inspected.", n)
            messages.success(request, told % {"n": n})
            return redirect("inspections:list")
        return self._page(request, form)

    def _give_all(self, request: SignedIn, form: GrantForm) -> bool:
        """Whether all were given; the first that is refused is named at its field, and none is given."""
        try:
            with transaction.atomic():
                for case, act in zip(form.cleaned_data["cases"], form.acts(), strict=True):
                    refused = case.code
                    perform(act, by=request.user)
        except ActionNotPossible as error:
            field = error.field if error.field in form.fields else "cases"
            form.add_error(field, f"{refused}: {error}" if field == "cases" else str(error))
            return False
        return True

    def _page(self, request: SignedIn, form: GrantForm) -> HttpResponse:
        context = {
            "form": form,
            "title": _g("New inspection"),
            "button": _g("Let them inspect"),
            "back_url": reverse("inspections:list"),
            "back_label": _g("Inspections"),
            "request_id": uuid4(),
        }
        return render(request, "casework/act_page.html", context)


class EndInspection(_Granting, ActPage):
    """End one now."""

    title = _("End the inspection")
    button = _("End it now")

    def about(self, request: SignedIn, **address: Any) -> CaseAccess:
        found = inspections_for(request.standing).filter(pk=min(address["pk"], 2**63 - 1)).first()
        if found is None:
            raise Http404
        return found

    def form_on(self, request: SignedIn, about: Any, *typed: Any) -> EndForm:
        return EndForm(*typed)

    def act_on(self, about: Any, values: dict[str, Any]) -> Act:
        return RevokeInspection(about.case_id, about.pk, values["reason"])

    def back_url(self, about: Any) -> str:
        return reverse("inspections:list")

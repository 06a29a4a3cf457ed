"""The page of the registration: every round with dossier, receipt, statuses and answer."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from casework.acts import ActionNotPossible, perform
from casework.cases.models import Case
from casework.cases.reach import visible_case
from casework.cases.tabs import tabs_of
from casework.filings.filing_forms import StatusForm
from casework.filings.rounds import rounds_of
from casework.filings.status import RIGHT, NoteOuterStatus
from casework.organisations.standing import Standing
from casework.requests import SignedIn, request_id_of
from casework.sharing.querysets import working_organisations


def may_note(standing: Standing, case: Case) -> bool:
    """Whether a person may note what the one-stop desk says."""
    return any(standing.seat_for(RIGHT, organisation) for organisation in working_organisations(case.pk))


class RoundsPage(View):
    """Every round of the registration, the newest first. 404 for a case that is not hers to see."""

    def get(self, request: SignedIn, code: str) -> HttpResponse:
        """A fixed number of statements, for one round and for ten."""
        return _show(request, visible_case(request.standing, code), None)


class NoteStatus(View):
    """Note what the one-stop desk says about the newest filing."""

    http_method_names = ["post", "options"]

    def post(self, request: SignedIn, code: str) -> HttpResponse:
        """Note it, or show what is wrong with all that was typed. 403 without the right."""
        case = visible_case(request.standing, code)
        if not may_note(request.standing, case):
            raise PermissionDenied(RIGHT)
        form = StatusForm(request.POST)
        if form.is_valid():
            try:
                perform(
                    NoteOuterStatus(case.pk, **form.cleaned_data), by=request.user, request_id=request_id_of(request)
                )
            except ActionNotPossible as error:
                form.add_error(error.field, str(error))
            else:
                messages.success(request, _("The status is noted."))
                return redirect("filings:rounds", case.code)
        return _show(request, case, form)


def _show(request: SignedIn, case: Case, form: StatusForm | None) -> HttpResponse:
    rounds = rounds_of(case)
    filed = any(one.filing for one in rounds)
    if form is None and filed and may_note(request.standing, case):
        form = StatusForm()
    context: dict[str, Any] = {
        "case": case,
        "tabs": tabs_of(case, "plans:plan"),
        "rounds": rounds,
        "form": form,
        "request_id": uuid4(),
    }
    return render(request, "casework/filings/rounds.html", context)

"""The page on which it is said under which programmes a case counts."""

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
from casework.programme.assigned.acts import SET, SetProgrammes, may_set, names_of, offered
from casework.programme.assigned.forms import ProgrammesForm
from casework.requests import SignedIn, request_id_of


class CaseProgrammes(View):
    """Tick the programmes of one case. 404 for a case that is not hers to see, 403 without the right."""

    def get(self, request: SignedIn, code: str) -> HttpResponse:
        """The programmes, those of the case ticked."""
        case = self._case(request, code)
        return self._page(request, case, ProgrammesForm(offered(case), initial={"programmes": case.programmes}))

    def post(self, request: SignedIn, code: str) -> HttpResponse:
        """Set them, or say at the field why not."""
        case = self._case(request, code)
        form = ProgrammesForm(offered(case), request.POST)
        if not form.is_valid():
            return self._page(request, case, form)
        typed = form.cleaned_data
        act = SetProgrammes(case.pk, tuple(typed["programmes"]), typed["reason"])
        try:
            perform(act, by=request.user, request_id=request_id_of(request))
        except ActionNotPossible as refusal:
            form.add_error(refusal.field, str(refusal))
            return self._page(request, case, form)
        messages.success(request, _("The programmes of the case are set."))
        return redirect("cases:file", case.code)

    def _case(self, request: SignedIn, code: str) -> Case:
        case = visible_case(request.standing, code)
        if not may_set(request.standing, case):
            raise PermissionDenied(SET)
        return case

    def _page(self, request: SignedIn, case: Case, form: ProgrammesForm) -> HttpResponse:
        context: dict[str, Any] = {"case": case, "tabs": tabs_of(case, ""), "form": form, "request_id": uuid4()}
        return render(request, "casework/programme/assigned/set.html", context | {"now": names_of(case.programmes)})

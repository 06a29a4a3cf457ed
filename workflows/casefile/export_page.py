"""The page from which a person takes the whole case with her."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache

from casework.acts import ActionNotPossible, perform
from casework.cases.models import Case
from casework.cases.reach import visible_case
from casework.cases.tabs import tabs_of
from casework.fields import TextLine
from casework.requests import SignedIn
from casework.signing_in.again import AskAgain
from workflows.casefile.export import ExportCase, export_of, seeing_organisations
from workflows.casefile.queries import WITH
from workflows.casefile.reveal_form import LONGEST, SHORTEST, RevealForm


class ExportForm(RevealForm):
    """Why somebody takes the whole case with her. It stays in the history of the case."""

    reason = TextLine(
        label=_("Why do you take the whole case?"),
        help_text=_("For example: for the file of the inspection. Your name and this reason stay in the history."),
        min_length=SHORTEST,
        max_length=LONGEST,
        error_messages={
            "required": _("Write why you take the whole case."),
            "min_length": _("Write the reason in a few words."),
        },
    )


@method_decorator(never_cache, name="dispatch")
class ExportPage(AskAgain, View):
    """The whole case as one zip, for a reason, recorded."""

    def get(self, request: SignedIn, code: str) -> HttpResponse:
        """Ask for the reason. 403 without the right, 404 for what is not hers to see."""
        return self._ask(request, self._case(request, code), ExportForm())

    def post(self, request: SignedIn, code: str) -> HttpResponse:
        """Record who took it and why; the answer is the zip."""
        case = self._case(request, code)
        form = ExportForm(request.POST)
        if form.is_valid():
            try:
                perform(ExportCase(case.pk, form.cleaned_data["reason"]), by=request.user)
            except ActionNotPossible as error:
                form.add_error(None, str(error))
            else:
                return HttpResponse(
                    export_of(case, request.standing),
                    content_type="application/zip",
                    headers={"Content-Disposition": f'attachment; filename="{case.code}.zip"'},
                )
        return self._ask(request, case, form)

    def _case(self, request: SignedIn, code: str) -> Case:
        case = visible_case(request.standing, code, *WITH)
        if not any(request.standing.seat_for("export_case", o) for o in seeing_organisations(case.pk)):
            raise PermissionDenied("export_case")
        return case

    def _ask(self, request: SignedIn, case: Case, form: ExportForm) -> HttpResponse:
        context = {"case": case, "tabs": tabs_of(case, "cases:file"), "form": form}
        return render(request, "workflows/casefile/export.html", context)

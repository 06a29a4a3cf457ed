"""Making one paper, and the founding dossier with its page of completeness."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from casework.acts import ActionNotPossible, perform
from casework.cases.models import Case
from casework.cases.reach import visible_case
from casework.cases.tabs import tabs_of
from casework.documents.acts import KEEP
from casework.documents.models import PaperTemplate
from casework.documents.papers.acts import KeepPapers, Made, TakeDossier, forget, make
from casework.documents.papers.catalogue import is_for
from casework.documents.papers.dossier import dossier_zip, state_of
from casework.documents.papers.press import NotPrinted
from casework.documents.views import WITH
from casework.requests import SignedIn, request_id_of
from casework.sharing.querysets import working_organisations


def _case(request: SignedIn, code: str) -> Case:
    """The case, if the person may make its papers. Raises Http404 or PermissionDenied."""
    case = visible_case(request.standing, code, *WITH)
    if not any(request.standing.seat_for(KEEP, pk) for pk in working_organisations(case.pk)):
        raise PermissionDenied(KEEP)
    return case


def keep(case: Case, codes: Sequence[str], request: SignedIn) -> list[Made]:
    """Print papers and store them. Raises ActionNotPossible, NotPrinted."""
    made = make(case, codes)
    try:
        receipt = perform(KeepPapers(case.pk, made), by=request.user, request_id=request_id_of(request))
    except BaseException:
        forget(made)
        raise
    if receipt.replayed:
        forget(made)
    return made


class MakePaper(View):
    """One paper from the data as they are now."""

    def post(self, request: SignedIn, code: str, paper: str) -> HttpResponse:
        """Make it and go back to the papers; a refusal is a sentence there."""
        case = _case(request, code)
        known = PaperTemplate.objects.filter(code=paper, legal_forms__contains=[case.legal_form])
        if not is_for(paper, case) or not known.exists():
            raise Http404
        try:
            keep(case, [paper], request)
        except (ActionNotPossible, NotPrinted) as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The paper is in the case, as Word file and as PDF."))
        return redirect("documents:list", case.code)


@method_decorator(never_cache, name="dispatch")
class FoundingDossier(View):
    """What the founding dossier holds and lacks; sending the form makes all its papers and gives the zip."""

    def get(self, request: SignedIn, code: str) -> HttpResponse:
        """The page of completeness."""
        return self._page(request, _case(request, code))

    def post(self, request: SignedIn, code: str) -> HttpResponse:
        """The zip, or the page with what is in the way."""
        case = _case(request, code)
        state = state_of(case)
        if state.obstacles:
            return self._page(request, case)
        try:
            made = keep(case, [paper.template.code for paper in state.papers], request)
        except (ActionNotPossible, NotPrinted) as error:
            messages.error(request, str(error))
            return self._page(request, case)
        perform(TakeDossier(case.pk, [one.paper.code(case.code) for one in made]), by=request.user)
        return HttpResponse(
            dossier_zip(case, state, made),
            content_type="application/zip",
            headers={"Content-Disposition": f'attachment; filename="{case.code}-ho-so.zip"'},
        )

    def _page(self, request: SignedIn, case: Case) -> HttpResponse:
        context = {"case": case, "tabs": tabs_of(case, "documents:list"), "state": state_of(case)}
        return render(request, "casework/documents/dossier.html", context)

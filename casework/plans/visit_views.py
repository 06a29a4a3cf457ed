"""Pages of consultations and visits: the list, and a new visit."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from casework.acts import ActionNotPossible, perform
from casework.cases.models import Case
from casework.cases.stages import Status
from casework.documents.models import Document
from casework.notes.models import Note
from casework.organisations.standing import Standing
from casework.plans.models import Attendance, Consultation, Visit
from casework.plans.pages import case_context
from casework.plans.visit_forms import VisitForm
from casework.plans.visits import RIGHT, RecordVisit
from casework.requests import SignedIn, request_id_of
from casework.sharing.querysets import working_organisations

PAGE = 20


def may_record(standing: Standing, case: Case) -> bool:
    """Whether a person may record a visit to the group of a case."""
    if case.status == Status.CLOSED:
        return False
    return any(standing.seat_for(RIGHT, organisation) for organisation in working_organisations(case.pk))


class VisitsPage(View):
    """Consultations and visits of a case, the newest first, with who was present."""

    def get(self, request: SignedIn, code: str) -> HttpResponse:
        """Eleven statements, for one visit and for twenty."""
        case, context = case_context(request, code)
        present = Prefetch("attendances", Attendance.objects.order_by("pk"))
        held = Consultation.objects.filter(case=case).select_related("recorded_by").prefetch_related(present)
        visits = _visits(case, request.standing)
        context |= {
            "page": Paginator(visits, PAGE).get_page(request.GET.get("page")),
            "consultations": list(held.order_by("-held_on", "-pk")),
            "may_record": may_record(request.standing, case),
        }
        return render(request, "casework/plans/visits.html", context)


def _visits(case: Case, standing: Standing) -> QuerySet[Visit]:
    """The visits with who was present, and those notes and photos that this person may see."""
    return (
        Visit.objects.filter(case=case)
        .select_related("recorded_by")
        .prefetch_related(
            Prefetch("attendances", Attendance.objects.order_by("pk")),
            Prefetch(
                "documents",
                Document.objects.visible_to(standing).filter(withdrawn_at=None).order_by("pk"),
                to_attr="shown_documents",
            ),
            Prefetch(
                "notes",
                Note.objects.visible_to(standing).filter(struck_at=None).select_related("written_by").order_by("pk"),
            ),
        )
        .order_by("-visited_on", "-pk")
    )


class NewVisit(View):
    """Record a visit. What was typed survives a refusal."""

    def get(self, request: SignedIn, code: str) -> HttpResponse:
        """An empty form. 403 without the right to record visits."""
        case, context = self._case(request, code)
        return self._show(request, context, VisitForm(case, request.user))

    def post(self, request: SignedIn, code: str) -> HttpResponse:
        """Record it, or show what is wrong with all that was typed; `add_rows` only adds empty rows."""
        case, context = self._case(request, code)
        if "add_rows" in request.POST:
            typed = VisitForm.more_rows(request.POST.copy(), request.POST["add_rows"])
            return self._show(request, context, VisitForm(case, request.user, draft=typed))
        form = VisitForm(case, request.user, data=request.POST)
        if form.is_valid():
            try:
                perform(RecordVisit(case.pk, **form.cleaned_data), by=request.user, request_id=request_id_of(request))
            except ActionNotPossible as error:
                form.add_error(error.field, str(error))
            else:
                messages.success(request, _("The visit is recorded."))
                return redirect("plans:visits", case.code)
        return self._show(request, context, form)

    def _case(self, request: SignedIn, code: str) -> tuple[Case, dict[str, Any]]:
        case, context = case_context(request, code)
        if not any(request.standing.seat_for(RIGHT, organisation) for organisation in working_organisations(case.pk)):
            raise PermissionDenied(RIGHT)
        return case, context

    def _show(self, request: SignedIn, context: dict[str, Any], form: VisitForm) -> HttpResponse:
        return render(request, "casework/plans/visit_new.html", {**context, "form": form, "request_id": uuid4()})

"""The papers of a case: what is there, what is missing; adding, opening, replacing, withdrawing."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from casework.acts import Act, ActionNotPossible, perform
from casework.cases.models import Case
from casework.cases.reach import visible_case
from casework.cases.tabs import tabs_of
from casework.documents.acts import (
    KEEP,
    AddDocument,
    ReplaceDocument,
    ShowDocumentTo,
    WithdrawDocument,
)
from casework.documents.checklist import DOSSIER, lines_for
from casework.documents.forms import CircleForm, DocumentForm, FileForm, WithdrawForm
from casework.documents.models import Document
from casework.documents.papers.page import generated_context
from casework.plans.models import Visit
from casework.requests import SignedIn, request_id_of
from casework.sharing.querysets import working_organisations

# What the papers say of a case beside its own row.
WITH = ("area__parent", "reviewing_organisation", "contact")


class Papers(View):
    """The checklist of the dossier, the documents with their versions, and the form for a new one."""

    def get(self, request: SignedIn, code: str) -> HttpResponse:
        """404 for a case that is not hers to see."""
        case = visible_case(request.standing, code, *WITH)
        return self._page(request, case, DocumentForm(initial=_wanted(request)) if _may_keep(request, case) else None)

    def post(self, request: SignedIn, code: str) -> HttpResponse:
        """Add a document, or say what is wrong with everything that was typed."""
        case = visible_case(request.standing, code, *WITH)
        if not _may_keep(request, case):
            raise PermissionDenied(KEEP)
        form = DocumentForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                _perform(_add(case, form, request), form, request)
            except ActionNotPossible as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
            else:
                messages.success(request, _("The document is in the case."))
                return redirect("documents:list", case.code)
        return self._page(request, case, form)

    def _page(self, request: SignedIn, case: Case, form: DocumentForm | None) -> HttpResponse:
        seen = Document.objects.visible_to(request.standing).filter(case=case)
        documents = seen.select_related("type", "organisation", "added_by").prefetch_related(
            "versions__added_by", "versions__generated"
        )
        context = {
            "case": case,
            "tabs": tabs_of(case, "documents:list"),
            "lines": lines_for(case, DOSSIER, timezone.localdate(), seen),
            "documents": documents.order_by("withdrawn_at", "-pk"),
            "form": form,
            "may_keep": _may_keep(request, case),
            "mine": {seat.organisation_id for seat in request.standing.seats if KEEP in seat.permissions},
            "visit": _visit(request, case),
            "request_id": uuid4(),
            **generated_context(case, may_keep=form is not None),
        }
        return render(request, "casework/documents/list.html", context)


def _perform(act: Act, form: Any, request: SignedIn) -> None:
    """Do it. A file that came with the form stays only if an act took it: not when it was refused or done before."""
    taken = False
    try:
        taken = not perform(act, by=request.user, request_id=request_id_of(request)).replayed
    finally:
        if not taken and isinstance(form, FileForm):
            form.forget()


def _may_keep(request: SignedIn, case: Case) -> bool:
    return any(request.standing.seat_for(KEEP, pk) for pk in working_organisations(case.pk))


def _wanted(request: HttpRequest) -> dict[str, str]:
    """What a link asks for: `?type=certificate` from the checklist."""
    wanted = request.GET.get("type", "")
    return {"type": wanted} if wanted.replace("-", "").isalnum() else {}


def _visit(request: HttpRequest, case: Case) -> Visit | None:
    """The visit that a picture belongs to, when a link or the form names one of this case."""
    named = request.GET.get("visit") or request.POST.get("visit") or ""
    return (
        Visit.objects.filter(case=case, pk=int(named)).first()
        if named.isascii() and named.isdigit() and len(named) < 10
        else None
    )


def _add(case: Case, form: DocumentForm, request: HttpRequest) -> AddDocument:
    typed, visit = form.cleaned_data, _visit(request, case)
    return AddDocument(
        case.pk,
        typed["type"].code,
        typed["title"] or str(typed["type"]),
        typed["new"],
        typed["visibility"],
        paper_place=typed["paper_place"],
        paper_number=typed["paper_number"],
        visit_id=visit.pk if visit else None,
    )


class _OfDocument(View):
    """One form about one document that the person may see."""

    form_class: Any

    def act(self, document: Document, form: Any) -> Act:
        """What a valid form asks for."""
        raise NotImplementedError

    def heading_of(self) -> str:
        """What the page is called."""
        raise NotImplementedError

    def get(self, request: SignedIn, code: str, pk: int) -> HttpResponse:
        """The empty form. 404 and 403 as for the document."""
        case, document = self._document(request, code, pk)
        initial = {"visibility": document.visibility}
        return self._page(request, case, document, self.form_class(initial=initial))

    def post(self, request: SignedIn, code: str, pk: int) -> HttpResponse:
        """Do it, or say what is wrong."""
        case, document = self._document(request, code, pk)
        form = self.form_class(request.POST, request.FILES or None)
        if form.is_valid():
            try:
                _perform(self.act(document, form), form, request)
            except ActionNotPossible as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
            else:
                messages.success(request, _("Done; the history keeps it."))
                return redirect("documents:list", case.code)
        return self._page(request, case, document, form)

    def _document(self, request: SignedIn, code: str, pk: int) -> tuple[Case, Document]:
        case = visible_case(request.standing, code)
        found = Document.objects.visible_to(request.standing).filter(case=case, pk=pk, withdrawn_at=None)
        document = found.select_related("type").first() if pk < 2**63 else None
        if document is None:
            raise Http404
        if not _may_keep(request, case):
            raise PermissionDenied(KEEP)
        return case, document

    def _page(self, request: SignedIn, case: Case, document: Document, form: Any) -> HttpResponse:
        context = {
            "case": case,
            "tabs": tabs_of(case, "documents:list"),
            "document": document,
            "form": form,
            "heading": self.heading_of(),
            "request_id": uuid4(),
        }
        return render(request, "casework/documents/one.html", context)


class Replace(_OfDocument):
    """A newer file; the last one stays."""

    form_class = FileForm

    def act(self, document: Document, form: Any) -> Act:
        """The next version."""
        return ReplaceDocument(document.pk, form.cleaned_data["new"])

    def heading_of(self) -> str:
        """What the page is called."""
        return _("Add a newer version")


class ShowTo(_OfDocument):
    """Widen or narrow the circle."""

    form_class = CircleForm

    def act(self, document: Document, form: Any) -> Act:
        """The new circle."""
        return ShowDocumentTo(document.pk, form.cleaned_data["visibility"])

    def heading_of(self) -> str:
        """What the page is called."""
        return _("Change who may see it")


class Withdraw(_OfDocument):
    """It was wrong."""

    form_class = WithdrawForm

    def act(self, document: Document, form: Any) -> Act:
        """Withdraw it."""
        return WithdrawDocument(document.pk, form.cleaned_data["reason"])

    def heading_of(self) -> str:
        """What the page is called."""
        return _("Withdraw a document")

"""Pages of the lender: its applications, the room of each, and what it does there."""

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.views import View

from casework.act_pages import ActPage
from casework.acts import Act, ActionNotPossible, perform
from casework.documents.models import Document, DocumentVersion
from casework.linkage.credit.acts import NoteRepayment, OpenRoom, RecordDisbursement, left_to_pay, refuse_unless_lender
from casework.linkage.credit.slice import slice_of
from casework.linkage.models import CreditApplication
from casework.programme.kept_views import PAGE, page_url
from casework.requests import SignedIn, request_id_of
from casework.sharing.consents import AnswerShare, live_share
from workflows.credit_room.acts import AskLead
from workflows.credit_room.forms import AskForm, DeclineForm, Find, PaidForm, RepaymentForm
from workflows.credit_room.rows import found, numbers, row, shared_applications
from workflows.credit_room.tasks import task_of


class Desk(View):
    """Every application that is shared with the person's lenders now."""

    def get(self, request: SignedIn) -> HttpResponse:
        """403 for whoever decides for no lender."""
        lenders = refuse_unless_lender(request.standing)
        form = Find(request.GET, auto_id="filter-%s")
        shared = shared_applications(request.standing, lenders)
        pages = Paginator(found(shared, form.chosen), PAGE)
        shown = pages.get_page(request.GET.get("page"))
        context = {
            "form": form,
            "numbers": numbers(shared),
            "rows": [row(application) for application in shown.object_list],
            "total": pages.count,
            "previous_url": page_url(request, shown.previous_page_number()) if shown.has_previous() else "",
            "next_url": page_url(request, shown.next_page_number()) if shown.has_next() else "",
        }
        return render(request, "workflows/credit_room/desk.html", context)


def latest_versions(documents: Any) -> list[DocumentVersion]:
    """The newest version of each document. One query."""
    versions = DocumentVersion.objects.filter(document__in=documents).select_related("document")
    return list(versions.order_by("document_id", "-number").distinct("document_id"))


def shared_application(request: SignedIn, pk: int) -> CreditApplication:
    """An application of hers that is shared at this moment. Raises Http404 for any other, and for one that ended."""
    lenders = refuse_unless_lender(request.standing)
    found = shared_applications(request.standing, lenders).filter(pk=min(pk, 2**63 - 1)).first()
    if found is None:
        raise Http404
    return found


class Room(View):
    """One application: exactly what is shared, questions, money. Each opening is an event with what was shown."""

    def get(self, request: SignedIn, pk: int) -> HttpResponse:
        """404 for what is not shared with her lender now."""
        application = shared_application(request, pk)
        try:
            perform(OpenRoom(application.pk), by=request.user)
        except ActionNotPossible as error:
            raise Http404 from error
        share = live_share(application.case_id, application.lender_id)
        if share is None:
            raise Http404
        task = task_of(application)
        documents = Document.objects.open_to(request.standing).filter(case=application.case_id)
        context = {
            "application": application,
            "case": application.case,
            "share": share,
            "sections": slice_of(application, share.profile),
            "questions": application.questions.select_related("answered_by").order_by("pk"),
            "documents": latest_versions(documents),
            "paid": application.disbursements.order_by("paid_on", "pk"),
            "left": left_to_pay(application),
            "repayments": application.repayments.order_by("state_on", "pk"),
            "task": task,
            "request_id": uuid4(),
        }
        return render(request, "workflows/credit_room/room.html", context)


def application_sent(request: SignedIn, pk: int) -> CreditApplication:
    """An application of her lender when something is sent about it; whether it is shared still is for the act to say.

    Raises Http404 for one of another lender.
    """
    lenders = refuse_unless_lender(request.standing)
    found = CreditApplication.objects.filter(pk=min(pk, 2**63 - 1), lender__in=lenders)
    application = found.beyond_sight("the act asks for the live share").first()
    if application is None:
        raise Http404
    return application


class Accept(View):
    """The lender takes the application."""

    def post(self, request: SignedIn, pk: int) -> HttpResponse:
        """Say so and go back to the room, or to the desk where there is no room any more."""
        application = application_sent(request, pk)
        share = live_share(application.case_id, application.lender_id)
        act = AnswerShare(application.case_id, share.pk if share else 0, accepts=True)
        try:
            perform(act, by=request.user, request_id=request_id_of(request))
        except ActionNotPossible as error:
            messages.error(request, str(error))
            return redirect("credit:room", pk) if share else redirect("credit:desk")
        messages.success(request, _g("Your organisation has taken the application."))
        return redirect("credit:room", pk)


class _Doing(ActPage):
    """An act in the room; refused at once when the share has ended."""

    form_class: ClassVar[type]

    def about(self, request: SignedIn, **address: Any) -> CreditApplication:
        return shared_application(request, address["pk"])

    def about_sent(self, request: SignedIn, **address: Any) -> CreditApplication:
        return application_sent(request, address["pk"])

    def form_on(self, request: SignedIn, about: Any, *typed: Any) -> Any:
        return self.form_class(*typed)

    def back_url(self, about: Any) -> str:
        return reverse("credit:room", args=[about.pk])

    def around(self, about: Any) -> dict[str, Any]:
        return {"back_label": _g("Application")}


class Decline(_Doing):
    """The lender does not take the about."""

    title, button, form_class = _("Do not take the application"), _("Do not take it"), DeclineForm

    def act_on(self, about: CreditApplication, values: dict[str, Any]) -> Act:
        share = live_share(about.case_id, about.lender_id)
        return AnswerShare(about.case_id, share.pk if share else 0, accepts=False, reason=values["reason"])

    def back_url(self, about: Any) -> str:
        return reverse("credit:desk")


class Ask(_Doing):
    """The lender asks for more."""

    title, button, form_class = _("Ask for more"), _("Ask"), AskForm

    def act_on(self, about: CreditApplication, values: dict[str, Any]) -> Act:
        return AskLead(about.pk, **values)


class Pay(_Doing):
    """The lender paid out."""

    title, form_class = _("Enter a disbursement"), PaidForm

    def act_on(self, about: CreditApplication, values: dict[str, Any]) -> Act:
        return RecordDisbursement(about.pk, **values)


class Repay(_Doing):
    """How the credit is paid back."""

    title, form_class = _("Enter how it is paid back"), RepaymentForm

    def act_on(self, about: CreditApplication, values: dict[str, Any]) -> Act:
        return NoteRepayment(about.pk, **values)

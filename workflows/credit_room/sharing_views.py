"""The page “Sharing” of a case: consents, shares, and exactly what a lender saw."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views import View

from casework.act_pages import CaseActPage
from casework.acts import Act
from casework.audit.models import AuditEvent
from casework.cases.models import Case
from casework.cases.reach import visible_case
from casework.cases.tabs import tabs_of
from casework.linkage.credit.forms import AnotherLenderForm
from casework.linkage.credit.slice import digest
from casework.linkage.models import CreditQuestion
from casework.organisations.models import User
from casework.requests import SignedIn
from casework.sharing.consents import KEEP, RecordConsent, RevokeShare, WithdrawConsent, may_keep
from casework.sharing.models import CaseAccess, Category, Consent
from casework.sharing.querysets import live_access
from casework.signing_in.again import AskAgain
from workflows.credit_room.acts import ANSWER, AnswerLender
from workflows.credit_room.asking import AskAnotherLender, waiting_for_lenders
from workflows.credit_room.forms import AnswerForm
from workflows.credit_room.sharing_forms import ConsentForm, EndForm

# An event, and who it was.
Opening = tuple[AuditEvent, str]


@dataclass(frozen=True)
class Shown:
    """A share with what was shown by it, every opening, and whether it holds."""

    access: CaseAccess
    live: bool
    slices: list[Any]
    openings: list[Opening]


class Sharing(View):
    """Who agreed to what, what is shared with whom, and what was seen of it."""

    def get(self, request: SignedIn, code: str) -> HttpResponse:
        """404 for a case that is not hers to see."""
        case = visible_case(request.standing, code)
        consents = Consent.objects.filter(case=case).select_related("recipient", "person", "recorded_by", "document")
        questions = CreditQuestion.objects.filter(case=case).select_related("application__lender", "answered_by")
        may_answer = request.standing.seat_for(ANSWER, case.lead_organisation_id) is not None
        context = {
            "case": case,
            "tabs": tabs_of(case, "sharing:case"),
            "consents": [(one, _words(one)) for one in consents.order_by("-pk")],
            "shares": _shares(case),
            "questions": questions.order_by("-pk"),
            "may_keep": may_keep(request.standing, case),
            "may_answer": may_answer,
            "may_ask": may_answer and waiting_for_lenders(case) is not None,
        }
        return render(request, "workflows/credit_room/sharing.html", context)


def _words(consent: Consent) -> str:
    return "; ".join(str(Category(name).label) for name in consent.categories)


def _shares(case: Case) -> list[Shown]:
    """Every share of a case, with all openings of its pages and papers. Five queries."""
    accesses = CaseAccess.objects.filter(case=case, kind=CaseAccess.Kind.SHARE).order_by("-pk")
    opened = AuditEvent.objects.filter(case_id=case.pk, verb__in=("share.opened", "document.opened"))
    by_lender: dict[int | None, list[Opening]] = {}
    events = list(opened.order_by("-seq"))
    people = User.objects.in_bulk({event.actor_id for event in events})
    for event in events:
        by_lender.setdefault(event.organisation_id, []).append((event, str(people.get(event.actor_id, ""))))
    live = set(live_access([CaseAccess.Kind.SHARE]).filter(case=case).values_list("pk", flat=True))
    return [
        Shown(access, access.pk in live, [_checked(s) for s in access.slices.all()], _during(access, by_lender))
        for access in accesses.select_related("organisation", "consent", "answered_by").prefetch_related("slices")
    ]


def _checked(row: Any) -> tuple[Any, bool]:
    """What was shown, and whether it still is what its hash says."""
    return row, digest(row.shown) == row.sha256


def _during(access: CaseAccess, by_lender: dict[int | None, list[Opening]]) -> list[Opening]:
    until = access.revoked_at
    events = by_lender.get(access.organisation_id, [])
    return [(e, who) for e, who in events if e.at >= access.valid_from and (until is None or e.at <= until)]


class _Doing(CaseActPage):
    """An act on the consents and shares of a case."""

    tab = "sharing:case"

    def may(self, request: SignedIn, case: Case) -> None:
        if not may_keep(request.standing, case):
            raise PermissionDenied(KEEP)

    def form(self, request: SignedIn, case: Case, row: Any, *typed: Any) -> Any:
        return EndForm(*typed)


class Give(AskAgain, _Doing):
    """Record a consent."""

    title = _("Record a consent")

    def form(self, request: SignedIn, case: Case, row: Any, *typed: Any) -> ConsentForm:
        return ConsentForm(case, request.standing, *typed)

    def act(self, case: Case, row: Any, values: dict[str, Any]) -> Act:
        return RecordConsent(case.pk, {**values, "person": case.contact})


class Withdraw(_Doing):
    """Withdraw a consent; what stands on it ends."""

    title, button = _("Withdraw the consent"), _("Withdraw")

    def row(self, case: Case, pk: int) -> Any:
        return Consent.objects.filter(case=case, pk=pk, withdrawn_at=None).first()

    def act(self, case: Case, row: Any, values: dict[str, Any]) -> Act:
        return WithdrawConsent(case.pk, row.pk, values["reason"])


class Revoke(_Doing):
    """End a share."""

    title, button = _("End the share"), _("End it now")

    def row(self, case: Case, pk: int) -> Any:
        shares = CaseAccess.objects.filter(case=case, kind=CaseAccess.Kind.SHARE, revoked_at=None)
        return shares.select_related("organisation").filter(pk=pk).first()

    def act(self, case: Case, row: Any, values: dict[str, Any]) -> Act:
        return RevokeShare(case.pk, row.pk, values["reason"])


class AskAnother(AskAgain, _Doing):
    """Ask one more lender while the case waits for others."""

    title, button = _("Ask another lender"), _("Ask for credit")

    def may(self, request: SignedIn, case: Case) -> None:
        if request.standing.seat_for(ANSWER, case.lead_organisation_id) is None:
            raise PermissionDenied(ANSWER)

    def form(self, request: SignedIn, case: Case, row: Any, *typed: Any) -> AnotherLenderForm:
        return AnotherLenderForm(case, request.user, *typed)

    def act(self, case: Case, row: Any, values: dict[str, Any]) -> Act:
        return AskAnotherLender(case.pk, values)


class Answer(_Doing):
    """Answer a lender."""

    title, button = _("Answer the lender"), _("Answer")

    def may(self, request: SignedIn, case: Case) -> None:
        if request.standing.seat_for(ANSWER, case.lead_organisation_id) is None:
            raise PermissionDenied(ANSWER)

    def form(self, request: SignedIn, case: Case, row: Any, *typed: Any) -> AnswerForm:
        return AnswerForm(*typed)

    def row(self, case: Case, pk: int) -> Any:
        return CreditQuestion.objects.filter(case=case, pk=pk, answered_at=None).first()

    def act(self, case: Case, row: Any, values: dict[str, Any]) -> Act:
        return AnswerLender(row.pk, values["text"])

"""What is counted from cases: founding, strengthening, credit and markets."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from casework.cases.models import Case
from casework.cases.stages import Kind, LegalForm
from casework.filings.models import FilingResult
from casework.linkage.models import CreditApplication, MarketLink
from casework.plans.models import Consultation
from casework.programme.indicators.rows import Row, Scope
from casework.programme.indicators.scope import covered_cases, standing_rows, told
from casework.strengthening.models import OperationsReview, StrengtheningReview

_CASE = ("case__area", "case__lead_organisation")


def row_of_case(case: Case, key: str, amount: int, on: Any, told_at: Any, **more: Any) -> Row:
    """A row about a case, with everything by which it can be split."""
    of_case = {
        "legal_form": case.legal_form,
        "organisation_id": case.lead_organisation_id,
        "organisation": case.lead_organisation.name,
    }
    return Row(
        key=key,
        amount=amount,
        on=on,
        told_at=told_at,
        label=case.working_name,
        url=reverse("cases:file", args=[case.code]),
        case_code=case.code,
        commune_id=case.area_id,
        commune=case.area.name,
        programmes=tuple(case.programmes),
        **{**of_case, **more},
    )


def certificates(kind: str, legal_form: str = "") -> Callable[[Scope], list[Row]]:
    """Certificates issued in the period to cases of a kind, for one legal form or all."""

    def rows(scope: Scope) -> list[Row]:
        cases = covered_cases(scope.organisation).filter(kind=kind)
        cases = cases.filter(legal_form=legal_form) if legal_form else cases
        found = FilingResult.objects.filter(
            told(scope),
            case__in=cases,
            outcome=FilingResult.Outcome.CERTIFICATE,
            issued_on__range=(scope.first_day, scope.last_day),
        ).select_related(*_CASE)
        # A case that was steered back may have got its certificate twice: the first one counts.
        first = {one.case_id: one for one in found.order_by("-pk")}
        return [
            row_of_case(one.case, f"case:{one.case_id}", 1, one.issued_on, one.recorded_at)
            for one in sorted(first.values(), key=lambda one: one.pk)
        ]

    return rows


def consultations(of: str) -> Callable[[Scope], list[Row]]:
    """Consultations held in the period: their number, or the people present (`attendees`, `women`)."""

    def rows(scope: Scope) -> list[Row]:
        found = Consultation.objects.filter(
            told(scope), case__in=covered_cases(scope.organisation), held_on__range=(scope.first_day, scope.last_day)
        ).select_related(*_CASE)
        return [
            row_of_case(one.case, f"consultation:{one.pk}", getattr(one, of) if of else 1, one.held_on, one.recorded_at)
            for one in found.order_by("pk")
        ]

    return rows


def reviewed(scope: Scope) -> list[Row]:
    """Cooperatives whose operations were reviewed in the period; each once, however often."""
    found = OperationsReview.objects.filter(
        told(scope), case__in=covered_cases(scope.organisation), reviewed_on__range=(scope.first_day, scope.last_day)
    ).select_related(*_CASE)
    first = {one.case.cooperative_id or -one.case_id: one for one in found.order_by("-pk")}
    return [
        row_of_case(one.case, f"review:{key}", 1, one.reviewed_on, one.recorded_at)
        for key, one in sorted(first.items(), key=lambda item: item[1].pk)
    ]


def strengthened(scope: Scope) -> list[Row]:
    """Cooperatives whose strengthening plan the Alliance approved in the period; each once."""
    found = StrengtheningReview.objects.filter(
        told(scope),
        case__in=covered_cases(scope.organisation),
        decision=StrengtheningReview.Decision.APPROVE,
        recorded_at__date__range=(scope.first_day, scope.last_day),
    ).select_related(*_CASE)
    first = {one.case.cooperative_id or -one.case_id: one for one in found.order_by("-pk")}
    return [
        row_of_case(one.case, f"strengthened:{key}", 1, timezone.localdate(one.recorded_at), one.recorded_at)
        for key, one in sorted(first.items(), key=lambda item: item[1].pk)
    ]


def credit(of: str, *decisions: str) -> Callable[[Scope], list[Row]]:
    """Applications decided in the period, by decision: their number, or an amount (`granted_amount`, `amount`)."""

    def rows(scope: Scope) -> list[Row]:
        found = CreditApplication.objects.filter(
            told(scope, "decided_at"),
            case__in=covered_cases(scope.organisation),
            decision__in=decisions,
            decided_at__date__range=(scope.first_day, scope.last_day),
        ).select_related(*_CASE, "lender")
        return [
            row_of_case(
                one.case, f"credit:{one.pk}", (getattr(one, of) or 0) if of else 1, timezone.localdate(one.decided_at),
                one.decided_at, organisation_id=one.lender_id, organisation=str(one.lender),
            )
            for one in found.order_by("pk")
        ]  # fmt: skip

    return rows


def market(*kinds: str) -> Callable[[Scope], list[Row]]:
    """Market links of these kinds that began in the period and were verified by a named person."""

    def rows(scope: Scope) -> list[Row]:
        found = MarketLink.objects.filter(
            standing_rows(scope),
            told(scope, "verified_at"),
            case__in=covered_cases(scope.organisation),
            result=MarketLink.Result.LINKED,
            kind__in=kinds,
            verified_at__isnull=False,
            linked_on__range=(scope.first_day, scope.last_day),
        ).select_related(*_CASE)
        return [
            row_of_case(one.case, f"market:{one.pk}", 1, one.linked_on, one.recorded_at) for one in found.order_by("pk")
        ]

    return rows


FOUNDED = certificates(Kind.FOUNDING, LegalForm.HTX)
FOUNDED_GROUPS = certificates(Kind.FOUNDING, LegalForm.THT)
CONVERTED = certificates(Kind.CONVERSION)

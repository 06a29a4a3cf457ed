"""What is counted from cases: founding, strengthening, credit and markets."""

from collections.abc import Callable
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse

from casework.cases.stages import Kind, LegalForm
from casework.filings.models import FilingResult
from casework.linkage.models import CreditApplication, MarketLink
from casework.plans.models import Consultation
from casework.programme.indicators.rows import Scope
from casework.programme.indicators.scope import covered_cases, standing_rows, told
from casework.programme.indicators.sources import Source, amount_of, each_once, key_of
from casework.strengthening.models import OperationsReview, StrengtheningReview

Sources = Callable[[Scope], Source]


def case_page(row: dict[str, Any]) -> str:
    """The file of the case of a row."""
    return reverse("cases:file", args=[row["case_code"]])


def of_case() -> dict[str, Any]:
    """What the case of a row tells: everything by which it can be split."""
    return {
        "label": F("case__working_name"),
        "case_code": F("case__code"),
        "commune_id": F("case__area_id"),
        "commune": F("case__area__name"),
        "legal_form": F("case__legal_form"),
        "programmes": F("case__programmes"),
        "organisation_id": F("case__lead_organisation_id"),
        "organisation": F("case__lead_organisation__name"),
        "address": case_page,
    }


def certificates(kind: str, legal_form: str = "") -> Sources:
    """Certificates issued in the period to cases of a kind, for one legal form or all."""

    def source(scope: Scope) -> Source:
        cases = covered_cases(scope.organisation).filter(kind=kind)
        cases = cases.filter(legal_form=legal_form) if legal_form else cases
        found = FilingResult.objects.filter(
            told(scope),
            case__in=cases,
            outcome=FilingResult.Outcome.CERTIFICATE,
            issued_on__range=(scope.first_day, scope.last_day),
        )
        return Source(
            # A case that was steered back may have got its certificate twice: the first one counts.
            each_once(found, F("case_id")),
            key=key_of("case", "case_id"),
            amount=amount_of(""),
            on=F("issued_on"),
            told_at=F("recorded_at"),
            **of_case(),
        )

    return source


def consultations(of: str) -> Sources:
    """Consultations held in the period: their number, or the people present (`attendees`, `women`)."""

    def source(scope: Scope) -> Source:
        found = Consultation.objects.filter(
            told(scope), case__in=covered_cases(scope.organisation), held_on__range=(scope.first_day, scope.last_day)
        )
        return Source(
            found,
            key=key_of("consultation"),
            amount=amount_of(of),
            on=F("held_on"),
            told_at=F("recorded_at"),
            **of_case(),
        )

    return source


# The cooperative of a case; a case without one stands for itself.
_WHOM = Coalesce(F("case__cooperative_id"), -F("case_id"))


def reviewed(scope: Scope) -> Source:
    """Cooperatives whose operations were reviewed in the period; each once, however often."""
    found = OperationsReview.objects.filter(
        told(scope), case__in=covered_cases(scope.organisation), reviewed_on__range=(scope.first_day, scope.last_day)
    )
    return Source(
        each_once(found, _WHOM),
        key=key_of("review", _WHOM),
        amount=amount_of(""),
        on=F("reviewed_on"),
        told_at=F("recorded_at"),
        **of_case(),
    )


def strengthened(scope: Scope) -> Source:
    """Cooperatives whose strengthening plan the Alliance approved in the period; each once."""
    found = StrengtheningReview.objects.filter(
        told(scope),
        case__in=covered_cases(scope.organisation),
        decision=StrengtheningReview.Decision.APPROVE,
        recorded_at__date__range=(scope.first_day, scope.last_day),
    )
    return Source(
        each_once(found, _WHOM),
        key=key_of("strengthened", _WHOM),
        amount=amount_of(""),
        on=TruncDate("recorded_at"),
        told_at=F("recorded_at"),
        **of_case(),
    )


def credit(of: str, *decisions: str, each: bool = False) -> Sources:
    """Applications decided in the period, by decision: their number, or an amount (`granted_amount`, `amount`).

    `each`: not applications but cooperatives; one that got two loans, of one lender or of two, counts once.
    """

    def source(scope: Scope) -> Source:
        found = CreditApplication.objects.filter(
            told(scope, "decided_at"),
            case__in=covered_cases(scope.organisation),
            decision__in=decisions,
            decided_at__date__range=(scope.first_day, scope.last_day),
        )
        by_lender = {"organisation_id": F("lender_id"), "organisation": F("lender__name")}
        return Source(
            each_once(found, _WHOM) if each else found,
            key=key_of("credit"),
            amount=amount_of(of),
            on=TruncDate("decided_at"),
            told_at=F("decided_at"),
            **{**of_case(), **by_lender},
        )

    return source


def _market_page(row: dict[str, Any]) -> str:
    return reverse("market:case", args=[row["case_code"]])


def market(*kinds: str) -> Sources:
    """Market links of these kinds that began in the period and were verified by a named person."""

    def source(scope: Scope) -> Source:
        found = MarketLink.objects.filter(
            standing_rows(scope),
            told(scope, "verified_at"),
            case__in=covered_cases(scope.organisation),
            result=MarketLink.Result.LINKED,
            kind__in=kinds,
            verified_at__isnull=False,
            linked_on__range=(scope.first_day, scope.last_day),
        )
        return Source(
            found,
            key=key_of("market"),
            amount=amount_of(""),
            on=F("linked_on"),
            told_at=F("recorded_at"),
            **{**of_case(), "address": _market_page},
        )

    return source


FOUNDED = certificates(Kind.FOUNDING, LegalForm.HTX)
FOUNDED_GROUPS = certificates(Kind.FOUNDING, LegalForm.THT)
CONVERTED = certificates(Kind.CONVERSION)

"""What is known of market, credit and follow-up, as people read it."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from casework.facts import Section, section
from casework.linkage.credit.slice import BRIEF, slice_of
from casework.linkage.models import CreditApplication, FollowUp, LinkageReview, MarketLink
from casework.sharing.consents import live_share

LINK = (
    *("result", "kind", "partner", "proof", "linked_on", "product", "number", "group", "stars", "volume"),
    *("price_rule", "value", "area", "address", "valid_until", "reason", "verified_by", "verified_at"),
    *("state", "state_on", "state_sales", "state_note"),
)
_ASKED = (
    *("request", "lender", "product", "borrower", "entrusted_to", "purpose", "amount", "term_months", "own_capital"),
    *("workers", "consent_on", "reason"),
)
_DECIDED = (
    *(
        "decision",
        "granted_amount",
        "rate",
        "granted_months",
        "conditions",
        "refusal_code",
        "refusal_reason",
        "undrawn_reason",
    ),
)


def facts_of(case: Any) -> list[Section]:
    """Every market link, application, confirmation and follow-up, oldest first."""
    return [
        *market_facts(case),
        *credit_facts(case),
        *(_review_section(review) for review in LinkageReview.objects.filter(case=case).order_by("pk")),
        *follow_up_facts(case),
    ]


def market_facts(case: Any) -> list[Section]:
    """Every market link, or the reason why there is none."""
    links = MarketLink.objects.filter(case=case, withdrawn_at=None).select_related("verified_by").order_by("pk")
    return [section(_("Market"), link, LINK) for link in links]


def credit_facts(case: Any) -> list[Section]:
    """Every application with its decision."""
    applications = CreditApplication.objects.filter(case=case).select_related("lender").order_by("pk")
    return [section(_("Credit"), application, _ASKED + _DECIDED) for application in applications]


def application_facts(application: CreditApplication) -> list[Section]:
    """One application alone, as long as it is shared with the lender: what she reads beside her form."""
    shared = live_share(application.case_id, application.lender_id)
    return slice_of(application, shared.profile or BRIEF) if shared else []


def return_facts(case: Any) -> list[Section]:
    """What the supervisor misses, while that is the last word."""
    review = LinkageReview.latest_of(case)
    returned = review and review.decision == LinkageReview.Decision.RETURN
    return [replace(_review_section(review), correction=True)] if review and returned else []


def follow_up_facts(case: Any) -> list[Section]:
    """Every visit after the linkage."""
    fields = ("visited_on", "members", "women", "workers", "revenue", "difficulties", "wants_strengthening")
    visits = FollowUp.objects.filter(case=case).order_by("months")
    return [section(_("Follow-up after %(months)s months") % {"months": v.months}, v, fields) for v in visits]


def _review_section(review: LinkageReview) -> Section:
    title = _("Confirmation of the linkage, round %(number)s") % {"number": review.round}
    return section(title, review, ("decision", "reason"))

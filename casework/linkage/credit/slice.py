"""What a lender is shown of a case: an allow-list for each profile, built from rows, never a page with things hidden.

Nothing here is about a person: who decides needs the cooperative and its figures, not names and telephones.
"""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.cooperatives.entry import partial_day
from casework.cooperatives.models import Cooperative
from casework.facts import Section, section
from casework.filings.models import FilingResult
from casework.linkage.credit.products import remarks
from casework.linkage.models import CreditApplication
from casework.plans.models import BusinessPlan, FoundingConference

FULL, BRIEF = "credit", "credit_brief"
PROFILES = {
    FULL: _("application, cooperative, figures of the plan, papers for lenders"),
    BRIEF: _("application only"),
}

_ASKED = ("lender", "product", "borrower", "entrusted_to", "purpose", "amount", "term_months", "own_capital", "workers")
_ANSWER = (
    *("decision", "granted_amount", "rate", "granted_months", "conditions", "refusal_code", "refusal_reason"),
    "undrawn_reason",
)


def _application(application: CreditApplication) -> list[Section]:
    return [section(_("Application"), application, _ASKED, note=" ".join(remarks(application)))]


def _answer(application: CreditApplication) -> list[Section]:
    return [section(_("Answer"), application, _ANSWER)] if application.decision else []


def _case(application: CreditApplication) -> list[Section]:
    case = application.case
    facts = [
        (_("Name"), case.working_name),
        (_("Legal form"), case.get_legal_form_display()),
        (_("Trade"), case.trade),
        (_("Place"), str(case.area)),
        (_("Led by"), case.lead_organisation.name),
    ]
    return [Section(_("Cooperative"), [(str(label), value) for label, value in facts if value])]


def _registration(application: CreditApplication) -> list[Section]:
    cooperative: Cooperative | None = application.case.cooperative
    if cooperative is None:
        issued = FilingResult.objects.filter(case=application.case, outcome=FilingResult.Outcome.CERTIFICATE)
        result = issued.order_by("-pk").first()
        return [section(_("Registration"), result, ("registration_code", "issued_on"))] if result else []
    code = section(_("Registration"), cooperative, ("registration_code",))
    founded = [(str(_("Founded on")), partial_day(cooperative.founded))] if cooperative.founded else []
    return [Section(code.title, [*code.facts, *founded])]


def _founding(application: CreditApplication) -> list[Section]:
    conference = FoundingConference.latest_of(application.case)
    fields = ("held_on", "official_members", "women_members", "charter_capital")
    return [section(_("Founding conference"), conference, fields)] if conference else []


def _plan(application: CreditApplication) -> list[Section]:
    plan = BusinessPlan.latest_of(application.case)
    money = ("investment", "own_capital", "loan_wanted", "revenue_1", "cost_1", "revenue_2", "cost_2")
    fields = ("products", *money, "women_workers")
    return [section(_("Business plan"), plan, fields)] if plan else []


# The allow-list: nothing that is not named here reaches a lender.
_PARTS: dict[str, tuple[Callable[[CreditApplication], list[Section]], ...]] = {
    FULL: (_application, _case, _registration, _founding, _plan, _answer),
    BRIEF: (_application, _case, _answer),
}


def slice_of(application: CreditApplication, profile: str) -> list[Section]:
    """What a profile shows of an application, in reading order. Raises KeyError for a profile that does not exist."""
    return [part for build in _PARTS[profile] for part in build(application)]


def written(sections: list[Section]) -> list[Any]:
    """What is shown as plain lists of texts: [title, [[label, value], …], note]."""
    return [[str(s.title), [[str(label), str(value)] for label, value in s.facts], str(s.note)] for s in sections]


def digest(shown: list[Any]) -> str:
    """SHA-256 over what was shown, in hexadecimal; the event of an opening holds it."""
    return sha256(json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()

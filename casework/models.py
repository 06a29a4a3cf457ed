"""The tables of all rooms, gathered for Django. Each is written in its room."""

from casework.audit.models import AuditEvent
from casework.cases.models import Case, LeadScreening
from casework.cooperatives.models import Cooperative
from casework.drafts.models import Draft
from casework.filings.models import Dossier, DossierDocument, Filing, FilingResult
from casework.linkage.models import CreditApplication, FollowUp, LinkageReview, MarketLink
from casework.organisations.models import (
    AdministrativeUnit,
    Membership,
    Organisation,
    OrganisationGroupPermission,
    OrganisationUserPermission,
    PlaceAlias,
    User,
)
from casework.people.models import Founder, Person
from casework.plans.models import (
    BusinessPlan,
    Charter,
    Consultation,
    FoundingConference,
    NeedsSurvey,
    PlanReview,
)
from casework.programme.models import RosterUpload
from casework.rules.models import LegalParameter
from casework.sharing.models import CaseAccess

__all__ = [
    "AdministrativeUnit",
    "AuditEvent",
    "BusinessPlan",
    "Case",
    "CaseAccess",
    "Charter",
    "Consultation",
    "Cooperative",
    "CreditApplication",
    "Dossier",
    "DossierDocument",
    "Draft",
    "Filing",
    "FilingResult",
    "FollowUp",
    "Founder",
    "FoundingConference",
    "LeadScreening",
    "LegalParameter",
    "LinkageReview",
    "MarketLink",
    "Membership",
    "NeedsSurvey",
    "Organisation",
    "OrganisationGroupPermission",
    "OrganisationUserPermission",
    "Person",
    "PlaceAlias",
    "PlanReview",
    "RosterUpload",
    "User",
]

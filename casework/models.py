"""The tables of all rooms, gathered for Django. Each is written in its room."""

from casework.audit.models import AuditEvent
from casework.background.models import PeriodicTick, Worker
from casework.cases.models import Case, LeadScreening
from casework.cooperatives.models import Alias, Cooperative, Fact, FormPeriod, SeatPeriod, StatePeriod, Succession
from casework.documents.models import (
    ChecklistItem,
    Document,
    DocumentType,
    DocumentVersion,
    GeneratedPaper,
    PaperTemplate,
)
from casework.drafts.models import Draft
from casework.duplicates.models import NotDuplicate
from casework.filings.models import Dossier, Filing, FilingResult, OuterStatus
from casework.linkage.models import CreditApplication, FollowUp, LinkageReview, MarketLink
from casework.notes.models import CaseLink, Note
from casework.organisations.models import (
    Absence,
    AdministrativeUnit,
    Membership,
    Organisation,
    OrganisationGroupPermission,
    OrganisationUserPermission,
    PlaceAlias,
    User,
)
from casework.people.models import (
    ContributedAsset,
    FamilyTie,
    Founder,
    Member,
    MemberListUpload,
    Office,
    Person,
    TiesDeclaration,
)
from casework.plans.models import (
    Attendance,
    BusinessPlan,
    Charter,
    CharterGroup,
    Consultation,
    FoundingConference,
    NeedsSurvey,
    PlanComment,
    PlanReview,
    Visit,
)
from casework.programme.models import RosterUpload
from casework.rules.models import (
    LegalDocument,
    LegalParameter,
    LegalRule,
    ParameterDraft,
    ProtectedName,
    RuleCheck,
    RuleOverride,
    WomenLedPolicy,
)
from casework.sharing.models import CaseAccess

__all__ = [
    "Absence",
    "AdministrativeUnit",
    "Alias",
    "Attendance",
    "AuditEvent",
    "BusinessPlan",
    "Case",
    "CaseAccess",
    "CaseLink",
    "Charter",
    "CharterGroup",
    "ChecklistItem",
    "Consultation",
    "ContributedAsset",
    "Cooperative",
    "CreditApplication",
    "Document",
    "DocumentType",
    "DocumentVersion",
    "Dossier",
    "Draft",
    "Fact",
    "FamilyTie",
    "Filing",
    "FilingResult",
    "FollowUp",
    "FormPeriod",
    "Founder",
    "FoundingConference",
    "GeneratedPaper",
    "LeadScreening",
    "LegalDocument",
    "LegalParameter",
    "LegalRule",
    "LinkageReview",
    "MarketLink",
    "Member",
    "MemberListUpload",
    "Membership",
    "NeedsSurvey",
    "NotDuplicate",
    "Note",
    "Office",
    "Organisation",
    "OrganisationGroupPermission",
    "OrganisationUserPermission",
    "OuterStatus",
    "PaperTemplate",
    "ParameterDraft",
    "PeriodicTick",
    "Person",
    "PlaceAlias",
    "PlanComment",
    "PlanReview",
    "ProtectedName",
    "RosterUpload",
    "RuleCheck",
    "RuleOverride",
    "SeatPeriod",
    "StatePeriod",
    "Succession",
    "TiesDeclaration",
    "User",
    "Visit",
    "WomenLedPolicy",
    "Worker",
]

"""The tables of all rooms, gathered for Django. Each is written in its room."""

from casework import among  # noqa: F401 (a lookup that registers itself)
from casework.audit.models import (
    AuditCheck,
    AuditCheckpoint,
    AuditEvent,
    AuditLeaf,
    AuditNode,
    AuditUnsealed,
)
from casework.background.models import PeriodicTick, Worker
from casework.cases.models import Case, LeadScreening
from casework.cooperatives.models import Alias, Cooperative, Fact, FormPeriod, SeatPeriod, StatePeriod, Succession
from casework.data_requests.models import DataRequest
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
from casework.exports.models import Export
from casework.filings.models import Dossier, Filing, FilingResult, OuterStatus
from casework.linkage.fairs.models import Fair, FairPart
from casework.linkage.models import (
    CreditApplication,
    CreditProduct,
    CreditQuestion,
    Disbursement,
    FollowUp,
    LinkageReview,
    MarketLink,
    Repayment,
)
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
from casework.programme.collected.models import ResultAnswer, ResultRequest
from casework.programme.indicators.models import Indicator, Programme, ReportingPeriod, Target
from casework.programme.models import RosterUpload
from casework.programme.reports.models import Report
from casework.programme.support.models import Support
from casework.programme.trainings.models import Outreach, Trainee, Training
from casework.reads.models import Reading
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
from casework.sharing.models import CaseAccess, Consent, SharedSlice
from casework.signing_in.models import RecoveryCode, SecondFactor, SignInAttempt, UserSession
from casework.status_lookup.models import StatusCode, StatusCodeUse, StatusTry
from casework.strengthening.models import (
    ConversionCheck,
    OperationsReview,
    PlanAction,
    RegistrationChange,
    ReviewPostponed,
    StrengtheningPlan,
    StrengtheningReview,
)

__all__ = [
    "Absence",
    "AdministrativeUnit",
    "Alias",
    "Attendance",
    "AuditCheck",
    "AuditCheckpoint",
    "AuditEvent",
    "AuditLeaf",
    "AuditNode",
    "AuditUnsealed",
    "BusinessPlan",
    "Case",
    "CaseAccess",
    "CaseLink",
    "Charter",
    "CharterGroup",
    "ChecklistItem",
    "Consent",
    "Consultation",
    "ContributedAsset",
    "ConversionCheck",
    "Cooperative",
    "CreditApplication",
    "CreditProduct",
    "CreditQuestion",
    "DataRequest",
    "Disbursement",
    "Document",
    "DocumentType",
    "DocumentVersion",
    "Dossier",
    "Draft",
    "Export",
    "Fact",
    "Fair",
    "FairPart",
    "FamilyTie",
    "Filing",
    "FilingResult",
    "FollowUp",
    "FormPeriod",
    "Founder",
    "FoundingConference",
    "GeneratedPaper",
    "Indicator",
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
    "OperationsReview",
    "Organisation",
    "OrganisationGroupPermission",
    "OrganisationUserPermission",
    "OuterStatus",
    "Outreach",
    "PaperTemplate",
    "ParameterDraft",
    "PeriodicTick",
    "Person",
    "PlaceAlias",
    "PlanAction",
    "PlanComment",
    "PlanReview",
    "Programme",
    "ProtectedName",
    "Reading",
    "RecoveryCode",
    "RegistrationChange",
    "Repayment",
    "Report",
    "ReportingPeriod",
    "ResultAnswer",
    "ResultRequest",
    "ReviewPostponed",
    "RosterUpload",
    "RuleCheck",
    "RuleOverride",
    "SeatPeriod",
    "SecondFactor",
    "SharedSlice",
    "SignInAttempt",
    "StatePeriod",
    "StatusCode",
    "StatusCodeUse",
    "StatusTry",
    "StrengtheningPlan",
    "StrengtheningReview",
    "Succession",
    "Support",
    "Target",
    "TiesDeclaration",
    "Trainee",
    "Training",
    "User",
    "UserSession",
    "Visit",
    "WomenLedPolicy",
    "Worker",
]

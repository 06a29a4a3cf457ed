"""What each role may do. A role is held in one organisation, and its rights end there (or in its tree)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """A person's role in an organisation."""

    ADVISOR = "advisor", _("Advisor")
    REVIEWER = "reviewer", _("Reviewer")
    CREDIT_OFFICER = "credit_officer", _("Credit officer")
    SUPERVISOR = "supervisor", _("Supervisor")
    INSPECTOR = "inspector", _("Inspector")
    ADMINISTRATOR = "administrator", _("Administrator")


# Rights are given on an organisation, never on a case: `user.has_perm("casework.review_plan", organisation)`.
PERMISSIONS = {
    "open_case": _("Can open a case"),
    "screen_lead": _("Can screen a lead"),
    "survey_needs": _("Can survey needs"),
    "hold_consultation": _("Can hold a consultation"),
    "form_founding_group": _("Can form a founding group"),
    "draft_plan": _("Can draft a business plan"),
    "draft_charter": _("Can draft a charter"),
    "review_plan": _("Can review a business plan"),
    "hold_founding_conference": _("Can hold a founding conference"),
    "prepare_dossier": _("Can prepare a registration dossier"),
    "file_dossier": _("Can file a registration dossier"),
    "record_registration_result": _("Can record the result of a registration"),
    "link_market": _("Can link a cooperative to a market"),
    "request_credit": _("Can request credit"),
    "decide_credit": _("Can decide on a credit application"),
    "confirm_linkage": _("Can confirm that a cooperative is linked"),
    "follow_up_cooperative": _("Can follow up a cooperative"),
    "review_operations": _("Can review how a cooperative works"),
    "check_conversion": _("Can check whether a group may become a cooperative"),
    "agree_plan": _("Can agree on a plan to strengthen a cooperative"),
    "review_strengthening": _("Can review a plan to strengthen a cooperative"),
    "change_registration": _("Can record a registered change"),
    "keep_consents": _("Can record and withdraw consents and shares"),
    "keep_data_requests": _("Can keep requests about personal data"),
    "give_status_code": _("Can give founders a code to look up their case"),
    "keep_market": _("Can keep market links and trade events"),
    "verify_market": _("Can verify a market link"),
    "keep_training": _("Can keep trainings and communication"),
    "keep_support": _("Can keep the ledger of support"),
    "set_programmes": _("Can set under which programmes a case counts"),
    "keep_targets": _("Can set targets and reporting periods"),
    "write_report": _("Can draft the yearly report"),
    "review_report": _("Can review the yearly report"),
    "freeze_report": _("Can freeze the yearly report"),
    "collect_results": _("Can ask other bodies for their results"),
    "export_list": _("Can export lists"),
    "keep_members": _("Can keep the list of members, capital and offices"),
    "keep_register": _("Can keep the register of cooperatives"),
    "keep_documents": _("Can add documents and make papers"),
    "record_visit": _("Can record visits and talks"),
    "write_note": _("Can write notes on a case"),
    "give_errand": _("Can give a task outside the steps"),
    "do_errand": _("Can do a task outside the steps"),
    "link_cases": _("Can link cases"),
    "merge_duplicates": _("Can merge duplicates"),
    "override_rule": _("Can override a rule where the rule allows it"),
    "check_rules": _("Can have the rules checked and stored"),
    "export_case": _("Can export a whole case"),
    "edit_law": _("Can edit numbers of the law and checklists"),
    "reveal_personal_data": _("Can reveal masked personal data"),
    "reassign_task": _("Can reassign a task"),
    "prioritise_task": _("Can set how much a task presses"),
    "hold_case": _("Can hold a case and let it go on"),
    "extend_deadline": _("Can extend a deadline"),
    "close_case": _("Can close a case"),
    "steer_case": _("Can reopen a case and let it jump to a step"),
    "set_absence": _("Can enter the absence of another person"),
    "share_view": _("Can save views for a team"),
    "keep_clock": _("Can edit calendar and time limits"),
    "run_background": _("Can see and repeat work in the background"),
    "import_roster": _("Can import a roster"),
    "manage_organisations": _("Can manage organisations and people"),
    "grant_access": _("Can grant access to a case"),
}

# What everybody does who works on cases, whichever organisation she is of.
_CASEWORK = (
    "keep_documents",
    "keep_register",
    "record_visit",
    "write_note",
    "give_errand",
    "do_errand",
    "link_cases",
    "check_rules",
    "keep_market",
    "keep_training",
    "keep_support",
    "set_programmes",
    "write_report",
    "export_list",
)

ROLE_PERMISSIONS: dict[str, frozenset[str]] = {
    Role.ADVISOR: frozenset(
        {
            "open_case",
            "screen_lead",
            "survey_needs",
            "hold_consultation",
            "form_founding_group",
            "draft_plan",
            "draft_charter",
            "hold_founding_conference",
            "file_dossier",
            "record_registration_result",
            "request_credit",
            "follow_up_cooperative",
            "review_operations",
            "check_conversion",
            "agree_plan",
            "change_registration",
            "reveal_personal_data",
            "keep_members",
            "keep_consents",
            "give_status_code",
            "export_case",
            "hold_case",
            "close_case",
            *_CASEWORK,
        }
    ),
    Role.REVIEWER: frozenset(
        {"review_plan", "review_strengthening", "prepare_dossier", "link_market", "reveal_personal_data", *_CASEWORK}
    ),
    Role.CREDIT_OFFICER: frozenset({"decide_credit", "export_list"}),
    Role.SUPERVISOR: frozenset(
        {
            "confirm_linkage",
            "keep_consents",
            "keep_data_requests",
            "reassign_task",
            "prioritise_task",
            "hold_case",
            "extend_deadline",
            "close_case",
            "steer_case",
            "set_absence",
            "share_view",
            "override_rule",
            "check_rules",
            "merge_duplicates",
            "keep_register",
            "write_note",
            "give_errand",
            "do_errand",
            "link_cases",
            "export_case",
            "keep_market",
            "verify_market",
            "keep_training",
            "keep_support",
            "set_programmes",
            "keep_targets",
            "write_report",
            "review_report",
            "freeze_report",
            "collect_results",
            "export_list",
        }
    ),
    Role.INSPECTOR: frozenset({"export_case", "export_list"}),
    Role.ADMINISTRATOR: frozenset(
        {
            "import_roster",
            "manage_organisations",
            "grant_access",
            "reassign_task",
            "set_absence",
            "keep_clock",
            "keep_data_requests",
            "run_background",
            "edit_law",
            "merge_duplicates",
            "keep_register",
            "keep_targets",
            "export_list",
        }
    ),
}

# These roles see and steer the organisations below their own.
REACHES_DOWN = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})

# A substitute never gets these: who steers the installation or inspects it is chosen, not stood in for.
NEVER_PASSED_ON = frozenset({Role.INSPECTOR, Role.ADMINISTRATOR})

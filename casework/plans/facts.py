"""What is known of a case from the survey to the founding conference, as people read it."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from casework.facts import Section, section
from casework.people.models import founders_of
from casework.plans.charter import labels_of_places
from casework.plans.models import (
    BusinessPlan,
    Charter,
    Consultation,
    FoundingConference,
    NeedsSurvey,
    PlanReview,
    open_return,
)
from casework.plans.tables import place_label

_SURVEY = (
    "surveyed_on",
    "women_interested",
    "ethnic_minority_women",
    "trade",
    "needs",
    "expected_capital",
    "consent_on",
)
_CONSULTATION = (
    "held_on",
    "place",
    "attendees",
    "women",
    "alliance_attended",
    "conclusion",
    "outcome",
    "form_reasons",
    "reason",
)
_CONFERENCE = (
    "held_on",
    "place",
    "official_members",
    "women_members",
    "attended",
    "votes_for",
    "votes_against",
    "charter_capital",
    "chair_name",
    "supervisor_name",
    "filer_name",
    "resolution_number",
    "minutes",
)


def facts_of(case: Any) -> list[Section]:
    """Everything of this room that has been written down, oldest first; of versions the newest."""
    return [
        *survey_facts(case),
        *consultation_facts(case),
        *founder_facts(case),
        *plan_facts(case),
        *charter_facts(case),
        *review_facts(case),
        *conference_facts(case),
    ]


def survey_facts(case: Any) -> list[Section]:
    """What the women need."""
    return _latest(NeedsSurvey, case, _("Survey of needs"), _SURVEY)


def consultation_facts(case: Any) -> list[Section]:
    """What was agreed at the consultation."""
    return _latest(Consultation, case, _("Consultation"), _CONSULTATION)


def founder_facts(case: Any) -> list[Section]:
    """The founders by name, with sex and year of birth; never their numbers."""
    rows = [
        (f.person.full_name, ", ".join(str(v) for v in (f.person.get_sex_display(), f.person.birth_year) if v))
        for f in founders_of(case)
    ]
    return [Section(_("Founders"), rows)] if rows else []


def plan_facts(case: Any) -> list[Section]:
    """The newest business plan."""
    plan = BusinessPlan.latest_of(case)
    if plan is None:
        return []
    return [section(_("Business plan, version %(number)s") % {"number": plan.version}, plan, BusinessPlan.DRAFTED)]


def charter_facts(case: Any) -> list[Section]:
    """The newest charter."""
    charter = Charter.latest_of(case)
    if charter is None:
        return []
    return [section(_("Charter, version %(number)s") % {"number": charter.version}, charter, Charter.DRAFTED)]


def review_facts(case: Any) -> list[Section]:
    """The newest review, with what it marked."""
    review = PlanReview.latest_of(case)
    return [_review_section(review)] if review else []


def return_facts(case: Any) -> list[Section]:
    """The review that sent plan and charter back, while it is the last word."""
    review = open_return(case)
    return [replace(_review_section(review), correction=True)] if review else []


def conference_facts(case: Any) -> list[Section]:
    """What the founding conference resolved."""
    return _latest(FoundingConference, case, _("Founding conference"), _CONFERENCE)


def _review_section(review: PlanReview) -> Section:
    told = section(_("Review, round %(number)s") % {"number": review.round}, review, ("outcome", "remarks"))
    marked = [
        (_("To correct in the plan"), "; ".join(place_label(place) for place in review.marked_in_plan)),
        (_("To correct in the charter"), "; ".join(labels_of_places(review.marked_in_charter))),
    ]
    return Section(told.title, [*told.facts, *((label, names) for label, names in marked if names)])


def _latest(model: Any, case: Any, title: str, fields: tuple[str, ...]) -> list[Section]:
    row = model.latest_of(case)
    return [section(title, row, fields)] if row else []

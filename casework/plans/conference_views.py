"""The page of the founding conference."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views import View

from casework.cases.models import Case
from casework.facts import dong, section
from casework.people.models import ContributedAsset, Office
from casework.plans.conference import DECISIONS, register_facts
from casework.plans.conference_forms import DECIDED_WORDS
from casework.plans.models import Attendance, FoundingConference
from casework.plans.pages import case_context
from casework.requests import SignedIn

_RESOLVED = ("resolution_number", "charter_capital", "chair_name", "supervisor_name", "filer_name")
_COUNTED = ("held_on", "place", "official_members", "women_members", "attended", "votes_for", "votes_against")


class ConferencePage(View):
    """What the founding conference resolved, whom it elected, who was there; before it, what the register lacks."""

    def get(self, request: SignedIn, code: str) -> HttpResponse:
        """A fixed number of statements. 404 for a case that is not hers to see."""
        case, context = case_context(request, code)
        conference = FoundingConference.latest_of(case)
        context |= _held(case, conference) if conference else {"sections": register_facts(case)}
        return render(request, "casework/plans/conference.html", context)


def _held(case: Case, conference: FoundingConference) -> dict[str, Any]:
    """All that is known of a conference that was held."""
    offices = Office.objects.filter(case=case, since=conference.held_on).select_related("person")
    assets = ContributedAsset.objects.filter(case=case, votes_of__isnull=False).select_related("member__person")
    return {
        "conference": conference,
        "counted": section("", conference, _COUNTED).facts,
        "resolved": section("", conference, _RESOLVED).facts,
        "decided": [DECIDED_WORDS[code] for code in DECISIONS if code in conference.decided],
        "offices": list(offices.order_by("pk")),
        "assets": [(asset, dong(asset.amount)) for asset in assets.order_by("pk")],
        "guests": list(Attendance.objects.filter(conference=conference).order_by("pk")),
    }

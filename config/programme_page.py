"""The page from which the work of the programme is reached that belongs to no single case."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import View

from casework.organisations.standing import Standing
from casework.requests import SignedIn


@dataclass(frozen=True)
class Part:
    """One part of the programme, and its page. `rights`: any of them opens it; none: whoever is no lender."""

    name: str
    label: Any
    about: Any
    rights: frozenset[str] = frozenset()

    @property
    def url(self) -> str:
        """Its address."""
        return reverse(self.name)


@dataclass(frozen=True)
class Group:
    """Parts that belong together."""

    title: Any
    parts: tuple[Part, ...]


GROUPS = (
    Group(
        gettext_lazy("Plan and report"),
        (
            Part("targets:home", gettext_lazy("Targets"), gettext_lazy("What the plan asks for, and how far it is.")),
            Part(
                "collected:list",
                gettext_lazy("Results of other bodies"),
                gettext_lazy("Who was asked for numbers, and who answered."),
                frozenset({"collect_results"}),
            ),
            Part("reports:list", gettext_lazy("Yearly reports"), gettext_lazy("Drafted, reviewed, frozen.")),
        ),
    ),
    Group(
        gettext_lazy("Work with many"),
        (
            Part(
                "reviews:list",
                gettext_lazy("Reviews that are due"),
                gettext_lazy("Cooperatives that nobody looked at for a year."),
            ),
            Part(
                "trainings:list",
                gettext_lazy("Trainings"),
                gettext_lazy("Courses, attendance lists, certificates."),
            ),
            Part(
                "trainings:outreach",
                gettext_lazy("Communication"),
                gettext_lazy("Talks, broadcasts, articles, and how many people they reached."),
            ),
            Part(
                "support:list",
                gettext_lazy("Ledger of support"),
                gettext_lazy("What cooperatives were given, by whom, and what overlaps."),
            ),
            Part(
                "markets:list",
                gettext_lazy("Market links"),
                gettext_lazy("What cooperatives sell through, who verified it, and what came of it."),
            ),
            Part(
                "fairs:list",
                gettext_lazy("Trade events"),
                gettext_lazy("Fairs and meetings, with the cooperatives that took part."),
            ),
        ),
    ),
    Group(
        gettext_lazy("Data"),
        (
            Part(
                "rosters:upload",
                gettext_lazy("Import a roster"),
                gettext_lazy("Cooperatives and leads from a spreadsheet."),
                frozenset({"import_roster"}),
            ),
            Part("exports:list", gettext_lazy("My exports"), gettext_lazy("Lists that you took out as a file.")),
        ),
    ),
)


def programme_for(standing: Standing) -> list[tuple[Any, list[Part]]]:
    """The parts that a person may open, by group. Each page asks again."""
    if not {seat.organisation_kind for seat in standing.every_seat} - {"lender"}:
        return []
    mine = standing.permissions
    found = [(group.title, [p for p in group.parts if not p.rights or p.rights & mine]) for group in GROUPS]
    return [(title, parts) for title, parts in found if parts]


def rooms_of_programme() -> set[str]:
    """The namespaces of their addresses."""
    return {part.name.partition(":")[0] for group in GROUPS for part in group.parts}


class ProgrammePage(View):
    """Everything of the programme, on one page."""

    def get(self, request: SignedIn) -> HttpResponse:
        """403 for lenders and for whoever has no seat."""
        groups = programme_for(request.standing)
        if not groups:
            raise PermissionDenied("programme")
        return render(request, "programme.html", {"groups": groups})

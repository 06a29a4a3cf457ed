"""The page from which administrators and supervisors reach what can be set: each sees what she has the right to."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from casework.organisations.standing import Standing
from casework.requests import SignedIn


@dataclass(frozen=True)
class Setting:
    """One thing that can be set, and the page where it is."""

    label: str
    about: str
    url: str


def settings_for(standing: Standing) -> list[Setting]:
    """What a person may set somewhere. Each page asks again."""
    offered = [
        ("keep_clock", "calendar:home", _("Working calendar"), _("Days off, days worked instead, half days.")),
        ("keep_clock", "limits:home", _("Time limits"), _("How long each step may take, with its source.")),
        ("keep_targets", "targets:periods", _("Reporting periods"), _("From when until when a report counts.")),
        ("edit_law", "law:numbers", _("Numbers of the law"), _("Each with the days on which it holds.")),
        ("edit_law", "checklists:list", _("Checklists"), _("Which papers a step asks for.")),
        ("manage_organisations", "staff:people", _("People"), _("Roles, absences and handing work over.")),
        ("set_absence", "staff:people", _("People"), _("Roles, absences and handing work over.")),
        ("manage_organisations", "why:ask", _("Why can somebody (not) see or do this?"), _("Access, in words.")),
        ("grant_access", "inspections:list", _("Inspections"), _("Who may open which case, until when.")),
        (
            "keep_data_requests",
            "datarequests:list",
            _("Requests about personal data"),
            _("Who asked, which right, until when it is answered."),
        ),
        (
            "run_background",
            "background:overview",
            _("Work in the background"),
            _("Workers, periodic work, what failed."),
        ),
        ("run_background", "deliveries:log", _("Deliveries"), _("What was sent, what waits and why.")),
    ]
    mine = {
        name: Setting(label, about, reverse(name))
        for right, name, label, about in offered
        if right in standing.permissions
    }
    return list(mine.values())


class Settings(View):
    """Everything that can be set, on one page."""

    def get(self, request: SignedIn) -> HttpResponse:
        """403 for a person who has nothing to set."""
        found = settings_for(request.standing)
        if not found:
            raise PermissionDenied("settings")
        return render(request, "settings.html", {"settings": found})

"""The main menu: the pages that a person has use for."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.organisations.roles import Role
from casework.organisations.standing import Standing
from config.programme_page import programme_for, rooms_of_programme
from config.settings_page import settings_for
from workflows.inspection.acts import is_inspector

# Whose work is to know where everything stands; others reach the board by its address.
_ON_THE_BOARD = {Role.SUPERVISOR, Role.REVIEWER, Role.ADMINISTRATOR, Role.CREDIT_OFFICER}


@dataclass(frozen=True)
class Item:
    """One entry of the menu."""

    url: str
    label: str
    icon: str
    current: bool


def navigation(request: HttpRequest) -> dict[str, object]:
    """Context for every page: the menu, and whom the person acts for."""
    standing = getattr(request, "standing", None)
    if standing is None or not request.user.is_authenticated:
        return {}
    match = request.resolver_match
    here = match.namespace if match else ""
    wanted = _wanted(standing)
    here = "programme" if here in rooms_of_programme() or request.path == reverse("programme") else here
    here = "settings" if request.path.startswith(reverse("settings")) else here
    nav = [Item(reverse(name), label, icon, here == namespace) for namespace, name, label, icon in wanted]
    return {"nav": nav, "seats": standing.seats, "source_url": settings.SOURCE_URL}


def _wanted(standing: Standing) -> list[tuple[str, str, str, str]]:
    """Namespace, address, label and icon of each entry, in the order of the menu."""
    wanted = [("tasks", "tasks:inbox", _("Tasks"), "tasks")]
    if {seat.role for seat in standing.every_seat} & _ON_THE_BOARD:
        wanted.append(("board", "board:home", _("Board"), "board"))
    if "decide_credit" in standing.permissions:
        wanted.append(("credit", "credit:desk", _("Applications"), "reports"))
    if {seat.organisation_kind for seat in standing.seats} - {"lender"}:
        wanted.append(("cases", "cases:list", _("Cases"), "cases"))
        wanted.append(("cooperatives", "cooperatives:list", _("Cooperatives"), "coop"))
    if is_inspector(standing):
        wanted.append(("inspection", "inspection:events", _("Inspection"), "eye"))
    if programme_for(standing):
        wanted.append(("programme", "programme", _("Programme"), "reports"))
    if "merge_duplicates" in standing.permissions:
        wanted.append(("duplicates", "duplicates:list", _("Entered twice"), "copy"))
    if standing.permissions & {"reassign_task", "steer_case"}:
        wanted.append(("stuck", "stuck:list", _("Stuck cases"), "late"))
    if settings_for(standing):
        wanted.append(("settings", "settings", _("Settings"), "settings"))
    return wanted
